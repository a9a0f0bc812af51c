import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyLedger } from '../../network/ledger/index.ts';
import { must } from '../setup/market.ts';
import {
  at,
  code,
  colleague,
  courier,
  type Delivery,
  handOver,
  market,
  network,
  openLastMile,
  operator,
  out,
  photo,
  plan,
  readDelivery,
  report,
  rival,
  type Shipment,
  sent,
  setClock,
} from './last-mile.fixture.ts';

/** The last mile, told in order, in the test world whose clock the operator sets. */
type Run = { state: string; deliveries: Delivery[]; cash: { owed_minor: number; collected_minor: number }[] };
type Stop = {
  delivery: Delivery;
  recipient_id: string;
  recipient_name: string;
  address_lines: string[];
  cash_due?: { amount_minor: number };
};

beforeAll(openLastMile);
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
