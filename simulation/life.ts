import { abroad } from './abroad.ts';
import type { Deed, DoorOutcome, Place, ScanFact } from './acts.ts';
import { goesIntoBag } from './bag-ways.ts';
import { DAY, days, HOUR, MINUTE, minutes, nextHourOfDay, toMinute } from './calendar.ts';
import { type Fate, fateOf } from './fates.ts';
import { UTC_OFFSET_HOURS } from './geography.ts';
import { report } from './misbehaviour.ts';
import type { Order } from './plan.ts';
import { type Random, randomOf } from './random.ts';
import { stopAt, wayBack } from './stops.ts';

/** What the merchant bought, as far as the journey depends on it. */
export type Bought = { readonly lineCode: string; readonly carrierCode: string; readonly at: number };

/** Days in the hands of a domestic carrier between depots: median and 90th percentile. Our assumption. */
const HAUL_DAYS: Readonly<Record<string, readonly [number, number]>> = {
  cn_domestic_express: [0.9, 1.8],
  eu_next_day: [0.35, 0.5],
  eu_3_5_days: [1.6, 2.8],
  br_domestic_standard: [3, 9],
};

const DOMESTIC_CARRIERS = ['zto', 'yto', 'sto', 'yunda', 'jd', 'sf_express'] as const;

/** The first mile: from the purchase until the parcel stands at the warehouse, or never gets there. */
export function firstMile(seed: number, order: Order, bought: Bought): Deed[] {
  const random = randomOf(seed, `first/${order.index}`);
  const fate = fateOf(seed, order);
  const acknowledgedAt = bought.at + minutes(random.spread(15, 120));
  const printedAt = bought.at + minutes(random.spread(40, 300));
  const deeds: Deed[] = [
    { kind: 'acknowledge', at: acknowledgedAt },
    { kind: 'print', at: printedAt },
  ];
  if (fate === 'cancelled') {
    return [...deeds, { kind: 'cancel', at: printedAt + minutes(random.spread(30, 240)) }];
  }
  const handover = handoverOf(order, bought);
  // Merchants book their visits, and make up their bags, once a day, in the afternoon of their place.
  const offset = UTC_OFFSET_HOURS[order.origin.country] ?? 0;
  const afternoon = nextHourOfDay(printedAt, (24 + 16 - offset) % 24);
  if (handover === 'door_pickup') return [...deeds, { kind: 'book', at: afternoon }];
  if (handover === 'drop_off' && goesIntoBag(seed, order)) return [...deeds, { kind: 'bag', at: afternoon }];
  if (handover === 'self_post') {
    const carrier = DOMESTIC_CARRIERS[order.index % DOMESTIC_CARRIERS.length] ?? 'zto';
    const declaredAt = printedAt + 10 * MINUTE;
    deeds.push({
      kind: 'declare',
      at: declaredAt,
      carrierName: carrier,
      number: domesticNumber(seed, order),
    });
    const arrivedAt = declaredAt + days(random.spread(1.1, 2.6));
    const posted = (milestone: string, at: number): Deed => ({
      ...{ kind: 'domestic', at, carrier, number: domesticNumber(seed, order) },
      fact: { milestone, code: milestone, occurredAt: at, place: { country: order.origin.country } },
    });
    deeds.push(
      posted('in_transit_local', declaredAt + 5 * HOUR),
      posted('delivered', arrivedAt - 10 * MINUTE),
    );
    return [...deeds, ...atWarehouse(seed, order, bought, arrivedAt)];
  }
  deeds.push({ kind: 'declare', at: printedAt + 10 * MINUTE });
  // Label to first scan: half within a day, nine of ten within three.
  return [...deeds, ...atWarehouse(seed, order, bought, printedAt + days(random.spread(0.9, 2.6)))];
}

/** Self-posting is for lines abroad; at home such merchants bring their parcels, and so do buyers who send back. */
export function handoverOf(
  order: Order,
  bought: Pick<Bought, 'lineCode'>,
): 'door_pickup' | 'drop_off' | 'self_post' {
  const { handover } = order.merchant;
  if (order.isReturn) return 'drop_off';
  return handover === 'self_post' && !bought.lineCode.startsWith('cn_global') ? 'drop_off' : handover;
}

/**
 * The number under which a merchant posts to the warehouse. Some carriers use their numbers again after a while, which
 * is honest; a cheat borrows one that is real and another's.
 */
function domesticNumber(seed: number, order: Order): string {
  const random = randomOf(seed, `domestic/${order.index}`);
  const isShared = order.cheat === 'borrowed_number' || random.chance(0.02);
  const serial = isShared ? Math.max(0, order.index - random.whole(1, 40)) : order.index;
  return `75${String(seed % 100).padStart(2, '0')}${String(serial).padStart(8, '0')}`;
}

/** From the arrival at the first-mile warehouse to the end of the parcel's life. */
export function atWarehouse(seed: number, order: Order, bought: Bought, arrivedAt: number): Deed[] {
  const random = randomOf(seed, `warehouse/${order.index}`);
  const fate = fateOf(seed, order);
  const inboundAt = toMinute(arrivedAt);
  if (fate === 'inbound_rejected') {
    return [
      { kind: 'reject', at: inboundAt },
      { kind: 'return_early', at: inboundAt + days(random.spread(0.6, 1.2)) },
    ];
  }
  const early = stopAt('warehouse', seed, order, inboundAt);
  const deeds: Deed[] = [{ kind: 'inbound', at: inboundAt }, ...early.deeds];
  if (fate === 'stopped_early') return deeds;
  let outboundAt = Math.max(inboundAt + days(random.spread(0.3, 0.8)), early.endsAt + 5 * MINUTE);
  if (fate === 'returned_early') return [...deeds, { kind: 'return_early', at: outboundAt }];
  if (fate === 'outbound_late') {
    deeds.push({ kind: 'fail_outbound', at: outboundAt });
    outboundAt += days(random.spread(0.4, 1));
  }
  const dispatchedAt = outboundAt + minutes(random.spread(90, 300));
  deeds.push({ kind: 'outbound', at: outboundAt }, { kind: 'dispatch', at: dispatchedAt });
  const stop = stopAt('way', seed, order, dispatchedAt);
  deeds.push(...stop.deeds);
  if (fate === 'stopped_on_way') return [...deeds, ...wayBack(seed, order, bought, stop.endsAt)];
  const journey = order.isAbroad
    ? abroad(seed, order, bought, dispatchedAt)
    : atHome(seed, order, bought, dispatchedAt);
  return [...deeds, ...journey];
}

/** Between our warehouse and a door at home: carriers scan on the way, our own couriers bring it. */
function atHome(seed: number, order: Order, bought: Bought, sentAt: number): Deed[] {
  const random = randomOf(seed, `home/${order.index}`);
  const fate = fateOf(seed, order);
  const { carrierCode } = bought;
  const from: Place = { country: order.origin.country, city: order.origin.name };
  const to: Place = { country: order.city.country, city: order.city.name };
  const leftAt = sentAt + minutes(random.spread(60, 240));
  const [p50, p90] = HAUL_DAYS[bought.lineCode] ?? [1, 2];
  const arrivedAt = leftAt + days(random.spread(p50, p90));
  const fact = (milestone: string, code: string, occurredAt: number, place: Place): [string, ScanFact] => [
    carrierCode,
    { milestone, code, occurredAt, place },
  ];
  const facts = [fact('in_transit_local', 'in_transit_local.departed_facility', leftAt, from)];
  if (fate === 'lost') {
    return report(seed, order, [...facts, fact('lost', 'lost', leftAt + 12 * DAY, from)]);
  }
  facts.push(fact('in_transit_local', 'in_transit_local.arrived_facility', arrivedAt, to));
  if (fate === 'damaged') facts.push(fact('damaged', 'damaged', arrivedAt + 20 * MINUTE, to));
  return [...report(seed, order, facts), ...homeDoor(order, fate, arrivedAt, random)];
}

function homeDoor(order: Order, fate: Fate, arrivedAt: number, random: Random): Deed[] {
  const offset = UTC_OFFSET_HOURS[order.city.country] ?? 0;
  // The list is made in the morning from what lay at the depot for an hour.
  const morning = nextHourOfDay(arrivedAt + HOUR, (24 + 8 - offset) % 24);
  const visit = (leavesAt: number, outcome: DoorOutcome): Deed => ({
    kind: 'out',
    at: leavesAt,
    doorAt: leavesAt + random.whole(60, 560) * MINUTE,
    outcome,
  });
  switch (fate) {
    case 'absent_once':
      return [visit(morning, 'absent'), visit(morning + DAY, 'delivered')];
    case 'absent_twice': {
      const end: Deed =
        order.undeliverable === 'destroy'
          ? { kind: 'dispose', at: morning + 3 * DAY }
          : { kind: 'complete_return', at: morning + 4 * DAY };
      return [visit(morning, 'absent'), visit(morning + DAY, 'absent'), end];
    }
    case 'refused': {
      const end: Deed =
        order.undeliverable === 'destroy'
          ? { kind: 'dispose', at: morning + 2 * DAY }
          : { kind: 'complete_return', at: morning + 3 * DAY };
      return [visit(morning, 'refused'), end];
    }
    default:
      return [visit(morning, 'delivered')];
  }
}
