import { instantText, type Queryable, sql, unnestRows, uuidDigits } from '../../platform/db/index.ts';
import type { Instant } from '../kernel/index.ts';
import type { JudgedScan, ScanId, ShownScan } from './model.ts';
import { PARCEL } from './scan-store.ts';

/** Control characters, which neither our words nor JSON hold: between two scans, and between two fields of one. */
const BETWEEN_SCANS = '\x1e';
const BETWEEN_FIELDS = '\x1f';
/** How PostgreSQL writes `true` among other texts. */
const TRUE = 't';
const NOTHING = 'null';

/**
 * Scans `s` of a parcel as one text, for `scansOf`: as rows of their own they cost Node four times as much. What may be
 * null is written as a text that it never is, since concat_ws leaves nulls out.
 */
export const SCANS_AS_TEXT = sql`
  string_agg(concat_ws(chr(31), s.scan_id, s.occurred_at, s.received_at, s.number, s.source, s.recognised,
    s.code, s.milestone, s.zone_confidence, s.synthetic, coalesce(s.facility_unknown, false),
    coalesce(s.weight_grams, 0), coalesce(s.substatus, ''), coalesce(s.text, ''), coalesce(s.place, 'null'::json),
    coalesce(s.correction, 'null'::json)), chr(30))`;

/**
 * What the official state of some parcels hangs on, each named once; by parcel. A late scan reads all those before it.
 */
export async function listHistories(
  db: Queryable,
  parcelIds: readonly string[],
): Promise<Map<string, readonly JudgedScan[]>> {
  const rows = await db.rows<{ parcel_id: string; told: string | null }>(sql`
    select k.parcel_id, (
      select ${SCANS_AS_TEXT} from tracking.scan s where s.parcel_id = k.parcel_id and s.bucket = k.bucket) as told
    from ${unnestRows('k', parcelIds, PARCEL)}`);
  return new Map(rows.map(({ parcel_id, told }) => [parcel_id, told === null ? [] : scansOf(told)]));
}

/** Of a uuid with its hyphens. */
const ID_LENGTH = 36;

/** Reads what SCANS_AS_TEXT wrote. */
export function scansOf(text: string): ShownScan[] {
  const scans: ShownScan[] = [];
  for (let start = 0; start < text.length; ) {
    const occurred = start + ID_LENGTH + 1;
    const received = text.indexOf(BETWEEN_FIELDS, occurred) + 1;
    const number = text.indexOf(BETWEEN_FIELDS, received) + 1;
    const told = text.indexOf(BETWEEN_FIELDS, number) + 1;
    const next = text.indexOf(BETWEEN_SCANS, told);
    const end = next < 0 ? text.length : next;
    scans.push({
      ...toldOf(text, told, end),
      id: uuidDigits(text.slice(start, start + ID_LENGTH)) as ScanId,
      occurredAt: instantText(text.slice(occurred, received - 1)) as Instant,
      receivedAt: instantText(text.slice(received, number - 1)) as Instant,
      number: text.slice(number, told - 1),
    });
    start = end + 1;
  }
  return scans;
}

/** What a scan tells beside which one it is, of which number and when: the same hub and code again and again. */
type Told = Omit<ShownScan, 'id' | 'occurredAt' | 'receivedAt' | 'number'>;

type Kept = { readonly text: string; readonly told: Told };

/** Each has one place, by how it is written. A power of two. */
const PLACES = 32_768;
const known: (Kept | undefined)[] = new Array(PLACES).fill(undefined);

/** A map interns each text that is looked for, which takes longer than to read it through. */
function toldOf(text: string, start: number, end: number): Told {
  let sum = 0;
  for (let at = start; at < end; at += 1) sum = (Math.imul(sum, 31) + text.charCodeAt(at)) | 0;
  const place = sum & (PLACES - 1);
  const found = known[place];
  if (found !== undefined && found.text.length === end - start && text.startsWith(found.text, start))
    return found.told;
  const slice = text.slice(start, end);
  // Written and read again, so that nothing kept is a slice of a longer text: those keep that alive, and are slow to write.
  const fresh = JSON.parse(JSON.stringify({ text: slice, told: readTold(slice) })) as Kept;
  // A correction names one scan and comes once.
  if (fresh.told.correction === undefined) known[place] = fresh;
  return fresh.told;
}

/** No text here is stored empty, and nothing weighs nothing. */
function readTold(told: string): Told {
  const [
    source,
    recognised,
    code,
    milestone,
    zone,
    synthetic,
    unknown,
    weight,
    substatus,
    text,
    place,
    correction,
  ] = told.split(BETWEEN_FIELDS) as Fields;
  const where = place === NOTHING ? undefined : (JSON.parse(place) as object);
  return {
    source,
    recognised: recognised === TRUE,
    code,
    milestone,
    zoneConfidence: zone,
    synthetic: synthetic === TRUE,
    ...(unknown === TRUE ? { facilityUnknown: true } : undefined),
    ...(weight === '0' ? undefined : { weightGrams: Number(weight) }),
    ...(substatus === '' ? undefined : { substatus }),
    ...(text === '' ? undefined : { text }),
    ...placeOf(where),
    ...(correction === NOTHING ? undefined : { correction: JSON.parse(correction) }),
  };
}

/** A place without a country is a text and nothing else. */
function placeOf(where: object | undefined): Pick<ShownScan, 'place' | 'placeText'> | undefined {
  if (where === undefined) return undefined;
  return 'country' in where
    ? { place: where as NonNullable<ShownScan['place']> }
    : { placeText: (where as { text: string }).text };
}

/** In the order of the statement. */
type Fields = [
  source: string,
  recognised: string,
  code: string,
  milestone: ShownScan['milestone'],
  zoneConfidence: ShownScan['zoneConfidence'],
  synthetic: string,
  facilityUnknown: string,
  weightGrams: string,
  substatus: NonNullable<ShownScan['substatus']> | '',
  text: string,
  place: string,
  correction: string,
];
