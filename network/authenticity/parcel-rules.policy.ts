import type { DeclarationFacts, FactScan } from './facts.ts';
import { earliestOf, type Journey } from './journey.policy.ts';
import { seen } from './journey-rules.policy.ts';
import type { Finding } from './model.ts';
import { DEFAULT_WEIGHT_TOLERANCE, type FalseTrackingDocument } from './rulebook.ts';

/**
 * What the carriers weighed cannot be what was sold, or what the merchant says that he sent: so little that the goods are
 * not in it, or so much that it is another parcel. The weighing that speaks most for the merchant counts, because scales
 * are set wrong and weights are typed in by guess. Nothing is said where nobody weighed. The goods say nothing of a part of an
 * order, and not of too much where orders of the buyer share the parcel; what was said of the parcel itself holds there, too.
 */
export function weightDiffers(
  facts: DeclarationFacts,
  { weighed }: Journey,
  rules: FalseTrackingDocument,
): Finding | undefined {
  const byWeight = weighed.toSorted((one, other) => gramsOf(one) - gramsOf(other));
  const [lightest, heaviest] = [byWeight[0], byWeight.at(-1)];
  if (lightest === undefined || heaviest === undefined) return undefined;
  const { tooLight, tooHeavy } = rules.weightTolerance ?? DEFAULT_WEIGHT_TOLERANCE;
  for (const { what, grams, mayBeMore } of statedWeights(facts)) {
    const missing = grams - gramsOf(heaviest);
    if (missing > tooLight.grams && gramsOf(heaviest) * 100 < grams * tooLight.percent)
      return weightFinding(what, grams, heaviest);
    const beyond = gramsOf(lightest) - grams;
    if (!mayBeMore && beyond > tooHeavy.grams && gramsOf(lightest) * 100 > grams * tooHeavy.percent)
      return weightFinding(what, grams, lightest);
  }
  return undefined;
}

type StatedWeight = {
  readonly what: 'order' | 'declaration';
  readonly grams: number;
  /** Something else may be in the same parcel. */
  readonly mayBeMore: boolean;
};

function statedWeights({ order, declaration, claims }: DeclarationFacts): StatedWeight[] {
  const stated: StatedWeight[] = [];
  const { weightGrams: sold } = order;
  const isShared = claims.some((claim) => claim.sameBuyer && claim.withdrawnAt === undefined);
  if (sold !== undefined && sold > 0 && declaration.isPart !== true)
    stated.push({ what: 'order', grams: sold, mayBeMore: isShared });
  if (declaration.weightGrams !== undefined)
    stated.push({ what: 'declaration', grams: declaration.weightGrams, mayBeMore: false });
  return stated;
}

const gramsOf = (scan: FactScan) => scan.weightGrams ?? 0;

function weightFinding(what: StatedWeight['what'], grams: number, scan: FactScan): Finding {
  return {
    rule: 'weight',
    compared: `weight of the ${what}, weight that a carrier tells`,
    declared: `${grams} g`,
    observed: `${gramsOf(scan)} g`,
    ...seen(scan),
  };
}

/** What a buyer says who did not get what he bought, or got what he did not buy. Kinds of the buyer's page. */
const DENIALS: ReadonlySet<string> = new Set(['not_delivered_to_me', 'delivered_elsewhere', 'not_ordered']);

/** The carrier says delivered, and the buyer says afterwards that it is not so. Buyers err: a person looks. */
export function deniedByBuyer(
  { reports = [] }: DeclarationFacts,
  { delivered }: Journey,
): Finding | undefined {
  if (delivered === undefined) return undefined;
  const denial = reports
    .filter(({ kind, reportedAt }) => DENIALS.has(kind) && reportedAt >= earliestOf(delivered))
    .toSorted((one, other) => (one.reportedAt < other.reportedAt ? -1 : 1))[0];
  if (denial === undefined) return undefined;
  const { scanIds, instants, places } = seen(delivered);
  return {
    rule: 'denied_by_buyer',
    compared: "delivery, the buyer's word",
    declared: 'delivered',
    observed: denial.kind,
    scanIds,
    instants: [...instants, denial.reportedAt],
    places,
  };
}
