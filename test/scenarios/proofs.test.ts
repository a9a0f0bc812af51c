import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jpeg, png } from '../../network/deliveries/proof.fixture.ts';
import { must } from '../setup/market.ts';
import {
  code,
  colleague,
  handOver,
  market,
  network,
  openLastMile,
  out,
  photo,
  report,
  rival,
  sent,
} from './last-mile.fixture.ts';

/** What shows that a parcel was handed over, or why it was turned away. */

beforeAll(openLastMile);
afterAll(() => network?.stop());

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
