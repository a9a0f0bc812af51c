import type { Queryable } from '../../platform/db/index.ts';
import type { Money } from '../kernel/index.ts';
import { depositedFor } from '../ledger/index.ts';
import type { PointContract } from './partner-store.ts';

/** What a network's deposit is kept for. */
export const referenceOf = (organisationId: string) => ({ kind: 'point_contract', id: organisationId });

/** What stands of the deposit of a contract; undefined when it asks for none. */
export async function paidFor(
  db: Queryable,
  { organisationId, deposit }: PointContract,
): Promise<Money | undefined> {
  if (deposit === undefined) return undefined;
  const { currency } = deposit;
  return {
    amountMinor: await depositedFor(db, organisationId, referenceOf(organisationId), currency),
    currency,
  };
}

/** Whether the deposit that a contract asks for is there. */
export async function isDepositThere(db: Queryable, contract: PointContract): Promise<boolean> {
  const paid = await paidFor(db, contract);
  return paid === undefined || paid.amountMinor >= (contract.deposit?.amountMinor ?? 0);
}
