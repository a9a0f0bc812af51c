import { joinSql, type Queryable, sql } from '../../platform/db/index.ts';
import type { Instant, OrganisationId, PartyRef } from '../kernel/index.ts';
import type { AuditEntry, PartyKey } from './model.ts';

export type WrappedKey = { readonly purpose: string; readonly wrapped: Uint8Array };

export async function listDataKeys(
  db: Queryable,
  organisationId: string,
  purposes: readonly string[],
): Promise<WrappedKey[]> {
  return db.rows<WrappedKey>(sql`
    select purpose, wrapped from vault.data_key
    where organisation_id = ${organisationId} and purpose = any(${purposes})`);
}

/** The first key of a purpose stays: a second writer gets nothing stored and must read. */
export async function insertDataKey(
  db: Queryable,
  key: WrappedKey & { readonly organisationId: string; readonly kekVersion: number },
  now: Instant,
): Promise<void> {
  await db.run(sql`
    insert into vault.data_key (organisation_id, purpose, wrapped, kek_version, made_at)
    values (${key.organisationId}, ${key.purpose}, ${key.wrapped}, ${key.kekVersion}, ${now}) on conflict do nothing`);
}

export type OldKey = { organisation_id: string; purpose: string; wrapped: Uint8Array };

/** Keys that an older version wraps, locked; those that another worker holds are left to him. */
export async function lockOldDataKeys(db: Queryable, kekVersion: number, limit: number): Promise<OldKey[]> {
  return db.rows<OldKey>(sql`
    select organisation_id, purpose, wrapped from vault.data_key where kek_version < ${kekVersion}
    order by kek_version limit ${limit} for update skip locked`);
}

export async function saveRewrapped(
  db: Queryable,
  keys: readonly { organisationId: string; purpose: string; wrappedHex: string }[],
  kekVersion: number,
): Promise<void> {
  await db.run(sql`
    update vault.data_key k set wrapped = decode(n."wrappedHex", 'hex'), kek_version = ${kekVersion}
    from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as n("organisationId" text, purpose text, "wrappedHex" text)
    where k.organisation_id = n."organisationId" and k.purpose = n.purpose`);
}

/** One key of each version in use, to find out at start whether the ring opens them. */
export async function listKeySamples(db: Queryable): Promise<OldKey[]> {
  return db.rows<OldKey>(sql`
    select distinct on (kek_version) organisation_id, purpose, wrapped from vault.data_key
    order by kek_version, made_at desc`);
}

/** Bytes as hex text: the rows travel as one JSON parameter. */
export type SealedRow = {
  readonly ref: PartyRef;
  readonly sealed: string;
  readonly content: string;
  readonly name: string | null;
  readonly phone: string | null;
  readonly tail: string | null;
  readonly nameTail: string | null;
  readonly email: string | null;
};

/**
 * Stores parties of one organisation and month in one statement; those whose content is there already are left out.
 * Answers the references that were stored.
 */
export async function insertParties(
  db: Queryable,
  owner: { readonly organisationId: string; readonly purpose: string },
  rows: readonly SealedRow[],
  now: Instant,
): Promise<Set<PartyRef>> {
  const stored = await db.rows<{ party_id: PartyRef }>(sql`
    insert into vault.party (organisation_id, party_id, key_purpose, sealed, content_index, name_index, phone_index,
      phone_tail_index, email_index, name_tail_index, stored_at)
    select ${owner.organisationId}, ref, ${owner.purpose}, decode(sealed, 'hex'), decode(content, 'hex'),
      decode(name, 'hex'), decode(phone, 'hex'), decode(tail, 'hex'), decode(email, 'hex'), decode("nameTail", 'hex'), ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as p(ref text, sealed text, content text, name text, phone text, tail text, email text, "nameTail" text)
    order by content
    on conflict (organisation_id, key_purpose, content_index) where content_index is not null do nothing
    returning party_id`);
  return new Set(stored.map((row) => row.party_id));
}

/** References by content (hex), of one organisation and month. */
export async function findByContent(
  db: Queryable,
  owner: { readonly organisationId: string; readonly purpose: string },
  contents: readonly string[],
): Promise<Map<string, PartyRef>> {
  const rows = await db.rows<{ content: string; party_id: PartyRef }>(sql`
    select encode(content_index, 'hex') as content, party_id from vault.party
    where organisation_id = ${owner.organisationId} and key_purpose = ${owner.purpose}
      and content_index = any(array(select decode(c, 'hex') from unnest(${contents}::text[]) c))`);
  return new Map(rows.map((row) => [row.content, row.party_id]));
}

export type SealedParty = {
  readonly organisation_id: OrganisationId;
  readonly party_id: PartyRef;
  readonly key_purpose: string;
  readonly sealed: Uint8Array | null;
  readonly wrapped: Uint8Array;
};

/** Sealed parties with the wrapped key of each. Rows outside the scope are not answered. */
export async function listSealed(
  db: Queryable,
  keys: readonly { readonly organisationId: string; readonly ref: string }[],
): Promise<SealedParty[]> {
  return db.rows<SealedParty>(sql`
    select p.organisation_id, p.party_id, p.key_purpose, p.sealed, k.wrapped
    from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as wanted("organisationId" text, ref text)
    join vault.party p on p.organisation_id = wanted."organisationId" and p.party_id = wanted.ref
    join vault.data_key k on k.organisation_id = p.organisation_id and k.purpose = p.key_purpose`);
}

export async function findPartyOwner(db: Queryable, ref: string): Promise<OrganisationId | undefined> {
  const row = await db.maybeRow<{ organisation_id: OrganisationId }>(sql`
    select organisation_id from vault.party where party_id = ${ref}`);
  return row?.organisation_id;
}

/** Whether a party has this content index, in hex. */
export async function hasContent(db: Queryable, key: PartyKey, content: string): Promise<boolean> {
  const row = await db.maybeRow(sql`
    select 1 from vault.party
    where organisation_id = ${key.organisationId} and party_id = ${key.ref} and content_index = ${Buffer.from(content, 'hex')}`);
  return row !== undefined;
}

export type IndexedField = 'name' | 'name_tail' | 'phone' | 'phone_tail' | 'email';

/** Whether the field of this party has this blind index. */
export async function hasIndex(
  db: Queryable,
  key: PartyKey,
  field: IndexedField,
  index: Uint8Array,
): Promise<boolean> {
  const condition = {
    name: sql`name_index = ${index}`,
    name_tail: sql`name_tail_index = ${index}`,
    phone: sql`phone_index = ${index}`,
    phone_tail: sql`phone_tail_index = ${index}`,
    email: sql`email_index = ${index}`,
  }[field];
  const row = await db.maybeRow(sql`
    select 1 from vault.party where organisation_id = ${key.organisationId} and party_id = ${key.ref} and ${condition}`);
  return row !== undefined;
}

/** Those of some parties of an organisation who are the same person as one of it: the same in all, or of one phone. */
export async function listSamePerson(
  db: Queryable,
  { organisationId, ref }: PartyKey,
  among: readonly string[],
): Promise<string[]> {
  const rows = await db.rows<{ party_id: string }>(sql`
    select o.party_id from vault.party p join vault.party o on o.organisation_id = p.organisation_id
    where p.organisation_id = ${organisationId} and p.party_id = ${ref} and o.party_id = any(${among})
      and (o.content_index = p.content_index or o.phone_index = p.phone_index)`);
  return rows.map((row) => row.party_id);
}

/** The index keys of all organisations in the scope. */
export async function listIndexKeys(
  db: Queryable,
): Promise<{ readonly organisationId: OrganisationId; readonly wrapped: Uint8Array }[]> {
  return db.rows(sql`
    select organisation_id as "organisationId", wrapped from vault.data_key where purpose = 'index'`);
}

/** References by each organisation's own blind index of one text, newest first. */
export async function listByIndexes(
  db: Queryable,
  field: IndexedField,
  indexes: readonly { readonly organisationId: string; readonly hex: string }[],
  limit: number,
): Promise<PartyKey[]> {
  const column = {
    name: sql`p.name_index`,
    name_tail: sql`p.name_tail_index`,
    phone: sql`p.phone_index`,
    phone_tail: sql`p.phone_tail_index`,
    email: sql`p.email_index`,
  }[field];
  return db.rows(sql`
    select p.organisation_id as "organisationId", p.party_id as ref
    from jsonb_to_recordset(${JSON.stringify(indexes)}::jsonb) as i("organisationId" text, hex text)
    join vault.party p on p.organisation_id = i."organisationId" and ${column} = decode(i.hex, 'hex')
    order by p.party_id desc limit ${limit}`);
}

/** Deletes ciphertext and indexes. Answers whether there was something to erase. */
export async function erase(
  db: Queryable,
  organisationId: string,
  ref: string,
  now: Instant,
): Promise<boolean> {
  const count = await db.run(sql`
    update vault.party set sealed = null, content_index = null, name_index = null, phone_index = null,
      phone_tail_index = null, email_index = null, name_tail_index = null, erased_at = ${now}
    where organisation_id = ${organisationId} and party_id = ${ref} and erased_at is null`);
  return count > 0;
}

/** Reveals of a caller since a moment, in all organisations. His reveals wait for each other from here on. */
export async function countReveals(db: Queryable, actorId: string, since: Instant): Promise<number> {
  await db.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`reveals ${actorId}`}, 0))`);
  const row = await db.row<{ count: number }>(sql`select vault.reveals_of(${actorId}, ${since}) as count`);
  return row.count;
}

export type AuditHead = { readonly sequence: number; readonly digest: Uint8Array };

/** The end of a chain, locked until the transaction ends. */
export async function lockAuditHead(db: Queryable, organisationId: string): Promise<AuditHead> {
  await db.run(sql`
    insert into vault.audit_head (organisation_id, sequence, digest) values (${organisationId}, 0, '') on conflict do nothing`);
  return db.row<AuditHead>(sql`
    select sequence, digest from vault.audit_head where organisation_id = ${organisationId} for update`);
}

export async function findAuditHead(db: Queryable, organisationId: string): Promise<AuditHead | undefined> {
  return db.maybeRow<AuditHead>(sql`
    select sequence, digest from vault.audit_head where organisation_id = ${organisationId}`);
}

export async function appendAudit(db: Queryable, entry: AuditEntry, digest: Uint8Array): Promise<void> {
  await db.run(sql`
    insert into vault.audit_entry (organisation_id, sequence, audit_id, at, action, party_id, actor_id, actor_role,
      actor_organisation_id, purpose, fields, digest)
    values (${entry.organisationId}, ${entry.sequence}, ${entry.id}, ${entry.at}, ${entry.action}, ${entry.partyRef},
      ${entry.actorId}, ${entry.actorRole}, ${entry.actorOrganisationId}, ${entry.purpose}, ${entry.fields}, ${digest})`);
  await db.run(sql`
    update vault.audit_head set sequence = ${entry.sequence}, digest = ${digest}
    where organisation_id = ${entry.organisationId}`);
}

type AuditRow = {
  audit_id: AuditEntry['id'];
  organisation_id: OrganisationId;
  sequence: number;
  at: Instant;
  action: AuditEntry['action'];
  party_id: PartyRef;
  actor_id: string;
  actor_role: string;
  actor_organisation_id: OrganisationId;
  purpose: AuditEntry['purpose'];
  fields: AuditEntry['fields'];
  digest: Uint8Array;
};

function auditOf(row: AuditRow): AuditEntry {
  return {
    id: row.audit_id,
    organisationId: row.organisation_id,
    sequence: row.sequence,
    at: row.at,
    action: row.action,
    partyRef: row.party_id,
    actorId: row.actor_id,
    actorRole: row.actor_role,
    actorOrganisationId: row.actor_organisation_id,
    purpose: row.purpose,
    fields: row.fields,
  };
}

/** Entries of a chain behind a sequence, in order, with their digests. */
export async function listChain(
  db: Queryable,
  organisationId: string,
  after: number,
  limit: number,
): Promise<{ entry: AuditEntry; digest: Uint8Array }[]> {
  const rows = await db.rows<AuditRow>(sql`
    select * from vault.audit_entry where organisation_id = ${organisationId} and sequence > ${after}
    order by sequence limit ${limit}`);
  return rows.map((row) => ({ entry: auditOf(row), digest: row.digest }));
}

/** Entries about a party after an id, oldest first. */
export type RevealFilter = {
  readonly organisationId?: string | undefined;
  readonly actorId?: string | undefined;
  readonly actorOrganisationId?: string | undefined;
  readonly purpose?: string | undefined;
  readonly since?: Instant | undefined;
  readonly until?: Instant | undefined;
};

/** Who saw whose personal data, over all parties that the scope lets be seen: newest first, before an id. */
export async function listReveals(
  db: Queryable,
  filter: RevealFilter,
  before: string | undefined,
  limit: number,
): Promise<AuditEntry[]> {
  const conditions = [sql`true`];
  if (filter.organisationId !== undefined) conditions.push(sql`organisation_id = ${filter.organisationId}`);
  if (filter.actorId !== undefined) conditions.push(sql`actor_id = ${filter.actorId}`);
  if (filter.actorOrganisationId !== undefined)
    conditions.push(sql`actor_organisation_id = ${filter.actorOrganisationId}`);
  if (filter.purpose !== undefined) conditions.push(sql`purpose = ${filter.purpose}`);
  if (filter.since !== undefined) conditions.push(sql`at >= ${filter.since}`);
  if (filter.until !== undefined) conditions.push(sql`at < ${filter.until}`);
  if (before !== undefined) conditions.push(sql`audit_id < ${before}`);
  const rows = await db.rows<AuditRow>(sql`
    select * from vault.audit_entry where ${joinSql(conditions, sql` and `)} order by audit_id desc limit ${limit}`);
  return rows.map(auditOf);
}

export async function listAudit(
  db: Queryable,
  organisationId: string,
  ref: string,
  after: string,
  limit: number,
): Promise<AuditEntry[]> {
  const rows = await db.rows<AuditRow>(sql`
    select * from vault.audit_entry where organisation_id = ${organisationId} and party_id = ${ref}
      and audit_id > ${after} order by audit_id limit ${limit}`);
  return rows.map(auditOf);
}
