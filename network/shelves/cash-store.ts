import { type Queryable, sql } from '../../platform/db/index.ts';
import type { ShelfParcel } from './model.ts';
import { PARCEL_COLUMNS, type ParcelRow, parcelOf } from './store.ts';

/** Handed out, and nothing is known of the money for the goods. Newest first, before an id; of one point or of all. */
export async function listOpenCash(
  db: Queryable,
  of: { readonly organisationId: string; readonly pointId?: string | undefined },
  before: string,
  limit: number,
): Promise<ShelfParcel[]> {
  const point = of.pointId === undefined ? sql`` : sql` and point_id = ${of.pointId}`;
  const below = before === '' ? sql`` : sql` and shelf_parcel_id < ${before}`;
  const rows = await db.rows<ParcelRow>(sql`
    select ${PARCEL_COLUMNS} from shelves.parcel
    where organisation_id = ${of.organisationId} and state = 'handed_out' and cash_on_delivery is not null
      and cash_paid_by is null and cash_charged_at is null${point}${below}
    order by shelf_parcel_id desc limit ${limit}`);
  return rows.map(parcelOf);
}
