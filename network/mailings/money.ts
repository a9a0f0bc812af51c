import type { Work } from '../../platform/world/index.ts';
import { accepted, addDays, type Outcome } from '../kernel/index.ts';
import {
  type ChargeId,
  type HoldSetId,
  placeHold,
  postHold,
  refundCharge,
  voidHold,
} from '../ledger/index.ts';
import type { Mailing } from './model.ts';
import { type Priced, type Settlement, walletLines } from './price.policy.ts';

const referenceOf = ({ id }: Pick<Mailing, 'id'>) => ({ kind: 'mailing', id });

/** Holds what may be charged at most in the wallet of the organisation that orders, until some days after its time. */
export async function holdCeiling(
  work: Work,
  one: Pick<Mailing, 'id' | 'organisationId' | 'ceiling'>,
  role: 'merchant' | 'marketplace',
  dueAt: Mailing['placedAt'],
): Promise<Outcome<HoldSetId>> {
  const { organisationId, ceiling: amount } = one;
  const held = await placeHold(work, {
    organisationId,
    reference: referenceOf(one),
    payers: [{ organisationId, role, shareBasisPoints: 10_000 }],
    amount,
    expiresAt: addDays(dueAt, 3),
  });
  return held.ok ? accepted(held.value.id) : held;
}

/** Charges the measured parcel to what was held; what is not needed is released. Undefined: nothing was held. */
export async function chargeWallet(
  work: Work,
  one: Mailing,
  priced: Priced,
  settlement: Settlement,
): Promise<Outcome<ChargeId | undefined>> {
  const { holdSetId, organisationId } = one;
  if (holdSetId === undefined) return accepted(undefined);
  const charged = await postHold(work, {
    organisationId,
    holdSetId,
    charges: walletLines(priced.charges, settlement.fromWallet),
    evidence: `measured:${one.id}`,
  });
  return charged.ok ? accepted(charged.value.chargeId) : charged;
}

/** A mailing that ends without a journey costs nothing: what was held is released, what was charged is refunded. */
export async function closeMoney(work: Work, one: Mailing): Promise<void> {
  const { holdSetId, organisationId, intake } = one;
  if (holdSetId === undefined) return;
  const outcome =
    intake?.chargeId === undefined
      ? await voidHold(work, { organisationId, holdSetId })
      : await refundCharge(work, { organisationId, chargeId: intake.chargeId, reason: referenceOf(one) });
  // A hold that lapsed by its own clock is released already; a charge of nothing has nothing to give back.
  const isNothing =
    !outcome.ok && ['hold_not_open', 'refund_exceeds_charge'].includes(outcome.rejection.code);
  if (!outcome.ok && !isNothing)
    throw new Error(`the money of ${one.id} was not given back: ${outcome.rejection.code}`);
}
