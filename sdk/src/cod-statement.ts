import type { components } from './openapi.gen.ts';
import type { StatementFinding } from './point-statement.ts';

type Schemas = components['schemas'];
export type CodStatement = Schemas['CodStatement'];
export type CodStatementLine = Schemas['CodStatementLine'];

/** A week of goods that counters were paid for, with all that it can be worked out from. */
export type CodStatementBundle = {
  readonly statement: CodStatement;
  readonly lines: readonly CodStatementLine[];
  readonly rules: Schemas['CodStatementRules']['data'];
};

/**
 * Works a statement of goods out again from its lines and the published rules, by the words of
 * network/remittances/README.md and nothing of the server. Empty when all of it adds up.
 */
export function verifyCodStatement({ statement, lines, rules }: CodStatementBundle): StatementFinding[] {
  const documents = new Map(rules.map(({ version_id, document }) => [version_id, document]));
  const standing = new Set<string>();
  const found: StatementFinding[] = [];
  const compare = (
    line: string | undefined,
    about: string,
    expected: string | number,
    is: string | number,
  ) => {
    if (expected !== is) found.push({ line, about, expected, found: is });
  };
  for (const line of lines) {
    const { id, amount, fee, kind } = line;
    compare(id, 'currency', statement.closing.currency, amount.currency);
    const document = documents.get(line.rules_version_id);
    if (document === undefined) compare(id, 'rules', 'the version it names', line.rules_version_id);
    else compare(id, 'fee', feeFor(document.fees[amount.currency], amount.amount_minor), fee.amount_minor);
    compare(id, 'sign', kind === 'collected' ? 1 : -1, Math.sign(amount.amount_minor));
    // A parcel is paid for once, until that is undone.
    const isThere = standing.has(line.shelf_parcel_id);
    if (kind === 'collected' && isThere) compare(id, 'parcel', 'paid for once', line.shelf_parcel_id);
    if (kind === 'collected') standing.add(line.shelf_parcel_id);
    else standing.delete(line.shelf_parcel_id);
  }
  const sum = (of: (line: CodStatementLine) => number) => lines.reduce((total, line) => total + of(line), 0);
  const opening = statement.opening.amount_minor;
  const collected = sum(({ amount }) => amount.amount_minor);
  const fees = sum(({ fee }) => fee.amount_minor);
  const closing = opening + collected - fees;
  compare(undefined, 'lines', lines.length, statement.lines);
  compare(undefined, 'collected', collected, statement.collected.amount_minor);
  compare(undefined, 'fees', fees, statement.fees.amount_minor);
  compare(undefined, 'closing', closing, statement.closing.amount_minor);
  compare(undefined, 'payout', Math.max(closing, 0), statement.payout.amount_minor);
  return found;
}

type Fee = { readonly share_basis_points: number; readonly minimum_minor?: number };

/** A share of the amount, half away from zero; at least the minimum, at most all; below 0 where the money went back. */
function feeFor(fee: Fee | undefined, amountMinor: number): number {
  if (fee === undefined) return 0;
  const whole = Math.abs(amountMinor);
  const share = Number((BigInt(whole) * BigInt(fee.share_basis_points) * 2n + 10_000n) / 20_000n);
  const due = Math.min(whole, Math.max(share, fee.minimum_minor ?? 0));
  return amountMinor < 0 ? 0 - due : due;
}
