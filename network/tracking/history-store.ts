import { instantText, type Queryable, sql, unnestRows, uuidDigits } from '../../platform/db/index.ts';
import type { Instant } from '../kernel/index.ts';
import type { JudgedScan, ScanId } from './model.ts';
import { PARCEL } from './scan-store.ts';

/** Control characters, which neither our words nor JSON hold: between two scans, and between two fields of one. */
const BETWEEN_SCANS = '\x1e';
const BETWEEN_FIELDS = '\x1f';
/** How PostgreSQL writes `true` among other texts. */
const TRUE = 't';

/**
 * What the official state of some parcels hangs on, each named once; by parcel. A late scan reads all those before it, so
 * a parcel's come as one text: as rows of thirteen columns they cost Node four times as much. Half of a scan's fields
 * only tell how it was told and are not read.
 */
export async function listHistories(
  db: Queryable,
  parcelIds: readonly string[],
): Promise<Map<string, readonly JudgedScan[]>> {
  const rows = await db.rows<{ parcel_id: string; told: string | null }>(sql`
    select k.parcel_id, (
      select string_agg(concat(s.scan_id, chr(31), s.occurred_at, chr(31), s.received_at, chr(31), s.source, chr(31),
        s.recognised, chr(31), s.milestone, chr(31), s.substatus, chr(31), s.zone_confidence, chr(31), s.synthetic,
        chr(31), s.facility_unknown, chr(31), s.place, chr(31), s.correction), chr(30))
      from tracking.scan s where s.parcel_id = k.parcel_id and s.bucket = k.bucket) as told
    from ${unnestRows('k', parcelIds, PARCEL)}`);
  return new Map(
    rows.map(({ parcel_id, told }) => [parcel_id, told?.split(BETWEEN_SCANS).map(judgedOf) ?? []]),
  );
}

function judgedOf(text: string): JudgedScan {
  const received = text.indexOf(BETWEEN_FIELDS, ID_LENGTH + 1) + 1;
  const told = text.indexOf(BETWEEN_FIELDS, received) + 1;
  return {
    ...toldOf(text.slice(told)),
    id: uuidDigits(text.slice(0, ID_LENGTH)) as ScanId,
    occurredAt: instantText(text.slice(ID_LENGTH + 1, received - 1)) as Instant,
    receivedAt: instantText(text.slice(received, told - 1)) as Instant,
  };
}

/** Of a uuid with its hyphens. */
const ID_LENGTH = 36;

/** What a scan tells beside which one it is and when: the same hub and code again and again. */
type Told = Omit<JudgedScan, 'id' | 'occurredAt' | 'receivedAt'>;

/** By how it is written. Emptied when it is full. */
const KEPT = 20_000;
const known = new Map<string, Told>();

function toldOf(text: string): Told {
  const found = known.get(text);
  if (found !== undefined) return found;
  const told = readTold(text);
  if (known.size >= KEPT) known.clear();
  // A correction names one scan and comes once.
  if (told.correction === undefined) known.set(text, told);
  return told;
}

/** An empty field is one that is null: no text here is stored empty. */
function readTold(text: string): Told {
  const [source, recognised, milestone, substatus, zone, synthetic, unknown, place, correction] = text.split(
    BETWEEN_FIELDS,
  ) as Fields;
  const where: object | undefined = place === '' ? undefined : JSON.parse(place);
  return {
    source,
    recognised: recognised === TRUE,
    milestone,
    zoneConfidence: zone,
    synthetic: synthetic === TRUE,
    ...(substatus === '' ? undefined : { substatus }),
    // A place without a country is a text that nothing is judged by.
    ...(where !== undefined && 'country' in where
      ? { place: where as NonNullable<Told['place']> }
      : undefined),
    ...(unknown === TRUE ? { facilityUnknown: true } : undefined),
    ...(correction === '' ? undefined : { correction: JSON.parse(correction) }),
  };
}

/** In the order of the statement. */
type Fields = [
  source: string,
  recognised: string,
  milestone: JudgedScan['milestone'],
  substatus: NonNullable<JudgedScan['substatus']> | '',
  zoneConfidence: JudgedScan['zoneConfidence'],
  synthetic: string,
  facilityUnknown: string,
  place: string,
  correction: string,
];
