import type { Point } from '../points/index.ts';

/** What of a point lies in its schedule, its range or its id, and is put together again when it is read. */
type Elsewhere = 'id' | 'zone' | 'hours' | 'exceptions' | 'testBehaviour' | 'range';

/** In the order in which the record holds them. */
const FIELDS = [
  'organisationId',
  'outletCode',
  'name',
  'kind',
  'services',
  'goodsClasses',
  'country',
  'divisionCodes',
  'city',
  'postcode',
  'addressLines',
  'position',
  'capacity',
  'quality',
  'feePerParcel',
  'state',
  'trialUntil',
  'pausedFrom',
  'pausedUntil',
  'exitsAt',
  'appliedAt',
  'changedAt',
  'version',
] as const satisfies readonly (keyof Point)[];

type Stored = (typeof FIELDS)[number];
/** Does not compile when a field of a point is neither stored here nor elsewhere. */
const ALL_FIELDS: Exclude<keyof Point, Stored | Elsewhere> extends never ? true : never = true;

export type PointRecord = Pick<Point, Stored>;

/** Without the names of the fields: they would be half of it. */
export function recordOf(point: Point): string {
  return JSON.stringify(FIELDS.map((field) => point[field] ?? null));
}

export function readRecord(text: string): PointRecord {
  const values = JSON.parse(text) as unknown[];
  const record: Record<string, unknown> = {};
  FIELDS.forEach((field, index) => {
    if (ALL_FIELDS && values[index] !== null && values[index] !== undefined) record[field] = values[index];
  });
  return record as PointRecord;
}

const AT = new Map<string, number>(FIELDS.map((field, index) => [field, index]));

/** Where a field stands among the values of a record. */
export function placeInRecord(field: Stored): number {
  return AT.get(field) ?? 0;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPENS = new Set([0x5b, 0x7b]);
const CLOSES = new Set([0x5d, 0x7d]);

/** The values of a record as they stand there, each JSON text, without reading them; what is absent is `null`. */
export function valuesOf(record: string): readonly string[] {
  const values: string[] = [];
  let start = 1;
  let depth = 0;
  for (let at = 1; at < record.length; at += 1) {
    const code = record.charCodeAt(at);
    if (code === QUOTE) {
      for (at += 1; record.charCodeAt(at) !== QUOTE; at += 1)
        if (record.charCodeAt(at) === BACKSLASH) at += 1;
    } else if (code === COMMA) {
      if (depth > 0) continue;
      values.push(record.slice(start, at));
      start = at + 1;
    } else if (OPENS.has(code)) depth += 1;
    else if (CLOSES.has(code)) depth -= 1;
  }
  values.push(record.slice(start, -1));
  return values;
}

const SEARCHED = (['outletCode', 'name', 'city', 'postcode', 'addressLines'] as const).map(placeInRecord);

/** What the text search looks through. */
export function searchedTextsOf(point: Point): readonly string[] {
  const { outletCode, name, city, postcode, addressLines } = point;
  return [outletCode, name, city, ...(postcode === undefined ? [] : [postcode]), ...addressLines];
}

/** The same, straight from a record. */
export function searchedTexts(record: string): readonly string[] {
  const values = valuesOf(record);
  return SEARCHED.flatMap((at) => (JSON.parse(values[at] ?? 'null') as string | string[] | null) ?? []);
}
