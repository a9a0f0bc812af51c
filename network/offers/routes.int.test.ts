import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';
import type { CountryCode } from '../kernel/index.ts';

let network: TestNetwork;
let merchant: Awaited<ReturnType<TestNetwork['open']>>;
const DE = 'DE' as CountryCode;

type Offers = {
  offers: {
    offer_id: string;
    line_code: string;
    total: { amount_minor: number; currency: string };
    charges: { amount: { amount_minor: number } }[];
  }[];
  refused: { line_code: string; reasons: { code: string }[] }[];
};

beforeAll(async () => {
  network = await startTestNetwork();
  for (const carrierCode of [
    'postroad_express_eu',
    'postroad_express_cn',
    'postroad_express_br',
    'postroad_line',
    'china_post',
  ]) {
    await network.open({ kind: 'carrier', name: carrierCode, country: DE, carrierCode }, 'carrier');
  }
  merchant = await network.open({ kind: 'merchant', name: 'Shop', country: DE }, 'merchant_app');
});
afterAll(() => network.stop());

const REQUEST = {
  from: { country: 'DE', postcode: '10115', city: 'Berlin' },
  to: { country: 'DE', postcode: '80331', city: 'Munich' },
  parcels: [{ weight_grams: 800, size: { length_mm: 200, width_mm: 150, height_mm: 80 } }],
  goods: [{ goods_class: 'normal', quantity: 1, unit_value: { amount_minor: 2500, currency: 'EUR' } }],
  order_amount: { amount_minor: 2500, currency: 'EUR' },
};

test('every line answers: with a price whose charges add up, or with its reasons', async () => {
  const answer = await merchant.client.post<Offers>('/v1/offers', REQUEST);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  const { offers, refused } = answer.body;
  expect(offers.length, JSON.stringify(refused)).toBeGreaterThan(0);
  for (const offer of offers) {
    expect(offer.charges.reduce((sum, charge) => sum + charge.amount.amount_minor, 0)).toBe(
      offer.total.amount_minor,
    );
  }
  for (const line of refused) expect(line.reasons.length, line.line_code).toBeGreaterThan(0);
  const lines = [...offers, ...refused].map((line) => line.line_code);
  expect(new Set(lines).size).toBe(lines.length);
});

test('the answer names the clock that counts the days of the promises: that of the destination', async () => {
  const to = { country: 'PT', postcode: '9500-321', city: 'Ponta Delgada' };
  const zone = { destination_zone: 'Atlantic/Azores' };
  expect((await merchant.client.post('/v1/offers', { ...REQUEST, to })).body).toMatchObject(zone);
  const requests = [{ object_id: 'a', request: { ...REQUEST, to } }];
  const batch = await merchant.client.post('/v1/offers/batch', { requests });
  expect(batch.body).toMatchObject({ results: [zone] });
  const path = '/v1/quotes?from=DE&to=PT&weight_grams=500&to_postcode=9500-321&from_postcode=10115';
  expect((await merchant.client.get(path)).body).toMatchObject(zone);
});

test('without goods every line refuses with no_goods', async () => {
  const answer = await merchant.client.post<Offers>('/v1/offers', { ...REQUEST, goods: [] });
  expect(answer.body.offers).toEqual([]);
  for (const line of answer.body.refused)
    expect(line.reasons.map((reason) => reason.code)).toContain('no_goods');
});

test('a cross-border lane without a customs rule refuses live keys, and a quick quote needs no papers', async () => {
  const answer = await merchant.client.post<Offers>('/v1/offers', {
    ...REQUEST,
    from: { country: 'CN' },
    to: { country: 'ZA', postcode: '2000' },
  });
  for (const line of answer.body.refused)
    expect(
      line.reasons.map((reason) => reason.code),
      line.line_code,
    ).toContain('customs_path_missing');
  const quotes = await merchant.client.get<{ quotes: { line_code: string }[] }>(
    '/v1/quotes?from=DE&to=DE&weight_grams=500&to_postcode=80331&from_postcode=10115',
  );
  expect(quotes.status, JSON.stringify(quotes.body)).toBe(200);
  expect(quotes.body.quotes.length).toBeGreaterThan(0);
});

test('a batch answers by object_id, and a country that does not exist is a clear refusal', async () => {
  const batch = await merchant.client.post<{ results: { object_id: string }[] }>('/v1/offers/batch', {
    requests: Array.from({ length: 100 }, (_, index) => ({ object_id: `o${index}`, request: REQUEST })),
  });
  expect(batch.status).toBe(200);
  expect(batch.body.results.map((result) => result.object_id)).toEqual(
    Array.from({ length: 100 }, (_, index) => `o${index}`),
  );
  const unknown = await merchant.client.post<{ code: string }>('/v1/offers', {
    ...REQUEST,
    to: { country: 'QQ' },
  });
  expect([unknown.status, unknown.body.code]).toEqual([422, 'address_invalid']);
});
