import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Instant } from '../kernel/index.ts';

export type FriendState = 'active' | 'revoked' | 'used';
export type Friend = {
  readonly id: string;
  readonly shelfParcelId: string;
  readonly state: FriendState;
  readonly madeAt: Instant;
};

export async function insertFriend(
  db: Queryable,
  friend: {
    readonly organisationId: string;
    readonly id: string;
    readonly shelfParcelId: string;
    readonly tokenHash: Uint8Array;
    readonly madeAt: Instant;
  },
): Promise<void> {
  await db.run(sql`
    insert into shelves.friend (organisation_id, friend_id, shelf_parcel_id, token_hash, state, made_at)
    values (${friend.organisationId}, ${friend.id}, ${friend.shelfParcelId}, ${friend.tokenHash}, 'active', ${friend.madeAt})`);
}

type Row = { friend_id: string; shelf_parcel_id: string; state: FriendState; made_at: Instant };
const friendOf = (row: Row): Friend => ({
  id: row.friend_id,
  shelfParcelId: row.shelf_parcel_id,
  state: row.state,
  madeAt: row.made_at,
});

export async function findFriend(
  db: Queryable,
  organisationId: string,
  shelfParcelId: string,
  tokenHash: Uint8Array,
): Promise<Friend | undefined> {
  const row = await db.maybeRow<Row>(sql`
    select friend_id, shelf_parcel_id, state, made_at from shelves.friend
    where organisation_id = ${organisationId} and shelf_parcel_id = ${shelfParcelId} and token_hash = ${tokenHash}
    for update`);
  return row === undefined ? undefined : friendOf(row);
}

/** Newest first. */
export async function listFriends(
  db: Queryable,
  organisationId: string,
  shelfParcelId: string,
): Promise<readonly Friend[]> {
  const rows = await db.rows<Row>(sql`
    select friend_id, shelf_parcel_id, state, made_at from shelves.friend
    where organisation_id = ${organisationId} and shelf_parcel_id = ${shelfParcelId} order by friend_id desc`);
  return rows.map(friendOf);
}

/** False when it is over already, or not there. */
export async function saveFriendState(
  db: Queryable,
  organisationId: string,
  friendId: string,
  state: Exclude<FriendState, 'active'>,
  now: Instant,
): Promise<boolean> {
  const ended = await db.run(sql`
    update shelves.friend set state = ${state}, ended_at = ${now}
    where organisation_id = ${organisationId} and friend_id = ${friendId} and state = 'active'`);
  return ended === 1;
}
