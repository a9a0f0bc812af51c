import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BERLIN, type Market, MUNICH, must, openMarket } from '../setup/market.ts';
import { type Client, startTestNetwork, type TestNetwork } from '../setup/network.ts';

/**
 * Electronic waybills without an order of the network, told in order: the merchant has a contract of its own with the
 * carrier, takes numbers and labels here, and owner, platform, carrier and buyer see one timeline all the same.
 */
let network: TestNetwork;
let market: Market;
let stranger: Market;
let merchant: Client;

type Waybill = { id: string; number: string; status: string; parcel_ref: string };
type Tracking = {
  parcels: { parcel: { id: string; status: string }; timeline: { milestones: { name: string }[] } }[];
};
const MINUTE = 60_000;
const ago = (minutes: number) => new Date(Date.now() - minutes * MINUTE).toISOString();
const scan = (number: string, milestone: string, minutes: number) => ({
  number,
  milestone,
  occurred_at: ago(minutes),
  place: { country: 'DE', city: 'Berlin' },
});
const tell = (...scans: object[]) => market.carrier.client.post<{ accepted: number }>('/v1/scans', { scans });
const waybill = async (id: string) => must(await merchant.get<Waybill>(`/v1/waybills/${id}`));
const track = (number: string, client = merchant) => client.get<Tracking>(`/v1/tracking/${number}`);
const statusOf = async (number: string, client = merchant) =>
  must(await track(number, client)).parcels.map(({ parcel }) => parcel.status);

async function issue(count: number, name = 'order'): Promise<Waybill[]> {
  const answer = await merchant.post<{ results: { waybill: Waybill }[] }>('/v1/waybills', {
    requests: Array.from({ length: count }, (_, index) => ({
      object_id: `${name}-${index}`,
      carrier_code: 'postroad_express_eu',
      sender: BERLIN,
      recipient: MUNICH,
    })),
  });
  return must(answer).results.map((result) => result.waybill);
}

let early: Waybill;
let usual: Waybill;
let given: Waybill;

beforeAll(async () => {
  network = await startTestNetwork();
  const business = { operator: network.operator, country: 'DE', currency: 'EUR', topUpMinor: 100 };
  market = await openMarket(network, { ...business, carrierCode: 'postroad_express_eu' });
  stranger = await openMarket(network, { ...business, carrierCode: 'postroad_line' });
  merchant = market.merchant.client;
});
afterAll(() => network.stop());

describe('a merchant takes numbers for parcels that it ships by its own contract', () => {
  test('each number leads to a parcel at once for its owner, its platform and its carrier, and to nothing for others', async () => {
    [early, usual, given] = (await issue(3)) as [Waybill, Waybill, Waybill];
    // The carrier may be quicker than the news of the number.
    must(await tell(scan(early.number, 'picked_up', 5)));
    await network.settle();
    for (const { client } of [market.merchant, market.marketplace, market.carrier]) {
      expect(await statusOf(usual.number, client)).toEqual(['info_received']);
      expect(await statusOf(early.number, client)).toEqual(['picked_up']);
    }
    expect((await track(usual.number)).body.parcels[0]?.parcel.id).toBe(usual.parcel_ref);
    for (const client of [stranger.merchant.client, stranger.marketplace.client]) {
      const foreign = await track(usual.number, client);
      const missing = await track('PRE00000000000', client);
      const without = ({ body }: { body: object }) => ({ ...body, request_id: '' });
      expect(foreign.status).toBe(404);
      expect(without(foreign)).toEqual(without(missing));
    }
  });

  test('the buyer asks with the number and the end of the phone, or follows the link that the merchant sends', async () => {
    const ask = (phone: string) =>
      network.client().post<{ status: string; destination: object }>('/v1/track', {
        number: usual.number,
        phone_last4: phone.slice(-4),
      });
    const seen = await ask(MUNICH.phone);
    expect(seen.status).toBe(200);
    expect(seen.body).toMatchObject({
      status: 'info_received',
      destination: { country: 'DE', city: 'München' },
    });
    expect((await ask(BERLIN.phone)).status).toBe(404);
    const link = must(await merchant.post<{ token: string }>(`/v1/parcels/${usual.parcel_ref}/links`));
    const linked = await network.client().post<{ number: string }>('/v1/track', { token: link.token });
    expect(linked.body.number).toBe(usual.number);
    expect((await stranger.merchant.client.post(`/v1/parcels/${usual.parcel_ref}/links`)).status).toBe(404);
  });

  test('a parcel that is sent elsewhere before its first scan goes there on every tracking page, and that is no step of its way', async () => {
    const [late, gone] = (await issue(2, 'moved')) as [Waybill, Waybill];
    const to = (country: string, city: string) => ({ to: { country, city } });
    // Issued, changed twice and given back before anybody heard of it: one step of the network takes all of it.
    must(await merchant.send('PATCH', `/v1/waybills/${late.id}`, to('DE', 'Bremen')));
    must(await merchant.send('PATCH', `/v1/waybills/${gone.id}`, to('DE', 'Ulm')));
    must(await merchant.post(`/v1/waybills/${gone.id}/cancellation`, {}));
    await network.settle();
    expect(await statusOf(gone.number)).toEqual(['cancelled']);
    const seen = () =>
      network.client().post<{ destination: object; timeline?: object }>('/v1/track', {
        number: late.number,
        phone_last4: MUNICH.phone.slice(-4),
      });
    expect((await seen()).body).toMatchObject({ destination: { country: 'DE', city: 'Bremen' } });
    must(await merchant.send('PATCH', `/v1/waybills/${late.id}`, to('AT', 'Wien')));
    must(await merchant.send('PATCH', `/v1/waybills/${late.id}`, { remark: 'fragile' }));
    await network.settle();
    expect((await seen()).body).toMatchObject({
      status: 'info_received',
      destination: { country: 'AT', city: 'Wien' },
    });
    const { parcels } = must(await track(late.number));
    expect(parcels.map(({ timeline }) => timeline.milestones.map(({ name }) => name))).toEqual([
      ['order_created'],
    ]);
    must(await tell(scan(late.number, 'picked_up', 0)));
    await network.settle();
    const refused = await merchant.send('PATCH', `/v1/waybills/${late.id}`, to('DE', 'Kiel'));
    expect(refused.status).toBe(409);
    expect((await seen()).body).toMatchObject({ destination: { country: 'AT', city: 'Wien' } });
  });

  test('a warehouse or a carrier without a part in the parcel says what it likes and moves nothing', async () => {
    for (const { client } of [stranger.warehouse, stranger.carrier])
      must(await client.post('/v1/scans', { scans: [scan(usual.number, 'lost', 3)] }));
    await network.settle();
    expect(await statusOf(usual.number)).toEqual(['info_received']);
    const { timeline } = must(
      await merchant.get<{ timeline: { unverified: object[] } }>(`/v1/parcels/${usual.parcel_ref}/timeline`),
    );
    expect(timeline.unverified).toHaveLength(2);
    expect((await waybill(usual.id)).status).toBe('issued');
  });

  test('from the first scan on the number is neither changed nor given back', async () => {
    expect((await waybill(early.id)).status).toBe('active');
    const cancelled = await merchant.post<{ code: string }>(`/v1/waybills/${early.id}/cancellation`, {});
    expect(cancelled.status).toBe(409);
    expect((await merchant.send('PATCH', `/v1/waybills/${early.id}`, { remark: 'late' })).status).toBe(409);
  });

  test('a number that is given back in time ends its parcel, and a scan of it later is shown without a new life', async () => {
    must(await merchant.post(`/v1/waybills/${given.id}/cancellation`, {}));
    await network.settle();
    expect(await statusOf(given.number)).toEqual(['cancelled']);
    must(await tell(scan(given.number, 'picked_up', 1)));
    await network.settle();
    expect((await waybill(given.id)).status).toBe('cancelled');
  });

  test('the delivery closes the waybill, and the merchant is told each step once', async () => {
    must(
      await tell(
        scan(usual.number, 'picked_up', 4),
        scan(usual.number, 'out_for_delivery', 2),
        scan(usual.number, 'delivered', 1),
      ),
    );
    must(await tell(scan(usual.number, 'delivered', 1)));
    await network.settle();
    expect((await waybill(usual.id)).status).toBe('closed');
    const told = must(
      await merchant.get<{ data: { type: string; subject: string }[] }>('/v1/events?limit=1000'),
    ).data.filter(({ subject }) => subject === usual.id || subject === usual.parcel_ref);
    expect(told.map(({ type }) => type).filter((type) => type.startsWith('waybill.'))).toEqual([
      'waybill.issued',
      'waybill.activated',
      'waybill.closed',
    ]);
    expect(told.filter(({ type }) => type === 'tracking.milestone_reached')).toHaveLength(4);
  });

  test('nobody binds a number to a parcel or an order of somebody else', async () => {
    const answer = await stranger.merchant.client.post<{ errors: { pointer: string }[] }>('/v1/waybills', {
      requests: [
        {
          object_id: 'thief',
          carrier_code: 'postroad_line',
          parcel_ref: usual.parcel_ref,
          shipment_ref: 'shp_00000000000000000000000000',
        },
      ],
    });
    expect(answer.status).toBe(400);
    expect(answer.body.errors.map(({ pointer }) => pointer)).toEqual([
      '/requests/0/parcel_ref',
      '/requests/0/shipment_ref',
    ]);
  });
});
