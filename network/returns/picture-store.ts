import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Instant, OrganisationId } from '../kernel/index.ts';
import type { PartyWord, ReturnPictureId } from './model.ts';

export type Picture = {
  readonly id: ReturnPictureId;
  readonly organisationId: OrganisationId;
  readonly orderId: string;
  readonly contentType: string;
  readonly sizeBytes: number;
  readonly party: PartyWord;
  readonly storedAt: Instant;
};

export async function insertPicture(
  db: Queryable,
  picture: Picture & { readonly sealedBytes: Uint8Array; readonly byCaller: string },
): Promise<void> {
  await db.run(sql`
    insert into returns.picture (organisation_id, picture_id, order_id, content_type, size_bytes, sealed_bytes, party, by_caller, stored_at)
    values (${picture.organisationId}, ${picture.id}, ${picture.orderId}, ${picture.contentType}, ${picture.sizeBytes},
      ${picture.sealedBytes}, ${picture.party}, ${picture.byCaller}, ${picture.storedAt})`);
}

export async function countPictures(db: Queryable, organisationId: string, orderId: string): Promise<number> {
  const row = await db.row<{ pictures: number }>(sql`
    select count(*)::integer as pictures from returns.picture
    where organisation_id = ${organisationId} and order_id = ${orderId}`);
  return row.pictures;
}

/** Are all of these pictures of this order? */
export async function areOfOrder(
  db: Queryable,
  organisationId: string,
  orderId: string,
  ids: readonly string[],
): Promise<boolean> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return true;
  const row = await db.row<{ found: number }>(sql`
    select count(*)::integer as found from returns.picture
    where organisation_id = ${organisationId} and order_id = ${orderId} and picture_id = any(${wanted})`);
  return row.found === wanted.length;
}

export async function findPicture(
  db: Queryable,
  organisationId: string,
  orderId: string,
  id: string,
): Promise<(Picture & { readonly sealedBytes: Uint8Array }) | undefined> {
  return db.maybeRow(sql`
    select picture_id as id, organisation_id as "organisationId", order_id as "orderId", content_type as "contentType",
      size_bytes as "sizeBytes", party, stored_at as "storedAt", sealed_bytes as "sealedBytes"
    from returns.picture where organisation_id = ${organisationId} and order_id = ${orderId} and picture_id = ${id}`);
}
