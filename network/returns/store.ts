import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Instant, Money, OrganisationId, PartyRef, PointId } from '../kernel/index.ts';
import type { OrderId } from '../orders/index.ts';
import type { CoarsePlace } from '../shipments/index.ts';
import {
  type CloseReason,
  type Disputed,
  type FreightPayer,
  type Intake,
  type PartyWord,
  type ReturnCase,
  type ReturnId,
  type ReturnItem,
  type ReturnKind,
  type ReturnParcel,
  type ReturnRoute,
  type ReturnState,
  type Risk,
  STATES_THAT_WAIT,
  type StateName,
  type WaitedFor,
} from './model.ts';
import type { PastReturn } from './risk.policy.ts';

type StateDetail = {
  readonly isLate?: boolean;
  readonly deliveredAt?: Instant;
  readonly about?: Disputed;
  readonly reason?: CloseReason;
};
type Row = {
  organisation_id: OrganisationId;
  return_id: ReturnId;
  client_platform_id: OrganisationId | null;
  order_id: OrderId;
  order_reference: string;
  object_id: string;
  version: number;
  kind: ReturnKind;
  state: StateName;
  due_at: Instant | null;
  state_detail: StateDetail;
  items: ReturnItem[];
  amount: Money;
  freight_payer: FreightPayer;
  buyer_ref: PartyRef;
  place: CoarsePlace;
  return_to_ref: PartyRef | null;
  return_to: CoarsePlace | null;
  wanted: string | null;
  sealed_statement: Uint8Array | null;
  picture_ids: string[];
  refusal: NonNullable<ReturnCase['refusal']> | null;
  risk: Risk;
  rulebook_version_id: string;
  route: ReturnRoute | null;
  sealed_code: Uint8Array | null;
  code_expires_at: Instant | null;
  intake: Intake | null;
  return_parcel: ReturnParcel | null;
  replacement: NonNullable<ReturnCase['replacement']> | null;
  point_organisation_id: OrganisationId | null;
  point_id: PointId | null;
  applied_at: Instant;
  changed_at: Instant;
};

const COLUMNS = sql`organisation_id, return_id, client_platform_id, order_id, order_reference, object_id, version, kind, state,
  due_at, state_detail, items, amount, freight_payer, buyer_ref, place, return_to_ref, return_to, wanted, sealed_statement,
  picture_ids, refusal, risk, rulebook_version_id, route, sealed_code, code_expires_at, intake, return_number, return_parcel,
  replacement_number, replacement, point_organisation_id, point_id, applied_at, changed_at`;

function stateOf({ state, due_at, state_detail: detail }: Row): ReturnState {
  switch (state) {
    case 'refunded':
    case 'refund_instead':
    case 'success':
      return { name: state };
    case 'closed':
      return { name: state, reason: detail.reason ?? 'platform' };
    case 'platform_intervention':
      return { name: state, about: detail.about ?? 'refused' };
    default: {
      if (due_at === null) throw new Error(`a return that is ${state} has no clock`);
      if (state === 'in_transit') return { name: state, dueAt: due_at, deliveredAt: detail.deliveredAt };
      if (state === 'accepted_at_point' || state === 'collected')
        return { name: state, dueAt: due_at, isLate: detail.isLate === true };
      return { name: state, dueAt: due_at };
    }
  }
}

function detailOf(state: ReturnState): StateDetail {
  if (state.name === 'closed') return { reason: state.reason };
  if (state.name === 'platform_intervention') return { about: state.about };
  if (state.name === 'in_transit')
    return state.deliveredAt === undefined ? {} : { deliveredAt: state.deliveredAt };
  return 'isLate' in state ? { isLate: state.isLate } : {};
}

function caseOf(row: Row): ReturnCase {
  return {
    id: row.return_id,
    organisationId: row.organisation_id,
    clientPlatformId: row.client_platform_id ?? undefined,
    orderId: row.order_id,
    orderReference: row.order_reference,
    objectId: row.object_id,
    version: row.version,
    kind: row.kind,
    state: stateOf(row),
    items: row.items,
    amount: row.amount,
    freightPayer: row.freight_payer,
    buyerRef: row.buyer_ref,
    place: row.place,
    returnToRef: row.return_to_ref ?? undefined,
    returnTo: row.return_to ?? undefined,
    wanted: row.wanted ?? undefined,
    sealedStatement: row.sealed_statement ?? undefined,
    pictureIds: row.picture_ids,
    refusal: row.refusal ?? undefined,
    risk: row.risk,
    rulebookVersionId: row.rulebook_version_id,
    route: row.route ?? undefined,
    sealedCode: row.sealed_code ?? undefined,
    codeExpiresAt: row.code_expires_at ?? undefined,
    intake: row.intake ?? undefined,
    parcel: row.return_parcel ?? undefined,
    replacement: row.replacement ?? undefined,
    point:
      row.point_organisation_id === null || row.point_id === null
        ? undefined
        : { organisationId: row.point_organisation_id, id: row.point_id },
    appliedAt: row.applied_at,
    changedAt: row.changed_at,
  };
}

/** False when the applicant's handle has a case for this order already. */
export async function insertReturn(db: Queryable, one: ReturnCase): Promise<boolean> {
  const written = await db.run(sql`
    insert into returns.return_case (${COLUMNS})
    values (${one.organisationId}, ${one.id}, ${one.clientPlatformId}, ${one.orderId}, ${one.orderReference}, ${one.objectId},
      ${one.version}, ${one.kind}, ${one.state.name}, ${'dueAt' in one.state ? one.state.dueAt : null},
      ${detailOf(one.state)}::jsonb, ${JSON.stringify(one.items)}::jsonb, ${one.amount}::jsonb, ${one.freightPayer}, ${one.buyerRef},
      ${one.place}::jsonb, ${one.returnToRef}, ${one.returnTo ?? null}::jsonb, ${one.wanted}, ${one.sealedStatement ?? null},
      ${[...one.pictureIds]}, ${one.refusal ?? null}::jsonb, ${one.risk}::jsonb, ${one.rulebookVersionId},
      ${one.route ?? null}::jsonb, ${one.sealedCode ?? null}, ${one.codeExpiresAt}, ${one.intake ?? null}::jsonb,
      ${one.parcel?.number}, ${one.parcel ?? null}::jsonb, ${one.replacement?.number}, ${one.replacement ?? null}::jsonb,
      ${one.point?.organisationId}, ${one.point?.id}, ${one.appliedAt}, ${one.changedAt})
    on conflict (organisation_id, order_id, object_id) do nothing`);
  return written === 1;
}

export async function saveReturn(db: Queryable, one: ReturnCase): Promise<void> {
  await db.run(sql`
    update returns.return_case set version = ${one.version}, state = ${one.state.name},
      due_at = ${'dueAt' in one.state ? one.state.dueAt : null}, state_detail = ${detailOf(one.state)}::jsonb,
      items = ${JSON.stringify(one.items)}::jsonb, freight_payer = ${one.freightPayer}, return_to_ref = ${one.returnToRef},
      return_to = ${one.returnTo ?? null}::jsonb, wanted = ${one.wanted}, refusal = ${one.refusal ?? null}::jsonb,
      route = ${one.route ?? null}::jsonb, sealed_code = ${one.sealedCode ?? null}, code_expires_at = ${one.codeExpiresAt},
      intake = ${one.intake ?? null}::jsonb, return_number = ${one.parcel?.number}, return_parcel = ${one.parcel ?? null}::jsonb,
      replacement_number = ${one.replacement?.number}, replacement = ${one.replacement ?? null}::jsonb,
      point_organisation_id = ${one.point?.organisationId}, point_id = ${one.point?.id}, changed_at = ${one.changedAt}
    where organisation_id = ${one.organisationId} and return_id = ${one.id}`);
}

export async function findReturn(db: Queryable, id: string): Promise<ReturnCase | undefined> {
  const row = await db.maybeRow<Row>(sql`select ${COLUMNS} from returns.return_case where return_id = ${id}`);
  return row === undefined ? undefined : caseOf(row);
}

export async function lockReturn(
  db: Queryable,
  organisationId: string,
  id: string,
): Promise<ReturnCase | undefined> {
  const row = await db.maybeRow<Row>(sql`
    select ${COLUMNS} from returns.return_case
    where organisation_id = ${organisationId} and return_id = ${id} for update`);
  return row === undefined ? undefined : caseOf(row);
}

export async function findByObjectId(
  db: Queryable,
  organisationId: string,
  orderId: string,
  objectId: string,
): Promise<ReturnCase | undefined> {
  const row = await db.maybeRow<Row>(sql`
    select ${COLUMNS} from returns.return_case
    where organisation_id = ${organisationId} and order_id = ${orderId} and object_id = ${objectId}`);
  return row === undefined ? undefined : caseOf(row);
}

export async function listOfOrder(
  db: Queryable,
  organisationId: string,
  orderId: string,
): Promise<ReturnCase[]> {
  const rows = await db.rows<Row>(sql`
    select ${COLUMNS} from returns.return_case
    where organisation_id = ${organisationId} and order_id = ${orderId} order by return_id`);
  return rows.map(caseOf);
}

export type CaseOfNumber = { readonly organisationId: OrganisationId; readonly id: ReturnId };

/** Cases whose parcel back, or whose replacement, has this number. In the network's scope. */
export async function listOfNumber(
  db: Queryable,
  number: string,
): Promise<(CaseOfNumber & { readonly isReplacement: boolean })[]> {
  return db.rows(sql`
    select organisation_id as "organisationId", return_id as id, coalesce(replacement_number = ${number}, false) as "isReplacement"
    from returns.return_case where return_number = ${number} or replacement_number = ${number} order by return_id`);
}

export type ReturnViewer =
  | 'network'
  | { readonly merchant: string }
  | { readonly marketplace: string }
  | { readonly pointNetwork: string };
export type ReturnFilter = {
  readonly state: StateName | undefined;
  readonly orderId: string | undefined;
  readonly pointId: string | undefined;
  readonly waitsFor?: WaitedFor | undefined;
};
/** Where a page by time ended. `dueAt`: as `dueOf` says. */
export type DuePlace = { readonly dueAt: Instant; readonly id: string };
/** When somebody has to have acted; where no clock runs, when the case last changed. */
export const dueOf = (one: ReturnCase): Instant => ('dueAt' in one.state ? one.state.dueAt : one.changedAt);

function listed(viewer: ReturnViewer, filter: ReturnFilter) {
  const whose =
    viewer === 'network'
      ? sql`true`
      : 'merchant' in viewer
        ? sql`organisation_id = ${viewer.merchant}`
        : 'marketplace' in viewer
          ? sql`client_platform_id = ${viewer.marketplace}`
          : sql`point_organisation_id = ${viewer.pointNetwork}`;
  const state = filter.state === undefined ? sql`` : sql` and state = ${filter.state}`;
  const waits =
    filter.waitsFor === undefined
      ? sql``
      : sql` and state = any(${[...STATES_THAT_WAIT[filter.waitsFor]]}::text[])`;
  const order = filter.orderId === undefined ? sql`` : sql` and order_id = ${filter.orderId}`;
  const point = filter.pointId === undefined ? sql`` : sql` and point_id = ${filter.pointId}`;
  return sql`${whose}${state}${waits}${order}${point}`;
}

/** Newest first, before an id. */
export async function listReturns(
  db: Queryable,
  viewer: ReturnViewer,
  filter: ReturnFilter,
  before: string | undefined,
  limit: number,
): Promise<ReturnCase[]> {
  const below = before === undefined ? sql`` : sql` and return_id < ${before}`;
  const rows = await db.rows<Row>(sql`
    select ${COLUMNS} from returns.return_case where ${listed(viewer, filter)}${below}
    order by return_id desc limit ${limit}`);
  return rows.map(caseOf);
}

/** Soonest due first, after a place. */
export async function listReturnsByDue(
  db: Queryable,
  viewer: ReturnViewer,
  filter: ReturnFilter,
  after: DuePlace | undefined,
  limit: number,
): Promise<ReturnCase[]> {
  const beyond =
    after === undefined
      ? sql``
      : sql` and (coalesce(due_at, changed_at), return_id) > (${after.dueAt}::timestamptz, ${after.id})`;
  const rows = await db.rows<Row>(sql`
    select ${COLUMNS} from returns.return_case where ${listed(viewer, filter)}${beyond}
    order by coalesce(due_at, changed_at), return_id limit ${limit}`);
  return rows.map(caseOf);
}

/** Cases that wait for the buyer at points that do not take them any more. In the network's scope. */
export async function listRoutedTo(db: Queryable, pointId: string, limit: number): Promise<CaseOfNumber[]> {
  return db.rows(sql`
    select organisation_id as "organisationId", return_id as id from returns.return_case
    where point_id = ${pointId} and state = 'code_issued' order by return_id limit ${limit}`);
}

/** Doors that a carrier's couriers are to come to, soonest first. In the network's scope. */
export async function listDoorReturns(
  db: Queryable,
  carrierId: string,
  limit: number,
): Promise<ReturnCase[]> {
  const rows = await db.rows<Row>(sql`
    select ${COLUMNS} from returns.return_case
    where route ->> 'method' = 'door' and state = 'code_issued' and route ->> 'carrierId' = ${carrierId}
    order by route ->> 'startsAt', return_id limit ${limit}`);
  return rows.map(caseOf);
}

/** What the same buyer returned before, newest first. */
export async function listPastReturns(
  db: Queryable,
  organisationId: string,
  buyerRefs: readonly string[],
  since: Instant,
): Promise<PastReturn[]> {
  return db.rows(sql`
    select return_id as id, order_id as "orderId", kind,
      state = 'closed' and state_detail ->> 'reason' = 'withdrawn' as "isWithdrawn",
      exists (select from jsonb_array_elements(items) i where i -> 'counter' ->> 'finding' <> 'as_described')
        as "counterFoundOtherwise"
    from returns.return_case
    where organisation_id = ${organisationId} and buyer_ref = any(${[...buyerRefs]}) and applied_at >= ${since}
    order by return_id desc limit 200`);
}

export type Step = {
  readonly fact: string;
  readonly state: string;
  readonly party: PartyWord;
  readonly byCaller: string;
  readonly reason: string | undefined;
  readonly occurredAt: Instant;
};

export async function insertSteps(db: Queryable, one: CaseOfNumber, steps: readonly Step[]): Promise<void> {
  if (steps.length === 0) return;
  await db.run(sql`
    insert into returns.return_step (organisation_id, return_id, position, fact, state, party, by_caller, reason, occurred_at)
    select ${one.organisationId}, ${one.id}, known.steps + given.place, given.fact, given.state, given.party, given."byCaller",
      given.reason, given."occurredAt"
    from jsonb_to_recordset(${JSON.stringify(steps.map((step, index) => ({ ...step, place: index + 1 })))}::jsonb)
        as given (fact text, state text, party text, "byCaller" text, reason text, "occurredAt" timestamptz, place integer),
      (select count(*)::integer as steps from returns.return_step
        where organisation_id = ${one.organisationId} and return_id = ${one.id}) as known`);
}

export async function listSteps(db: Queryable, one: CaseOfNumber): Promise<Step[]> {
  const rows = await db.rows<Omit<Step, 'reason'> & { reason: string | null }>(sql`
    select fact, state, party, by_caller as "byCaller", reason, occurred_at as "occurredAt" from returns.return_step
    where organisation_id = ${one.organisationId} and return_id = ${one.id} order by position`);
  return rows.map((row) => ({ ...row, reason: row.reason ?? undefined }));
}
