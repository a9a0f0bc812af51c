import type { Truth, TruthClaim, TruthWeighing } from '../truth.ts';
import type { Readings } from './answers.ts';
import { type Difference, differ } from './verdict.ts';

/*
 * What scales say against a declaration, by the published rulebook (`weight_tolerance`): the goods of the order, or the
 * weight that was stated for the parcel, cannot be what was weighed.
 */

/** Less than two fifths and 200 g missing; three times as much and a kilogram beyond. */
const LIGHT = { percent: 40, grams: 200 } as const;
const HEAVY = { percent: 300, grams: 1_000 } as const;
/** Weighings of so long before the order are of an earlier life of the number. */
const EARLIER_LIFE_MS = 60 * 86_400_000;
/** No marketplace of the world takes their word. */
const UNRECOGNISED: ReadonlySet<string> = new Set(['4px', 'zto']);

/** The finding about the weight is there exactly where the scales give a reason. */
export function judgeWeights(truth: Truth, readings: Readings): Difference[] {
  const weighings = Map.groupBy(
    truth.weighings.filter(({ reporter }) => !UNRECOGNISED.has(reporter)),
    ({ number }) => number,
  );
  const claims = [...truth.claims.values()];
  const byNumber = Map.groupBy(claims, ({ number }) => number);
  return claims.flatMap((claim) => {
    const found = readings.verifications.get(claim.externalShipmentId);
    if (found === undefined) return [];
    const isShared = (byNumber.get(claim.number) ?? []).some(
      (one) => one !== claim && one.merchant === claim.merchant && one.buyer === claim.buyer,
    );
    const expected = speaksAgainst(claim, isShared, weighings.get(claim.number) ?? []);
    return differ(
      'weight_compared',
      `${claim.way} ${claim.key}`,
      expected ?? 'nothing',
      found.rules.includes('weight') ? (expected ?? 'a weight against it') : 'nothing',
    );
  });
}

function speaksAgainst(
  { orderGrams, statedGrams, isPart, orderedAt }: TruthClaim,
  isShared: boolean,
  weighings: readonly TruthWeighing[],
): string | undefined {
  const told = weighings
    .filter(({ occurredAt }) => occurredAt > orderedAt - EARLIER_LIFE_MS)
    .map(({ grams }) => grams);
  if (told.length === 0) return undefined;
  const [lightest, heaviest] = [Math.min(...told), Math.max(...told)];
  const isLight = (grams: number) => grams - heaviest > LIGHT.grams && heaviest * 100 < grams * LIGHT.percent;
  const isHeavy = (grams: number) => lightest - grams > HEAVY.grams && lightest * 100 > grams * HEAVY.percent;
  if (!isPart && (isLight(orderGrams) || (!isShared && isHeavy(orderGrams))))
    return 'the weight of the goods';
  if (statedGrams === undefined) return undefined;
  return isLight(statedGrams) || isHeavy(statedGrams) ? 'the stated weight' : undefined;
}
