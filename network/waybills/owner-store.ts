import { type Queryable, sql } from '../../platform/db/index.ts';

/** Whose a thing is, and which carrier's. */
export type Owned = { readonly owner: string; readonly carrierCode?: string | undefined };

export async function findWaybillOwner(db: Queryable, id: string): Promise<Owned | undefined> {
  const row = await db.maybeRow<{ organisation_id: string; carrier_code: string }>(
    sql`select organisation_id, carrier_code from waybills.waybill where waybill_id = ${id}`,
  );
  return row === undefined ? undefined : { owner: row.organisation_id, carrierCode: row.carrier_code };
}

export async function findSegmentOwner(db: Queryable, id: string): Promise<Owned | undefined> {
  const row = await db.maybeRow<{ organisation_id: string; carrier_code: string }>(
    sql`select organisation_id, carrier_code from waybills.number_segment where segment_id = ${id}`,
  );
  return row === undefined ? undefined : { owner: row.organisation_id, carrierCode: row.carrier_code };
}
