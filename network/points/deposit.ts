import type { Queryable } from '../../platform/db/index.ts';
import type { Work } from '../../platform/world/index.ts';
import { accepted, type Money, type Outcome, refused } from '../kernel/index.ts';
import { type Deduction, returnDeposits, takeDeposit } from '../ledger/index.ts';
import { paidFor, referenceOf } from './deposit-terms.ts';
import { releaseWaiting } from './handle.ts';
import { findContract, hasOpenPoints, type PointContract } from './partner-store.ts';

export type ContractView = PointContract & { readonly depositPaid?: Money | undefined };

/** A contract with what stands of its deposit; undefined when the network has none. */
export async function contractView(
  db: Queryable,
  of: string | PointContract,
): Promise<ContractView | undefined> {
  const contract = typeof of === 'string' ? await findContract(db, of) : of;
  if (contract === undefined) return undefined;
  return { ...contract, depositPaid: await paidFor(db, contract) };
}

/** Takes what is missing of the deposit from the network's wallet; outlets that waited for it go on. */
export async function payDeposit(
  work: Work,
  byCaller: string,
  organisationId: PointContract['organisationId'],
): Promise<Outcome<ContractView>> {
  const contract = await findContract(work.db, organisationId, 'lock');
  const deposit = contract?.deposit;
  if (contract === undefined || deposit === undefined) return refused('point_deposit_not_due', '');
  const paid = await paidFor(work.db, contract);
  const amountMinor = deposit.amountMinor - (paid?.amountMinor ?? 0);
  if (amountMinor <= 0) return refused('point_deposit_not_due', 'It is there already.');
  const amount = { amountMinor, currency: deposit.currency };
  const taken = await takeDeposit(work, { organisationId, amount, reference: referenceOf(organisationId) });
  if (!taken.ok) return taken;
  await releaseWaiting(work, byCaller, organisationId);
  return accepted({ ...contract, depositPaid: deposit });
}

/** Gives the deposit back once every outlet of the network has left. */
export async function returnDeposit(
  work: Work,
  organisationId: PointContract['organisationId'],
  deductions: readonly Deduction[],
): Promise<Outcome<readonly Money[]>> {
  await findContract(work.db, organisationId, 'lock');
  if (await hasOpenPoints(work.db, organisationId)) return refused('point_network_still_open', '');
  return returnDeposits(work, { organisationId, reference: referenceOf(organisationId), deductions });
}
