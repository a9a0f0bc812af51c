import { instantText, type Queryable, sql, unnestRows, uuidDigits } from '../../platform/db/index.ts';
import { type Instant, inOnePiece } from '../kernel/index.ts';
import { type JudgedScan, OWN_SOURCE, type ScanId, type ShownScan } from './model.ts';
import { PARCEL } from './scan-store.ts';

/** Control characters, which neither our words nor JSON hold: between two scans, and between two fields of one. */
const BETWEEN_SCANS = '\x1e';
const BETWEEN_FIELDS = '\x1f';

/**
 * Scans `s` of a parcel as one text, for `scansOf`: as rows of their own they cost Node four times as much. What every scan
 * has comes first; of the rest only what is there, each behind a letter that says what it is (concat_ws leaves nulls
 * out). A place is JSON and begins with its brace.
 */
export const SCANS_AS_TEXT = sql`
  string_agg(concat_ws(chr(31), s.scan_id, s.occurred_at, s.received_at, s.number, s.source, s.code, s.milestone,
    s.zone_confidence, s.place, case when not s.recognised then 'u' end, case when s.synthetic then 's' end,
    case when s.facility_unknown then 'f' end, 'w' || s.weight_grams, 'b' || s.substatus, 't' || s.text,
    'c' || s.correction::text), chr(30))`;

/**
 * Recognised scans `s` as one text, for `judgedOf`: as SCANS_AS_TEXT without what the official state does not hang on. When a
 * scan came is told of those that came before they happened, its source of our own.
 */
const JUDGED_AS_TEXT = sql`
  string_agg(concat_ws(chr(31), s.scan_id, s.occurred_at, s.milestone, s.place,
    case when s.zone_confidence <> 'stated' then 'z' || s.zone_confidence end,
    case when s.source = ${OWN_SOURCE} then 'o' end, case when s.synthetic then 's' end,
    case when s.facility_unknown then 'f' end, case when s.received_at < s.occurred_at then 'r' || s.received_at end,
    'b' || s.substatus, 'c' || s.correction::text), chr(30))`;

/**
 * What the official state of some parcels hangs on: their recognised scans, parcel by parcel in the order of `parcelIds`,
 * each of which is named once. A late scan reads all those before it.
 */
export async function listHistories(
  db: Queryable,
  parcelIds: readonly string[],
): Promise<readonly (readonly JudgedScan[])[]> {
  const rows = await db.rows<{ parcel_id: string; told: string | null }>(sql`
    select k.parcel_id, (
      select ${JUDGED_AS_TEXT} from tracking.scan s
      where s.parcel_id = k.parcel_id and s.bucket = k.bucket and s.recognised) as told
    from ${unnestRows('k', parcelIds, PARCEL)}`);
  return rows.map(({ parcel_id, told }, index) => {
    if (parcel_id !== parcelIds[index])
      throw new Error('histories come in another order than they were asked for');
    return told === null ? [] : judgedOf(told);
  });
}

/** Of a uuid with its hyphens. */
const ID_LENGTH = 36;

/** Reads what SCANS_AS_TEXT wrote. */
export function scansOf(text: string): ShownScan[] {
  const scans: ShownScan[] = [];
  let number = '';
  for (let start = 0; start < text.length; ) {
    const occurred = start + ID_LENGTH + 1;
    const received = text.indexOf(BETWEEN_FIELDS, occurred) + 1;
    const numberAt = text.indexOf(BETWEEN_FIELDS, received) + 1;
    const told = text.indexOf(BETWEEN_FIELDS, numberAt) + 1;
    const next = text.indexOf(BETWEEN_SCANS, told);
    const end = next < 0 ? text.length : next;
    // Nearly all scans of a parcel name the same one.
    if (number.length !== told - 1 - numberAt || !text.startsWith(number, numberAt))
      number = inOnePiece(text.slice(numberAt, told - 1));
    scans.push({
      ...toldOf(text, told, end, shown),
      id: idAt(text, start),
      occurredAt: instantText(text.slice(occurred, received - 1)) as Instant,
      receivedAt: instantText(text.slice(received, numberAt - 1)) as Instant,
      number,
    });
    start = end + 1;
  }
  return scans;
}

/** Reads what JUDGED_AS_TEXT wrote. */
function judgedOf(text: string): JudgedScan[] {
  const scans: JudgedScan[] = [];
  for (let start = 0; start < text.length; ) {
    const occurred = start + ID_LENGTH + 1;
    const told = text.indexOf(BETWEEN_FIELDS, occurred) + 1;
    const next = text.indexOf(BETWEEN_SCANS, told);
    const end = next < 0 ? text.length : next;
    scans.push({
      ...toldOf(text, told, end, judged),
      id: idAt(text, start),
      occurredAt: instantText(text.slice(occurred, told - 1)) as Instant,
    });
    start = end + 1;
  }
  return scans;
}

const idAt = (text: string, start: number) => uuidDigits(text.slice(start, start + ID_LENGTH)) as ScanId;

/** What a scan tells beside which one it is, of which number and when: the same hub and code again and again. */
type ToldShown = Omit<ShownScan, 'id' | 'occurredAt' | 'receivedAt' | 'number'>;
type ToldJudged = Omit<JudgedScan, 'id' | 'occurredAt'>;

/** Each text has one place, by how it is written. A power of two. */
const PLACES = 32_768;

/** What was told before, by how it was written. */
type Memory<Told> = {
  readonly read: (text: string) => Told;
  readonly kept: ({ readonly text: string; readonly told: Told } | undefined)[];
};
const memoryOf = <Told>(read: (text: string) => Told): Memory<Told> => ({
  read,
  kept: new Array(PLACES).fill(undefined),
});
const shown = memoryOf(readShown);
const judged = memoryOf(readJudged);

/** A map interns each text that is looked for, which takes longer than to read it through. */
function toldOf<Told extends { readonly correction?: unknown }>(
  text: string,
  start: number,
  end: number,
  { read, kept }: Memory<Told>,
): Told {
  let sum = 0;
  for (let at = start; at < end; at += 1) sum = (Math.imul(sum, 31) + text.charCodeAt(at)) | 0;
  const place = sum & (PLACES - 1);
  const found = kept[place];
  if (found !== undefined && found.text.length === end - start && text.startsWith(found.text, start))
    return found.told;
  const slice = text.slice(start, end);
  // Written and read again, so that nothing kept is a slice of a longer text: those keep that alive, and are slow to write.
  const fresh = JSON.parse(JSON.stringify({ text: slice, told: read(slice) })) as {
    text: string;
    told: Told;
  };
  // A correction names one scan and comes once.
  if (fresh.told.correction === undefined) kept[place] = fresh;
  return fresh.told;
}

type Mutable<T> = { -readonly [Field in keyof T]: T[Field] };

/** In the order of the statement. */
type FieldsShown = [
  source: string,
  code: string,
  milestone: ShownScan['milestone'],
  zoneConfidence: ShownScan['zoneConfidence'],
  ...more: string[],
];

function readShown(text: string): ToldShown {
  const [source, code, milestone, zoneConfidence, ...more] = text.split(BETWEEN_FIELDS) as FieldsShown;
  return withMore({ source, recognised: true, code, milestone, zoneConfidence, synthetic: false }, more);
}

function readJudged(text: string): ToldJudged {
  const [milestone, ...more] = text.split(BETWEEN_FIELDS) as [JudgedScan['milestone'], ...string[]];
  return withMore({ recognised: true, milestone, zoneConfidence: 'stated', synthetic: false }, more);
}

/** Fields that have a letter. */
type More = Mutable<
  Omit<JudgedScan, 'id' | 'occurredAt' | 'milestone'> & Pick<ShownScan, 'text' | 'placeText' | 'weightGrams'>
>;

function withMore<Told extends More>(told: Told, more: readonly string[]): Told {
  for (const field of more) readMore(told, field);
  return told;
}

function readMore(told: More, field: string): void {
  const value = field.slice(1);
  switch (field[0]) {
    case '{':
      readPlace(told, JSON.parse(field));
      return;
    case 'u':
      told.recognised = false;
      return;
    case 'o':
      told.source = OWN_SOURCE;
      return;
    case 'z':
      told.zoneConfidence = value as More['zoneConfidence'];
      return;
    case 'r':
      told.receivedAt = instantText(value) as Instant;
      return;
    case 's':
      told.synthetic = true;
      return;
    case 'f':
      told.facilityUnknown = true;
      return;
    case 'w':
      told.weightGrams = Number(value);
      return;
    case 'b':
      told.substatus = value as NonNullable<More['substatus']>;
      return;
    case 't':
      told.text = value;
      return;
    case 'c':
      told.correction = JSON.parse(value);
      return;
    default:
      throw new Error(`a scan is read with a field of no meaning: ${field.slice(0, 40)}`);
  }
}

/** A place without a country is a text and nothing else. */
function readPlace(told: More, place: NonNullable<ShownScan['place']> | { text: string }): void {
  if ('country' in place) told.place = place;
  else told.placeText = place.text;
}
