import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Instant, OrganisationId, PersonId } from '../kernel/index.ts';
import { BOUND_ROLES, type DeviceId, type Role } from './model.ts';
import type { SessionId } from './session-store.ts';

/** A key pair that people log in with; the private half never leaves the device. */
export type Device = {
  readonly id: DeviceId;
  readonly organisationId: OrganisationId;
  readonly name: string | undefined;
  readonly registeredAt: Instant;
  readonly lastLogInAt: Instant;
  readonly lastPersonId: PersonId;
  readonly blockedAt: Instant | undefined;
  readonly blockReason: string | undefined;
  readonly version: number;
};
export type DeviceKey = { readonly thumbprint: string; readonly x: string; readonly y: string };

type Row = {
  device_id: DeviceId;
  organisation_id: OrganisationId;
  name: string | null;
  registered_at: Instant;
  last_log_in_at: Instant;
  last_person_id: PersonId;
  blocked_at: Instant | null;
  block_reason: string | null;
  version: number;
};
const DEVICE = sql`device_id, organisation_id, name, registered_at, last_log_in_at, last_person_id, blocked_at, block_reason, version`;

function deviceOf(row: Row): Device {
  return {
    id: row.device_id,
    organisationId: row.organisation_id,
    name: row.name ?? undefined,
    registeredAt: row.registered_at,
    lastLogInAt: row.last_log_in_at,
    lastPersonId: row.last_person_id,
    blockedAt: row.blocked_at ?? undefined,
    blockReason: row.block_reason ?? undefined,
    version: row.version,
  };
}

/** Notes a log-in with a key: of a device that is known, or of this new one. A blocked one stays as it was. */
export async function noteDevice(
  db: Queryable,
  device: Pick<Device, 'id' | 'organisationId' | 'lastPersonId' | 'lastLogInAt'>,
  key: DeviceKey,
): Promise<Device> {
  const { id, organisationId, lastPersonId, lastLogInAt } = device;
  const row = await db.row<Row>(sql`
    insert into accounts.device as d (organisation_id, device_id, thumbprint, public_x, public_y, registered_at, last_log_in_at,
      last_person_id)
    values (${organisationId}, ${id}, ${key.thumbprint}, ${key.x}, ${key.y}, ${lastLogInAt}, ${lastLogInAt}, ${lastPersonId})
    on conflict (organisation_id, thumbprint) do update set
      last_log_in_at = case when d.blocked_at is null then excluded.last_log_in_at else d.last_log_in_at end,
      last_person_id = case when d.blocked_at is null then excluded.last_person_id else d.last_person_id end
    returning ${DEVICE}`);
  return deviceOf(row);
}

export async function findDevice(db: Queryable, id: string): Promise<Device | undefined> {
  const row = await db.maybeRow<Row>(sql`select ${DEVICE} from accounts.device where device_id = ${id}`);
  return row === undefined ? undefined : deviceOf(row);
}

export async function lockDevice(
  db: Queryable,
  organisationId: string,
  id: string,
): Promise<Device | undefined> {
  const row = await db.maybeRow<Row>(sql`
    select ${DEVICE} from accounts.device where organisation_id = ${organisationId} and device_id = ${id} for update`);
  return row === undefined ? undefined : deviceOf(row);
}

export async function findDeviceKey(db: Queryable, id: string): Promise<DeviceKey | undefined> {
  return db.maybeRow<DeviceKey>(sql`
    select thumbprint, public_x as x, public_y as y from accounts.device where device_id = ${id}`);
}

export async function saveDevice(db: Queryable, device: Device): Promise<void> {
  await db.run(sql`
    update accounts.device set name = ${device.name}, blocked_at = ${device.blockedAt}, block_reason = ${device.blockReason},
      version = ${device.version}
    where organisation_id = ${device.organisationId} and device_id = ${device.id}`);
}

/** Devices of an organisation by id; with `people` those that one of them logged in with last. */
export async function listDevices(
  db: Queryable,
  organisationId: string,
  people: readonly string[] | undefined,
  after: string,
  limit: number,
): Promise<readonly Device[]> {
  const ofPeople = people === undefined ? sql`` : sql` and last_person_id = any(${people})`;
  const rows = await db.rows<Row>(sql`
    select ${DEVICE} from accounts.device
    where organisation_id = ${organisationId} and device_id > ${after}${ofPeople} order by device_id limit ${limit}`);
  return rows.map(deviceOf);
}

/** Answers the ids of the sessions that end by this. */
export async function revokeSessionsOfDevice(
  db: Queryable,
  device: Pick<Device, 'organisationId' | 'id'>,
  now: Instant,
): Promise<readonly SessionId[]> {
  const rows = await db.rows<{ session_id: SessionId }>(sql`
    update accounts.session set revoked_at = greatest(created_at, ${now}::timestamptz)
    where organisation_id = ${device.organisationId} and device_id = ${device.id} and revoked_at is null
    returning session_id`);
  return rows.map((row) => row.session_id);
}

/** The roles of an organisation whose people log in with a device of their own. */
export async function findBoundRoles(db: Queryable, organisationId: string): Promise<readonly Role[]> {
  const row = await db.maybeRow<{ bound_roles: Role[] }>(sql`
    select bound_roles from accounts.device_policy where organisation_id = ${organisationId}`);
  return row?.bound_roles ?? BOUND_ROLES;
}

export async function saveBoundRoles(
  db: Queryable,
  policy: {
    readonly organisationId: string;
    readonly boundRoles: readonly Role[];
    readonly byCaller: string;
    readonly changedAt: Instant;
  },
): Promise<void> {
  await db.run(sql`
    insert into accounts.device_policy (organisation_id, bound_roles, changed_at, changed_by)
    values (${policy.organisationId}, ${policy.boundRoles}, ${policy.changedAt}, ${policy.byCaller})
    on conflict (organisation_id) do update set bound_roles = excluded.bound_roles, changed_at = excluded.changed_at,
      changed_by = excluded.changed_by`);
}

/** Devices that nobody has logged in with since then, unless they are blocked: a block must not be forgotten. */
export async function purgeDevices(db: Queryable, before: Instant): Promise<void> {
  await db.run(sql`
    delete from accounts.device d where last_log_in_at < ${before} and blocked_at is null
      and not exists (select from accounts.session s where s.organisation_id = d.organisation_id and s.device_id = d.device_id)`);
}
