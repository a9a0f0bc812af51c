import type { Statement, StatementLine } from './model.ts';

export function presentStatement(one: Statement) {
  const { currency, openingMinor, collectedMinor, feesMinor, closingMinor, payoutMinor, ...open } = one;
  const of = (amountMinor: number) => ({ amountMinor, currency });
  return {
    ...open,
    opening: of(openingMinor),
    collected: of(collectedMinor),
    fees: of(feesMinor),
    closing: of(closingMinor),
    payout: of(payoutMinor),
  };
}

export function presentLine({ amountMinor, feeMinor, currency, ...open }: StatementLine) {
  return { ...open, amount: { amountMinor, currency }, fee: { amountMinor: feeMinor, currency } };
}
