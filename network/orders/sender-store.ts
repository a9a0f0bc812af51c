import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Instant, OrganisationId, PartyRef } from '../kernel/index.ts';
import type { SenderAddress, SenderAddressId } from './model.ts';

type SenderRow = {
  organisation_id: OrganisationId;
  sender_address_id: SenderAddressId;
  label: string;
  party_ref: PartyRef;
  place: SenderAddress['place'];
  is_default: boolean;
  added_at: Instant;
};
const COLUMNS = sql`organisation_id, sender_address_id, label, party_ref, place, is_default, added_at`;

function senderOf(row: SenderRow): SenderAddress {
  return {
    id: row.sender_address_id,
    organisationId: row.organisation_id,
    label: row.label,
    partyRef: row.party_ref,
    place: row.place,
    isDefault: row.is_default,
    addedAt: row.added_at,
  };
}

export async function insertSender(db: Queryable, sender: SenderAddress): Promise<void> {
  await db.run(sql`
    insert into orders.sender_address (organisation_id, sender_address_id, label, party_ref, place, is_default, added_at)
    values (${sender.organisationId}, ${sender.id}, ${sender.label}, ${sender.partyRef}, ${sender.place}::jsonb,
      ${sender.isDefault}, ${sender.addedAt})`);
}

/** There is one default: the one before steps back. */
export async function clearDefaultSender(db: Queryable, organisationId: string): Promise<void> {
  await db.run(sql`
    update orders.sender_address set is_default = false where organisation_id = ${organisationId} and is_default`);
}

export async function saveSender(db: Queryable, sender: SenderAddress): Promise<void> {
  await db.run(sql`
    update orders.sender_address set label = ${sender.label}, is_default = ${sender.isDefault}
    where organisation_id = ${sender.organisationId} and sender_address_id = ${sender.id}`);
}

/** Removed ones stay for what was shipped from them. */
export async function removeSender(db: Queryable, sender: SenderAddress, now: Instant): Promise<void> {
  await db.run(sql`
    update orders.sender_address set removed_at = ${now}, is_default = false
    where organisation_id = ${sender.organisationId} and sender_address_id = ${sender.id}`);
}

export async function findSender(db: Queryable, id: string): Promise<SenderAddress | undefined> {
  const row = await db.maybeRow<SenderRow>(sql`
    select ${COLUMNS} from orders.sender_address where sender_address_id = ${id} and removed_at is null`);
  return row === undefined ? undefined : senderOf(row);
}

/** All that a merchant has now, oldest first: a handful. */
export async function listSenders(db: Queryable, organisationId: string): Promise<SenderAddress[]> {
  const rows = await db.rows<SenderRow>(sql`
    select ${COLUMNS} from orders.sender_address
    where organisation_id = ${organisationId} and removed_at is null order by sender_address_id`);
  return rows.map(senderOf);
}

export async function countSenders(db: Queryable, organisationId: string): Promise<number> {
  const row = await db.row<{ count: number }>(sql`
    select count(*)::int as count from orders.sender_address
    where organisation_id = ${organisationId} and removed_at is null`);
  return row.count;
}

/** Where a merchant ships from unless an order says otherwise. */
export async function findDefaultSender(
  db: Queryable,
  organisationId: string,
): Promise<SenderAddress | undefined> {
  const row = await db.maybeRow<SenderRow>(sql`
    select ${COLUMNS} from orders.sender_address
    where organisation_id = ${organisationId} and is_default and removed_at is null`);
  return row === undefined ? undefined : senderOf(row);
}
