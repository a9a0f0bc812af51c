import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Currency, Instant, OrganisationId } from '../kernel/index.ts';
import type { HoldSet, HoldSetId, HoldState, Payer, WalletId } from './model.ts';

export type HoldPart = {
  readonly organisationId: OrganisationId;
  readonly holdId: string;
  readonly amountMinor: number;
};

/**
 * Places a hold set in one statement: the set (once per id), the conditional update that is the floor, the holds.
 * `isNew` false: the set was there and nothing happened. `moved`: how many payers' funds were held; a payer without
 * the funds, or in arrears, moves nothing.
 */
export async function insertHoldSet(
  db: Queryable,
  set: HoldSet,
  parts: readonly HoldPart[],
  now: Instant,
): Promise<{ isNew: boolean; moved: number }> {
  const payers = parts.map((part) => ({
    organisation_id: part.organisationId,
    hold_id: part.holdId,
    amount_minor: part.amountMinor,
  }));
  const row = await db.row<{ fresh: number; moved: number }>(sql`
    with payer as (select * from jsonb_to_recordset(${JSON.stringify(payers)}::jsonb) as p(organisation_id text, hold_id text, amount_minor bigint)),
    fresh as (
      insert into ledger.hold_set (organisation_id, hold_set_id, reference_kind, reference_id, currency, amount_minor, payers, state, placed_at, expires_at)
      values (${set.organisationId}, ${set.id}, ${set.reference.kind}, ${set.reference.id}, ${set.amount.currency},
        ${set.amount.amountMinor}, ${JSON.stringify(set.payers)}::jsonb, 'held', ${now}, ${set.expiresAt})
      on conflict (organisation_id, hold_set_id) do nothing returning hold_set_id),
    moved as (
      update ledger.wallet w set held_minor = w.held_minor + p.amount_minor, version = w.version + 1
      from payer p, fresh
      where w.organisation_id = p.organisation_id and w.currency = ${set.amount.currency}
        and w.balance_minor - w.held_minor + w.credit_limit_minor >= p.amount_minor and w.arrears_since is null
        and not exists (select from ledger.wallet a where a.organisation_id = p.organisation_id and a.arrears_since is not null)
      returning w.organisation_id, w.wallet_id, p.hold_id, p.amount_minor),
    held as (
      insert into ledger.hold (organisation_id, hold_id, set_organisation_id, hold_set_id, wallet_id, amount_minor, state)
      select organisation_id, hold_id, ${set.organisationId}, ${set.id}, wallet_id, amount_minor, 'held' from moved)
    select (select count(*) from fresh) as fresh, (select count(*) from moved) as moved`);
  return { isNew: row.fresh === 1, moved: row.moved };
}

/** Takes back a set that held nothing, so that a refused command leaves no trace even when its caller goes on. */
export async function deleteEmptyHoldSet(db: Queryable, set: HoldSet): Promise<void> {
  await db.run(
    sql`delete from ledger.hold_set where organisation_id = ${set.organisationId} and hold_set_id = ${set.id}`,
  );
}

type HoldSetRow = {
  organisation_id: OrganisationId;
  hold_set_id: HoldSetId;
  reference_kind: string;
  reference_id: string;
  currency: Currency;
  amount_minor: number;
  payers: Payer[];
  state: HoldState;
  version: number;
  expires_at: Instant;
};

function holdSetOf(row: HoldSetRow): HoldSet {
  return {
    id: row.hold_set_id,
    organisationId: row.organisation_id,
    reference: { kind: row.reference_kind, id: row.reference_id },
    amount: { amountMinor: row.amount_minor, currency: row.currency },
    payers: row.payers,
    state: row.state,
    version: row.version,
    expiresAt: row.expires_at,
  };
}

export async function findHoldSet(
  db: Queryable,
  organisationId: string,
  id: string,
): Promise<HoldSet | undefined> {
  const row = await db.maybeRow<HoldSetRow>(sql`
    select organisation_id, hold_set_id, reference_kind, reference_id, currency, amount_minor, payers, state, version, expires_at
    from ledger.hold_set where organisation_id = ${organisationId} and hold_set_id = ${id}`);
  return row === undefined ? undefined : holdSetOf(row);
}

/** Locks a set: posting, voiding and expiry of one set come one after another. */
export async function lockHoldSet(
  db: Queryable,
  organisationId: string,
  id: string,
): Promise<HoldSet | undefined> {
  const row = await db.maybeRow<HoldSetRow>(sql`
    select organisation_id, hold_set_id, reference_kind, reference_id, currency, amount_minor, payers, state, version, expires_at
    from ledger.hold_set where organisation_id = ${organisationId} and hold_set_id = ${id} for update`);
  return row === undefined ? undefined : holdSetOf(row);
}

/** Closes a set and its holds; answers what each wallet had held. `holdIds` are derived, so no other book is searched. */
export async function closeHoldSet(
  db: Queryable,
  set: HoldSet,
  state: HoldState,
  parts: readonly { organisationId: string; holdId: string }[],
  now: Instant,
): Promise<Map<OrganisationId, { walletId: WalletId; amountMinor: number }>> {
  const rows = await db.rows<{ organisation_id: OrganisationId; wallet_id: WalletId; amount_minor: number }>(
    sql`
    with closed as (
      update ledger.hold_set set state = ${state}, version = version + 1, closed_at = ${now}
      where organisation_id = ${set.organisationId} and hold_set_id = ${set.id} and state = 'held')
    update ledger.hold h set state = ${state}
    from unnest(${parts.map((part) => part.organisationId)}::text[], ${parts.map((part) => part.holdId)}::text[]) as p(organisation_id, hold_id)
    where h.organisation_id = p.organisation_id and h.hold_id = p.hold_id and h.state = 'held'
    returning h.organisation_id, h.wallet_id, h.amount_minor`,
  );
  return new Map(
    rows.map((row) => [row.organisation_id, { walletId: row.wallet_id, amountMinor: row.amount_minor }]),
  );
}
