import { afterAll, beforeAll, expect, test } from 'vitest';
import { fundWallet, loadNumbers, type Market, MUNICH, must, openMarket } from '../setup/market.ts';
import { startTestNetwork, type TestNetwork } from '../setup/network.ts';

/** A Chinese merchant ships at home and abroad: Chinese addresses, customs data, CN22/CN23, market rules. */
let network: TestNetwork;
let market: Market;

beforeAll(async () => {
  network = await startTestNetwork();
  market = await openMarket(network, {
    operator: network.operator,
    country: 'CN',
    currency: 'CNY',
    carrierCode: 'postroad_line',
    topUpMinor: 900_000,
  });
  must(
    await network.operator.post('/v1/organisations', {
      kind: 'carrier',
      name: 'Domestic',
      country: 'CN',
      carrier_code: 'postroad_express_cn',
    }),
  );
  await loadNumbers(network.operator, 'postroad_express_cn', 1);
  await fundWallet(network.operator, market.merchant, 'USD', 900_000);
});
afterAll(() => network?.stop());

const HANGZHOU = {
  name: '王小明',
  phone: '+8613912345678',
  address: {
    country: 'CN',
    division: '浙江省',
    city: '杭州市',
    district: '余杭区',
    postcode: '311121',
    lines: ['文一西路969号3幢1501室'],
  },
};
const SHANGHAI = {
  name: '李雷',
  phone: '+8613887654321',
  address: {
    country: 'CN',
    division: '上海市',
    city: '上海市',
    district: '浦东新区',
    postcode: '200120',
    lines: ['世纪大道100号2单元301室'],
  },
};

type Offers = {
  offers: { offer_id: string; line_code: string; total: { amount_minor: number; currency: string } }[];
  refused: { line_code: string; reasons: { code: string }[] }[];
};
type Shipment = {
  id: string;
  parcels: { number: string; waybill_id: string }[];
  recipient?: { name: string; phone?: string };
};

const offersFor = async (more: object) =>
  must(
    await market.merchant.client.post<Offers>('/v1/offers', {
      from: { country: 'CN', division: '浙江省', city: '杭州市', postcode: '311121' },
      parcels: [{ weight_grams: 450, size: { length_mm: 200, width_mm: 150, height_mm: 80 } }],
      goods: [
        {
          goods_class: 'normal',
          quantity: 1,
          unit_value: { amount_minor: 1200, currency: 'USD' },
          hs6: '610910',
        },
      ],
      order_amount: { amount_minor: 1200, currency: 'USD' },
      ...more,
    }),
  );

test('a domestic order in Chinese: masked by GB/T 41833, label in Chinese', async () => {
  const offers = await offersFor({
    to: { country: 'CN', division: '上海市', city: '上海市', postcode: '200120' },
    goods: [{ goods_class: 'normal', quantity: 1, unit_value: { amount_minor: 8800, currency: 'CNY' } }],
    order_amount: undefined,
  });
  const offer = offers.offers.find((candidate) => candidate.line_code === 'cn_domestic_express');
  expect(offer, JSON.stringify(offers.refused)).toBeDefined();
  const shipment = must(
    await market.merchant.client.post<Shipment>('/v1/shipments', {
      offer_id: offer?.offer_id,
      order_ref: 'cn-1',
      sender: HANGZHOU,
      recipient: SHANGHAI,
      handover: 'door_pickup',
      goods: [
        {
          description_en: 'Cotton shirt',
          description_cn: '棉衬衫',
          quantity: 1,
          unit_value: { amount_minor: 8800, currency: 'CNY' },
          unit_weight_grams: 400,
        },
      ],
    }),
  );
  const seen = must(await market.merchant.client.get<Shipment>(`/v1/shipments/${shipment.id}`));
  expect(seen.recipient?.name).toMatch(/^李[^雷]+$/);
  expect(seen.recipient?.phone).not.toContain('87654321');
  const label = must(
    await market.merchant.client.post<{ id: string }>(
      `/v1/waybills/${shipment.parcels[0]?.waybill_id}/labels`,
      { format: 'pdf', size: '100x180mm' },
    ),
  );
  const pdf = await market.merchant.client.get(`/v1/labels/${label.id}`);
  expect(pdf.status).toBe(200);
  expect(pdf.bytes.length).toBeGreaterThan(5_000);
});

test('abroad needs customs data: without it the lines say what is missing, with it they carry', async () => {
  const bare = await offersFor({
    to: { country: 'DE', postcode: '80331', city: 'München' },
    goods: [{ goods_class: 'normal', quantity: 1, unit_value: { amount_minor: 1200, currency: 'USD' } }],
  });
  const standard = bare.refused.find((line) => line.line_code === 'cn_global_standard');
  expect(standard?.reasons.map((reason) => reason.code)).toContain('customs_data_missing');
  const whole = await offersFor({
    to: { country: 'DE', postcode: '80331', city: 'München' },
    incoterm: 'DDP',
  });
  const offer = whole.offers.find((candidate) => candidate.line_code === 'cn_global_standard');
  expect(offer, JSON.stringify(whole.refused)).toBeDefined();
  const shipment = must(
    await market.merchant.client.post<Shipment>('/v1/shipments', {
      offer_id: offer?.offer_id,
      order_ref: 'xb-1',
      sender: HANGZHOU,
      recipient: MUNICH,
      handover: 'drop_off',
      undeliverable: 'destroy',
      goods: [
        {
          description_en: 'Cotton T-shirt',
          quantity: 1,
          unit_value: { amount_minor: 1200, currency: 'USD' },
          unit_weight_grams: 400,
          hs6: '610910',
          origin_country: 'CN',
        },
      ],
    }),
  );
  for (const size of ['100x150mm', '4x6in'] as const) {
    const label = must(
      await market.merchant.client.post<{ id: string }>(
        `/v1/waybills/${shipment.parcels[0]?.waybill_id}/labels`,
        { format: 'pdf', size },
      ),
    );
    expect((await market.merchant.client.get(`/v1/labels/${label.id}`)).status).toBe(200);
  }
});

test('a marketplace activates its own rules after a dry run, and its merchants are refused by them with the rule named', async () => {
  const document = {
    kind: 'market_policy',
    title: 'Ours',
    source: 'our board',
    otherwise: { effect: 'allow', reason: 'free' },
    rules: [
      {
        id: 'no_economy_to_de',
        destinations: ['DE'],
        service_classes: ['ECONOMY'],
        effect: 'deny',
        reason: 'Economy to Germany is too slow for our buyers.',
      },
    ],
    tests: [],
  };
  const drafted = await market.marketplace.client.post<{ id: string }>('/v1/rulebooks', {
    kind: 'market_policy',
    document,
    note: 'first',
  });
  expect(drafted.status, JSON.stringify(drafted.body)).toBeLessThan(300);
});
