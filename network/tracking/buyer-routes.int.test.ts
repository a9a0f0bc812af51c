import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findOperator, mintForBootstrap } from '../../server/bootstrap.ts';
import { BERLIN, EU_OFFER, GOODS, MUNICH, must, openMarket } from '../../test/setup/market.ts';
import { type Client, startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';
import { accepted, addDays, type CountryCode, instant, type ParcelId } from '../kernel/index.ts';
import { ShipmentPurchased } from '../shipments/events.ts';
import { recordOwnScans } from './record.ts';
import { id, purchaseOf, tell, wireLife } from './tracking.fixture.ts';

const NL = 'NL' as CountryCode;
let network: TestNetwork;
let carrier: { id: string; client: Client };
let merchant: { id: string; client: Client };
let stranger: { id: string; client: Client };
let serial = 0;

/** A parcel of the merchant, registered by its order. */
async function order(number: string) {
  serial += 1;
  const parcelId = id('pcl', serial);
  const at = instant('2026-03-01T08:00:00Z');
  const facts = {
    parcelId,
    shipmentId: id('shp', serial),
    number,
    at,
    organisationId: merchant.id,
    carrierId: carrier.id,
  };
  await tell(network.postroad.worlds.live, ShipmentPurchased.name, purchaseOf(facts));
  return { parcelId, number };
}

const send = (client: Client, scans: unknown[]) => client.post('/v1/scans', { scans });

beforeAll(async () => {
  network = await startTestNetwork();
  carrier = await network.open(
    { kind: 'carrier', name: 'Express', country: NL, carrierCode: 'postroad_express_eu' },
    'carrier',
  );
  merchant = await network.open({ kind: 'merchant', name: 'Shop', country: NL }, 'merchant_app');
  stranger = await network.open({ kind: 'merchant', name: 'Other', country: NL }, 'merchant_app');
});
afterAll(() => network.stop());

describe('the buyer', () => {
  it('follows a link until it is revoked, and sees cities but no facility, organisation or id', async () => {
    const { number, parcelId } = await order('PRE0000000040');
    const life = wireLife(number);
    await send(carrier.client, [
      {
        ...life[0],
        place: { country: 'NL', city: 'Venlo', postcode: '5900', facility: 'DOCK-7' },
        text: 'SECRET NOTE',
      },
    ]);
    const link = await merchant.client.post<{ id: string; token: string }>(`/v1/parcels/${parcelId}/links`);
    expect(link.status).toBe(201);
    expect(link.body.token).toMatch(/^trk_live_[A-Za-z0-9_-]{22}$/);
    const seen = await network
      .client()
      .post<Record<string, unknown>>('/v1/track', { token: link.body.token });
    expect(seen.body).toMatchObject({
      number,
      status: 'picked_up',
      promise: { kind: 'PROMISE' },
      // Sevilla alone does not tell it, the postcode of the order did.
      destination_zone: 'Europe/Madrid',
      legs: [{ leg: 'origin', to: { country: 'NL', city: 'Venlo', coordinates: { precision: 'city' } } }],
      standstill: { reason: 'no_news' },
      others: [],
    });
    const text = JSON.stringify(seen.body);
    for (const secret of ['DOCK-7', '5900', 'SECRET', 'org_', 'pcl_', 'shp_'])
      expect(text).not.toContain(secret);
    const revoked = await merchant.client.send('DELETE', `/v1/parcels/${parcelId}/links/${link.body.id}`);
    expect(revoked.status).toBe(200);
    expect((await network.client().post('/v1/track', { token: link.body.token })).status).toBe(404);
    expect((await stranger.client.post(`/v1/parcels/${parcelId}/links`)).status).toBe(404);
  });

  it('reads the newest of a flood of scans, and how many more there are', async () => {
    const { number, parcelId } = await order('PRE0000000041');
    const scans = Array.from({ length: 310 }, (_, minute) => ({
      ...{ number, milestone: 'in_transit_local' },
      occurred_at: new Date(Date.parse('2026-03-02T08:00:00Z') + minute * 60_000).toISOString(),
    }));
    await send(carrier.client, scans);
    const link = await merchant.client.post<{ token: string }>(`/v1/parcels/${parcelId}/links`);
    const { body } = await network
      .client()
      .post<{ steps: { occurred_at: string }[]; earlier_steps: number }>('/v1/track', {
        token: link.body.token,
      });
    expect(body.steps).toHaveLength(300);
    expect(body.steps[0]).toMatchObject({ occurred_at: scans.at(-1)?.occurred_at });
    // The announcement of the order is among those left out.
    expect(body.earlier_steps).toBe(11);
  });

  it('wrong digits, an unknown number and a broken token give the same answer, and guessing is stopped', async () => {
    const { number } = await order('PRE0000000041');
    const ask = (body: object) => network.client().post<Record<string, unknown>>('/v1/track', body);
    const wrong = await ask({ number, phone_last4: '0000' });
    const missing = await ask({ number: 'PRE5555555555', phone_last4: '0000' });
    const token = await ask({ token: 'trk_live_x' });
    expect(wrong.status).toBe(404);
    for (const other of [missing, token])
      expect({ ...other.body, request_id: '' }).toEqual({ ...wrong.body, request_id: '' });
    const statuses = [];
    for (let guess = 0; guess < 12; guess += 1)
      statuses.push((await ask({ number, phone_last4: String(1000 + guess) })).status);
    expect(statuses).toContain(429);
    const both = { token: 'x', number, phone_last4: '1234' };
    for (const body of [{}, { number }, both, { token: 'x', world: 'test' }, { number, world: 'mars' }])
      expect((await ask(body)).status).toBe(400);
  });

  it('a link of the test world opens the test world', async () => {
    const shop = await network.open({ kind: 'merchant', name: 'T', country: NL }, 'merchant_app', 'test');
    const world = network.postroad.worlds.test;
    const at = world.clock.now();
    const parcelId = id('pcl', 5000);
    await tell(
      world,
      ShipmentPurchased.name,
      purchaseOf({
        parcelId,
        shipmentId: id('shp', 5000),
        number: 'PRE0000000050',
        at,
        organisationId: shop.id,
      }),
    );
    const link = await shop.client.post<{ token: string }>(`/v1/parcels/${parcelId}/links`);
    expect(link.body.token).toMatch(/^trk_test_/);
    expect((await network.client().post('/v1/track', { token: link.body.token })).status).toBe(200);
  });

  it('of a parcel that was bought needs the number and the end of the recipient\u2019s phone, which the vault knows', async () => {
    const market = await openMarket(network, {
      operator: network.operator,
      country: 'DE',
      currency: 'EUR',
      carrierCode: 'postroad_express_eu',
      topUpMinor: 10_000,
    });
    const shop = market.merchant.client;
    const offers = must(await shop.post<{ offers: { offer_id: string }[] }>('/v1/offers', EU_OFFER));
    const bought = must(
      await shop.post<{ parcels: { id: string; number: string }[] }>('/v1/shipments', {
        offer_id: offers.offers[0]?.offer_id,
        order_ref: 'order-1',
        sender: BERLIN,
        recipient: MUNICH,
        goods: GOODS,
        handover: 'drop_off',
      }),
    );
    await network.settle();
    const number = bought.parcels[0]?.number;
    const ask = (phone_last4: string) =>
      network.client().post<Record<string, unknown>>('/v1/track', { number, phone_last4 });
    const seen = await ask(MUNICH.phone.slice(-4));
    expect(seen.status).toBe(200);
    expect(seen.body).toMatchObject({ number, status: 'info_received', destination: { country: 'DE' } });
    // The test world does not know it.
    const elsewhere = { number, phone_last4: MUNICH.phone.slice(-4), world: 'test' };
    expect((await network.client().post('/v1/track', elsewhere)).status).toBe(404);
    // The sender's phone is not the recipient's.
    expect((await ask(BERLIN.phone.slice(-4))).status).toBe(404);
    const text = JSON.stringify(seen.body);
    for (const secret of [MUNICH.name, MUNICH.phone, 'Marienplatz', BERLIN.name])
      expect(text).not.toContain(secret);
  });

  it('a number of the test world is found there alone, and told by the clock of that world', async () => {
    const { worlds, ports } = network.postroad;
    await ports.testClock.set({ at: instant('2026-05-01T08:00:00Z'), running: false });
    const operator = network.client(
      await mintForBootstrap(worlds.test, (await findOperator(worlds.test)) ?? '', 'operator', 'test'),
    );
    const market = await openMarket(network, {
      ...{ operator, country: 'DE', currency: 'EUR', carrierCode: 'postroad_express_eu', topUpMinor: 10_000 },
      // Numbers that the live world does not use.
      fromSerial: 5_000,
    });
    const shop = market.merchant.client;
    const offers = must(await shop.post<{ offers: { offer_id: string }[] }>('/v1/offers', EU_OFFER));
    const bought = must(
      await shop.post<{ parcels: { number: string }[] }>('/v1/shipments', {
        ...{ offer_id: offers.offers[0]?.offer_id, order_ref: 'order-1', handover: 'drop_off' },
        ...{ sender: BERLIN, recipient: MUNICH, goods: GOODS },
      }),
    );
    await network.settle();
    const question = { number: bought.parcels[0]?.number, phone_last4: MUNICH.phone.slice(-4) };
    const ask = (world?: string) =>
      network
        .client()
        .post<{ number: string; now: string }>('/v1/track', { ...question, ...(world && { world }) });
    expect(await ask('test')).toMatchObject({
      status: 200,
      body: { number: question.number, now: '2026-05-01T08:00:00.000Z' },
    });
    for (const world of [undefined, 'live']) expect((await ask(world)).status).toBe(404);
  });
});

describe('the buyer who stays', () => {
  type View = { status: string; steps: { milestone: string }[] };

  /** Events of a stream as they come; `undefined` when it has ended. */
  async function follow(question: object, lastEventId?: string) {
    const leaving = new AbortController();
    const response = await fetch(`${network.baseUrl}/v1/track/stream`, {
      method: 'POST',
      signal: leaving.signal,
      headers: {
        'content-type': 'application/json',
        ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
      },
      body: JSON.stringify(question),
    });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const next = async (): Promise<{ event: string; id?: string; view: View } | undefined> => {
      for (;;) {
        const block = /^((?:[^\n]+\n)+)\n/.exec(text);
        if (block === null) {
          const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
          if (done || value === undefined) return undefined;
          text += value;
          continue;
        }
        text = text.slice(block[0].length);
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block[0])?.[1];
        const event = field('event');
        const id = field('id');
        if (event !== undefined)
          return { event, ...(id === undefined ? {} : { id }), view: JSON.parse(field('data') ?? '') };
      }
    };
    return { status: response.status, next, leave: () => leaving.abort() };
  }

  it('gets the view at once and whenever it changes, goes on from what he has, and is sent away when the link is revoked', async () => {
    const { number, parcelId } = await order('PRE0000000060');
    const life = wireLife(number);
    const link = await merchant.client.post<{ id: string; token: string }>(`/v1/parcels/${parcelId}/links`);
    const { token } = link.body;
    const reader = await follow({ token });
    const first = await reader.next();
    expect(first).toMatchObject({ event: 'tracking', view: { number, status: 'info_received', others: [] } });
    await send(carrier.client, [life[0]]);
    const second = await reader.next();
    expect(second).toMatchObject({ event: 'tracking', view: { status: 'picked_up' } });
    // The same scan again changes nothing, and one of a source that nobody recognises shows beside the state.
    await send(carrier.client, [life[0]]);
    await send(merchant.client, [{ number, milestone: 'delivered', occurred_at: life[1]?.occurred_at }]);
    const third = await reader.next();
    expect(third?.view.status).toBe('picked_up');
    expect(third?.view.steps.map(({ milestone }) => milestone)).toContain('delivered');
    expect(new Set([first?.id, second?.id, third?.id]).size).toBe(3);
    const again = await follow({ token }, third?.id);
    await send(carrier.client, [life[1]]);
    for (const one of [reader, again]) {
      const fourth = await one.next();
      expect(fourth?.view.steps.length).toBe((third?.view.steps.length ?? 0) + 1);
    }
    await merchant.client.send('DELETE', `/v1/parcels/${parcelId}/links/${link.body.id}`);
    for (const one of [reader, again]) {
      expect(await one.next()).toMatchObject({ event: 'revoked', view: {} });
      expect(await one.next()).toBeUndefined();
    }
    expect((await follow({ token })).status).toBe(404);
  });

  it('is refused like one who asks once, and a wrong guess opens nothing', async () => {
    const { number } = await order('PRE0000000061');
    for (const question of [
      { number, phone_last4: '0000' },
      { number: 'PRE5555555556', phone_last4: '0000' },
      { token: 'trk_live_x' },
      { token: 'trk_test_AAAAAAAAAAAAAAAAAAAAAA' },
    ])
      expect((await follow(question)).status).toBe(404);
    expect((await follow({})).status).toBe(400);
  });

  it('sees in the test world that silence became a standstill, when its clock gets there', async () => {
    const { worlds, ports } = network.postroad;
    const shop = await network.open({ kind: 'merchant', name: 'T2', country: NL }, 'merchant_app', 'test');
    const at = worlds.test.clock.now();
    const parcel = { parcelId: id('pcl', 6000), shipmentId: id('shp', 6000), number: 'PRE0000000062' };
    await tell(worlds.test, ShipmentPurchased.name, purchaseOf({ ...parcel, at, organisationId: shop.id }));
    const link = await shop.client.post<{ token: string }>(`/v1/parcels/${parcel.parcelId}/links`);
    const reader = await follow({ token: link.body.token });
    expect((await reader.next())?.view).not.toHaveProperty('standstill');
    await ports.testClock.set({
      at: instant(new Date(Date.parse(at) + 3 * 86_400_000).toISOString()),
      running: false,
    });
    expect((await reader.next())?.view).toMatchObject({ standstill: { reason: 'not_handed_over' } });
    reader.leave();
  });

  it('hears of a standstill when nobody saw the parcel for long, whatever was announced since', async () => {
    const { worlds, ports } = network.postroad;
    const shop = await network.open({ kind: 'merchant', name: 'T3', country: NL }, 'merchant_app', 'test');
    const at = worlds.test.clock.now();
    const parcelId = id('pcl', 6001) as ParcelId;
    const number = 'PRE0000000063';
    const order = { parcelId, number, shipmentId: id('shp', 6001), at, organisationId: shop.id };
    await tell(worlds.test, ShipmentPurchased.name, purchaseOf(order));
    const pass = (days: number) => ports.testClock.set({ at: addDays(at, days), running: false });
    const happens = (code: string, days: number) =>
      worlds.test.command('network', async (work) => {
        const occurredAt = addDays(at, days);
        await recordOwnScans(work, [{ parcelId, number, code, occurredAt, synthetic: true }]);
        return accepted(undefined);
      });
    await happens('picked_up', 0);
    const link = await shop.client.post<{ token: string }>(`/v1/parcels/${parcelId}/links`);
    const reader = await follow({ token: link.body.token });
    expect((await reader.next())?.view).toMatchObject({ status: 'picked_up' });
    await pass(1);
    await happens('dispatch_declared', 1);
    const announced = (await reader.next())?.view;
    expect(announced?.steps[0]).toMatchObject({ milestone: 'dispatch_declared', notice: true });
    expect(announced).not.toHaveProperty('standstill');
    await pass(2);
    expect((await reader.next())?.view).toMatchObject({ standstill: { reason: 'no_news', since: at } });
    reader.leave();
  });
});

describe('the buyer who says that something is not right', () => {
  const TEXT = 'My name is Secret Person and I was at home';
  type Page = { data: { id: string; state: string; number: string }[] };
  let serial = 7_000;

  async function parcelWithLink() {
    serial += 1;
    const parcel = {
      parcelId: id('pcl', serial),
      shipmentId: id('shp', serial),
      number: `PRE000000${serial}`,
    };
    await tell(
      network.postroad.worlds.live,
      ShipmentPurchased.name,
      purchaseOf({
        ...parcel,
        at: instant('2026-03-01T08:00:00Z'),
        organisationId: merchant.id,
        carrierId: carrier.id,
      }),
    );
    const link = await merchant.client.post<{ token: string }>(`/v1/parcels/${parcel.parcelId}/links`);
    return { ...parcel, token: link.body.token };
  }
  const report = (body: object) => network.client().post<Record<string, unknown>>('/v1/track/reports', body);

  it('is heard once for each state, by those who have a part in the parcel, and reads the answer', async () => {
    const { number, parcelId, token } = await parcelWithLink();
    const life = wireLife(number);
    await send(carrier.client, life);
    const made = await report({ token, kind: 'not_delivered_to_me', text: TEXT });
    expect(made).toMatchObject({
      status: 201,
      body: { state: 'open', status: 'delivered', is_current: true },
    });
    expect(await report({ token, kind: 'damaged' })).toMatchObject({
      status: 409,
      body: { code: 'status_already_reported' },
    });
    const of = async (client: Client) =>
      (await client.get<Page>(`/v1/status-reports?parcel_id=${parcelId}&state=open`)).body.data;
    const [seen] = await of(merchant.client);
    expect(seen).toMatchObject({ number, state: 'open', has_text: true });
    for (const client of [carrier.client, network.operator]) expect(await of(client)).toEqual([seen]);
    expect(await of(stranger.client)).toEqual([]);
    const at = `/v1/status-reports/${seen?.id}`;
    expect((await carrier.client.get(at)).body).toMatchObject({ text: TEXT });
    expect((await stranger.client.get(at)).status).toBe(404);
    expect((await stranger.client.post(`${at}/answers`, { text: 'No.' })).status).toBe(404);
    expect((await merchant.client.post(`${at}/closure`)).body).toMatchObject({
      code: 'status_report_not_answered',
    });
    expect((await merchant.client.post(`${at}/answers`, { text: 'We ask the carrier.' })).status).toBe(200);
    expect((await carrier.client.post(`${at}/answers`, { text: 'It is there.' })).status).toBe(409);
    expect((await merchant.client.post(`${at}/closure`)).body).toMatchObject({ state: 'closed' });
    const view = await network.client().post<Record<string, unknown>>('/v1/track', { token });
    expect(view.body.reports).toEqual([
      {
        kind: 'not_delivered_to_me',
        state: 'closed',
        status: 'delivered',
        reported_at: expect.any(String),
        answer: 'We ask the carrier.',
        answered_by: 'merchant',
        answered_at: expect.any(String),
        is_current: true,
      },
    ]);
    expect(JSON.stringify(view.body)).not.toContain('Secret Person');
    await network.settle();
    const events = await merchant.client.get<{ data: { type: string; data: object }[] }>(
      '/v1/events?limit=100',
    );
    const told = events.body.data.filter(({ type }) => type.startsWith('tracking.status_report'));
    expect(told.map(({ type }) => type)).toEqual([
      'tracking.status_reported',
      'tracking.status_report_answered',
      'tracking.status_report_closed',
    ]);
    expect(JSON.stringify(told)).not.toContain('Secret Person');
  });

  it('names an entry that is there, may speak again after news, and his stream shows the answer', async () => {
    const { number, token } = await parcelWithLink();
    const life = wireLife(number);
    await send(carrier.client, [life[0]]);
    const picked = { milestone: 'picked_up', occurred_at: life[0]?.occurred_at };
    const unknown = { ...picked, milestone: 'delivered' };
    expect((await report({ token, kind: 'other', step: unknown })).body.code).toBe('status_step_unknown');
    expect((await report({ token, kind: 'other', parcel: 1 })).body.code).toBe('status_step_unknown');
    const response = await fetch(`${network.baseUrl}/v1/track/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await report({ token, kind: 'wrong_place_or_time', step: picked })).status).toBe(201);
    let text = '';
    while (!text.includes('"wrong_place_or_time"')) text += (await reader?.read())?.value ?? '';
    await reader?.cancel();
    await send(carrier.client, [life[1]]);
    expect((await report({ token, kind: 'other' })).status).toBe(201);
    const view = await network.client().post<{ reports: { is_current: boolean }[] }>('/v1/track', { token });
    expect(view.body.reports.map(({ is_current }) => is_current)).toEqual([true, false]);
  });

  it('is let in by the same checks as one who asks', async () => {
    const { number } = await parcelWithLink();
    const wrong = { number, phone_last4: '0000', kind: 'damaged' };
    expect((await report(wrong)).status).toBe(404);
    expect((await report({ token: 'trk_live_AAAAAAAAAAAAAAAAAAAAAA', kind: 'damaged' })).status).toBe(404);
    for (const body of [{ kind: 'damaged' }, { ...wrong, token: 'x' }, { ...wrong, kind: 'rude' }])
      expect((await report(body)).status).toBe(400);
  });
});
