import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { instantOf, localOf } from '../ground/instants.ts';
import { useAct, useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Button } from '../kit/button.tsx';
import { Field, Input, useFieldProps } from '../kit/field.tsx';
import { Card } from '../kit/page.tsx';
import { Failure, Read } from '../kit/states.tsx';
import { Table } from '../kit/table.tsx';
import { toast } from '../kit/toast.tsx';
import { OutletLoad } from '../outlets/load.tsx';
import { type Outlet, outletKey, SERVICES, type Service } from '../outlets/parts.tsx';
import { OUTLET_WORDS } from '../outlets/words.ts';
import { openHours, type PublishedHour, publishedHours, typedKey } from './capacity-hours.ts';
import { OUTLET_DESK_WORDS } from './words.ts';

type Capacity = components['schemas']['PublishedPointCapacity'];

/** What an outlet takes: its hours, the slider, and what is taken of it already. */
export function CapacityDesk({ outlet }: { readonly outlet: Outlet }) {
  const capacity = useRead([...outletKey(outlet.id), 'capacity'], (signal) =>
    api.get('/v1/points/{point_id}/capacity', { params: { path: { point_id: outlet.id } }, signal }),
  );
  return (
    <>
      <Read of={capacity}>
        {(given) => (
          <>
            <Acceptance id={outlet.id} given={given} key={`${given.accept_percent} ${given.accept_until}`} />
            <Hours outlet={outlet} given={given} />
          </>
        )}
      </Read>
      <OutletLoad id={outlet.id} />
    </>
  );
}

function Acceptance({ id, given }: { readonly id: string; readonly given: Capacity }) {
  const t = useWords(OUTLET_DESK_WORDS);
  const { percent } = useFormats();
  const [share, setShare] = useState(given.accept_percent);
  const [until, setUntil] = useState(
    given.accept_until === undefined ? '' : localOf(new Date(given.accept_until)),
  );
  const act = useAct(
    () => {
      const end = instantOf(until);
      return api.put('/v1/points/{point_id}/acceptance', {
        params: { path: { point_id: id } },
        body: { accept_percent: share, ...(end === undefined ? {} : { accept_until: end }) },
      });
    },
    { touches: [outletKey(id)], done: () => toast('ok', t('accept.saved')) },
  );
  return (
    <Card title={t('accept.title')}>
      <p className="mb-3 text-soft">{t('accept.lead')}</p>
      <ActForm act={act} submit={t('accept.save')}>
        <div className="grid gap-4 sm:max-w-2xl sm:grid-cols-2">
          <Field label={t('accept.percent', { percent: percent(share / 100) })}>
            <Range value={share} onValue={setShare} />
          </Field>
          <Field label={t('accept.until')}>
            <Input type="datetime-local" value={until} onText={setUntil} />
          </Field>
        </div>
      </ActForm>
    </Card>
  );
}

function Range({ value, onValue }: { readonly value: number; readonly onValue: (value: number) => void }) {
  return (
    <input
      type="range"
      {...useFieldProps()}
      min={0}
      max={100}
      step={5}
      value={value}
      onChange={(event) => onValue(Number(event.target.value))}
      className="min-h-9 w-full accent-accent"
    />
  );
}

type Typed = Readonly<Record<string, string>>;

/** Parcels of each hour, every day or on one date. What other dates have is kept as it was. */
function Hours({ outlet, given }: { readonly outlet: Outlet; readonly given: Capacity }) {
  const t = useWords(OUTLET_DESK_WORDS);
  const o = useWords(OUTLET_WORDS);
  const { number } = useFormats();
  const [date, setDate] = useState('');
  const [typed, setTyped] = useState<Typed>({});
  const day = date === '' ? 'daily' : date;
  const services = SERVICES.filter((one) => outlet.services.includes(one));
  const hours = openHours(outlet, date);
  const shown = (service: Service, hour: number) => {
    const found = given.hours.find((one) => one.day === day && one.service === service && one.hour === hour);
    return typed[typedKey(day, service, hour)] ?? (found === undefined ? '' : String(found.capacity));
  };
  const usual = services
    .map((one) => {
      const count = given.usual[one];
      return `${o(`service.${one}`)} ${count === undefined ? t('capacity.usual_none') : number(count)}`;
    })
    .join(', ');
  const act = useAct(
    (body: readonly PublishedHour[]) =>
      api.put('/v1/points/{point_id}/capacity', {
        params: { path: { point_id: outlet.id } },
        body: { mode: 'full', hours: [...body] },
      }),
    {
      touches: [outletKey(outlet.id)],
      done: () => {
        setTyped({});
        toast('ok', t('capacity.saved'));
      },
    },
  );
  const others = given.hours.filter((one) => one.day !== 'daily').length;
  return (
    <Card title={t('capacity.title')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          act.mutate(publishedHours(given.hours as readonly PublishedHour[], typed));
        }}
      >
        <p className="mb-3 text-soft">{t('capacity.lead', { usual })}</p>
        <div className="mb-3 max-w-56">
          <Field label={t('capacity.date')} hint={t('capacity.date_hint')}>
            <Input type="date" value={date} onText={setDate} />
          </Field>
        </div>
        <Table
          label={t('capacity.title')}
          rows={hours}
          rowId={String}
          columns={[
            {
              id: 'hour',
              label: t('capacity.hour'),
              isName: true,
              cell: (hour) => `${hour}:00–${hour + 1}:00`,
            },
            ...services.map((service) => ({
              id: service,
              label: o(`service.${service}`),
              cell: (hour: number) => (
                <span className="block max-w-28">
                  <Input
                    type="number"
                    min={0}
                    max={100_000}
                    aria-label={`${o(`service.${service}`)} ${hour}:00`}
                    value={shown(service, hour)}
                    onText={(text) => setTyped({ ...typed, [typedKey(day, service, hour)]: text })}
                  />
                </span>
              ),
            })),
          ]}
        />
        <div className="mt-4 grid justify-items-start gap-3">
          {others > 0 && <p className="text-sm text-soft">{t('capacity.dates', { count: others })}</p>}
          {act.error && <Failure error={act.error} />}
          <Button type="submit" look="primary" busy={act.isPending}>
            {t('capacity.save')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
