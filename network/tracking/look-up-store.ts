import { type Queryable, sql, unnestRows } from '../../platform/db/index.ts';
import type { NumberOfParcel } from './directory-store.ts';
import { SCANS_AS_TEXT, scansOf } from './history-store.ts';
import type { ShownScan } from './model.ts';
import type { TrackedParcel } from './parcel.ts';
import { PARCEL_COLUMNS, type ParcelRow, parcelOf } from './parcel-store.ts';
import { PARCEL } from './scan-store.ts';

/** What a parcel's timeline is made of. */
export type TimelineParts = {
  readonly parcel: TrackedParcel;
  readonly scans: readonly ShownScan[];
  readonly numbers: readonly NumberOfParcel[];
};

type Row = ParcelRow & {
  readonly told: string | null;
  readonly led: Entry[] | null;
};

/**
 * Tells parcels with what their timelines are made of, each when it comes. Each is looked up by its key, however the
 * statement is planned (keepPlans).
 */
export async function lookUpTimelines(
  db: Queryable,
  ids: readonly string[],
  tell: (parts: TimelineParts) => void,
): Promise<void> {
  const query = sql`
    select p.*, (
        select ${SCANS_AS_TEXT}
        from tracking.scan s where s.parcel_id = k.parcel_id and s.bucket = k.bucket) as told, (
        select json_agg(json_build_array(d.number, d.generation, d.carrier_code))
        from tracking.directory d where d.parcel_id = k.parcel_id) as led
    from ${unnestRows('k', ids, PARCEL)} cross join lateral (
      select ${PARCEL_COLUMNS} from tracking.parcel p where p.parcel_id = k.parcel_id and p.bucket = k.bucket offset 0) p`;
  await db.each<Row>(query, (row) => {
    tell({
      parcel: parcelOf(row),
      scans: row.told === null ? [] : scansOf(row.told),
      numbers: numbersOf(row.led ?? []),
    });
  });
}

type Entry = [number: string, generation: number, carrierCode: string];

/** In order of number and generation, as listNumbersOf has them: PostgreSQL takes longer to sort even one. */
function numbersOf(entries: Entry[]): NumberOfParcel[] {
  if (entries.length > 1)
    entries.sort(([a, older], [b, newer]) => (a === b ? older - newer : a < b ? -1 : 1));
  return entries.map(([number, , carrierCode]) => ({
    number,
    carrierCode: carrierCode === '' ? undefined : carrierCode,
  }));
}
