import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyLedger } from '../../network/ledger/index.ts';
import { must } from '../setup/market.ts';
import {
  code,
  handOver,
  market,
  network,
  openLastMile,
  out,
  plan,
  report,
  rival,
  type Shipment,
  sent,
} from './last-mile.fixture.ts';

/** Second thoughts of a merchant: another recipient, or the parcel back. */

beforeAll(openLastMile);
afterAll(() => network?.stop());

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

  test('while it is open the parcel neither leaves the warehouse nor goes on to the carrier', async () => {
    const shipment = await sent({ until: 'inbound' });
    const leave = (by: 'outbound' | 'dispatch') =>
      market.warehouse.client.post<Shipment>(`/v1/shipments/${shipment.id}/${by}`, {});
    const first = must(await ask(shipment.id, { kind: 'address_change', recipient: HAMBURG }));
    const stopped = await leave('outbound');
    expect([stopped.status, code(stopped)]).toEqual([409, 'shipment_intercepted']);
    must(await answer(first.id, 'accept'));
    expect(code(await leave('outbound'))).toBe('shipment_intercepted');
    must(await answer(first.id, 'done'));
    expect(must(await leave('outbound')).state).toBe('outbound_ok');
    const second = must(await ask(shipment.id, { kind: 'return' }));
    expect(code(await leave('dispatch'))).toBe('shipment_intercepted');
    must(await answer(second.id, 'refuse'));
    expect(must(await leave('dispatch')).state).toBe('sent');
  });

  test('asked and sent out at once, it is one of both: no parcel leaves against its interception', async () => {
    const shipments = await Promise.all(Array.from({ length: 4 }, () => sent({ until: 'inbound' })));
    for (const { id } of shipments) {
      const [asked, left] = await Promise.all([
        ask(id, { kind: 'return' }),
        market.warehouse.client.post<Shipment>(`/v1/shipments/${id}/outbound`, {}),
      ]);
      // Who is stopped after outbound was first; who is stopped before it never left.
      expect(asked.status, JSON.stringify(asked.body)).toBe(201);
      expect([200, 409]).toContain(left.status);
      if (left.status === 409) expect(code(left)).toBe('shipment_intercepted');
      expect(code(await market.warehouse.client.post(`/v1/shipments/${id}/dispatch`, {}))).toBe(
        left.status === 409 ? 'state_conflict' : 'shipment_intercepted',
      );
    }
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
