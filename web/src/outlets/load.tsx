import type { components } from '@postroad/sdk';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Card } from '../kit/page.tsx';
import { Read } from '../kit/states.tsx';
import { Status } from '../kit/status.tsx';
import { Table } from '../kit/table.tsx';
import { outletKey, SERVICES } from './parts.tsx';
import { OUTLET_WORDS } from './words.ts';

type Slot = components['schemas']['PointSlots']['slots'][number];
const HOURS = 24;
const TONES = { open: 'ok', full: 'warn', closed: 'idle' } as const;

/** The hours of a day and the shelf: what is offered and what is taken. */
export function OutletLoad({ id }: { readonly id: string }) {
  const t = useWords(OUTLET_WORDS);
  const { instant } = useFormats();
  const slots = useRead([...outletKey(id), 'slots'], (signal) =>
    api.get('/v1/points/{point_id}/slots', {
      params: { path: { point_id: id }, query: { hours: HOURS } },
      signal,
    }),
  );
  return (
    <Card title={t('load')}>
      <Read of={slots}>
        {(one) => (
          <>
            <p className="mb-3 text-soft">
              {t('load.lead')}{' '}
              {t('load.shelf', { taken: one.shelf.reserved + one.shelf.used, capacity: one.shelf.capacity })}
            </p>
            {one.slots.length === 0 ? (
              <p className="text-soft">{t('load.none')}</p>
            ) : (
              <Table
                label={t('load')}
                rows={[...Map.groupBy(one.slots, (slot) => slot.starts_at)]}
                rowId={([hour]) => hour}
                columns={[
                  {
                    id: 'hour',
                    label: t('load.hour'),
                    isName: true,
                    cell: ([hour]) => instant(hour, one.zone),
                  },
                  ...SERVICES.filter((service) => one.slots.some((slot) => slot.service === service)).map(
                    (service) => ({
                      id: service,
                      label: t(`service.${service}`),
                      cell: ([, slots]: readonly [string, readonly Slot[]]) => (
                        <Taken of={slots.find((slot) => slot.service === service)} />
                      ),
                    }),
                  ),
                ]}
              />
            )}
          </>
        )}
      </Read>
    </Card>
  );
}

function Taken({ of }: { readonly of: Slot | undefined }) {
  const t = useWords(OUTLET_WORDS);
  const { number } = useFormats();
  if (of === undefined) return '–';
  const taken = t('load.taken', { taken: of.reserved + of.used, capacity: of.capacity });
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <Status tone={TONES[of.state]}>{taken}</Status>
      {of.state === 'closed' && t('load.closed')}
      {of.beyond > 0 && <span className="text-bad">{t('load.beyond', { count: number(of.beyond) })}</span>}
    </span>
  );
}
