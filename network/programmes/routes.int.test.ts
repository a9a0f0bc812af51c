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
} from '../../test/setup/market.ts';
import { startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';

let network: TestNetwork;
let a: Market;
let b: Market;

beforeAll(async () => {
  network = await startTestNetwork();
  const { operator } = network;
  const market = {
    operator,
    country: 'DE',
    currency: 'EUR',
    topUpMinor: 500_000,
    carrierCode: 'postroad_express_eu',
  };
  a = await openMarket(network, market);
  b = await openMarket(network, { ...market, fromSerial: 200_001 });
  await fundWallet(operator, a.marketplace, 'EUR', 500_000);
  await fundWallet(operator, b.marketplace, 'EUR', 500_000);
});
afterAll(() => network?.stop());

type Money = { amount_minor: number; currency: string };
type Programme = { id: string; budget?: Money; spent?: Money; valid_to?: string };
type Problem = { code: string; detail: string; errors?: { pointer: string }[] };
type Shipment = {
  id: string;
  parcels: { id: string }[];
  quoted: { total: Money };
  charged?: { total: Money };
};
type Part = { programme_id: string; name: string; payer_id: string; pays: Money; merchant_pays: Money };
type Offers = { offers: { offer_id: string; line_code: string; total: Money; programmes: Part[] }[] };

const eur = (amount_minor: number): Money => ({ amount_minor, currency: 'EUR' });
const open = async (by: Partner, more: object = {}) =>
  must(
    await by.client.post<Programme>('/v1/programmes', {
      name: 'Free shipping',
      share_basis_points: 10_000,
      budget: eur(100_000),
      ...more,
    }),
  );
const offer = async (merchant: Partner) =>
  must(await merchant.client.post<Offers>('/v1/offers', EU_OFFER)).offers[0];
const buy = async (merchant: Partner, more: object) =>
  merchant.client.post<Shipment & Problem>('/v1/shipments', {
    offer_id: (await offer(merchant))?.offer_id,
    order_ref: 'order-1',
    sender: BERLIN,
    recipient: MUNICH,
    goods: GOODS,
    handover: 'drop_off',
    ...more,
  });
const wallet = async (of: Partner) => {
  const found = must(await of.client.get<{ data: { balance: Money; held: Money }[] }>('/v1/wallets')).data[0];
  return { balance: found?.balance.amount_minor ?? 0, held: found?.held.amount_minor ?? 0 };
};
const spent = async (of: Partner, programme: Programme) =>
  must(await of.client.get<Programme>(`/v1/programmes/${programme.id}`)).spent?.amount_minor;
const weighAndSend = async (shipment: Shipment, weight_grams: number) => {
  must(
    await a.warehouse.client.post(`/v1/shipments/${shipment.id}/inbound`, {
      parcels: shipment.parcels.map((parcel) => ({ parcel_id: parcel.id, weight_grams })),
    }),
  );
  return must(await a.warehouse.client.post(`/v1/shipments/${shipment.id}/outbound`, {}));
};

describe('who pays', () => {
  test('a merchant does not spend the wallet of its marketplace unasked', async () => {
    const before = await wallet(a.marketplace);
    const answer = await buy(a.merchant, {
      payers: [
        { organisation_id: a.merchant.id, role: 'merchant', share_basis_points: 5_000 },
        { organisation_id: a.marketplace.id, role: 'marketplace', share_basis_points: 5_000 },
      ],
    });
    expect([answer.status, answer.body.code]).toEqual([422, 'payer_split_invalid']);
    expect(await wallet(a.marketplace)).toEqual(before);
  });

  test('a programme pays its share, at most its maximum, and the merchant the rest', async () => {
    const half = await open(a.marketplace, { share_basis_points: 5_000 });
    const [platform, shop] = [await wallet(a.marketplace), await wallet(a.merchant)];
    const bought = must(await buy(a.merchant, { programme_id: half.id }));
    const total = bought.quoted.total.amount_minor;
    const part = Math.floor(total / 2);
    expect((await wallet(a.marketplace)).held - platform.held).toBe(part);
    expect((await wallet(a.merchant)).held - shop.held).toBe(total - part);
    expect(await spent(a.marketplace, half)).toBe(part);
    const capped = await open(a.marketplace, { max_per_parcel: eur(7) });
    must(await buy(a.merchant, { programme_id: capped.id }));
    expect(await spent(a.marketplace, capped)).toBe(7);
    const uses = must(
      await a.marketplace.client.get<{ data: { shipment_id: string; state: string }[] }>(
        `/v1/programmes/${half.id}/uses`,
      ),
    );
    expect(uses.data).toMatchObject([
      { shipment_id: bought.id, merchant_id: a.merchant.id, reserved: eur(part), state: 'reserved' },
    ]);
  });

  test("a heavier parcel is the merchant's matter: the marketplace pays what it promised", async () => {
    const free = await open(a.marketplace);
    const [platform, shop] = [await wallet(a.marketplace), await wallet(a.merchant)];
    const bought = must(await buy(a.merchant, { programme_id: free.id }));
    const promised = bought.quoted.total.amount_minor;
    expect((await wallet(a.merchant)).held).toBe(shop.held);
    await weighAndSend(bought, 5_000);
    const charged =
      must(await a.merchant.client.get<Shipment>(`/v1/shipments/${bought.id}`)).charged?.total.amount_minor ??
      0;
    expect(charged).toBeGreaterThan(promised);
    await network.settle();
    expect(platform.balance - (await wallet(a.marketplace)).balance).toBe(promised);
    expect(shop.balance - (await wallet(a.merchant)).balance).toBe(charged - promised);
    expect(await spent(a.marketplace, free)).toBe(promised);
  });

  test('a cancelled order gives its part back to the budget and to the wallet', async () => {
    const free = await open(a.marketplace);
    const before = await wallet(a.marketplace);
    const bought = must(await buy(a.merchant, { programme_id: free.id }));
    must(await a.merchant.client.post(`/v1/shipments/${bought.id}/cancellation`, { reason: 'no' }));
    await network.settle();
    expect(await spent(a.marketplace, free)).toBe(0);
    expect(await wallet(a.marketplace)).toEqual(before);
  });
});

describe('an offer', () => {
  const listed = async (merchant: Partner, programme: Programme) =>
    (await offer(merchant))?.programmes.find((part) => part.programme_id === programme.id);

  test('names what would pay for it and how much, and its purchase is paid just so', async () => {
    const third = await open(a.marketplace, { name: 'A third', share_basis_points: 3_333 });
    const made = await offer(a.merchant);
    const part = made?.programmes.find((one) => one.programme_id === third.id);
    const total = made?.total.amount_minor ?? 0;
    const pays = Math.floor((total * 3_333) / 10_000);
    expect(part).toEqual({
      programme_id: third.id,
      name: 'A third',
      payer_id: a.marketplace.id,
      pays: eur(pays),
      merchant_pays: eur(total - pays),
    });
    const [platform, shop] = [await wallet(a.marketplace), await wallet(a.merchant)];
    must(await buy(a.merchant, { offer_id: made?.offer_id, programme_id: third.id }));
    expect((await wallet(a.marketplace)).held - platform.held).toBe(pays);
    expect((await wallet(a.merchant)).held - shop.held).toBe(total - pays);
  });

  test('leaves out what its purchase would refuse: another line, another marketplace, ended, used up', async () => {
    const other = await open(a.marketplace, { line_codes: ['cn_domestic_express'] });
    expect(await listed(a.merchant, other)).toBeUndefined();
    const foreign = await open(b.marketplace);
    expect(await listed(a.merchant, foreign)).toBeUndefined();
    expect(await listed(b.merchant, foreign)).toBeDefined();
    must(await b.marketplace.client.post(`/v1/programmes/${foreign.id}/end`, {}));
    expect(await listed(b.merchant, foreign)).toBeUndefined();
    const price = (await offer(b.merchant))?.total.amount_minor ?? 0;
    const once = await open(b.marketplace, { budget: eur(price * 2 - 1) });
    expect(await listed(b.merchant, once)).toMatchObject({ pays: eur(price), merchant_pays: eur(0) });
    must(await buy(b.merchant, { programme_id: once.id }));
    expect(await listed(b.merchant, once)).toBeUndefined();
    const refusal = await buy(b.merchant, { programme_id: once.id });
    expect([refusal.status, refusal.body.code]).toEqual([422, 'programme_budget_exhausted']);
  });
});

test('64 purchases at once never pass the budget, and its counter is the sum of its uses', async () => {
  const price = (await offer(a.merchant))?.total.amount_minor ?? 0;
  const small = await open(a.marketplace, { budget: eur(price * 10 + price - 1) });
  const before = await wallet(a.marketplace);
  const offers: (string | undefined)[] = [];
  for (let index = 0; index < 64; index += 1) offers.push((await offer(a.merchant))?.offer_id);
  const answers = await Promise.all(
    offers.map((offer_id) =>
      a.merchant.client.post<Problem>('/v1/shipments', {
        offer_id,
        order_ref: 'rush',
        sender: BERLIN,
        recipient: MUNICH,
        goods: GOODS,
        handover: 'drop_off',
        programme_id: small.id,
      }),
    ),
  );
  expect(answers.filter((answer) => answer.status === 201)).toHaveLength(10);
  for (const answer of answers.filter((answer) => answer.status !== 201))
    expect([answer.status, answer.body.code]).toEqual([422, 'programme_budget_exhausted']);
  expect(await spent(a.marketplace, small)).toBe(price * 10);
  expect((await wallet(a.marketplace)).held - before.held).toBe(price * 10);
  const uses = must(
    await a.marketplace.client.get<{ data: { used: Money }[] }>(`/v1/programmes/${small.id}/uses?limit=100`),
  );
  expect(uses.data.reduce((sum, use) => sum + use.used.amount_minor, 0)).toBe(price * 10);
});

describe('a batch bought by a rule', () => {
  type Batch = { results: { shipment?: Shipment & { quoted: { programme?: object } } }[] };
  const buyOrder = async (reference: string, more: object) => {
    const order = {
      reference,
      placed_at: '2026-11-20T08:00:00Z',
      sender: BERLIN,
      recipient: MUNICH,
      goods: GOODS,
    };
    const stored = must(
      await a.merchant.client.post<{ results: { order_id: string }[] }>('/v1/orders', {
        orders: [{ object_id: reference, order: { ...order, parcels: [{ weight_grams: 700 }] } }],
      }),
    );
    const order_id = stored.results[0]?.order_id;
    const lines = [{ object_id: reference, order_id, choose: 'cheapest', ...more }];
    const bought = must(await a.merchant.client.post<Batch>('/v1/shipments/batch', { lines }));
    const shipment = bought.results[0]?.shipment;
    if (shipment === undefined) throw new Error(`not bought: ${JSON.stringify(bought)}`);
    return shipment;
  };

  test('is paid by the most generous programme where it lets programmes pay, else by the merchant alone', async () => {
    const earlier = must(await a.marketplace.client.get<{ data: Programme[] }>('/v1/programmes?limit=100'));
    for (const { id } of earlier.data) await a.marketplace.client.post(`/v1/programmes/${id}/end`, {});
    await open(a.marketplace, { name: 'Half of it', share_basis_points: 5_000 });
    const generous = await open(a.marketplace, { name: 'All of it' });
    const alone = await buyOrder('batch-alone', {});
    expect(alone.quoted.programme).toBeUndefined();
    expect(await spent(a.marketplace, generous)).toBe(0);
    const { quoted } = await buyOrder('batch-helped', { let_programmes_pay: true });
    expect(quoted.programme).toEqual({ programme_id: generous.id, pays: quoted.total });
    expect(await spent(a.marketplace, generous)).toBe(quoted.total.amount_minor);
    must(await a.marketplace.client.post(`/v1/programmes/${generous.id}/end`, {}));
  });
});

describe('a programme is refused', () => {
  const refusal = async (more: object) => {
    const before = await wallet(a.marketplace);
    const programme = await open(a.marketplace, more);
    const answer = await buy(a.merchant, { programme_id: programme.id });
    expect(await spent(a.marketplace, programme)).toBe(0);
    expect(await wallet(a.marketplace)).toEqual(before);
    return [answer.status, answer.body.code];
  };
  test.each([
    ['for another line', { line_codes: ['eu_next_day'] }],
    ['for another class', { service_classes: ['ECONOMY'] }],
    ['for another destination', { destinations: ['FR'] }],
    ['before it begins', { valid_from: '2098-01-01T00:00:00Z' }],
  ])('%s', async (_name, more) => {
    expect(await refusal(more)).toEqual([422, 'programme_not_applicable']);
  });

  test('after its end, also for an offer from before', async () => {
    const programme = await open(a.marketplace);
    must(await a.marketplace.client.post(`/v1/programmes/${programme.id}/end`, {}));
    const answer = await buy(a.merchant, { programme_id: programme.id });
    expect([answer.status, answer.body.code]).toEqual([422, 'programme_not_applicable']);
    const again = await a.marketplace.client.post<Problem>(`/v1/programmes/${programme.id}/end`, {});
    expect([again.status, again.body.code]).toEqual([409, 'programme_ended']);
  });

  test('when the marketplace cannot pay: nothing is taken from the budget', async () => {
    const programme = await open(b.marketplace);
    const stranger = await buy(a.merchant, { programme_id: programme.id });
    expect([stranger.status, stranger.body.code]).toEqual([422, 'programme_unknown']);
    expect(await spent(b.marketplace, programme)).toBe(0);
    const missing = await buy(a.merchant, { programme_id: `prg_${'0'.repeat(26)}` });
    expect([missing.status, missing.body.code]).toEqual([422, 'programme_unknown']);
  });
});

describe('two marketplaces', () => {
  test("do not see, read or end each other's programmes", async () => {
    const ofB = await open(b.marketplace, { name: 'Of B' });
    const list = await a.marketplace.client.get('/v1/programmes?limit=100');
    expect(JSON.stringify(list.body)).not.toContain(ofB.id);
    for (const path of [`/v1/programmes/${ofB.id}`, `/v1/programmes/${ofB.id}/uses`])
      expect((await a.marketplace.client.get(path)).status).toBe(404);
    expect((await a.marketplace.client.post(`/v1/programmes/${ofB.id}/end`, {})).status).toBe(404);
    expect(JSON.stringify((await network.operator.get('/v1/programmes?limit=100')).body)).toContain(ofB.id);
  });

  test('their merchants see what pays now, and not what is left', async () => {
    const ofB = await open(b.marketplace, { name: 'Of B too' });
    const seen = must(await b.merchant.client.get<{ data: Programme[] }>('/v1/programmes?limit=100')).data;
    const shown = seen.find((programme) => programme.id === ofB.id);
    expect(shown).toBeDefined();
    expect(shown).not.toHaveProperty('budget');
    expect(shown).not.toHaveProperty('spent');
    expect((await b.merchant.client.get(`/v1/programmes/${ofB.id}`)).status).toBe(403);
    expect(JSON.stringify((await a.merchant.client.get('/v1/programmes?limit=100')).body)).not.toContain(
      ofB.id,
    );
    expect(
      (
        await b.merchant.client.post('/v1/programmes', {
          name: 'Mine',
          share_basis_points: 1,
          budget: eur(1),
        })
      ).status,
    ).toBe(403);
  });
});

test.each([
  ['a share of more than all', { share_basis_points: 10_001 }, 400],
  ['a negative budget', { budget: eur(-1) }, 400],
  ['a maximum in another currency', { max_per_parcel: { amount_minor: 1, currency: 'USD' } }, 400],
  ['a name of control characters', { name: '\u0000' }, 400],
  ['an owner', { organisation_id: 'org_00000000000000000000000000' }, 400],
  ['a line that is none', { line_codes: ['nothing'] }, 422],
  ['a country that is none', { destinations: ['QQ'] }, 422],
  ['a begin in the past', { valid_from: '2020-01-01T00:00:00Z' }, 422],
  ['an end before its begin', { valid_to: '2020-01-01T00:00:00Z' }, 422],
])('%s opens no programme', async (_name, more, status) => {
  const answer = await a.marketplace.client.post('/v1/programmes', {
    name: 'Bad',
    share_basis_points: 5_000,
    budget: eur(100),
    ...more,
  });
  expect(answer.status, JSON.stringify(answer.body)).toBe(status);
});
