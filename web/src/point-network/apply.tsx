import { useState } from 'react';
import { useLocation } from 'wouter';
import { api } from '../ground/api.ts';
import { fieldErrors, useAct } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Field, Input, Select, Textarea } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Failure } from '../kit/states.tsx';
import { toast } from '../kit/toast.tsx';
import { CountryField } from '../office/country-field.tsx';
import { spansOf } from '../outlets/hours-text.ts';
import { type GoodsClass, KINDS, type Outlet, type Service } from '../outlets/parts.tsx';
import { OUTLET_WORDS } from '../outlets/words.ts';
import { GoodsBoxes, ServiceBoxes } from './boxes.tsx';
import { linesOf, numberOf } from './typed.ts';
import { OUTLET_DESK_WORDS } from './words.ts';

const EMPTY = {
  code: '',
  name: '',
  country: 'CN',
  city: '',
  postcode: '',
  address: '',
  latitude: '',
  longitude: '',
  zone: 'Asia/Shanghai',
  hours: '9-19',
  shelf: '50',
  collect: '20',
  return: '20',
  mail: '20',
};
type Draft = typeof EMPTY;
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** A new counter of the network, as the authority and the operator are to know it. */
export function Apply() {
  const t = useWords(OUTLET_DESK_WORDS);
  const [, go] = useLocation();
  const [draft, setDraft] = useState<Draft>(EMPTY);
  const [kind, setKind] = useState<Outlet['kind']>('shop');
  const [services, setServices] = useState<readonly Service[]>(['collect', 'return']);
  const [goods, setGoods] = useState<readonly GoodsClass[]>([]);
  const spans = spansOf(draft.hours);
  const act = useAct(
    () =>
      api.post('/v1/points', {
        body: {
          outlet_code: draft.code.trim(),
          name: draft.name.trim(),
          kind,
          services: [...services],
          goods_classes: [...goods],
          country: draft.country,
          city: draft.city.trim(),
          ...(draft.postcode.trim() === '' ? {} : { postcode: draft.postcode.trim() }),
          address_lines: linesOf(draft.address),
          position: { latitude: Number(draft.latitude), longitude: Number(draft.longitude) },
          zone: draft.zone.trim(),
          hours: WEEKDAYS.flatMap((day) => (spans ?? []).map((span) => ({ day, ...span }))),
          capacity: {
            per_hour: Object.assign({}, ...services.map((one) => numberOf(one, draft[one]))),
            shelf: Number(draft.shelf),
          },
        },
      }),
    {
      touches: [['outlets'], ['point-network']],
      done: (outlet) => {
        toast('ok', t('apply.done'));
        go(`/network/outlets/${outlet.id}?view=papers`);
      },
    },
  );
  return (
    <Page title={t('apply.title')} lead={t('apply.lead')}>
      <Card>
        <form
          className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3"
          onSubmit={(event) => {
            event.preventDefault();
            if (spans !== undefined) act.mutate(undefined);
          }}
        >
          <Fields
            draft={draft}
            onDraft={setDraft}
            errors={fieldErrors(act.error)}
            kind={kind}
            onKind={setKind}
            services={services}
          />
          <ServiceBoxes legend={t('apply.services')} value={services} onValue={setServices} />
          <div className="sm:col-span-2">
            <GoodsBoxes value={goods} onValue={setGoods} />
          </div>
          <div className="grid justify-items-start gap-3 sm:col-span-2 lg:col-span-3">
            {act.error && <Failure error={act.error} />}
            <Button type="submit" look="primary" busy={act.isPending} disabled={services.length === 0}>
              {t('apply.do')}
            </Button>
          </div>
        </form>
      </Card>
    </Page>
  );
}

function Fields({
  draft,
  onDraft,
  errors,
  kind,
  onKind,
  services,
}: {
  readonly draft: Draft;
  readonly onDraft: (draft: Draft) => void;
  readonly errors: Readonly<Record<string, string>>;
  readonly kind: Outlet['kind'];
  readonly onKind: (kind: Outlet['kind']) => void;
  readonly services: readonly Service[];
}) {
  const t = useWords(OUTLET_DESK_WORDS);
  const o = useWords(OUTLET_WORDS);
  const field = (name: keyof Draft) => ({
    value: draft[name],
    onText: (text: string) => onDraft({ ...draft, [name]: text }),
  });
  const degrees = { required: true, type: 'number', step: 'any' } as const;
  const count = { required: true, type: 'number', min: 0 } as const;
  return (
    <>
      <Field label={o('code')} hint={t('apply.code_hint')} error={errors['/outlet_code']}>
        <Input mono required maxLength={40} pattern="[A-Za-z0-9_.\-]+" {...field('code')} />
      </Field>
      <Field label={o('name')} error={errors['/name']}>
        <Input required maxLength={120} {...field('name')} />
      </Field>
      <Field label={o('kind')} error={errors['/kind']}>
        <Select
          value={kind}
          onChoice={onKind}
          choices={KINDS.map((one) => ({ value: one, label: o(`kind.${one}`) }))}
        />
      </Field>
      <Field label={o('address')} hint={t('apply.address_hint')} error={errors['/address_lines']}>
        <Textarea required rows={2} {...field('address')} />
      </Field>
      <Field label={o('city')} error={errors['/city']}>
        <Input required maxLength={100} {...field('city')} />
      </Field>
      <Field label={o('postcode')} error={errors['/postcode']}>
        <Input maxLength={20} {...field('postcode')} />
      </Field>
      <CountryField
        label={o('country')}
        value={draft.country}
        onCountry={(country) => onDraft({ ...draft, country })}
        error={errors['/country']}
      />
      <Field label={t('apply.latitude')} error={errors['/position/latitude']}>
        <Input {...degrees} min={-90} max={90} {...field('latitude')} />
      </Field>
      <Field label={t('apply.longitude')} error={errors['/position/longitude']}>
        <Input {...degrees} min={-180} max={180} {...field('longitude')} />
      </Field>
      <Field label={o('zone')} hint={t('apply.zone_hint')} error={errors['/zone']}>
        <Input required maxLength={60} {...field('zone')} />
      </Field>
      <Field
        label={t('apply.hours')}
        hint={t('apply.hours_hint')}
        error={spansOf(draft.hours) === undefined ? t('hours.wrong') : errors['/hours']}
      >
        <Input required {...field('hours')} />
      </Field>
      <Field label={o('shelf')} error={errors['/capacity/shelf']}>
        <Input {...count} {...field('shelf')} />
      </Field>
      {services.map((service) => (
        <Field
          key={service}
          label={t('apply.per_hour', { service: o(`service.${service}`) })}
          error={errors[`/capacity/per_hour/${service}`]}
        >
          <Input {...count} {...field(service)} />
        </Field>
      ))}
    </>
  );
}
