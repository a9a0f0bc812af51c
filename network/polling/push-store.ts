import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Instant, OrganisationId } from '../kernel/index.ts';
import type { PushSubscription, PushSubscriptionId } from './model.ts';
import type { SealedFields } from './secrets.ts';

type PushRow = {
  organisation_id: OrganisationId;
  push_subscription_id: PushSubscriptionId;
  connector: string;
  label: string;
  sealed: Uint8Array;
  wrapped_key: Uint8Array;
  created_at: Instant;
  rotated_at: Instant | null;
  previous_sealed: Uint8Array | null;
  previous_wrapped_key: Uint8Array | null;
  previous_until: Instant | null;
  accepted: number;
  unreadable: number;
  refused: number;
  last_push_at: Instant | null;
  last_refused_at: Instant | null;
  last_verdict: string | null;
};

const COLUMNS = sql`organisation_id, push_subscription_id, connector, label, sealed, wrapped_key, created_at, rotated_at,
  previous_sealed, previous_wrapped_key, previous_until, accepted, unreadable, refused, last_push_at, last_refused_at, last_verdict`;

function subscriptionOf(row: PushRow): PushSubscription {
  return {
    id: row.push_subscription_id,
    organisationId: row.organisation_id,
    connector: row.connector,
    label: row.label,
    sealed: { sealed: row.sealed, wrappedKey: row.wrapped_key },
    createdAt: row.created_at,
    rotatedAt: row.rotated_at ?? undefined,
    previous: previousOf(row),
    accepted: row.accepted,
    unreadable: row.unreadable,
    refused: row.refused,
    lastPushAt: row.last_push_at ?? undefined,
    lastRefusedAt: row.last_refused_at ?? undefined,
    lastVerdict: row.last_verdict ?? undefined,
  };
}

function previousOf(row: PushRow): PushSubscription['previous'] {
  const { previous_sealed: sealed, previous_wrapped_key: wrappedKey, previous_until: until } = row;
  if (sealed === null || wrappedKey === null || until === null) return undefined;
  return { sealed: { sealed, wrappedKey }, until };
}

type NewSubscription = Pick<
  PushSubscription,
  'id' | 'organisationId' | 'connector' | 'label' | 'sealed' | 'createdAt'
>;

export async function insertSubscription(db: Queryable, one: NewSubscription): Promise<PushSubscription> {
  const row = await db.row<PushRow>(sql`
    insert into polling.push_subscription (organisation_id, push_subscription_id, connector, label, sealed, wrapped_key, created_at)
    values (${one.organisationId}, ${one.id}, ${one.connector}, ${one.label}, ${one.sealed.sealed}, ${one.sealed.wrappedKey},
      ${one.createdAt})
    returning ${COLUMNS}`);
  return subscriptionOf(row);
}

/** Under a lock, so that two requests at once do not pass the limit. */
export async function countSubscriptions(db: Queryable, organisationId: string): Promise<number> {
  await db.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`polling:${organisationId}`}, 0))`);
  const { count } = await db.row<{ count: number }>(sql`
    select count(*)::int as count from polling.push_subscription where organisation_id = ${organisationId}`);
  return count;
}

export async function findSubscription(db: Queryable, id: string): Promise<PushSubscription | undefined> {
  const row = await db.maybeRow<PushRow>(
    sql`select ${COLUMNS} from polling.push_subscription where push_subscription_id = ${id}`,
  );
  return row === undefined ? undefined : subscriptionOf(row);
}

/** Of one organisation, or of all. */
export async function listSubscriptions(
  db: Queryable,
  organisationId: string | undefined,
): Promise<PushSubscription[]> {
  const rows = await db.rows<PushRow>(sql`
    select ${COLUMNS} from polling.push_subscription
    where ${organisationId ?? null}::text is null or organisation_id = ${organisationId ?? null}
    order by connector, push_subscription_id limit 1000`);
  return rows.map(subscriptionOf);
}

/**
 * Other fields in the place of those that are there; what came before stays counted. The replaced ones stay beside them, taken
 * until a moment of the world; where that is now, they are gone.
 */
export async function replaceSubscriptionFields(
  db: Queryable,
  id: string,
  { sealed, wrappedKey }: SealedFields,
  previousUntil: Instant,
  now: Instant,
): Promise<PushSubscription | undefined> {
  const isKept = previousUntil > now;
  const row = await db.maybeRow<PushRow>(sql`
    update polling.push_subscription set sealed = ${sealed}, wrapped_key = ${wrappedKey}, rotated_at = ${now},
      previous_sealed = case when ${isKept} then sealed end, previous_wrapped_key = case when ${isKept} then wrapped_key end,
      previous_until = case when ${isKept} then ${previousUntil}::timestamptz end
    where push_subscription_id = ${id} returning ${COLUMNS}`);
  return row === undefined ? undefined : subscriptionOf(row);
}

export async function deleteSubscription(db: Queryable, id: string): Promise<boolean> {
  return (await db.run(sql`delete from polling.push_subscription where push_subscription_id = ${id}`)) === 1;
}

export async function countPush(
  db: Queryable,
  one: Pick<PushSubscription, 'organisationId' | 'id'>,
  result: 'accepted' | 'unreadable' | 'refused',
  verdict: string,
  now: Instant,
): Promise<void> {
  const isRefused = result === 'refused';
  await db.run(sql`
    update polling.push_subscription set last_verdict = ${verdict},
      accepted = accepted + ${result === 'accepted' ? 1 : 0}, unreadable = unreadable + ${result === 'unreadable' ? 1 : 0},
      refused = refused + ${isRefused ? 1 : 0},
      last_push_at = case when ${isRefused} then last_push_at else ${now}::timestamptz end,
      last_refused_at = case when ${isRefused} then ${now}::timestamptz else last_refused_at end
    where organisation_id = ${one.organisationId} and push_subscription_id = ${one.id}`);
}
