import { planAnew, type Queryable, sql } from '../../platform/db/index.ts';
import type { Instant, OrganisationId } from '../kernel/index.ts';
import type {
  DeliveryOrigin,
  DeliveryState,
  EventId,
  FeedEvent,
  WebhookAttempt,
  WebhookDelivery,
  WebhookDeliveryId,
  WebhookEndpointId,
} from './model.ts';

export type DeliveryRow = {
  organisation_id: OrganisationId;
  webhook_delivery_id: WebhookDeliveryId;
  webhook_endpoint_id: WebhookEndpointId;
  position: number;
  event_id: EventId;
  type: string;
  subject_id: string;
  sequence: number;
  occurred_at: Instant;
  origin: DeliveryOrigin;
  state: DeliveryState;
  attempts: number;
  next_attempt_at: Instant;
  created_at: Instant;
  finished_at: Instant | null;
};

const COLUMNS = sql`organisation_id, webhook_delivery_id, webhook_endpoint_id, position, event_id, type, subject_id, sequence,
  occurred_at, origin, state, attempts, next_attempt_at, created_at, finished_at`;

export function deliveryOf(row: DeliveryRow): WebhookDelivery {
  return {
    id: row.webhook_delivery_id,
    organisationId: row.organisation_id,
    webhookEndpointId: row.webhook_endpoint_id,
    position: row.position,
    eventId: row.event_id,
    type: row.type,
    subject: row.subject_id,
    sequence: row.sequence,
    occurredAt: row.occurred_at,
    origin: row.origin,
    state: row.state,
    attempts: row.attempts,
    nextAttemptAt: row.next_attempt_at,
    createdAt: row.created_at,
    finishedAt: row.finished_at ?? undefined,
  };
}

export async function findDelivery(db: Queryable, id: string): Promise<WebhookDelivery | undefined> {
  const row = await db.maybeRow<DeliveryRow>(
    sql`select ${COLUMNS} from notices.webhook_delivery where webhook_delivery_id = ${id}`,
  );
  return row === undefined ? undefined : deliveryOf(row);
}

/** Deliveries of an endpoint, the newest first; `before` is the last id of the page before, or empty. */
export async function listDeliveries(
  db: Queryable,
  organisationId: string,
  endpointId: string,
  state: DeliveryState | undefined,
  before: string,
  limit: number,
): Promise<WebhookDelivery[]> {
  const older = before === '' ? sql`` : sql` and webhook_delivery_id < ${before}`;
  const inState = state === undefined ? sql`` : sql` and state = ${state}`;
  const rows = await db.rows<DeliveryRow>(sql`
    select ${COLUMNS} from notices.webhook_delivery
    where organisation_id = ${organisationId} and webhook_endpoint_id = ${endpointId}${older}${inState}
    order by webhook_delivery_id desc limit ${limit}`);
  return rows.map(deliveryOf);
}

export async function listAttempts(
  db: Queryable,
  organisationId: string,
  deliveryIds: readonly string[],
): Promise<Map<string, WebhookAttempt[]>> {
  const rows = await db.rows<{
    webhook_delivery_id: string;
    number: number;
    attempted_at: Instant;
    duration_ms: number;
    status: number | null;
    failure: string | null;
    answer: string;
  }>(sql`
    select webhook_delivery_id, number, attempted_at, duration_ms, status, failure, answer from notices.webhook_attempt
    where organisation_id = ${organisationId} and webhook_delivery_id = any(${deliveryIds}) order by webhook_delivery_id, number`);
  const all = new Map<string, WebhookAttempt[]>();
  for (const row of rows) {
    const list = all.get(row.webhook_delivery_id) ?? [];
    all.set(row.webhook_delivery_id, list);
    list.push({
      number: row.number,
      attemptedAt: row.attempted_at,
      durationMs: row.duration_ms,
      status: row.status ?? undefined,
      failure: row.failure ?? undefined,
      answer: row.answer,
    });
  }
  return all;
}

export type NewDelivery = {
  readonly id: WebhookDeliveryId;
  readonly organisationId: OrganisationId;
  readonly webhookEndpointId: WebhookEndpointId;
  readonly event: Omit<FeedEvent, 'data'> & { readonly data?: object };
  readonly origin: DeliveryOrigin;
  /** Of a worker that sends it at once. */
  readonly leaseToken?: string | undefined;
};

export async function insertDeliveries(
  db: Queryable,
  deliveries: readonly NewDelivery[],
  now: Instant,
  leaseMs = 0,
): Promise<void> {
  const rows = deliveries.map((delivery) => ({
    organisation_id: delivery.organisationId,
    webhook_delivery_id: delivery.id,
    webhook_endpoint_id: delivery.webhookEndpointId,
    position: delivery.event.position,
    event_id: delivery.event.id,
    type: delivery.event.type,
    subject_id: delivery.event.subject,
    sequence: delivery.event.sequence,
    occurred_at: delivery.event.occurredAt,
    data: delivery.event.data,
    origin: delivery.origin,
    lease_token: delivery.leaseToken,
  }));
  await db.run(sql`
    insert into notices.webhook_delivery (organisation_id, webhook_delivery_id, webhook_endpoint_id, position, event_id, type,
      subject_id, sequence, occurred_at, data, origin, state, next_attempt_at, created_at,
      lease_token, lease_until)
    select organisation_id, webhook_delivery_id, webhook_endpoint_id, position, event_id, type, subject_id, sequence, occurred_at,
      data, origin, 'pending', ${now}::timestamptz, ${now}::timestamptz, lease_token,
      case when lease_token is not null then clock_timestamp() + make_interval(secs => ${leaseMs / 1000}) end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as d(organisation_id text, webhook_delivery_id text,
      webhook_endpoint_id text, position bigint, event_id text, type text, subject_id text, sequence bigint,
      occurred_at timestamptz, data jsonb, origin text, lease_token text)`);
}

/** A delivery whose document lies in it, to be sent once more under the same id of its event. */
export async function repeatDelivery(
  db: Queryable,
  { organisationId, id }: Pick<WebhookDelivery, 'organisationId' | 'id'>,
  newId: WebhookDeliveryId,
  now: Instant,
): Promise<void> {
  await db.run(sql`
    insert into notices.webhook_delivery (organisation_id, webhook_delivery_id, webhook_endpoint_id, position, event_id, type,
      subject_id, sequence, occurred_at, data, origin, state, next_attempt_at, created_at)
    select organisation_id, ${newId}, webhook_endpoint_id, position, event_id, type, subject_id, sequence, occurred_at, data,
      'replay', 'pending', ${now}, ${now}
    from notices.webhook_delivery where organisation_id = ${organisationId} and webhook_delivery_id = ${id}`);
}

/** Deliveries of an endpoint that are not finished, counted up to `limit`. */
export async function countPending(
  db: Queryable,
  organisationId: string,
  endpointId: string,
  limit: number,
): Promise<number> {
  const { count } = await db.row<{ count: number }>(sql`
    select count(*)::integer as count from (
      select from notices.webhook_delivery
      where organisation_id = ${organisationId} and webhook_endpoint_id = ${endpointId} and state = 'pending'
      limit ${limit}) pending`);
  return count;
}

/** An unfinished delivery is tried at once; its count of attempts goes on. */
export async function hurryDelivery(db: Queryable, id: string, now: Instant): Promise<void> {
  await db.run(sql`
    update notices.webhook_delivery set next_attempt_at = least(next_attempt_at, ${now})
    where webhook_delivery_id = ${id} and state = 'pending'`);
}

export type AttemptRecord = {
  readonly delivery: Pick<WebhookDelivery, 'organisationId' | 'id'>;
  readonly attempt: WebhookAttempt;
  readonly state: DeliveryState;
  readonly nextAttemptAt: Instant;
};

/** Ids of those deliveries whose lease is still this worker's, locked. */
export async function heldDeliveries(
  db: Queryable,
  token: string,
  ids: readonly string[],
): Promise<Set<string>> {
  const rows = await db.rows<{ webhook_delivery_id: string }>(sql`
    select webhook_delivery_id from notices.webhook_delivery
    where webhook_delivery_id = any(${ids}) and lease_token = ${token} and state = 'pending'
    order by organisation_id, webhook_delivery_id for update`);
  return new Set(rows.map((row) => row.webhook_delivery_id));
}

export async function recordAttempts(
  db: Queryable,
  records: readonly AttemptRecord[],
  now: Instant,
): Promise<void> {
  const column = <Value>(of: (record: AttemptRecord) => Value): Value[] => records.map(of);
  // Arrays and not a document: the planner knows how many there are and finds each by its key.
  const statement = sql`
    with r as (select * from unnest(
        ${column(({ delivery }) => delivery.organisationId)}::text[], ${column(({ delivery }) => delivery.id)}::text[],
        ${column(({ attempt }) => attempt.number)}::integer[], ${column(({ attempt }) => attempt.attemptedAt)}::timestamptz[],
        ${column(({ attempt }) => attempt.durationMs)}::integer[], ${column(({ attempt }) => attempt.status ?? null)}::integer[],
        ${column(({ attempt }) => attempt.failure ?? null)}::text[], ${column(({ attempt }) => attempt.answer)}::text[],
        ${column(({ state }) => state)}::text[], ${column(({ nextAttemptAt }) => nextAttemptAt)}::timestamptz[])
      as r(organisation_id, webhook_delivery_id, number, attempted_at, duration_ms, status, failure, answer, state, next_attempt_at)
    ), logged as (
      insert into notices.webhook_attempt (organisation_id, webhook_delivery_id, number, attempted_at, duration_ms, status, failure, answer)
      select organisation_id, webhook_delivery_id, number, attempted_at, duration_ms, status, failure, answer from r
    )
    update notices.webhook_delivery d set state = r.state, attempts = r.number, next_attempt_at = r.next_attempt_at,
      finished_at = case when r.state = 'pending' then null else ${now}::timestamptz end, lease_token = null, lease_until = null
    from r where d.organisation_id = r.organisation_id and d.webhook_delivery_id = r.webhook_delivery_id`;
  await db.run(planAnew(statement));
}

/** What a worker held and did not send may be claimed by any again. */
export async function releaseDeliveries(db: Queryable, token: string, ids: readonly string[]): Promise<void> {
  await db.run(sql`
    update notices.webhook_delivery set lease_token = null, lease_until = null
    where webhook_delivery_id = any(${ids}) and lease_token = ${token} and state = 'pending'`);
}

/** Clears up to `limit` deliveries from before an instant, whatever became of them. Answers how many. */
export async function purgeDeliveries(db: Queryable, before: Instant, limit: number): Promise<number> {
  return db.run(sql`
    delete from notices.webhook_delivery where (organisation_id, webhook_delivery_id) in (
      select organisation_id, webhook_delivery_id from notices.webhook_delivery where created_at < ${before}
      order by created_at limit ${limit})`);
}

export type DeliveryCounts = {
  readonly pending: number;
  readonly oldestPendingAt: Instant | undefined;
  readonly deliveredSince: number;
  readonly failedSince: number;
};

/** Deliveries of the whole network: those that wait, and what became of those that were made since. */
export async function countDeliveries(db: Queryable, since: Instant): Promise<DeliveryCounts> {
  const row = await db.row<{
    pending: number;
    oldest: Instant | null;
    delivered: number;
    failed: number;
  }>(sql`
    select pending.count as pending, pending.oldest, recent.delivered, recent.failed
    from (select count(*)::int as count, min(created_at) as oldest from notices.webhook_delivery where state = 'pending') pending,
      (select count(*) filter (where state = 'delivered')::int as delivered, count(*) filter (where state = 'failed')::int as failed
        from notices.webhook_delivery where created_at >= ${since}) recent`);
  return {
    pending: row.pending,
    oldestPendingAt: row.oldest ?? undefined,
    deliveredSince: row.delivered,
    failedSince: row.failed,
  };
}
