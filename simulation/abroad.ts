import type { Deed, Place, ScanFact } from './acts.ts';
import { DAY, days, HOUR, MINUTE, nextHourOfDay } from './calendar.ts';
import { type Fate, fateOf } from './fates.ts';
import { UTC_OFFSET_HOURS } from './geography.ts';
import { report } from './misbehaviour.ts';
import type { Order } from './plan.ts';
import { type Random, randomOf } from './random.ts';

/** How long the legs of a line are beside the standard one's (products of domain reference 6.4). */
const PACE: Readonly<Record<string, number>> = {
  cn_global_fast: 0.5,
  cn_global_standard: 1,
  cn_global_simple: 1.5,
  cn_global_economy: 2.1,
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

/** The farthest of the destinations, Chile, lies 19,000 km away, and nobody flies faster than 1,000 km/h. */
const FLIGHT = 20 * HOUR;

/** Between our warehouse and a foreign door: all of it is known by scans alone. */
export function abroad(
  seed: number,
  order: Order,
  bought: { readonly lineCode: string; readonly carrierCode: string },
  sentAt: number,
): Deed[] {
  const random = randomOf(seed, `abroad/${order.index}`);
  const fate = fateOf(seed, order);
  const pace = PACE[bought.lineCode] ?? 1;
  const from: Place = { country: 'CN', city: order.origin.name };
  const to: Place = { country: order.city.country, city: order.city.name };
  let at = sentAt;
  const facts: [carrier: string, ScanFact][] = [];
  const scan = (
    milestone: string,
    p50Days: number,
    p90Days: number,
    place: Place,
    carrier = bought.carrierCode,
    notBefore = 0,
  ) => {
    at = Math.max(at + days(random.spread(p50Days, p90Days) * pace), notBefore);
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
  const departedAt = at;
  scan('arrived_destination', 0.7, 2, to, bought.carrierCode, departedAt + FLIGHT);
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

function codeOf(carrier: string, milestone: string): string {
  if (POSTS.has(carrier)) return POST_CODES[milestone] ?? milestone;
  return carrier === 'cainiao' ? (CAINIAO_CODES[milestone] ?? milestone) : milestone;
}
