import { addDays, distanceMeters, type Instant, msBetween } from '../kernel/index.ts';
import type { DeclarationFacts, FactScan } from './facts.ts';
import { earliestOf, isSurelyBefore, type Journey, latestOf, NUMBER_REST_DAYS } from './journey.policy.ts';
import type { Evidence, Finding } from './model.ts';

/** The parcel was on its way before there was an order for it. */
export function scanBeforeOrder({ order }: DeclarationFacts, { physical }: Journey): Finding | undefined {
  const [first] = physical;
  if (first === undefined || !isSurelyBefore(first, order.placedAt)) return undefined;
  return {
    rule: 'scan_before_order',
    compared: 'order.placed_at, first scan',
    declared: order.placedAt,
    observed: first.occurredAt,
    ...seen(first),
  };
}

/** Between the order and its payment: some merchants do ship on trust, so it says little. */
export function scanBeforePayment({ order }: DeclarationFacts, { physical }: Journey): Finding | undefined {
  const [first] = physical;
  if (first === undefined || order.paidAt === undefined) return undefined;
  if (isSurelyBefore(first, order.placedAt) || !isSurelyBefore(first, order.paidAt)) return undefined;
  return {
    rule: 'scan_before_payment',
    compared: 'order.paid_at, first scan',
    declared: order.paidAt,
    observed: first.occurredAt,
    ...seen(first),
  };
}

/** The number's journey was over when the order came, too short a time before for the carrier to use it again. */
export function deliveredBeforeOrder(facts: DeclarationFacts, journey: Journey): Finding | undefined {
  const { placedAt } = facts.order;
  const end = journey.physical.find((scan) => isEnd(scan) && isSurelyBefore(scan, placedAt));
  if (end === undefined || addDays(end.occurredAt, NUMBER_REST_DAYS) <= placedAt) return undefined;
  return {
    rule: 'delivered_before_order',
    compared: 'order.placed_at, end of the journey',
    declared: placedAt,
    observed: end.occurredAt,
    ...seen(end),
  };
}

/**
 * Before the merchant says that it left, or before anybody had taken it over: where the delivery is the first that was seen,
 * a hand-over that surely came later is another parcel's, or the delivery is made up. After other scans it is a return's.
 */
export function deliveredBeforeShipped(
  { declaration }: DeclarationFacts,
  { delivered, physical }: Journey,
): Finding | undefined {
  if (delivered === undefined) return undefined;
  const { shippedAt } = declaration;
  const handedOver = delivered === physical[0] ? physical.find(isHandOver) : undefined;
  const told = [
    { compared: 'shipped_at, delivery', at: shippedAt },
    { compared: 'hand-over, delivery', at: handedOver === undefined ? undefined : earliestOf(handedOver) },
  ].find(({ at }) => at !== undefined && isSurelyBefore(delivered, at));
  if (told === undefined) return undefined;
  return {
    rule: 'delivered_before_shipped',
    compared: told.compared,
    declared: told.at,
    observed: delivered.occurredAt,
    ...(told.at === shippedAt || handedOver === undefined ? seen(delivered) : bothOf(delivered, handedOver)),
  };
}

function isHandOver({ milestone }: FactScan): boolean {
  return milestone === 'picked_up' || milestone === 'warehouse_received';
}

/** Merchants do declare late; who copies other people's numbers declares late, too. */
export function deliveredBeforeDeclared(
  { declaration }: DeclarationFacts,
  { delivered }: Journey,
): Finding | undefined {
  if (delivered === undefined || !isSurelyBefore(delivered, declaration.declaredAt)) return undefined;
  return {
    rule: 'delivered_before_declared',
    compared: 'declared_at, delivery',
    declared: declaration.declaredAt,
    observed: delivered.occurredAt,
    ...seen(delivered),
  };
}

/** Nobody held the parcel by the deadline (five working days: domain reference 3.3, definition 2). */
export function noFirstScan(
  facts: DeclarationFacts,
  journey: Journey,
  firstScanDueAt: Instant,
): Finding | undefined {
  if (facts.at < firstScanDueAt || journey.physical.length > 0 || journey.hearsay.length > 0)
    return undefined;
  const { earlierEnd } = journey;
  return {
    rule: 'no_first_scan',
    compared: 'first scan due, first scan',
    declared: firstScanDueAt,
    observed: earlierEnd === undefined ? 'none' : 'none_since_reuse',
    ...(earlierEnd === undefined ? { scanIds: [], instants: [], places: [] } : seen(earlierEnd)),
  };
}

/** By the deadline only sources spoke that the marketplace does not recognise (domain reference 3.1). */
export function onlyUnverifiedScans(
  facts: DeclarationFacts,
  { physical, hearsay }: Journey,
  firstScanDueAt: Instant,
): Finding | undefined {
  const [first] = hearsay;
  if (first === undefined || physical.length > 0 || facts.at < firstScanDueAt) return undefined;
  return {
    rule: 'only_unverified_scans',
    compared: 'recognised sources, sources that spoke',
    observed: [...new Set(hearsay.map((scan) => scan.source))].sort().join(', '),
    ...seen(first),
  };
}

/** The label was made and cancelled, and no parcel was seen. */
export function labelCancelled(_: DeclarationFacts, { physical, cancelled }: Journey): Finding | undefined {
  if (cancelled === undefined || physical.length > 0) return undefined;
  return { rule: 'label_cancelled', compared: 'label, first scan', observed: 'none', ...seen(cancelled) };
}

/** Some carriers do not scan at the door, so it says little. */
export function deliveredWithoutOutForDelivery(
  _: DeclarationFacts,
  { physical, delivered }: Journey,
): Finding | undefined {
  if (delivered === undefined) return undefined;
  if (physical.some((scan) => scan.milestone === 'out_for_delivery' || scan.milestone === 'at_point'))
    return undefined;
  return {
    rule: 'delivered_without_out_for_delivery',
    compared: 'delivery, out for delivery',
    observed: 'none',
    ...seen(delivered),
  };
}

/** No parcel flies faster (promise G8). */
const FASTEST_KMH = 1_000;
/** Middles of cities and postcodes lie so far from where the parcel was. Our default. */
const PLACE_TOLERANCE_METERS = 200_000;
const HOUR_MS = 3_600_000;

/** Two places in too short a time, whatever the zones. */
export function locationJump(_: DeclarationFacts, { told }: Journey): Finding | undefined {
  const located = told.filter((scan) => scan.place?.position !== undefined);
  for (const [index, next] of located.entries()) {
    const before = located[index - 1];
    if (before?.place?.position === undefined || next.place?.position === undefined) continue;
    const meters = distanceMeters(before.place.position, next.place.position) - PLACE_TOLERANCE_METERS;
    const hours = Math.max(0, msBetween(earliestOf(before), latestOf(next))) / HOUR_MS;
    if (meters <= 0 || meters / 1_000 <= FASTEST_KMH * hours) continue;
    const { scanIds, instants, places } = bothOf(before, next);
    return {
      rule: 'location_jump',
      compared: 'place, place of the next scan',
      declared: `${Math.round(meters / 1_000)} km`,
      observed: `${hours.toFixed(1)} h`,
      scanIds,
      instants,
      places,
    };
  }
  return undefined;
}

const ENDS: ReadonlySet<string> = new Set(['delivered', 'returned', 'disposed', 'lost']);
function isEnd(scan: FactScan): boolean {
  return ENDS.has(scan.milestone);
}

type Seen = Pick<Evidence, 'scanIds' | 'instants' | 'places'>;

/** What a scan gives as evidence: its id, its time, its coarse place. */
export function seen(scan: FactScan): Seen {
  const { place } = scan;
  return {
    scanIds: [scan.id],
    instants: [scan.occurredAt],
    places:
      place === undefined ? [] : [{ country: place.country, city: place.city, postcode: place.postcode }],
  };
}

function bothOf(one: FactScan, other: FactScan): Seen {
  const [first, second] = [seen(one), seen(other)];
  return {
    scanIds: [...first.scanIds, ...second.scanIds],
    instants: [...first.instants, ...second.instants],
    places: [...first.places, ...second.places],
  };
}
