import { useState } from 'react';
import { fieldErrors } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Field, Input, Textarea } from '../kit/field.tsx';
import { Dialog } from '../kit/overlay.tsx';
import { Failure } from '../kit/states.tsx';
import { GOODS, type GoodsClass, type Outlet, type Service } from '../outlets/parts.tsx';
import { OUTLET_WORDS } from '../outlets/words.ts';
import { GoodsBoxes, ServiceBoxes } from './boxes.tsx';
import { useChangeOutlet } from './change.ts';
import { linesOf, numberOf } from './typed.ts';
import { OUTLET_DESK_WORDS } from './words.ts';

export function RecordEditor({ outlet }: { readonly outlet: Outlet }) {
  const t = useWords(OUTLET_DESK_WORDS);
  const [open, setOpen] = useState(false);
  return (
    <div className="screen-only mb-4">
      <Button onClick={() => setOpen(true)}>{t('edit.title')}</Button>
      <Dialog title={t('edit.title')} open={open} onOpen={setOpen} wide>
        <Editor outlet={outlet} onDone={() => setOpen(false)} />
      </Dialog>
    </div>
  );
}

function draftOf(outlet: Outlet) {
  const { capacity } = outlet;
  const text = (value: number | undefined) => (value === undefined ? '' : String(value));
  return {
    name: outlet.name,
    address: outlet.address_lines.join('\n'),
    city: outlet.city,
    postcode: outlet.postcode ?? '',
    shelf: text(capacity.shelf),
    weight: text(capacity.max_weight_grams),
    side: text(capacity.max_side_mm),
    collect: text(capacity.per_hour.collect),
    return: text(capacity.per_hour.return),
    mail: text(capacity.per_hour.mail),
  };
}

function Editor({ outlet, onDone }: { readonly outlet: Outlet; readonly onDone: () => void }) {
  const t = useWords(OUTLET_DESK_WORDS);
  const o = useWords(OUTLET_WORDS);
  const [draft, setDraft] = useState(() => draftOf(outlet));
  const [services, setServices] = useState<readonly Service[]>(outlet.services);
  const [goods, setGoods] = useState<readonly GoodsClass[]>(
    GOODS.filter((one) => outlet.goods_classes.includes(one)),
  );
  const act = useChangeOutlet(outlet, onDone);
  const errors = fieldErrors(act.error);
  const field = (name: keyof typeof draft) => ({
    value: draft[name],
    onText: (text: string) => setDraft({ ...draft, [name]: text }),
  });
  const count = { type: 'number', min: 0 } as const;
  const save = () =>
    act.mutate({
      name: draft.name.trim(),
      address_lines: linesOf(draft.address),
      city: draft.city.trim(),
      ...(draft.postcode.trim() === '' ? {} : { postcode: draft.postcode.trim() }),
      services: [...services],
      goods_classes: [...goods],
      capacity: {
        per_hour: {
          ...numberOf('collect', draft.collect),
          ...numberOf('return', draft.return),
          ...numberOf('mail', draft.mail),
        },
        shelf: Number(draft.shelf),
        ...numberOf('max_weight_grams', draft.weight),
        ...numberOf('max_side_mm', draft.side),
      },
    });
  return (
    <form
      className="grid gap-4 sm:grid-cols-2"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Field label={o('name')} error={errors['/name']}>
        <Input required maxLength={120} {...field('name')} />
      </Field>
      <Field label={o('city')} error={errors['/city']}>
        <Input required maxLength={100} {...field('city')} />
      </Field>
      <Field label={o('address')} hint={t('apply.address_hint')} error={errors['/address_lines']}>
        <Textarea required rows={2} {...field('address')} />
      </Field>
      <Field label={o('postcode')} error={errors['/postcode']}>
        <Input maxLength={20} {...field('postcode')} />
      </Field>
      <ServiceBoxes legend={t('apply.services')} value={services} onValue={setServices} />
      <GoodsBoxes value={goods} onValue={setGoods} />
      <Field label={o('shelf')} error={errors['/capacity/shelf']}>
        <Input required {...count} {...field('shelf')} />
      </Field>
      {(['collect', 'return', 'mail'] as const).map((service) => (
        <Field
          key={service}
          label={t('apply.per_hour', { service: o(`service.${service}`) })}
          error={errors[`/capacity/per_hour/${service}`]}
        >
          <Input {...count} {...field(service)} />
        </Field>
      ))}
      <Field label={t('edit.weight')} error={errors['/capacity/max_weight_grams']}>
        <Input {...count} {...field('weight')} />
      </Field>
      <Field label={t('edit.side')} error={errors['/capacity/max_side_mm']}>
        <Input {...count} {...field('side')} />
      </Field>
      <div className="grid justify-items-start gap-3 sm:col-span-2">
        {errors['/services'] && <p className="text-sm text-bad">{errors['/services']}</p>}
        {act.error && <Failure error={act.error} />}
        <Button type="submit" look="primary" busy={act.isPending}>
          {t('edit.save')}
        </Button>
      </div>
    </form>
  );
}
