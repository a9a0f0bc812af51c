import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Instant, OrganisationId } from '../kernel/index.ts';
import type { Credential, CredentialId } from './model.ts';
import type { PullOutcome } from './outcome.policy.ts';
import type { SealedFields } from './secrets.ts';

export type CredentialRow = {
  organisation_id: OrganisationId;
  credential_id: CredentialId;
  connector: string;
  label: string;
  serves_network: boolean;
  requests_per_day: number | null;
  base_url: string | null;
  sealed: Uint8Array;
  wrapped_key: Uint8Array;
  created_at: Instant;
  rotated_at: Instant | null;
  error_streak: number;
  resume_at: Instant | null;
  last_outcome: PullOutcome | null;
  last_attempt_at: Instant | null;
  last_success_at: Instant | null;
  bucket_full_at: Instant;
  next_request_at: Instant;
};

export const CREDENTIAL_COLUMNS = sql`organisation_id, credential_id, connector, label, serves_network, requests_per_day,
  base_url, sealed, wrapped_key, created_at, rotated_at, error_streak, resume_at, last_outcome, last_attempt_at,
  last_success_at, bucket_full_at, next_request_at`;

export function credentialOf(row: CredentialRow): Credential {
  return {
    id: row.credential_id,
    organisationId: row.organisation_id,
    connector: row.connector,
    label: row.label,
    servesNetwork: row.serves_network,
    requestsPerDay: row.requests_per_day ?? undefined,
    baseUrl: row.base_url ?? undefined,
    sealed: { sealed: row.sealed, wrappedKey: row.wrapped_key },
    createdAt: row.created_at,
    rotatedAt: row.rotated_at ?? undefined,
    errorStreak: row.error_streak,
    resumeAt: row.resume_at ?? undefined,
    lastOutcome: row.last_outcome ?? undefined,
    lastAttemptAt: row.last_attempt_at ?? undefined,
    lastSuccessAt: row.last_success_at ?? undefined,
    bucketFullAt: row.bucket_full_at,
    nextRequestAt: row.next_request_at,
  };
}

/** False when the organisation has one of this connector. */
export async function insertCredential(db: Queryable, one: Credential): Promise<boolean> {
  const count = await db.run(sql`
    insert into polling.credential (organisation_id, credential_id, connector, label, serves_network, requests_per_day,
      base_url, sealed, wrapped_key, created_at, bucket_full_at, next_request_at)
    values (${one.organisationId}, ${one.id}, ${one.connector}, ${one.label}, ${one.servesNetwork}, ${one.requestsPerDay},
      ${one.baseUrl}, ${one.sealed.sealed}, ${one.sealed.wrappedKey}, ${one.createdAt}, ${one.bucketFullAt}, ${one.nextRequestAt})
    on conflict (organisation_id, connector) do nothing`);
  return count === 1;
}

export async function findCredential(db: Queryable, id: string): Promise<Credential | undefined> {
  const row = await db.maybeRow<CredentialRow>(
    sql`select ${CREDENTIAL_COLUMNS} from polling.credential where credential_id = ${id}`,
  );
  return row === undefined ? undefined : credentialOf(row);
}

/** Of one organisation, or of all. */
export async function listCredentials(
  db: Queryable,
  organisationId: string | undefined,
): Promise<Credential[]> {
  const rows = await db.rows<CredentialRow>(sql`
    select ${CREDENTIAL_COLUMNS} from polling.credential
    where ${organisationId ?? null}::text is null or organisation_id = ${organisationId ?? null}
    order by connector, credential_id limit 1000`);
  return rows.map(credentialOf);
}

/** Other fields in the place of those that are there. How it did so far and a lease of it were those of the old ones. */
export async function replaceCredentialFields(
  db: Queryable,
  id: string,
  { sealed, wrappedKey }: SealedFields,
  now: Instant,
): Promise<Credential | undefined> {
  const row = await db.maybeRow<CredentialRow>(sql`
    update polling.credential set sealed = ${sealed}, wrapped_key = ${wrappedKey}, rotated_at = ${now}, error_streak = 0,
      resume_at = null, last_outcome = null, last_attempt_at = null, last_success_at = null, lease_token = null,
      lease_until = null
    where credential_id = ${id} returning ${CREDENTIAL_COLUMNS}`);
  return row === undefined ? undefined : credentialOf(row);
}

export async function deleteCredential(db: Queryable, id: string): Promise<boolean> {
  return (await db.run(sql`delete from polling.credential where credential_id = ${id}`)) === 1;
}

/** How it did, and its bucket; ends the lease of `token`. Nothing when other fields took its place meanwhile. */
export async function saveAttempt(
  db: Queryable,
  one: Pick<
    Credential,
    'organisationId' | 'id' | 'rotatedAt' | 'errorStreak' | 'resumeAt' | 'bucketFullAt' | 'nextRequestAt'
  >,
  attempt: { readonly outcome: PullOutcome; readonly at: Instant; readonly token: string },
): Promise<void> {
  await db.run(sql`
    update polling.credential set error_streak = ${one.errorStreak}, resume_at = ${one.resumeAt},
      bucket_full_at = ${one.bucketFullAt}, next_request_at = ${one.nextRequestAt}, last_outcome = ${attempt.outcome},
      last_attempt_at = ${attempt.at},
      last_success_at = case when ${attempt.outcome === 'read'} then ${attempt.at} else last_success_at end,
      lease_until = case when lease_token = ${attempt.token} then null else lease_until end,
      lease_token = case when lease_token = ${attempt.token} then null else lease_token end
    where organisation_id = ${one.organisationId} and credential_id = ${one.id}
      and rotated_at is not distinct from ${one.rotatedAt ?? null}::timestamptz`);
}

/** Gives a source back that had nothing to be asked. */
export async function releaseCredential(
  db: Queryable,
  one: Pick<Credential, 'organisationId' | 'id'>,
  token: string,
): Promise<void> {
  await db.run(sql`
    update polling.credential set lease_token = null, lease_until = null
    where organisation_id = ${one.organisationId} and credential_id = ${one.id} and lease_token = ${token}`);
}
