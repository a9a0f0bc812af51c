import { type Queryable, sql, unnestRows } from '../../platform/db/index.ts';
import type {
  CountryCode,
  Currency,
  Instant,
  Money,
  OrganisationId,
  PersonId,
  PointId,
} from '../kernel/index.ts';
import type { PointBlock, PointBlockId, PointClerk } from './model.ts';

export type PointFact = {
  readonly version: number;
  readonly fact: string;
  readonly state: string;
  readonly reason?: string | undefined;
  readonly note?: string | undefined;
  readonly byCaller: string;
  readonly recordedAt: Instant;
};

type FactRow = PointFact & { readonly organisationId: string; readonly pointId: string };
const FACT_COLUMNS = [
  ['organisation_id', 'text', (row: FactRow) => row.organisationId],
  ['point_id', 'text', (row: FactRow) => row.pointId],
  ['version', 'bigint', (row: FactRow) => row.version],
  ['fact', 'text', (row: FactRow) => row.fact],
  ['state', 'text', (row: FactRow) => row.state],
  ['reason', 'text', (row: FactRow) => row.reason],
  ['note', 'text', (row: FactRow) => row.note],
  ['by_caller', 'text', (row: FactRow) => row.byCaller],
  ['recorded_at', 'timestamptz', (row: FactRow) => row.recordedAt],
] as const;

export async function insertFacts(db: Queryable, facts: readonly FactRow[]): Promise<void> {
  await db.run(sql`
    insert into points.fact (organisation_id, point_id, version, fact, state, reason, note, by_caller, recorded_at)
    select * from ${unnestRows('s', facts, FACT_COLUMNS)}`);
}

/** Oldest first. */
export async function listFacts(
  db: Queryable,
  key: { readonly organisationId: string; readonly pointId: string },
): Promise<PointFact[]> {
  const rows = await db.rows<{
    version: number;
    fact: string;
    state: string;
    reason: string | null;
    note: string | null;
    by_caller: string;
    recorded_at: Instant;
  }>(sql`
    select version, fact, state, reason, note, by_caller, recorded_at from points.fact
    where organisation_id = ${key.organisationId} and point_id = ${key.pointId} order by version`);
  return rows.map((row) => ({
    version: row.version,
    fact: row.fact,
    state: row.state,
    reason: row.reason ?? undefined,
    note: row.note ?? undefined,
    byCaller: row.by_caller,
    recordedAt: row.recorded_at,
  }));
}

export type PointContract = {
  readonly organisationId: OrganisationId;
  readonly number: string;
  readonly needsDocuments: boolean;
  readonly needsSiteCheck: boolean;
  readonly deposit?: Money | undefined;
  readonly validFrom: Instant;
  readonly validTo?: Instant | undefined;
  readonly changedAt: Instant;
};

/** Locked when outlets may go on by it. */
export async function findContract(
  db: Queryable,
  organisationId: string,
  lock: 'lock' | 'look' = 'look',
): Promise<PointContract | undefined> {
  const row = await db.maybeRow<{
    organisation_id: OrganisationId;
    number: string;
    needs_documents: boolean;
    needs_site_check: boolean;
    deposit_minor: number | null;
    deposit_currency: Currency | null;
    valid_from: Instant;
    valid_to: Instant | null;
    changed_at: Instant;
  }>(sql`
    select organisation_id, number, needs_documents, needs_site_check, deposit_minor, deposit_currency, valid_from, valid_to, changed_at
    from points.contract where organisation_id = ${organisationId} ${lock === 'lock' ? sql`for update` : sql``}`);
  if (row === undefined) return undefined;
  return {
    organisationId: row.organisation_id,
    number: row.number,
    needsDocuments: row.needs_documents,
    needsSiteCheck: row.needs_site_check,
    deposit:
      row.deposit_minor === null || row.deposit_currency === null
        ? undefined
        : { amountMinor: row.deposit_minor, currency: row.deposit_currency },
    validFrom: row.valid_from,
    validTo: row.valid_to ?? undefined,
    changedAt: row.changed_at,
  };
}

export async function saveContract(db: Queryable, contract: PointContract, byCaller: string): Promise<void> {
  await db.run(sql`
    insert into points.contract (organisation_id, number, needs_documents, needs_site_check, deposit_minor, deposit_currency,
      valid_from, valid_to, by_caller, changed_at)
    values (${contract.organisationId}, ${contract.number}, ${contract.needsDocuments}, ${contract.needsSiteCheck},
      ${contract.deposit?.amountMinor}, ${contract.deposit?.currency}, ${contract.validFrom}, ${contract.validTo}, ${byCaller}, ${contract.changedAt})
    on conflict (organisation_id) do update set number = excluded.number, needs_documents = excluded.needs_documents,
      needs_site_check = excluded.needs_site_check, deposit_minor = excluded.deposit_minor,
      deposit_currency = excluded.deposit_currency, valid_from = excluded.valid_from, valid_to = excluded.valid_to,
      by_caller = excluded.by_caller, changed_at = excluded.changed_at`);
}

export async function hasOpenPoints(db: Queryable, organisationId: string): Promise<boolean> {
  const row = await db.row<{ found: boolean }>(sql`
    select exists (select from points.point where organisation_id = ${organisationId} and state <> 'exited') as found`);
  return row.found;
}

/** Whether something was ever decided or recorded about a point. */
export async function hasFact(
  db: Queryable,
  key: { readonly organisationId: string; readonly pointId: string },
  fact: string,
): Promise<boolean> {
  const row = await db.row<{ found: boolean }>(sql`
    select exists (select from points.fact where organisation_id = ${key.organisationId} and point_id = ${key.pointId}
      and fact = ${fact}) as found`);
  return row.found;
}

/** Open outlets that were reminded of their filing and have none yet, the longest waiting first. */
export async function listFilingsDue(
  db: Queryable,
  organisationId: string,
  limit: number,
): Promise<{ pointId: PointId; outletCode: string; name: string; remindedAt: Instant }[]> {
  const rows = await db.rows<{
    point_id: PointId;
    outlet_code: string;
    name: string;
    reminded_at: Instant;
  }>(sql`
    select p.point_id, p.outlet_code, p.name, f.recorded_at as reminded_at
    from points.fact f join points.point p on p.point_id = f.point_id
    where f.organisation_id = ${organisationId} and f.fact = 'filing_due' and p.state <> 'exited'
      and not exists (select from points.fact r
        where r.organisation_id = f.organisation_id and r.point_id = f.point_id and r.fact = 'record_filing')
    order by f.recorded_at, p.point_id limit ${limit}`);
  return rows.map((row) => ({
    pointId: row.point_id,
    outletCode: row.outlet_code,
    name: row.name,
    remindedAt: row.reminded_at,
  }));
}

/** Outlets of a network that wait for its contract. */
export async function listWaitingForContract(db: Queryable, organisationId: string): Promise<PointId[]> {
  const rows = await db.rows<{ point_id: PointId }>(sql`
    select point_id from points.point where organisation_id = ${organisationId} and state = 'contract' order by point_id`);
  return rows.map((row) => row.point_id);
}

export async function saveClerk(db: Queryable, clerk: PointClerk): Promise<void> {
  await db.run(sql`
    insert into points.clerk (organisation_id, person_id, point_ids, changed_at)
    values (${clerk.organisationId}, ${clerk.personId}, ${clerk.pointIds}, ${clerk.changedAt})
    on conflict (organisation_id, person_id) do update set point_ids = excluded.point_ids, changed_at = excluded.changed_at`);
}

type ClerkRow = {
  organisation_id: OrganisationId;
  person_id: PersonId;
  point_ids: PointId[];
  changed_at: Instant;
};
const clerkOf = (row: ClerkRow): PointClerk => ({
  organisationId: row.organisation_id,
  personId: row.person_id,
  pointIds: row.point_ids,
  changedAt: row.changed_at,
});

export async function findClerk(
  db: Queryable,
  organisationId: string,
  personId: string,
): Promise<PointClerk | undefined> {
  const row = await db.maybeRow<ClerkRow>(sql`
    select organisation_id, person_id, point_ids, changed_at from points.clerk
    where organisation_id = ${organisationId} and person_id = ${personId}`);
  return row === undefined ? undefined : clerkOf(row);
}

export async function listClerks(
  db: Queryable,
  organisationId: string,
  after: string,
  limit: number,
): Promise<PointClerk[]> {
  const rows = await db.rows<ClerkRow>(sql`
    select organisation_id, person_id, point_ids, changed_at from points.clerk
    where organisation_id = ${organisationId} and person_id > ${after} order by person_id limit ${limit}`);
  return rows.map(clerkOf);
}

/** Those of these people who were placed. */
export async function listClerksOf(
  db: Queryable,
  organisationId: string,
  people: readonly string[],
): Promise<PointClerk[]> {
  const rows = await db.rows<ClerkRow>(sql`
    select organisation_id, person_id, point_ids, changed_at from points.clerk
    where organisation_id = ${organisationId} and person_id = any(${people}) order by person_id`);
  return rows.map(clerkOf);
}

/** Ids of the people who work at a point as its clerks. */
export async function listClerksAt(
  db: Queryable,
  organisationId: string,
  pointId: string,
): Promise<PersonId[]> {
  const rows = await db.rows<{ person_id: PersonId }>(sql`
    select person_id from points.clerk where organisation_id = ${organisationId} and ${pointId} = any(point_ids)
    order by person_id`);
  return rows.map((row) => row.person_id);
}

/** How many of these ids are points of the network. */
export async function countPoints(
  db: Queryable,
  organisationId: string,
  ids: readonly string[],
): Promise<number> {
  const row = await db.row<{ count: number }>(sql`
    select count(*) as count from points.point where organisation_id = ${organisationId} and point_id = any(${ids})`);
  return row.count;
}

/** The wrapped key of blocks' digests; the first that was written counts. */
export async function findBlockKey(db: Queryable): Promise<Uint8Array | undefined> {
  const row = await db.maybeRow<{ wrapped: Uint8Array }>(sql`
    select wrapped from points.block_key where key_id = 1`);
  return row?.wrapped;
}

export async function insertBlockKey(db: Queryable, wrapped: Uint8Array): Promise<void> {
  await db.run(
    sql`insert into points.block_key (key_id, wrapped) values (1, ${wrapped}) on conflict do nothing`,
  );
}

type BlockRow = {
  organisation_id: OrganisationId;
  block_id: PointBlockId;
  kind: PointBlock['kind'];
  country: CountryCode;
  key: string;
  reason: string;
  detail: string | null;
  created_at: Instant;
};
const BLOCK = sql`select organisation_id, block_id, kind, country, key, reason, detail, created_at from points.block`;
const blockOf = (row: BlockRow): PointBlock => ({
  id: row.block_id,
  organisationId: row.organisation_id,
  kind: row.kind,
  country: row.country,
  key: row.key,
  reason: row.reason,
  detail: row.detail ?? undefined,
  createdAt: row.created_at,
});

/** The same again answers the block that is there. */
export async function insertBlock(db: Queryable, block: PointBlock, byCaller: string): Promise<PointBlock> {
  await db.run(sql`
    insert into points.block (organisation_id, block_id, kind, country, key, reason, detail, by_caller, created_at)
    values (${block.organisationId}, ${block.id}, ${block.kind}, ${block.country}, ${block.key}, ${block.reason}, ${block.detail},
      ${byCaller}, ${block.createdAt})
    on conflict (organisation_id, kind, country, key) do nothing`);
  const row = await db.row<BlockRow>(sql`
    ${BLOCK} where organisation_id = ${block.organisationId} and kind = ${block.kind} and country = ${block.country}
      and key = ${block.key}`);
  return blockOf(row);
}

export async function findBlockById(db: Queryable, id: string): Promise<PointBlock | undefined> {
  const row = await db.maybeRow<BlockRow>(sql`${BLOCK} where block_id = ${id}`);
  return row === undefined ? undefined : blockOf(row);
}

export async function listBlocks(
  db: Queryable,
  organisationId: string,
  after: string,
  limit: number,
): Promise<PointBlock[]> {
  const rows = await db.rows<BlockRow>(sql`
    ${BLOCK} where organisation_id = ${organisationId} and block_id > ${after} order by block_id limit ${limit}`);
  return rows.map(blockOf);
}

export async function deleteBlock(db: Queryable, organisationId: string, id: string): Promise<boolean> {
  const gone = await db.run(sql`
    delete from points.block where organisation_id = ${organisationId} and block_id = ${id}`);
  return gone === 1;
}

/** Who or where a parcel is about, as far as it is known. `addressKey`, `phoneIndex`: digests of a `BlockIndex`. */
export type BlockSubject = {
  readonly country: string;
  readonly divisionCodes: readonly string[];
  readonly postcode?: string | undefined;
  readonly addressKey?: string | undefined;
  readonly phoneIndex?: string | undefined;
};

/** The block of a network that meets a subject, the narrowest first; in the network's scope or all networks'. */
export async function findPointBlock(
  db: Queryable,
  organisationId: string,
  subject: BlockSubject,
): Promise<PointBlock | undefined> {
  const row = await db.maybeRow<BlockRow>(sql`
    ${BLOCK} where organisation_id = ${organisationId} and country = ${subject.country}
      and (kind = 'division' and key = any(${subject.divisionCodes})
        or kind = 'postcode' and key = ${subject.postcode}
        or kind = 'address' and key = ${subject.addressKey}
        or kind = 'phone' and key = ${subject.phoneIndex})
    order by array_position(array['phone', 'address', 'postcode', 'division'], kind), block_id limit 1`);
  return row === undefined ? undefined : blockOf(row);
}
