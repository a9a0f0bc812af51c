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

const AT = new Map(FIELDS.map((field, index) => [field, index]));
const SEARCHED = ['outletCode', 'name', 'city', 'postcode', 'addressLines'].map(
  (field) => AT.get(field as Stored) ?? 0,
);

/** What the text search looks through, straight from a record. */
export function searchedTexts(record: string): readonly string[] {
  const values = JSON.parse(record) as unknown[];
  return SEARCHED.flatMap((at) => values[at] ?? []) as string[];
}
