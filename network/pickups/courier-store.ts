import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Principal } from '../accounts/index.ts';
import type { Instant, OrganisationId, PersonId } from '../kernel/index.ts';
import type { AreaId, Block, BlockId, Courier, CourierId } from './model.ts';

type CourierRow = {
  organisation_id: OrganisationId;
  courier_id: CourierId;
  name: string;
  phone_tail: string | null;
  area_ids: AreaId[];
  is_on: boolean;
  caller_id: string | null;
  person_id: PersonId | null;
};

const COURIER = sql`select organisation_id, courier_id, name, phone_tail, area_ids, is_on, caller_id, person_id from pickups.courier`;

function courierOf(row: CourierRow): Courier {
  return {
    id: row.courier_id,
    organisationId: row.organisation_id,
    name: row.name,
    phoneTail: row.phone_tail ?? undefined,
    areaIds: row.area_ids,
    isOn: row.is_on,
    callerId: row.caller_id ?? undefined,
    personId: row.person_id ?? undefined,
  };
}

export type CourierSaved = 'saved' | 'key_taken' | 'person_taken';

/** Writes a courier, new or changed; refuses when another one works with that key or is that person. */
export async function saveCourier(db: Queryable, courier: Courier, now: Instant): Promise<CourierSaved> {
  const { organisationId, callerId, personId } = courier;
  // One at a time in an organisation: of two who give the same key at once the second must see the first.
  await db.rows(
    sql`select pg_advisory_xact_lock(hashtextextended(${`pickups.courier ${organisationId}`}, 0))`,
  );
  const taken = await db.maybeRow<{ by_key: boolean | null }>(sql`
    select caller_id = ${callerId} as by_key from pickups.courier
    where organisation_id = ${organisationId} and courier_id <> ${courier.id}
      and (caller_id = ${callerId} or person_id = ${personId}) limit 1`);
  if (taken !== undefined) return taken.by_key === true ? 'key_taken' : 'person_taken';
  await db.run(sql`
    insert into pickups.courier (organisation_id, courier_id, name, phone_tail, area_ids, is_on, caller_id, person_id, changed_at)
    values (${organisationId}, ${courier.id}, ${courier.name}, ${courier.phoneTail}, ${courier.areaIds}, ${courier.isOn},
      ${callerId}, ${personId}, ${now})
    on conflict (organisation_id, courier_id) do update set name = excluded.name, phone_tail = excluded.phone_tail,
      area_ids = excluded.area_ids, is_on = excluded.is_on, caller_id = excluded.caller_id,
      person_id = excluded.person_id, changed_at = excluded.changed_at`);
  return 'saved';
}

export async function findCourier(db: Queryable, id: string): Promise<Courier | undefined> {
  const row = await db.maybeRow<CourierRow>(sql`${COURIER} where courier_id = ${id}`);
  return row === undefined ? undefined : courierOf(row);
}

/** The courier who calls: by the API key that he works with, or as the person who is logged in. */
export async function findCourierOfCaller(
  db: Queryable,
  organisationId: string,
  caller: Pick<Principal, 'id' | 'personId'>,
): Promise<Courier | undefined> {
  const row = await db.maybeRow<CourierRow>(sql`
    ${COURIER} where organisation_id = ${organisationId}
      and (caller_id = ${caller.id} or person_id = ${caller.personId})`);
  return row === undefined ? undefined : courierOf(row);
}

export async function listCouriers(
  db: Queryable,
  organisationId: string,
  after: string,
  limit: number,
): Promise<Courier[]> {
  const rows = await db.rows<CourierRow>(sql`
    ${COURIER} where organisation_id = ${organisationId} and courier_id > ${after} order by courier_id limit ${limit}`);
  return rows.map(courierOf);
}

export async function listCouriersOfArea(
  db: Queryable,
  organisationId: string,
  areaId: string,
): Promise<Courier[]> {
  const rows = await db.rows<CourierRow>(sql`
    ${COURIER} where organisation_id = ${organisationId} and is_on and ${areaId} = any(area_ids) order by courier_id`);
  return rows.map(courierOf);
}

type BlockRow = {
  organisation_id: OrganisationId;
  block_id: BlockId;
  kind: 'address' | 'user';
  blocked_organisation_id: OrganisationId | null;
  party_ref: NonNullable<Block['partyRef']> | null;
  country: NonNullable<Block['country']> | null;
  postcode: string | null;
  reason: string;
  detail: string | null;
  created_at: Instant;
};

const BLOCK = sql`select organisation_id, block_id, kind, blocked_organisation_id, party_ref, country, postcode, reason, detail,
  created_at from pickups.block`;

function blockOf(row: BlockRow): Block {
  return {
    id: row.block_id,
    organisationId: row.organisation_id,
    kind: row.kind,
    blockedOrganisationId: row.blocked_organisation_id ?? undefined,
    partyRef: row.party_ref ?? undefined,
    country: row.country ?? undefined,
    postcode: row.postcode ?? undefined,
    reason: row.reason,
    detail: row.detail ?? undefined,
    createdAt: row.created_at,
  };
}

export async function insertBlock(db: Queryable, block: Block, byCaller: string): Promise<void> {
  await db.run(sql`
    insert into pickups.block (organisation_id, block_id, kind, blocked_organisation_id, party_ref, country, postcode, reason, detail,
      by_caller, created_at)
    values (${block.organisationId}, ${block.id}, ${block.kind}, ${block.blockedOrganisationId}, ${block.partyRef}, ${block.country},
      ${block.postcode}, ${block.reason}, ${block.detail}, ${byCaller}, ${block.createdAt})`);
}

export async function findBlockById(db: Queryable, id: string): Promise<Block | undefined> {
  const row = await db.maybeRow<BlockRow>(sql`${BLOCK} where block_id = ${id}`);
  return row === undefined ? undefined : blockOf(row);
}

export async function deleteBlock(db: Queryable, organisationId: string, id: string): Promise<boolean> {
  return (
    (await db.run(
      sql`delete from pickups.block where organisation_id = ${organisationId} and block_id = ${id}`,
    )) === 1
  );
}

export async function listBlocks(
  db: Queryable,
  organisationId: string,
  after: string,
  limit: number,
): Promise<Block[]> {
  const rows = await db.rows<BlockRow>(
    sql`${BLOCK} where organisation_id = ${organisationId} and block_id > ${after} order by block_id limit ${limit}`,
  );
  return rows.map(blockOf);
}

/** Blocks of a carrier that could keep it from this door. */
export async function listBlocksFor(
  db: Queryable,
  carrierId: string,
  door: { organisationId: string; country: string; postcode: string | undefined },
): Promise<Block[]> {
  const rows = await db.rows<BlockRow>(sql`
    ${BLOCK} where organisation_id = ${carrierId}
      and (blocked_organisation_id = ${door.organisationId} or (country = ${door.country} and postcode = ${door.postcode}))`);
  return rows.map(blockOf);
}
