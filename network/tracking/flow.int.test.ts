import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '../../test/setup/market.ts';
import { type Client, startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';
import type { CountryCode } from '../kernel/index.ts';
import { addMs } from '../kernel/index.ts';
import { ShipmentPurchased } from '../shipments/events.ts';
import { id, purchaseOf, tell } from './tracking.fixture.ts';

type Flow = {
  totals: { lanes: number; parcels: number; late: number; stuck: number };
  lanes: {
    leg: string;
    from?: { country: string; city?: string; coordinates?: { latitude: number } };
    to?: { country: string };
    parcels: number;
    late: number;
    stuck: number;
  }[];
  hours: { hour: string; milestone: string; count: number }[];
};
const NL = 'NL' as CountryCode;
const HOUR_MS = 3_600_000;
let network: TestNetwork;
let carrier: { id: string; client: Client };
let merchant: { id: string; client: Client };
let marketplace: { id: string; client: Client };
let other: { id: string; client: Client };
let serial = 0;

beforeAll(async () => {
  network = await startTestNetwork();
  carrier = await network.open(
    { kind: 'carrier', name: 'Express', country: NL, carrierCode: 'postroad_express_eu' },
    'carrier',
  );
  merchant = await network.open({ kind: 'merchant', name: 'Shop', country: NL }, 'merchant_app');
  marketplace = await network.open({ kind: 'marketplace', name: 'Bazaar', country: NL }, 'marketplace_staff');
  other = await network.open({ kind: 'marketplace', name: 'Souk', country: NL }, 'marketplace_staff');
});
afterAll(() => network?.stop());

const ago = (hours: number) => addMs(network.postroad.worlds.live.clock.now(), -hours * HOUR_MS);

async function parcel(scans: readonly { milestone: string; hoursAgo: number; city?: string }[]) {
  serial += 1;
  const number = `PRE00000009${String(serial).padStart(2, '0')}`;
  await tell(
    network.postroad.worlds.live,
    ShipmentPurchased.name,
    purchaseOf({
      parcelId: id('pcl', serial),
      shipmentId: id('shp', serial),
      number,
      at: ago(2_000),
      organisationId: merchant.id,
      clientPlatformId: marketplace.id,
      carrierId: carrier.id,
    }),
  );
  if (scans.length === 0) return;
  const sent = must(
    await carrier.client.post<{ accepted: number }>('/v1/scans', {
      scans: scans.map(({ milestone, hoursAgo, city }) => ({
        number,
        milestone,
        occurred_at: ago(hoursAgo),
        ...(city === undefined ? {} : { place: { country: 'NL', city } }),
      })),
    }),
  );
  expect(sent.accepted).toBe(scans.length);
}

const flow = async (client: Client) => must(await client.get<Flow>('/v1/flow?hours=48'));

test('parcels under way are counted by lane, late and stuck; who arrived or was never seen is not', async () => {
  await parcel([{ milestone: 'picked_up', hoursAgo: 5, city: 'Utrecht' }]);
  await parcel([{ milestone: 'picked_up', hoursAgo: 100, city: 'Utrecht' }]);
  await parcel([
    { milestone: 'picked_up', hoursAgo: 120, city: 'Utrecht' },
    { milestone: 'linehaul', hoursAgo: 100 },
  ]);
  await parcel([
    { milestone: 'picked_up', hoursAgo: 30, city: 'Utrecht' },
    { milestone: 'delivered', hoursAgo: 3, city: 'Venlo' },
  ]);
  await parcel([]);
  await network.settle();
  const seen = await flow(network.operator);
  expect(seen.totals).toMatchObject({ lanes: 2, parcels: 3, stuck: 1 });
  expect(seen.lanes.map((lane) => [lane.leg, lane.from?.city, lane.parcels, lane.stuck])).toEqual([
    ['origin', 'Utrecht', 2, 1],
    ['linehaul', 'Utrecht', 1, 0],
  ]);
  expect(Math.round(seen.lanes[0]?.from?.coordinates?.latitude ?? 0)).toBe(52);
  expect(seen.lanes.every((lane) => lane.to !== undefined)).toBe(true);
  // The promise of the fixture's purchase of long ago is over.
  expect(seen.totals.late).toBe(3);
  const delivered = seen.hours.filter((hour) => hour.milestone === 'delivered');
  expect(delivered.map((hour) => hour.count)).toEqual([1]);
  expect(
    seen.hours.filter((hour) => hour.milestone === 'picked_up').reduce((sum, hour) => sum + hour.count, 0),
  ).toBe(2);
});

test("a marketplace sees its own parcels' flow, another one nothing, a merchant is turned away", async () => {
  const own = await flow(marketplace.client);
  expect(own.totals.parcels).toBe(3);
  expect(own.hours.length).toBeGreaterThan(0);
  const foreign = await flow(other.client);
  expect([foreign.totals.parcels, foreign.lanes, foreign.hours]).toEqual([0, [], []]);
  expect((await merchant.client.get('/v1/flow')).status).toBe(403);
});
