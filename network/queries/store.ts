import { type Queryable, type SqlQuery, sql } from '../../platform/db/index.ts';
import type { CapturePlace } from '../epcis/index.ts';
import type { Instant, OrganisationId } from '../kernel/index.ts';
import type { WebhookEndpointId } from '../notices/index.ts';
import type { NamedQuery, Subscription, SubscriptionId } from './model.ts';
import type { Schedule } from './schedule.policy.ts';

type QueryRow = {
  organisation_id: OrganisationId;
  name: string;
  query: Record<string, unknown>;
  created_at: Instant;
};

const queryOf = (row: QueryRow): NamedQuery => ({
  organisationId: row.organisation_id,
  name: row.name,
  query: row.query,
  createdAt: row.created_at,
});

/** False when there is one of this name. */
export async function insertQuery(db: Queryable, query: NamedQuery): Promise<boolean> {
  const written = await db.run(sql`
    insert into queries.named_query (organisation_id, name, query, created_at)
    values (${query.organisationId}, ${query.name}, ${query.query}::jsonb, ${query.createdAt})
    on conflict do nothing`);
  return written === 1;
}

/** Under a lock until the transaction ends. */
export async function countQueries(db: Queryable, organisationId: string): Promise<number> {
  await db.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`queries:${organisationId}`}, 0))`);
  const { count } = await db.row<{ count: number }>(sql`
    select count(*) as count from queries.named_query where organisation_id = ${organisationId}`);
  return count;
}

export async function findQuery(
  db: Queryable,
  organisationId: string,
  name: string,
): Promise<NamedQuery | undefined> {
  const row = await db.maybeRow<QueryRow>(sql`
    select organisation_id, name, query, created_at from queries.named_query
    where organisation_id = ${organisationId} and name = ${name}`);
  return row === undefined ? undefined : queryOf(row);
}

/** By name; behind the name `after`. */
export async function listQueries(
  db: Queryable,
  organisationId: string,
  after: string,
  limit: number,
): Promise<NamedQuery[]> {
  const rows = await db.rows<QueryRow>(sql`
    select organisation_id, name, query, created_at from queries.named_query
    where organisation_id = ${organisationId} and name > ${after} order by name limit ${limit}`);
  return rows.map(queryOf);
}

/** With its subscriptions. */
export async function deleteQuery(db: Queryable, organisationId: string, name: string): Promise<void> {
  await db.run(sql`
    delete from queries.named_query where organisation_id = ${organisationId} and name = ${name}`);
}

type SubscriptionRow = {
  organisation_id: OrganisationId;
  subscription_id: SubscriptionId;
  query_name: string;
  webhook_endpoint_id: WebhookEndpointId;
  dest: string;
  schedule: Schedule | null;
  report_if_empty: boolean;
  initial_record_time: Instant;
  after_number: number;
  after_position: number;
  documents: number;
  last_run_at: Instant | null;
  last_notified_at: Instant | null;
  created_at: Instant;
};

const COLUMNS = sql`organisation_id, subscription_id, query_name, webhook_endpoint_id, dest, schedule, report_if_empty,
  initial_record_time, after_number, after_position, documents, last_run_at, last_notified_at, created_at`;

const subscriptionOf = (row: SubscriptionRow): Subscription => ({
  organisationId: row.organisation_id,
  id: row.subscription_id,
  queryName: row.query_name,
  webhookEndpointId: row.webhook_endpoint_id,
  dest: row.dest,
  schedule: row.schedule ?? undefined,
  reportIfEmpty: row.report_if_empty,
  initialRecordTime: row.initial_record_time,
  after: { number: row.after_number, position: row.after_position },
  documents: row.documents,
  lastRunAt: row.last_run_at ?? undefined,
  lastNotifiedAt: row.last_notified_at ?? undefined,
  createdAt: row.created_at,
});

export async function insertSubscription(db: Queryable, one: Subscription): Promise<void> {
  await db.run(sql`
    insert into queries.subscription (organisation_id, subscription_id, query_name, webhook_endpoint_id, dest, schedule,
      report_if_empty, initial_record_time, after_number, after_position, created_at)
    values (${one.organisationId}, ${one.id}, ${one.queryName}, ${one.webhookEndpointId}, ${one.dest},
      ${one.schedule ?? null}::jsonb, ${one.reportIfEmpty}, ${one.initialRecordTime}, ${one.after.number},
      ${one.after.position}, ${one.createdAt})`);
}

/** Of a query, the oldest first; behind the id `after`. */
export async function listSubscriptions(
  db: Queryable,
  organisationId: string,
  queryName: string,
  after: string,
  limit: number,
): Promise<Subscription[]> {
  const rows = await db.rows<SubscriptionRow>(sql`
    select ${COLUMNS} from queries.subscription
    where organisation_id = ${organisationId} and query_name = ${queryName} and subscription_id > ${after}
    order by subscription_id limit ${limit}`);
  return rows.map(subscriptionOf);
}

/** Those that are told of events when they are captured. */
export async function listStreams(db: Queryable, organisationId: string): Promise<SubscriptionId[]> {
  const rows = await db.rows<{ subscription_id: SubscriptionId }>(sql`
    select subscription_id from queries.subscription where organisation_id = ${organisationId} and schedule is null`);
  return rows.map((row) => row.subscription_id);
}

export async function findSubscription(
  db: Queryable,
  organisationId: string,
  id: string,
): Promise<Subscription | undefined> {
  return oneSubscription(db, sql`organisation_id = ${organisationId} and subscription_id = ${id}`);
}

/** Locked: only one run at a time looks on from its place. */
export async function lockSubscription(
  db: Queryable,
  organisationId: string,
  id: string,
): Promise<Subscription | undefined> {
  return oneSubscription(db, sql`organisation_id = ${organisationId} and subscription_id = ${id} for update`);
}

async function oneSubscription(db: Queryable, which: SqlQuery): Promise<Subscription | undefined> {
  const row = await db.maybeRow<SubscriptionRow>(
    sql`select ${COLUMNS} from queries.subscription where ${which}`,
  );
  return row === undefined ? undefined : subscriptionOf(row);
}

export async function deleteSubscription(db: Queryable, organisationId: string, id: string): Promise<void> {
  await db.run(sql`
    delete from queries.subscription where organisation_id = ${organisationId} and subscription_id = ${id}`);
}

/** After a run: up to where it looked, and how many documents it handed over. */
export async function saveRun(
  db: Queryable,
  { organisationId, id }: Subscription,
  run: { readonly place: CapturePlace; readonly documents: number; readonly now: Instant },
): Promise<void> {
  await db.run(sql`
    update queries.subscription set after_number = ${run.place.number}, after_position = ${run.place.position},
      documents = documents + ${run.documents}, last_run_at = ${run.now},
      last_notified_at = case when ${run.documents} > 0 then ${run.now}::timestamptz else last_notified_at end
    where organisation_id = ${organisationId} and subscription_id = ${id}`);
}
