import { addDays, type Instant } from '../kernel/index.ts';

/**
 * How far a measured weight may differ from the declared one. Source: domain reference 2.5, our default. Both are the
 * grams of a scale: what the size adds, pricing works out from the measured size, whatever the tolerance kept.
 */
export type ReweighPolicy = {
  /** The larger of the two is tolerated: what was declared is billed. */
  readonly toleranceGrams: number;
  readonly toleranceBp: number;
  /** Above this difference a discrepancy is opened that the payer may dispute. */
  readonly disputeAboveBp: number;
  readonly disputeDays: number;
};

export const DEFAULT_REWEIGH: ReweighPolicy = {
  toleranceGrams: 10,
  toleranceBp: 300,
  disputeAboveBp: 2000,
  disputeDays: 7,
};

export type ReweighEvidence = 'scale_reading' | 'dimensioner_reading' | 'photo_on_scale' | 'photo_with_ruler';

/** `billGrams` is what pricing goes by now; `evidence` what the warehouse must keep for the bill to stand. */
export type ReweighVerdict =
  | {
      readonly verdict: 'keep_declared';
      readonly billGrams: number;
      readonly evidence: readonly ReweighEvidence[];
    }
  | {
      readonly verdict: 'bill_measured';
      readonly billGrams: number;
      readonly notify: true;
      readonly evidence: readonly ReweighEvidence[];
    }
  | {
      readonly verdict: 'discrepancy';
      readonly billGrams: number;
      readonly notify: true;
      readonly disputableUntil: Instant;
      readonly evidence: readonly ReweighEvidence[];
    };

/**
 * Compares grams declared and measured at `measuredAt`. Heavier and lighter alike: a parcel that was
 * declared too heavy is billed the less that it is. Tolerance is a share of the declared weight; its bounds belong
 * to the milder verdict. Throws RangeError unless both weights are positive integers.
 */
export function judgeReweigh(
  declaredGrams: number,
  measuredGrams: number,
  measuredAt: Instant,
  policy: ReweighPolicy = DEFAULT_REWEIGH,
): ReweighVerdict {
  for (const grams of [declaredGrams, measuredGrams]) {
    if (!Number.isSafeInteger(grams) || grams < 1)
      throw new RangeError('a weight is a positive integer of grams');
  }
  const difference = Math.abs(measuredGrams - declaredGrams);
  const differenceBp = difference * 10_000;
  if (difference <= policy.toleranceGrams || differenceBp <= declaredGrams * policy.toleranceBp) {
    return { verdict: 'keep_declared', billGrams: declaredGrams, evidence: ['scale_reading'] };
  }
  if (differenceBp <= declaredGrams * policy.disputeAboveBp) {
    return {
      verdict: 'bill_measured',
      billGrams: measuredGrams,
      notify: true,
      evidence: ['scale_reading', 'dimensioner_reading'],
    };
  }
  return {
    verdict: 'discrepancy',
    billGrams: measuredGrams,
    notify: true,
    disputableUntil: addDays(measuredAt, policy.disputeDays),
    evidence: ['scale_reading', 'dimensioner_reading', 'photo_on_scale', 'photo_with_ruler'],
  };
}
