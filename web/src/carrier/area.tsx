import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { useAct, useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { CopyId } from '../kit/copy.tsx';
import { Field, Input } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Failure, Read } from '../kit/states.tsx';
import { toast } from '../kit/toast.tsx';
import { Facts } from '../kit/values.tsx';
import { type Area, AreaState } from './areas.tsx';
import { CARRIER_WORDS } from './words.ts';

type Capacity = components['schemas']['PickupCapacities']['capacities'][number];

/** Areas are not read one by one: the list is searched, page by page. */
async function readArea(id: string, signal: AbortSignal): Promise<Area | undefined> {
  for (let cursor: string | undefined; ; ) {
    const page = await api.get('/v1/pickup-areas', {
      params: { query: { limit: 100, ...(cursor === undefined ? {} : { cursor }) } },
      signal,
    });
    const found = page.data.find((area) => area.id === id);
    if (found !== undefined || page.next_cursor === undefined) return found;
    cursor = page.next_cursor;
  }
}

export function AreaDetail({ id }: { readonly id: string }) {
  const t = useWords(CARRIER_WORDS);
  const found = useRead(['pickup-areas', id], async (signal) => {
    const [{ capacities }, area] = await Promise.all([
      api.get('/v1/pickup-areas/{area_id}/capacities', { params: { path: { area_id: id } }, signal }),
      readArea(id, signal),
    ]);
    return { area, capacities };
  });
  const area = found.data?.area;
  return (
    <Page
      title={area?.code ?? t('area.title')}
      lead={<CopyId value={id} />}
      actions={area && <Pause area={area} />}
    >
      <Read of={found} rows={6}>
        {(one) =>
          one.area && (
            <>
              <Head area={one.area} />
              <Capacities area={one.area} given={one.capacities} />
            </>
          )
        }
      </Read>
    </Page>
  );
}

function Head({ area }: { readonly area: Area }) {
  const t = useWords(CARRIER_WORDS);
  const { country } = useFormats();
  const hours = [...new Set(area.working_hours.map((one) => `${one.from_hour}–${one.to_hour}`))];
  return (
    <Card>
      <Facts
        of={[
          [t('area.state'), <AreaState key="state" of={area} />],
          [t('area.country'), country(area.country)],
          [t('area.postcodes'), [...area.postcode_prefixes, ...area.divisions].join(', ') || t('area.all')],
          [t('area.zone'), area.zone],
          [t('area.hours'), hours.join(', ')],
          [t('area.slot'), t(`area.slot.${area.slot}`)],
        ]}
      />
    </Card>
  );
}

function Pause({ area }: { readonly area: Area }) {
  const t = useWords(CARRIER_WORDS);
  const act = useAct(
    () =>
      api.put('/v1/pickup-areas/{area_id}', {
        params: { path: { area_id: area.id } },
        body: {
          divisions: area.divisions,
          postcode_prefixes: area.postcode_prefixes,
          zone: area.zone,
          working_hours: area.working_hours,
          exceptions: area.exceptions,
          slot: area.slot,
          lead_minutes: area.lead_minutes,
          horizon_days: area.horizon_days,
          is_on: !area.is_on,
        },
      }),
    { touches: [['pickup-areas']], done: () => toast('ok', t('area.changed')) },
  );
  return (
    <>
      {act.error && <Failure error={act.error} />}
      <Button busy={act.isPending} onClick={() => act.mutate(undefined)}>
        {area.is_on ? t('area.pause') : t('area.resume')}
      </Button>
    </>
  );
}

/** Visits in each hour of every day; what single dates have instead is kept as it was. */
function Capacities({ area, given }: { readonly area: Area; readonly given: readonly Capacity[] }) {
  const t = useWords(CARRIER_WORDS);
  const first = Math.min(24, ...area.working_hours.map((one) => one.from_hour));
  const last = Math.max(0, ...area.working_hours.map((one) => one.to_hour));
  const hours = Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
  const daily = (hour: number) =>
    given.find((one) => one.day === 'daily' && one.hour === hour)?.capacity ?? 0;
  const [typed, setTyped] = useState<Readonly<Record<number, string>>>({});
  const ofDates = given.filter((one) => one.day !== 'daily');
  const act = useAct(
    () =>
      api.put('/v1/pickup-areas/{area_id}/capacities', {
        params: { path: { area_id: area.id } },
        body: {
          mode: 'full',
          capacities: [
            ...hours.map((hour) => ({
              day: 'daily' as const,
              hour,
              capacity: Number(typed[hour] ?? daily(hour)),
            })),
            ...ofDates,
          ],
        },
      }),
    { touches: [['pickup-areas']], done: () => toast('ok', t('capacity.saved')) },
  );
  return (
    <Card title={t('capacity.title')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          act.mutate(undefined);
        }}
      >
        <div className="grid grid-cols-[repeat(auto-fill,minmax(6rem,1fr))] gap-3">
          {hours.map((hour) => (
            <Field key={hour} label={`${hour}:00–${hour + 1}:00`}>
              <Input
                type="number"
                min={0}
                max={100_000}
                required
                value={typed[hour] ?? String(daily(hour))}
                onText={(text) => setTyped({ ...typed, [hour]: text })}
              />
            </Field>
          ))}
        </div>
        <div className="mt-4 grid justify-items-start gap-3">
          {ofDates.length > 0 && (
            <p className="text-sm text-soft">{t('capacity.dates', { count: ofDates.length })}</p>
          )}
          {act.error && <Failure error={act.error} />}
          <Button type="submit" look="primary" busy={act.isPending}>
            {t('capacity.save')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
