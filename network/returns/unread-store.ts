import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Id, Instant, OrganisationId, PointId } from '../kernel/index.ts';
import type { ReturnId, ReturnPictureId } from './model.ts';

export type UnreadId = Id<'unr'>;
export type UnreadState = 'open' | 'matched' | 'taken_in' | 'settled';
/** Goods that a counter took without a network, when their code could be read by nobody. */
export type UnreadReturn = {
  /** The point network. */
  readonly organisationId: OrganisationId;
  readonly id: UnreadId;
  readonly pointId: PointId;
  readonly deviceId: string;
  readonly clientId: string;
  readonly digest: Uint8Array;
  readonly state: UnreadState;
  readonly sealedWords: Uint8Array;
  readonly weightGrams: number;
  readonly documentKind: string | null;
  readonly returnId: ReturnId | null;
  readonly occurredAt: Instant;
  readonly deviceTime: Instant | null;
  readonly byCaller: string;
  readonly receivedAt: Instant;
  readonly endedAt: Instant | null;
  readonly endedBy: string | null;
  readonly resolution: string | null;
  readonly pictureIds: readonly ReturnPictureId[];
};

const COLUMNS = sql`u.organisation_id as "organisationId", u.unread_id as id, u.point_id as "pointId", u.device_id as "deviceId",
  u.client_id as "clientId", u.digest, u.state, u.sealed_words as "sealedWords", u.weight_grams as "weightGrams",
  u.document_kind as "documentKind", u.return_id as "returnId", u.occurred_at as "occurredAt", u.device_time as "deviceTime",
  u.by_caller as "byCaller", u.received_at as "receivedAt", u.ended_at as "endedAt", u.ended_by as "endedBy", u.resolution,
  array(select p.picture_id from returns.unread_picture p
    where p.organisation_id = u.organisation_id and p.unread_id = u.unread_id order by p.picture_id) as "pictureIds"`;

/** False when the device has told it before. */
export async function insertUnread(db: Queryable, one: UnreadReturn): Promise<boolean> {
  const written = await db.run(sql`
    insert into returns.unread_return (organisation_id, unread_id, point_id, device_id, client_id, digest, state, sealed_words,
      weight_grams, document_kind, return_id, occurred_at, device_time, by_caller, received_at)
    values (${one.organisationId}, ${one.id}, ${one.pointId}, ${one.deviceId}, ${one.clientId}, ${one.digest}, ${one.state},
      ${one.sealedWords}, ${one.weightGrams}, ${one.documentKind}, ${one.returnId}, ${one.occurredAt}, ${one.deviceTime},
      ${one.byCaller}, ${one.receivedAt})
    on conflict do nothing`);
  return written === 1;
}

export function findUnread(db: Queryable, id: string): Promise<UnreadReturn | undefined> {
  return db.maybeRow<UnreadReturn>(sql`
    select ${COLUMNS} from returns.unread_return u where u.unread_id = ${id}`);
}

export function findUnreadOf(
  db: Queryable,
  organisationId: string,
  told: Pick<UnreadReturn, 'deviceId' | 'clientId'>,
): Promise<UnreadReturn | undefined> {
  return db.maybeRow<UnreadReturn>(sql`
    select ${COLUMNS} from returns.unread_return u
    where u.organisation_id = ${organisationId} and u.device_id = ${told.deviceId} and u.client_id = ${told.clientId}`);
}

/** Newest first. */
export function listUnread(
  db: Queryable,
  point: { readonly organisationId: string; readonly id: string },
  isOpen: boolean,
  limit: number,
): Promise<readonly UnreadReturn[]> {
  const open = isOpen ? sql` and u.ended_at is null` : sql``;
  return db.rows<UnreadReturn>(sql`
    select ${COLUMNS} from returns.unread_return u
    where u.organisation_id = ${point.organisationId} and u.point_id = ${point.id}${open}
    order by u.unread_id desc limit ${limit}`);
}

/** When the goods were taken; undefined when somebody ended it before, or they were matched to another return. */
export async function endUnread(
  db: Queryable,
  { organisationId, id }: Pick<UnreadReturn, 'organisationId' | 'id'>,
  end: {
    readonly state: 'taken_in' | 'settled';
    readonly returnId?: string | undefined;
    readonly by: string;
    readonly resolution?: string | undefined;
  },
  now: Instant,
): Promise<Instant | undefined> {
  const ofReturn =
    end.returnId === undefined ? sql`` : sql` and (return_id is null or return_id = ${end.returnId})`;
  const row = await db.maybeRow<{ at: Instant }>(sql`
    update returns.unread_return set state = ${end.state}, return_id = coalesce(${end.returnId}, return_id),
      ended_at = ${now}, ended_by = ${end.by}, resolution = ${end.resolution}
    where organisation_id = ${organisationId} and unread_id = ${id} and ended_at is null${ofReturn}
    returning occurred_at as at`);
  return row?.at;
}

export type UnreadPicture = {
  readonly id: ReturnPictureId;
  readonly contentType: string;
  readonly sizeBytes: number;
  readonly sealedBytes: Uint8Array;
  readonly storedAt: Instant;
};

export async function insertUnreadPicture(
  db: Queryable,
  { organisationId, id }: Pick<UnreadReturn, 'organisationId' | 'id'>,
  picture: UnreadPicture,
): Promise<void> {
  await db.run(sql`
    insert into returns.unread_picture (organisation_id, picture_id, unread_id, content_type, size_bytes, sealed_bytes, stored_at)
    values (${organisationId}, ${picture.id}, ${id}, ${picture.contentType}, ${picture.sizeBytes}, ${picture.sealedBytes},
      ${picture.storedAt})`);
}

export function listUnreadPictures(
  db: Queryable,
  { organisationId, id }: Pick<UnreadReturn, 'organisationId' | 'id'>,
): Promise<readonly UnreadPicture[]> {
  return db.rows<UnreadPicture>(sql`
    select picture_id as id, content_type as "contentType", size_bytes as "sizeBytes", sealed_bytes as "sealedBytes",
      stored_at as "storedAt"
    from returns.unread_picture where organisation_id = ${organisationId} and unread_id = ${id} order by picture_id`);
}
