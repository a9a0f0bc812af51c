import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Id, Instant } from '../kernel/index.ts';
import type { CaseRef } from './store.ts';

export type PictureId = Id<'vpi'>;
export type Picture = {
  readonly id: PictureId;
  readonly contentType: string;
  readonly sizeBytes: number;
  readonly storedAt: Instant;
  readonly sealedBytes: Uint8Array;
};

export async function insertPicture(
  db: Queryable,
  one: CaseRef,
  picture: Picture,
  byCaller: string,
): Promise<void> {
  await db.run(sql`
    insert into authenticity.picture (organisation_id, picture_id, verification_id, content_type, size_bytes, sealed_bytes, by_caller, stored_at)
    values (${one.organisationId}, ${picture.id}, ${one.id}, ${picture.contentType}, ${picture.sizeBytes}, ${picture.sealedBytes}, ${byCaller},
      ${picture.storedAt})`);
}

export async function countPictures(db: Queryable, one: CaseRef): Promise<number> {
  const row = await db.row<{ pictures: number }>(sql`
    select count(*)::integer as pictures from authenticity.picture
    where organisation_id = ${one.organisationId} and verification_id = ${one.id}`);
  return row.pictures;
}

/** Which of the ids are pictures of this case. */
export async function listPictureIds(
  db: Queryable,
  one: CaseRef,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db.rows<{ picture_id: string }>(sql`
    select picture_id from authenticity.picture
    where organisation_id = ${one.organisationId} and verification_id = ${one.id} and picture_id = any(${[...ids]})`);
  return new Set(rows.map((row) => row.picture_id));
}

export async function findPicture(db: Queryable, one: CaseRef, id: string): Promise<Picture | undefined> {
  const row = await db.maybeRow<{
    picture_id: PictureId;
    content_type: string;
    size_bytes: number;
    sealed_bytes: Uint8Array;
    stored_at: Instant;
  }>(sql`
    select picture_id, content_type, size_bytes, sealed_bytes, stored_at from authenticity.picture
    where organisation_id = ${one.organisationId} and verification_id = ${one.id} and picture_id = ${id}`);
  return row === undefined
    ? undefined
    : {
        id: row.picture_id,
        contentType: row.content_type,
        sizeBytes: row.size_bytes,
        storedAt: row.stored_at,
        sealedBytes: row.sealed_bytes,
      };
}
