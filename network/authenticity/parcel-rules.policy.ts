import type { DeclarationFacts, FactScan } from './facts.ts';
import { earliestOf, type Journey } from './journey.policy.ts';
import { seen } from './journey-rules.policy.ts';
import type { Finding } from './model.ts';
import { DEFAULT_WEIGHT_TOLERANCE, type FalseTrackingDocument } from './rulebook.ts';

/**
 * What the carriers weighed cannot be what was sold: so little that the goods are not in it, or so much that it is
 * another parcel. The weighing that speaks most for the merchant counts, because scales are set wrong and placeholders
 * are typed in. Nothing is said where nobody weighed, of a part of an order, and not of too much where orders of the
 * buyer share the parcel.
 */
export function weightDiffers(
  facts: DeclarationFacts,
  { weighed }: Journey,
  rules: FalseTrackingDocument,
): Finding | undefined {
  const { weightGrams: sold } = facts.order;
  if (sold === undefined || sold <= 0 || facts.declaration.isPart === true) return undefined;
  const { tooLight, tooHeavy } = rules.weightTolerance ?? DEFAULT_WEIGHT_TOLERANCE;
  const byWeight = weighed.toSorted((one, other) => gramsOf(one) - gramsOf(other));
  const [lightest, heaviest] = [byWeight[0], byWeight.at(-1)];
  if (lightest === undefined || heaviest === undefined) return undefined;
  const missing = sold - gramsOf(heaviest);
  if (missing > tooLight.grams && gramsOf(heaviest) * 100 < sold * tooLight.percent)
    return weightFinding(sold, heaviest);
  const beyond = gramsOf(lightest) - sold;
  const isShared = facts.claims.some((claim) => claim.sameBuyer && claim.withdrawnAt === undefined);
  if (!isShared && beyond > tooHeavy.grams && gramsOf(lightest) * 100 > sold * tooHeavy.percent)
    return weightFinding(sold, lightest);
  return undefined;
}

const gramsOf = (scan: FactScan) => scan.weightGrams ?? 0;

function weightFinding(sold: number, scan: FactScan): Finding {
  return {
    rule: 'weight',
    compared: 'weight of the order, weight that a carrier tells',
    declared: `${sold} g`,
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
