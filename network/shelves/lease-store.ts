import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Instant } from '../kernel/index.ts';

/**
 * Lets a device hold the parcels that wait at a point, or those listed, until `until`; those that another device holds
 * stay its own. Answers the ids that it holds now.
 */
export async function takeLease(
  db: Queryable,
  point: { readonly organisationId: string; readonly id: string },
  lease: { readonly deviceId: string; readonly until: Instant; readonly ids: readonly string[] | undefined },
  now: Instant,
  limit: number,
): Promise<readonly string[]> {
  const listed = lease.ids === undefined ? sql`` : sql` and shelf_parcel_id = any(${lease.ids})`;
  const rows = await db.rows<{ shelf_parcel_id: string }>(sql`
    update shelves.parcel set lease_device = ${lease.deviceId}, lease_until = ${lease.until}
    where organisation_id = ${point.organisationId} and shelf_parcel_id in (
      select shelf_parcel_id from shelves.parcel
      where organisation_id = ${point.organisationId} and point_id = ${point.id} and state = 'stored'
        and (lease_until is null or lease_until <= ${now} or lease_device = ${lease.deviceId})${listed}
      order by shelf_parcel_id limit ${limit} for update)
    returning shelf_parcel_id`);
  return rows.map((row) => row.shelf_parcel_id);
}

/** Lets go of all that a device holds at a point; answers how many. */
export async function releaseLease(
  db: Queryable,
  point: { readonly organisationId: string; readonly id: string },
  deviceId: string,
): Promise<number> {
  return db.run(sql`
    update shelves.parcel set lease_device = null, lease_until = null
    where organisation_id = ${point.organisationId} and point_id = ${point.id} and lease_device = ${deviceId}`);
}

/** Lets go of all that a device holds at any point of its network. */
export async function releaseLeasesOfDevice(
  db: Queryable,
  organisationId: string,
  deviceId: string,
): Promise<void> {
  await db.run(sql`
    update shelves.parcel set lease_device = null, lease_until = null
    where organisation_id = ${organisationId} and lease_device = ${deviceId}`);
}
