import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Instant, OrganisationId } from '../kernel/index.ts';
import type { EndpointHealth } from './attempt.policy.ts';
import type { DisabledReason, EndpointPurpose, WebhookEndpoint, WebhookEndpointId } from './model.ts';
import type { SealedSecret } from './secrets.ts';

type EndpointRow = {
  organisation_id: OrganisationId;
  webhook_endpoint_id: WebhookEndpointId;
  purpose: EndpointPurpose;
  url: string;
  description: string;
  event_types: string[];
  state: 'enabled' | 'disabled';
  disabled_reason: DisabledReason | null;
  disabled_at: Instant | null;
  position: number;
  failing_since: Instant | null;
  is_slow: boolean;
  failures: number;
  resume_at: Instant | null;
  version: number;
  created_at: Instant;
};

const COLUMNS = sql`organisation_id, webhook_endpoint_id, purpose, url, description, event_types, state, disabled_reason,
  disabled_at, position, failing_since, is_slow, failures, resume_at, version, created_at`;

function endpointOf(row: EndpointRow): WebhookEndpoint {
  return {
    id: row.webhook_endpoint_id,
    organisationId: row.organisation_id,
    purpose: row.purpose,
    url: row.url,
    description: row.description,
    eventTypes: row.event_types,
    state: row.state,
    disabledReason: row.disabled_reason ?? undefined,
    disabledAt: row.disabled_at ?? undefined,
    position: row.position,
    failingSince: row.failing_since ?? undefined,
    isSlow: row.is_slow,
    failures: row.failures,
    resumeAt: row.resume_at ?? undefined,
    version: row.version,
    createdAt: row.created_at,
  };
}

export async function insertEndpoint(db: Queryable, endpoint: WebhookEndpoint): Promise<void> {
  await db.run(sql`
    insert into notices.webhook_endpoint (organisation_id, webhook_endpoint_id, purpose, url, description, event_types, state, position, created_at)
    values (${endpoint.organisationId}, ${endpoint.id}, ${endpoint.purpose}, ${endpoint.url}, ${endpoint.description}, ${endpoint.eventTypes},
      ${endpoint.state}, ${endpoint.position}, ${endpoint.createdAt})`);
}

/** Of a purpose. Under a lock, so that two requests at once do not pass the limit. */
export async function countEndpoints(
  db: Queryable,
  organisationId: string,
  purpose: EndpointPurpose,
): Promise<number> {
  await db.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`notices:${organisationId}`}, 0))`);
  const row = await db.row<{ count: number }>(sql`
    select count(*) as count from notices.webhook_endpoint
    where organisation_id = ${organisationId} and purpose = ${purpose}`);
  return row.count;
}

export async function findEndpoint(db: Queryable, id: string): Promise<WebhookEndpoint | undefined> {
  const row = await db.maybeRow<EndpointRow>(
    sql`select ${COLUMNS} from notices.webhook_endpoint where webhook_endpoint_id = ${id}`,
  );
  return row === undefined ? undefined : endpointOf(row);
}

export async function lockEndpoint(db: Queryable, id: string): Promise<WebhookEndpoint | undefined> {
  const row = await db.maybeRow<EndpointRow>(
    sql`select ${COLUMNS} from notices.webhook_endpoint where webhook_endpoint_id = ${id} for update`,
  );
  return row === undefined ? undefined : endpointOf(row);
}

export async function listEndpoints(
  db: Queryable,
  organisationId: string,
  after: string,
  limit: number,
): Promise<WebhookEndpoint[]> {
  const rows = await db.rows<EndpointRow>(sql`
    select ${COLUMNS} from notices.webhook_endpoint
    where organisation_id = ${organisationId} and webhook_endpoint_id > ${after} order by webhook_endpoint_id limit ${limit}`);
  return rows.map(endpointOf);
}

/** Saves what its owner may change, and its health, under the next version. */
export async function saveEndpoint(db: Queryable, endpoint: WebhookEndpoint): Promise<void> {
  await db.run(sql`
    update notices.webhook_endpoint set url = ${endpoint.url}, description = ${endpoint.description},
      event_types = ${endpoint.eventTypes}, state = ${endpoint.state}, disabled_reason = ${endpoint.disabledReason},
      disabled_at = ${endpoint.disabledAt}, failing_since = ${endpoint.failingSince}, is_slow = ${endpoint.isSlow},
      failures = ${endpoint.failures}, resume_at = ${endpoint.resumeAt},
      version = version + 1
    where organisation_id = ${endpoint.organisationId} and webhook_endpoint_id = ${endpoint.id}`);
}

export async function deleteEndpoint(db: Queryable, id: string): Promise<boolean> {
  return (await db.run(sql`delete from notices.webhook_endpoint where webhook_endpoint_id = ${id}`)) === 1;
}

/** The owner asked for an attempt: the endpoint is not left alone any longer. */
export async function resumeEndpoint(
  db: Queryable,
  endpoint: Pick<WebhookEndpoint, 'organisationId' | 'id'>,
): Promise<void> {
  await db.run(sql`
    update notices.webhook_endpoint set resume_at = null
    where organisation_id = ${endpoint.organisationId} and webhook_endpoint_id = ${endpoint.id} and resume_at is not null`);
}

/** Sets the cursor back (or forth); what was not yet sent behind it is read from the feed again. */
export async function moveEndpoint(
  db: Queryable,
  endpoint: WebhookEndpoint,
  position: number,
): Promise<void> {
  await db.run(sql`
    delete from notices.webhook_delivery
    where organisation_id = ${endpoint.organisationId} and webhook_endpoint_id = ${endpoint.id}
      and state = 'pending' and origin <> 'test' and position > ${position}
      and (lease_until is null or lease_until < clock_timestamp())`);
  await db.run(sql`
    update notices.webhook_endpoint set position = ${position}, replay_until = greatest(replay_until, position)
    where organisation_id = ${endpoint.organisationId} and webhook_endpoint_id = ${endpoint.id}`);
}

/** Endpoints of a record of attempts, locked in id order so that two recorders cannot wait for each other. */
export async function lockEndpoints(db: Queryable, ids: readonly string[]): Promise<WebhookEndpoint[]> {
  const rows = await db.rows<EndpointRow>(sql`
    select ${COLUMNS} from notices.webhook_endpoint where webhook_endpoint_id = any(${ids})
    order by organisation_id, webhook_endpoint_id for update`);
  return rows.map(endpointOf);
}

export async function saveHealth(
  db: Queryable,
  changed: readonly { readonly endpoint: WebhookEndpoint; readonly health: EndpointHealth }[],
): Promise<void> {
  const rows = changed.map(({ endpoint, health }) => ({
    organisation_id: endpoint.organisationId,
    webhook_endpoint_id: endpoint.id,
    state: health.state,
    disabled_reason: health.disabledReason,
    disabled_at: health.disabledAt,
    failing_since: health.failingSince,
    is_slow: health.isSlow,
    failures: health.failures,
    resume_at: health.resumeAt,
  }));
  await db.run(sql`
    update notices.webhook_endpoint e set state = h.state, disabled_reason = h.disabled_reason, disabled_at = h.disabled_at,
      failing_since = h.failing_since, is_slow = h.is_slow, failures = h.failures, resume_at = h.resume_at,
      version = e.version + case when e.state = h.state then 0 else 1 end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as h(organisation_id text, webhook_endpoint_id text, state text,
      disabled_reason text, disabled_at timestamptz, failing_since timestamptz, is_slow boolean,
      failures integer, resume_at timestamptz)
    where e.organisation_id = h.organisation_id and e.webhook_endpoint_id = h.webhook_endpoint_id`);
}

/** The newest secret signs for ever, the one before until `previousExpiresAt`, older ones no more. */
export async function insertSecret(
  db: Queryable,
  endpoint: Pick<WebhookEndpoint, 'organisationId' | 'id'>,
  secret: SealedSecret,
  now: Instant,
  previousExpiresAt: Instant,
): Promise<void> {
  const own = sql`organisation_id = ${endpoint.organisationId} and webhook_endpoint_id = ${endpoint.id}`;
  await db.run(sql`delete from notices.webhook_secret where ${own} and expires_at is not null`);
  await db.run(sql`update notices.webhook_secret set expires_at = ${previousExpiresAt} where ${own}`);
  await db.run(sql`
    insert into notices.webhook_secret (organisation_id, webhook_endpoint_id, number, sealed, wrapped_key, created_at)
    values (${endpoint.organisationId}, ${endpoint.id},
      (select coalesce(max(number), 0) + 1 from notices.webhook_secret where ${own}),
      ${secret.sealed}, ${secret.wrappedKey}, ${now})`);
}

export type StoredSecret = SealedSecret & {
  readonly organisationId: string;
  readonly endpointId: string;
  readonly number: number;
};

/** Valid secrets of endpoints, the newest first. */
export async function listSecrets(
  db: Queryable,
  endpointIds: readonly string[],
  now: Instant,
): Promise<StoredSecret[]> {
  const rows = await db.rows<{
    organisation_id: string;
    webhook_endpoint_id: string;
    number: number;
    sealed: Uint8Array;
    wrapped_key: Uint8Array;
  }>(sql`
    select s.organisation_id, s.webhook_endpoint_id, s.number, s.sealed, s.wrapped_key
    from notices.webhook_endpoint e join notices.webhook_secret s using (organisation_id, webhook_endpoint_id)
    where e.webhook_endpoint_id = any(${endpointIds}) and (s.expires_at is null or s.expires_at > ${now})
    order by s.number desc`);
  return rows.map((row) => ({
    organisationId: row.organisation_id,
    endpointId: row.webhook_endpoint_id,
    number: row.number,
    sealed: row.sealed,
    wrappedKey: row.wrapped_key,
  }));
}

/** Endpoints by state, of the whole network. */
export async function countEndpointStates(
  db: Queryable,
): Promise<{ enabled: number; disabled: number; failing: number }> {
  return db.row(sql`
    select count(*) filter (where state = 'enabled')::int as enabled, count(*) filter (where state = 'disabled')::int as disabled,
      count(*) filter (where state = 'enabled' and failing_since is not null)::int as failing
    from notices.webhook_endpoint`);
}
