import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Instant, Money, OrganisationId, PartyRef, PointId } from '../kernel/index.ts';
import type { HoldSetId } from '../ledger/index.ts';
import type { CoarsePlace } from '../shipments/index.ts';
import type {
  CloseReason,
  Handover,
  Intake,
  MailedGoods,
  MailedParcel,
  Mailing,
  MailingId,
  MailingState,
  Measures,
  PartyWord,
  Payment,
  Placer,
  Quoted,
  StateName,
} from './model.ts';

type StateDetail = { readonly isLate?: boolean; readonly reason?: CloseReason };
type Row = {
  organisation_id: OrganisationId;
  mailing_id: MailingId;
  client_platform_id: OrganisationId | null;
  object_id: string;
  version: number;
  placed_by: Placer;
  state: StateName;
  due_at: Instant | null;
  state_detail: StateDetail;
  sender_ref: PartyRef;
  recipient_ref: PartyRef;
  from_place: CoarsePlace;
  to_place: CoarsePlace;
  goods: MailedGoods;
  declared: Measures;
  quoted: Quoted;
  ceiling: Money;
  payment: Payment;
  hold_set_id: HoldSetId | null;
  rulebook_version_id: string;
  handover: Handover | null;
  sealed_code: Uint8Array | null;
  code_expires_at: Instant | null;
  intake: Intake | null;
  parcel: MailedParcel | null;
  point_organisation_id: OrganisationId | null;
  point_id: PointId | null;
  placed_at: Instant;
  changed_at: Instant;
};

const COLUMNS = sql`organisation_id, mailing_id, client_platform_id, object_id, version, placed_by, state, due_at, state_detail, sender_ref,
  recipient_ref, from_place, to_place, goods, declared, quoted, ceiling, payment, hold_set_id, rulebook_version_id, handover,
  sealed_code, code_expires_at, intake, number, parcel, point_organisation_id, point_id, placed_at, changed_at`;

function stateOf({ state, due_at, state_detail: detail }: Row): MailingState {
  switch (state) {
    case 'placed':
      if (due_at === null) throw new Error('a mailing that is placed has a clock');
      return { name: state, dueAt: due_at };
    case 'accepted':
    case 'in_transit':
      return { name: state, dueAt: due_at ?? undefined, isLate: detail.isLate === true };
    case 'closed':
      return { name: state, reason: detail.reason ?? 'cancelled' };
    default:
      return { name: state };
  }
}

function detailOf(state: MailingState): StateDetail {
  if (state.name === 'closed') return { reason: state.reason };
  return 'isLate' in state ? { isLate: state.isLate } : {};
}

function dueOf(state: MailingState): Instant | undefined {
  return 'dueAt' in state ? state.dueAt : undefined;
}

function mailingOf(row: Row): Mailing {
  return {
    id: row.mailing_id,
    organisationId: row.organisation_id,
    clientPlatformId: row.client_platform_id ?? undefined,
    objectId: row.object_id,
    version: row.version,
    placedBy: row.placed_by,
    state: stateOf(row),
    senderRef: row.sender_ref,
    recipientRef: row.recipient_ref,
    from: row.from_place,
    to: row.to_place,
    goods: row.goods,
    declared: row.declared,
    quoted: row.quoted,
    ceiling: row.ceiling,
    payment: row.payment,
    holdSetId: row.hold_set_id ?? undefined,
    rulebookVersionId: row.rulebook_version_id,
    handover: row.handover ?? undefined,
    sealedCode: row.sealed_code ?? undefined,
    codeExpiresAt: row.code_expires_at ?? undefined,
    intake: row.intake ?? undefined,
    parcel: row.parcel ?? undefined,
    point:
      row.point_organisation_id === null || row.point_id === null
        ? undefined
        : { organisationId: row.point_organisation_id, id: row.point_id },
    placedAt: row.placed_at,
    changedAt: row.changed_at,
  };
}

/** False when this handle is a mailing already. */
export async function insertMailing(db: Queryable, one: Mailing): Promise<boolean> {
  const written = await db.run(sql`
    insert into mailings.mailing (${COLUMNS})
    values (${one.organisationId}, ${one.id}, ${one.clientPlatformId}, ${one.objectId}, ${one.version}, ${one.placedBy}, ${one.state.name},
      ${dueOf(one.state)}, ${detailOf(one.state)}::jsonb, ${one.senderRef}, ${one.recipientRef}, ${one.from}::jsonb,
      ${one.to}::jsonb, ${one.goods}::jsonb, ${one.declared}::jsonb, ${one.quoted}::jsonb, ${one.ceiling}::jsonb, ${one.payment},
      ${one.holdSetId}, ${one.rulebookVersionId}, ${one.handover ?? null}::jsonb, ${one.sealedCode ?? null},
      ${one.codeExpiresAt}, ${one.intake ?? null}::jsonb, ${one.parcel?.number}, ${one.parcel ?? null}::jsonb,
      ${one.point?.organisationId}, ${one.point?.id}, ${one.placedAt}, ${one.changedAt})
    on conflict (organisation_id, object_id) do nothing`);
  return written === 1;
}

export async function saveMailing(db: Queryable, one: Mailing): Promise<void> {
  await db.run(sql`
    update mailings.mailing set version = ${one.version}, state = ${one.state.name}, due_at = ${dueOf(one.state)},
      state_detail = ${detailOf(one.state)}::jsonb, recipient_ref = ${one.recipientRef}, to_place = ${one.to}::jsonb,
      goods = ${one.goods}::jsonb, declared = ${one.declared}::jsonb, quoted = ${one.quoted}::jsonb,
      ceiling = ${one.ceiling}::jsonb, hold_set_id = ${one.holdSetId}, handover = ${one.handover ?? null}::jsonb,
      sealed_code = ${one.sealedCode ?? null}, code_expires_at = ${one.codeExpiresAt}, intake = ${one.intake ?? null}::jsonb,
      number = ${one.parcel?.number}, parcel = ${one.parcel ?? null}::jsonb,
      point_organisation_id = ${one.point?.organisationId}, point_id = ${one.point?.id}, changed_at = ${one.changedAt}
    where organisation_id = ${one.organisationId} and mailing_id = ${one.id}`);
}

export async function findMailing(db: Queryable, id: string): Promise<Mailing | undefined> {
  const row = await db.maybeRow<Row>(sql`select ${COLUMNS} from mailings.mailing where mailing_id = ${id}`);
  return row === undefined ? undefined : mailingOf(row);
}

export async function lockMailing(
  db: Queryable,
  organisationId: string,
  id: string,
): Promise<Mailing | undefined> {
  const row = await db.maybeRow<Row>(sql`
    select ${COLUMNS} from mailings.mailing
    where organisation_id = ${organisationId} and mailing_id = ${id} for update`);
  return row === undefined ? undefined : mailingOf(row);
}

export async function findByObjectId(
  db: Queryable,
  organisationId: string,
  objectId: string,
): Promise<Mailing | undefined> {
  const row = await db.maybeRow<Row>(sql`
    select ${COLUMNS} from mailings.mailing where organisation_id = ${organisationId} and object_id = ${objectId}`);
  return row === undefined ? undefined : mailingOf(row);
}

/** Mailings of a sender that wait for a counter. */
export async function countOpenOf(db: Queryable, organisationId: string, senderRef: string): Promise<number> {
  const row = await db.row<{ open: number }>(sql`
    select count(*)::integer as open from mailings.mailing
    where organisation_id = ${organisationId} and sender_ref = ${senderRef} and state = 'placed'`);
  return row.open;
}

export type MailingRef = { readonly organisationId: OrganisationId; readonly id: MailingId };

/** Mailings whose parcel has this number. In the network's scope. */
export async function listOfNumber(db: Queryable, number: string): Promise<MailingRef[]> {
  return db.rows(sql`
    select organisation_id as "organisationId", mailing_id as id from mailings.mailing
    where number = ${number} order by mailing_id`);
}

export type MailingViewer = 'network' | { readonly owner: string } | { readonly pointNetwork: string };
export type MailingFilter = {
  readonly state: StateName | undefined;
  readonly pointId: string | undefined;
};

/** Newest first, before an id. */
export async function listMailings(
  db: Queryable,
  viewer: MailingViewer,
  filter: MailingFilter,
  before: string | undefined,
  limit: number,
): Promise<Mailing[]> {
  const whose =
    viewer === 'network'
      ? sql`true`
      : 'owner' in viewer
        ? sql`organisation_id = ${viewer.owner}`
        : sql`point_organisation_id = ${viewer.pointNetwork}`;
  const state = filter.state === undefined ? sql`` : sql` and state = ${filter.state}`;
  const point = filter.pointId === undefined ? sql`` : sql` and point_id = ${filter.pointId}`;
  const below = before === undefined ? sql`` : sql` and mailing_id < ${before}`;
  const rows = await db.rows<Row>(sql`
    select ${COLUMNS} from mailings.mailing where ${whose}${state}${point}${below}
    order by mailing_id desc limit ${limit}`);
  return rows.map(mailingOf);
}

/** Mailings that wait for their sender at a point. In the network's scope. */
export async function listSentTo(db: Queryable, pointId: string, limit: number): Promise<MailingRef[]> {
  return db.rows(sql`
    select organisation_id as "organisationId", mailing_id as id from mailings.mailing
    where point_id = ${pointId} and state = 'placed' order by mailing_id limit ${limit}`);
}

/** Doors that a carrier's couriers are to come to, soonest first. In the network's scope. */
export async function listDoors(db: Queryable, carrierId: string, limit: number): Promise<Mailing[]> {
  const rows = await db.rows<Row>(sql`
    select ${COLUMNS} from mailings.mailing
    where handover ->> 'method' = 'door' and state = 'placed' and handover ->> 'carrierId' = ${carrierId}
    order by handover ->> 'startsAt', mailing_id limit ${limit}`);
  return rows.map(mailingOf);
}

export type Step = {
  readonly fact: string;
  readonly state: string;
  readonly party: PartyWord;
  readonly byCaller: string;
  readonly reason: string | undefined;
  readonly occurredAt: Instant;
};

export async function insertSteps(db: Queryable, one: MailingRef, steps: readonly Step[]): Promise<void> {
  if (steps.length === 0) return;
  await db.run(sql`
    insert into mailings.step (organisation_id, mailing_id, position, fact, state, party, by_caller, reason, occurred_at)
    select ${one.organisationId}, ${one.id}, known.steps + given.place, given.fact, given.state, given.party,
      given."byCaller", given.reason, given."occurredAt"
    from jsonb_to_recordset(${JSON.stringify(steps.map((step, index) => ({ ...step, place: index + 1 })))}::jsonb)
        as given (fact text, state text, party text, "byCaller" text, reason text, "occurredAt" timestamptz, place integer),
      (select count(*)::integer as steps from mailings.step
        where organisation_id = ${one.organisationId} and mailing_id = ${one.id}) as known`);
}

export async function listSteps(db: Queryable, one: MailingRef): Promise<Step[]> {
  const rows = await db.rows<Omit<Step, 'reason'> & { reason: string | null }>(sql`
    select fact, state, party, by_caller as "byCaller", reason, occurred_at as "occurredAt" from mailings.step
    where organisation_id = ${one.organisationId} and mailing_id = ${one.id} order by position`);
  return rows.map((row) => ({ ...row, reason: row.reason ?? undefined }));
}
