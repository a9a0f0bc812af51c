import { type Column, type Queryable, sql, unnestRows } from '../../platform/db/index.ts';
import type { Instant, ParcelId } from '../kernel/index.ts';
import { bucketOf } from './bucket.policy.ts';
import type { DirectoryEntry } from './directory.policy.ts';

export type NumberEntry = DirectoryEntry & { readonly number: string };

type Row = {
  number: string;
  generation: number;
  carrier_code: string;
  valid_from: Instant | null;
  valid_to: Instant | null;
  parcel_id: ParcelId;
  provisional: boolean;
};

function entryOf(number: string, row: Omit<Row, 'number'>): NumberEntry {
  return {
    number,
    generation: row.generation,
    carrierCode: row.carrier_code,
    from: row.valid_from ?? undefined,
    to: row.valid_to ?? undefined,
    parcelId: row.parcel_id,
    provisional: row.provisional,
  };
}

type Sought = { readonly number: string; readonly place: number };
const SOUGHT: readonly Column<Sought>[] = [
  ['bucket', 'smallint', ({ number }) => bucketOf(number)],
  ['number', 'text', ({ number }) => number],
  ['place', 'integer', ({ place }) => place],
];

/** All lives of some normalised numbers, in order; of each number a list, at its place. */
export async function listLives(db: Queryable, numbers: readonly string[]): Promise<NumberEntry[][]> {
  const [only] = numbers;
  // One number is asked for by its key, which is planned once; a list is planned at each call.
  const source =
    only !== undefined && numbers.length === 1
      ? sql`0 as place from tracking.directory d where d.bucket = ${bucketOf(only)} and d.number = ${only}`
      : sql`n.place from ${unnestRows(
          'n',
          numbers.map((number, place): Sought => ({ number, place })),
          SOUGHT,
        )} join tracking.directory d on d.bucket = n.bucket and d.number = n.number`;
  const rows = await db.rows<Omit<Row, 'number'> & { place: number }>(sql`
    select d.generation, d.carrier_code, d.valid_from, d.valid_to, d.parcel_id, d.provisional, ${source}`);
  const lives = numbers.map((): NumberEntry[] => []);
  for (const row of rows) lives[row.place]?.push(entryOf(numbers[row.place] as string, row));
  // Nearly all numbers have one life: to have PostgreSQL sort all of them costs more than to find them.
  for (const list of lives) if (list.length > 1) list.sort((one, other) => one.generation - other.generation);
  return lives;
}

/** The same, by number; a number without a life has no entry. */
export async function listEntries(
  db: Queryable,
  numbers: readonly string[],
): Promise<Map<string, NumberEntry[]>> {
  const distinct = [...new Set(numbers)];
  const lives = await listLives(db, distinct);
  const found = new Map<string, NumberEntry[]>();
  for (const [index, number] of distinct.entries()) {
    const list = lives[index];
    if (list !== undefined && list.length > 0) found.set(number, list);
  }
  return found;
}

export type NumberOfParcel = { readonly number: string; readonly carrierCode: string | undefined };

const PARCEL: readonly Column<string>[] = [['parcel_id', 'text', (id) => id]];

/** The numbers that lead to each of some parcels. */
export async function listNumbersOf(
  db: Queryable,
  parcelIds: readonly string[],
): Promise<Map<string, NumberOfParcel[]>> {
  // Each parcel is looked up by its key, however the statement is planned (keepPlans).
  const rows = await db.rows<Pick<Row, 'parcel_id' | 'number' | 'carrier_code'>>(sql`
    select d.parcel_id, d.number, d.carrier_code from ${unnestRows('k', parcelIds, PARCEL)} cross join lateral (
      select parcel_id, number, generation, carrier_code from tracking.directory
      where parcel_id = k.parcel_id order by number, generation offset 0) d`);
  const found = new Map<string, NumberOfParcel[]>();
  for (const row of rows) {
    const entry = {
      number: row.number,
      carrierCode: row.carrier_code === '' ? undefined : row.carrier_code,
    };
    const list = found.get(row.parcel_id);
    if (list === undefined) found.set(row.parcel_id, [entry]);
    else list.push(entry);
  }
  return found;
}

/**
 * Writes new lives, in order of number so that two writers never wait for each other in a circle. Answers those that
 * were written: when somebody else was first with a number, the caller looks again.
 */
export async function insertEntries(
  db: Queryable,
  entries: readonly NumberEntry[],
): Promise<readonly NumberEntry[]> {
  if (entries.length === 0) return [];
  const ordered = [...entries].sort((a, b) =>
    a.number === b.number ? a.generation - b.generation : a.number < b.number ? -1 : 1,
  );
  const rows = ordered.map((entry) => ({ bucket: bucketOf(entry.number), ...rowOf(entry) }));
  const written = await db.rows<{ parcel_id: string; number: string }>(sql`
    insert into tracking.directory (bucket, number, generation, carrier_code, valid_from, valid_to, parcel_id, provisional)
    select bucket, number, generation, carrier_code, valid_from, valid_to, parcel_id, provisional
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as e(bucket smallint, number text, generation integer, carrier_code text, valid_from timestamptz,
        valid_to timestamptz, parcel_id text, provisional boolean)
    on conflict do nothing returning number, parcel_id`);
  const keys = new Set(written.map(keyOf));
  return ordered.filter((entry) => keys.has(keyOf({ number: entry.number, parcel_id: entry.parcelId })));
}

const keyOf = (row: { readonly number: string; readonly parcel_id: string }) =>
  `${row.number} ${row.parcel_id}`;

function rowOf(entry: NumberEntry): Row {
  return {
    number: entry.number,
    generation: entry.generation,
    carrier_code: entry.carrierCode,
    valid_from: entry.from ?? null,
    valid_to: entry.to ?? null,
    parcel_id: entry.parcelId,
    provisional: entry.provisional,
  };
}

/** Lives end, or answer nothing any more: the keys stay, what they answer changes. */
export async function updateLives(db: Queryable, entries: readonly NumberEntry[]): Promise<void> {
  if (entries.length === 0) return;
  // Arrays, whose rows are looked up by their keys (see saveTimelines).
  await db.run(sql`
    update tracking.directory d set valid_from = e.valid_from, valid_to = e.valid_to
    from unnest(${entries.map(({ number }) => bucketOf(number))}::smallint[], ${entries.map(({ number }) => number)}::text[],
      ${entries.map(({ generation }) => generation)}::integer[], ${entries.map(({ from }) => from ?? null)}::timestamptz[],
      ${entries.map(({ to }) => to ?? null)}::timestamptz[]) as e(bucket, number, generation, valid_from, valid_to)
    where d.bucket = e.bucket and d.number = e.number and d.generation = e.generation`);
}
