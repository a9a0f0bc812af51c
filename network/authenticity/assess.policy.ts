import { carrierDiffers, serviceClassDiffers } from './class-rules.policy.ts';
import {
  destinationCity,
  destinationCountry,
  destinationPostcode,
  scanAtPlace,
  scanInCountry,
  shipFromCountry,
} from './destination-rules.policy.ts';
import type { DeclarationFacts, FactScan } from './facts.ts';
import { isSurelyBefore, type Journey, journeyOf } from './journey.policy.ts';
import {
  deliveredBeforeDeclared,
  deliveredBeforeOrder,
  deliveredBeforeShipped,
  deliveredWithoutOutForDelivery,
  labelCancelled,
  locationJump,
  noFirstScan,
  onlyUnverifiedScans,
  scanBeforeOrder,
  scanBeforePayment,
  seen,
} from './journey-rules.policy.ts';
import type { Assessment, Finding, Level, Outlook, Scored, SupportName } from './model.ts';
import {
  correctedAfterFirstScan,
  numberFromPool,
  numberMalformed,
  numberOfAnothersParcel,
  numberOfManyBuyers,
  numberOnAnotherOrder,
} from './number-rules.policy.ts';
import { deniedByBuyer, weightDiffers } from './parcel-rules.policy.ts';
import { slipEndsAt } from './restriction.policy.ts';
import { DEFAULT_FALSE_TRACKING, type FalseTrackingDocument, firstScanDueAt } from './rulebook.ts';

/**
 * What the rules say of the facts. Pure, and a function of the set of facts: neither the order in which scans and
 * other declarations came in nor their repetition changes it (promise G4).
 */
export function assess(facts: DeclarationFacts, rules: FalseTrackingDocument): Assessment {
  const journey = journeyOf(facts);
  // What a parcel of somebody else did speaks for nobody, and is not shown.
  const isAnothers = facts.holder === 'other';
  const findings = findingsOf(facts, journey, rules).map((finding) => ({
    ...finding,
    ...(isAnothers && finding.scanIds.length > 0 ? { aboutOthers: true as const } : {}),
    points: rules.weights[finding.rule] ?? DEFAULT_FALSE_TRACKING.weights[finding.rule] ?? 0,
  }));
  const supports = (isAnothers ? [] : supportsOf(facts, journey)).map((support) => ({
    ...support,
    points: rules.supports[support.rule],
  }));
  const score = sumOf(findings);
  return {
    outlook: outlookOf(rules, findings, score, sumOf(supports)),
    score,
    findings: findings.sort(heaviestFirst),
    supports: supports.sort(heaviestFirst),
  };
}

function findingsOf(facts: DeclarationFacts, journey: Journey, rules: FalseTrackingDocument): Finding[] {
  const dueAt = firstScanDueAt(facts, rules);
  const isAtPlace = scanAtPlace(facts, journey) !== undefined;
  const found: readonly (Finding | undefined)[] = [
    numberMalformed(facts, journey, slipEndsAt(facts, rules)),
    numberOnAnotherOrder(facts),
    numberOfManyBuyers(facts, journey, isAtPlace),
    numberOfAnothersParcel(facts),
    numberFromPool(facts),
    correctedAfterFirstScan(facts),
    scanBeforeOrder(facts, journey),
    scanBeforePayment(facts, journey),
    deliveredBeforeOrder(facts, journey),
    deliveredBeforeShipped(facts, journey),
    deliveredBeforeDeclared(facts, journey),
    noFirstScan(facts, journey, dueAt),
    labelCancelled(facts, journey),
    onlyUnverifiedScans(facts, journey, dueAt),
    deliveredWithoutOutForDelivery(facts, journey),
    locationJump(facts, journey),
    destinationCountry(facts, journey),
    destinationPostcode(facts, journey),
    destinationCity(facts, journey),
    shipFromCountry(facts, journey),
    weightDiffers(facts, journey, rules),
    deniedByBuyer(facts, journey),
    serviceClassDiffers(facts),
    carrierDiffers(facts, journey),
  ];
  return found.filter((finding) => finding !== undefined);
}

/** Reuse of a number alone never convicts: a rule that may is named by the rulebook, and reuse cannot be. */
function outlookOf(
  rules: FalseTrackingDocument,
  findings: readonly Scored[],
  score: number,
  support: number,
): Outlook {
  const mayConvict = findings.some((finding) => rules.convicting.includes(finding.rule));
  if (mayConvict && score >= rules.convictAt) return 'convicted';
  if (score >= rules.suspectAt) return 'suspected';
  return support >= rules.genuineAt ? 'genuine' : 'open';
}

function supportsOf(facts: DeclarationFacts, journey: Journey): Finding<SupportName>[] {
  const supports: Finding<SupportName>[] = [];
  const add = (rule: SupportName, scan: FactScan | undefined) => {
    if (scan !== undefined) supports.push({ rule, compared: 'the order, a recognised scan', ...seen(scan) });
  };
  const [first] = journey.physical;
  const begins = first !== undefined && !isSurelyBefore(first, facts.order.placedAt) ? first : undefined;
  add('first_scan_after_order', begins);
  add('destination_country_agrees', scanInCountry(facts, journey));
  add('destination_place_agrees', scanAtPlace(facts, journey));
  add('delivered', journey.delivered);
  return supports;
}

function sumOf(scored: readonly { readonly points: number }[]): number {
  return scored.reduce((sum, { points }) => sum + points, 0);
}

function heaviestFirst(
  one: { readonly points: number; readonly rule: string },
  other: { readonly points: number; readonly rule: string },
): number {
  return other.points - one.points || (one.rule < other.rule ? -1 : 1);
}

/**
 * How serious it would be: repeated, or several merchants with the same numbers (domain reference 3.3). `before`:
 * penalties of the merchant within a year that stand.
 */
export function levelOf(facts: DeclarationFacts, before: number, rules: FalseTrackingDocument): Level {
  const merchants = new Set(
    facts.claims
      .filter((claim) => !claim.sameBuyer && claim.withdrawnAt === undefined)
      .map((claim) => claim.organisationId),
  );
  if (before >= rules.levels.especiallySeriousFrom) return 'especially_serious';
  if (before >= rules.levels.seriousFrom || merchants.size >= rules.levels.colludingMerchants)
    return 'serious';
  return 'general';
}
