import { addMs, type Instant, msBetween, msOf } from '../kernel/index.ts';
import type { Leg, Milestone, ParcelStatus } from './model.ts';

/**
 * Why a parcel stands still, as far as its milestones tell. The web has a sentence for each; nothing here is guessed
 * beyond what was reported.
 */
export const STANDSTILL_REASONS = [
  'not_handed_over', // announced, but nobody has it yet
  'pickup_failed',
  'in_customs',
  'customs_held',
  'payment_due',
  'weather',
  'held_at_facility',
  'missorted',
  'damaged',
  'intercepted',
  'rejected_by_carrier',
  'delayed',
  'recipient_absent',
  'business_closed',
  'address_problem',
  'refused',
  'delivery_attempted',
  'waits_for_collection',
  'on_the_way_back',
  'long_haul', // between two countries there is nothing to scan
  'no_news',
] as const;
export type StandstillReason = (typeof STANDSTILL_REASONS)[number];

/** Trouble that the source named, by the detail of the substatus. */
const BY_DETAIL: Readonly<Record<string, StandstillReason>> = {
  customs_export_held: 'customs_held',
  customs_import_held: 'customs_held',
  payment_due: 'payment_due',
  delayed_weather: 'weather',
  delayed: 'delayed',
  delayed_carrier: 'delayed',
  delayed_external: 'delayed',
  held_at_facility: 'held_at_facility',
  missorted: 'missorted',
  damaged: 'damaged',
  intercepted: 'intercepted',
  rejected_by_carrier: 'rejected_by_carrier',
  unclaimed: 'waits_for_collection',
  recipient_absent: 'recipient_absent',
  business_closed: 'business_closed',
  address_problem: 'address_problem',
  refused: 'refused',
};

const CUSTOMS: ReadonlySet<string> = new Set([
  'export_customs_in',
  'import_customs_in',
  'customs_processing',
]);

const DAY_MS = 86_400_000;
/** Silence of this long is a standstill; at sea or in the air it takes longer to say so. Our defaults. */
const QUIET_MS = 2 * DAY_MS;
const QUIET_LINEHAUL_MS = 5 * DAY_MS;

/** Silence after which a parcel counts as stuck on the map of the network: a day more. Our defaults. */
const STUCK_MS = QUIET_MS + DAY_MS;
const STUCK_LINEHAUL_MS = QUIET_LINEHAUL_MS + DAY_MS;

/** When a parcel that nobody scans again counts as stuck; in milliseconds since 1970, because it is asked at each scan. */
export function stuckAtMs(leg: Leg | undefined, lastScanAt: Instant): number {
  return msOf(lastScanAt) + (leg === 'linehaul' ? STUCK_LINEHAUL_MS : STUCK_MS);
}

/** When the silence after a scan becomes a standstill. */
export function quietAt(leg: Leg | undefined, lastScanAt: Instant): Instant {
  return addMs(lastScanAt, leg === 'linehaul' ? QUIET_LINEHAUL_MS : QUIET_MS);
}

export type StandstillFacts = {
  readonly status: ParcelStatus;
  readonly substatus: string | undefined;
  readonly leg: Leg | undefined;
  readonly terminal: boolean;
  /** The timeline's `lastScan`. */
  readonly last: { readonly milestone: Milestone | 'unmapped'; readonly occurredAt: Instant } | undefined;
};
export type Standstill = { readonly reason: StandstillReason; readonly since: Instant };

/** Undefined for a parcel that moves, has arrived, or of which nothing was heard at all. */
export function standstillOf(facts: StandstillFacts, now: Instant): Standstill | undefined {
  const { last } = facts;
  if (facts.terminal || last === undefined) return undefined;
  const since = last.occurredAt;
  const named = namedReason(facts);
  if (named !== undefined) return { reason: named, since };
  const quietMs = msBetween(since, now);
  const isFar = facts.leg === 'linehaul';
  if (quietMs < (isFar ? QUIET_LINEHAUL_MS : QUIET_MS)) return undefined;
  if (facts.status === 'info_received') return { reason: 'not_handed_over', since };
  return { reason: isFar ? 'long_haul' : 'no_news', since };
}

function namedReason(facts: StandstillFacts): StandstillReason | undefined {
  const detail = facts.substatus?.split('.')[1];
  const told = detail === undefined ? undefined : BY_DETAIL[detail];
  if (told !== undefined) return told;
  const milestone = facts.last?.milestone ?? '';
  if (CUSTOMS.has(milestone)) return 'in_customs';
  if (milestone === 'pickup_failed') return 'pickup_failed';
  if (facts.status === 'available_for_pickup') return 'waits_for_collection';
  if (facts.status === 'delivery_attempted') return 'delivery_attempted';
  if (facts.status === 'returning') return 'on_the_way_back';
  return facts.status === 'exception' ? 'delayed' : undefined;
}
