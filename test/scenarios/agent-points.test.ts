import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pointApplication } from '../../network/points/points.fixture.ts';
import { findOperator, mintForBootstrap } from '../../server/bootstrap.ts';
import { fundWallet, type Market, must, openMarket, type Partner } from '../setup/market.ts';
import { type Answer, type Client, startTestNetwork, type TestNetwork } from '../setup/network.ts';

/**
 * How counters come into the network and what happens when one has no room: told in order, each party with its own key,
 * in the test world with its clock.
 */
let network: TestNetwork;
let operator: Client;
let market: Market;
let carrier: Client;
let now = Date.parse('2026-03-02T02:00:00Z');

const HOUR = 3_600_000;
const instant = (ms = now) => new Date(ms).toISOString();
const codeOf = (answer: Answer) => (answer.body as { code?: string }).code;
async function pass(hours: number): Promise<void> {
  now += hours * HOUR;
  must(await operator.post('/v1/test/clock', { now: instant() }));
  await network.settle();
}

type Options = {
  options: { point_id: string; name: string }[];
  excluded: { point_id: string; reason: string }[];
};
type Reservation = { id: string; point_id: string; starts_at: string; state: string };
type Feed = { id: string; state: string; outcomes: Record<string, number> };
type Return = { id: string; state: string; route?: { point?: { id: string } }; code?: { code: string } };

const PAPER = new TextEncoder().encode(`%PDF-1.7\n${'lease '.repeat(20)}\n%%EOF\n`);
/** A small town: everything of a story lies within a kilometre or two. */
const YIWU = { latitude: 29.3056, longitude: 120.075 };
const HUZHOU = { latitude: 30.8703, longitude: 120.0933 };
const beside = ({ latitude, longitude }: typeof YIWU, meters: number) => ({
  latitude: latitude + meters / 111_195,
  longitude,
});
const OPEN_CONTRACT = {
  ...{ number: 'P-1', needs_documents: false, needs_site_check: false },
  valid_from: '2026-01-01T00:00:00Z',
};

async function partner(kind: string, name: string, role: string, more: object = {}): Promise<Partner> {
  const { id } = must(
    await operator.post<{ id: string }>('/v1/organisations', { kind, name, country: 'CN', ...more }),
  );
  const key = { organisation_id: id, role, name };
  const { secret } = must(await operator.post<{ secret: string }>('/v1/api-keys', key));
  return { id, key: secret, client: network.client(secret) };
}

async function networkUnderContract(name: string): Promise<Partner> {
  const one = await partner('point_operator', name, 'point_staff');
  must(await operator.send('PUT', `/v1/point-networks/${one.id}/contract`, OPEN_CONTRACT));
  return one;
}

async function openPoint(of: Partner, code: string, more: object): Promise<string> {
  const body = pointApplication(code, { city: '金华市', postcode: '322000', ...more });
  const { id } = must(await of.client.post<{ id: string }>('/v1/points', body));
  for (const decision of ['accept_application', 'complete_training'])
    must(await operator.post(`/v1/points/${id}/decisions`, { decision }));
  return id;
}

const demandAt = (position: object, serial: number, service = 'collect') => ({
  ...{ service, country: 'CN', position, subject: { kind: 'parcel', id: `demand-${serial}` } },
});
const optionsAt = async (position: object, service = 'collect') => {
  const { subject: _, ...demand } = demandAt(position, 0, service);
  return must(await market.marketplace.client.post<Options>('/v1/point-options', demand));
};
const reserve = (position: object, serial: number, more: object = {}) =>
  market.marketplace.client.post<Reservation>('/v1/point-reservations', {
    ...demandAt(position, serial),
    ...more,
  });

async function announce(pointId: string, number: string, reservationId?: string): Promise<string> {
  const consent = { given_by: 'recipient', given_at: instant(), channel: 'checkout', wording: '2026-01' };
  const parcel = {
    ...{ point_id: pointId, number, carrier_code: 'sf_express', consent },
    recipient: { name: '王芳', phone: '+8613812345678' },
    ...(reservationId === undefined ? {} : { reservation_id: reservationId }),
  };
  const batch = must(
    await market.marketplace.client.post<{ results: { shelf_parcel_id?: string }[] }>(
      '/v1/point-deliveries',
      { parcels: [{ object_id: number, parcel }] },
    ),
  );
  const id = batch.results[0]?.shelf_parcel_id;
  if (id === undefined) throw new Error(JSON.stringify(batch));
  return id;
}

beforeAll(async () => {
  network = await startTestNetwork();
  const world = network.postroad.worlds.test;
  operator = network.client(
    await mintForBootstrap(world, (await findOperator(world)) ?? '', 'operator', 'test operator'),
  );
  await pass(0);
  market = await openMarket(network, {
    ...{ operator, country: 'CN', currency: 'CNY', carrierCode: 'postroad_express_cn', topUpMinor: 100_000 },
  });
  carrier = (await partner('carrier', 'SF', 'carrier', { carrier_code: 'sf_express' })).client;
}, 60_000);
afterAll(() => network?.stop());

describe('a lone shop joins', () => {
  let shop: Partner;
  let id = '';
  const decide = (decision: object) =>
    operator.post<{ state: string }>(`/v1/points/${id}/decisions`, decision);

  test('it applies, shows its lease, is looked at, signs, leaves a deposit and learns the work', async () => {
    shop = await partner('point_operator', '转角便利店', 'point_staff');
    const place = { name: '转角便利店', position: YIWU, city: '金华市', postcode: '322000' };
    const applied = await shop.client.post<{ id: string; state: string }>(
      '/v1/points',
      pointApplication('1', place),
    );
    id = must(applied).id;
    must(await decide({ decision: 'accept_application' }));
    expect(codeOf(await decide({ decision: 'accept_documents' }))).toBe('point_documents_missing');
    must(
      await shop.client.send('POST', `/v1/points/${id}/documents?kind=lease`, PAPER, {
        'content-type': 'application/pdf',
      }),
    );
    must(await decide({ decision: 'accept_documents' }));
    const look = (passed: boolean, note: string) => decide({ decision: 'record_site_check', passed, note });
    expect(must(await look(false, 'The shelf stands in the rain.')).state).toBe('site_check');
    expect(must(await look(true, 'The shelf has moved inside.')).state).toBe('contract');
    const contract = {
      ...{ number: 'S-1', valid_from: instant(), deposit: { amount_minor: 50_000, currency: 'CNY' } },
    };
    must(await operator.send('PUT', `/v1/point-networks/${shop.id}/contract`, contract));
    expect(codeOf(await decide({ decision: 'complete_training' }))).toBe('point_state_conflict');
    await fundWallet(operator, shop, 'CNY', 60_000);
    must(await shop.client.post(`/v1/point-networks/${shop.id}/deposit`));
    await network.settle();
    expect((await optionsAt(YIWU)).options).toEqual([]);
    expect(must(await decide({ decision: 'complete_training' })).state).toBe('trial');
  });

  test('its first parcel comes, is fetched, and earns; two weeks later the trial is over', async () => {
    await pass(0.1);
    expect((await optionsAt(YIWU)).options.map(({ point_id: found }) => found)).toEqual([id]);
    const parcel = await announce(id, 'LONE000001');
    must(await shop.client.post(`/v1/points/${id}/shelf-parcels`, { number: 'LONE000001', place: '1-1' }));
    const { code } = must(
      await market.marketplace.client.get<{ code: string }>(`/v1/shelf-parcels/${parcel}/code`),
    );
    must(await shop.client.post(`/v1/shelf-parcels/${parcel}/hand-out`, { code }));
    await network.settle();
    const earnings = must(
      await shop.client.get<{ open: { lines: number; amount: { amount_minor: number } }[] }>(
        `/v1/point-networks/${shop.id}/earnings`,
      ),
    );
    expect(earnings.open).toMatchObject([{ lines: 2 }]);
    expect(earnings.open[0]?.amount.amount_minor).toBeGreaterThan(0);
    await pass(14 * 24);
    expect(must(await shop.client.get<{ state: string }>(`/v1/points/${id}/record`)).state).toBe('active');
    must(await shop.client.post(`/v1/points/${id}/pause`, { reason: 'illness' }));
  });
});

describe('a post\u2019s nightly feed', () => {
  let post: Partner;
  const HEADER =
    'outlet_code,status,name,kind,services,country,city,postcode,address,latitude,longitude,zone,hours,collect_per_hour,shelf';
  const row = (code: string, meters: number, status = 'open') => {
    const { latitude, longitude } = beside(HUZHOU, meters);
    return `${code},${status},邮政所 ${code},post_office,collect,CN,湖州市,313000,人民路,${latitude},${longitude},Asia/Shanghai,Mo-Su 08:00-20:00,20,200`;
  };
  const send = async (mode: string, rows: readonly string[]) => {
    const base = `/v1/point-networks/${post.id}/outlet-feeds`;
    const sent = must(
      await post.client.send<Feed>('POST', `${base}?mode=${mode}`, [HEADER, ...rows].join('\n'), {
        'content-type': 'text/csv',
      }),
    );
    await network.settle();
    return must(await post.client.get<Feed>(`${base}/${sent.id}`));
  };
  const near = async () => (await optionsAt(HUZHOU)).options.map(({ name }) => name).sort();

  test('all its offices open at once, and buyers are offered them', async () => {
    post = await networkUnderContract('湖州邮政');
    const first = await send('full', [row('A', 100), row('B', 200), row('C', 300)]);
    expect(first).toMatchObject({ state: 'done', outcomes: { opened: 3, refused: 0 } });
    await pass(0.1);
    expect(await near()).toEqual(['邮政所 A', '邮政所 B', '邮政所 C']);
  });

  test('one night later one has closed, one is new, one has moved away, and a wrong line hurts no other', async () => {
    const night = await send('delta', [
      row('A', 100, 'closed'),
      row('D', 150),
      row('C', 90_000),
      row('E', 1e7),
    ]);
    expect(night).toMatchObject({
      state: 'done',
      outcomes: { opened: 1, changed: 1, closed: 1, refused: 1 },
    });
    await pass(0.1);
    expect(await near()).toEqual(['邮政所 B', '邮政所 D']);
  });
});

describe('a full shop turns a parcel away and the buyer is sent on', () => {
  let post: Partner;
  let shop = '';
  let office = '';

  test('who is to fetch a parcel is sent to the office when the last place of the shop is taken', async () => {
    post = await networkUnderContract('义乌邮政');
    const capacity = { per_hour: { collect: 5, return: 5 }, shelf: 1 };
    shop = await openPoint(post, 'shop', { position: beside(YIWU, 50), capacity });
    office = await openPoint(post, 'office', { kind: 'post_office', position: beside(YIWU, 600) });
    await pass(0.1);
    const first = must(await reserve(YIWU, 1, { point_id: shop }));
    const second = await reserve(YIWU, 2, { point_id: shop });
    expect([second.status, codeOf(second)]).toEqual([422, 'point_full']);
    const { options, excluded } = await optionsAt(YIWU);
    expect(options.map(({ point_id: id }) => id)).toEqual([office]);
    expect(excluded).toContainEqual({ point_id: shop, reason: 'shelf_full' });
    expect(must(await reserve(YIWU, 3)).point_id).toBe(office);
    await announce(shop, 'FULL000001', first.id);
    must(await post.client.post(`/v1/points/${shop}/shelf-parcels`, { number: 'FULL000001', place: '1-1' }));
  });

  test('what is brought all the same is taken, told as beyond, and closes the shelf', async () => {
    await announce(shop, 'FULL000002');
    must(await post.client.post(`/v1/points/${shop}/shelf-parcels`, { number: 'FULL000002', place: '1-1' }));
    await network.settle();
    const { shelf } = must(
      await post.client.get<{ shelf: { state: string; capacity: number; beyond: number } }>(
        `/v1/points/${shop}/slots`,
      ),
    );
    expect(shelf).toMatchObject({ state: 'closed', capacity: 1, beyond: 1 });
  });

  test('a return is turned away at the counter; the buyer chooses the office, and it is taken there', async () => {
    const { open, send } = await delivered('SENT-ON-1');
    const token = await open();
    const application = {
      ...{ object_id: 'a', kind: 'return' },
      items: [{ line: 1, quantity: 1, reason: 'does_not_fit' }],
    };
    const { id } = must(await send<Return>('returns', { token, application }));
    must(await market.merchant.client.post(`/v1/returns/${id}/agreement`));
    const route = { method: 'point', point_id: shop, position: YIWU };
    const routed = must(await send<Return>('route', { token, return_id: id, route }));
    const look = (pointId: string, { code }: Return) =>
      post.client.post<{ checklist: string[] }>('/v1/return-codes/lookup', {
        ...{ point_id: pointId, code: code?.code },
      });
    must(await look(shop, routed));
    must(await post.client.post(`/v1/returns/${id}/counter-refusal`, { reason: 'counter_full' }));
    const onward = { method: 'point', point_id: office, position: YIWU };
    const again = must(await send<Return>('route', { token, return_id: id, route: onward }));
    expect(again).toMatchObject({ state: 'code_issued', route: { point: { id: office } } });
    const { checklist } = must(await look(office, again));
    must(await post.client.post(`/v1/returns/${id}/intake`, intakeOf(checklist)));
    const held = must(
      await market.merchant.client.get<{ data: Reservation[] }>('/v1/point-reservations?limit=10'),
    );
    expect(held.data.map(({ point_id: at, state }) => [at, state])).toEqual([
      [office, 'used'],
      [shop, 'released'],
    ]);
  });
});

describe('points of the test world that behave', () => {
  let post: Partner;
  const open = (code: string, meters: number, more: object) =>
    openPoint(post, code, { position: beside(HUZHOU, meters), ...more });

  test('one is always full and one is closed: refused with the reason, and left out of what is offered', async () => {
    post = await networkUnderContract('试验网络');
    const full = await open('full', -100, { test_behaviour: 'always_full' });
    const closed = await open('closed', -200, { test_behaviour: 'closed' });
    await pass(0.1);
    expect(codeOf(await reserve(HUZHOU, 11, { point_id: full }))).toBe('point_full');
    expect(codeOf(await reserve(HUZHOU, 12, { point_id: closed }))).toBe('point_closed');
    const { options, excluded } = await optionsAt(HUZHOU);
    expect(options.map(({ point_id: id }) => id)).not.toContain(full);
    expect(excluded).toContainEqual({ point_id: full, reason: 'full' });
    expect(excluded).toContainEqual({ point_id: closed, reason: 'closed_in_window' });
    const live = network.operator.post('/v1/points', {
      ...pointApplication('live', { test_behaviour: 'slow' }),
      organisation_id: post.id,
    });
    expect((await live).status).toBeGreaterThanOrEqual(400);
  });

  test('one is slow: what it takes in is handed over late at once', async () => {
    const slow = await open('slow', -300, { test_behaviour: 'slow' });
    await pass(0.1);
    const { open: portal, send } = await delivered('SLOW-1');
    const token = await portal();
    const application = {
      ...{ object_id: 'b', kind: 'return' },
      items: [{ line: 1, quantity: 1, reason: 'changed_mind' }],
    };
    const { id } = must(await send<Return>('returns', { token, application }));
    must(await market.merchant.client.post(`/v1/returns/${id}/agreement`));
    const route = { method: 'point', point_id: slow, position: HUZHOU };
    const { code } = must(await send<Return>('route', { token, return_id: id, route }));
    const { checklist } = must(
      await post.client.post<{ checklist: string[] }>('/v1/return-codes/lookup', {
        ...{ point_id: slow, code: code?.code },
      }),
    );
    must(await post.client.post(`/v1/returns/${id}/intake`, intakeOf(checklist)));
    await network.settle();
    const late = must(
      await post.client.get<{ data: { id: string; is_handover_late: boolean }[] }>(
        `/v1/point-returns?point_id=${slow}`,
      ),
    );
    expect(late.data).toMatchObject([{ id, is_handover_late: true }]);
    const deductions = must(await post.client.get<{ data: { reason: string }[] }>('/v1/point-deductions'));
    expect(deductions.data).toMatchObject([{ reason: 'late_handover' }]);
  });
});

const intakeOf = (checks: readonly string[]) => ({
  items: [
    { line: 1, finding: 'as_described', checks: Object.fromEntries(checks.map((name) => [name, true])) },
  ],
  ...{ weight_grams: 950, identity: { document_kind: 'identity_card' }, payment: 'collected' },
  freight: { amount_minor: 1_200, currency: 'CNY' },
});

/** An order that its buyer has in his hands; answers his way into the portal. */
async function delivered(reference: string) {
  const address = (lines: string) => ({
    ...{ country: 'CN', division: '浙江省', city: '金华市', district: '义乌市', postcode: '322000' },
    lines: [lines],
  });
  const order = {
    ...{ reference, placed_at: instant(now - 72 * HOUR), paid_at: instant(now - 72 * HOUR) },
    sender: { name: 'Li Wei', phone: '+8657187654321', address: address('稠州北路 1 号') },
    recipient: {
      ...{ name: 'Wang Fang', phone: '+8613812345678', email: 'fang@example.com' },
      address: address('江滨北路 2 号'),
    },
    goods: [
      {
        ...{ description_en: 'Down jacket', quantity: 1, unit_weight_grams: 900 },
        unit_value: { amount_minor: 29_900, currency: 'CNY' },
      },
    ],
  };
  const seller = market.merchant.client;
  must(await seller.post('/v1/orders', { orders: [{ object_id: reference, order }] }));
  const number = `SF1${String(reference.length).padStart(12, '0')}`;
  const shipment = {
    ...{ order_reference: reference, carrier_code: 'sf_express', number },
    ...{ shipped_at: instant(now - 48 * HOUR), ship_from_country: 'CN' },
  };
  must(await seller.post('/v1/external-shipments', { shipments: [{ object_id: reference, shipment }] }));
  const place = { country: 'CN', city: '金华市', postcode: '322000' };
  const scans = [
    { number, milestone: 'picked_up', occurred_at: instant(now - 47 * HOUR), place },
    { number, milestone: 'delivered', occurred_at: instant(now - HOUR), place },
  ];
  must(await carrier.post('/v1/scans', { scans }));
  await network.settle();
  const contact = { order_number: reference, email: 'fang@example.com', world: 'test' };
  return {
    open: async () =>
      must(await network.client().post<{ token: string }>('/v1/return-portal', contact)).token,
    send: <T>(path: string, body: object) => network.client().post<T>(`/v1/return-portal/${path}`, body),
  };
}
