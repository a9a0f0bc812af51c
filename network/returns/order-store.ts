import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Id, Instant, Money, OrganisationId } from '../kernel/index.ts';
import type { OrderId } from '../orders/index.ts';
import type { Refund, RefundBasis, ReturnId, ReturnSettings } from './model.ts';

/** Lets lines of an order be spoken for, as they were sold, and what was paid. Harmless when they are there. */
export async function openOrder(
  db: Queryable,
  organisationId: string,
  orderId: string,
  quantities: readonly number[],
  paid: Money,
): Promise<void> {
  await db.run(sql`
    insert into returns.order_line (organisation_id, order_id, line, quantity, claimed)
    select ${organisationId}, ${orderId}, ordinality::integer, quantity, 0
    from unnest(${[...quantities]}::integer[]) with ordinality as l(quantity, ordinality)
    on conflict do nothing`);
  await db.run(sql`
    insert into returns.order_money (organisation_id, order_id, currency, paid_minor, refunded_minor)
    values (${organisationId}, ${orderId}, ${paid.currency}, ${paid.amountMinor}, 0) on conflict do nothing`);
}

/** Takes pieces of a line. Answers how many were spoken for before; undefined: not so many are left. */
export async function claimPieces(
  db: Queryable,
  organisationId: string,
  orderId: string,
  line: number,
  quantity: number,
): Promise<number | undefined> {
  const row = await db.maybeRow<{ before: number }>(sql`
    update returns.order_line set claimed = claimed + ${quantity}
    where organisation_id = ${organisationId} and order_id = ${orderId} and line = ${line} and claimed + ${quantity} <= quantity
    returning claimed - ${quantity} as before`);
  return row?.before;
}

/** Pieces of a case that ended without them coming back may be asked for again. */
export async function freePieces(
  db: Queryable,
  organisationId: string,
  orderId: string,
  items: readonly { readonly line: number; readonly quantity: number }[],
): Promise<void> {
  await db.run(sql`
    update returns.order_line l set claimed = claimed - i.quantity
    from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as i(line integer, quantity integer)
    where l.organisation_id = ${organisationId} and l.order_id = ${orderId} and l.line = i.line`);
}

/** Pieces of each line that are spoken for, by line. */
export async function listClaimed(
  db: Queryable,
  organisationId: string,
  orderId: string,
): Promise<Map<number, number>> {
  const rows = await db.rows<{ line: number; claimed: number }>(sql`
    select line, claimed from returns.order_line where organisation_id = ${organisationId} and order_id = ${orderId}`);
  return new Map(rows.map(({ line, claimed }) => [line, claimed]));
}

/**
 * Writes that a case's money goes back, at most what is left of what was paid. Answers the refund; undefined when the
 * case has one already: it is instructed once, whoever asks again.
 */
export async function insertRefund(
  db: Queryable,
  organisationId: OrganisationId,
  refund: Omit<Refund, 'amount'> & { readonly wanted: Money },
): Promise<Refund | undefined> {
  const { id, returnId, orderId, wanted, basis, instructedAt } = refund;
  const money = await db.row<{ left: number }>(sql`
    select paid_minor - refunded_minor as left from returns.order_money
    where organisation_id = ${organisationId} and order_id = ${orderId} for update`);
  const amountMinor = Math.min(wanted.amountMinor, money.left);
  const written = await db.run(sql`
    insert into returns.refund (organisation_id, refund_id, return_id, order_id, amount_minor, currency, basis, instructed_at)
    values (${organisationId}, ${id}, ${returnId}, ${orderId}, ${amountMinor}, ${wanted.currency}, ${basis}, ${instructedAt})
    on conflict (organisation_id, return_id) do nothing`);
  if (written === 0) return undefined;
  await db.run(sql`
    update returns.order_money set refunded_minor = refunded_minor + ${amountMinor}
    where organisation_id = ${organisationId} and order_id = ${orderId}`);
  return { id, returnId, orderId, basis, instructedAt, amount: { amountMinor, currency: wanted.currency } };
}

export async function findRefund(db: Queryable, returnId: string): Promise<Refund | undefined> {
  const row = await db.maybeRow<{
    refund_id: Id<'rfd'>;
    return_id: ReturnId;
    order_id: OrderId;
    amount_minor: number;
    currency: Money['currency'];
    basis: RefundBasis;
    instructed_at: Instant;
  }>(sql`
    select refund_id, return_id, order_id, amount_minor, currency, basis, instructed_at from returns.refund
    where return_id = ${returnId}`);
  return row === undefined
    ? undefined
    : {
        id: row.refund_id,
        returnId: row.return_id,
        orderId: row.order_id,
        amount: { amountMinor: row.amount_minor, currency: row.currency },
        basis: row.basis,
        instructedAt: row.instructed_at,
      };
}

export async function saveSettings(db: Queryable, settings: ReturnSettings): Promise<void> {
  await db.run(sql`
    insert into returns.settings (organisation_id, window_days, auto_agree_up_to, excluded_goods_classes, restocking_percent,
      free_returns, carrier_code, return_to_ref, return_to, sealed_address, changed_at)
    values (${settings.organisationId}, ${settings.windowDays}, ${settings.autoAgreeUpTo ?? null}::jsonb,
      ${[...settings.excludedGoodsClasses]}, ${settings.restockingPercent}, ${settings.freeReturns}, ${settings.carrierCode},
      ${settings.returnToRef}, ${settings.returnTo ?? null}::jsonb, ${settings.sealedAddress ?? null}, ${settings.changedAt})
    on conflict (organisation_id) do update set window_days = excluded.window_days, auto_agree_up_to = excluded.auto_agree_up_to,
      excluded_goods_classes = excluded.excluded_goods_classes, restocking_percent = excluded.restocking_percent,
      free_returns = excluded.free_returns, carrier_code = excluded.carrier_code, return_to_ref = excluded.return_to_ref,
      return_to = excluded.return_to, sealed_address = excluded.sealed_address, changed_at = excluded.changed_at`);
}

export async function findSettings(
  db: Queryable,
  organisationId: OrganisationId,
): Promise<ReturnSettings | undefined> {
  const row = await db.maybeRow<{
    window_days: number | null;
    auto_agree_up_to: Money | null;
    excluded_goods_classes: string[];
    restocking_percent: number;
    free_returns: boolean;
    carrier_code: string | null;
    return_to_ref: NonNullable<ReturnSettings['returnToRef']> | null;
    return_to: NonNullable<ReturnSettings['returnTo']> | null;
    sealed_address: Uint8Array | null;
    changed_at: Instant;
  }>(sql`
    select window_days, auto_agree_up_to, excluded_goods_classes, restocking_percent, free_returns, carrier_code, return_to_ref,
      return_to, sealed_address, changed_at from returns.settings where organisation_id = ${organisationId}`);
  return row === undefined
    ? undefined
    : {
        organisationId,
        windowDays: row.window_days ?? undefined,
        autoAgreeUpTo: row.auto_agree_up_to ?? undefined,
        excludedGoodsClasses: row.excluded_goods_classes,
        restockingPercent: row.restocking_percent,
        freeReturns: row.free_returns,
        carrierCode: row.carrier_code ?? undefined,
        returnToRef: row.return_to_ref ?? undefined,
        returnTo: row.return_to ?? undefined,
        sealedAddress: row.sealed_address ?? undefined,
        changedAt: row.changed_at,
      };
}
