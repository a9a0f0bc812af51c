import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jpeg, png } from '../../network/deliveries/proof.fixture.ts';
import { verifyLedger } from '../../network/ledger/index.ts';
import { findOperator, mintForBootstrap } from '../../server/bootstrap.ts';
import { BERLIN, EU_OFFER, GOODS, type Market, MUNICH, must, openMarket } from '../setup/market.ts';
import { type Client, startTestNetwork, type TestNetwork } from '../setup/network.ts';

/** The last mile, told in order, in the test world whose clock the operator sets. */
let network: TestNetwork;
let operator: Client;
let market: Market;
let rival: Market;
let courier: { id: string; client: Client };
let colleague: { id: string; client: Client };
let start: number;

const HOUR = 3_600_000;
const at = (hours: number) => new Date(start + hours * HOUR).toISOString();
const setClock = async (hours: number) => must(await operator.post('/v1/test/clock', { now: at(hours) }));
const code = (answer: { body: unknown }) => (answer.body as { code: string }).code;

type Shipment = {
  id: string;
  state: string;
  to: { city: string };
  parcels: { id: string; number: string; waybill_id: string }[];
};
type Delivery = {
  id: string;
  state: string;
  attempts: number;
  next_attempt_from?: string;
  flags: string[];
  proof_ids: string[];
  history?: { fact: string }[];
};
type Planned = {
  run?: { id: string };
  lines: { parcel: string; outcome: string; code?: string; delivery_id?: string }[];
};
type Run = { state: string; deliveries: Delivery[]; cash: { owed_minor: number; collected_minor: number }[] };
type Stop = {
  delivery: Delivery;
  recipient_id: string;
  recipient_name: string;
  address_lines: string[];
  cash_due?: { amount_minor: number };
};

let orders = 0;
async function sent(
  options: { cod?: number; undeliverable?: 'return' | 'destroy'; until?: 'bought' | 'inbound' } = {},
): Promise<Shipment> {
  orders += 1;
  const money =
    options.cod === undefined ? {} : { cash_on_delivery: { amount_minor: options.cod, currency: 'EUR' } };
  const offers = must(
    await market.merchant.client.post<{ offers: { offer_id: string; line_code: string }[] }>('/v1/offers', {
      ...EU_OFFER,
      ...money,
    }),
  );
  const offer = offers.offers.find((one) => one.line_code === 'eu_3_5_days');
  const body = {
    offer_id: offer?.offer_id,
    order_ref: `order-${orders}`,
    sender: BERLIN,
    recipient: MUNICH,
    goods: GOODS,
    handover: 'drop_off',
    undeliverable: options.undeliverable ?? 'return',
  };
  const shipment = must(await market.merchant.client.post<Shipment>('/v1/shipments', body));
  if (options.until === 'bought') return shipment;
  must(await market.carrier.client.post(`/v1/shipments/${shipment.id}/acknowledgement`, { accepted: true }));
  must(
    await market.warehouse.client.post(`/v1/shipments/${shipment.id}/inbound`, {
      parcels: [{ parcel_id: shipment.parcels[0]?.id, weight_grams: 800 }],
    }),
  );
  if (options.until === 'inbound') return shipment;
  must(await market.warehouse.client.post(`/v1/shipments/${shipment.id}/outbound`, {}));
  must(await market.warehouse.client.post(`/v1/shipments/${shipment.id}/dispatch`, {}));
  return shipment;
}

const plan = (parcels: string[], who = courier, day = at(0).slice(0, 10)) =>
  market.carrier.client.post<Planned>('/v1/delivery-runs', { courier_id: who.id, day, parcels });
/** Puts shipments on the road and answers their deliveries and the run. */
async function out(shipments: Shipment[], day?: string): Promise<{ runId: string; ids: string[] }> {
  const planned = must(
    await plan(
      shipments.map((one) => one.parcels[0]?.number ?? ''),
      courier,
      day,
    ),
  );
  must(await courier.client.post(`/v1/delivery-runs/${planned.run?.id}/departure`, {}));
  return {
    runId: planned.run?.id ?? '',
    ids: planned.lines.map((line) => line.delivery_id ?? JSON.stringify(line)),
  };
}
let reports = 0;
const report = (id: string | undefined, body: Record<string, unknown>, who: Client = courier.client) => {
  reports += 1;
  return who.post<Delivery>(`/v1/deliveries/${id}/reports`, {
    client_id: `report-${String(reports).padStart(6, '0')}`,
    ...body,
  });
};
const photo = async (bytes: Uint8Array = jpeg(reports), type = 'image/jpeg', who: Client = courier.client) =>
  who.post<{ id: string }>('/v1/proofs', bytes, { 'content-type': type });
const handOver = async (more: Record<string, unknown> = {}) => ({
  outcome: 'delivered',
  sign_kind: 'self',
  photo_id: must(await photo()).id,
  ...more,
});
const readDelivery = async (id: string | undefined) =>
  must(await market.carrier.client.get<Delivery>(`/v1/deliveries/${id}`));

async function addCourier(name: string): Promise<{ id: string; client: Client }> {
  const minted = must(
    await operator.post<{ key: { id: string }; secret: string }>('/v1/api-keys', {
      organisation_id: market.carrier.id,
      role: 'courier',
      name,
    }),
  );
  const made = must(
    await market.carrier.client.post<{ id: string }>('/v1/couriers', {
      name,
      area_ids: [],
      api_key_id: minted.key.id,
    }),
  );
  return { id: made.id, client: network.client(minted.secret) };
}

beforeAll(async () => {
  network = await startTestNetwork();
  const world = network.postroad.worlds.test;
  operator = network.client(
    await mintForBootstrap(world, (await findOperator(world)) ?? '', 'operator', 'test operator'),
  );
  start = Date.parse(must(await operator.get<{ now: string }>('/v1/test/clock')).now) + HOUR;
  await setClock(0);
  const shared = { operator, country: 'DE', currency: 'EUR', topUpMinor: 500_000 };
  market = await openMarket(network, { ...shared, carrierCode: 'postroad_express_eu' });
  rival = await openMarket(network, { ...shared, carrierCode: 'postroad_line' });
  courier = await addCourier('Anna');
  colleague = await addCourier('Ben');
});
afterAll(() => network?.stop());

describe('a good day', () => {
  let shipment: Shipment;
  let deliveryId: string | undefined;
  let runId: string | undefined;

  test('staff put parcels on a courier’s list; each line has its own answer', async () => {
    shipment = await sent();
    const waiting = await sent({ until: 'bought' });
    const number = shipment.parcels[0]?.number ?? '';
    const answer = await plan([number, 'PRE000000000000', waiting.parcels[0]?.number ?? '', number]);
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    expect(answer.body.lines.map((line) => line.code ?? line.outcome)).toEqual([
      'assigned',
      'parcel_unknown',
      'parcel_not_deliverable',
      'too_many_parcels',
    ]);
    deliveryId = answer.body.lines[0]?.delivery_id;
    runId = answer.body.run?.id;
    expect(
      code(
        await rival.carrier.client.post('/v1/delivery-runs', {
          courier_id: courier.id,
          day: '2026-01-01',
          parcels: [number],
        }),
      ),
    ).toBe('courier_unknown');
  });

  test('the courier sees his stops masked, reveals one with its purpose, and a colleague sees nothing', async () => {
    const { stops } = must(
      await courier.client.get<{ stops: Stop[] }>(`/v1/courier/deliveries?day=${at(0).slice(0, 10)}`),
    );
    expect(stops).toHaveLength(1);
    expect(JSON.stringify(stops)).not.toContain('+498912345678');
    const reveal = { purpose: 'delivery', fields: ['name', 'phone', 'address'] };
    const shown = must(
      await courier.client.post<{ party: { name: string } }>(
        `/v1/parties/${stops[0]?.recipient_id}/reveals`,
        reveal,
      ),
    );
    expect(shown.party.name).toBe('Max Muster');
    expect(
      (await colleague.client.post(`/v1/parties/${stops[0]?.recipient_id}/reveals`, reveal)).status,
    ).toBe(404);
    expect(
      (await rival.carrier.client.post(`/v1/parties/${stops[0]?.recipient_id}/reveals`, reveal)).status,
    ).toBe(404);
    const log = must(
      await market.merchant.client.get<{ data: unknown[] }>(`/v1/parties/${stops[0]?.recipient_id}/reveals`),
    );
    expect(log.data).toHaveLength(1);
  });

  test('what did not leave the depot cannot be delivered', async () => {
    expect(code(await report(deliveryId, await handOver()))).toBe('delivery_state_conflict');
    must(await courier.client.post(`/v1/delivery-runs/${runId}/departure`, {}));
    expect(code(await report(deliveryId, { ...(await handOver()), occurred_at: at(-1) }))).toBe(
      'occurred_before_departure',
    );
    expect(code(await report(deliveryId, { ...(await handOver()), occurred_at: at(1) }))).toBe(
      'occurred_in_future',
    );
  });

  test('strangers and colleagues find no such delivery', async () => {
    for (const who of [colleague.client, rival.carrier.client, rival.merchant.client]) {
      expect((await who.get(`/v1/deliveries/${deliveryId}`)).status === 200).toBe(false);
      expect([403, 404]).toContain((await report(deliveryId, { outcome: 'refused' }, who)).status);
    }
    expect((await rival.merchant.client.get(`/v1/shipments/${shipment.id}/deliveries`)).status).toBe(404);
  });

  test('with photo, signature and place it is delivered, once', async () => {
    const body = {
      ...(await handOver({ signature: 'M10 10 L200 40' })),
      client_id: 'the-one-report',
      place: { latitude: 52.520008, longitude: 13.404954, accuracy_meters: 12 },
    };
    const first = await report(deliveryId, body);
    expect(first.status, JSON.stringify(first.body)).toBe(200);
    expect(first.body).toMatchObject({ state: 'delivered', flags: ['far_from_address'] });
    expect(first.body.proof_ids).toHaveLength(2);
    expect((await report(deliveryId, body)).body.state).toBe('delivered');
    expect(code(await report(deliveryId, { ...body, sign_kind: 'other' }))).toBe('client_id_reused');
    expect(code(await report(deliveryId, await handOver()))).toBe('delivery_state_conflict');
    expect((await readDelivery(deliveryId)).history?.map((step) => step.fact)).toEqual([
      'assigned',
      'departed',
      'delivered',
    ]);
  });

  test('the merchant sees the proofs, a stranger does not', async () => {
    const { data } = must(
      await market.merchant.client.get<{ data: Delivery[] }>(`/v1/shipments/${shipment.id}/deliveries`),
    );
    const types = [];
    for (const id of data[0]?.proof_ids ?? []) {
      const picture = await market.merchant.client.get(`/v1/proofs/${id}`);
      types.push(picture.headers.get('content-type'));
      expect(picture.headers.get('content-security-policy')).toContain('sandbox');
      expect((await rival.merchant.client.get(`/v1/proofs/${id}`)).status).toBe(404);
    }
    expect(types.sort()).toEqual(['image/jpeg', 'image/svg+xml']);
  });

  test('the timeline and the order follow, and no event bears the place of a home', async () => {
    await network.settle();
    const order = must(await market.merchant.client.get<Shipment>(`/v1/shipments/${shipment.id}`));
    expect(order.state).toBe('delivered');
    const { data } = must(
      await market.merchant.client.get<{ data: { type: string }[] }>('/v1/events?limit=100'),
    );
    expect(data.map((event) => event.type)).toEqual(
      expect.arrayContaining(['delivery.assigned', 'delivery.out_for_delivery', 'delivery.delivered']),
    );
    expect(JSON.stringify(data)).toContain('52.52');
    expect(JSON.stringify(data)).not.toContain('52.520008');
    expect(JSON.stringify(data)).not.toContain('Muster');
  });
});

describe('proofs', () => {
  test('hostile pictures are refused', async () => {
    const html = new TextEncoder().encode('<html><script>alert(1)</script>'.padEnd(300));
    expect(code(await photo(html))).toBe('proof_not_an_image');
    expect(code(await photo(png(), 'image/jpeg'))).toBe('proof_not_an_image');
    expect((await photo(new Uint8Array(3 * 1024 * 1024))).status).toBe(413);
    expect((await photo(html, 'image/svg+xml')).status).toBe(415);
    expect((await photo(png(), 'image/png')).status).toBe(201);
  });

  test('a signature with a script is no signature, and a photo proves one delivery of its maker', async () => {
    const { ids } = await out([await sent(), await sent()]);
    expect(
      (
        await report(ids[0], {
          outcome: 'delivered',
          sign_kind: 'self',
          signature: 'M1 1"/><script>alert(1)</script>',
        })
      ).status,
    ).toBe(400);
    const theirs = must(await photo(jpeg(7), 'image/jpeg', colleague.client)).id;
    expect(code(await report(ids[0], { outcome: 'delivered', sign_kind: 'self', photo_id: theirs }))).toBe(
      'proof_not_usable',
    );
    const once = must(await photo()).id;
    must(await report(ids[0], { outcome: 'delivered', sign_kind: 'self', photo_id: once }));
    expect(code(await report(ids[1], { outcome: 'delivered', sign_kind: 'self', photo_id: once }))).toBe(
      'proof_not_usable',
    );
    expect(code(await report(ids[1], { outcome: 'delivered', sign_kind: 'self' }))).toBe('proof_missing');
    must(await report(ids[1], await handOver({ sign_kind: 'reception' })));
  });

  test('a PIN is guessed five times and no more, also when it is then right', async () => {
    const shipment = await sent();
    const { ids } = await out([shipment]);
    const { pin } = must(
      await market.merchant.client.post<{ pin: string }>(`/v1/shipments/${shipment.id}/delivery-pin`, {}),
    );
    expect(pin).toMatch(/^\d{4}$/);
    expect(code(await report(ids[0], await handOver()))).toBe('pin_required');
    const wrong = pin === '0000' ? '1111' : '0000';
    for (let tries = 0; tries < 5; tries += 1)
      expect(code(await report(ids[0], { outcome: 'delivered', sign_kind: 'self', pin: wrong }))).toBe(
        'pin_wrong',
      );
    expect(code(await report(ids[0], { outcome: 'delivered', sign_kind: 'self', pin }))).toBe('pin_locked');
    const anew = must(
      await market.merchant.client.post<{ pin: string }>(`/v1/shipments/${shipment.id}/delivery-pin`, {}),
    );
    expect(must(await report(ids[0], { outcome: 'delivered', sign_kind: 'self', pin: anew.pin })).state).toBe(
      'delivered',
    );
  });

  test('nothing is left at a door without the recipient’s consent', async () => {
    const shipment = await sent();
    const { ids } = await out([shipment]);
    expect(code(await report(ids[0], await handOver({ sign_kind: 'door' })))).toBe('consent_missing');
    const wish = must(
      await market.merchant.client.post<{ consent_id: string }>(
        `/v1/shipments/${shipment.id}/delivery-wishes`,
        { safe_places: ['door'], given_by: 'recipient_through_merchant' },
      ),
    );
    expect(wish.consent_id).toMatch(/^cns_/);
    expect(must(await report(ids[0], await handOver({ sign_kind: 'door' }))).state).toBe('safe_place');
  });
});

describe('nobody there', () => {
  test('two attempts, eight hours apart, then the merchant’s or the recipient’s decision', async () => {
    const back = await sent();
    const burn = await sent({ undeliverable: 'destroy' });
    const hold = await sent();
    must(
      await market.merchant.client.post(`/v1/shipments/${hold.id}/delivery-wishes`, {
        after_attempts: 'hold_for_pickup',
        given_by: 'recipient',
      }),
    );
    const { ids, runId } = await out([back, burn, hold]);
    for (const id of ids)
      expect(must(await report(id, { outcome: 'attempted', reason: 'recipient_absent' }))).toMatchObject({
        state: 'attempted',
        attempts: 1,
      });
    must(await courier.client.post(`/v1/delivery-runs/${runId}/closure`, {}));
    const early = await out([back, burn, hold]);
    expect(code(await report(early.ids[0], { outcome: 'attempted', reason: 'no_access' }))).toBe(
      'attempt_too_soon',
    );
    await setClock(9);
    for (const id of ids) must(await report(id, { outcome: 'attempted', reason: 'recipient_absent' }));
    const states = [];
    for (const id of ids) states.push((await readDelivery(id)).state);
    expect(states).toEqual(['returning', 'awaiting_disposal', 'held']);
    must(await market.carrier.client.post(`/v1/deliveries/${ids[0]}/return-completion`, {}));
    must(await market.carrier.client.post(`/v1/deliveries/${ids[1]}/disposal`, {}));
    await network.settle();
    expect(must(await market.merchant.client.get<Shipment>(`/v1/shipments/${back.id}`)).state).toBe(
      'returned',
    );
    expect(must(await market.merchant.client.get<Shipment>(`/v1/shipments/${burn.id}`)).state).toBe(
      'destroyed',
    );
    await setClock(9 + 7 * 24 + 1);
    await network.settle();
    expect((await readDelivery(ids[2])).state).toBe('returning');
  });

  test('a refusal goes back at once', async () => {
    const { ids } = await out([await sent()]);
    expect(must(await report(ids[0], { outcome: 'refused' })).state).toBe('returning');
    expect((await readDelivery(ids[0])).history?.map((step) => step.fact)).toEqual([
      'assigned',
      'departed',
      'refused',
      'return_started',
    ]);
  });

  test('an offline batch, sent twice, counts once', async () => {
    const { ids, runId } = await out([await sent(), await sent()], at(300).slice(0, 10));
    const proof = must(await photo()).id;
    must(await market.carrier.client.post(`/v1/delivery-runs/${runId}/closure`, {}));
    const batch = {
      reports: [
        { delivery_id: ids[0], client_id: 'offline-0001', outcome: 'attempted', reason: 'business_closed' },
        {
          delivery_id: ids[0],
          client_id: 'offline-0002',
          outcome: 'delivered',
          sign_kind: 'other',
          photo_id: proof,
        },
        {
          delivery_id: ids[1],
          client_id: 'offline-0003',
          outcome: 'delivered',
          sign_kind: 'self',
          photo_id: proof,
        },
        { delivery_id: 'dlv_00000000000000000000000000', client_id: 'offline-0004', outcome: 'refused' },
      ],
    };
    const first = must(
      await courier.client.post<{ results: { outcome: string; code?: string }[] }>(
        '/v1/courier/delivery-reports',
        batch,
      ),
    );
    expect(first.results.map((line) => line.code ?? line.outcome)).toEqual([
      'taken',
      'taken',
      'proof_not_usable',
      'not_found',
    ]);
    const second = must(
      await courier.client.post<{ results: { outcome: string; code?: string }[] }>(
        '/v1/courier/delivery-reports',
        batch,
      ),
    );
    expect(second.results).toEqual([
      { ...first.results[0], state: 'delivered' },
      first.results[1],
      first.results[2],
      first.results[3],
    ]);
    expect((await readDelivery(ids[0])).history).toHaveLength(5);
  });
});

describe('cash on delivery', () => {
  test('is collected exactly, owed by the courier, paid in by the carrier and credited to the merchant', async () => {
    const paid = await sent({ cod: 2_500 });
    const other = await sent({ cod: 999 });
    const { ids, runId } = await out([paid, other], at(400).slice(0, 10));
    const cash = (amount_minor: number, currency = 'EUR') => ({ cash_collected: { amount_minor, currency } });
    expect(code(await report(ids[0], await handOver()))).toBe('cod_not_collected');
    for (const wrong of [cash(2_499), cash(2_501), cash(2_500, 'USD')])
      expect(code(await report(ids[0], await handOver(wrong)))).toBe('cod_amount_differs');
    must(await report(ids[0], await handOver(cash(2_500))));
    must(await report(ids[1], await handOver(cash(999))));
    const run = must(await market.carrier.client.get<Run>(`/v1/delivery-runs/${runId}`));
    expect(run.cash).toMatchObject([{ collected_minor: 3_499, owed_minor: 3_499 }]);
    const handIn = (amount_minor: number) =>
      market.carrier.client.post<Run>(`/v1/delivery-runs/${runId}/cash-hand-ins`, {
        amount: { amount_minor, currency: 'EUR' },
      });
    expect(code(await handIn(3_500))).toBe('cash_exceeds_owed');
    expect(must(await handIn(3_000)).cash[0]?.owed_minor).toBe(499);
    expect(must(await handIn(499)).cash[0]?.owed_minor).toBe(0);

    const balance = async () =>
      must(await market.merchant.client.get<{ data: { balance: { amount_minor: number } }[] }>('/v1/wallets'))
        .data[0]?.balance.amount_minor ?? 0;
    const items = [paid.id, (await sent()).id].map((shipment_id) => ({
      shipment_id,
      amount: { amount_minor: 2_500, currency: 'EUR' },
    }));
    const before = await balance();
    const remittance = { remittance_reference: 'bank-77', currency: 'EUR', items };
    expect(must(await market.carrier.client.post('/v1/cod-remittances', remittance))).toMatchObject({
      remitted: [paid.id],
      unknown: [items[1]?.shipment_id],
      repeated: [],
    });
    expect(must(await market.carrier.client.post('/v1/cod-remittances', remittance))).toMatchObject({
      remitted: [],
      repeated: [paid.id],
    });
    const compared = must(
      await operator.post('/v1/cod-reconciliations', { carrier_id: market.carrier.id, currency: 'EUR' }),
    );
    expect(compared).toMatchObject({
      credited: [{ shipment_id: paid.id, merchant_id: market.merchant.id, amount: { amount_minor: 2_500 } }],
      differences: [
        {
          shipment_id: other.id,
          reason: 'not_remitted',
          due_minor: 999,
          collected_minor: 999,
          remitted_minor: 0,
        },
      ],
    });
    expect((await balance()) - before).toBe(2_500);
    await network.settle();
    expect(await network.postroad.worlds.test.read('network', (db) => verifyLedger(db))).toEqual([]);
  });

  test('nothing is taken where nothing is due', async () => {
    const { ids } = await out([await sent()], at(400).slice(0, 10));
    expect(
      code(await report(ids[0], await handOver({ cash_collected: { amount_minor: 1, currency: 'EUR' } }))),
    ).toBe('cod_not_due');
  });
});

describe('second thoughts', () => {
  const HAMBURG = {
    name: 'Nina Neu',
    phone: '+4940123456',
    address: { country: 'DE', city: 'Hamburg', postcode: '20095', lines: ['Rathausmarkt 1'] },
  };
  const PARIS = {
    name: 'Nina Neu',
    address: { country: 'FR', city: 'Paris', postcode: '75001', lines: ['Rue de Rivoli 1'] },
  };
  type Interception = { id: string; state: string; result?: number; fee: { amount_minor: number } };
  const ask = (id: string, body: object) =>
    market.merchant.client.post<Interception>(`/v1/shipments/${id}/interceptions`, body);
  const answer = (id: string, what: string) =>
    market.carrier.client.post<Interception>(`/v1/interceptions/${id}/answer`, { answer: what });

  test('before the first scan the recipient changes, and the waybill with it', async () => {
    const shipment = await sent({ until: 'bought' });
    const change = (recipient: object) =>
      market.merchant.client.send<Shipment>('PATCH', `/v1/shipments/${shipment.id}/recipient`, { recipient });
    expect(code(await change(PARIS))).toBe('recipient_elsewhere');
    const changed = await change(HAMBURG);
    expect(changed.status, JSON.stringify(changed.body)).toBe(200);
    expect(changed.body.to.city).toBe('Hamburg');
    expect(
      must(
        await market.merchant.client.get<{ to: { city: string } }>(
          `/v1/waybills/${shipment.parcels[0]?.waybill_id}`,
        ),
      ).to.city,
    ).toBe('Hamburg');
    expect(code(await ask(shipment.id, { kind: 'return' }))).toBe('not_interceptable');
  });

  test('after it the carrier is asked, is paid when it accepts, and leads the parcel to its new address', async () => {
    const shipment = await sent();
    expect(
      code(
        await market.merchant.client.send('PATCH', `/v1/shipments/${shipment.id}/recipient`, {
          recipient: HAMBURG,
        }),
      ),
    ).toBe('recipient_fixed');
    expect((await ask(shipment.id, { kind: 'address_change' })).status).toBe(400);
    expect(code(await ask(shipment.id, { kind: 'address_change', recipient: PARIS }))).toBe(
      'recipient_elsewhere',
    );
    const asked = must(await ask(shipment.id, { kind: 'address_change', recipient: HAMBURG }));
    expect(code(await ask(shipment.id, { kind: 'return' }))).toBe('interception_open');
    expect(must(await plan([shipment.parcels[0]?.number ?? ''])).lines[0]?.code).toBe(
      'parcel_not_deliverable',
    );
    expect(
      (await rival.carrier.client.post(`/v1/interceptions/${asked.id}/answer`, { answer: 'accept' })).status,
    ).toBe(404);
    expect(code(await answer(asked.id, 'done'))).toBe('interception_state_conflict');
    expect(must(await answer(asked.id, 'accept')).state).toBe('accepted');
    expect(must(await answer(asked.id, 'done'))).toMatchObject({ state: 'done', result: 1 });
    expect(must(await market.merchant.client.get<Shipment>(`/v1/shipments/${shipment.id}`)).to.city).toBe(
      'Hamburg',
    );
    const { ids } = await out([shipment]);
    expect(must(await report(ids[0], await handOver())).state).toBe('delivered');
  });

  test('a return before departure closes the order and releases the freight', async () => {
    const shipment = await sent({ until: 'inbound' });
    const asked = must(await ask(shipment.id, { kind: 'return', reason: 'wrong colour' }));
    must(await answer(asked.id, 'accept'));
    must(await answer(asked.id, 'done'));
    expect(must(await market.merchant.client.get(`/v1/shipments/${shipment.id}`))).toMatchObject({
      state: 'closed',
      freight: 'released',
    });
  });

  test('a stop that failed is paid back, a refusal costs nothing, and the parcel goes on', async () => {
    const balance = async () =>
      must(await market.merchant.client.get<{ data: { balance: { amount_minor: number } }[] }>('/v1/wallets'))
        .data[0]?.balance.amount_minor ?? 0;
    const shipment = await sent();
    const before = await balance();
    const refusedOne = must(await ask(shipment.id, { kind: 'return' }));
    expect(must(await answer(refusedOne.id, 'refuse'))).toMatchObject({ state: 'failed', result: 2 });
    const failed = must(await ask(shipment.id, { kind: 'return' }));
    must(await answer(failed.id, 'accept'));
    expect(before - (await balance())).toBe(failed.fee.amount_minor);
    must(await answer(failed.id, 'failed'));
    expect(await balance()).toBe(before);
    const cancelled = must(await ask(shipment.id, { kind: 'return' }));
    expect(
      must(
        await market.merchant.client.post<Interception>(`/v1/interceptions/${cancelled.id}/cancellation`, {}),
      ).result,
    ).toBe(3);
    expect((await out([shipment])).ids[0]).toMatch(/^dlv_/);
    await network.settle();
    expect(await network.postroad.worlds.test.read('network', (db) => verifyLedger(db))).toEqual([]);
  });
});

describe('photos from the first warehouse', () => {
  test('show the merchant why a parcel was turned away; strangers see none, and none proves a delivery', async () => {
    const shipment = await sent({ until: 'bought' });
    const photos = `/v1/shipments/${shipment.id}/photos`;
    const type = { 'content-type': 'image/jpeg' };
    const bytes = jpeg(77);
    const { warehouse, merchant } = market;
    const taken = must(await warehouse.client.post<{ id: string }>(photos, bytes, type));
    const broken = await warehouse.client.post(
      photos,
      new TextEncoder().encode('no picture'.repeat(20)),
      type,
    );
    expect(code(broken)).toBe('proof_not_an_image');
    must(
      await warehouse.client.post(`/v1/shipments/${shipment.id}/inbound-rejection`, {
        reason: 'packaging_damaged',
        evidence: taken.id,
      }),
    );
    const listed = must(await merchant.client.get<{ data: { id: string }[] }>(photos));
    expect(listed.data.map((one) => one.id)).toEqual([taken.id]);
    for (const who of [merchant.client, warehouse.client, market.marketplace.client]) {
      const read = await who.get(`/v1/proofs/${taken.id}`);
      expect(Buffer.compare(read.bytes, bytes)).toBe(0);
    }
    for (const who of [rival.merchant.client, rival.warehouse.client, rival.carrier.client]) {
      expect((await who.get(`/v1/proofs/${taken.id}`)).status).toBe(404);
      expect((await who.get(photos)).status).toBe(404);
    }
    expect((await rival.warehouse.client.post(photos, bytes, type)).status).toBe(404);
    const other = await sent();
    const { ids } = await out([other]);
    const misused = await report(ids[0], { outcome: 'delivered', sign_kind: 'self', photo_id: taken.id });
    expect(code(misused)).toBe('proof_not_usable');
  });
});
