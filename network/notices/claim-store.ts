import { planAnew, type Queryable, sql } from '../../platform/db/index.ts';
import type { Instant, OrganisationId } from '../kernel/index.ts';
import { type DeliveryRow, deliveryOf } from './delivery-store.ts';
import type { FeedRow } from './feed-store.ts';
import type { WebhookDelivery, WebhookEndpointId } from './model.ts';

/*
 * What a worker asks of the database when it looks for something to send. All of it happens in one transaction that
 * locked the endpoints first: deliveries of one endpoint are held by one worker at a time, which keeps their order.
 */

export type ClaimedDelivery = WebhookDelivery & {
  readonly url: string;
  /** Undefined when the feed no longer has the event. */
  readonly data: Readonly<Record<string, unknown>> | undefined;
};

export type HungryEndpoint = {
  readonly organisation_id: OrganisationId;
  readonly webhook_endpoint_id: WebhookEndpointId;
  readonly url: string;
  readonly is_slow: boolean;
  readonly event_types: readonly string[];
  readonly replay_until: number;
  /** Has a delivery that is due and nobody's. */
  readonly has_due: boolean;
  /** Its feed has events behind its cursor. */
  readonly has_news: boolean;
};

/** Endpoints looked after in one turn; the others come next, because those that got enough are left out then. */
const ENDPOINTS_A_TURN = 64;

/** Whether there is anybody to tell: most networks have few endpoints, and the look for their news is dear. */
export async function hasEnabledEndpoints(db: Queryable): Promise<boolean> {
  const { found } = await db.row<{ found: boolean }>(sql`
    select exists (select from notices.webhook_endpoint where state = 'enabled') as found`);
  return found;
}

/** Locks endpoints that are enabled, not paused, not among `full`, and have something to send. */
export async function lockHungryEndpoints(
  db: Queryable,
  now: Instant,
  full: readonly string[],
): Promise<HungryEndpoint[]> {
  return db.rows<HungryEndpoint>(
    planAnew(sql`
    select e.organisation_id, e.webhook_endpoint_id, e.url, e.is_slow, e.event_types, e.replay_until, w.has_due, w.has_news
    from notices.webhook_endpoint e cross join lateral (select
      exists (select from notices.webhook_delivery d where d.organisation_id = e.organisation_id
        and d.webhook_endpoint_id = e.webhook_endpoint_id and d.state = 'pending' and d.next_attempt_at <= ${now}
        and (d.lease_until is null or d.lease_until < clock_timestamp())) as has_due,
      e.purpose = 'events' and exists (select from notices.organisation_event f
        where f.organisation_id = e.organisation_id and f.position > e.position) as has_news) w
    where e.state = 'enabled' and (e.resume_at is null or e.resume_at <= ${now})
      and not e.webhook_endpoint_id = any(${full}) and (w.has_due or w.has_news)
    limit ${ENDPOINTS_A_TURN} for update of e skip locked`),
  );
}

export type Wanted = {
  readonly organisation_id: OrganisationId;
  readonly webhook_endpoint_id: WebhookEndpointId;
  /** At most so many. */
  readonly room: number;
};

const wantedRows = (wanted: readonly Wanted[]) => sql`
  jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w(organisation_id text, webhook_endpoint_id text, room integer)`;

/**
 * Leases due deliveries of locked endpoints, in the order of the feed. Never one that stands behind another of its
 * subject that waits for its next attempt, and nothing of an endpoint that another worker holds deliveries of.
 */
export async function claimDue(
  db: Queryable,
  now: Instant,
  lease: { readonly token: string; readonly ms: number },
  wanted: readonly Wanted[],
): Promise<ClaimedDelivery[]> {
  const rows = await db.rows<DeliveryRow & { url: string; data: Record<string, unknown> | null }>(
    planAnew(sql`
    with chosen as (
      select first.organisation_id, first.webhook_delivery_id from ${wantedRows(wanted)} cross join lateral (
        select d.organisation_id, d.webhook_delivery_id from notices.webhook_delivery d
        where d.organisation_id = w.organisation_id and d.webhook_endpoint_id = w.webhook_endpoint_id
          and d.state = 'pending' and d.next_attempt_at <= ${now}
          and (d.lease_until is null or d.lease_until < clock_timestamp())
          and not exists (
            select from notices.webhook_delivery earlier
            where earlier.organisation_id = d.organisation_id and earlier.webhook_endpoint_id = d.webhook_endpoint_id
              and earlier.state = 'pending' and earlier.subject_id = d.subject_id and earlier.next_attempt_at > ${now}
              and (earlier.position, earlier.webhook_delivery_id) < (d.position, d.webhook_delivery_id))
        order by d.position, d.webhook_delivery_id limit w.room) first
      where not exists (${heldByOthers(lease.token)})
    ), leased as (
      update notices.webhook_delivery d set lease_token = ${lease.token},
        lease_until = clock_timestamp() + make_interval(secs => ${lease.ms / 1000})
      from chosen c where d.organisation_id = c.organisation_id and d.webhook_delivery_id = c.webhook_delivery_id
      returning d.*
    )
    select ${DELIVERY_COLUMNS}, e.url, coalesce(d.data, f.data) as data
    from leased d
    join notices.webhook_endpoint e using (organisation_id, webhook_endpoint_id)
    left join notices.organisation_event f on f.organisation_id = d.organisation_id and f.position = d.position
    order by d.position, d.webhook_delivery_id`),
  );
  return rows.map((row) => ({ ...deliveryOf(row), url: row.url, data: row.data ?? undefined }));
}

const DELIVERY_COLUMNS = sql`d.organisation_id, d.webhook_delivery_id, d.webhook_endpoint_id, d.position, d.event_id, d.type,
  d.subject_id, d.sequence, d.occurred_at, d.origin, d.state, d.attempts, d.next_attempt_at, d.created_at, d.finished_at`;

const heldByOthers = (token: string) => sql`
  select from notices.webhook_delivery o where o.organisation_id = w.organisation_id
    and o.webhook_endpoint_id = w.webhook_endpoint_id and o.state = 'pending' and o.lease_until > clock_timestamp()
    and o.lease_token <> ${token}`;

/** Undelivered events of one endpoint outside the feed, at most; what fails again and again waits in the feed. */
const MAX_PENDING = 1_000;

export type Census = {
  readonly webhook_endpoint_id: WebhookEndpointId;
  /** Subjects of deliveries that wait and are not held by this worker: what is new of them stands behind those. */
  readonly waiting_subjects: readonly string[];
};

/** Which of the locked endpoints may take more from their feeds: none that is full or that another worker serves. */
export async function takeCensus(
  db: Queryable,
  token: string,
  wanted: readonly Wanted[],
): Promise<Map<string, Census>> {
  const rows = await db.rows<Census>(sql`
    select w.webhook_endpoint_id,
      coalesce(array_agg(distinct p.subject_id) filter (where p.lease_token is distinct from ${token} and p.subject_id is not null), '{}')
        as waiting_subjects
    from ${wantedRows(wanted)} left join lateral (
      select d.subject_id, d.lease_token from notices.webhook_delivery d where d.organisation_id = w.organisation_id
        and d.webhook_endpoint_id = w.webhook_endpoint_id and d.state = 'pending' limit ${MAX_PENDING}) p on true
    where not exists (${heldByOthers(token)})
    group by w.webhook_endpoint_id having count(p.subject_id) < ${MAX_PENDING}`);
  return new Map(rows.map((row) => [row.webhook_endpoint_id, row]));
}

export type News = FeedRow & {
  readonly organisation_id: OrganisationId;
  readonly webhook_endpoint_id: WebhookEndpointId;
};

/** What lies behind the cursors of locked endpoints, `room` events each, and moves the cursors past it. */
export async function readNews(db: Queryable, wanted: readonly Wanted[]): Promise<News[]> {
  return db.rows<News>(sql`
    with news as (
      select e.organisation_id, e.webhook_endpoint_id, f.position, f.event_id, f.type, f.subject_id, f.sequence,
        f.occurred_at, f.data
      from ${wantedRows(wanted)} join notices.webhook_endpoint e using (organisation_id, webhook_endpoint_id)
      cross join lateral (
        select * from notices.organisation_event f where f.organisation_id = e.organisation_id and f.position > e.position
        order by f.position limit w.room) f
    ), moved as (
      update notices.webhook_endpoint e set position = c.position
      from (select organisation_id, webhook_endpoint_id, max(position) as position from news group by 1, 2) c
      where e.organisation_id = c.organisation_id and e.webhook_endpoint_id = c.webhook_endpoint_id
    )
    select * from news order by position`);
}
