import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { followEvents } from '../../sdk/src/index.ts';
import { BERLIN, EU_OFFER, GOODS, type Market, MUNICH, must, openMarket } from '../../test/setup/market.ts';
import { startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';

type Sister = {
  position: number;
  number_tail: string;
  status: string;
  promise?: object;
  last_step?: { milestone: string; place?: object; clock_zone?: string };
};
type View = { number: string; pieces?: { position: number; total: number; sisters: Sister[] } };
type Parcel = { id: string; number: string };

const CARRIER = 'postroad_express_eu';
/** Another person, of the same shop. */
const NEIGHBOUR = { ...MUNICH, name: 'Nina Nachbar', phone: '+498999999999' };
let network: TestNetwork;
let market: Market;
let serial = 0;

beforeAll(async () => {
  network = await startTestNetwork();
  market = await openMarket(network, {
    ...{ operator: network.operator, country: 'DE', currency: 'EUR', carrierCode: CARRIER },
    topUpMinor: 50_000,
  });
});
afterAll(() => network?.stop());

const reference = () => {
  serial += 1;
  return `PIECES-${serial}`;
};

/** A shipment of so many parcels, bought for an order. */
async function bought(orderRef: string, parcels: number, recipient: object = MUNICH): Promise<Parcel[]> {
  const { client } = market.merchant;
  const offer = { ...EU_OFFER, parcels: Array.from({ length: parcels }, () => EU_OFFER.parcels[0]) };
  const { offers } = must(await client.post<{ offers: { offer_id: string }[] }>('/v1/offers', offer));
  const shipment = must(
    await client.post<{ parcels: Parcel[] }>('/v1/shipments', {
      ...{ offer_id: offers[0]?.offer_id, order_ref: orderRef, handover: 'drop_off' },
      ...{ sender: BERLIN, recipient, goods: GOODS },
    }),
  );
  await network.settle();
  return shipment.parcels;
}

async function waybills(requests: readonly object[]): Promise<Parcel[]> {
  const { results } = must(
    await market.merchant.client.post<{ results: { waybill: { parcel_ref: string; number: string } }[] }>(
      '/v1/waybills',
      {
        requests: requests.map((request) => ({
          ...{ carrier_code: CARRIER, object_id: reference(), recipient: MUNICH, sender: BERLIN },
          ...request,
        })),
      },
    ),
  );
  await network.settle();
  return results.map(({ waybill }) => ({ id: waybill.parcel_ref, number: waybill.number }));
}

const link = async (parcel: Parcel | undefined) =>
  must(await market.merchant.client.post<{ token: string }>(`/v1/parcels/${parcel?.id}/links`)).token;
const look = async (parcel: Parcel | undefined) =>
  must(await network.client().post<View>('/v1/track', { token: await link(parcel) }));
const tails = (view: View) => view.pieces?.sisters.map(({ number_tail: tail }) => tail);
const tail = (parcel: Parcel | undefined) => parcel?.number.slice(-4);

const report = async (parcel: Parcel | undefined, milestone: string) => {
  const occurred_at = new Date(network.postroad.worlds.live.clock.now()).toISOString();
  const place = { country: 'DE', city: 'Leipzig', postcode: '04103', facility: 'DOCK-7' };
  const scan = { number: parcel?.number, milestone, occurred_at, place, text: 'SECRET NOTE' };
  must(await market.carrier.client.post('/v1/scans', { scans: [scan] }));
  await network.settle();
};

describe('the buyer of one parcel of several', () => {
  it('sees which piece it is and where the others are, and of those nothing that opens them', async () => {
    const [first, second, third] = await bought(reference(), 3);
    await report(third, 'picked_up');
    const view = await look(second);
    expect(view.pieces).toMatchObject({ position: 2, total: 3 });
    expect(view.pieces?.sisters).toEqual([
      {
        ...{
          position: 1,
          number_tail: tail(first),
          status: 'info_received',
          destination_zone: 'Europe/Berlin',
        },
        promise: expect.objectContaining({ kind: 'PROMISE' }),
        last_step: expect.objectContaining({ milestone: 'order_created', notice: true }),
      },
      {
        ...{ position: 3, number_tail: tail(third), status: 'picked_up', destination_zone: 'Europe/Berlin' },
        promise: expect.objectContaining({ kind: 'PROMISE' }),
        last_step: {
          ...{ milestone: 'picked_up', occurred_at: expect.any(String), local_time: expect.any(String) },
          ...{
            zone: 'Z',
            zone_confidence: 'stated',
            clock_zone: 'Europe/Berlin',
            said_by: 'online_delivery',
          },
          ...{ place: { country: 'DE', city: 'Leipzig' } },
          ...{ notice: false, verified: true, synthetic: false },
        },
      },
    ]);
    const text = JSON.stringify(view);
    const secrets = [first, third].flatMap((parcel) => [parcel?.number ?? '', parcel?.id ?? '']);
    for (const secret of [...secrets, 'DOCK-7', '04103', 'SECRET', 'org_', 'shp_', MUNICH.name, MUNICH.phone])
      expect(text).not.toContain(secret);
    // What is shown of a sister does not open it.
    const question = { number: tail(first), phone_last4: MUNICH.phone.slice(-4) };
    expect((await network.client().post('/v1/track', question)).status).toBe(404);
  });

  it('asks by number and phone and sees the same of them, and a parcel that comes alone is no piece', async () => {
    const parcels = await bought(reference(), 2);
    const question = { number: parcels[0]?.number, phone_last4: MUNICH.phone.slice(-4) };
    const view = must(await network.client().post<View>('/v1/track', question));
    expect(view.pieces?.sisters.map((sister) => Object.keys(sister).includes('number'))).toEqual([false]);
    const [alone] = await bought(reference(), 1);
    expect(await look(alone)).not.toHaveProperty('pieces');
  });

  it('hears when a sister moves, as often as one does', async () => {
    const orderRef = reference();
    const [own, sister] = await bought(orderRef, 2);
    const [later] = await bought(orderRef, 1);
    const leaving = new AbortController();
    const seen: View[] = [];
    const token = await link(later);
    const followed = followEvents({
      open: (_last, signal) =>
        fetch(`${network.baseUrl}/v1/track/stream`, {
          ...{ method: 'POST', headers: { 'content-type': 'application/json' }, signal },
          body: JSON.stringify({ token }),
        }),
      onEvent: ({ data }) => seen.push(JSON.parse(data) as View),
      signal: leaving.signal,
    });
    await expect.poll(() => seen.at(-1)?.pieces?.sisters.length).toBe(2);
    await report(sister, 'picked_up');
    const statuses = () => seen.at(-1)?.pieces?.sisters.map(({ status }) => status);
    await expect.poll(statuses, { timeout: 15_000 }).toEqual(['info_received', 'picked_up']);
    await report(own, 'picked_up');
    await expect.poll(statuses, { timeout: 15_000 }).toEqual(['picked_up', 'picked_up']);
    const news = seen.length;
    await report(later, 'picked_up');
    await expect.poll(() => seen.length, { timeout: 15_000 }).toBeGreaterThan(news);
    leaving.abort();
    await followed;
  });

  it('finds those of other shipments of the order, and none that were cancelled', async () => {
    const orderRef = reference();
    const [first] = await bought(orderRef, 1);
    const [second] = await bought(orderRef, 1);
    const [third] = await bought(orderRef, 1);
    expect(tails(await look(first))).toEqual([tail(second), tail(third)]);
    const { data } = must(
      await market.merchant.client.get<{ data: { id: string; parcels: Parcel[] }[] }>('/v1/shipments'),
    );
    const cancelled = data.find(({ parcels }) => parcels.some(({ id }) => id === second?.id));
    must(await market.merchant.client.post(`/v1/shipments/${cancelled?.id}/cancellation`, { reason: 'No' }));
    await network.settle();
    expect((await look(first)).pieces).toMatchObject({ position: 1, total: 2 });
    expect(tails(await look(third))).toEqual([tail(first)]);
    expect(await look(second)).not.toHaveProperty('pieces');
  });

  it('is told of nobody else’s parcel, whoever names it: another recipient, another shop, a carrier’s word', async () => {
    const orderRef = reference();
    const [own] = await bought(orderRef, 1);
    const [foreign] = await bought(orderRef, 1, NEIGHBOUR);
    for (const parcel of [own, foreign]) expect(await look(parcel)).not.toHaveProperty('pieces');
    const [stray] = await bought(reference(), 1, NEIGHBOUR);
    must(
      await market.carrier.client.post('/v1/containments', {
        container: { number: own?.number, kind: 'consignment' },
        ...{ action: 'pack', occurred_at: new Date().toISOString() },
        contents: [{ number: stray?.number }],
      }),
    );
    await network.settle();
    for (const parcel of [own, stray]) expect(await look(parcel)).not.toHaveProperty('pieces');
  });

  it('finds the pieces of a consignment that a carrier names, when they go to one person', async () => {
    const [parent] = await bought(reference(), 1);
    const [child] = await bought(reference(), 1);
    must(
      await market.carrier.client.post('/v1/containments', {
        container: { number: parent?.number, kind: 'consignment' },
        ...{ action: 'pack', occurred_at: new Date().toISOString() },
        contents: [{ number: child?.number }],
      }),
    );
    await network.settle();
    expect(tails(await look(parent))).toEqual([tail(child)]);
    expect(tails(await look(child))).toEqual([tail(parent)]);
  });

  it('reads the count of the labels, also of a piece that has no number yet', async () => {
    const parentId = reference();
    const [parent, child] = await waybills([
      { object_id: parentId, piece_index: 1, piece_count: 3 },
      { parent_object_id: parentId, piece_index: 3, piece_count: 3 },
    ]);
    expect((await look(child)).pieces).toMatchObject({
      ...{ position: 3, total: 3 },
      sisters: [{ position: 1, number_tail: tail(parent) }],
    });
    expect((await look(parent)).pieces).toMatchObject({ position: 1, total: 3 });
  });

  it('finds what the merchant declared for the order, beside what he bought here', async () => {
    const orderRef = reference();
    const { client } = market.merchant;
    const placed_at = new Date().toISOString();
    const order = { reference: orderRef, placed_at, sender: BERLIN, recipient: MUNICH, goods: GOODS };
    must(await client.post('/v1/orders', { orders: [{ object_id: 'o', order }] }));
    const numbers = ['1Z999AA10000000011', '1Z999AA10000000020'];
    const { results } = must(
      await client.post<{ results: { external_shipment_id: string }[] }>('/v1/external-shipments', {
        shipments: numbers.map((number, index) => ({
          object_id: `s${index}`,
          shipment: { ...{ order_reference: orderRef, carrier_code: 'ups', number }, send_type: 'part' },
        })),
      }),
    );
    await network.settle();
    const declared: Parcel[] = [];
    for (const [index, { external_shipment_id: id }] of results.entries()) {
      const { parcel_id } = must(await client.get<{ parcel_id: string }>(`/v1/external-shipments/${id}`));
      declared.push({ id: parcel_id, number: numbers[index] ?? '' });
    }
    expect(tails(await look(declared[0]))).toEqual([tail(declared[1])]);
    const [parcel] = await bought(orderRef, 1);
    expect(tails(await look(declared[1]))?.sort()).toEqual([tail(declared[0]), tail(parcel)].sort());
    expect(tails(await look(parcel))?.sort()).toEqual(declared.map(tail).sort());
  });
});
