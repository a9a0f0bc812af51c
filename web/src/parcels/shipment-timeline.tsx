import type { components } from '@postroad/sdk';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { WorldMapLater } from '../kit/map.tsx';
import { Card } from '../kit/page.tsx';
import { Pager, useParts } from '../kit/pager.tsx';
import { Read } from '../kit/states.tsx';
import { Badge, type Tone } from '../kit/status.tsx';
import { Timeline } from '../kit/timeline.tsx';
import { Moment } from '../kit/values.tsx';
import { SourceName } from '../sources/source-name.tsx';
import { SOURCE_WORDS } from '../sources/words.ts';
import { MILESTONE_WORDS } from '../words/milestones.ts';
import type { Shipment } from './states.tsx';
import { PARCEL_WORDS } from './words.ts';

const BAD = new Set(['lost', 'damaged', 'exception', 'disposed', 'refused']);
const WARN = new Set([
  'pickup_failed',
  'delivery_attempted',
  'export_customs_held',
  'import_customs_held',
  'returning',
  'returned',
]);

/** What a milestone means to the eye. */
export function toneOf(milestone: string): Tone {
  if (milestone === 'delivered') return 'ok';
  if (BAD.has(milestone)) return 'bad';
  if (WARN.has(milestone)) return 'warn';
  return milestone === 'order_created' || milestone === 'unmapped' || milestone === 'cancelled'
    ? 'idle'
    : 'move';
}

type Told = components['schemas']['Timeline'];
type Shown = Told['unverified'][number] &
  Partial<Pick<Told['entries'][number], 'effect' | 'correction'>> &
  Partial<Pick<Told['quarantined'][number], 'reason'>> & { readonly isVerified: boolean };

/** All that anybody said of the parcel, newest first: what counts, what was put right, what is not believed. */
function allOf({ entries, unverified, quarantined }: Told): readonly Shown[] {
  const all: Shown[] = [
    ...entries.map((one) => ({ ...one, isVerified: true })),
    ...unverified.map((one) => ({ ...one, isVerified: false })),
    ...quarantined.map((one) => ({ ...one, isVerified: true })),
  ];
  // What happened at one time stays in the order of the server, turned round.
  return all
    .toReversed()
    .sort((a, b) => (a.occurred_at < b.occurred_at ? 1 : a.occurred_at > b.occurred_at ? -1 : 0));
}

const counts = ({ effect, reason, isVerified }: Shown) =>
  isVerified && reason === undefined && effect !== 'corrected';

/** A milestone, and why it does not count where it does not. */
function Said({ of }: { readonly of: Shown }) {
  const t = useWords(PARCEL_WORDS);
  const m = useWords(MILESTONE_WORDS);
  const s = useWords(SOURCE_WORDS);
  const title = m(of.milestone);
  return (
    <span className="flex flex-wrap items-center gap-2">
      {of.effect === 'corrected' ? <s>{title}</s> : title}
      {of.effect === 'corrected' && <Badge>{t('scan.corrected')}</Badge>}
      {of.effect === 'after_terminal' && <Badge>{t('scan.after_terminal')}</Badge>}
      {of.reason !== undefined && <Badge>{s(`quarantine.${of.reason}`)}</Badge>}
      {!of.isVerified && <Badge>{t('scan.unverified')}</Badge>}
    </span>
  );
}

/** Who says so. That a merchant declared a shipment is his word, although our own program wrote it down. */
function Source({ of }: { readonly of: Pick<Shown, 'source' | 'milestone'> }) {
  const t = useWords(PARCEL_WORDS);
  const { source, milestone } = of;
  if (source.startsWith('merchant:') || (source === 'postroad' && milestone === 'dispatch_declared'))
    return t('scan.by_merchant');
  return <SourceName source={source.startsWith('postroad:') ? 'postroad' : source} />;
}

export function ParcelTimeline({
  parcel,
  isAlone,
}: {
  readonly parcel: Pick<Shipment['parcels'][number], 'id' | 'number'>;
  readonly isAlone: boolean;
}) {
  const t = useWords(PARCEL_WORDS);
  const timeline = useRead(
    ['timeline', parcel.id],
    (signal) =>
      api.get('/v1/parcels/{parcel_id}/timeline', { params: { path: { parcel_id: parcel.id } }, signal }),
    { everyMs: 30_000 },
  );
  return (
    <Card title={isAlone ? t('shipment.timeline') : `${t('shipment.timeline')} · ${parcel.number}`}>
      <Read of={timeline}>{({ timeline: told }) => <Scans of={allOf(told)} />}</Read>
    </Card>
  );
}

/** More than a parcel has, unless somebody's program goes round in circles. */
const SCANS_OF_A_PAGE = 100;

function Scans({ of }: { readonly of: readonly Shown[] }) {
  const t = useWords(PARCEL_WORDS);
  const { country, weight } = useFormats();
  const { shown, ...pages } = useParts(of, SCANS_OF_A_PAGE);
  if (of.length === 0) return <p className="text-soft">{t('shipment.timeline_none')}</p>;
  return (
    <>
      <ScanMap entries={shown.filter(counts)} />
      <Timeline
        steps={shown.map((entry) => ({
          id: entry.scan_id,
          tone: counts(entry) ? toneOf(entry.milestone) : 'idle',
          title: <Said of={entry} />,
          when: (
            <>
              <Moment at={entry.occurred_at} whole /> · <Source of={entry} />
            </>
          ),
          detail: [
            entry.correction &&
              t('scan.correction', { author: entry.correction.author, reason: entry.correction.reason }),
            entry.text,
            entry.place === undefined
              ? entry.place_text
              : [entry.place.facility, entry.place.city, country(entry.place.country)]
                  .filter(Boolean)
                  .join(', '),
            entry.weight_grams === undefined ? undefined : weight(entry.weight_grams),
          ]
            .filter(Boolean)
            .join(' · '),
        }))}
      />
      <Pager of={pages} />
    </>
  );
}

type Entries = readonly {
  readonly scan_id: string;
  readonly milestone: string;
  readonly place?: { readonly position?: { readonly latitude: number; readonly longitude: number } };
}[];

/** Where it was scanned, when the scans say it. */
function ScanMap({ entries }: { readonly entries: Entries }) {
  const places = entries
    .toReversed()
    .flatMap(({ scan_id, milestone, place }) =>
      place?.position === undefined ? [] : [{ id: scan_id, tone: toneOf(milestone), ...place.position }],
    );
  if (places.length === 0) return null;
  return (
    <div className="mb-4">
      <WorldMapLater
        className="h-56"
        points={places}
        lines={places.slice(1).map((to, index) => {
          const from = places[index] ?? to;
          return {
            id: to.id,
            from: [from.longitude, from.latitude] as const,
            to: [to.longitude, to.latitude] as const,
            tone: 'move',
          };
        })}
      />
    </div>
  );
}
