import { HOUR, orderTimes } from './calendar.ts';
import { type City, citiesByCountry, UTC_OFFSET_HOURS } from './geography.ts';
import { PER_DOLLAR, WARES, type Ware } from './goods.ts';
import { type Party, partyIn } from './people.ts';
import { type Random, randomOf } from './random.ts';
import { type Shop, withShops } from './shops.ts';

export type Marketplace = {
  readonly name: string;
  readonly country: string;
  /** `aliexpress`: the policy table of domain reference 3.2 and its recognised sources; `neutral`: no rules of its own. */
  readonly rules: 'aliexpress' | 'neutral';
  /** In which it pays for its programmes. */
  readonly currency: string;
};

/** What a merchant does that it should not. It is the truth that a detective would have to find; nobody is told. */
export const CHEATS = [
  /** Declares a third of the weight. */
  'underweight',
  /** Sends next to nothing to an accomplice in the buyer's postcode: a real number to the right postcode. */
  'empty_parcel',
  /** Declares the domestic number of another order as its own. */
  'borrowed_number',
  /** Reports its own parcels as delivered. */
  'false_delivery',
] as const;
export type Cheat = (typeof CHEATS)[number];

export type Merchant = {
  readonly index: number;
  readonly name: string;
  /** Index of its marketplace. */
  readonly marketplace: number;
  readonly home: City;
  readonly sender: Party;
  /** Of its wallet. */
  readonly currency: string;
  readonly handover: 'door_pickup' | 'drop_off' | 'self_post';
  readonly cheat: Cheat | undefined;
  readonly weight: number;
  /** Somebody looks at it: its orders are written down before they are shipped, and some are left to him. */
  readonly isWatched?: boolean;
};

export type PlannedParcel = {
  readonly declaredGrams: number;
  readonly actualGrams: number;
  readonly size: { readonly length_mm: number; readonly width_mm: number; readonly height_mm: number };
};

export type Order = {
  readonly index: number;
  readonly merchant: Merchant;
  /** Who sends it, and from where: the merchant; of what goes back, its buyer. */
  readonly sender: Party;
  readonly origin: City;
  readonly at: number;
  /** Two shipments of one split order share it: honest, though it looks like a number used twice. */
  readonly ref: string;
  readonly buyer: Party;
  readonly city: City;
  readonly isAbroad: boolean;
  readonly ware: Ware;
  readonly quantity: number;
  readonly unitValue: { readonly amount_minor: number; readonly currency: string };
  readonly parcels: readonly PlannedParcel[];
  /** What the buyer pays at the door; otherwise he has paid. */
  readonly cash: { readonly amount_minor: number; readonly currency: string } | undefined;
  readonly wish: 'cheap' | 'fast' | 'usual';
  readonly undeliverable: 'return' | 'destroy';
  readonly cheat: Cheat | undefined;
  readonly isSplit: boolean;
  /** The buyer sends it back. */
  readonly isReturn: boolean;
};

export type WorldPlan = {
  readonly seed: number;
  readonly start: number;
  readonly days: number;
  readonly marketplaces: readonly Marketplace[];
  readonly merchants: readonly Merchant[];
  /** In the order of their instants. */
  readonly orders: readonly Order[];
};

export type WorldSize = {
  readonly seed: number;
  readonly parcels: number;
  readonly days: number;
  readonly start: number;
  readonly merchants: number;
  /** Beside them, merchants who ship with carriers of their own alone: nothing of the lines depends on them. */
  readonly outsiders?: number;
  /** A day with six times the sales; otherwise from five days on. */
  readonly hasPromotion?: boolean;
  readonly shops?: readonly Shop[];
};

/** The first plays AliExpress's rules, the others leave everything to the network. */
export const MARKETPLACES: readonly Marketplace[] = [
  { name: 'Harbour Market', country: 'CN', rules: 'aliexpress', currency: 'CNY' },
  { name: 'Mercado do Sol', country: 'BR', rules: 'neutral', currency: 'BRL' },
  { name: 'Open Bazaar', country: 'DE', rules: 'neutral', currency: 'EUR' },
];

/** Where merchants sell from: each country has a first-mile warehouse or the carrier's own depot. */
const HOMES: readonly (readonly [country: string, weight: number])[] = [
  ['CN', 64],
  ['DE', 13],
  ['NL', 5],
  ['BR', 18],
];
const CURRENCY: Readonly<Record<string, string>> = { CN: 'CNY', DE: 'EUR', NL: 'EUR', BR: 'BRL' };
/** Where Chinese merchants send abroad (lines of the network), by how often. */
const ABROAD: readonly (readonly [country: string, weight: number])[] = [
  ['US', 24],
  ['ES', 15],
  ['FR', 12],
  ['DE', 10],
  ['BR', 12],
  ['RU', 12],
  ['GB', 7],
  ['NL', 5],
  ['CL', 4],
];
const EUROPE: readonly (readonly [country: string, weight: number])[] = [
  ['DE', 45],
  ['NL', 12],
  ['FR', 18],
  ['ES', 12],
  ['IT', 8],
  ['PL', 5],
];

/** Share of Chinese domestic orders that are paid at the door. Our assumption. */
const AT_DOOR = 0.15;

export const WORLD_MERCHANTS = 200;
/** Small worlds have fewer merchants, so that each still has some orders a day. */
export const merchantsFor = (parcels: number) =>
  Math.max(8, Math.min(WORLD_MERCHANTS, Math.ceil(parcels / 10)));

/** Everything that people of the world want, drawn from the seed: who sells what to whom, and when. */
export function planWorld(size: WorldSize): WorldPlan {
  const cities = citiesByCountry();
  const drawn = Array.from({ length: size.merchants + (size.outsiders ?? 0) }, (_, index) =>
    merchantOf(index, randomOf(size.seed, `merchant/${index}`), cities),
  );
  const merchants = withShops(drawn, size.shops ?? []);
  const orders: Order[] = [];
  const times = timesOf(size, merchants.slice(0, size.merchants));
  let parcels = 0;
  for (const [at, merchant] of times) {
    if (parcels >= size.parcels) break;
    const order = planOrder(size.seed, orders.length, at, merchant, cities);
    parcels += order.parcels.length;
    orders.push(order);
    if (!order.isSplit || parcels >= size.parcels) continue;
    const second = { ...planOrder(size.seed, orders.length, at + HOUR, merchant, cities), ...shared(order) };
    parcels += second.parcels.length;
    orders.push(second);
  }
  return {
    seed: size.seed,
    start: size.start,
    days: size.days,
    marketplaces: MARKETPLACES,
    merchants,
    orders,
  };
}

const shared = ({ ref, buyer, city, isAbroad, cheat }: Order) => ({
  ref,
  buyer,
  city,
  isAbroad,
  cheat,
  isSplit: true,
});

function merchantOf(index: number, random: Random, cities: ReadonlyMap<string, readonly City[]>): Merchant {
  const country = index < HOMES.length ? (HOMES[index]?.[0] ?? 'CN') : random.weighted(HOMES);
  const home = cityIn(cities, country, random);
  const marketplace =
    country === 'BR'
      ? 1
      : country === 'CN'
        ? random.weighted([
            [0, 3],
            [2, 1],
          ] as const)
        : 2;
  const isCheat = random.chance(0.08);
  const sender = partyIn(home, random);
  return {
    index,
    name: `${home.name} ${random.pick(['Trading', 'Goods', 'Outlet', 'Store', 'Works'])} ${index + 1}`,
    marketplace,
    home,
    // A sender pays no import duty: only recipients have tax ids.
    sender: { name: sender.name, phone: sender.phone, address: sender.address },
    currency: CURRENCY[country] ?? 'CNY',
    handover: random.weighted([
      ['door_pickup', 4],
      ['drop_off', 4],
      ['self_post', country === 'CN' ? 2 : 0],
    ] as const),
    cheat: isCheat ? random.pick(CHEATS) : undefined,
    // A few sell most (Zipf).
    weight: 1 / (1 + random.whole(0, 19)),
  };
}

/** More instants than parcels, because orders of several parcels use some up. */
function timesOf(size: WorldSize, merchants: readonly Merchant[]): readonly (readonly [number, Merchant])[] {
  const random = randomOf(size.seed, 'times');
  const drawn = Array.from({ length: size.parcels }, () =>
    random.weighted(merchants.map((merchant) => [merchant, merchant.weight] as const)),
  );
  const byMerchant = Map.groupBy(drawn, (merchant) => merchant);
  return [...byMerchant]
    .flatMap(([merchant, own]) => {
      const offset = UTC_OFFSET_HOURS[merchant.home.country] ?? 0;
      const stream = randomOf(size.seed, `times/${merchant.index}`);
      return orderTimes(
        size.start,
        size.days,
        own.length,
        offset,
        size.hasPromotion ?? size.days >= 5,
        stream,
      ).map((at) => [at, merchant] as const);
    })
    .sort(([a, first], [b, second]) => a - b || first.index - second.index);
}

/** One order of a merchant, by its index alone: a world that goes on for ever draws its orders one by one. */
export function planOrder(
  seed: number,
  index: number,
  at: number,
  merchant: Merchant,
  cities: ReadonlyMap<string, readonly City[]>,
): Order {
  const random = randomOf(seed, `order/${index}`);
  const { country } = merchant.home;
  const target =
    country === 'BR'
      ? 'BR'
      : country === 'CN'
        ? random.chance(0.35)
          ? 'CN'
          : random.weighted(ABROAD)
        : random.weighted(EUROPE);
  const city = cityIn(cities, target, random);
  const isAbroad = country === 'CN' && target !== 'CN';
  const ware = random.weighted(WARES);
  const quantity = random.weighted([
    [1, 8],
    [2, 2],
    [3, 1],
  ] as const);
  const currency = isAbroad ? 'USD' : merchant.currency;
  const dollars = Math.min(300, random.spread(...ware.value));
  const cheat = merchant.cheat !== undefined && random.chance(0.4) ? merchant.cheat : undefined;
  const pieces = quantity > 1 && random.chance(0.3) ? quantity : 1;
  const perParcel = quantity / pieces;
  const unitValue = {
    amount_minor: Math.max(100, Math.round(dollars * (PER_DOLLAR[currency] ?? 1) * 100)),
    currency,
  };
  const isSplit = random.chance(0.03);
  // One shipment asks for the money; of the network's lines the Chinese domestic one takes it.
  const paysAtDoor =
    country === 'CN' && !isAbroad && !isSplit && randomOf(seed, `cash/${index}`).chance(AT_DOOR);
  return {
    index,
    merchant,
    sender: merchant.sender,
    origin: merchant.home,
    at,
    ref: `W${seed}-${index}`,
    buyer: partyIn(city, random),
    city,
    isAbroad,
    ware,
    quantity,
    unitValue,
    cash: paysAtDoor ? { amount_minor: unitValue.amount_minor * quantity, currency } : undefined,
    parcels: Array.from({ length: pieces }, () => parcelOf(ware, perParcel, cheat, random)),
    wish: random.weighted([
      ['cheap', 5],
      ['usual', 3],
      ['fast', 2],
    ] as const),
    undeliverable: random.chance(0.25) ? 'destroy' : 'return',
    cheat,
    isSplit,
    isReturn: false,
  };
}

function parcelOf(ware: Ware, pieces: number, cheat: Cheat | undefined, random: Random): PlannedParcel {
  const goods = Math.min(1_900, Math.max(20, Math.round(random.spread(...ware.grams) * pieces)));
  // Most declare what their scale says; some guess, and a cheat declares a third.
  const error = random.chance(0.88) ? 1 + (random.next() - 0.5) * 0.04 : 1 + (random.next() - 0.35) * 0.5;
  const actualGrams = cheat === 'empty_parcel' ? random.whole(8, 18) : goods;
  const declared = cheat === 'underweight' ? goods / 3 : goods * error;
  const side = Math.cbrt(goods * 2600 * (0.8 + 0.4 * random.next()));
  const mm = (factor: number) => Math.max(20, Math.min(280, Math.round((side * factor) / 10) * 10));
  return {
    actualGrams,
    declaredGrams: Math.min(1_990, Math.max(10, Math.round(declared))),
    size: { length_mm: mm(1.3), width_mm: mm(1), height_mm: mm(0.7) },
  };
}

function cityIn(cities: ReadonlyMap<string, readonly City[]>, country: string, random: Random): City {
  const known = cities.get(country) ?? [];
  // People live in all of them, not only in the largest: the root evens out.
  return random.weighted(known.map((city) => [city, Math.sqrt(city.population)] as const));
}
