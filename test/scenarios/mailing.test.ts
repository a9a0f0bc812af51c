import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OrganisationId } from '../../network/kernel/index.ts';
import { readAccountBalance } from '../../network/ledger/account-store.ts';
import { verifyLedger } from '../../network/ledger/index.ts';
import { pointApplication } from '../../network/points/points.fixture.ts';
import { type PointEvent, verifyPointStatement } from '../../sdk/src/point-statement.ts';
import { findOperator, mintForBootstrap } from '../../server/bootstrap.ts';
import { fundWallet, type Market, must, openMarket, type Partner } from '../setup/market.ts';
import { type Answer, type Client, startTestNetwork, type TestNetwork } from '../setup/network.ts';

/**
 * A person in a county town sends a parcel to his family through the post office, without an account; then an app does it
 * for its user from a wallet, and somebody walks in without an order. Told in order, by the parties' own keys.
 */
let network: TestNetwork;
let operator: Client;
let market: Market;
let post: Partner;
let office: string;
let corner: string;
let start: number;
let hours = 0;
let ham = '';

const HOUR = 3_600_000;
const instant = (at: number) => new Date(start + at * HOUR).toISOString();
/** What happened before is told in its time, and what follows from the time that has passed is done before it returns. */
async function pass(more: number): Promise<void> {
  await network.settle();
  hours += more;
  must(await operator.post('/v1/test/clock', { now: instant(hours) }));
  await network.settle();
}
const codeOf = (answer: Answer) => (answer.body as { code?: string }).code;
const detailOf = (answer: Answer) => (answer.body as { detail?: string }).detail;
const ZONE = { destination_zone: 'Asia/Shanghai' };
const cny = (amount_minor: number) => ({ amount_minor, currency: 'CNY' });

type Mailing = {
  id: string;
  state: string;
  close_reason?: string;
  code?: { code: string; qr: string };
  quoted: { total: { amount_minor: number; currency: string } };
  handover?: { method: string; point?: { id: string }; reason?: string };
  parcel?: { number: string };
  receipt?: { number: string; freight: object; collected: object; document_kind?: string; paid_by?: string };
  recipient?: { name: string };
  steps: { fact: string; party: string; reason?: string }[];
};
type Quote = {
  offers: { line_code: string; total: { amount_minor: number; currency: string } }[];
  refused: { line_code: string; reasons: { code: string }[] }[];
  duties: { needs_identity: boolean; checklist: string[]; needs_price_list: boolean };
};
type Taken = { id: string; state: string; number: string; receipt: { freight: object; collected: object } };

const YIWU = {
  name: 'Wang Fang',
  phone: '+8613812345678',
  address: {
    ...{ country: 'CN', division: '浙江省', city: '金华市', district: '义乌市', postcode: '322000' },
    lines: ['稠城街道 1 号'],
  },
};
const HANGZHOU = {
  name: 'Li Wei',
  phone: '+8657187654321',
  address: {
    ...{ country: 'CN', division: '浙江省', city: '杭州市', district: '余杭区', postcode: '311121' },
    lines: ['文一西路 969 号'],
  },
};
const BEIJING = {
  name: 'Zhao Lei',
  phone: '+8613911112222',
  address: {
    ...{ country: 'CN', division: '北京市', city: '北京市', district: '朝阳区', postcode: '100020' },
    lines: ['建国路 88 号'],
  },
};
const TOWN = { latitude: 29.3056, longitude: 120.075 };
const NEARBY = { latitude: 29.31, longitude: 120.08 };
const PLACE = { country: 'CN', city: '金华市', postcode: '322000' };
const FROM = { country: 'CN', division: '330000', city: '金华市', postcode: '322000' };
const TO = { country: 'CN', division: '330000', city: '杭州市', postcode: '311121' };
const LINE = 'cn_domestic_express';
const HAM = { description: 'Ham', goods_class: 'normal', value: cny(20_000) };

beforeAll(async () => {
  network = await startTestNetwork({ trustedProxies: ['127.0.0.1'] });
  const world = network.postroad.worlds.test;
  const operatorId = (await findOperator(world)) ?? '';
  const mint = async (role: Parameters<typeof mintForBootstrap>[2]) =>
    network.client(await mintForBootstrap(world, operatorId, role, role));
  operator = await mint('operator');
  // A Monday, ten o'clock in China.
  start = Date.parse('2026-03-02T02:00:00Z');
  await pass(0);
  market = await openMarket(network, {
    ...{ operator, country: 'CN', currency: 'CNY', carrierCode: 'postroad_express_cn', topUpMinor: 100_000 },
  });
  await fundWallet(operator, market.marketplace, 'CNY', 50_000);
  const body = { kind: 'point_operator', name: 'Post', country: 'CN' };
  const { id } = must(await operator.post<{ id: string }>('/v1/organisations', body));
  const key = { organisation_id: id, role: 'point_staff', name: 'counter' };
  const { secret } = must(await operator.post<{ secret: string }>('/v1/api-keys', key));
  post = { id, key: secret, client: network.client(secret) };
  const contract = {
    number: 'P-1',
    needs_documents: false,
    needs_site_check: false,
    valid_from: instant(-24),
  };
  must(await operator.send('PUT', `/v1/point-networks/${post.id}/contract`, contract));
  office = await openPoint('yiwu-1', { name: '稠城邮政所', kind: 'post_office', position: TOWN });
  corner = await openPoint('yiwu-2', { name: '街角小店', kind: 'shop', position: NEARBY });
  await pass(0.01);
});
afterAll(() => network?.stop());

async function openPoint(code: string, more: object): Promise<string> {
  const town = { city: '金华市', postcode: '322000', division_codes: ['330000', '330700', '330782'] };
  const body = pointApplication(code, { ...town, ...more });
  const { id } = must(await post.client.post<{ id: string }>('/v1/points', body));
  for (const decision of ['accept_application', 'complete_training'])
    must(await operator.post(`/v1/points/${id}/decisions`, { decision }));
  return id;
}

type Ordered = { token: string; mailing: Mailing };
const households: object[] = [];
const household = () => ({ 'x-forwarded-for': `10.0.0.${households.push({})}` });
const person = {
  quote: async (more: object = {}) =>
    must(
      await network.client().post<Quote>('/v1/mailing-portal/quotes', {
        world: 'test',
        quote: { from: FROM, to: TO, weight_grams: 1_900, ...more },
      }),
    ),
  order: (order: object) =>
    network.client().post<Ordered>('/v1/mailing-portal/mailings', { world: 'test', order }, household()),
  send: (path: string, token: string, body: object = {}) =>
    network.client().post<Mailing>(`/v1/mailing-portal/${path}`, { token, ...body }),
  look: async (token: string) => must(await person.send('mailing', token)),
};
const orderOf = (object_id: string, more: object = {}) => ({
  ...{ object_id, sender: YIWU, recipient: HANGZHOU, goods: HAM, line_code: LINE },
  ...{ parcel: { weight_grams: 1_900 }, agreed_total: cny(1_007) },
  ...more,
});
const readAtCounter = (pointId: string, code: string) =>
  post.client.post<{ mailing_id: string; quoted: object; duties: Quote['duties'] }>(
    '/v1/mailing-codes/lookup',
    { point_id: pointId, code },
  );
const SEEN = {
  document_kind: 'identity_card',
  checks: { opened_before_sender: true, nothing_prohibited: true, packed_safely: true },
  inspection_mark: 'YJ-0001',
  price_list_shown: true,
};
const intakeOf = (weight_grams: number, paid: number | undefined, more: object = {}) => ({
  ...SEEN,
  ...{ goods_class: 'normal', measured: { weight_grams } },
  ...(paid === undefined ? {} : { payment: { method: 'cash', amount: cny(paid) } }),
  ...more,
});

describe('a ham for the family', () => {
  let token = '';
  let mailing: Mailing;
  let number = '';

  test('a quote needs nothing of the person: lines with price and time, and why the others do not', async () => {
    const quote = await person.quote();
    expect(quote.offers.map(({ line_code, total }) => [line_code, total])).toEqual([[LINE, cny(1_007)]]);
    const global = quote.refused.find(({ line_code }) => line_code === 'cn_global_standard');
    expect(global?.reasons.map(({ code }) => code)).toContain('destination_not_served');
    expect([quote, quote.duties]).toMatchObject([ZONE, { needs_identity: true, needs_price_list: true }]);
    expect((await person.quote({ goods_class: 'battery_only' })).offers).toEqual([]);
    const nowhere = await network.client().post('/v1/mailing-portal/quotes', {
      world: 'test',
      quote: { from: { country: 'XX' }, to: TO, weight_grams: 100 },
    });
    expect([nowhere.status, codeOf(nowhere)]).toEqual([422, 'address_invalid']);
    expect(nowhere.body).toMatchObject({ errors: [{ pointer: '/quote/from/country' }] });
  });

  test('the order holds an hour at the post office and gives a code; another price is told, not charged', async () => {
    const options = must(
      await network
        .client()
        .post<{ points: { point: { id: string }; hours: string[] }[] }>('/v1/mailing-portal/options', {
          world: 'test',
          where: { from: FROM, position: TOWN, weight_grams: 1_900 },
        }),
    );
    expect(options.points.map(({ point }) => point.id).sort()).toEqual([office, corner].sort());
    const starts_at = options.points.find(({ point }) => point.id === office)?.hours[0];
    const handover = { method: 'point', point_id: office, starts_at, position: TOWN };
    const wrong = await person.order(orderOf('a-random-handle-1', { agreed_total: cny(900) }));
    expect([codeOf(wrong), detailOf(wrong)]).toEqual([
      'mailing_price_changed',
      'It is 1007 CNY (minor units).',
    ]);
    const order = orderOf('a-random-handle-1', { handover });
    const placed = must(await person.order(order));
    ({ token, mailing } = placed);
    ham = mailing.id;
    expect(mailing).toMatchObject({ state: 'placed', handover: { method: 'point', point: { id: office } } });
    expect(mailing.code?.code).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/);
    expect(mailing.code?.qr).toMatch(/^PM1:/);
    expect(JSON.stringify(mailing)).not.toContain('13812345678');
    expect(must(await person.order(order)).mailing.id).toBe(mailing.id);
    expect(codeOf(await person.order({ ...order, goods: { description: 'Shoes' } }))).toBe(
      'mailing_object_reused',
    );
    expect(codeOf(await person.send('mailing', `mlt_test_${'A'.repeat(22)}`))).toBe('mailing_not_found');
    const door = { method: 'door', area_id: `par_${'0'.repeat(26)}`, starts_at: instant(5) };
    expect(codeOf(await person.send('handover', token, { handover: door }))).toBe('pickup_window_unknown');
  });

  test('a counter that does not serve the sender holds no place for him; others may send him things', async () => {
    const handover = { method: 'point', point_id: office, position: TOWN };
    const block = async (phone: string) =>
      must(
        await post.client.post<{ id: string }>('/v1/point-blocks', {
          ...{ kind: 'phone', country: 'CN', phone, reason: 'malicious_orders' },
        }),
      );
    const made = await block(YIWU.phone);
    const other = await block(HANGZHOU.phone);
    const ordered = await person.order(orderOf('a-random-handle-2', { handover }));
    expect([codeOf(ordered), detailOf(ordered)]).toEqual(['point_does_not_serve', 'The reason is blocked.']);
    const chosen = await person.send('handover', token, { handover });
    expect(codeOf(chosen)).toBe('point_does_not_serve');
    expect(JSON.stringify([ordered.body, chosen.body])).not.toContain('malicious');
    // What he had stays his when another choice is refused.
    expect((await person.look(token)).handover).toEqual(mailing.handover);
    expect((await post.client.send('DELETE', `/v1/point-blocks/${made.id}`)).status).toBe(204);
    expect((await person.send('handover', token, { handover })).status).toBe(200);
    expect((await post.client.send('DELETE', `/v1/point-blocks/${other.id}`)).status).toBe(204);
  });

  test('he changes whom it goes to while it is with him', async () => {
    const change = { recipient: { ...HANGZHOU, name: 'Li Na' } };
    const changed = must(await person.send('changes', token, { change }));
    expect(changed.recipient?.name).not.toBe(mailing.recipient?.name === undefined ? 'x' : '');
    expect(changed.steps.at(-1)).toMatchObject({ fact: 'modified', party: 'sender' });
    const far = { recipient: BEIJING };
    expect(codeOf(await person.send('changes', token, { change: far }))).toBe('mailing_price_changed');
  });

  test('the clerk sees goods and duties and nobody; without real name, inspection or price list nothing is taken', async () => {
    const path = `/v1/mailings/${mailing.id}/intake`;
    expect((await post.client.post(path, intakeOf(1_900, 1_007))).status).toBe(404);
    expect(codeOf(await readAtCounter(office, '2222-2222'))).toBe('mailing_code_wrong');
    const seen = must(await readAtCounter(office, mailing.code?.qr ?? ''));
    expect(seen).toMatchObject({ mailing_id: mailing.id, quoted: cny(1_007) });
    expect(JSON.stringify(seen)).not.toMatch(/Wang|Li Na|1381234/);
    for (const [more, reason] of [
      [{ document_kind: undefined }, 'mailing_identity_missing'],
      [{ document_kind: 'library_card' }, 'mailing_identity_missing'],
      [{ inspection_mark: undefined }, 'mailing_inspection_incomplete'],
      [{ checks: { ...SEEN.checks, nothing_prohibited: false } }, 'mailing_inspection_incomplete'],
      [{ price_list_shown: false }, 'mailing_price_list_not_shown'],
      [{ goods_class: 'battery_only' }, 'mailing_line_unfit'],
      [{ goods_class: 'liquid' }, 'mailing_line_unfit'],
      [{ payment: { method: 'cash', amount: cny(1_000) } }, 'mailing_payment_mismatch'],
      [{ payment: undefined }, 'mailing_payment_mismatch'],
    ] as const)
      expect([more, codeOf(await post.client.post(path, intakeOf(1_900, 1_007, more)))]).toEqual([
        more,
        reason,
      ]);
  });

  test('on the scale it is heavier: nothing above the agreed price without the sender\u2019s word', async () => {
    const path = `/v1/mailings/${mailing.id}`;
    const found = { goods_class: 'normal', measured: { weight_grams: 2_600 } };
    const price = must(await post.client.post<Record<string, unknown>>(`${path}/counter-price`, found));
    expect(price).toMatchObject({ total: cny(1_166), needs_consent: true, to_collect: cny(1_166) });
    const unasked = await post.client.post(`${path}/intake`, intakeOf(2_600, 1_166));
    expect([codeOf(unasked), detailOf(unasked)]).toEqual([
      'mailing_consent_needed',
      'It is 1166 CNY (minor units); 1007 CNY (minor units) was agreed to.',
    ]);
    const agreed = { agreed_total: cny(1_166) };
    const taken = must(await post.client.post<Taken>(`${path}/intake`, intakeOf(2_600, 1_166, agreed)));
    expect(taken).toMatchObject({
      state: 'accepted',
      receipt: { freight: cny(1_166), collected: cny(1_166), paid_by: 'cash' },
    });
    number = taken.number;
    expect(number).toMatch(/^PRC/);
    expect(codeOf(await readAtCounter(office, mailing.code?.code ?? ''))).toBe('mailing_code_wrong');
    expect(codeOf(await person.send('cancellation', token))).toBe('mailing_state_conflict');
    const own = await person.look(token);
    expect(own.code).toBeUndefined();
    expect([own, own.receipt]).toMatchObject([ZONE, { ...ZONE, number, document_kind: 'identity_card' }]);
  });

  test('the label is drawn at the counter, and a courier takes the parcel along', async () => {
    const label = await post.client.post(`/v1/mailings/${mailing.id}/label`);
    expect([label.status, label.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    const list = await post.client.get<{ data: { id: string }[] }>(`/v1/points/${office}/mailings`);
    expect(must(list).data.map(({ id }) => id)).toEqual([mailing.id]);
    const handed = must(
      await post.client.post<{ handed_over: number; refused: number }>(
        `/v1/points/${office}/mailing-handovers`,
        { mailing_ids: [mailing.id, `mlg_${'0'.repeat(26)}`] },
      ),
    );
    expect(handed).toMatchObject({ handed_over: 1, refused: 1 });
    const undo = { reason: 'changed_mind' };
    expect(codeOf(await post.client.post(`/v1/mailings/${mailing.id}/counter-undo`, undo))).toBe(
      'mailing_state_conflict',
    );
  });

  test('it travels by its number and is delivered', async () => {
    await network.settle();
    for (const milestone of ['picked_up', 'out_for_delivery', 'delivered']) {
      await pass(6);
      const scans = [{ number, milestone, occurred_at: instant(hours), place: PLACE }];
      must(await market.carrier.client.post('/v1/scans', { scans }));
      await network.settle();
    }
    const own = await person.look(token);
    expect(own.state).toBe('delivered');
    expect(own.steps.map(({ fact }) => fact)).toEqual([
      ...['placed', 'sent_to_counter', 'sent_to_counter', 'modified', 'accepted', 'handed_over', 'delivered'],
    ]);
  });
});

describe('an app orders for its user', () => {
  const app = () => market.marketplace.client;
  const wallet = async () => {
    const { data } = must(
      await app().get<{ data: { balance: { amount_minor: number }; available: { amount_minor: number } }[] }>(
        '/v1/wallets',
      ),
    );
    return [data[0]?.balance.amount_minor, data[0]?.available.amount_minor];
  };
  const place = async (object_id: string, more: object = {}) =>
    app().post<Mailing>('/v1/mailings', { ...orderOf(object_id), payment: 'wallet', ...more });

  test('the ceiling is held; what the scale says is charged, and the rest is released', async () => {
    const placed = must(await place('app-1', { ceiling: cny(1_500) }));
    expect(await wallet()).toEqual([50_000, 48_500]);
    must(await readAtCounter(corner, placed.code?.code ?? ''));
    const path = `/v1/mailings/${placed.id}/intake`;
    expect(codeOf(await post.client.post(path, intakeOf(2_600, 1_166)))).toBe('mailing_payment_mismatch');
    const taken = must(await post.client.post<Taken>(path, intakeOf(2_600, undefined)));
    expect(taken.receipt).toMatchObject({ freight: cny(1_166), collected: cny(0), paid_by: 'wallet' });
    expect(await wallet()).toEqual([48_834, 48_834]);
  });

  test('above the ceiling the sender pays the rest at the counter, when he agrees', async () => {
    const placed = must(await place('app-2'));
    must(await readAtCounter(corner, placed.code?.code ?? ''));
    const path = `/v1/mailings/${placed.id}/intake`;
    expect(codeOf(await post.client.post(path, intakeOf(2_600, 159)))).toBe('mailing_consent_needed');
    const agreed = { agreed_total: cny(1_166) };
    const taken = must(await post.client.post<Taken>(path, intakeOf(2_600, 159, agreed)));
    expect(taken.receipt).toMatchObject({ freight: cny(1_166), collected: cny(159) });
    expect(await wallet()).toEqual([47_827, 47_827]);
  });

  test('lighter than stated costs less; what is undone costs nothing, and its number is gone', async () => {
    const placed = must(await place('app-3'));
    must(await readAtCounter(corner, placed.code?.code ?? ''));
    const path = `/v1/mailings/${placed.id}`;
    const taken = must(await post.client.post<Taken>(`${path}/intake`, intakeOf(900, undefined)));
    expect(taken.receipt.freight).toEqual(cny(848));
    expect(await wallet()).toEqual([46_979, 46_979]);
    const undone = must(await post.client.post<Taken>(`${path}/counter-undo`, { reason: 'changed_mind' }));
    expect(undone).toMatchObject({ state: 'closed', close_reason: 'undone' });
    expect(await wallet()).toEqual([47_827, 47_827]);
    const waybills = must(
      await operator.get<{ data: { status: string }[] }>(`/v1/waybills?number=${taken.number}`),
    );
    expect(waybills.data.map(({ status }) => status)).toEqual(['cancelled']);
  });

  test('cancelling and silence release what was held', async () => {
    const first = must(await place('app-4'));
    const second = must(await place('app-5'));
    expect((await wallet())[1]).toBe(47_827 - 2 * 1_007);
    const cancelled = must(await app().post<Mailing>(`/v1/mailings/${first.id}/cancellation`));
    expect(cancelled).toMatchObject({ state: 'closed', close_reason: 'cancelled' });
    expect(codeOf(await readAtCounter(corner, first.code?.code ?? ''))).toBe('mailing_code_wrong');
    await pass(24 * 7 + 1);
    const own = must(await app().get<Mailing>(`/v1/mailings/${second.id}`));
    expect(own).toMatchObject({ state: 'closed', close_reason: 'not_brought' });
    expect(await wallet()).toEqual([47_827, 47_827]);
    expect((await market.merchant.client.get(`/v1/mailings/${second.id}`)).status).toBe(404);
  });

  test('a prohibited parcel is closed; for another reason its sender comes again', async () => {
    const placed = must(await place('app-6'));
    must(await readAtCounter(corner, placed.code?.code ?? ''));
    const path = `/v1/mailings/${placed.id}/counter-refusal`;
    expect(must(await post.client.post<Taken>(path, { reason: 'no_identity' })).state).toBe('placed');
    must(await post.client.post(path, { reason: 'prohibited' }));
    const own = must(await app().get<Mailing>(`/v1/mailings/${placed.id}`));
    expect(own).toMatchObject({ state: 'closed', close_reason: 'prohibited' });
    expect((await wallet())[1]).toBe(47_827);
  });

  test('a wallet without funds orders nothing', async () => {
    const poor = await place('app-7', { ceiling: cny(60_000) });
    expect([poor.status, codeOf(poor)]).toEqual([422, 'insufficient_funds']);
    expect(codeOf(await place('app-7', { ceiling: cny(1_000) }))).toBe('mailing_ceiling_too_low');
  });
});

describe('at the door', () => {
  test('a courier fetches it in his window, by the same code; a window that passed leaves any counter', async () => {
    const working_hours = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from_hour: 8, to_hour: 18 }));
    const area = { code: 'yiwu', country: 'CN', postcode_prefixes: ['322'], zone: 'Asia/Shanghai' };
    const staff = market.carrier.client;
    const { id: area_id } = must(
      await staff.post<{ id: string }>('/v1/pickup-areas', { ...area, slot: 'two_hours', working_hours }),
    );
    const capacities = Array.from({ length: 10 }, (_, hour) => ({
      day: 'daily',
      hour: 8 + hour,
      capacity: 1,
    }));
    must(await staff.send('PUT', `/v1/pickup-areas/${area_id}/capacities`, { mode: 'full', capacities }));
    const key = { organisation_id: market.carrier.id, role: 'courier', name: 'Chen' };
    const minted = must(await operator.post<{ key: { id: string }; secret: string }>('/v1/api-keys', key));
    must(
      await staff.post('/v1/couriers', {
        ...{ name: 'Chen', phone_tail: '4321', area_ids: [area_id], api_key_id: minted.key.id },
      }),
    );
    const courier = network.client(minted.secret);
    const app = market.marketplace.client;
    const where = { from: FROM, weight_grams: 1_900, carrier_code: 'postroad_express_cn' };
    const { doors } = must(
      await app.post<{ doors: { area_id: string; starts_at: string; ends_at: string }[] }>(
        '/v1/mailing-options',
        where,
      ),
    );
    const [first] = doors;
    const handover = { method: 'door', area_id, starts_at: first?.starts_at };
    const order = { ...orderOf('door-1'), payment: 'wallet', handover };
    const { id, code } = must(await app.post<Mailing>('/v1/mailings', order));
    await pass((Date.parse(first?.ends_at ?? '') - Date.parse(instant(hours))) / HOUR + 2.01);
    const missed = must(await app.get<Mailing>(`/v1/mailings/${id}`));
    expect(missed).toMatchObject({ state: 'placed', handover: { method: 'any_point' } });
    expect(missed.steps.at(-1)).toMatchObject({ fact: 'handover_lost', reason: 'window_missed' });
    const next = doors.find(({ starts_at }) => Date.parse(starts_at) > Date.parse(instant(hours + 2)));
    must(await app.post(`/v1/mailings/${id}/handover`, { ...handover, starts_at: next?.starts_at }));
    const visits = must(await courier.get<{ data: { id: string }[] }>('/v1/door-mailings'));
    expect(visits.data.map((visit) => visit.id)).toEqual([id]);
    const door = must(await courier.post<{ name: string }>(`/v1/mailings/${id}/contact-reveal`));
    expect(door.name).toBe('Wang Fang');
    must(await courier.post('/v1/mailing-codes/lookup', { code: code?.code }));
    const path = `/v1/mailings/${id}/intake`;
    const taken = must(await courier.post<Taken>(path, intakeOf(1_900, undefined)));
    expect(taken).toMatchObject({ state: 'accepted', receipt: { freight: cny(1_007), collected: cny(0) } });
    expect((await courier.post(`/v1/mailings/${id}/contact-reveal`)).status).toBe(409);
    const scans = [
      { number: taken.number, milestone: 'picked_up', occurred_at: instant(hours), place: PLACE },
    ];
    must(await staff.post('/v1/scans', { scans }));
    await network.settle();
    expect(must(await app.get<Mailing>(`/v1/mailings/${id}`)).state).toBe('in_transit');
  });
});

test('a courier takes the freight at the door of a person without an account, and his carrier owes it', async () => {
  const staff = market.carrier.client;
  const { data: areas } = must(await staff.get<{ data: { id: string }[] }>('/v1/pickup-areas'));
  const area_id = areas[0]?.id ?? '';
  const where = { from: FROM, weight_grams: 1_900, carrier_code: 'postroad_express_cn' };
  type Doors = { doors: { starts_at: string }[] };
  const options = await network.client().post<Doors>('/v1/mailing-portal/options', { world: 'test', where });
  const { doors } = must(options);
  const handover = { method: 'door', area_id, starts_at: doors[0]?.starts_at };
  const { mailing } = must(await person.order(orderOf('a-random-handle-door', { handover })));
  // Whichever courier was sent; staff of the carrier reads codes for all of them.
  must(await staff.post('/v1/mailing-codes/lookup', { code: mailing.code?.code }));
  const path = `/v1/mailings/${mailing.id}`;
  expect(codeOf(await staff.post(`${path}/intake`, intakeOf(1_900, undefined)))).toBe(
    'mailing_payment_mismatch',
  );
  const owed = async () => {
    await network.settle();
    const id = market.carrier.id as OrganisationId;
    return network.postroad.worlds.test.read({ organisationId: id }, (db) =>
      readAccountBalance(db, id, 'earned/CNY'),
    );
  };
  const before = await owed();
  const taken = must(await staff.post<Taken>(`${path}/intake`, intakeOf(1_900, 1_007)));
  expect(taken.receipt).toMatchObject({ freight: cny(1_007), collected: cny(1_007), paid_by: 'cash' });
  expect(await owed()).toBe(before - 1_007);
  const { data: told } = must(
    await staff.get<{ data: { type: string; data: Record<string, unknown> }[] }>('/v1/events?limit=500'),
  );
  const own = told.find(({ type, data }) => type === 'mailing.accepted' && data.mailing_id === mailing.id);
  expect(own?.data).toMatchObject({ at: 'door', collected: cny(1_007) });
  const days = async () => must(await staff.get<object>('/v1/door-freight-days'));
  expect(await days()).toMatchObject({ data: [{ taken: 1, cash: cny(1_007) }], owed: [cny(1_007)] });
  expect((await market.merchant.client.get('/v1/door-freight')).status).toBe(403);
  must(await staff.post(`${path}/counter-undo`, { reason: 'changed_mind' }));
  expect(await owed()).toBe(before);
  expect(await days()).toMatchObject({ data: [{ given_back: cny(1_007), owed: cny(0) }], owed: [cny(0)] });
  expect(await network.postroad.worlds.test.read('network', (db) => verifyLedger(db))).toEqual([]);
});

describe('many hands at once', () => {
  test('of 64 intakes of one code one takes the parcel in, and it is paid for once', async () => {
    const { token, mailing } = must(await person.order(orderOf('a-random-handle-64')));
    must(await readAtCounter(corner, mailing.code?.code ?? ''));
    const path = `/v1/mailings/${mailing.id}/intake`;
    const answers = await Promise.all(
      Array.from({ length: 64 }, () => post.client.post(path, intakeOf(1_900, 1_007))),
    );
    const codes = answers.map((answer) => (answer.status === 200 ? 'taken' : codeOf(answer)));
    expect(codes.filter((code) => code === 'taken')).toHaveLength(1);
    expect(new Set(codes)).toEqual(new Set(['taken', 'mailing_state_conflict']));
    expect((await person.look(token)).steps.filter(({ fact }) => fact === 'accepted')).toHaveLength(1);
    await network.settle();
    must(await post.client.post(`/v1/mailings/${mailing.id}/counter-undo`, { reason: 'changed_mind' }));
  });

  test('the same handle at once is one mailing', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => person.order(orderOf('a-random-handle-8'))),
    );
    const ids = answers.flatMap(({ status, body }) => (status === 201 ? [body.mailing.id] : []));
    expect(new Set(ids).size).toBe(1);
    const others = answers.filter(({ status }) => status !== 201).map(codeOf);
    expect(others.every((code) => code === 'mailing_object_reused')).toBe(true);
  });

  test('five wrong codes lock a clerk for an hour, the right one too', async () => {
    await pass(1.1);
    const { mailing } = must(await person.order(orderOf('a-random-handle-5')));
    for (let wrong = 0; wrong < 5; wrong += 1)
      expect(codeOf(await readAtCounter(office, '2222-2222'))).toBe('mailing_code_wrong');
    expect(codeOf(await readAtCounter(office, mailing.code?.code ?? ''))).toBe('mailing_code_locked');
    await pass(1.1);
    must(await readAtCounter(office, mailing.code?.code ?? ''));
  });

  test('a sender has so many mailings under way to a counter, and no more', async () => {
    const codes = [];
    for (let nth = 0; nth < 12; nth += 1) {
      const order = orderOf(`a-random-handle-x${nth}`, { sender: { ...YIWU, name: 'Sun Li' } });
      const answer = await person.order(order);
      codes.push(answer.status === 201 ? 'placed' : codeOf(answer));
    }
    expect(codes.filter((code) => code === 'placed')).toHaveLength(10);
    expect(codes.slice(10)).toEqual(['mailing_too_many_open', 'mailing_too_many_open']);
  });
});

describe('somebody walks in without an order', () => {
  const walkIn = (object_id: string, more: object = {}) => ({
    ...{ object_id, sender: YIWU, recipient: BEIJING, goods: HAM, line_code: LINE },
    ...{ agreed_total: cny(1_802), ...intakeOf(1_900, 1_802) },
    ...more,
  });
  let id = '';

  test('the clerk quotes from his point and takes it in, in one go', async () => {
    const quote = must(
      await post.client.post<Quote>(`/v1/points/${office}/mailing-quotes`, {
        to: { country: 'CN', division: '110000', city: '北京市', postcode: '100020' },
        weight_grams: 1_900,
      }),
    );
    expect(quote.offers.map(({ total }) => total)).toEqual([cny(1_802)]);
    const path = `/v1/points/${office}/mailings`;
    expect(codeOf(await post.client.post(path, walkIn('w-1', { agreed_total: cny(1_800) })))).toBe(
      'mailing_price_changed',
    );
    const taken = must(await post.client.post<Taken>(path, walkIn('w-1')));
    expect(taken).toMatchObject({
      state: 'accepted',
      receipt: { freight: cny(1_802), collected: cny(1_802) },
    });
    id = taken.id;
    expect(must(await post.client.post<Taken>(path, walkIn('w-1'))).id).toBe(id);
  });

  test('no courier comes for a day: that is told, and costs a deduction', async () => {
    await pass(25);
    const { data } = must(
      await post.client.get<{ data: { type: string; data: Record<string, unknown> }[] }>(
        '/v1/events?limit=500',
      ),
    );
    const own = data.filter(({ data: about }) => about.mailing_id === id).map(({ type }) => type);
    expect(own).toEqual(['mailing.placed', 'mailing.accepted', 'mailing.handover_late']);
    const deductions = must(
      await post.client.get<{ data: { reason: string; subject: { kind: string; id: string } }[] }>(
        '/v1/point-deductions',
      ),
    );
    expect(
      deductions.data.some(({ reason, subject }) => reason === 'late_handover' && subject.id === id),
    ).toBe(true);
    expect(JSON.stringify(data)).not.toMatch(/Wang|Zhao|1381234|identity_card/);
  });
});

test('the post office has to close, and a sender is sent on with the code that he has', async () => {
  const handover = { method: 'point', point_id: office, position: TOWN };
  const { token, mailing } = must(await person.order(orderOf('a-random-handle-2', { handover })));
  const decision = { decision: 'suspend', reason: 'The roof is leaking.' };
  must(await operator.post(`/v1/points/${office}/decisions`, decision));
  await network.settle();
  expect(await person.look(token)).toMatchObject({
    ...{ state: 'placed', code: { code: mailing.code?.code } },
    handover: { point: { id: corner }, reason: 'point_suspended' },
  });
});

test('the statement pays the commission and takes what the counters collected; anybody works it out again', async () => {
  await pass(24 * 14);
  const statements = must(
    await post.client.get<{ data: { id: string }[] }>('/v1/point-statements?limit=50'),
  ).data;
  const { data: events } = must(await post.client.get<{ data: PointEvent[] }>('/v1/events?limit=500'));
  expect(events.some(({ type }) => type === 'mailing.accepted')).toBe(true);
  const rules: string[] = [];
  let collected = 0;
  for (const { id } of statements) {
    const statement = must(await post.client.get<never>(`/v1/point-statements/${id}`));
    const { data: lines } = must(
      await post.client.get<{ data: { rule: string; kind: string; amount: { amount_minor: number } }[] }>(
        `/v1/point-statements/${id}/lines?limit=100`,
      ),
    );
    const { data } = must(await post.client.get<{ data: never }>(`/v1/point-statements/${id}/rules`));
    expect(verifyPointStatement({ statement, lines: lines as never, rules: data, events })).toEqual([]);
    for (const line of lines) {
      rules.push(`${line.kind} ${line.rule} ${line.amount.amount_minor}`);
      if (line.rule === 'freight_collected') collected += line.amount.amount_minor;
    }
  }
  expect(rules.filter((rule) => rule.includes('mailing_accepted')).sort()).toEqual([
    ...['accrual mailing_accepted 101', 'accrual mailing_accepted 117', 'accrual mailing_accepted 117'],
    ...['accrual mailing_accepted 117', 'accrual mailing_accepted 180', 'accrual mailing_accepted 85'],
    ...['counter mailing_accepted -101', 'counter mailing_accepted -85'],
  ]);
  expect(collected).toBe(-(1_166 + 159 + 1_802));
  expect(await network.postroad.worlds.test.read('network', (db) => verifyLedger(db))).toEqual([]);
});

test('a handle that is repeated in another month is answered with the first mailing', async () => {
  const before = new Date(start + hours * HOUR).getUTCMonth();
  await pass(24 * 31);
  expect(new Date(start + hours * HOUR).getUTCMonth()).not.toBe(before);
  const again = must(await person.order(orderOf('a-random-handle-1'))).mailing;
  expect(again).toMatchObject({ id: ham, state: 'delivered' });
  const other = { sender: { ...YIWU, name: 'Sun Li' } };
  expect(must(await person.order(orderOf('a-random-handle-1', other))).mailing.id).not.toBe(ham);
  const app = market.marketplace.client;
  const order = { ...orderOf('app-1'), payment: 'wallet', ceiling: cny(1_500) };
  const known = must(await app.post<Mailing>('/v1/mailings', order));
  expect(known).toMatchObject({ state: 'accepted', receipt: { freight: cny(1_166) } });
  expect(codeOf(await app.post('/v1/mailings', { ...order, ...other }))).toBe('mailing_object_reused');
});

test('a marketplace writes rules of its own for its people; others keep those of the network', async () => {
  const app = market.marketplace.client;
  type Version = { id: string; document: object };
  const path = '/v1/rulebook-kinds/mailing_policy/in-force';
  const { document } = must(await app.get<Version>(path));
  const own = { kind: 'mailing_policy', document: { ...document, line_tags: ['europe_local'] } };
  const { id } = must(await app.post<Version>('/v1/rulebooks', own));
  const tested = must(await app.post<{ passed: boolean }>(`/v1/rulebook-versions/${id}/tests`));
  expect(tested.passed).toBe(true);
  const standing = must(
    await app.post<Mailing>('/v1/mailings', { ...orderOf('app-rules'), payment: 'counter' }),
  );
  must(await app.post(`/v1/rulebook-versions/${id}/activation`, {}));
  await pass(0.1);
  const quote = { from: FROM, to: TO, weight_grams: 1_900 };
  const offers = async (client: Client) => must(await client.post<Quote>('/v1/mailing-quotes', quote)).offers;
  expect(await offers(app)).toEqual([]);
  expect(await offers(market.merchant.client)).toEqual([]);
  expect((await person.quote()).offers).toHaveLength(1);
  // What was ordered before keeps its rules.
  must(await readAtCounter(corner, standing.code?.code ?? ''));
  must(await post.client.post<Taken>(`/v1/mailings/${standing.id}/intake`, intakeOf(1_900, 1_007)));
});
