/** Minor units of one line of a price, by who pays them. */
export type Split = { readonly programme: number; readonly merchant: number };

/**
 * What a programme pays of each line of a price, in minor units: its part is a sum of the whole, so each line bears its
 * share of it. Rounded so that the parts add up to what the programme pays (largest remainder); a credit line among the
 * charges (less than 0) takes its share with its sign.
 */
export function splitCharges(amounts: readonly number[], programmePays: number): readonly Split[] {
  const total = amounts.reduce((sum, amount) => sum + amount, 0);
  if (total === 0) return amounts.map((amount) => ({ programme: 0, merchant: amount }));
  const exact = amounts.map((amount) => (amount * programmePays) / total);
  const parts = exact.map(Math.floor);
  const missing = programmePays - parts.reduce((sum, part) => sum + part, 0);
  const byRemainder = exact
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .sort((one, other) => other.remainder - one.remainder || one.index - other.index);
  const raised = new Set(byRemainder.slice(0, missing).map(({ index }) => index));
  return amounts.map((amount, index) => {
    const programme = (parts[index] ?? 0) + (raised.has(index) ? 1 : 0);
    return { programme, merchant: amount - programme };
  });
}
