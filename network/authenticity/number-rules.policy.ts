import { addDays, earliest, type Instant, msBetween } from '../kernel/index.ts';
import type { DeclarationFacts, OtherClaim } from './facts.ts';
import { type Journey, NUMBER_REST_DAYS } from './journey.policy.ts';
import type { Finding } from './model.ts';

const NOTHING_SEEN = { scanIds: [], instants: [], places: [] } as const;

/**
 * The number has no form of this carrier's numbers, or its check digit fails. A slip of the pen looks the same, so it may
 * be corrected first; a number that a recognised source scanned exists, whatever we know of its form.
 */
export function numberMalformed(
  { at, declaration, numberCheck }: DeclarationFacts,
  { physical }: Journey,
  mayBeSlipUntil: Instant,
): Finding | undefined {
  if (numberCheck !== 'fails' || physical.length > 0 || at < mayBeSlipUntil) return undefined;
  return {
    rule: 'number_malformed',
    compared: 'number, formats of the carrier',
    declared: declaration.number,
    observed: 'no_such_format',
    ...NOTHING_SEEN,
  };
}

/**
 * Somebody declared the number before, for another buyer, so recently that the carrier cannot have printed it again.
 * Who declared first is not accused, and two orders of one buyer may share a parcel.
 */
export function numberOnAnotherOrder(facts: DeclarationFacts): Finding | undefined {
  const { declaration } = facts;
  const before = rivalsOf(facts).filter((claim) => claim.declaredAt < declaration.numberDeclaredAt);
  const [first] = before;
  if (first === undefined) return undefined;
  return {
    rule: 'number_on_another_order',
    compared: 'number, declarations for other buyers',
    declared: declaration.number,
    observed: String(before.length),
    scanIds: [],
    instants: [earliest(first.declaredAt, ...before.map((claim) => claim.declaredAt))],
    places: [],
    aboutOthers: true,
  };
}

/** So many buyers are no coincidence. Three: two may still be a slip of the pen. Our default. */
const MANY_BUYERS = 3;

/** One number for many buyers. The one whose buyer's place the scans name, and who declared first, is their victim. */
export function numberOfManyBuyers(facts: DeclarationFacts, journey: Journey, isAtPlace: boolean) {
  const rivals = rivalsOf(facts);
  const buyers = new Set(rivals.map((claim) => claim.buyerKey)).size + 1;
  if (buyers < MANY_BUYERS) return undefined;
  const declaredFirst = rivals.every((claim) => facts.declaration.numberDeclaredAt <= claim.declaredAt);
  if (declaredFirst && isAtPlace && journey.physical.length > 0) return undefined;
  const finding: Finding = {
    rule: 'number_of_many_buyers',
    compared: 'number, buyers',
    declared: '1',
    observed: String(buyers),
    ...NOTHING_SEEN,
    aboutOthers: true,
  };
  return finding;
}

/** The number is on a living parcel that belongs to somebody else. */
export function numberOfAnothersParcel(facts: DeclarationFacts): Finding | undefined {
  if (facts.holder !== 'other') return undefined;
  return {
    rule: 'number_of_anothers_parcel',
    compared: 'number, parcels of others',
    declared: facts.declaration.number,
    observed: 'in_use_elsewhere',
    ...NOTHING_SEEN,
    aboutOthers: true,
  };
}

/** A number of our own stock that nobody was given, or that was cancelled before a parcel had it. */
export function numberFromPool({ declaration, pool }: DeclarationFacts): Finding | undefined {
  if (pool !== 'unused' && pool !== 'cancelled') return undefined;
  return {
    rule: 'number_from_pool',
    compared: 'number, stock of numbers',
    declared: declaration.number,
    observed: pool,
    ...NOTHING_SEEN,
  };
}

/** The number was exchanged after the parcel with the first one was already on its way. */
export function correctedAfterFirstScan({ declaration }: DeclarationFacts): Finding | undefined {
  const { correctedAt, replacedNumberScannedAt } = declaration;
  if (correctedAt === undefined || replacedNumberScannedAt === undefined) return undefined;
  if (replacedNumberScannedAt < declaration.declaredAt || replacedNumberScannedAt >= correctedAt)
    return undefined;
  return {
    rule: 'corrected_after_first_scan',
    compared: 'correction, first scan of the number before',
    declared: correctedAt,
    observed: replacedNumberScannedAt,
    scanIds: [],
    instants: [replacedNumberScannedAt, correctedAt],
    places: [],
  };
}

/** Standing declarations of the number for other buyers, near enough in time to mean the same parcel. */
function rivalsOf({ claims, declaration }: DeclarationFacts): readonly OtherClaim[] {
  const restMs = msBetween(
    declaration.numberDeclaredAt,
    addDays(declaration.numberDeclaredAt, NUMBER_REST_DAYS),
  );
  return claims
    .filter((claim) => !claim.sameBuyer && claim.withdrawnAt === undefined)
    .filter((claim) => Math.abs(msBetween(claim.declaredAt, declaration.numberDeclaredAt)) <= restMs)
    .toSorted((one, other) => (one.externalShipmentId < other.externalShipmentId ? -1 : 1));
}
