import { type Queryable, sql } from '../../platform/db/index.ts';
import type { CountryCode, Instant, OrganisationId } from '../kernel/index.ts';
import type { ApiKeyId, Organisation, OrganisationKind, Role } from './model.ts';

type OrganisationRow = {
  organisation_id: OrganisationId;
  kind: OrganisationKind;
  name: string;
  country: CountryCode;
  client_platform_id: OrganisationId | null;
  carrier_code: string | null;
};

function organisationOf(row: OrganisationRow): Organisation {
  return {
    id: row.organisation_id,
    kind: row.kind,
    name: row.name,
    country: row.country,
    clientPlatformId: row.client_platform_id ?? undefined,
    carrierCode: row.carrier_code ?? undefined,
  };
}

export async function insertOrganisation(
  db: Queryable,
  organisation: Organisation,
  now: Instant,
): Promise<void> {
  await db.run(sql`
    insert into accounts.organisation (organisation_id, kind, name, country, client_platform_id, carrier_code, opened_at)
    values (${organisation.id}, ${organisation.kind}, ${organisation.name}, ${organisation.country},
      ${organisation.clientPlatformId}, ${organisation.carrierCode}, ${now})`);
}

export async function findOrganisation(db: Queryable, id: string): Promise<Organisation | undefined> {
  const row = await db.maybeRow<OrganisationRow>(sql`
    select organisation_id, kind, name, country, client_platform_id, carrier_code
    from accounts.organisation where organisation_id = ${id}`);
  return row === undefined ? undefined : organisationOf(row);
}

/** Organisations after an id, in birth order; those visible in the current scope. */
export async function listOrganisations(
  db: Queryable,
  after: string,
  limit: number,
): Promise<Organisation[]> {
  const rows = await db.rows<OrganisationRow>(sql`
    select organisation_id, kind, name, country, client_platform_id, carrier_code
    from accounts.organisation where organisation_id > ${after} order by organisation_id limit ${limit}`);
  return rows.map(organisationOf);
}

/** The merchants of a marketplace. Needs the network's scope. */
export async function listMerchantIds(db: Queryable, clientPlatformId: string): Promise<OrganisationId[]> {
  const rows = await db.rows<{ organisation_id: OrganisationId }>(sql`
    select organisation_id from accounts.organisation where client_platform_id = ${clientPlatformId}`);
  return rows.map((row) => row.organisation_id);
}

/** The organisations that work as a carrier, by its code. */
export async function listCarrierOrganisations(
  db: Queryable,
): Promise<{ carrierCode: string; organisationId: OrganisationId }[]> {
  const rows = await db.rows<{ carrier_code: string; organisation_id: OrganisationId }>(sql`
    select carrier_code, organisation_id from accounts.organisation where carrier_code is not null order by organisation_id`);
  return rows.map((row) => ({ carrierCode: row.carrier_code, organisationId: row.organisation_id }));
}

export async function findCarrierOrganisation(
  db: Queryable,
  carrierCode: string,
): Promise<OrganisationId | undefined> {
  const row = await db.maybeRow<{ organisation_id: OrganisationId }>(sql`
    select organisation_id from accounts.organisation where carrier_code = ${carrierCode} and kind in ('carrier', 'operator') order by organisation_id limit 1`);
  return row?.organisation_id;
}

/** The operator of this world; undefined before it is opened. */
export async function findOperatorOrganisation(db: Queryable): Promise<OrganisationId | undefined> {
  const row = await db.maybeRow<{ organisation_id: OrganisationId }>(sql`
    select organisation_id from accounts.organisation where kind = 'operator' order by organisation_id limit 1`);
  return row?.organisation_id;
}

/** The warehouse that takes parcels in for a country: the first that was opened there. */
export async function findFirstMileWarehouse(
  db: Queryable,
  country: string,
): Promise<OrganisationId | undefined> {
  const row = await db.maybeRow<{ organisation_id: OrganisationId }>(sql`
    select organisation_id from accounts.organisation where kind = 'warehouse' and country = ${country}
    order by organisation_id limit 1`);
  return row?.organisation_id;
}

export type KeyRecord = {
  readonly id: ApiKeyId;
  readonly organisationId: OrganisationId;
  readonly role: Role;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly createdAt: Instant;
  readonly expiresAt: Instant | undefined;
  readonly revokedAt: Instant | undefined;
};

type KeyRow = {
  api_key_id: ApiKeyId;
  organisation_id: OrganisationId;
  role: Role;
  name: string;
  scopes: string[];
  created_at: Instant;
  expires_at: Instant | null;
  revoked_at: Instant | null;
};

function keyOf(row: KeyRow): KeyRecord {
  return {
    id: row.api_key_id,
    organisationId: row.organisation_id,
    role: row.role,
    name: row.name,
    scopes: row.scopes,
    createdAt: row.created_at,
    expiresAt: row.expires_at ?? undefined,
    revokedAt: row.revoked_at ?? undefined,
  };
}

export async function insertApiKey(
  db: Queryable,
  key: KeyRecord & { readonly lookup: string; readonly secretHash: Uint8Array },
): Promise<void> {
  await db.run(sql`
    insert into accounts.api_key (organisation_id, api_key_id, lookup, secret_hash, role, name, scopes, created_at, expires_at)
    values (${key.organisationId}, ${key.id}, ${key.lookup}, ${key.secretHash}, ${key.role}, ${key.name}, ${key.scopes},
      ${key.createdAt}, ${key.expiresAt})`);
}

export type KeyForLogin = KeyRecord & {
  readonly secretHash: Uint8Array;
  readonly organisation: Organisation;
};

export async function findKeyByLookup(db: Queryable, lookup: string): Promise<KeyForLogin | undefined> {
  const row = await db.maybeRow<
    KeyRow & OrganisationRow & { secret_hash: Uint8Array; organisation_name: string }
  >(sql`
    select k.api_key_id, k.organisation_id, k.role, k.name, k.scopes, k.created_at, k.expires_at, k.revoked_at, k.secret_hash,
      o.kind, o.name as organisation_name, o.country, o.client_platform_id, o.carrier_code
    from accounts.api_key k join accounts.organisation o using (organisation_id) where k.lookup = ${lookup}`);
  if (row === undefined) return undefined;
  return {
    ...keyOf(row),
    secretHash: row.secret_hash,
    organisation: organisationOf({ ...row, name: row.organisation_name }),
  };
}

/** Keys of the current scope after an id. */
/** Keys of whom the scope lets be seen; of one organisation when it is named. */
export async function listApiKeys(
  db: Queryable,
  organisationId: string | undefined,
  after: string,
  limit: number,
): Promise<KeyRecord[]> {
  const whose = organisationId === undefined ? sql`` : sql` and organisation_id = ${organisationId}`;
  const rows = await db.rows<KeyRow>(sql`
    select api_key_id, organisation_id, role, name, scopes, created_at, expires_at, revoked_at
    from accounts.api_key where api_key_id > ${after}${whose} order by api_key_id limit ${limit}`);
  return rows.map(keyOf);
}

/** Counts active keys of a role under the organisation's row lock, so that two clerks cannot pass the limit at once. */
export async function countActiveKeys(
  db: Queryable,
  organisationId: string,
  role: Role,
  now: Instant,
): Promise<number> {
  await db.rows(
    sql`select 1 from accounts.organisation where organisation_id = ${organisationId} for update`,
  );
  const row = await db.row<{ count: number }>(sql`
    select count(*) as count from accounts.api_key
    where organisation_id = ${organisationId} and role = ${role} and revoked_at is null and (expires_at is null or expires_at > ${now})`);
  return row.count;
}

/** Locked, so that of two revocations one is the first. */
export async function lockApiKey(db: Queryable, id: string): Promise<KeyRecord | undefined> {
  const row = await db.maybeRow<KeyRow>(sql`
    select api_key_id, organisation_id, role, name, scopes, created_at, expires_at, revoked_at
    from accounts.api_key where api_key_id = ${id} for update`);
  return row === undefined ? undefined : keyOf(row);
}

export async function revokeApiKey(db: Queryable, id: string, now: Instant): Promise<void> {
  await db.run(sql`update accounts.api_key set revoked_at = ${now} where api_key_id = ${id}`);
}

/** Answers the organisation with its new version, or undefined. */
export async function renameOrganisation(
  db: Queryable,
  id: string,
  name: string,
): Promise<{ organisation: Organisation; version: number } | undefined> {
  const row = await db.maybeRow<OrganisationRow & { version: number }>(sql`
    update accounts.organisation set name = ${name}, version = version + 1 where organisation_id = ${id}
    returning organisation_id, kind, name, country, client_platform_id, carrier_code, version`);
  return row === undefined ? undefined : { organisation: organisationOf(row), version: row.version };
}

export async function findKeyOwner(db: Queryable, id: string): Promise<OrganisationId | undefined> {
  const row = await db.maybeRow<{ organisation_id: OrganisationId }>(sql`
    select organisation_id from accounts.api_key where api_key_id = ${id}`);
  return row?.organisation_id;
}
