import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { WorldMapLater } from '../kit/map.tsx';
import { Card } from '../kit/page.tsx';
import { Read } from '../kit/states.tsx';
import { Status } from '../kit/status.tsx';
import { type Column, Table } from '../kit/table.tsx';
import { byTrouble, drawingOf, type Lane, laneId, toneOfLane } from './lanes.ts';
import { PARCEL_WORDS } from './words.ts';

const SHOWN = 8;

/** Parcels that one may see, by the lane that they are on: a map, and the same in words beside it. */
export function Flow() {
  const t = useWords(PARCEL_WORDS);
  const { number } = useFormats();
  const flow = useRead(['flow'], (signal) => api.get('/v1/flow', { signal }), { everyMs: 20_000 });
  return (
    <Card title={t('flow.title')}>
      <Read of={flow} rows={5}>
        {({ totals, lanes }) => {
          const rows = lanes.toSorted(byTrouble);
          if (rows.length === 0) return <p className="text-soft">{t('flow.none')}</p>;
          return (
            <>
              <p className="mb-3 flex flex-wrap gap-x-5 gap-y-1">
                {(['parcels', 'late', 'stuck'] as const).map((what) => (
                  <span key={what}>
                    <strong className="text-lg">{number(totals[what])}</strong>{' '}
                    <span className="text-soft">{t(`flow.${what}`)}</span>
                  </span>
                ))}
              </p>
              <div className="grid items-start gap-4 lg:grid-cols-2">
                <WorldMapLater className="h-72 lg:h-[26rem]" {...drawingOf(rows)} />
                <Lanes rows={rows} />
              </div>
            </>
          );
        }}
      </Read>
    </Card>
  );
}

function Lanes({ rows }: { readonly rows: readonly Lane[] }) {
  const t = useWords(PARCEL_WORDS);
  const { number, country } = useFormats();
  const placeOf = (place: Lane['from']) =>
    place === undefined ? '–' : [place.city, country(place.country)].filter(Boolean).join(', ');
  const columns: readonly Column<Lane>[] = [
    {
      id: 'lane',
      label: t('flow.lane'),
      isName: true,
      cell: (lane) =>
        placeOf(lane.from) === placeOf(lane.to)
          ? placeOf(lane.to)
          : t('flow.from_to', { from: placeOf(lane.from), to: placeOf(lane.to) }),
    },
    {
      id: 'leg',
      label: t('flow.leg'),
      cell: (lane) => <Status tone={toneOfLane(lane)}>{t(`leg.${lane.leg}`)}</Status>,
    },
    { id: 'parcels', label: t('flow.parcels'), align: 'end', cell: (lane) => number(lane.parcels) },
    { id: 'late', label: t('flow.late'), align: 'end', cell: (lane) => number(lane.late) },
    { id: 'stuck', label: t('flow.stuck'), align: 'end', cell: (lane) => number(lane.stuck) },
  ];
  return (
    <div>
      <Table label={t('flow.title')} rows={rows.slice(0, SHOWN)} rowId={laneId} columns={columns} />
      {rows.length > SHOWN && (
        <p className="mt-2 text-sm text-soft">{t('flow.more', { count: rows.length - SHOWN })}</p>
      )}
    </div>
  );
}
