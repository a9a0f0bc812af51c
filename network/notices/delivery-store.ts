import { type Queryable, sql } from '../../platform/db/index.ts';
import type { IdSource, Instant, OrganisationId } from '../kernel/index.ts';
import { type FeedRow, feedEventOf } from './feed-store.ts';
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

type DeliveryRow = {
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

function deliveryOf(row: DeliveryRow): WebhookDelivery {
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
};

export async function insertDeliveries(
  db: Queryable,
  deliveries: readonly NewDelivery[],
  now: Instant,
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
  }));
  await db.run(sql`
    insert into notices.webhook_delivery (organisation_id, webhook_delivery_id, webhook_endpoint_id, position, event_id, type,
      subject_id, sequence, occurred_at, data, origin, state, next_attempt_at, created_at)
    select organisation_id, webhook_delivery_id, webhook_endpoint_id, position, event_id, type, subject_id, sequence, occurred_at,
      data, origin, 'pending', ${now}::timestamptz, ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as d(organisation_id text, webhook_delivery_id text,
      webhook_endpoint_id text, position bigint, event_id text, type text, subject_id text, sequence bigint,
      occurred_at timestamptz, data jsonb, origin text)`);
}

/** An unfinished delivery is tried at once; its count of attempts goes on. */
export async function hurryDelivery(db: Queryable, id: string, now: Instant): Promise<void> {
  await db.run(sql`
    update notices.webhook_delivery set next_attempt_at = least(next_attempt_at, ${now})
    where webhook_delivery_id = ${id} and state = 'pending'`);
}

/** Undelivered events that wait in memory of the database, per endpoint; the others wait in the feed. */
const MAX_PENDING = 1_000;
const ENDPOINTS_A_TURN = 50;
const EVENTS_A_TURN = 100;

/**
 * Moves cursors: reads what is new in the feeds for endpoints that are enabled and not full, and makes deliveries of
 * what passes their filter. Answers how many events were read.
 */
export async function feedEndpoints(
  db: Queryable,
  now: Instant,
  newId: IdSource,
  isWanted: (filter: readonly string[], type: string) => boolean,
): Promise<number> {
  const rows = await db.rows<
    FeedRow & {
      organisation_id: OrganisationId;
      webhook_endpoint_id: WebhookEndpointId;
      event_types: string[];
      replay_until: number;
    }
  >(sql`
    with hungry as (
      select e.organisation_id, e.webhook_endpoint_id, e.event_types, e.position, e.replay_until
      from notices.webhook_endpoint e
      where e.state = 'enabled'
        and exists (select from notices.organisation_event f where f.organisation_id = e.organisation_id and f.position > e.position)
        and (select count(*) from (select from notices.webhook_delivery d where d.organisation_id = e.organisation_id
          and d.webhook_endpoint_id = e.webhook_endpoint_id and d.state = 'pending' limit ${MAX_PENDING}) p) < ${MAX_PENDING}
      limit ${ENDPOINTS_A_TURN} for update of e skip locked
    )
    select h.organisation_id, h.webhook_endpoint_id, h.event_types, h.replay_until, f.position, f.event_id, f.type,
      f.subject_id, f.sequence, f.occurred_at, null as data
    from hungry h cross join lateral (
      select * from notices.organisation_event f where f.organisation_id = h.organisation_id and f.position > h.position
      order by f.position limit ${EVENTS_A_TURN}) f
    order by h.organisation_id, h.webhook_endpoint_id, f.position`);
  if (rows.length === 0) return 0;
  const wanted = rows.filter((row) => isWanted(row.event_types, row.type));
  if (wanted.length > 0) {
    await insertDeliveries(
      db,
      wanted.map((row) => {
        const { data: _data, ...event } = feedEventOf(row);
        return {
          id: newId('whd'),
          organisationId: row.organisation_id,
          webhookEndpointId: row.webhook_endpoint_id,
          event,
          origin: row.position <= row.replay_until ? 'replay' : 'event',
        };
      }),
      now,
    );
  }
  const cursors = new Map(
    rows.map((row) => [
      `${row.organisation_id} ${row.webhook_endpoint_id}`,
      {
        organisation_id: row.organisation_id,
        webhook_endpoint_id: row.webhook_endpoint_id,
        position: row.position,
      },
    ]),
  );
  await db.run(sql`
    update notices.webhook_endpoint e set position = c.position
    from jsonb_to_recordset(${JSON.stringify([...cursors.values()])}::jsonb)
      as c(organisation_id text, webhook_endpoint_id text, position bigint)
    where e.organisation_id = c.organisation_id and e.webhook_endpoint_id = c.webhook_endpoint_id`);
  return rows.length;
}

export type ClaimedDelivery = WebhookDelivery & {
  readonly url: string;
  /** Undefined when the feed no longer has the event. */
  readonly data: Readonly<Record<string, unknown>> | undefined;
};

export type Claim = {
  readonly token: string;
  readonly leaseMs: number;
  /** The lane: endpoints that fail or are slow, or the others. */
  readonly slow: boolean;
  readonly perEndpoint: number;
  readonly limit: number;
};

/**
 * Leases due deliveries. Never one whose subject has an earlier unfinished delivery to the same endpoint, at most
 * `perEndpoint` under way for one endpoint (over all processes), and endpoints in turn, so that no backlog of one
 * keeps another waiting.
 */
export async function claimDeliveries(db: Queryable, now: Instant, claim: Claim): Promise<ClaimedDelivery[]> {
  const rows = await db.rows<DeliveryRow & { url: string; data: Record<string, unknown> | null }>(sql`
    with lane as (
      select e.organisation_id, e.webhook_endpoint_id,
        greatest(0, ${claim.perEndpoint}::bigint - (select count(*) from notices.webhook_delivery b
          where b.organisation_id = e.organisation_id and b.webhook_endpoint_id = e.webhook_endpoint_id
            and b.state = 'pending' and b.lease_until > clock_timestamp())) as free
      from notices.webhook_endpoint e where e.state = 'enabled' and e.is_slow = ${claim.slow}
    ), due as (
      select l.organisation_id, first.webhook_delivery_id, first.next_attempt_at,
        row_number() over (partition by l.organisation_id, l.webhook_endpoint_id order by first.position, first.webhook_delivery_id) as turn
      from lane l cross join lateral (
        select d.webhook_delivery_id, d.position, d.next_attempt_at from notices.webhook_delivery d
        where d.organisation_id = l.organisation_id and d.webhook_endpoint_id = l.webhook_endpoint_id
          and d.state = 'pending' and d.next_attempt_at <= ${now}
          and (d.lease_until is null or d.lease_until < clock_timestamp())
          and not exists (
            select from notices.webhook_delivery earlier
            where earlier.organisation_id = d.organisation_id and earlier.webhook_endpoint_id = d.webhook_endpoint_id
              and earlier.state = 'pending' and earlier.subject_id = d.subject_id
              and (earlier.position, earlier.webhook_delivery_id) < (d.position, d.webhook_delivery_id))
        order by d.position, d.webhook_delivery_id limit l.free) first
    ), chosen as (
      select organisation_id, webhook_delivery_id from due order by turn, next_attempt_at, webhook_delivery_id limit ${claim.limit}
    ), leased as (
      update notices.webhook_delivery d set lease_token = ${claim.token},
        lease_until = clock_timestamp() + make_interval(secs => ${claim.leaseMs / 1000})
      from chosen c
      where d.organisation_id = c.organisation_id and d.webhook_delivery_id = c.webhook_delivery_id
        and d.state = 'pending' and (d.lease_until is null or d.lease_until < clock_timestamp())
      returning d.*
    )
    select ${DELIVERY_COLUMNS}, e.url, coalesce(d.data, f.data) as data
    from leased d
    join notices.webhook_endpoint e using (organisation_id, webhook_endpoint_id)
    left join notices.organisation_event f on f.organisation_id = d.organisation_id and f.position = d.position
    order by d.position, d.webhook_delivery_id`);
  return rows.map((row) => ({ ...deliveryOf(row), url: row.url, data: row.data ?? undefined }));
}

const DELIVERY_COLUMNS = sql`d.organisation_id, d.webhook_delivery_id, d.webhook_endpoint_id, d.position, d.event_id, d.type,
  d.subject_id, d.sequence, d.occurred_at, d.origin, d.state, d.attempts, d.next_attempt_at, d.created_at, d.finished_at`;

export type AttemptRecord = {
  readonly delivery: Pick<WebhookDelivery, 'organisationId' | 'id'>;
  readonly token: string;
  readonly attempt: WebhookAttempt;
  readonly state: DeliveryState;
  readonly nextAttemptAt: Instant;
};

/** Ids of those deliveries whose lease is still this worker's, locked. */
export async function heldDeliveries(
  db: Queryable,
  token: readonly string[],
  ids: readonly string[],
): Promise<Set<string>> {
  const rows = await db.rows<{ webhook_delivery_id: string }>(sql`
    select webhook_delivery_id from notices.webhook_delivery
    where webhook_delivery_id = any(${ids}) and lease_token = any(${token}) and state = 'pending'
    order by organisation_id, webhook_delivery_id for update`);
  return new Set(rows.map((row) => row.webhook_delivery_id));
}

export async function recordAttempts(
  db: Queryable,
  records: readonly AttemptRecord[],
  now: Instant,
): Promise<void> {
  const rows = records.map(({ delivery, attempt, state, nextAttemptAt }) => ({
    organisation_id: delivery.organisationId,
    webhook_delivery_id: delivery.id,
    number: attempt.number,
    attempted_at: attempt.attemptedAt,
    duration_ms: attempt.durationMs,
    status: attempt.status,
    failure: attempt.failure,
    answer: attempt.answer,
    state,
    next_attempt_at: nextAttemptAt,
  }));
  await db.run(sql`
    with r as (select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(organisation_id text,
      webhook_delivery_id text, number integer, attempted_at timestamptz, duration_ms integer, status integer, failure text,
      answer text, state text, next_attempt_at timestamptz)
    ), logged as (
      insert into notices.webhook_attempt (organisation_id, webhook_delivery_id, number, attempted_at, duration_ms, status, failure, answer)
      select organisation_id, webhook_delivery_id, number, attempted_at, duration_ms, status, failure, answer from r
    )
    update notices.webhook_delivery d set state = r.state, attempts = r.number, next_attempt_at = r.next_attempt_at,
      finished_at = case when r.state = 'pending' then null else ${now}::timestamptz end, lease_token = null, lease_until = null
    from r where d.organisation_id = r.organisation_id and d.webhook_delivery_id = r.webhook_delivery_id`);
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
