import { addDays, addMs, type Instant, msBetween } from '../kernel/index.ts';
import { MILESTONES } from '../tracking/index.ts';
import type { DeclarationFacts, FactScan } from './facts.ts';

const HOUR_MS = 3_600_000;

/** Clocks of shops and carriers differ, and orders are entered late: so much before is not before. Our default. */
const CLOCK_TOLERANCE_MS = 12 * HOUR_MS;
/** Zones reach from UTC-12 to UTC+14: a local time that was read as UTC lies so far off at most. */
const WEST_MS = 12 * HOUR_MS;
const EAST_MS = 14 * HOUR_MS;

/** Carriers let a number rest before they print it again; within so many days none does. Our default. */
export const NUMBER_REST_DAYS = 30;

/** The earliest and the latest moment at which a scan may have happened. */
export function earliestOf(scan: FactScan): Instant {
  return scan.zoneKnown ? scan.occurredAt : addMs(scan.occurredAt, -EAST_MS);
}

export function latestOf(scan: FactScan): Instant {
  return scan.zoneKnown ? scan.occurredAt : addMs(scan.occurredAt, WEST_MS);
}

/** Whether one surely came before the other, whatever the clocks say. */
export function isSurelyBefore(scan: FactScan, at: Instant): boolean {
  return msBetween(latestOf(scan), at) > CLOCK_TOLERANCE_MS;
}

/** The scans of a declared number, read as the journey that it was declared for. Oldest first. */
export type Journey = {
  /** Somebody recognised held the parcel. Notices, such as of a label, are no scans, and what is in quarantine is none. */
  readonly physical: readonly FactScan[];
  /** Of them, in the last mile on the way out: where the parcel was meant to go. */
  readonly lastMile: readonly FactScan[];
  /** Those of `physical` and what is in quarantine: that two scans contradict each other is a finding of its own. */
  readonly told: readonly FactScan[];
  readonly delivered: FactScan | undefined;
  /** Of those on the way out, with what it weighed. */
  readonly weighed: readonly FactScan[];
  /** On the way the buyer had it brought elsewhere, or to a point: where it ends says nothing. */
  readonly wasRedirected: boolean;
  /** Somebody recognised said that nothing will be carried. */
  readonly cancelled: FactScan | undefined;
  /** Sightings by sources that are not recognised. */
  readonly hearsay: readonly FactScan[];
  /** The end of an earlier life of the number: carriers use numbers again. */
  readonly earlierEnd: FactScan | undefined;
};

/** Milestones that tell where a parcel is meant to go. */
const LAST_MILE: ReadonlySet<string> = new Set([
  'arrived_delivery_depot',
  'out_for_delivery',
  'delivery_attempted',
  'refused',
  'delivered',
]);

/** The same for any order in which the scans came in. */
export function journeyOf(facts: DeclarationFacts): Journey {
  const scans = [...new Map(facts.scans.map((scan) => [scan.id, scan])).values()].sort(byTime);
  const earlierEnd = endOfEarlierLife(facts, scans);
  const current = earlierEnd === undefined ? scans : scans.filter((scan) => byTime(scan, earlierEnd) > 0);
  const believed = current.filter(isBelieved);
  const physical = believed.filter(isPhysical);
  const out = wayOut(physical);
  return {
    physical,
    lastMile: out.filter((scan) => LAST_MILE.has(scan.milestone)),
    told: current.filter((scan) => scan.recognised && isPhysical(scan)),
    wasRedirected: out.some((scan) => scan.milestone === 'redirected' || scan.milestone === 'at_point'),
    weighed: out.filter((scan) => scan.weightGrams !== undefined),
    delivered: out.find((scan) => scan.milestone === 'delivered'),
    cancelled: believed.find((scan) => scan.milestone === 'cancelled'),
    hearsay: current.filter((scan) => !scan.recognised && isPhysical(scan)),
    earlierEnd,
  };
}

/** Promise G8: what cannot be true changes nothing, and so convicts nobody and clears nobody. */
function isBelieved(scan: FactScan): boolean {
  return scan.recognised && scan.quarantined !== true;
}

/** An unmapped code says nothing about what happened, not even that something did. */
function isPhysical(scan: FactScan): boolean {
  return (
    scan.milestone !== 'unmapped' && scan.milestone !== 'cancelled' && !MILESTONES[scan.milestone].notice
  );
}

/** Up to where the parcel turned round; what happens on the way back is no sign of where it was sent. */
function wayOut(physical: readonly FactScan[]): readonly FactScan[] {
  const turn = physical.findIndex(
    (scan) => scan.milestone !== 'unmapped' && MILESTONES[scan.milestone].leg === 'return',
  );
  return turn === -1 ? physical : physical.slice(0, turn);
}

/**
 * The last scan before the order that closed a parcel, when the number had its rest or went out again since: then it
 * is another parcel's life and says nothing about this one (reuse of a number alone never convicts).
 */
function endOfEarlierLife(facts: DeclarationFacts, scans: readonly FactScan[]): FactScan | undefined {
  const { placedAt } = facts.order;
  const end = scans.findLast(
    (scan) =>
      isBelieved(scan) &&
      scan.milestone !== 'unmapped' &&
      MILESTONES[scan.milestone].terminal &&
      isSurelyBefore(scan, placedAt),
  );
  if (end === undefined) return undefined;
  const rested = addDays(end.occurredAt, NUMBER_REST_DAYS) <= placedAt;
  const wentOutAgain = scans.some(
    (scan) => isBelieved(scan) && isPhysical(scan) && !isSurelyBefore(scan, placedAt),
  );
  return rested || wentOutAgain ? end : undefined;
}

function byTime(first: FactScan, second: FactScan): number {
  if (first.occurredAt !== second.occurredAt) return first.occurredAt < second.occurredAt ? -1 : 1;
  return first.id < second.id ? -1 : first.id > second.id ? 1 : 0;
}
