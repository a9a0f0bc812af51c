import { accepted, type Money, type Outcome, refused, splitMoney } from '../kernel/index.ts';
import type { ChargeLine as LedgerLine } from '../ledger/index.ts';
import {
  type ChargeLine,
  type CompiledLine,
  DEFAULT_REWEIGH,
  explainReason,
  type GoodsClass,
  judgeReweigh,
  priceParcels,
  whyNot,
} from '../lines/index.ts';
import { asLedgerLine } from '../shipments/index.ts';
import type { MailingErrorCode } from './errors.ts';
import type { FreightLine, Mailing, Measures } from './model.ts';
import type { MailingPolicy } from './rulebook.ts';

/** What a counter found out about the parcel itself. */
export type Found = { readonly goodsClass: GoodsClass; readonly measured: Measures };
export type Priced = { readonly charges: readonly ChargeLine[]; readonly total: Money };
type Bought = Pick<Mailing, 'from' | 'to' | 'goods' | 'declared' | 'quoted'>;

/**
 * What the parcel costs as it is, by the line as it was chosen. A difference inside the tolerance keeps the weight that
 * was stated; a parcel that the line does not take is refused with all reasons.
 */
export function priceFound(
  line: CompiledLine,
  mailing: Bought,
  found: Found,
  tolerance: MailingPolicy['tolerance'],
): Outcome<Priced, MailingErrorCode> {
  const { from: origin, to: destination, goods, declared, quoted } = mailing;
  const { quotedAt: at } = quoted;
  const { weightGrams, size = declared.size } = found.measured;
  const goodsClasses = [found.goodsClass];
  const asIs = { weightGrams, dimensions: size, goodsClasses };
  const reasons = whyNot(
    line,
    { at, origin, destination, parcels: [asIs], declaredValue: goods.value },
    true,
  );
  if (reasons.length > 0) return refused('mailing_line_unfit', reasons.map(explainReason).join(' '));
  const { billGrams } = judgeReweigh(declared.weightGrams, weightGrams, at, {
    ...DEFAULT_REWEIGH,
    toleranceGrams: tolerance.grams,
    toleranceBp: tolerance.basisPoints,
  });
  const context = { origin, destination, insuredAmount: quoted.insuredAmount };
  const priced = priceParcels(line, 'selling', [{ ...asIs, weightGrams: billGrams }], context, at);
  if (!priced.ok) return refused('mailing_line_unfit', priced.rejection.detail);
  return accepted({ charges: priced.value.charges, total: priced.value.total });
}

export type Settlement = {
  readonly total: Money;
  /** Charged to the wallet that was held. */
  readonly fromWallet: Money;
  /** Taken by the counter, for the operator. */
  readonly collected: Money;
};

/**
 * Who pays what of a total: the wallet up to the ceiling, the sender the rest. Above the ceiling nothing is charged
 * without the sender's word: he agreed to exactly this total.
 */
export function settle(
  { ceiling, payment }: Pick<Mailing, 'ceiling' | 'payment'>,
  total: Money,
  agreed: Money | undefined,
): Outcome<Settlement, MailingErrorCode> {
  const isAgreed = agreed?.amountMinor === total.amountMinor && agreed.currency === total.currency;
  if (total.amountMinor > ceiling.amountMinor && !isAgreed)
    return refused('mailing_consent_needed', `It is ${told(total)}; ${told(ceiling)} was agreed to.`);
  const walletMinor = payment === 'wallet' ? Math.min(total.amountMinor, ceiling.amountMinor) : 0;
  const of = (amountMinor: number): Money => ({ amountMinor, currency: total.currency });
  return accepted({ total, fromWallet: of(walletMinor), collected: of(total.amountMinor - walletMinor) });
}

export function told({ amountMinor, currency }: Money): string {
  return `${amountMinor} ${currency} (minor units)`;
}

/** The lines of a price as far as a wallet pays them: each by the same share, and their sum exactly that part. */
export function walletLines(charges: readonly ChargeLine[], part: Money): readonly LedgerLine[] {
  const parts = splitMoney(
    part,
    charges.map(({ amount }) => amount.amountMinor),
  );
  return charges.map((line, index) =>
    asLedgerLine({ ...line, amount: parts[index] ?? { ...part, amountMinor: 0 } }),
  );
}

export function shownLines(charges: readonly ChargeLine[]): readonly FreightLine[] {
  return charges.map(({ type, label, amount }) => ({ type, label, amount }));
}
