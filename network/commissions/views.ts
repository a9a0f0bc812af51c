import type { Queryable } from '../../platform/db/index.ts';
import type { Vault } from '../vault/index.ts';
import type { Deduction, Line, Statement } from './model.ts';

export function presentStatement(one: Statement) {
  const { currency, openingMinor, earnedMinor, owedMinor, closingMinor, payoutMinor, ...open } = one;
  const of = (amountMinor: number) => ({ amountMinor, currency });
  return {
    ...open,
    opening: of(openingMinor),
    earned: of(earnedMinor),
    owed: of(owedMinor),
    closing: of(closingMinor),
    payout: of(payoutMinor),
  };
}

export function presentLine(line: Line) {
  const { amountMinor, outletMinor, currency, ...open } = line;
  return {
    ...open,
    amount: { amountMinor, currency },
    outletAmount: { amountMinor: outletMinor, currency },
  };
}

/** In a list: without what people said. */
export function presentSummary(one: Deduction) {
  const { currency, amountMinor } = one;
  const recoveredMinor = one.state === 'overturned' ? amountMinor : 0;
  return {
    ...one,
    amount: { amountMinor, currency },
    recovered: { amountMinor: recoveredMinor, currency },
  };
}

export async function presentDeduction(db: Queryable, vault: Vault, one: Deduction) {
  const read = async (part: string, sealed: Uint8Array | undefined) => {
    if (sealed === undefined) return undefined;
    const { organisationId, id } = one;
    return new TextDecoder().decode(
      await vault.openBlob(db, { organisationId, name: `${id} ${part}`, sealed }),
    );
  };
  return {
    ...presentSummary(one),
    evidence: await read('evidence', one.sealedEvidence),
    appeal: await read('appeal', one.sealedAppeal),
    decision: await read('decision', one.sealedDecision),
  };
}
