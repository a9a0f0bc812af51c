import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { api } from '../ground/api.ts';
import { useAct } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Field, Input } from '../kit/field.tsx';
import { Card } from '../kit/page.tsx';
import { Failure } from '../kit/states.tsx';
import { toast } from '../kit/toast.tsx';
import type { Area } from './areas.tsx';
import { CARRIER_WORDS } from './words.ts';

export type Capacity = components['schemas']['PickupCapacities']['capacities'][number];

/** Visits in each hour of every day, or of one date instead. What the other days have is kept as it was. */
export function Capacities({ area, given }: { readonly area: Area; readonly given: readonly Capacity[] }) {
  const t = useWords(CARRIER_WORDS);
  const [date, setDate] = useState('');
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const day = date === '' ? 'daily' : date;
  const own = area.exceptions.filter((one) => one.date === date);
  const spans = date === '' || own.length === 0 ? area.working_hours : own;
  const first = Math.min(24, ...spans.map((one) => one.from_hour ?? 24));
  const last = Math.max(0, ...spans.map((one) => one.to_hour ?? 0));
  const hours = Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
  const of = (which: string, hour: number) =>
    given.find((one) => one.day === which && one.hour === hour)?.capacity;
  const shown = (hour: number) => typed[`${day} ${hour}`] ?? String(of(day, hour) ?? of('daily', hour) ?? 0);
  const ofDates = given.filter((one) => one.day !== 'daily');
  const act = useAct(
    () => {
      const capacities = hours.map((hour) => ({ day, hour, capacity: Number(shown(hour)) }));
      return api.put('/v1/pickup-areas/{area_id}/capacities', {
        params: { path: { area_id: area.id } },
        // Every day anew in full, so that hours which are not worked any more end; a date only beside the rest.
        body:
          day === 'daily'
            ? { mode: 'full', capacities: [...capacities, ...ofDates] }
            : { mode: 'partial', capacities },
      });
    },
    { touches: [['pickup-areas']], done: () => toast('ok', t('capacity.saved')) },
  );
  return (
    <Card title={date === '' ? t('capacity.title') : t('capacity.title_date')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          act.mutate(undefined);
        }}
      >
        {area.has_capacities && (
          <div className="mb-3 max-w-56">
            <Field label={t('capacity.date')} hint={t('capacity.date_hint')}>
              <Input type="date" value={date} onText={setDate} />
            </Field>
          </div>
        )}
        {hours.length === 0 && <p className="text-soft">{t('capacity.closed')}</p>}
        <div className="grid grid-cols-[repeat(auto-fill,minmax(6rem,1fr))] gap-3">
          {hours.map((hour) => (
            <Field key={hour} label={`${hour}:00–${hour + 1}:00`}>
              <Input
                type="number"
                min={0}
                max={100_000}
                required
                value={shown(hour)}
                onText={(text) => setTyped({ ...typed, [`${day} ${hour}`]: text })}
              />
            </Field>
          ))}
        </div>
        <div className="mt-4 grid justify-items-start gap-3">
          {date === '' && ofDates.length > 0 && (
            <p className="text-sm text-soft">{t('capacity.dates', { count: ofDates.length })}</p>
          )}
          {act.error && <Failure error={act.error} />}
          <Button type="submit" look="primary" busy={act.isPending} disabled={hours.length === 0}>
            {t('capacity.save')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
