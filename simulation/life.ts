import type { Deed, DoorOutcome, Place, ScanFact } from './acts.ts';
import { DAY, HOUR, MINUTE, nextHourOfDay } from './calendar.ts';
import { UTC_OFFSET_HOURS } from './geography.ts';
import { type Misbehaviour, tell } from './misbehaviour.ts';
import type { Order } from './plan.ts';
import { type Random, randomOf } from './random.ts';

/** What the merchant bought, as far as the journey depends on it. */
export type Bought = { readonly lineCode: string; readonly carrierCode: string; readonly at: number };

/** How a parcel's life goes, beside the ordinary one. Shares are our assumptions, within what the field reports. */
export type Fate =
  | 'ordinary'
  | 'cancelled'
  | 'inbound_rejected'
  | 'outbound_late'
  | 'returned_early'
  | 'absent_once'
  | 'absent_twice'
  | 'refused'
  | 'lost'
  | 'damaged'
  | 'customs_held'
  | 'at_point';

const FATES: readonly (readonly [Fate, number])[] = [
  ['ordinary', 760],
  ['cancelled', 20],
  ['inbound_rejected', 8],
  ['outbound_late', 12],
  ['returned_early', 5],
  ['absent_once', 80],
  ['absent_twice', 14],
  ['refused', 15],
  ['lost', 7],
  ['damaged', 8],
  ['customs_held', 41],
  ['at_point', 30],
];

export const fateOf = (seed: number, order: Order): Fate =>
  randomOf(seed, `fate/${order.index}`).weighted(FATES);

/** How long the legs of a line are beside the standard one's (products of domain reference 6.4). */
const PACE: Readonly<Record<string, number>> = {
  cn_global_fast: 0.5,
  cn_global_standard: 1,
  cn_global_simple: 1.5,
  cn_global_economy: 2.1,
};

/** Days in the hands of a domestic carrier between depots: median and 90th percentile. Our assumption. */
const HAUL_DAYS: Readonly<Record<string, readonly [number, number]>> = {
  cn_domestic_express: [0.9, 1.8],
  eu_next_day: [0.35, 0.5],
  eu_3_5_days: [1.6, 2.8],
  br_domestic_standard: [3, 9],
};

/** Who brings foreign parcels to the door: posts and express carriers of the country, by their codes. */
const LAST_MILES: Readonly<Record<string, readonly (readonly [carrier: string, weight: number])[]>> = {
  US: [
    ['usps', 7],
    ['ups', 2],
    ['fedex', 1],
  ],
  ES: [
    ['correos', 8],
    ['tnt', 2],
  ],
  FR: [
    ['tnt', 4],
    ['dhl_express', 6],
  ],
  DE: [['dhl_express', 1]],
  NL: [
    ['tnt', 6],
    ['dhl_express', 4],
  ],
  GB: [
    ['ups', 5],
    ['singapore_post', 2],
    ['toll', 3],
  ],
  BR: [['correios', 1]],
  RU: [
    ['ems', 5],
    ['yanwen', 3],
    ['china_post', 2],
  ],
  CL: [
    ['fedex', 5],
    ['cainiao', 5],
  ],
};
const DOMESTIC_CARRIERS = ['zto', 'yto', 'sto', 'yunda', 'jd', 'sf_express'] as const;

/** EMSEVT codes (domain reference 4.2) of what posts report, and Cainiao's own (6.3); others speak our words. */
const POST_CODES: Readonly<Record<string, string>> = {
  in_transit_local: 'EDD',
  out_for_delivery: 'EDG',
  at_point: 'EDH',
  delivery_attempted: 'EMH',
  delivered: 'EMI',
};
const CAINIAO_CODES: Readonly<Record<string, string>> = {
  in_transit_local: 'GTMS_SC_ARRIVE',
  out_for_delivery: 'GTMS_DO_DEPART',
  at_point: 'GTMS_STA_SIGNED',
  delivery_attempted: 'GTMS_STA_SIGN_FAILURE',
  delivered: 'GTMS_SIGNED',
};
const POSTS: ReadonlySet<string> = new Set([
  'usps',
  'correos',
  'correios',
  'ems',
  'china_post',
  'singapore_post',
]);

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
  const { handover } = order.merchant;
  if (handoverOf(order, bought) === 'door_pickup') {
    // Merchants book their visits once a day, in the afternoon of their place.
    const offset = UTC_OFFSET_HOURS[order.merchant.home.country] ?? 0;
    return [...deeds, { kind: 'book', at: nextHourOfDay(printedAt, (24 + 16 - offset) % 24) }];
  }
  if (handover === 'self_post' && order.isAbroad) {
    const carrier = DOMESTIC_CARRIERS[order.index % DOMESTIC_CARRIERS.length] ?? 'zto';
    const declaredAt = printedAt + 10 * MINUTE;
    deeds.push({
      kind: 'declare',
      at: declaredAt,
      carrierName: carrier,
      number: domesticNumber(seed, order),
    });
    return [...deeds, ...atWarehouse(seed, order, bought, declaredAt + days(random.spread(1.1, 2.6)))];
  }
  deeds.push({ kind: 'declare', at: printedAt + 10 * MINUTE });
  // Label to first scan: half within a day, nine of ten within three.
  return [...deeds, ...atWarehouse(seed, order, bought, printedAt + days(random.spread(0.9, 2.6)))];
}

/** Self-posting is for lines abroad; at home such merchants bring their parcels. */
export function handoverOf(
  order: Order,
  bought: Pick<Bought, 'lineCode'>,
): 'door_pickup' | 'drop_off' | 'self_post' {
  const { handover } = order.merchant;
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
  const inboundAt = minute(arrivedAt);
  if (fate === 'inbound_rejected') {
    return [
      { kind: 'reject', at: inboundAt },
      { kind: 'return_early', at: inboundAt + days(random.spread(0.6, 1.2)) },
    ];
  }
  const deeds: Deed[] = [{ kind: 'inbound', at: inboundAt }];
  let outboundAt = inboundAt + days(random.spread(0.3, 0.8));
  if (fate === 'returned_early') return [...deeds, { kind: 'return_early', at: outboundAt }];
  if (fate === 'outbound_late') {
    deeds.push({ kind: 'fail_outbound', at: outboundAt });
    outboundAt += days(random.spread(0.4, 1));
  }
  const dispatchedAt = outboundAt + minutes(random.spread(90, 300));
  deeds.push({ kind: 'outbound', at: outboundAt }, { kind: 'dispatch', at: dispatchedAt });
  const journey = order.isAbroad
    ? abroad(seed, order, bought, dispatchedAt)
    : atHome(seed, order, bought, dispatchedAt);
  return [...deeds, ...journey];
}

/** Between our warehouse and a foreign door: all of it is known by scans alone. */
function abroad(seed: number, order: Order, bought: Bought, sentAt: number): Deed[] {
  const random = randomOf(seed, `abroad/${order.index}`);
  const fate = fateOf(seed, order);
  const pace = PACE[bought.lineCode] ?? 1;
  const from: Place = { country: 'CN', city: order.merchant.home.name };
  const to: Place = { country: order.city.country, city: order.city.name };
  let at = sentAt;
  const facts: [carrier: string, ScanFact][] = [];
  const scan = (
    milestone: string,
    p50Days: number,
    p90Days: number,
    place: Place,
    carrier = bought.carrierCode,
  ) => {
    at += days(random.spread(p50Days, p90Days) * pace);
    facts.push([carrier, { milestone, code: codeOf(carrier, milestone), occurredAt: at, place }]);
  };
  scan('export_customs_in', 0.3, 0.6, from);
  scan('export_customs_out', 0.7, 1.4, from);
  scan('departed_origin', 1, 3, from);
  if (fate === 'lost') {
    // Complete delay: nothing for long after the promise, then the carrier writes it off (domain reference 4.1).
    at += 25 * DAY;
    facts.push([bought.carrierCode, { milestone: 'lost', code: 'lost', occurredAt: at, place: from }]);
    return report(seed, order, facts);
  }
  scan('arrived_destination', 0.7, 2, to);
  scan('import_customs_in', 0.1, 0.3, to);
  if (fate === 'customs_held') scan('import_customs_held', 0.2, 0.5, to);
  scan('import_customs_out', fate === 'customs_held' ? 3 : 0.9, fate === 'customs_held' ? 6 : 2.7, to);
  scan('handed_to_last_mile', 0.5, 2, to);
  const lastMile = random.weighted(LAST_MILES[to.country] ?? [[bought.carrierCode, 1]]);
  scan('in_transit_local', 0.5, 1.5, to, lastMile);
  if (fate === 'damaged') scan('damaged', 0.2, 0.5, to, bought.carrierCode);
  at += days(random.spread(1.6, 4.5) * pace);
  facts.push(...foreignDoor(order, fate, lastMile, at, to, random));
  return report(seed, order, facts);
}

/** The last mile of a partner: the same things happen as at home, and all that we learn are his scans. */
function foreignDoor(
  order: Order,
  fate: Fate,
  carrier: string,
  arrivedAt: number,
  place: Place,
  random: Random,
): [carrier: string, ScanFact][] {
  const offset = UTC_OFFSET_HOURS[place.country] ?? 0;
  const facts: [string, ScanFact][] = [];
  const fact = (milestone: string, occurredAt: number) =>
    facts.push([carrier, { milestone, code: codeOf(carrier, milestone), occurredAt, place }]);
  let out = nextHourOfDay(arrivedAt, (24 + 8 - offset) % 24) + random.whole(0, 50) * MINUTE;
  const atDoor = () => out + random.whole(60, 540) * MINUTE;
  fact('out_for_delivery', out);
  if (fate === 'at_point') {
    const stored = atDoor();
    fact('at_point', stored);
    fact('delivered', stored + days(random.spread(0.8, 3)));
    return facts;
  }
  if (fate === 'refused') {
    const refusedAt = atDoor();
    // Postal attempts have one code for all reasons: only our own words say that it was refused.
    fact('delivery_attempted', refusedAt);
    return [...facts, ...goingBack(order, carrier, refusedAt, place, random)];
  }
  if (fate === 'absent_once' || fate === 'absent_twice') {
    fact('delivery_attempted', atDoor());
    out += DAY;
    fact('out_for_delivery', out);
    if (fate === 'absent_twice') {
      const second = atDoor();
      fact('delivery_attempted', second);
      return [...facts, ...goingBack(order, carrier, second, place, random)];
    }
  }
  fact('delivered', atDoor());
  return facts;
}

function goingBack(
  order: Order,
  carrier: string,
  failedAt: number,
  place: Place,
  random: Random,
): [carrier: string, ScanFact][] {
  // Posts have no code for these in EMSEVT as we read it: the line itself reports them.
  const line =
    POSTS.has(carrier) || carrier === 'cainiao' || carrier === 'yanwen' ? 'postroad_line' : carrier;
  const fact = (milestone: string, occurredAt: number): [string, ScanFact] => [
    line,
    { milestone, code: milestone, occurredAt, place },
  ];
  const turnedAt = failedAt + days(random.spread(0.5, 1.5));
  if (order.undeliverable === 'destroy') return [fact('disposed', turnedAt + 2 * DAY)];
  return [fact('returning', turnedAt), fact('returned', turnedAt + days(random.spread(9, 18)))];
}

/** Between our warehouse and a door at home: carriers scan on the way, our own couriers bring it. */
function atHome(seed: number, order: Order, bought: Bought, sentAt: number): Deed[] {
  const random = randomOf(seed, `home/${order.index}`);
  const fate = fateOf(seed, order);
  const { carrierCode } = bought;
  const from: Place = { country: order.merchant.home.country, city: order.merchant.home.name };
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

function report(seed: number, order: Order, facts: readonly (readonly [string, ScanFact])[]): Deed[] {
  const habits: Misbehaviour = { seed, order };
  return facts.flatMap(([carrier, fact], index) =>
    tell(habits, carrier, fact, index, index === facts.length - 1),
  );
}

function codeOf(carrier: string, milestone: string): string {
  if (POSTS.has(carrier)) return POST_CODES[milestone] ?? milestone;
  return carrier === 'cainiao' ? (CAINIAO_CODES[milestone] ?? milestone) : milestone;
}

const minute = (ms: number) => Math.round(ms / MINUTE) * MINUTE;
const minutes = (count: number) => minute(count * MINUTE);
const days = (count: number) => minute(count * DAY);
