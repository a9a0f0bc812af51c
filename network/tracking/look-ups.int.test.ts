import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Client, startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';
import { type CountryCode, instant } from '../kernel/index.ts';
import { ShipmentPurchased } from '../shipments/events.ts';
import { id, purchaseOf, tell, wireLife } from './tracking.fixture.ts';

type Partner = { readonly id: string; readonly client: Client };
type Receipts = { data: { parcel_id: string }[] };
type Looked = { parcel: { id: string }; numbers: { number: string }[]; timeline: { unverified: object[] } };

const NL = 'NL' as CountryCode;
let network: TestNetwork;
let carrier: Partner;
let merchants: Partner[];
/** Registered ones of both merchants, some that were merged into them, one of nobody, and one that is not there. */
let parcels: string[];
let numbers: string[];

const send = async (client: Client, scans: object[]) => {
  const answer = await client.post<Receipts>('/v1/scans', { scans });
  expect(answer.status).toBe(200);
  return answer.body.data.map((line) => line.parcel_id);
};

const order = (serial: number, merchant: Partner, number: string) =>
  tell(
    network.postroad.worlds.live,
    ShipmentPurchased.name,
    purchaseOf({
      ...{ parcelId: id('pcl', serial), shipmentId: id('shp', serial), number },
      ...{ at: instant('2026-03-01T08:00:00Z'), organisationId: merchant.id, carrierId: carrier.id },
    }),
  );

beforeAll(async () => {
  network = await startTestNetwork();
  carrier = await network.open(
    { kind: 'carrier', name: 'Express', country: NL, carrierCode: 'postroad_express_eu' },
    'carrier',
  );
  merchants = [
    await network.open({ kind: 'merchant', name: 'Shop', country: NL }, 'merchant_app'),
    await network.open({ kind: 'merchant', name: 'Other', country: NL }, 'merchant_app'),
  ];
  numbers = Array.from({ length: 6 }, (_, index) => `PRE900000000${index}`);
  const minted: (string | undefined)[] = [];
  for (const [index, number] of numbers.entries()) {
    // The scans of two come before their orders.
    if (index >= 4) minted.push((await send(carrier.client, wireLife(number)))[0]);
    await order(index + 1, merchants[index % 2] as Partner, number);
    await send(carrier.client, wireLife(number).slice(0, index + 1));
    await send((merchants[index % 2] as Partner).client, wireLife(number).slice(0, 1));
  }
  const [unowned] = await send(carrier.client, wireLife('PRE9999999999').slice(0, 2));
  parcels = [...numbers.map((_, index) => id('pcl', index + 1)), ...minted, unowned, id('pcl', 999)].filter(
    (parcel) => parcel !== undefined,
  );
});
afterAll(() => network.stop());

async function look(client: Client, parcel: string) {
  const { status, body } = await client.get<Looked>(`/v1/parcels/${parcel}/timeline`);
  return { status, body };
}

it('timelines asked for at once are those asked for one after another, for whoever asks', async () => {
  const clients = [network.operator, carrier.client, ...merchants.map(({ client }) => client)];
  const alone = new Map<string, object>();
  for (const [caller, client] of clients.entries())
    for (const parcel of parcels) alone.set(`${caller} ${parcel}`, await look(client, parcel));
  const seen = [...alone.values()].map((answer) => (answer as { status: number }).status);
  expect(new Set(seen)).toEqual(new Set([200, 404]));
  const question = fc.record({
    caller: fc.nat(clients.length - 1),
    parcel: fc.nat(parcels.length - 1).map((index) => parcels[index] as string),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(question, { minLength: 1, maxLength: 30 }), async (questions) => {
      const steady = ({ body, ...rest }: Awaited<ReturnType<typeof look>>) => ({
        ...rest,
        // Each problem names its own request.
        body: { ...body, request_id: undefined, instance: undefined },
      });
      const answers = await Promise.all(
        questions.map(({ caller, parcel }) => look(clients[caller] as Client, parcel)),
      );
      expect(answers.map(steady)).toEqual(
        questions.map(({ caller, parcel }) => steady(alone.get(`${caller} ${parcel}`) as never)),
      );
    }),
    { numRuns: 25 },
  );
});

it('a timeline is that of its number', async () => {
  for (const [index, number] of numbers.entries()) {
    const { client } = merchants[index % 2] as Partner;
    const tracked = await client.get<{ parcels: Looked[] }>(`/v1/tracking/${number}`);
    expect((await look(client, id('pcl', index + 1))).body).toEqual(tracked.body.parcels[0]);
    expect(tracked.body.parcels[0]?.numbers).toEqual([{ number, carrier_code: 'postroad_express_eu' }]);
    expect(tracked.body.parcels[0]?.timeline.unverified).toHaveLength(1);
  }
});

it('a parcel that was merged answers as the one that it was merged into', async () => {
  const { client } = merchants[0] as Partner;
  const merged = await look(client, parcels[6] as string);
  expect(merged.body.parcel.id).toBe(id('pcl', 5));
  expect(merged).toEqual(await look(client, id('pcl', 5)));
});

it('a stranger sees nothing of a parcel, nor who has one that nobody ordered', async () => {
  const { client } = merchants[1] as Partner;
  const statuses = await Promise.all(
    [id('pcl', 1), id('pcl', 2), parcels[6], parcels[8], id('pcl', 999)].map(
      async (parcel) => (await look(client, parcel as string)).status,
    ),
  );
  expect(statuses).toEqual([404, 200, 404, 404, 404]);
});
