import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  BERLIN,
  EU_OFFER,
  fundWallet,
  GOODS,
  type Market,
  MUNICH,
  must,
  openMarket,
  type Partner,
  topUpWallet,
} from '../../test/setup/market.ts';
import { startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';

let network: TestNetwork;
let market: Market;

beforeAll(async () => {
  network = await startTestNetwork();
  market = await openMarket(network, {
    operator: network.operator,
    country: 'DE',
    currency: 'EUR',
    carrierCode: 'postroad_express_eu',
    topUpMinor: 500_000,
  });
});
afterAll(() => network?.stop());

type Shipment = {
  id: string;
  state: string;
  freight: string;
  acknowledgement: string;
  parcels: { id: string; number: string; waybill_id: string }[];
  quoted: { total: { amount_minor: number } };
  charged?: { total: { amount_minor: number } };
};
type Offers = { offers: { offer_id: string; total: { amount_minor: number } }[]; refused: unknown };
type Problem = { code: string; detail: string; errors?: { pointer: string; code: string }[] };

const offerFor = async (merchant: Partner = market.merchant, request: object = EU_OFFER) => {
  const offers = must(await merchant.client.post<Offers>('/v1/offers', request));
  const first = offers.offers[0];
  if (first === undefined) throw new Error(`no offer: ${JSON.stringify(offers.refused)}`);
  return first;
};
const order = (offerId: string, more: object = {}) => ({
  offer_id: offerId,
  order_ref: 'order-7',
  sender: BERLIN,
  recipient: MUNICH,
  goods: GOODS,
  handover: 'drop_off',
  ...more,
});
const buy = async (merchant: Partner = market.merchant, request: object = EU_OFFER, more: object = {}) =>
  must(
    await merchant.client.post<Shipment>(
      '/v1/shipments',
      order((await offerFor(merchant, request)).offer_id, more),
    ),
  );
const wallet = async (merchant: Partner = market.merchant) => {
  const found = must(
    await merchant.client.get<{
      data: { balance: { amount_minor: number }; held: { amount_minor: number }; is_in_arrears: boolean }[];
    }>('/v1/wallets'),
  ).data[0];
  return {
    balance: found?.balance.amount_minor ?? 0,
    held: found?.held.amount_minor ?? 0,
    arrears: found?.is_in_arrears,
  };
};
const newMerchant = async (amountMinor: number): Promise<Partner> => {
  const opened = must(
    await market.marketplace.client.post<{ id: string }>('/v1/organisations', {
      kind: 'merchant',
      name: 'Another shop',
      country: 'DE',
    }),
  );
  const minted = must(
    await network.operator.post<{ secret: string }>('/v1/api-keys', {
      organisation_id: opened.id,
      role: 'merchant_admin',
      name: 'shop',
    }),
  );
  const merchant = { id: opened.id, key: minted.secret, client: network.client(minted.secret) };
  await fundWallet(network.operator, merchant, 'EUR', amountMinor);
  return merchant;
};
const weigh = (shipment: Shipment, weightGrams: number) =>
  market.warehouse.client.post<Shipment>(`/v1/shipments/${shipment.id}/inbound`, {
    parcels: shipment.parcels.map((parcel) => ({ parcel_id: parcel.id, weight_grams: weightGrams })),
  });

describe('buying', () => {
  test('an offer is bought once, also by 32 clients at once, and holds its freight once', async () => {
    const before = await wallet();
    const offer = await offerFor();
    const answers = await Promise.all(
      Array.from({ length: 32 }, () =>
        market.merchant.client.post<Problem>('/v1/shipments', order(offer.offer_id)),
      ),
    );
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(1);
    for (const answer of answers.filter((answer) => answer.status !== 201))
      expect([answer.status, answer.body.code]).toEqual([409, 'offer_used']);
    expect((await wallet()).held).toBe(before.held + offer.total.amount_minor);
  });

  test('a wallet that affords three parcels buys three, whoever comes first', async () => {
    const price = (await offerFor()).total.amount_minor;
    const merchant = await newMerchant(price * 3 + price - 1);
    const offers = await Promise.all(Array.from({ length: 16 }, () => offerFor(merchant)));
    const answers = await Promise.all(
      offers.map((offer) => merchant.client.post<Problem>('/v1/shipments', order(offer.offer_id))),
    );
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(3);
    for (const answer of answers.filter((answer) => answer.status !== 201))
      expect([answer.status, answer.body.code]).toEqual([422, 'insufficient_funds']);
    expect(await wallet(merchant)).toMatchObject({ held: price * 3, balance: price * 4 - 1 });
  });

  test.each([
    [
      'another postcode than was offered for',
      { recipient: { ...MUNICH, address: { ...MUNICH.address, postcode: '80333' } } },
      'address_differs_from_offer',
      '/recipient/address',
    ],
    ['a way of handover that the line has not', { handover: 'self_post' }, 'handover_not_offered', undefined],
    [
      'goods of a class that was not asked for',
      { goods: [{ ...GOODS[0], goods_class: 'battery_only' }] },
      'goods_differ_from_offer',
      undefined,
    ],
    [
      'a phone that hides digits',
      { sender: { ...BERLIN, phone: '030****820' } },
      'phone_masked',
      '/sender/phone',
    ],
    [
      'an address without a city',
      { recipient: { ...MUNICH, address: { country: 'DE', postcode: '80331', lines: ['Marienplatz 8'] } } },
      'address_invalid',
      '/recipient/address/city',
    ],
    [
      'a stranger as payer',
      {
        payers: [
          { organisation_id: 'org_00000000000000000000000000', role: 'merchant', share_basis_points: 10_000 },
        ],
      },
      'payer_split_invalid',
      undefined,
    ],
  ])('%s is refused and nothing is held', async (_what, change, code, pointer) => {
    const before = await wallet();
    const answer = await market.merchant.client.post<Problem>(
      '/v1/shipments',
      order((await offerFor()).offer_id, change),
    );
    expect([answer.status, answer.body.code], answer.body.detail).toEqual([422, code]);
    if (pointer !== undefined) expect(answer.body.errors?.map((error) => error.pointer)).toContain(pointer);
    expect(await wallet()).toEqual(before);
  });

  describe('with its label', () => {
    type Labelled = Shipment & {
      label?: { id: string; items: { number: string; print_count: number }[] };
      label_document?: string;
    };
    const documentOf = (answer: Labelled) => Buffer.from(answer.label_document ?? '', 'base64');
    const withLabel = (offerId: string, label: object = {}) => order(offerId, { label });
    const ask = (merchant: Partner, body: object, key: string) =>
      merchant.client.post<Labelled & Problem>('/v1/shipments', body, { 'idempotency-key': key });

    test('the answer holds the very document, its waybill is printed, and a repetition reads it again', async () => {
      const body = withLabel((await offerFor()).offer_id);
      const first = must(await ask(market.merchant, body, 'with-label'));
      expect(documentOf(first).subarray(0, 5).toString()).toBe('%PDF-');
      const kept = await market.merchant.client.get(`/v1/labels/${first.label?.id}`);
      expect(Buffer.from(kept.bytes).equals(documentOf(first))).toBe(true);
      expect(first.label?.items).toMatchObject([{ number: first.parcels[0]?.number, print_count: 1 }]);
      const waybill = `/v1/waybills/${first.parcels[0]?.waybill_id}`;
      expect(must(await market.merchant.client.get(waybill))).toMatchObject({
        status: 'printed',
        print_count: 1,
      });
      const again = await ask(market.merchant, body, 'with-label');
      expect([again.status, again.headers.get('idempotency-replayed'), again.body]).toEqual([
        201,
        'true',
        first,
      ]);
      // The next print is a reprint of the same waybill.
      expect(must(await market.merchant.client.post(`${waybill}/labels`, {}))).toMatchObject({
        items: [{ print_count: 2 }],
      });
    });

    test('pieces share one document, as ZPL as well', async () => {
      const parcels = [1, 2].map(() => ({
        weight_grams: 600,
        size: { length_mm: 200, width_mm: 150, height_mm: 80 },
      }));
      const { offer_id } = await offerFor(market.merchant, { ...EU_OFFER, parcels });
      const answer = must(
        await ask(market.merchant, withLabel(offer_id, { format: 'zpl', size: '4x6in' }), 'pieces'),
      );
      expect(documentOf(answer).toString().match(/\^XA/g)).toHaveLength(2);
      const numbers = answer.parcels.map((parcel) => parcel.number);
      expect(answer.label?.items.map((item) => item.number)).toEqual(numbers);
      for (const number of numbers) expect(documentOf(answer).toString()).toContain(number);
    });

    test('a refused purchase leaves neither shipment nor label, and the offer can be bought after a top-up', async () => {
      const merchant = await newMerchant(1);
      const body = withLabel((await offerFor(merchant)).offer_id);
      const refused = await ask(merchant, body, 'poor');
      expect([refused.status, refused.body.code]).toEqual([422, 'insufficient_funds']);
      expect(must(await merchant.client.get('/v1/waybills'))).toMatchObject({ data: [] });
      await topUpWallet(network.operator, merchant, 'EUR', 10_000);
      expect((await ask(merchant, body, 'poor')).status).toBe(201);
    });

    test('one offer bought with labels by 8 clients at once is bought and printed once', async () => {
      const merchant = await newMerchant(100_000);
      const body = withLabel((await offerFor(merchant)).offer_id);
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => merchant.client.post<Labelled>('/v1/shipments', body)),
      );
      const bought = answers.filter((answer) => answer.status === 201);
      expect(bought).toHaveLength(1);
      const { data } = must(await merchant.client.get<{ data: { number: string }[] }>('/v1/waybills'));
      expect(data.map((waybill) => waybill.number)).toEqual([bought[0]?.body.parcels[0]?.number]);
    });
  });

  test('an offer of another merchant is no offer', async () => {
    const stranger = await newMerchant(10_000);
    const offer = await offerFor(stranger);
    const answer = await market.merchant.client.post<Problem>('/v1/shipments', order(offer.offer_id));
    expect([answer.status, answer.body.code]).toEqual([422, 'offer_not_found']);
  });
});

describe('before departure', () => {
  test('a cancelled order releases its freight and its number, and cannot be cancelled twice', async () => {
    const before = await wallet();
    const shipment = await buy();
    const cancelled = must(
      await market.merchant.client.post<Shipment>(`/v1/shipments/${shipment.id}/cancellation`, {
        reason: 'buyer changed his mind',
      }),
    );
    expect([cancelled.state, cancelled.freight]).toEqual(['cancelled', 'released']);
    expect(await wallet()).toEqual(before);
    const waybill = must(
      await market.merchant.client.get<{ status: string }>(`/v1/waybills/${shipment.parcels[0]?.waybill_id}`),
    );
    expect(waybill.status).toBe('cancelled');
    const again = await market.merchant.client.post<Problem>(`/v1/shipments/${shipment.id}/cancellation`, {
      reason: 'again',
    });
    expect([again.status, again.body.code]).toEqual([409, 'state_conflict']);
  });

  test('an order that the carrier refuses is cancelled and costs nothing', async () => {
    const before = await wallet();
    const shipment = await buy();
    const refused = must(
      await market.carrier.client.post<Shipment>(`/v1/shipments/${shipment.id}/acknowledgement`, {
        accepted: false,
        reason: 'no capacity',
      }),
    );
    expect([refused.state, refused.acknowledgement]).toEqual(['cancelled', 'refused']);
    expect(await wallet()).toEqual(before);
    const change = await market.carrier.client.post<Problem>(`/v1/shipments/${shipment.id}/acknowledgement`, {
      accepted: true,
    });
    expect(change.status).toBe(409);
  });

  test('what the warehouse turns away goes back and costs nothing', async () => {
    const before = await wallet();
    const shipment = await buy();
    must(
      await market.warehouse.client.post(`/v1/shipments/${shipment.id}/inbound-rejection`, {
        reason: 'battery_undeclared',
        evidence: 'photo-9',
      }),
    );
    const early = await market.warehouse.client.post<Problem>(`/v1/shipments/${shipment.id}/outbound`, {});
    expect([early.status, early.body.code]).toEqual([409, 'state_conflict']);
    const closed = must(
      await market.warehouse.client.post<Shipment>(`/v1/shipments/${shipment.id}/return-before-departure`, {
        reason: 'rejected',
      }),
    );
    expect([closed.state]).toEqual(['closed']);
    expect(await wallet()).toEqual(before);
    const seen = must(
      await market.merchant.client.get<{ history: { step: string; reason?: string }[] }>(
        `/v1/shipments/${shipment.id}`,
      ),
    );
    expect(seen.history.map((step) => step.step)).toEqual([
      'purchase',
      'reject_inbound',
      'return_before_departure',
    ]);
  });

  test('every parcel must be weighed, once, and only parcels of the order', async () => {
    const shipment = await buy();
    const other = await buy();
    const wrong = await market.warehouse.client.post<Problem>(`/v1/shipments/${shipment.id}/inbound`, {
      parcels: [{ parcel_id: other.parcels[0]?.id, weight_grams: 800 }],
    });
    expect([wrong.status, wrong.body.code]).toEqual([422, 'measurement_missing']);
    const future = await market.warehouse.client.post<Problem>(`/v1/shipments/${shipment.id}/inbound`, {
      parcels: [{ parcel_id: shipment.parcels[0]?.id, weight_grams: 800 }],
      occurred_at: '2999-01-01T00:00:00Z',
    });
    expect([future.status, future.body.code]).toEqual([422, 'occurred_in_future']);
    const synthetic = await market.warehouse.client.post<Problem>(`/v1/shipments/${shipment.id}/inbound`, {
      parcels: [{ parcel_id: shipment.parcels[0]?.id, weight_grams: 800 }],
      synthetic: true,
    });
    expect([synthetic.status, synthetic.body.code]).toEqual([422, 'synthetic_in_live']);
  });
});

describe('freight by measured weight', () => {
  test('inside the tolerance the declared weight is billed, above it the measured one', async () => {
    const same = await buy();
    must(await weigh(same, 809));
    const kept = must(await market.warehouse.client.post<Shipment>(`/v1/shipments/${same.id}/outbound`, {}));
    const keptView = must(await market.merchant.client.get<Shipment>(`/v1/shipments/${kept.id}`));
    expect(keptView.charged?.total).toEqual(same.quoted.total);
    const heavy = await buy();
    must(await weigh(heavy, 4_900));
    must(await market.warehouse.client.post<Shipment>(`/v1/shipments/${heavy.id}/outbound`, {}));
    const heavyView = must(await market.merchant.client.get<Shipment>(`/v1/shipments/${heavy.id}`));
    expect(heavyView.charged?.total.amount_minor).toBeGreaterThan(heavy.quoted.total.amount_minor);
  });

  test('outbound asked for by eight hands at once charges once', async () => {
    const shipment = await buy();
    must(await weigh(shipment, 800));
    const before = await wallet();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        market.warehouse.client.post<Problem>(`/v1/shipments/${shipment.id}/outbound`, {}),
      ),
    );
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
    expect(answers.filter((answer) => answer.status === 409)).toHaveLength(7);
    expect((await wallet()).balance).toBe(before.balance - shipment.quoted.total.amount_minor);
  });
});

test('three pieces hang on one number, and the order is delivered when the last one is', async () => {
  const shipment = await buy(market.merchant, {
    ...EU_OFFER,
    parcels: [{ weight_grams: 500 }, { weight_grams: 600 }, { weight_grams: 700 }],
  });
  expect(new Set(shipment.parcels.map((parcel) => parcel.number)).size).toBe(3);
  const child = must(
    await market.merchant.client.get<{ parent_number?: string }>(
      `/v1/waybills/${shipment.parcels[1]?.waybill_id}`,
    ),
  );
  expect(child.parent_number).toBe(shipment.parcels[0]?.number);
  must(await weigh(shipment, 600));
  must(await market.warehouse.client.post(`/v1/shipments/${shipment.id}/outbound`, {}));
  must(await market.warehouse.client.post(`/v1/shipments/${shipment.id}/dispatch`, {}));
  const state = async () => {
    await network.settle();
    return must(await market.merchant.client.get<Shipment>(`/v1/shipments/${shipment.id}`)).state;
  };
  const scan = (number: string | undefined) =>
    market.carrier.client.post('/v1/scans', {
      scans: [{ number, code: 'delivered', occurred_at: new Date().toISOString() }],
    });
  must(await scan(shipment.parcels[0]?.number));
  must(await scan(shipment.parcels[2]?.number));
  expect(await state()).toBe('in_transit');
  must(await scan(shipment.parcels[1]?.number));
  expect(await state()).toBe('delivered');
});

test('a parcel that was delivered before its outbound was recorded ends delivered, and is charged', async () => {
  const shipment = await buy();
  must(
    await market.carrier.client.post('/v1/scans', {
      scans: [
        { number: shipment.parcels[0]?.number, code: 'delivered', occurred_at: new Date().toISOString() },
      ],
    }),
  );
  await network.settle();
  must(await weigh(shipment, 800));
  await network.settle();
  const out = must(await market.warehouse.client.post<Shipment>(`/v1/shipments/${shipment.id}/outbound`, {}));
  expect(out.state).toBe('delivered');
  const seen = must(await market.merchant.client.get<Shipment>(`/v1/shipments/${shipment.id}`));
  expect([seen.state, seen.freight]).toEqual(['delivered', 'charged']);
});

test('a shipment names the clock that counts the days of its promise, bought, alone and in a list', async () => {
  const shipment = await buy();
  const { id } = shipment;
  const zone = { id, destination_zone: 'Europe/Berlin' };
  const alone = (await market.merchant.client.get(`/v1/shipments/${id}`)).body;
  const list = (await market.merchant.client.get('/v1/shipments?limit=1')).body;
  expect([shipment, alone, list]).toMatchObject([zone, zone, { data: [zone] }]);
});

test('nobody else sees the order, and the carrier sees neither price nor clear names', async () => {
  const shipment = await buy();
  const stranger = await newMerchant(10_000);
  expect((await stranger.client.get(`/v1/shipments/${shipment.id}`)).status).toBe(404);
  const seen = await market.carrier.client.get(`/v1/shipments/${shipment.id}`);
  expect(seen.status).toBe(200);
  const text = new TextDecoder().decode(seen.bytes);
  for (const secret of ['quoted', '+498912345678', '498912345678']) expect(text).not.toContain(secret);
});

const HOSTILE = [
  '^XA^FO0,0^GB800,1200,800^FS^XZ',
  '~JA',
  '(a) Tj /JavaScript (x)',
  '<script>alert(1)</script>',
  '=HYPERLINK("x")',
  '\u202Egnp.exe',
  '田中さん 🏴‍☠️',
  'O\'Brien \\ "quoted"',
  'a'.repeat(79),
];

test.each(HOSTILE)('hostile text %j on a label is text or a clear refusal, never a command', async (text) => {
  const party = {
    ...MUNICH,
    name: text.slice(0, 79),
    company: text,
    address: { ...MUNICH.address, lines: [text.slice(0, 200)] },
  };
  const offer = await offerFor();
  const answer = await market.merchant.client.post<Shipment & Problem>(
    '/v1/shipments',
    order(offer.offer_id, {
      sender: { ...BERLIN, name: text.slice(0, 79) },
      recipient: party,
      goods: [{ ...GOODS[0], description_en: text.slice(0, 59) }],
    }),
  );
  expect([201, 400, 422], JSON.stringify(answer.body)).toContain(answer.status);
  if (answer.status !== 201) return;
  for (const [format, size] of [
    ['zpl', '100x150mm'],
    ['pdf', '76x130mm'],
    ['pdf', '4x6in'],
  ] as const) {
    const label = must(
      await market.merchant.client.post<{ id: string }>(
        `/v1/waybills/${answer.body.parcels[0]?.waybill_id}/labels`,
        { format, size },
      ),
    );
    const document = await market.merchant.client.get(`/v1/labels/${label.id}`);
    const bytes = new TextDecoder('latin1').decode(document.bytes);
    if (format === 'zpl') {
      expect(bytes.match(/\^XA/g)).toHaveLength(1);
      expect(bytes.match(/\^GB800,1200,800/)).toBeNull();
      expect(bytes).not.toMatch(/~JA/);
    } else expect(bytes).not.toMatch(/\/(JavaScript|OpenAction|Launch|URI)\b/);
  }
});

test('where a country has no warehouse the carrier takes parcels in at its own depot, and only there', async () => {
  const { address } = BERLIN;
  const amsterdam = { country: 'NL', city: 'Amsterdam', postcode: '1012 AB' };
  const offers = must(
    await market.merchant.client.post<Offers>('/v1/offers', { ...EU_OFFER, from: amsterdam }),
  );
  const shipment = must(
    await market.merchant.client.post<Shipment>('/v1/shipments', {
      offer_id: offers.offers[0]?.offer_id,
      order_ref: 'depot-1',
      sender: { ...BERLIN, address: { ...address, ...amsterdam } },
      recipient: MUNICH,
      goods: GOODS,
      handover: 'drop_off',
    }),
  );
  const weighed = { parcels: [{ parcel_id: shipment.parcels[0]?.id, weight_grams: 800 }] };
  const at = (staff: Partner, step: string, body: object) =>
    staff.client.post<Shipment>(`/v1/shipments/${shipment.id}/${step}`, body);
  expect((await at(market.warehouse, 'inbound', weighed)).status).toBe(404);
  expect(must(await at(market.carrier, 'inbound', weighed)).state).toBe('wait_send');
  expect(must(await at(market.carrier, 'outbound', {})).state).toBe('outbound_ok');
  expect(must(await at(market.carrier, 'dispatch', {})).state).toBe('sent');
});
