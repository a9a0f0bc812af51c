import { type Queryable, sql } from '../../platform/db/index.ts';
import type { CountryCode, Id, Instant, OrganisationId, PersonId } from '../kernel/index.ts';
import type { Attempts } from './log-in.policy.ts';
import { BOUND_ROLES, type DeviceId, type Organisation, type OrganisationKind, type Role } from './model.ts';
import type { SessionTimes } from './session.policy.ts';

export type SessionId = Id<'ses'>;
export type Session = SessionTimes & {
  readonly id: SessionId;
  readonly organisationId: OrganisationId;
  readonly personId: PersonId;
  /** The device that it is bound to, where the role needs one. */
  readonly deviceId: DeviceId | undefined;
};
/** What the check of a request needs, in one look: role and state are the person's of now. */
export type SessionForCaller = Session & {
  readonly role: Role;
  readonly isPersonActive: boolean;
  readonly isTwin: boolean;
  readonly organisation: Organisation;
  /** RFC 7638, of the key of its device. */
  readonly thumbprint: string | undefined;
  /** Roles of the organisation that need a device. */
  readonly boundRoles: readonly Role[];
};

type SessionRow = {
  session_id: SessionId;
  organisation_id: OrganisationId;
  person_id: PersonId;
  device_id: DeviceId | null;
  created_at: Instant;
  last_seen_at: Instant;
  expires_at: Instant;
  revoked_at: Instant | null;
};

const SESSION = sql`s.session_id, s.organisation_id, s.person_id, s.device_id, s.created_at, s.last_seen_at, s.expires_at, s.revoked_at`;

function sessionOf(row: SessionRow): Session {
  return {
    id: row.session_id,
    organisationId: row.organisation_id,
    personId: row.person_id,
    deviceId: row.device_id ?? undefined,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at ?? undefined,
  };
}

export async function insertSession(db: Queryable, session: Session, tokenHash: Uint8Array): Promise<void> {
  await db.run(sql`
    insert into accounts.session (organisation_id, session_id, person_id, device_id, token_hash, created_at, last_seen_at, expires_at)
    values (${session.organisationId}, ${session.id}, ${session.personId}, ${session.deviceId}, ${tokenHash},
      ${session.createdAt}, ${session.lastSeenAt}, ${session.expiresAt})`);
}

export async function findSessionByToken(
  db: Queryable,
  tokenHash: Uint8Array,
): Promise<SessionForCaller | undefined> {
  const row = await db.maybeRow<
    SessionRow & {
      role: Role;
      active: boolean;
      is_twin: boolean;
      kind: OrganisationKind;
      name: string;
      country: CountryCode;
      client_platform_id: OrganisationId | null;
      carrier_code: string | null;
      thumbprint: string | null;
      bound_roles: Role[] | null;
    }
  >(sql`
    select ${SESSION}, p.role, p.state = 'active' as active, p.is_twin, o.kind, o.name, o.country, o.client_platform_id, o.carrier_code,
      d.thumbprint, b.bound_roles
    from accounts.session s
    join accounts.person p on p.organisation_id = s.organisation_id and p.person_id = s.person_id
    join accounts.organisation o on o.organisation_id = s.organisation_id
    left join accounts.device d on d.organisation_id = s.organisation_id and d.device_id = s.device_id
    left join accounts.device_policy b on b.organisation_id = s.organisation_id
    where s.token_hash = ${tokenHash}`);
  if (row === undefined) return undefined;
  return {
    ...sessionOf(row),
    role: row.role,
    isPersonActive: row.active,
    isTwin: row.is_twin,
    organisation: {
      id: row.organisation_id,
      kind: row.kind,
      name: row.name,
      country: row.country,
      clientPlatformId: row.client_platform_id ?? undefined,
      carrierCode: row.carrier_code ?? undefined,
    },
    thumbprint: row.thumbprint ?? undefined,
    boundRoles: row.bound_roles ?? BOUND_ROLES,
  };
}

export async function findSession(db: Queryable, id: string): Promise<Session | undefined> {
  const row = await db.maybeRow<SessionRow>(
    sql`select ${SESSION} from accounts.session s where s.session_id = ${id}`,
  );
  return row === undefined ? undefined : sessionOf(row);
}

/** A person's sessions that nobody revoked and that have not reached their end; the idle ones as well. */
export async function listSessions(
  db: Queryable,
  personId: string,
  now: Instant,
  after: string,
  limit: number,
): Promise<Session[]> {
  const rows = await db.rows<SessionRow>(sql`
    select ${SESSION} from accounts.session s
    where s.person_id = ${personId} and s.revoked_at is null and s.expires_at > ${now} and s.session_id > ${after}
    order by s.session_id limit ${limit}`);
  return rows.map(sessionOf);
}

export async function touchSession(db: Queryable, session: Session, now: Instant): Promise<void> {
  await db.run(sql`
    update accounts.session set last_seen_at = greatest(last_seen_at, ${now}::timestamptz)
    where organisation_id = ${session.organisationId} and session_id = ${session.id}`);
}

export async function revokeSession(db: Queryable, id: string, now: Instant): Promise<void> {
  await db.run(sql`
    update accounts.session set revoked_at = coalesce(revoked_at, ${now}) where session_id = ${id}`);
}

export async function revokeSessionByToken(
  db: Queryable,
  tokenHash: Uint8Array,
  now: Instant,
): Promise<SessionId | undefined> {
  const row = await db.maybeRow<{ session_id: SessionId }>(sql`
    update accounts.session set revoked_at = ${now} where token_hash = ${tokenHash} and revoked_at is null
    returning session_id`);
  return row?.session_id;
}

/** All sessions of a person but one. Answers their ids. */
export async function revokeSessionsOf(
  db: Queryable,
  person: { readonly organisationId: string; readonly id: string },
  except: string | undefined,
  now: Instant,
): Promise<SessionId[]> {
  const rows = await db.rows<{ session_id: SessionId }>(sql`
    update accounts.session set revoked_at = ${now}
    where organisation_id = ${person.organisationId} and person_id = ${person.id} and revoked_at is null
      and session_id is distinct from ${except} returning session_id`);
  return rows.map((row) => row.session_id);
}

/** The sessions of a person that were opened up to an instant. Answers their ids. */
export async function revokeSessionsBefore(
  db: Queryable,
  person: { readonly organisationId: string; readonly id: string },
  until: Instant,
): Promise<SessionId[]> {
  const rows = await db.rows<{ session_id: SessionId }>(sql`
    update accounts.session set revoked_at = greatest(created_at, ${until}::timestamptz)
    where organisation_id = ${person.organisationId} and person_id = ${person.id} and revoked_at is null
      and created_at <= ${until} returning session_id`);
  return rows.map((row) => row.session_id);
}

/** The counters of these keys, made when missing, locked in the order of their keys. */
export async function lockAttempts(
  db: Queryable,
  keys: readonly string[],
  now: Instant,
): Promise<Omit<Attempts, 'by'>[]> {
  const sorted = [...keys].sort();
  await db.run(sql`
    insert into accounts.log_in_attempt (attempt_key, failures, last_at, blocked_until)
    select key, 0, ${now}, ${now} from unnest(${sorted}::text[]) as k(key) order by key on conflict do nothing`);
  const rows = await db.rows<{
    attempt_key: string;
    failures: number;
    last_at: Instant;
    blocked_until: Instant;
  }>(sql`
    select attempt_key, failures, last_at, blocked_until from accounts.log_in_attempt
    where attempt_key = any(${sorted}) order by attempt_key for update`);
  return rows.map((row) => ({
    key: row.attempt_key,
    failures: row.failures,
    lastAt: row.last_at,
    blockedUntil: row.blocked_until,
  }));
}

export async function saveAttempts(db: Queryable, attempts: readonly Omit<Attempts, 'by'>[]): Promise<void> {
  await db.run(sql`
    update accounts.log_in_attempt a set failures = n.failures, last_at = n.last_at, blocked_until = n.blocked_until
    from unnest(${attempts.map((entry) => entry.key)}::text[], ${attempts.map((entry) => entry.failures)}::integer[],
      ${attempts.map((entry) => entry.lastAt)}::timestamptz[], ${attempts.map((entry) => entry.blockedUntil)}::timestamptz[])
      as n(attempt_key, failures, last_at, blocked_until)
    where a.attempt_key = n.attempt_key`);
}

export async function forgetAttempts(db: Queryable, keys: readonly string[]): Promise<void> {
  // In the order of lockAttempts: two log-ins that end at once do not wait for each other.
  await db.run(sql`
    delete from accounts.log_in_attempt where attempt_key in
      (select attempt_key from accounts.log_in_attempt where attempt_key = any(${keys}) order by attempt_key for update)`);
}

/** Counters whose last failure is older, and sessions that ended before. */
export async function purgeSessions(
  db: Queryable,
  before: { readonly attempts: Instant; readonly sessions: Instant },
): Promise<void> {
  await db.run(sql`delete from accounts.log_in_attempt where last_at < ${before.attempts}`);
  await db.run(sql`
    delete from accounts.session where expires_at < ${before.sessions} or revoked_at < ${before.sessions}`);
}
