import type { components } from '@postroad/sdk';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { WorldMapLater } from '../kit/map.tsx';
import { Card } from '../kit/page.tsx';
import { Read } from '../kit/states.tsx';
import { Status, type Tone } from '../kit/status.tsx';
import { type Column, Table } from '../kit/table.tsx';
import { PARCEL_WORDS } from './words.ts';

type Lane = components['schemas']['FlowLane'];
type Row = Lane & { readonly id: string };

const SHOWN = 8;
/** Pixels of a lane on the map: one parcel is a hair, a hundred are a road. */
const widthOf = (parcels: number) => Math.min(6, 1 + Math.log2(1 + parcels) / 1.5);

const toneOf = (lane: Lane): Tone => (lane.stuck > 0 ? 'bad' : lane.late > 0 ? 'warn' : 'move');

/** Parcels that one may see, by the lane that they are on: a map, and the same in words beside it. */
export function Flow() {
  const t = useWords(PARCEL_WORDS);
  const { number } = useFormats();
  const flow = useRead(['flow'], (signal) => api.get('/v1/flow', { signal }), { everyMs: 20_000 });
  return (
    <Card title={t('flow.title')}>
      <Read of={flow} rows={5}>
        {({ totals, lanes }) => {
          const rows = lanes
            .map((lane) => ({ ...lane, id: idOf(lane) }))
            .sort((a, b) => b.stuck - a.stuck || b.late - a.late || b.parcels - a.parcels);
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
                <LaneMap rows={rows} />
                <Lanes rows={rows} />
              </div>
            </>
          );
        }}
      </Read>
    </Card>
  );
}

function LaneMap({ rows }: { readonly rows: readonly Row[] }) {
  const drawn = rows.flatMap((lane) => {
    const from = lane.from?.coordinates;
    const to = lane.to?.coordinates;
    return from === undefined || to === undefined ? [] : [{ lane, from, to }];
  });
  return (
    <WorldMapLater
      className="h-72 lg:h-[26rem]"
      points={drawn.map(({ lane, to }) => ({
        id: lane.id,
        tone: toneOf(lane),
        size: 6,
        longitude: to.longitude,
        latitude: to.latitude,
      }))}
      lines={drawn.map(({ lane, from, to }) => ({
        id: lane.id,
        tone: toneOf(lane),
        width: widthOf(lane.parcels),
        from: [from.longitude, from.latitude],
        to: [to.longitude, to.latitude],
      }))}
    />
  );
}

function Lanes({ rows }: { readonly rows: readonly Row[] }) {
  const t = useWords(PARCEL_WORDS);
  const { number, country } = useFormats();
  const placeOf = (place: Lane['from']) =>
    place === undefined ? '–' : [place.city, country(place.country)].filter(Boolean).join(', ');
  const columns: readonly Column<Row>[] = [
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
      cell: (lane) => <Status tone={toneOf(lane)}>{t(`leg.${lane.leg}`)}</Status>,
    },
    { id: 'parcels', label: t('flow.parcels'), align: 'end', cell: (lane) => number(lane.parcels) },
    { id: 'late', label: t('flow.late'), align: 'end', cell: (lane) => number(lane.late) },
    { id: 'stuck', label: t('flow.stuck'), align: 'end', cell: (lane) => number(lane.stuck) },
  ];
  return (
    <div>
      <Table
        label={t('flow.title')}
        rows={rows.slice(0, SHOWN)}
        rowId={(lane) => lane.id}
        columns={columns}
      />
      {rows.length > SHOWN && (
        <p className="mt-2 text-sm text-soft">{t('flow.more', { count: rows.length - SHOWN })}</p>
      )}
    </div>
  );
}

const endOf = (place: Lane['from']) => [place?.country, place?.city].join('/');
const idOf = (lane: Lane) => [lane.leg, endOf(lane.from), endOf(lane.to)].join('|');
