import type { Work } from '../../platform/world/index.ts';
import { accepted, type Money, type Outcome, refused } from '../kernel/index.ts';
import { distanceBetween } from '../places/index.ts';
import { subjectOf } from './announce.ts';
import type { ReturnErrorCode } from './errors.ts';
import { InsuranceAccepted, InsurancePaid, InsuranceReported } from './events.ts';
import { tellAll } from './handle.ts';
import {
  advanceClaim,
  type CoverBand,
  findInsurance,
  type InsuranceClaim,
  insertClaim,
} from './insurance-store.ts';
import type { ReturnCase } from './model.ts';
import { lockReturn, saveReturn } from './store.ts';

/** What the insurance pays of a freight over a distance: up to the band's amount. Unknown distances are the nearest band's. */
export function coveredOf(bands: readonly CoverBand[], freight: Money, meters: number | undefined): Money {
  const sorted = [...bands].sort((a, b) => a.upToMeters - b.upToMeters);
  const band =
    meters === undefined ? sorted[0] : (sorted.find((one) => meters <= one.upToMeters) ?? sorted.at(-1));
  const limit = band === undefined || band.amount.currency !== freight.currency ? 0 : band.amount.amountMinor;
  return { amountMinor: Math.min(limit, freight.amountMinor), currency: freight.currency };
}

/**
 * The way back of an insured order was taken in with a number: the freight is claimed, once. What lies above the cover
 * stays with the seller. In the scope of the owner, on a case that the caller saves.
 */
export async function reportFreight(work: Work, one: ReturnCase): Promise<ReturnCase> {
  if (one.freightPayer !== 'insurer' || one.intake === undefined) return one;
  const insurance = await findInsurance(work.db, one.organisationId, one.orderId);
  if (insurance === undefined) return one;
  const { freight } = one.intake;
  const distance = one.returnTo === undefined ? undefined : distanceBetween(one.place, one.returnTo);
  const amount = coveredOf(insurance.bands, freight, distance?.distanceMeters);
  const claim: InsuranceClaim = {
    ...{ id: work.newId('rcl'), insuranceId: insurance.id, returnId: one.id },
    ...{ organisationId: one.organisationId, amount, state: 'reported', reportedAt: work.now },
  };
  if (!(await insertClaim(work.db, claim))) return one;
  const uncovered = { amountMinor: freight.amountMinor - amount.amountMinor, currency: freight.currency };
  const payload = { ...claimed(one, claim), insurer: insurance.insurer, uncovered };
  return tellAll(work, one, [{ event: InsuranceReported, payload }]);
}

/** The insurer's word, first that he pays and then that he has paid. */
export async function answerClaim(
  work: Work,
  ref: { readonly organisationId: string; readonly id: string },
  to: 'accepted' | 'paid',
): Promise<Outcome<ReturnCase, ReturnErrorCode | 'not_found'>> {
  const one = await lockReturn(work.db, ref.organisationId, ref.id);
  if (one === undefined) return refused('not_found', '');
  const claim = await advanceClaim(work.db, ref.organisationId, ref.id, to);
  if (claim === undefined) return refused('return_claim_conflict', '');
  const event = to === 'accepted' ? InsuranceAccepted : InsurancePaid;
  const told = tellAll(work, one, [{ event, payload: claimed(one, claim) }]);
  await saveReturn(work.db, told);
  return accepted(told);
}

/** Who took the freight on himself is paid: the network of the point, else the merchant. */
function claimed(one: ReturnCase, claim: InsuranceClaim) {
  const payTo = one.intake?.byOrganisationId ?? one.organisationId;
  return { ...subjectOf(one), claimId: claim.id, insuranceId: claim.insuranceId, claim: claim.amount, payTo };
}
