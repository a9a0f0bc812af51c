import { createHmac, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findOperator, mintForBootstrap } from '../../server/bootstrap.ts';
import { draw, type Random, seeded } from '../replay/random.ts';
import { BERLIN, EU_OFFER, GOODS, type Market, MUNICH, must, openMarket } from '../setup/market.ts';
import { type Client, startTestNetwork, type TestNetwork } from '../setup/network.ts';
import { ROOT } from '../setup/template.ts';

/*
 * Promise G8: forged or implausible scans change nothing. Twelve kinds of forgery with every code there is, over HTTP, told
 * before and after the genuine scans that follow; and a genuine corpus of which at most 0.1 % may be held back. Written from the promise: no rule of the product is imported, the codes are those of the published contract.
 */
const CARRIER = 'postroad_express_eu';
const SEED = Number(process.env.POSTROAD_SEED ?? '20261129');
const HOUR = 3_600_000;
const PARCELS_PER_ORDER = 50;
const GENUINE = 200;

const contract = JSON.parse(readFileSync(join(ROOT, 'openapi.json'), 'utf8')) as {
  components: { schemas: { MilestoneName: { enum: string[] } } };
};
const CODES = [...contract.components.schemas.MilestoneName.enum, 'exception.missorted', 'code-of-nobody'];

type Scan = Record<string, unknown> & { number: string };
type Receipts = {
  accepted: number;
  duplicates: number;
  refused: number;
  data: { result: string; code?: string }[];
};
type Timeline = {
  status: string;
  terminal: boolean;
  delivered_at?: string;
  milestones: { name: string; occurred_at: string }[];
  entries: { code: string; effect: string; source: string }[];
  unverified: { code: string }[];
  quarantined: { code: string; reason: string }[];
};
type Parcel = { id: string; number: string };

let network: TestNetwork;
let operator: Client;
let market: Market;
let rival: Market;
/** A post whose word the marketplace does not take, and the merchant's own program. */
let unrecognised: Client;
let app: Client;
let start: number;
let orders = 0;
/** Bought at hour 0, which is when their labels were issued; each story takes what it needs. */
let stock: Parcel[] = [];
const take = (count: number) => stock.splice(0, count);

const at = (hours: number) => new Date(start + hours * HOUR).toISOString();
const setClock = async (hours: number) => must(await operator.post('/v1/test/clock', { now: at(hours) }));
const send = async (client: Client, scans: readonly Scan[]) => {
  const data: Receipts['data'] = [];
  for (let from = 0; from < scans.length; from += 500)
    data.push(
      ...must(await client.post<Receipts>('/v1/scans', { scans: scans.slice(from, from + 500) })).data,
    );
  return data.map((line) => line.code ?? line.result);
};
const timelineOf = async ({ id }: Parcel) =>
  must(await market.merchant.client.get<{ timeline: Timeline }>(`/v1/parcels/${id}/timeline`)).timeline;

/** Parcels of one order, from Berlin to Munich, bought through the API at the present instant of the world. */
async function buy(count: number): Promise<Parcel[]> {
  const bought: Parcel[] = [];
  while (bought.length < count) {
    orders += 1;
    const size = Math.min(PARCELS_PER_ORDER, count - bought.length);
    const parcels = Array.from({ length: size }, () => EU_OFFER.parcels[0]);
    const offers = must(
      await market.merchant.client.post<{ offers: { offer_id: string; line_code: string }[] }>('/v1/offers', {
        ...EU_OFFER,
        parcels,
      }),
    );
    const offer = offers.offers.find(({ line_code }) => line_code === 'eu_3_5_days');
    const shipment = must(
      await market.merchant.client.post<{ parcels: Parcel[] }>('/v1/shipments', {
        offer_id: offer?.offer_id,
        order_ref: `order-${orders}`,
        sender: BERLIN,
        recipient: MUNICH,
        goods: GOODS,
        handover: 'drop_off',
        undeliverable: 'return',
      }),
    );
    bought.push(...shipment.parcels);
  }
  return bought;
}

const DE = (city: string, facility?: string) => ({
  country: 'DE',
  city,
  ...(facility === undefined ? {} : { facility }),
});
/** What the carrier says of a parcel before and after the forgery. */
const before = (number: string): Scan[] => [
  { number, code: 'picked_up', occurred_at: at(5), place: DE('Berlin', 'BER-1') },
  { number, code: 'warehouse_received', occurred_at: at(8), place: DE('Berlin', 'BER-1') },
  { number, code: 'in_transit_local.arrived_facility', occurred_at: at(20), place: DE('Leipzig', 'LEJ-1') },
  {
    number,
    code: 'in_transit_local.departed_facility',
    occurred_at: at(20.3),
    place: DE('Leipzig', 'LEJ-1'),
  },
];
const after = (number: string): Scan[] => [
  { number, code: 'arrived_delivery_depot', occurred_at: at(30), place: DE('München', 'MUC-1') },
  { number, code: 'out_for_delivery', occurred_at: at(34), place: DE('München', 'MUC-1') },
];
const tellAll = (parcels: readonly Parcel[], life: (number: string) => Scan[]) =>
  send(
    market.carrier.client,
    parcels.flatMap(({ number }) => life(number)),
  );

beforeAll(async () => {
  network = await startTestNetwork();
  const world = network.postroad.worlds.test;
  operator = network.client(
    await mintForBootstrap(world, (await findOperator(world)) ?? '', 'operator', 'test operator'),
  );
  const { now } = must(await operator.get<{ now: string }>('/v1/test/clock'));
  start = Math.ceil(Date.parse(now) / HOUR + 1) * HOUR;
  await setClock(0);
  const shared = { operator, country: 'DE', currency: 'EUR', topUpMinor: 900_000 };
  market = await openMarket(network, { ...shared, carrierCode: CARRIER });
  rival = await openMarket(network, { ...shared, carrierCode: 'postroad_line' });
  const facilities = ['BER-1', 'LEJ-1', 'MUC-1'].map((code) => ({ code, country: 'DE' }));
  must(await market.carrier.client.send('PUT', `/v1/facilities/${CARRIER}`, { facilities }));
  const key = async (organisationId: string, role: string) => {
    const body = { organisation_id: organisationId, role, name: role };
    return network.client(must(await operator.post<{ secret: string }>('/v1/api-keys', body)).secret);
  };
  app = await key(market.merchant.id, 'merchant_app');
  const post = { kind: 'carrier', name: 'A post', carrier_code: 'usps', country: 'US' };
  unrecognised = await key(
    must(await operator.post<{ id: string }>('/v1/organisations', post)).id,
    'carrier',
  );
  must(
    await market.marketplace.client.send('PUT', '/v1/recognised-sources/usps', {
      recognised: false,
      proof: 'Its feed told lies.',
    }),
  );
  stock = await buy(2 * CODES.length + GENUINE + 10);
  await network.settle();
  await setClock(50);
});
afterAll(() => network.stop());

const official = ({ status, terminal, milestones, entries }: Timeline) => ({
  status,
  terminal,
  milestones: milestones.map(({ name, occurred_at }) => `${name} ${occurred_at}`),
  entries: entries.map(({ code, effect }) => `${code} ${effect}`),
});
const money = async () =>
  must(
    await market.merchant.client.get<{ data: { id: string; balance: object; available: object }[] }>(
      '/v1/wallets',
    ),
  ).data;

/** Wallets and official timeline of a parcel, as they are and as they are after something was tried. */
async function unchangedBy(parcels: readonly Parcel[], attempt: () => Promise<void>): Promise<void> {
  const look = async () => [await money(), ...(await Promise.all(parcels.map(timelineOf))).map(official)];
  const was = await look();
  await attempt();
  await network.settle();
  expect(await look()).toEqual(was);
}

type Kind = {
  readonly name: string;
  readonly reason: string;
  /** Each code gets a parcel of its own: several such forgeries of one parcel would bear each other out. */
  readonly alone: boolean;
  forge(code: string, index: number): object;
};

/** With the right key of the parcel's own carrier: nothing but the set of scans betrays them. */
const IMPLAUSIBLE: readonly Kind[] = [
  {
    name: 'faster than 1,000 km/h',
    reason: 'faster_than_travel',
    alone: true,
    // 540 km from Leipzig, nine minutes after one scan there and nine before the next.
    forge: (code) => ({ code, occurred_at: at(20.15), place: DE('Lörrach') }),
  },
  {
    name: 'before the label existed',
    reason: 'before_label',
    alone: false,
    forge: (code, index) => ({ code, occurred_at: at(-48 + index / 60), place: DE('Berlin', 'BER-1') }),
  },
  {
    name: 'place outside the line\u2019s route',
    reason: 'outside_route',
    alone: true,
    forge: (code) => ({ code, occurred_at: at(25), place: { country: 'PL', city: 'Poznań' } }),
  },
  {
    name: 'scan by a facility that does not exist',
    reason: 'unknown_facility',
    alone: false,
    forge: (code, index) => ({ code, occurred_at: at(20.4 + index / 60), place: DE('Leipzig', 'LEJ-99') }),
  },
];
/**
 * Announcements may precede the label and are made anywhere: they are believed, move nothing that a hand has touched and
 * say nothing of where it is.
 */
const NOTICES = new Set([
  'order_created',
  'warehouse_accepted',
  'warehouse_processing',
  'dispatch_declared',
  'pickup_failed',
]);

test.each(IMPLAUSIBLE)('$name: held with its reason before and after the genuine scans', async (kind) => {
  const codes = kind.reason === 'unknown_facility' ? CODES : CODES.filter((code) => !NOTICES.has(code));
  const [control, ...parcels] = take(1 + (kind.alone ? codes.length : 1)) as [Parcel, ...Parcel[]];
  const victims = codes.map((code, index) => ({
    code,
    parcel: parcels[kind.alone ? index : 0] as Parcel,
    scan: kind.forge(code, index),
  }));
  await tellAll([control, ...parcels], before);
  const wallets = await money();
  const forged = victims.map(({ parcel, scan }) => ({ number: parcel.number, ...scan }));
  expect(new Set(await send(market.carrier.client, forged))).toEqual(new Set(['accepted']));
  const judge = async () => {
    const wanted = official(await timelineOf(control));
    for (const parcel of parcels) {
      const timeline = await timelineOf(parcel);
      const held = timeline.quarantined.map(({ code, reason }) => `${code} ${reason}`).sort();
      const told = victims.filter((one) => one.parcel === parcel);
      expect(held).toEqual(told.map(({ code }) => `${code} ${kind.reason}`).sort());
      expect(official(timeline)).toEqual(wanted);
    }
  };
  await judge();
  await tellAll([control, ...parcels], after);
  await judge();
  await network.settle();
  expect(await money()).toEqual(wallets);
});

test('an announcement from far away moves nothing, and holds no genuine scan back', async () => {
  const [control, parcel] = take(2) as [Parcel, Parcel];
  await tellAll([control, parcel], before);
  const announced = IMPLAUSIBLE.filter(({ reason }) => reason !== 'unknown_facility').flatMap(({ forge }) =>
    [...NOTICES].map((code, index) => ({ number: parcel.number, ...forge(code, index) })),
  );
  expect(new Set(await send(market.carrier.client, announced))).toEqual(new Set(['accepted']));
  await tellAll([control, parcel], after);
  const states = await Promise.all([control, parcel].map(timelineOf));
  expect(states.map(({ quarantined }) => quarantined)).toEqual([[], []]);
  const [wanted, told] = states.map(({ status, terminal, entries }) => ({
    status,
    terminal,
    moved: entries.filter(({ code }) => !NOTICES.has(code)).map(({ code, effect }) => `${code} ${effect}`),
  }));
  expect(told).toEqual(wanted);
});

describe('what arrival refuses or does not believe', () => {
  let parcel: Parcel;
  const all = (occurredAt: (index: number) => string, changes: object = {}) =>
    CODES.map((code, index) => ({
      number: parcel.number,
      code,
      occurred_at: occurredAt(index),
      place: DE('Leipzig', 'LEJ-1'),
      ...changes,
    }));
  const hourly = (index: number) => at(21 + index / 60);

  beforeAll(async () => {
    [parcel] = take(1) as [Parcel];
    await tellAll([parcel], before);
  });

  test('a wrong key, and one that was revoked', async () => {
    const minted = must(
      await operator.post<{ key: { id: string }; secret: string }>('/v1/api-keys', {
        organisation_id: market.carrier.id,
        role: 'carrier',
        name: 'stolen',
      }),
    );
    await operator.send('DELETE', `/v1/api-keys/${minted.key.id}`);
    const wrong = market.carrier.key.replace(/.{8}$/, 'aaaaaaaa');
    await unchangedBy([parcel], async () => {
      for (const key of [wrong, minted.secret, ''])
        expect((await network.client(key).post('/v1/scans', { scans: all(hourly) })).status).toBe(401);
    });
  });

  test.each([
    ['the right key of another carrier', () => rival.carrier.client],
    ['a source that is not recognised', () => unrecognised],
    ['a merchant’s own app', () => app],
    ['a warehouse without a part in the parcel', () => rival.warehouse.client],
  ])('%s is shown and moves nothing', async (name, client) => {
    const told = (await timelineOf(parcel)).unverified.length;
    await unchangedBy([parcel], async () => {
      const results = await send(client(), all(hourly));
      expect(new Set(results), name).toEqual(new Set(['accepted']));
    });
    expect((await timelineOf(parcel)).unverified).toHaveLength(told + CODES.length);
  });

  test('more than ten minutes in the future, or than any zone on earth allows', async () => {
    await unchangedBy([parcel], async () => {
      const ahead = await send(
        market.carrier.client,
        all((index) => at(50.2 + index)),
      );
      expect(new Set(ahead)).toEqual(new Set(['occurred_in_future']));
      const local = all(hourly).map(({ occurred_at: _, ...scan }, index) => ({
        ...scan,
        local_time: at(64.5 + index).slice(0, 19),
      }));
      expect(new Set(await send(market.carrier.client, local))).toEqual(new Set(['occurred_in_future']));
    });
  });

  test('a request that was recorded and is sent again', async () => {
    await unchangedBy([parcel], async () => {
      expect(new Set(await send(market.carrier.client, before(parcel.number)))).toEqual(
        new Set(['duplicate']),
      );
    });
  });

  test('after a terminal state nothing reopens it but a correction', async () => {
    await tellAll([parcel], after);
    await tellAll([parcel], (number) => [
      { number, code: 'delivered.signed', occurred_at: at(36), place: DE('München', 'MUC-1') },
    ]);
    await network.settle();
    const wallets = await money();
    const late = all((index) => at(37 + index / 60), { place: DE('München', 'MUC-1') });
    expect(new Set(await send(market.carrier.client, late))).toEqual(new Set(['accepted']));
    await network.settle();
    const { status, terminal, delivered_at, entries } = await timelineOf(parcel);
    expect([status, terminal, delivered_at]).toEqual(['delivered', true, at(36)]);
    const effects = entries.slice(-CODES.length).map(({ code, effect }) => `${code} ${effect}`);
    expect(effects.sort()).toEqual(
      CODES.map((code) => `${code} ${code === 'code-of-nobody' ? 'unmapped' : 'after_terminal'}`).sort(),
    );
    expect(await money()).toEqual(wallets);
  });
});

describe('pushes whose signature was meant for something else', () => {
  test('replayed signature and altered body are refused, whatever they say', async () => {
    const [parcel] = take(1) as [Parcel];
    await tellAll([parcel], before);
    const secret = randomBytes(24).toString('base64');
    const { path } = must(
      await operator.post<{ path: string }>('/v1/push-subscriptions', {
        connector: 'dhl_unified',
        fields: { secret: `whsec_${secret}` },
      }),
    );
    const payload = (code: string) =>
      JSON.stringify({
        shipments: [
          {
            id: parcel.number,
            events: [
              {
                statusCode: code,
                timestamp: at(22),
                location: { address: { countryCode: 'DE', addressLocality: 'Leipzig' } },
              },
            ],
          },
        ],
      });
    const signed = (id: string, atMs: number, body: string) => {
      const seconds = String(Math.floor(atMs / 1_000));
      const key = Buffer.from(secret, 'base64');
      const sign = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
      return { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': `v1,${sign}` };
    };
    const push = async (body: string, headers: Record<string, string>) =>
      (
        await network
          .client()
          .post<{ code?: string }>(path, body, { 'content-type': 'application/json', ...headers })
      ).status;
    await unchangedBy([parcel], async () => {
      const told = payload('transit');
      for (const code of ['pre-transit', 'transit', 'delivered', 'failure', 'unknown', 'of-nobody']) {
        const body = payload(code);
        const old = signed(`old-${code}`, Date.now() - HOUR, body);
        const fresh = signed(`new-${code}`, Date.now(), told);
        expect([code, await push(body, old)]).toEqual([code, 401]);
        if (body !== told) expect([code, await push(body, fresh)]).toEqual([code, 401]);
        expect([code, await push(body, {})]).toEqual([code, 401]);
      }
    });
    const honest = payload('transit');
    expect(await push(honest, signed('honest', Date.now(), honest))).toBe(200);
  });
});

describe(`a genuine corpus of ${GENUINE} lives (seed ${SEED})`, () => {
  test('is held back in at most one of a thousand scans, in any order', async () => {
    const random = seeded(SEED);
    const parcels = take(GENUINE);
    const scans = parcels.flatMap(({ number }) => lifeOf(number, random));
    const shuffled = scans.map((scan) => ({ scan, key: random() })).sort((a, b) => a.key - b.key);
    const results = await send(
      market.carrier.client,
      shuffled.map(({ scan }) => scan),
    );
    expect(results.filter((result) => result !== 'accepted')).toEqual([]);
    const timelines = await Promise.all(parcels.map(timelineOf));
    const held = timelines.flatMap(({ quarantined }) => quarantined);
    expect(held.length, JSON.stringify(held.slice(0, 5))).toBeLessThanOrEqual(scans.length / 1_000);
    const statuses = new Set(timelines.map(({ status }) => status));
    expect([...statuses].sort()).toEqual(['delivered', 'returned']);
    expect(timelines.every(({ entries }) => entries.length > 5)).toBe(true);
  });
});

const STORIES = ['straight', 'straight', 'again', 'missorted', 'back', 'abroad', 'vague'] as const;

/** One parcel from Berlin to Munich in 48 hours, as carriers really tell it. */
function lifeOf(number: string, random: Random): Scan[] {
  const story = draw(random, STORIES);
  const shift = random() * 3;
  const clock = (hours: number) => {
    const instant = at(hours + shift);
    if (story !== 'vague' || random() < 0.5) return { occurred_at: instant };
    // A terminal that writes its wall clock and says no zone: Berlin is an hour or two ahead of UTC.
    return { local_time: new Date(Date.parse(instant) + HOUR).toISOString().slice(0, 19) };
  };
  const scan = (hours: number, code: string, place: object): Scan => ({
    number,
    code,
    ...clock(hours),
    place,
  });
  const [berlin, leipzig, munich] = [DE('Berlin', 'BER-1'), DE('Leipzig', 'lej-1'), DE('München', 'MUC-1')];
  const vague = { country: 'DE' };
  const life = [
    scan(1, 'picked_up', story === 'vague' ? vague : berlin),
    scan(3, 'warehouse_received', berlin),
    scan(9, 'in_transit_local.departed_facility', berlin),
    scan(11, 'in_transit_local.arrived_facility', leipzig),
    scan(13, 'in_transit_local.departed_facility', story === 'vague' ? vague : leipzig),
  ];
  if (story === 'missorted')
    life.push(
      scan(17, 'in_transit_local.arrived_facility', DE('Hamburg')),
      scan(17.5, 'exception.missorted', DE('Hamburg')),
      scan(19, 'in_transit_local.departed_facility', DE('Hamburg')),
    );
  if (story === 'abroad')
    life.push(
      scan(16, 'in_transit_local.arrived_facility', { country: 'CZ', city: 'Praha' }),
      scan(18, 'in_transit_local.departed_facility', { country: 'CZ', city: 'Praha' }),
    );
  life.push(scan(25, 'arrived_delivery_depot', munich), scan(26, 'out_for_delivery', munich));
  if (story === 'back')
    return [
      ...life,
      scan(29, 'refused', munich),
      scan(31, 'returning', munich),
      scan(39, 'in_transit_local.arrived_facility', leipzig),
      scan(45, 'returned', berlin),
    ];
  if (story === 'again')
    life.push(scan(29, 'delivery_attempted.recipient_absent', munich), scan(43, 'out_for_delivery', munich));
  const delivered = scan(45, 'delivered.signed', munich);
  // A return after the delivery is a new story of the same parcel: seen, and the delivery stands.
  return random() < 0.1 ? [...life, delivered, scan(46.5, 'returning', munich)] : [...life, delivered];
}
