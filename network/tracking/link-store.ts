import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Id, Instant, ParcelId } from '../kernel/index.ts';
import { bucketOf } from './bucket.policy.ts';

export type LinkId = Id<'lnk'>;
export type BuyerLink = {
  readonly id: LinkId;
  readonly parcelId: ParcelId;
  readonly createdAt: Instant;
  readonly revokedAt: Instant | undefined;
};

type Row = { link_id: LinkId; parcel_id: ParcelId; created_at: Instant; revoked_at: Instant | null };

function linkOf(row: Row): BuyerLink {
  return {
    id: row.link_id,
    parcelId: row.parcel_id,
    createdAt: row.created_at,
    revokedAt: row.revoked_at ?? undefined,
  };
}

export async function insertLink(
  db: Queryable,
  link: BuyerLink & { readonly tokenHash: Uint8Array; readonly createdBy: string },
): Promise<void> {
  await db.run(sql`
    insert into tracking.link (bucket, link_id, parcel_id, token_hash, created_by, created_at)
    values (${bucketOf(link.parcelId)}, ${link.id}, ${link.parcelId}, ${link.tokenHash}, ${link.createdBy}, ${link.createdAt})`);
}

export async function countActiveLinks(db: Queryable, parcelId: string): Promise<number> {
  const row = await db.row<{ count: number }>(sql`
    select count(*) as count from tracking.link l
    where l.bucket = ${bucketOf(parcelId)} and l.parcel_id = ${parcelId} and l.revoked_at is null`);
  return row.count;
}

/** The parcel that an unrevoked token opens. */
export async function findLinkedParcel(db: Queryable, tokenHash: Uint8Array): Promise<ParcelId | undefined> {
  const row = await db.maybeRow<{ parcel_id: ParcelId }>(sql`
    select parcel_id from tracking.link where token_hash = ${tokenHash} and revoked_at is null`);
  return row?.parcel_id;
}

/** Those of the hashes whose links are not revoked. */
export async function listOpenLinks(
  db: Queryable,
  tokenHashes: readonly Uint8Array[],
): Promise<readonly Uint8Array[]> {
  const hex = tokenHashes.map((hash) => Buffer.from(hash).toString('hex'));
  const rows = await db.rows<{ token_hash: Uint8Array }>(sql`
    select l.token_hash from unnest(${hex}::text[]) as h(hex)
    join tracking.link l on l.token_hash = decode(h.hex, 'hex') where l.revoked_at is null`);
  return rows.map((row) => row.token_hash);
}

export async function revokeLink(
  db: Queryable,
  parcelId: string,
  linkId: string,
  now: Instant,
): Promise<BuyerLink | undefined> {
  const row = await db.maybeRow<Row>(sql`
    update tracking.link set revoked_at = coalesce(revoked_at, ${now})
    where bucket = ${bucketOf(parcelId)} and link_id = ${linkId} and parcel_id = ${parcelId}
    returning link_id, parcel_id, created_at, revoked_at`);
  return row === undefined ? undefined : linkOf(row);
}
