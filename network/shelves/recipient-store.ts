import { type Queryable, sql } from '../../platform/db/index.ts';
import type { OrganisationId, PartyRef } from '../kernel/index.ts';

/** Whose phones open parcels that were announced to a point, by parcel; the newest word counts. In the network's scope. */
export async function listRecipientsOfParcels(
  db: Queryable,
  parcelIds: readonly string[],
): Promise<Map<string, { readonly organisationId: OrganisationId; readonly ref: PartyRef }>> {
  const rows = await db.rows<{
    parcel_id: string;
    announced_by: OrganisationId;
    recipient_ref: PartyRef;
  }>(sql`
    select distinct on (parcel_id) parcel_id, announced_by, recipient_ref from shelves.parcel
    where parcel_id = any(${parcelIds}) and recipient_ref is not null order by parcel_id, shelf_parcel_id desc`);
  return new Map(
    rows.map((row) => [row.parcel_id, { organisationId: row.announced_by, ref: row.recipient_ref }]),
  );
}
