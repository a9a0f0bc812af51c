import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Currency, Instant, OrganisationId } from '../kernel/index.ts';
import type { TopUpId, TopUpState, WalletId } from './model.ts';

export type TopUp = {
  readonly id: TopUpId;
  readonly organisationId: OrganisationId;
  readonly walletId: WalletId;
  readonly provider: string;
  readonly paymentReference: string;
  readonly currency: Currency;
  readonly requestedMinor: number;
  readonly receivedMinor: number | undefined;
  readonly valueDate: string | undefined;
  readonly bankReference: string | undefined;
  readonly state: TopUpState;
  readonly firstConfirmedBy: string | undefined;
  readonly secondConfirmedBy: string | undefined;
  readonly requestedAt: Instant;
  readonly confirmedAt: Instant | undefined;
};

type TopUpRow = {
  top_up_id: TopUpId;
  organisation_id: OrganisationId;
  wallet_id: WalletId;
  provider: string;
  payment_reference: string;
  currency: Currency;
  requested_minor: number;
  received_minor: number | null;
  value_date: string | null;
  bank_reference: string | null;
  state: TopUpState;
  first_confirmed_by: string | null;
  second_confirmed_by: string | null;
  requested_at: Instant;
  confirmed_at: Instant | null;
};

const COLUMNS = sql`top_up_id, organisation_id, wallet_id, provider, payment_reference, currency, requested_minor, received_minor,
  value_date, bank_reference, state, first_confirmed_by, second_confirmed_by, requested_at, confirmed_at`;

function topUpOf(row: TopUpRow): TopUp {
  return {
    id: row.top_up_id,
    organisationId: row.organisation_id,
    walletId: row.wallet_id,
    provider: row.provider,
    paymentReference: row.payment_reference,
    currency: row.currency,
    requestedMinor: row.requested_minor,
    receivedMinor: row.received_minor ?? undefined,
    valueDate: row.value_date ?? undefined,
    bankReference: row.bank_reference ?? undefined,
    state: row.state,
    firstConfirmedBy: row.first_confirmed_by ?? undefined,
    secondConfirmedBy: row.second_confirmed_by ?? undefined,
    requestedAt: row.requested_at,
    confirmedAt: row.confirmed_at ?? undefined,
  };
}

export async function insertTopUp(db: Queryable, topUp: TopUp): Promise<void> {
  await db.run(sql`
    insert into ledger.top_up (organisation_id, top_up_id, wallet_id, provider, payment_reference, currency, requested_minor, state, requested_at)
    values (${topUp.organisationId}, ${topUp.id}, ${topUp.walletId}, ${topUp.provider}, ${topUp.paymentReference}, ${topUp.currency},
      ${topUp.requestedMinor}, ${topUp.state}, ${topUp.requestedAt})`);
}

export async function lockTopUp(db: Queryable, topUpId: string): Promise<TopUp | undefined> {
  const row = await db.maybeRow<TopUpRow>(
    sql`select ${COLUMNS} from ledger.top_up where top_up_id = ${topUpId} for update`,
  );
  return row === undefined ? undefined : topUpOf(row);
}

export async function saveTopUp(db: Queryable, topUp: TopUp): Promise<void> {
  await db.run(sql`
    update ledger.top_up set received_minor = ${topUp.receivedMinor}, value_date = ${topUp.valueDate}, bank_reference = ${topUp.bankReference},
      state = ${topUp.state}, first_confirmed_by = ${topUp.firstConfirmedBy}, second_confirmed_by = ${topUp.secondConfirmedBy},
      confirmed_at = ${topUp.confirmedAt}
    where organisation_id = ${topUp.organisationId} and top_up_id = ${topUp.id}`);
}

/**
 * Top-ups, newest first: of one organisation or of the whole scope, in one state or in all; `after` is the last id of the
 * page before, empty at the first.
 */
export async function listTopUps(
  db: Queryable,
  filter: { readonly owner?: OrganisationId | undefined; readonly state?: TopUpState | undefined },
  after: string,
  limit: number,
): Promise<TopUp[]> {
  const below = after === '' ? sql`true` : sql`top_up_id < ${after}`;
  const owner = filter.owner === undefined ? sql`` : sql` and organisation_id = ${filter.owner}`;
  const state = filter.state === undefined ? sql`` : sql` and state = ${filter.state}`;
  const rows = await db.rows<TopUpRow>(sql`
    select ${COLUMNS} from ledger.top_up where ${below}${owner}${state} order by top_up_id desc limit ${limit}`);
  return rows.map(topUpOf);
}

export async function findTopUpOwner(db: Queryable, topUpId: string): Promise<OrganisationId | undefined> {
  const row = await db.maybeRow<{ organisation_id: OrganisationId }>(
    sql`select organisation_id from ledger.top_up where top_up_id = ${topUpId}`,
  );
  return row?.organisation_id;
}

/** Takes a movement on the operator's bank account for a top-up; answers the top-up that has it. */
export async function claimReceipt(
  db: Queryable,
  operatorId: OrganisationId,
  topUp: TopUp,
  bankReference: string,
  now: Instant,
): Promise<string> {
  await db.run(sql`
    insert into ledger.bank_receipt (organisation_id, bank_reference, top_up_organisation_id, top_up_id, received_at)
    values (${operatorId}, ${bankReference}, ${topUp.organisationId}, ${topUp.id}, ${now})
    on conflict (organisation_id, bank_reference) do nothing`);
  const row = await db.row<{ top_up_id: string }>(sql`
    select top_up_id from ledger.bank_receipt where organisation_id = ${operatorId} and bank_reference = ${bankReference}`);
  return row.top_up_id;
}
