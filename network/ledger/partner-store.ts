import { type Queryable, sql, unnestRows } from '../../platform/db/index.ts';
import type { Currency, Id, Instant, OrganisationId } from '../kernel/index.ts';
import type { Reference } from './model.ts';

export type PartnerEntryId = Id<'pte'>;
export type PayoutId = Id<'pyo'>;

/** `amountMinor`: positive earned, negative owed; never 0. `counterKind`: the operator's account that it goes against. */
export type PartnerEntry = {
  readonly id: PartnerEntryId;
  readonly partnerId: OrganisationId;
  readonly clearsWith: OrganisationId;
  readonly reference: Reference;
  readonly currency: Currency;
  readonly amountMinor: number;
  readonly counterKind: 'partner_cost' | 'income' | 'cod_payable';
};

export type Payout = {
  readonly id: PayoutId;
  readonly partnerId: OrganisationId;
  readonly clearsWith: OrganisationId;
  readonly reference: Reference;
  readonly currency: Currency;
  readonly amountMinor: number;
  readonly state: 'instructed' | 'paid';
  readonly bankReference: string | undefined;
  readonly valueDate: string | undefined;
  readonly instructedAt: Instant;
  readonly paidAt: Instant | undefined;
};

const ENTRY = [
  ['organisation_id', 'text', (entry: PartnerEntry) => entry.partnerId],
  ['entry_id', 'text', (entry: PartnerEntry) => entry.id],
  ['clears_with', 'text', (entry: PartnerEntry) => entry.clearsWith],
  ['reference_kind', 'text', (entry: PartnerEntry) => entry.reference.kind],
  ['reference_id', 'text', (entry: PartnerEntry) => entry.reference.id],
  ['currency', 'text', (entry: PartnerEntry) => entry.currency],
  ['amount_minor', 'bigint', (entry: PartnerEntry) => entry.amountMinor],
  ['counter_kind', 'text', (entry: PartnerEntry) => entry.counterKind],
] as const;

/** Inserts those that are not there yet; answers the ids that are new. */
export async function insertPartnerEntries(
  db: Queryable,
  entries: readonly PartnerEntry[],
  now: Instant,
): Promise<ReadonlySet<string>> {
  const rows = await db.rows<{ entry_id: string }>(sql`
    insert into ledger.partner_entry (organisation_id, entry_id, clears_with, reference_kind, reference_id, currency,
      amount_minor, counter_kind, recorded_at)
    select e.*, ${now}::timestamptz from ${unnestRows('e', entries, ENTRY)}
    on conflict (organisation_id, entry_id) do nothing returning entry_id`);
  return new Set(rows.map((row) => row.entry_id));
}

type PayoutRow = {
  organisation_id: OrganisationId;
  payout_id: PayoutId;
  clears_with: OrganisationId;
  reference_kind: string;
  reference_id: string;
  currency: Currency;
  amount_minor: number;
  state: Payout['state'];
  bank_reference: string | null;
  value_date: string | null;
  instructed_at: Instant;
  paid_at: Instant | null;
};

const COLUMNS = sql`organisation_id, payout_id, clears_with, reference_kind, reference_id, currency, amount_minor, state,
  bank_reference, value_date, instructed_at, paid_at`;

function payoutOf(row: PayoutRow): Payout {
  return {
    id: row.payout_id,
    partnerId: row.organisation_id,
    clearsWith: row.clears_with,
    reference: { kind: row.reference_kind, id: row.reference_id },
    currency: row.currency,
    amountMinor: row.amount_minor,
    state: row.state,
    bankReference: row.bank_reference ?? undefined,
    valueDate: row.value_date ?? undefined,
    instructedAt: row.instructed_at,
    paidAt: row.paid_at ?? undefined,
  };
}

/** False when it is there already. */
export async function insertPayout(db: Queryable, payout: Payout): Promise<boolean> {
  const inserted = await db.run(sql`
    insert into ledger.payout (${COLUMNS})
    values (${payout.partnerId}, ${payout.id}, ${payout.clearsWith}, ${payout.reference.kind}, ${payout.reference.id},
      ${payout.currency}, ${payout.amountMinor}, ${payout.state}, ${payout.bankReference}, ${payout.valueDate},
      ${payout.instructedAt}, ${payout.paidAt})
    on conflict (organisation_id, payout_id) do nothing`);
  return inserted === 1;
}

/** Locked until the transaction ends. */
export async function lockPayout(
  db: Queryable,
  partnerId: string,
  payoutId: string,
): Promise<Payout | undefined> {
  const row = await db.maybeRow<PayoutRow>(sql`
    select ${COLUMNS} from ledger.payout where organisation_id = ${partnerId} and payout_id = ${payoutId} for update`);
  return row === undefined ? undefined : payoutOf(row);
}

export async function isPayoutReferenceUsed(
  db: Queryable,
  partnerId: string,
  bankReference: string,
): Promise<boolean> {
  const row = await db.maybeRow(sql`
    select 1 as used from ledger.payout where organisation_id = ${partnerId} and bank_reference = ${bankReference}`);
  return row !== undefined;
}

export async function savePaid(db: Queryable, payout: Payout): Promise<void> {
  await db.run(sql`
    update ledger.payout set state = 'paid', bank_reference = ${payout.bankReference}, value_date = ${payout.valueDate},
      paid_at = ${payout.paidAt}
    where organisation_id = ${payout.partnerId} and payout_id = ${payout.id}`);
}
