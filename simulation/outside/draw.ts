import { days, HOUR, minutes } from '../calendar.ts';
import type { City } from '../geography.ts';
import { type Merchant, type Order, type PlannedParcel, planOrder } from '../plan.ts';
import { type Random, randomOf } from '../random.ts';
import { journey, type Route } from './journey.ts';
import { type NumberedCarrier, numberOf } from './numbers.ts';
import type { Claim, OutsideScan, Story } from './story.ts';

/** Orders that are shipped outside have indexes of their own, so that the others draw what they drew before. */
const OUTSIDE_FROM = 500_000_000;
const PER_STORY = 1_000;
const TRIES = 60;

/** What a story is drawn with. The same seed and index give the same story, whatever else there is. */
export type Draw = {
  readonly index: number;
  readonly random: Random;
  /** When the story's first order is placed. */
  readonly at: number;
  readonly merchant: Merchant;
  /** The story's k-th order, of the first buyer that fits; `fits` says where he may live. */
  order(k: number, fits?: (order: Order) => boolean, merchant?: Merchant): Order;
  /** The story's k-th number. */
  serial(k: number): number;
};

export function drawOf(
  seed: number,
  index: number,
  at: number,
  merchant: Merchant,
  cities: ReadonlyMap<string, readonly City[]>,
): Draw {
  return {
    ...{ index, at, merchant },
    random: randomOf(seed, `outside/${index}`),
    order: (k, fits = () => true, seller = merchant) => {
      for (let tried = 0; tried < TRIES; tried += 1) {
        const number = OUTSIDE_FROM + index * PER_STORY + k * TRIES + tried;
        const drawn = planOrder(seed, number, at, seller, cities);
        // What is odd about these orders is told by the story alone.
        const order: Order = {
          ...drawn,
          ...{ ref: `X${seed}-${number}`, cash: undefined, cheat: undefined },
          parcels: drawn.cheat === undefined ? drawn.parcels : drawn.parcels.map(asDeclared),
        };
        if (fits(order)) return order;
      }
      throw new Error(`story ${index} finds no buyer that fits`);
    },
    serial: (k) => 10_000_000 + (((seed % 97) * 800_000 + index * 10 + k) % 80_000_000),
  };
}

/** What a merchant packs who cheats elsewhere is what he says. */
const asDeclared = (parcel: PlannedParcel): PlannedParcel => ({
  ...parcel,
  actualGrams: parcel.declaredGrams,
});

export function carrierFor(order: Order, random: Random): NumberedCarrier {
  const { country } = order.origin;
  if (country === 'BR') return 'correios';
  if (country !== 'CN')
    return random.weighted([
      ['dhl_express', 1],
      ['ups', 1],
    ] as const);
  return order.isAbroad
    ? random.weighted([
        ['china_post', 4],
        ['ems', 2],
        ['ups', 2],
        ['dhl_express', 2],
      ] as const)
    : random.weighted([
        ['sf_express', 6],
        ['ems', 3],
      ] as const);
}

/** One whose numbers have a check digit. */
export function checkedCarrierFor(order: Order, random: Random): NumberedCarrier {
  const carrier = carrierFor(order, random);
  return carrier === 'sf_express' ? 'ems' : carrier;
}

/** Declared within a day of the order, handed over within two more. */
export const declaredAt = (order: Order, random: Random): number =>
  order.at + minutes(random.spread(300, 1_300));
export const handedOverAt = (declared: number, random: Random): number =>
  declared + days(random.spread(0.5, 1.6));

/** The claim of an honest merchant; what a story is about changes some of it. */
export function claimOf(
  key: string,
  order: Order,
  carrier: NumberedCarrier,
  number: string,
  at: number,
  different: Partial<Claim> = {},
): Claim {
  return {
    ...{ key, order, at, carrier, number },
    service: carrier === 'ems' ? 'EMS' : undefined,
    sendType: 'all',
    shippedAt: at,
    shipFrom: order.origin.country,
    isGenuine: true,
    proof: 'receipt',
    ...different,
  };
}

/** A parcel that really goes to the buyer of an order. */
export function lifeFor(
  order: Order,
  carrier: NumberedCarrier,
  number: string,
  startAt: number,
  random: Random,
  different: Partial<Route> = {},
): OutsideScan[] {
  const { postcode } = order.buyer.address;
  const route = { carrier, number, from: order.origin, to: order.city, postcode, startAt, ...different };
  return journey(route, random);
}

export const numberFor = (draw: Draw, carrier: NumberedCarrier, k = 0): string =>
  numberOf(carrier, draw.serial(k));

/** After the delivery the buyer waits a while, and says that it is not so. */
export function denialAfter(
  scans: readonly OutsideScan[],
  random: Random,
  kind: NonNullable<Story['denial']>['kind'] = 'not_delivered_to_me',
): Pick<Story, 'denial'> {
  const told = scans.at(-1)?.at;
  return told === undefined
    ? {}
    : { denial: { at: told + HOUR + Math.round(days(random.spread(0.6, 2))), kind } };
}

/** An order of the same buyer, a little later. */
export const alsoFor = (first: Order, second: Order): Order => ({
  ...second,
  at: first.at + 2 * HOUR,
  ...{ buyer: first.buyer, city: first.city, isAbroad: first.isAbroad },
});
