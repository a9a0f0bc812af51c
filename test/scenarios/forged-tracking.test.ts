import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findOperator, mintForBootstrap } from '../../server/bootstrap.ts';
import { BERLIN, EU_OFFER, GOODS, type Market, MUNICH, must, openMarket } from '../setup/market.ts';
import { type Client, startTestNetwork, type TestNetwork } from '../setup/network.ts';

/**
 * Whoever has a good key lies with it: about another carrier's number, about where a parcel was, about whose number it is.
 * Told with the keys of the parties alone, in several orders of arrival: the lie moves nothing, neither the parcel nor what
 * is said of its merchant; and what looks like one survives.
 */
let network: TestNetwork;
let operator: Client;
let market: Market;
let rival: Market;
/** By carrier code: DHL Express and whoever else speaks of its numbers. `ups` opens no account before the last story. */
const carriers = new Map<string, Client>();
let serial = 0;

const HOUR = 3_600_000;
const START = Date.parse('2026-03-02T08:00:00Z');
const at = (hours: number) => new Date(START + hours * HOUR).toISOString();
const PLACES = {
  Berlin: { country: 'DE', city: 'Berlin', postcode: '10115' },
  Munich: { country: 'DE', city: 'München', postcode: '80331' },
  Hamburg: { country: 'DE', city: 'Hamburg', postcode: '20095' },
} as const;
type Told = readonly [who: string, milestone: string, hours: number, place: keyof typeof PLACES];
const dhlNumber = () => {
  serial += 1;
  const nine = 410_000_000 + serial;
  return `${nine}${nine % 7}`;
};

async function openCarrier(code: string): Promise<void> {
  const opening = { kind: 'carrier', name: code, country: 'DE', carrier_code: code };
  const { id } = must(await operator.post<{ id: string }>('/v1/organisations', opening));
  const key = { organisation_id: id, role: 'carrier', name: 'feed' };
  carriers.set(
    code,
    network.client(must(await operator.post<{ secret: string }>('/v1/api-keys', key)).secret),
  );
}

beforeAll(async () => {
  network = await startTestNetwork();
  const world = network.postroad.worlds.test;
  operator = network.client(
    await mintForBootstrap(world, (await findOperator(world)) ?? '', 'operator', 'test operator'),
  );
  must(await operator.post('/v1/test/clock', { now: at(0) }));
  const shared = { operator, country: 'DE', currency: 'EUR', topUpMinor: 500_000 };
  market = await openMarket(network, { ...shared, carrierCode: 'postroad_express_eu' });
  rival = await openMarket(network, { ...shared, carrierCode: 'postroad_line' });
  for (const code of ['dhl_express', 'fedex', 'usps', 'correos']) await openCarrier(code);
  carriers.set('postroad_express_eu', market.carrier.client).set('postroad_line', rival.carrier.client);
  must(await operator.post('/v1/test/clock', { now: at(60) }));
  await network.settle();
});
afterAll(() => network?.stop());

/** An order of a buyer in München, and the number that a merchant says it was sent under. Answers the declaration's id. */
async function declare(carrier: string, number: string, by = market): Promise<string> {
  serial += 1;
  const reference = `F-${serial}`;
  const order = { reference, placed_at: at(-3), sender: BERLIN, recipient: MUNICH, goods: GOODS };
  must(await by.merchant.client.post('/v1/orders', { orders: [{ object_id: 'o', order }] }));
  const shipment = { order_reference: reference, carrier_code: carrier, number, ship_from_country: 'DE' };
  const { results } = must(
    await by.merchant.client.post<{ results: { external_shipment_id: string }[] }>('/v1/external-shipments', {
      shipments: [{ object_id: 's', shipment }],
    }),
  );
  await network.settle();
  return results[0]?.external_shipment_id ?? '';
}

/** Singles in this order; what is not accepted fails. */
async function tell(number: string, told: readonly Told[]): Promise<void> {
  for (const [who, milestone, hours, place] of told) {
    const scan = { number, milestone, occurred_at: at(hours), place: PLACES[place] };
    const client = carriers.get(who) as Client;
    expect(must(await client.post<{ accepted: number }>('/v1/scans', { scans: [scan] })).accepted).toBe(1);
  }
  await network.settle();
}

type Entry = { source: string; milestone: string; effect?: string; reason?: string };
type Timeline = { status: string; entries: Entry[]; unverified: Entry[]; quarantined: Entry[] };

async function timelinesOf(number: string): Promise<Timeline[]> {
  const { parcels } = must(
    await market.merchant.client.get<{ parcels: { timeline: Timeline }[] }>(`/v1/tracking/${number}`),
  );
  return parcels.map(({ timeline }) => timeline);
}
async function timelineOf(number: string) {
  const [timeline] = await timelinesOf(number);
  if (timeline === undefined) throw new Error(`nothing is known of ${number}`);
  const { status, entries, unverified, quarantined } = timeline;
  return {
    status,
    entries: entries.map(({ source, milestone, effect }) => `${source} ${milestone} ${effect}`),
    unverified: unverified.map(({ source, milestone }) => `${source} ${milestone}`).sort(),
    quarantined: quarantined.map(({ milestone, reason }) => `${milestone} ${reason}`).sort(),
  };
}
async function verdictOn(declaration: string, by = market) {
  const path = `/v1/verifications?external_shipment_id=${declaration}`;
  const id = must(await by.merchant.client.get<{ data: { id: string }[] }>(path)).data[0]?.id;
  const { state, findings } = must(
    await by.merchant.client.get<{ state: string; findings: { rule: string }[] }>(`/v1/verifications/${id}`),
  );
  return { state, rules: findings.map(({ rule }) => rule) };
}
async function buyerSees(number: string) {
  const question = { number, phone_last4: MUNICH.phone.slice(-4), world: 'test' };
  const { status, steps } = must(
    await network
      .client()
      .post<{ status: string; steps: { milestone: string; verified: boolean }[] }>('/v1/track', question),
  );
  return { status, believed: steps.filter(({ verified }) => verified).map(({ milestone }) => milestone) };
}

const HONEST: readonly Told[] = [
  ['dhl_express', 'picked_up', 2, 'Berlin'],
  ['dhl_express', 'arrived_delivery_depot', 23, 'Munich'],
  ['dhl_express', 'out_for_delivery', 44, 'Munich'],
];

/** The lie last, first, in the middle, and before anybody declared the number. */
async function inAnyOrder(carrier: string, lie: Told, honest = HONEST, number = dhlNumber) {
  const [first, ...rest] = honest as readonly [Told, ...Told[]];
  const outcomes = [];
  for (const told of [
    [...honest, lie],
    [lie, ...honest],
    [first, lie, ...rest.toReversed()],
  ]) {
    for (const isDeclaredFirst of [true, false]) {
      const name = number();
      if (!isDeclaredFirst) await tell(name, told);
      const declaration = await declare(carrier, name);
      if (isDeclaredFirst) await tell(name, told);
      outcomes.push({
        ...(await timelineOf(name)),
        verdict: await verdictOn(declaration),
        buyer: await buyerSees(name),
      });
    }
  }
  for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0]);
  return outcomes[0];
}

describe("another carrier's number", () => {
  test.each(['fedex', 'usps', 'correos', 'postroad_line', 'postroad_express_eu'])(
    '%s says that a parcel of DHL Express within Germany was delivered, and nobody believes it',
    async (liar) => {
      const outcome = await inAnyOrder('dhl_express', [liar, 'delivered', 48, 'Hamburg']);
      expect(outcome).toMatchObject({
        status: 'out_for_delivery',
        unverified: [`${liar} delivered`],
        quarantined: [],
        verdict: { state: 'genuine', rules: [] },
        buyer: { status: 'out_for_delivery' },
      });
      expect(outcome?.buyer.believed).not.toContain('delivered');
    },
  );

  test.each(['fedex', 'postroad_line'])('%s speaks of a carrier that has no account here', async (liar) => {
    serial += 1;
    const number = `1Z999AA1${String(serial).padStart(10, '0')}`;
    await declare('ups', number);
    await tell(number, [[liar, 'delivered', 48, 'Munich']]);
    expect(await timelineOf(number)).toMatchObject({
      ...{ status: 'info_received', unverified: [`${liar} delivered`] },
    });
  });

  test('what the network brings from door to door is told by its carrier alone', async () => {
    const { offers } = must(
      await market.merchant.client.post<{ offers: { offer_id: string; line_code: string }[] }>(
        '/v1/offers',
        EU_OFFER,
      ),
    );
    const { parcels } = must(
      await market.merchant.client.post<{ parcels: { number: string }[] }>('/v1/shipments', {
        offer_id: offers.find(({ line_code }) => line_code === 'eu_3_5_days')?.offer_id,
        ...{ order_ref: 'F-own', sender: BERLIN, recipient: MUNICH, goods: GOODS },
        ...{ handover: 'drop_off', undeliverable: 'return' },
      }),
    );
    await network.settle();
    const number = parcels[0]?.number ?? '';
    await tell(number, [
      ['postroad_express_eu', 'picked_up', 59.8, 'Berlin'],
      ['fedex', 'delivered', 59.9, 'Berlin'],
      ['usps', 'lost', 59.95, 'Berlin'],
    ]);
    expect(await timelineOf(number)).toMatchObject({
      ...{ status: 'picked_up', unverified: ['fedex delivered', 'usps lost'] },
    });
    // Nor does another merchant get at it by naming another carrier for it.
    const thief = await declare('usps', number, rival);
    expect(await verdictOn(thief, rival)).toEqual({
      ...{ state: 'suspected', rules: ['number_of_anothers_parcel'] },
    });
    await tell(number, [['usps', 'returned', 59.97, 'Berlin']]);
    expect((await timelineOf(number)).unverified).toContain('usps returned');
    expect((await rival.merchant.client.get(`/v1/tracking/${number}`)).status).toBe(404);
  });
});

test('a delivery that nobody can have made stays out of the verdict, whenever it is told', async () => {
  const genuine: readonly Told[] = [...HONEST, ['dhl_express', 'delivered', 48, 'Munich']];
  const outcome = await inAnyOrder('dhl_express', ['dhl_express', 'delivered', 44.1, 'Hamburg'], genuine);
  expect(outcome).toMatchObject({
    status: 'delivered',
    quarantined: ['delivered faster_than_travel'],
    verdict: { state: 'genuine' },
    buyer: { status: 'delivered' },
  });
  expect(outcome?.verdict.rules).not.toContain('destination_city');
});

test('a delivery before anybody had taken the parcel over is doubted, also at the right place', async () => {
  const [number, late] = [dhlNumber(), dhlNumber()];
  const made = await declare('dhl_express', number);
  await tell(number, [
    ['dhl_express', 'delivered', 2, 'Munich'],
    ['dhl_express', 'picked_up', 30, 'Berlin'],
  ]);
  expect(await verdictOn(made)).toMatchObject({
    ...{ state: 'suspected', rules: expect.arrayContaining(['delivered_before_shipped']) },
  });
  // Told days late and backwards it is no other story.
  const honest = await declare('dhl_express', late);
  await tell(late, [['dhl_express', 'delivered', 48, 'Munich'], ...HONEST.toReversed()]);
  expect(await verdictOn(honest)).toMatchObject({ state: 'genuine' });
});

test('who had named the wrong carrier puts it right, and what the right one had said counts from then on', async () => {
  await openCarrier('ups');
  const number = '1Z999AA10123456784';
  const declaration = await declare('dhl_express', number);
  await tell(number, [['ups', 'picked_up', 40, 'Berlin']]);
  expect(await timelineOf(number)).toMatchObject({ status: 'info_received', unverified: ['ups picked_up'] });
  expect(await verdictOn(declaration)).toEqual({ state: 'suspected', rules: ['carrier_differs'] });
  const correction = { carrier_code: 'ups', reason: 'Chosen from the list by mistake.' };
  must(await market.merchant.client.send('PATCH', `/v1/external-shipments/${declaration}`, correction));
  await network.settle();
  expect((await timelinesOf(number)).map(({ status }) => status).sort()).toEqual([
    'info_received',
    'picked_up',
  ]);
  expect(await verdictOn(declaration)).toEqual({ state: 'pending', rules: [] });
  await tell(number, [['ups', 'out_for_delivery', 50, 'Munich']]);
  expect(await verdictOn(declaration)).toEqual({ state: 'genuine', rules: [] });
});

test('a wall clock without a zone is read by the clock of its place, over the change to summer time', async () => {
  const number = dhlNumber();
  await declare('dhl_express', number);
  must(await operator.post('/v1/test/clock', { now: at(30 * 24) }));
  const scan = (milestone: string, local: string, place?: object) => ({
    ...{ number, milestone, local_time: local },
    ...(place === undefined ? {} : { place }),
  });
  const scans = [
    scan('picked_up', '2026-03-29T01:59:00', PLACES.Berlin),
    scan('in_transit_local', '2026-03-29T03:01:00', PLACES.Hamburg),
    scan('arrived_delivery_depot', '2026-03-30T08:00:00', { country: 'US' }),
    scan('out_for_delivery', '2026-03-31T08:00:00'),
  ];
  must(await (carriers.get('dhl_express') as Client).post('/v1/scans', { scans }));
  const { parcels } = must(
    await market.merchant.client.get<{
      parcels: { timeline: { entries: { occurred_at: string; zone_confidence: string }[] } }[];
    }>(`/v1/tracking/${number}`),
  );
  const told = parcels[0]?.timeline.entries.map((entry) => `${entry.occurred_at} ${entry.zone_confidence}`);
  expect(told).toEqual(
    expect.arrayContaining([
      '2026-03-29T00:59:00.000Z resolved_from_place',
      '2026-03-29T01:01:00.000Z resolved_from_place',
      '2026-03-30T08:00:00.000Z unknown',
      '2026-03-31T08:00:00.000Z unknown',
    ]),
  );
});
