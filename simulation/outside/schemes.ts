import { DAY, days, HOUR, minutes } from '../calendar.ts';
import type { City } from '../geography.ts';
import type { Merchant, Order } from '../plan.ts';
import {
  carrierFor,
  checkedCarrierFor,
  claimOf,
  type Draw,
  declaredAt,
  denialAfter,
  handedOverAt,
  lifeFor,
  numberFor,
} from './draw.ts';
import { economyNumberOf, mistyped, type NumberedCarrier } from './numbers.ts';
import type { Claim, OutsideScan, Story } from './story.ts';
import type { Scheme } from './ways.ts';

/** What a scheme may need of the world around it. */
export type Surroundings = {
  readonly cities: ReadonlyMap<string, readonly City[]>;
  /** Others who cheat, for what is done together. */
  readonly accomplices: readonly Merchant[];
  /** Honest claims whose numbers somebody could have seen; nobody's own. */
  readonly victims: readonly Claim[];
};

/** A merchant who is asked shows a photo of a parcel, or nothing: it has no receipt for this order. */
const pretext = (draw: Draw): Claim['proof'] => (draw.random.chance(0.5) ? 'photo' : 'none');

/** A shipment that is not what its merchant says. */
export function cheatStory(draw: Draw, way: Scheme, around: Surroundings): Story {
  switch (way) {
    case 'invented_number':
    case 'invented_right_digit':
    case 'never_used_label':
      return withoutParcel(draw, way);
    case 'released_number':
      return ofReleasedNumber(draw);
    case 'right_postcode':
    case 'swap_after_scan':
      return ofNeighbour(draw, way, around);
    case 'economy_as_fast':
    case 'other_ship_from':
    case 'aggregator_only':
      return otherThanSaid(draw, way);
    case 'reused_number':
      return ofOneParcelForMany(draw);
    case 'collusion':
      return ofColluders(draw, around);
    default:
      return ofStranger(draw, way, around);
  }
}

/** Nothing was sent at all. */
function withoutParcel(draw: Draw, way: Scheme): Story {
  const order = draw.order(0);
  const carrier = checkedCarrierFor(order, draw.random);
  const number = numberFor(draw, carrier);
  const at = declaredAt(order, draw.random);
  const claim = claimOf(
    `${draw.index}/0`,
    order,
    carrier,
    way === 'invented_number' ? mistyped(number) : number,
    at,
    {
      isGenuine: false,
      proof: pretext(draw),
    },
  );
  const [first] = lifeFor(order, carrier, number, at + HOUR, draw.random);
  // The carrier was told of the label; it never saw the parcel.
  const scans =
    way === 'never_used_label' && first !== undefined ? [{ ...first, milestone: 'order_created' }] : [];
  return { index: draw.index, way, claims: [claim], scans };
}

function ofReleasedNumber(draw: Draw): Story {
  const order = draw.order(0);
  const labelAt = order.at + HOUR;
  const claim: Claim = {
    ...claimOf(`${draw.index}/0`, order, 'ems', '', labelAt + 8 * HOUR, {
      isGenuine: false,
      proof: pretext(draw),
    }),
    ...{ carrier: 'network', number: undefined, service: undefined },
  };
  return {
    index: draw.index,
    way: 'released_number',
    claims: [claim],
    scans: [],
    label: { at: labelAt, order },
  };
}

/** The number of a parcel that another merchant really sends into the buyer's postcode. */
function ofNeighbour(draw: Draw, way: 'right_postcode' | 'swap_after_scan', around: Surroundings): Story {
  const { random, index } = draw;
  const theirs = around.victims.find((claim) => claim.order.merchant.index !== draw.merchant.index);
  if (theirs === undefined || theirs.number === undefined || theirs.carrier === 'network')
    throw new Error(`story ${index} finds no parcel that somebody else sends`);
  const own = draw.order(0);
  const { address } = theirs.order.buyer;
  const near: Order = {
    ...own,
    at: theirs.order.at + 30 * 60_000,
    ...{ city: theirs.order.city, isAbroad: theirs.order.isAbroad },
    buyer: { ...own.buyer, address: { ...address, lines: [`${address.lines[0] ?? ''}0`] } },
  };
  const { carrier, number } = theirs;
  const at = theirs.at + minutes(random.spread(120, 400));
  const lie = { isGenuine: false, proof: pretext(draw) } as const;
  if (way === 'right_postcode') {
    const claim = claimOf(`${index}/0`, near, carrier, number, at, lie);
    return { index, way, claims: [claim], scans: [] };
  }
  // A parcel of its own is seen once and then taken back over the counter.
  const first = numberFor(draw, carrier);
  const scans = lifeFor(near, carrier, first, at + 3 * HOUR, random).slice(0, 1);
  const correction = { at: at + 2 * DAY, carrier, number, reason: 'the label was printed again' };
  return {
    index,
    way,
    claims: [claimOf(`${index}/0`, near, carrier, first, at, { ...lie, correction })],
    scans,
  };
}

/** A parcel for this buyer that is not what was promised, or that nobody trustworthy saw. */
function otherThanSaid(draw: Draw, way: 'economy_as_fast' | 'other_ship_from' | 'aggregator_only'): Story {
  const { random, index } = draw;
  const order = draw.order(0, ({ isAbroad, origin, city }) =>
    origin.country === 'CN' ? isAbroad : origin.country !== city.country,
  );
  const at = declaredAt(order, random);
  const startAt = handedOverAt(at, random);
  if (way === 'economy_as_fast') {
    const number = economyNumberOf(draw.serial(0));
    const claim = claimOf(`${index}/0`, order, 'china_post', number, at, {
      service: 'EMS',
      isGenuine: false,
    });
    return {
      index,
      way,
      claims: [claim],
      scans: lifeFor(order, 'china_post', number, startAt, random, { pace: 3 }),
    };
  }
  if (way === 'other_ship_from') {
    const carrier = carrierFor(order, random);
    const number = numberFor(draw, carrier);
    const claim = claimOf(`${index}/0`, order, carrier, number, at, {
      shipFrom: order.city.country,
      isGenuine: false,
    });
    return { index, way, claims: [claim], scans: lifeFor(order, carrier, number, startAt, random) };
  }
  const carrier = checkedCarrierFor(order, random);
  const number = numberFor(draw, carrier);
  const said = lifeFor(order, carrier, number, startAt, random).map(
    (scan): OutsideScan => ({ ...scan, reporter: '4px' }),
  );
  const claim = claimOf(`${index}/0`, order, carrier, number, at, { isGenuine: false, proof: pretext(draw) });
  return { index, way, claims: [claim], scans: said };
}

/** The number of a real parcel of somebody of whom nobody here has heard, or of a worthless one of its own. */
function ofStranger(
  draw: Draw,
  way: 'delivered_before_order' | 'other_country' | 'other_city' | 'unseen_neighbour' | 'brushing',
  { cities }: Surroundings,
): Story {
  const { random, index } = draw;
  const hasNeighbours = (order: Order) => (cities.get(order.city.country) ?? []).length > 1;
  const order = draw.order(0, (one) =>
    way === 'brushing' ? one.city.postcodes.length > 1 : hasNeighbours(one),
  );
  const carrier = carrierFor(order, random);
  const number = numberFor(draw, carrier);
  const at = declaredAt(order, random);
  const claim = claimOf(`${index}/0`, order, carrier, number, at, { isGenuine: false, proof: pretext(draw) });
  const tell = (scans: readonly OutsideScan[]): Story => ({ index, way, claims: [claim], scans });
  const startAt = handedOverAt(at, random);
  switch (way) {
    case 'delivered_before_order': {
      const before = lifeFor(order, carrier, number, order.at - 45 * DAY, random);
      const [last] = before.slice(-1);
      const shift = order.at - 2 * DAY - (last?.occurredAt ?? order.at);
      return tell(movedBy(before, shift));
    }
    case 'other_country': {
      const others = [...cities.values()].flat().filter((city) => city.country !== order.city.country);
      return tell(lifeTo(random.pick(others)));
    }
    case 'other_city': {
      const others = (cities.get(order.city.country) ?? []).filter((city) => city.name !== order.city.name);
      return tell(lifeTo(random.pick(others)));
    }
    case 'unseen_neighbour': {
      const scans = lifeFor(order, carrier, number, startAt, random);
      return { ...tell(scans), ...denialAfter(scans, random) };
    }
    case 'brushing': {
      const other = order.city.postcodes.find((one) => one !== order.buyer.address.postcode);
      const scans = lifeFor(order, carrier, number, startAt, random, { postcode: other ?? '' });
      return { ...tell(scans), ...denialAfter(scans, random, 'delivered_elsewhere') };
    }
  }
  function lifeTo(to: City): OutsideScan[] {
    return lifeFor(order, carrier, number, startAt, random, { to, postcode: to.postcodes[0] ?? '' });
  }
}

const movedBy = (scans: readonly OutsideScan[], ms: number): OutsideScan[] =>
  scans.map((scan) => {
    const occurredAt = scan.occurredAt + ms;
    return {
      ...scan,
      occurredAt,
      at: scan.at + ms,
      time: { occurred_at: new Date(occurredAt).toISOString() },
    };
  });

/** One real parcel, to the first of several buyers; the others pay for its number. */
function ofOneParcelForMany(draw: Draw): Story {
  const { random, index } = draw;
  const first = draw.order(0);
  const carrier = carrierFor(first, random);
  const number = numberFor(draw, carrier);
  const at = declaredAt(first, random);
  const others = Array.from({ length: random.whole(2, 3) }, (_, k) =>
    draw.order(k + 1, (one) => one.city.name !== first.city.name && one.isAbroad === first.isAbroad),
  );
  const claims = [
    claimOf(`${index}/0`, first, carrier, number, at),
    ...others.map((order, k) =>
      claimOf(`${index}/${k + 1}`, order, carrier, number, at + (k + 1) * HOUR, {
        isGenuine: false,
        proof: pretext(draw),
      }),
    ),
  ];
  const scans = lifeFor(first, carrier, number, at + days(1.2), random);
  return { index, way: 'reused_number', claims, scans };
}

/** The same worthless parcel to an accomplice, claimed by each of them for a buyer of its own. */
function ofColluders(draw: Draw, { accomplices, cities }: Surroundings): Story {
  const { random, index, merchant } = draw;
  const partners = accomplices.filter(
    (one) => one.index !== merchant.index && one.home.country === merchant.home.country,
  );
  const sellers = [merchant, ...partners.slice(0, 2)];
  const orders = sellers.map((seller, k) => draw.order(k, undefined, seller));
  const [first] = orders;
  if (first === undefined) throw new Error('nobody colludes');
  const carrier: NumberedCarrier = first.origin.country === 'CN' ? 'china_post' : carrierFor(first, random);
  const number = numberFor(draw, carrier);
  const taken = new Set(orders.map((order) => order.city.name));
  const free = [...cities.values()].flat().filter((city) => !taken.has(city.name));
  const to = random.pick(free);
  const at = Math.max(...orders.map((order) => declaredAt(order, random)));
  const claims = orders.map((order, k) =>
    claimOf(`${index}/${k}`, order, carrier, number, at + k * HOUR, {
      isGenuine: false,
      proof: pretext(draw),
    }),
  );
  const postcode = to.postcodes[0] ?? '';
  const scans = lifeFor(first, carrier, number, at + days(1), random, { to, postcode });
  return { index, way: 'collusion', claims, scans };
}
