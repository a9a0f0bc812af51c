import { HOUR, orderTimes } from '../calendar.ts';
import { type City, citiesByCountry, UTC_OFFSET_HOURS } from '../geography.ts';
import { type Party, partyIn } from '../people.ts';
import { type Random, randomOf } from '../random.ts';
import {
  ERRANDS,
  type Errand,
  errandOf,
  SENDINGS,
  type Sending,
  sendingOf,
  WAYS,
  type Way,
  wayOf,
} from './ways.ts';

/** A post and a chain with outlets by feed, shops of their own, and doors without a clerk. */
export type NetworkKind = 'post' | 'chain' | 'lone_shop' | 'lockers';
export type PlannedNetwork = {
  readonly index: number;
  readonly name: string;
  readonly country: string;
  readonly kind: NetworkKind;
};

export type Position = { readonly latitude: number; readonly longitude: number };
export type PlannedPoint = {
  readonly index: number;
  readonly network: number;
  readonly outletCode: string;
  readonly name: string;
  readonly kind: 'post_office' | 'shop' | 'station' | 'locker';
  readonly city: City;
  readonly position: Position;
  /** Parcels that may be sent there for each hour, by service. */
  readonly collectPerHour: number;
  readonly returnPerHour: number;
  readonly shelf: number;
  /** Its device has no network from then until then. */
  readonly outage: { readonly from: number; readonly until: number } | undefined;
};

/** A parcel that is to wait at a point for its recipient. */
export type PlannedParcel = {
  readonly index: number;
  /** When its marketplace looks for a point. */
  readonly at: number;
  readonly country: string;
  readonly city: City;
  readonly home: Position;
  readonly recipient: Party;
  readonly number: string;
  readonly way: Way;
};

/** Goods that go back through a point. */
export type PlannedReturn = {
  readonly index: number;
  /** When the buyer opens the portal. */
  readonly at: number;
  readonly country: string;
  readonly city: City;
  readonly home: Position;
  readonly buyer: Party;
  readonly email: string;
  readonly reference: string;
  readonly number: string;
  readonly paidMinor: number;
  readonly errand: Errand;
};

/** A parcel that a person sends from the counter of his town. */
export type PlannedMailing = {
  readonly index: number;
  /** When he asks what it costs. */
  readonly at: number;
  readonly country: string;
  readonly city: City;
  readonly sender: Party;
  readonly recipient: Party;
  readonly weightGrams: number;
  readonly sending: Sending;
};

export type PointPlan = {
  readonly seed: number;
  readonly start: number;
  readonly days: number;
  readonly countries: readonly string[];
  readonly networks: readonly PlannedNetwork[];
  readonly points: readonly PlannedPoint[];
  readonly parcels: readonly PlannedParcel[];
  readonly returns: readonly PlannedReturn[];
  readonly mailings: readonly PlannedMailing[];
};

export type PointWorldSize = {
  readonly seed: number;
  readonly start: number;
  readonly days: number;
  readonly points: number;
  /** Parcels to points and returns together, on one day. */
  readonly perDay: number;
  /** Each way as often as every other, and little room: for a world too small for chance. */
  readonly isEven?: boolean;
};

/** Countries in which our own carriers bring returns home, by how much happens there. Our assumption. */
const COUNTRIES: readonly (readonly [country: string, weight: number])[] = [
  ['CN', 50],
  ['DE', 30],
  ['BR', 20],
];
export const ZONES: Readonly<Record<string, string>> = {
  CN: 'Asia/Shanghai',
  DE: 'Europe/Berlin',
  BR: 'America/Sao_Paulo',
};
export const CURRENCIES: Readonly<Record<string, string>> = { CN: 'CNY', DE: 'EUR', BR: 'BRL' };
const NAMES: Readonly<Record<string, Readonly<Record<NetworkKind, string>>>> = {
  CN: { post: '乡镇邮政', chain: '驿站连锁', lone_shop: '街角小店', lockers: '智能柜' },
  DE: { post: 'Landpost', chain: 'Kiosk am Eck', lone_shop: 'Laden', lockers: 'Paketfach' },
  BR: { post: 'Correio Local', chain: 'Banca Amiga', lone_shop: 'Loja', lockers: 'Armário' },
};
/** Of a hundred parcels and returns so many go back. Our assumption. */
const RETURNS_PERCENT = 10;
/** And for a hundred of both so many people send something. Our assumption. */
const MAILINGS_PERCENT = 8;
/** Outlets of one network in one town; further ones open in the next town. */
const POINTS_OF_TOWN = 12;
/** One point in so many loses its network for a while. */
const OUTAGE_ONE_IN = 6;
/** From which local hour of the second day on, and how long: some come back only after more than a lease. */
const OUTAGES = [
  { hour: 20, hours: 44 },
  { hour: 10, hours: 5 },
  { hour: 20, hours: 22 },
  { hour: 10, hours: 30 },
] as const;

/** Everything that a seed decides. The same seed gives the same plan; draws of one thing do not disturb another's. */
export function planPoints(size: PointWorldSize): PointPlan {
  const { seed, start, days } = size;
  const cities = citiesByCountry();
  const { networks, points } = drawPoints(size, cities);
  const countries = [...new Set(networks.map(({ country }) => country))];
  const returns = Math.round((size.perDay * RETURNS_PERCENT) / 100);
  const shares = COUNTRIES.filter(([country]) => countries.includes(country));
  const townsOf = new Map(
    countries.map((country) => [
      country,
      [...new Set(points.filter(({ city }) => city.country === country).map(({ city }) => city))].map(
        (city) => [city, city.population] as const,
      ),
    ]),
  );
  const draw = (name: string, index: number, at: number) => {
    const random = randomOf(seed, `points/${name}/${index}`);
    const country = random.weighted(shares);
    const city = random.weighted(townsOf.get(country) ?? []);
    return { random, index, at, country, city, home: around(city, random, 3_000) };
  };
  const whens = (name: string, count: number) =>
    orderTimes(start, days, count * days, 0, false, randomOf(seed, `points/${name}`)).map(
      (at) => Math.floor(at / HOUR) * HOUR,
    );
  return {
    ...{ seed, start, days, countries, networks, points },
    parcels: whens('parcels', size.perDay - returns).map((at, index) => {
      const { random, ...drawn } = draw('parcel', index, at);
      const number = `SF1${String(seed % 1_000).padStart(3, '0')}${String(index).padStart(9, '0')}`;
      return {
        ...drawn,
        number,
        recipient: partyIn(drawn.city, random),
        way: size.isEven ? dealt(WAYS, index) : wayOf(random),
      };
    }),
    returns: whens('returns', returns).map((at, index) => {
      const { random, ...drawn } = draw('return', index, at);
      const reference = `PT-${seed}-${index}`;
      return {
        ...{ ...drawn, reference, email: `buyer-${index}@world.example` },
        number: `SF2${String(seed % 1_000).padStart(3, '0')}${String(index).padStart(9, '0')}`,
        ...{
          buyer: partyIn(drawn.city, random),
          errand: size.isEven ? dealt(ERRANDS, index) : errandOf(random),
        },
        paidMinor: 100 * random.whole(80, 400),
      };
    }),
    mailings: whens('mailings', Math.round((size.perDay * MAILINGS_PERCENT) / 100)).map((at, index) => {
      const { random, home: _home, ...drawn } = draw('mailing', index, at);
      const to = random.weighted(townsOf.get(drawn.country) ?? []);
      return {
        ...{ ...drawn, sender: partyIn(drawn.city, random), recipient: partyIn(to, random) },
        weightGrams: random.whole(600, 3_000),
        sending: size.isEven ? dealt(SENDINGS, index) : sendingOf(random),
      };
    }),
  };
}

function dealt<Item>(items: readonly Item[], index: number): Item {
  const item = items[index % items.length];
  if (item === undefined) throw new RangeError('nothing to deal');
  return item;
}

function drawPoints(size: PointWorldSize, cities: ReadonlyMap<string, readonly City[]>) {
  const networks: PlannedNetwork[] = [];
  const points: PlannedPoint[] = [];
  const total = COUNTRIES.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [country, weight] of COUNTRIES) {
    const count = Math.round((size.points * weight) / total);
    const towns = [...(cities.get(country) ?? [])]
      .sort((a, b) => b.population - a.population)
      .slice(0, Math.max(1, Math.ceil(count / POINTS_OF_TOWN)));
    const open = (kind: NetworkKind, outlets: number) => {
      if (outlets === 0) return;
      const network = {
        ...{ index: networks.length, country, kind },
        name: `${NAMES[country]?.[kind]} ${networks.length + 1}`,
      };
      networks.push(network);
      for (let outlet = 0; outlet < outlets; outlet += 1)
        points.push(drawPoint(size, network, points.length, outlet, towns));
    };
    const chain = Math.floor(count * 0.3);
    const lockers = Math.floor(count * 0.15);
    const lone = Math.floor(count * 0.1);
    open('post', count - chain - lockers - lone);
    open('chain', chain);
    open('lockers', lockers);
    for (let shop = 0; shop < lone; shop += 1) open('lone_shop', 1);
  }
  return { networks, points };
}

const KIND_OF = { post: 'post_office', chain: 'station', lone_shop: 'shop', lockers: 'locker' } as const;

function drawPoint(
  { seed, start, isEven }: PointWorldSize,
  network: PlannedNetwork,
  index: number,
  outlet: number,
  towns: readonly City[],
): PlannedPoint {
  const random = randomOf(seed, `points/point/${index}`);
  // Each town has one before any has two.
  const city = towns[outlet % towns.length] ?? random.pick(towns);
  const isLocker = network.kind === 'lockers';
  const hasOutage = !isLocker && index % OUTAGE_ONE_IN === 1;
  const outage = OUTAGES[Math.floor(index / OUTAGE_ONE_IN) % OUTAGES.length] ?? OUTAGES[0];
  const from = start + 24 * HOUR + localHour(network.country, outage.hour);
  return {
    ...{ index, network: network.index, city, position: around(city, random, 4_000) },
    outletCode: `O-${String(outlet + 1).padStart(4, '0')}`,
    name: `${network.name} ${city.name} ${outlet + 1}`,
    kind: KIND_OF[network.kind],
    ...(isLocker
      ? { collectPerHour: 6, returnPerHour: 0, shelf: 40 }
      : {
          collectPerHour: isEven ? 2 : random.whole(5, 9),
          returnPerHour: random.whole(1, 3),
          shelf: random.whole(110, 180),
        }),
    outage: hasOutage ? { from, until: from + outage.hours * HOUR } : undefined,
  };
}

/** The instant of a local hour on the first day, as an offset from midnight UTC. */
export const localHour = (country: string, hour: number): number =>
  (hour - (UTC_OFFSET_HOURS[country] ?? 0)) * HOUR;

function around({ latitude, longitude }: City, random: Random, meters: number): Position {
  const north = (random.next() - 0.5) * 2 * meters;
  const east = (random.next() - 0.5) * 2 * meters;
  const degree = 111_195;
  return {
    latitude: latitude + north / degree,
    longitude: longitude + east / (degree * Math.cos((latitude * Math.PI) / 180)),
  };
}
