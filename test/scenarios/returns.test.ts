import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jpeg } from '../../network/deliveries/proof.fixture.ts';
import { pointApplication } from '../../network/points/points.fixture.ts';
import { findOperator, mintForBootstrap } from '../../server/bootstrap.ts';
import { type Market, must, openMarket, type Partner } from '../setup/market.ts';
import { type Answer, type Client, startTestNetwork, type TestNetwork } from '../setup/network.ts';

/**
 * A buyer in a county town sends a jacket back through the post office, without an account and without a printer; then
 * another one has shoes exchanged. Told in order, by the parties' own keys; time passes by the test clock.
 */
let network: TestNetwork;
let operator: Client;
let market: Market;
let service: Client;
let carrier: Client;
let post: Partner;
let office: string;
let corner: string;
let start: number;
let hours = 0;

const HOUR = 3_600_000;
const JPEG = jpeg();
const instant = (at: number) => new Date(start + at * HOUR).toISOString();
/** What follows from the time that has passed is done before it returns. */
async function pass(more: number): Promise<void> {
  hours += more;
  must(await operator.post('/v1/test/clock', { now: instant(hours) }));
  await network.settle();
}

type Code = { code: string; qr: string; expires_at: string };
type Return = {
  id: string;
  state: string;
  due_at?: string;
  amount: { amount_minor: number; currency: string };
  freight_payer: string;
  code?: Code;
  route?: { method: string; point?: { id: string; name: string }; reason?: string };
  intake?: { payment: string; document_kind?: string; weight_grams: number };
  parcel?: { number: string; carrier_code: string };
  refund?: { amount: { amount_minor: number; currency: string }; basis: string };
  wanted?: string;
  risk?: object;
  steps: { fact: string; party: string; reason?: string }[];
};
type Portal = {
  lines: { line: number; description: string; quantity: number; returnable: number }[];
  reasons: { code: string; fault: string }[];
  returns: Return[];
};
const codeOf = (answer: Answer) => (answer.body as { code?: string }).code;
const detailOf = (answer: Answer) => (answer.body as { detail?: string }).detail;

const HANGZHOU = {
  name: 'Li Wei',
  phone: '+8657187654321',
  address: {
    ...{ country: 'CN', division: '浙江省', city: '杭州市', district: '余杭区', postcode: '311121' },
    lines: ['文一西路 969 号'],
  },
};
const YIWU = {
  name: 'Wang Fang',
  phone: '+8613812345678',
  email: 'fang@example.com',
  address: {
    ...{ country: 'CN', division: '浙江省', city: '金华市', district: '义乌市', postcode: '322000' },
    lines: ['稠城街道 1 号'],
  },
};
/** The post office of the town, and a shop around the corner. */
const TOWN = { latitude: 29.3056, longitude: 120.075 };
const NEARBY = { latitude: 29.31, longitude: 120.08 };
const CONTRACT = { number: 'POST-1', needs_documents: false, needs_site_check: false };
const PLACE = { country: 'CN', city: '金华市', postcode: '322000' };

beforeAll(async () => {
  network = await startTestNetwork();
  const world = network.postroad.worlds.test;
  const operatorId = (await findOperator(world)) ?? '';
  const mint = async (role: Parameters<typeof mintForBootstrap>[2]) =>
    network.client(await mintForBootstrap(world, operatorId, role, role));
  operator = await mint('operator');
  service = await mint('customer_service');
  start = Date.parse('2026-03-02T02:00:00Z');
  await pass(0);
  market = await openMarket(network, {
    ...{ operator, country: 'CN', currency: 'CNY', carrierCode: 'postroad_express_cn', topUpMinor: 100_000 },
  });
  const open = async (kind: string, role: string, more: object): Promise<Partner> => {
    const body = { kind, name: kind, country: 'CN', ...more };
    const { id } = must(await operator.post<{ id: string }>('/v1/organisations', body));
    const key = { organisation_id: id, role, name: role };
    const { secret } = must(await operator.post<{ secret: string }>('/v1/api-keys', key));
    return { id, key: secret, client: network.client(secret) };
  };
  carrier = (await open('carrier', 'carrier', { carrier_code: 'sf_express' })).client;
  post = await open('point_operator', 'point_staff', {});
  const contract = { ...CONTRACT, valid_from: instant(-24) };
  must(await operator.send('PUT', `/v1/point-networks/${post.id}/contract`, contract));
  office = await openPoint('yiwu-1', { name: '稠城邮政所', kind: 'post_office', position: TOWN });
  corner = await openPoint('yiwu-2', { name: '街角小店', kind: 'shop', position: NEARBY });
  await pass(0.01);
});
afterAll(() => network?.stop());

/** Applied for, accepted, trained: the trial begins. */
async function openPoint(code: string, more: object): Promise<string> {
  const town = { city: '金华市', postcode: '322000', division_codes: ['330000', '330700', '330782'] };
  const body = pointApplication(code, { ...town, ...more });
  const { id } = must(await post.client.post<{ id: string }>('/v1/points', body));
  for (const decision of ['accept_application', 'complete_training'])
    must(await operator.post(`/v1/points/${id}/decisions`, { decision }));
  return id;
}

/** An order that the buyer has had in his hands since a moment ago. Answers its id. */
async function deliver(reference: string, goods: readonly object[], paidMinor: number): Promise<string> {
  const order = {
    ...{ reference, placed_at: instant(hours - 3), paid_at: instant(hours - 3) },
    ...{ sender: HANGZHOU, recipient: YIWU, goods },
    order_amount: { amount_minor: paidMinor, currency: 'CNY' },
  };
  const batch = { orders: [{ object_id: reference, order }] };
  const made = must(
    await market.merchant.client.post<{ results: { order_id: string }[] }>('/v1/orders', batch),
  );
  const number = `SF1${String(start / HOUR + hours)
    .replace('.', '')
    .slice(0, 8)
    .padEnd(12, '0')}`;
  const shipment = {
    ...{ order_reference: reference, carrier_code: 'sf_express', number, send_type: 'all' },
    ...{ shipped_at: instant(hours), ship_from_country: 'CN' },
  };
  const declared = { shipments: [{ object_id: reference, shipment }] };
  must(await market.merchant.client.post('/v1/external-shipments', declared));
  await network.settle();
  for (const [milestone, after] of [
    ['picked_up', 1],
    ['out_for_delivery', 20],
    ['delivered', 22],
  ] as const) {
    await pass(after - (milestone === 'picked_up' ? 0 : milestone === 'delivered' ? 20 : 1));
    const scans = [{ number, milestone, occurred_at: instant(hours), place: PLACE }];
    expect(must(await carrier.post<{ accepted: number }>('/v1/scans', { scans })).accepted).toBe(1);
    await network.settle();
  }
  return made.results[0]?.order_id ?? '';
}

const JACKET = {
  ...{ description_en: 'Down jacket', quantity: 1, unit_weight_grams: 900 },
  unit_value: { amount_minor: 29_900, currency: 'CNY' },
};
const SHOES = {
  ...{ description_en: 'Running shoes', quantity: 2, unit_weight_grams: 700 },
  unit_value: { amount_minor: 15_000, currency: 'CNY' },
};

let token = '';
const buyer = {
  open: async (order_number: string, contact: object) =>
    network
      .client()
      .post<{ token: string }>('/v1/return-portal', { order_number, world: 'test', ...contact }),
  look: async () => must(await network.client().post<Portal>('/v1/return-portal/order', { token })),
  send: (path: string, body: object) =>
    network.client().post<Return>(`/v1/return-portal/${path}`, { token, ...body }),
  own: async (id: string) => (await buyer.look()).returns.find((one) => one.id === id) as Return,
};

/** What the marketplace was told about a return, by type, in order. */
async function told(returnId: string): Promise<{ type: string; data: Record<string, unknown> }[]> {
  await network.settle();
  const feed = must(
    await market.marketplace.client.get<{ data: { type: string; data: Record<string, unknown> }[] }>(
      '/v1/events?limit=500',
    ),
  );
  return feed.data.filter(({ data }) => data.return_id === returnId);
}

async function readAtCounter(pointId: string, code: string) {
  return post.client.post<{
    return_id: string;
    checklist: string[];
    needs_identity: boolean;
    payment: string;
    carrier_code?: string;
  }>('/v1/return-codes/lookup', { point_id: pointId, code });
}

const intakeOf = (checks: readonly string[], more: object = {}) => ({
  items: [
    { line: 1, finding: 'as_described', checks: Object.fromEntries(checks.map((name) => [name, true])) },
  ],
  weight_grams: 950,
  identity: { document_kind: 'identity_card' },
  payment: 'collected',
  freight: { amount_minor: 1_200, currency: 'CNY' },
  ...more,
});

describe('a return through a post office in a county town', () => {
  let returnId = '';
  let number = '';

  test('the buyer opens the portal with what he knows; a guess and a stranger\u2019s order look alike', async () => {
    await deliver('JACKET-1', [JACKET], 26_900);
    const wrong = await buyer.open('JACKET-1', { phone_last4: '0000' });
    const unknown = await buyer.open('NO-SUCH', { phone_last4: '5678' });
    expect([wrong.status, codeOf(wrong)]).toEqual([404, 'return_order_not_found']);
    expect([unknown.status, codeOf(unknown)]).toEqual([404, 'return_order_not_found']);
    token = must(await buyer.open('JACKET-1', { phone_last4: '5678' })).token;
    expect(must(await buyer.open('JACKET-1', { email: 'Fang@Example.com' })).token).not.toBe(token);
    const portal = await buyer.look();
    expect(portal.lines).toEqual([
      { line: 1, description: 'Down jacket', quantity: 1, returnable: 1, only_if_faulty: false },
    ]);
    expect(portal.reasons.map(({ code }) => code)).toContain('does_not_fit');
  });

  test('he applies, and the seller agrees', async () => {
    const application = {
      ...{ object_id: 'a', kind: 'return', statement: 'Too small.\nSorry!' },
      items: [{ line: 1, quantity: 1, reason: 'does_not_fit' }],
    };
    const applied = must(await buyer.send('returns', { application }));
    expect(applied).toMatchObject({
      ...{ state: 'applied', freight_payer: 'buyer' },
      amount: { amount_minor: 26_900, currency: 'CNY' },
    });
    expect(applied.risk).toBeUndefined();
    returnId = applied.id;
    expect(must(await buyer.send('returns', { application })).id).toBe(returnId);
    const again = { ...application, object_id: 'b' };
    expect(codeOf(await buyer.send('returns', { application: again }))).toBe('return_quantity_exceeded');
    const seen = must(
      await market.merchant.client.get<Return & { statement: string }>(`/v1/returns/${returnId}`),
    );
    expect(seen.statement).toBe('Too small.\nSorry!');
    const agreed = must(await market.merchant.client.post<Return>(`/v1/returns/${returnId}/agreement`));
    expect(agreed.state).toBe('agreed');
    expect((await buyer.own(returnId)).state).toBe('agreed');
  });

  test('a network that does not serve the buyer or his address is not offered to him, and says no more than that', async () => {
    const where = { position: TOWN };
    const points = async () =>
      must(
        await network
          .client()
          .post<{ points: object[] }>('/v1/return-portal/options', { token, return_id: returnId, where }),
      ).points.length;
    const { country: _, ...withoutCountry } = YIWU.address;
    for (const block of [
      { kind: 'phone', phone: '138 1234 5678', reason: 'abuse', detail: 'shouted' },
      { kind: 'address', address: withoutCountry, reason: 'security_refuse' },
    ]) {
      const made = must(
        await post.client.post<{ id: string }>('/v1/point-blocks', { country: 'CN', ...block }),
      );
      expect(await points()).toBe(0);
      const route = { method: 'point', point_id: office, ...where };
      const chosen = await buyer.send('route', { return_id: returnId, route });
      expect([codeOf(chosen), detailOf(chosen)]).toEqual(['point_does_not_serve', 'The reason is blocked.']);
      const any = await buyer.send('route', { return_id: returnId, route: { method: 'point', ...where } });
      expect([codeOf(any), detailOf(any)]).toEqual(['no_point_fits', 'Of the points near it: 2 blocked.']);
      for (const answer of [chosen, any])
        for (const secret of ['abuse', 'shouted', 'security', post.id])
          expect(JSON.stringify(answer.body)).not.toContain(secret);
      expect((await post.client.send('DELETE', `/v1/point-blocks/${made.id}`)).status).toBe(204);
    }
    expect(await points()).toBe(2);
  });

  test('the nearest counters are offered; the buyer chooses the post office and has a code without a printer', async () => {
    const options = must(
      await network.client().post<{
        points: { point: { id: string; name: string }; distance_meters: number; hours: string[] }[];
        self_post: boolean;
      }>('/v1/return-portal/options', { token, return_id: returnId, where: { position: TOWN } }),
    );
    expect(options.points.map(({ point }) => point.id).sort()).toEqual([office, corner].sort());
    expect(options.self_post).toBe(true);
    const startsAt = options.points.find(({ point }) => point.id === office)?.hours[0];
    const route = { method: 'point', point_id: office, position: TOWN, starts_at: startsAt };
    const routed = must(await buyer.send('route', { return_id: returnId, route }));
    expect(routed).toMatchObject({ state: 'code_issued', route: { method: 'point', point: { id: office } } });
    expect(routed.code?.code).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/);
    expect(routed.code?.qr).toMatch(/^PR1:/);
    expect(routed.code?.qr).not.toContain('Fang');
    // The seller has no business with the code; the buyer\u2019s marketplace may show it.
    const seller = must(await market.merchant.client.get<Return>(`/v1/returns/${returnId}`));
    expect(seller.code).toBeUndefined();
    const client = must(await market.marketplace.client.get<Return>(`/v1/returns/${returnId}`));
    expect(client.code).toEqual(routed.code);
  });

  test('the clerk reads the code, sees the goods and nothing of the buyer, and takes them in', async () => {
    const { code } = await buyer.own(returnId);
    expect(codeOf(await readAtCounter(office, '2222-2222'))).toBe('return_code_wrong');
    const intakePath = `/v1/returns/${returnId}/intake`;
    expect((await post.client.post(intakePath, intakeOf(['is_the_item']))).status).toBe(404);
    const counter = must(await readAtCounter(office, code?.qr ?? ''));
    expect(counter).toMatchObject({
      ...{ return_id: returnId, needs_identity: true, payment: 'collected' },
      carrier_code: 'postroad_express_cn',
    });
    expect(JSON.stringify(counter)).not.toMatch(/Wang|1381234/);
    const { checklist } = counter;
    const refusals = [
      [intakeOf(checklist.slice(1)), 'return_checklist_incomplete'],
      [intakeOf(checklist, { identity: undefined }), 'return_identity_missing'],
      [intakeOf(checklist, { payment: 'insured' }), 'return_payment_mismatch'],
    ] as const;
    for (const [body, reason] of refusals)
      expect(codeOf(await post.client.post(intakePath, body))).toBe(reason);
    const taken = must(
      await post.client.post<{ state: string; number: string }>(intakePath, intakeOf(checklist)),
    );
    expect(taken.state).toBe('accepted_at_point');
    expect(taken.number).toMatch(/^PRC/);
    number = taken.number;
    expect(codeOf(await readAtCounter(office, code?.code ?? ''))).toBe('return_code_wrong');
    expect(await buyer.own(returnId)).toMatchObject({
      intake: { payment: 'collected', document_kind: 'identity_card', weight_grams: 950 },
      parcel: { number, carrier_code: 'postroad_express_cn' },
    });
  });

  test('the label is drawn at the counter, and a courier takes the parcel along', async () => {
    const label = await post.client.post(`/v1/returns/${returnId}/label`);
    expect([label.status, label.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(new TextDecoder('latin1').decode(label.bytes.slice(0, 5))).toBe('%PDF-');
    const shelf = must(
      await post.client.get<{ data: { id: string }[] }>(`/v1/point-returns?point_id=${office}`),
    );
    expect(shelf.data.map(({ id }) => id)).toEqual([returnId]);
    const handed = must(
      await post.client.post<{ handed_over: number }>('/v1/return-handovers', {
        ...{ point_id: office, return_ids: [returnId] },
      }),
    );
    expect(handed.handed_over).toBe(1);
    expect((await buyer.own(returnId)).state).toBe('in_transit');
  });

  test('it travels by its number; the seller has three days from the delivery', async () => {
    await network.settle();
    for (const milestone of ['picked_up', 'out_for_delivery', 'delivered']) {
      await pass(6);
      const scans = [{ number, milestone, occurred_at: instant(hours), place: PLACE }];
      must(await market.carrier.client.post('/v1/scans', { scans }));
      await network.settle();
    }
    const seen = must(await market.merchant.client.get<Return>(`/v1/returns/${returnId}`));
    expect(seen).toMatchObject({ state: 'in_transit', due_at: instant(hours + 72) });
  });

  test('he screens it, and the marketplace is told once to give the money back', async () => {
    must(await market.merchant.client.post(`/v1/returns/${returnId}/receipt`));
    const screening = { items: [{ line: 1, grade: 'ok', quality: 1 }] };
    const path = `/v1/returns/${returnId}/screening`;
    const screened = must(await market.merchant.client.post<Return>(path, screening));
    expect(screened).toMatchObject({
      state: 'refunded',
      refund: { basis: 'screened', amount: { amount_minor: 26_900, currency: 'CNY' } },
    });
    expect(codeOf(await market.merchant.client.post(path, screening))).toBe('return_state_conflict');
    await pass(24 * 30);
    const events = await told(returnId);
    expect(events.map(({ type }) => type)).toEqual([
      'return.applied',
      'return.agreed',
      'return.routed',
      'return.accepted',
      'return.handed_over',
      'return.received',
      'return.screened',
      'return.closed',
      'return.refund_instructed',
    ]);
    expect(events.at(-1)?.data.refund).toEqual({ amount_minor: 26_900, currency: 'CNY' });
    expect(JSON.stringify(events)).not.toMatch(/Wang|Fang|1381234|identity_card/);
  });
});

describe('an exchange', () => {
  let returnId = '';

  test('the seller refuses, the buyer calls the platform, and it decides for him', async () => {
    await deliver('SHOES-1', [SHOES], 28_000);
    token = must(await buyer.open('SHOES-1', { email: 'fang@example.com' })).token;
    const application = {
      ...{ object_id: 'x', kind: 'exchange', wanted: 'One size larger' },
      items: [{ line: 1, quantity: 1, reason: 'does_not_fit' }],
    };
    returnId = must(await buyer.send('returns', { application })).id;
    const refusal = { reason: 'They were worn outside.' };
    must(await market.merchant.client.post(`/v1/returns/${returnId}/refusal`, refusal));
    const act = { action: 'escalate', reason: 'I tried them on at home only.' };
    expect(must(await buyer.send('actions', { return_id: returnId, act })).state).toBe(
      'platform_intervention',
    );
    const decided = must(
      await service.post<Return>(`/v1/returns/${returnId}/decision`, { outcome: 'agree' }),
    );
    expect(decided).toMatchObject({ state: 'agreed', amount: { amount_minor: 14_000 } });
  });

  test('the post office has to close, and the buyer is sent on to the shop around the corner', async () => {
    const route = { method: 'point', point_id: office, position: TOWN };
    const routed = must(await buyer.send('route', { return_id: returnId, route }));
    const decision = { decision: 'suspend', reason: 'The roof is leaking.' };
    must(await operator.post(`/v1/points/${office}/decisions`, decision));
    await network.settle();
    expect(await buyer.own(returnId)).toMatchObject({
      ...{ state: 'code_issued', code: { code: routed.code?.code } },
      route: { point: { id: corner }, reason: 'point_suspended' },
    });
  });

  test('the counter turns other goods away and takes the right ones the next day', async () => {
    const { code } = await buyer.own(returnId);
    const { checklist } = must(await readAtCounter(corner, code?.code ?? ''));
    const reason = { reason: 'not_the_goods' };
    must(await post.client.post(`/v1/returns/${returnId}/counter-refusal`, reason));
    const steps = (await buyer.own(returnId)).steps;
    expect(steps.at(-1)).toMatchObject({ fact: 'turned_away', party: 'point', reason: 'not_the_goods' });
    await pass(24);
    const path = `/v1/returns/${returnId}/intake`;
    expect(codeOf(await post.client.post(path, intakeOf(checklist)))).toBe('return_visit_over');
    must(await readAtCounter(corner, code?.code ?? ''));
    must(await post.client.post(path, intakeOf(checklist)));
    await pass(25);
    const late = await told(returnId);
    expect(late.at(-1)?.type).toBe('return.handover_late');
    must(await post.client.post('/v1/return-handovers', { point_id: corner, return_ids: [returnId] }));
  });

  test('the seller asks which pair instead, sends it, and its delivery ends the exchange', async () => {
    const path = `/v1/returns/${returnId}`;
    must(await market.merchant.client.post(`${path}/receipt`));
    const screening = { items: [{ line: 1, grade: 'ok', quality: 1 }] };
    const screened = must(await market.merchant.client.post<Return>(`${path}/screening`, screening));
    expect(screened).toMatchObject({ state: 'replacement_pending' });
    const question = { action: 'ask_amendment', reason: 'That size is sold out.' };
    must(await market.merchant.client.post(`${path}/replacement`, question));
    const act = { action: 'amend', wanted: 'The same in blue' };
    // Two hours are over: the buyer asks for his page again.
    expect(codeOf(await buyer.send('actions', { return_id: returnId, act }))).toBe('return_order_not_found');
    token = must(await buyer.open('SHOES-1', { email: 'fang@example.com' })).token;
    const amended = must(await buyer.send('actions', { return_id: returnId, act }));
    expect(amended).toMatchObject({ state: 'replacement_pending', wanted: 'The same in blue' });
    const number = 'SF1999999999999';
    const sent = { action: 'send', number, carrier_code: 'sf_express' };
    must(await market.merchant.client.post(`${path}/replacement`, sent));
    for (const milestone of ['picked_up', 'delivered']) {
      await pass(12);
      const scans = [{ number, milestone, occurred_at: instant(hours), place: PLACE }];
      must(await carrier.post('/v1/scans', { scans }));
      await network.settle();
    }
    const ended = must(await market.merchant.client.get<Return>(path));
    expect(ended.state).toBe('success');
    expect(ended.refund).toBeUndefined();
    const types = (await told(returnId)).map(({ type }) => type);
    expect(types).not.toContain('return.refund_instructed');
    expect(types.slice(-2)).toEqual(['return.replacement_sent', 'return.closed']);
  });
});

describe('other ways', () => {
  test('the other pair is faulty: silence of the seller agrees, the buyer posts it himself, silence pays', async () => {
    const returnTo = { ...HANGZHOU, name: 'Returns desk' };
    const settings = (body: object) =>
      market.merchant.client.send<{ return_to?: object }>('PUT', '/v1/return-settings', body);
    must(await settings({ return_to: returnTo }));
    expect(must(await settings({ return_to: null })).return_to).toBeUndefined();
    must(await settings({ return_to: returnTo }));
    // Whoever changes the rest is not shown the address, and does not lose it.
    const kept = must(await settings({ restocking_percent: 10 }));
    expect(kept).toMatchObject({ restocking_percent: 10, return_to: { city: '杭州市' } });
    must(await settings({}));
    token = must(await buyer.open('SHOES-1', { email: 'fang@example.com' })).token;
    const items = [{ line: 1, quantity: 1, reason: 'defective' }];
    const application = { object_id: 'y', kind: 'return', items, picture_ids: [] as string[] };
    expect(codeOf(await buyer.send('returns', { application }))).toBe('return_pictures_missing');
    const text = { picture: Buffer.from('no picture').toString('base64') };
    expect(codeOf(await buyer.send('pictures', text))).toBe('return_picture_unreadable');
    const picture = must(await buyer.send('pictures', { picture: Buffer.from(JPEG).toString('base64') }));
    application.picture_ids.push(picture.id);
    const { id, freight_payer: payer } = must(await buyer.send('returns', { application }));
    expect(payer).toBe('seller');
    const shown = await market.merchant.client.get(`/v1/returns/${id}/pictures/${picture.id}`);
    expect([shown.status, Buffer.from(shown.bytes)]).toEqual([200, Buffer.from(JPEG)]);
    await pass(24 * 5);
    token = must(await buyer.open('SHOES-1', { email: 'fang@example.com' })).token;
    const routed = must(await buyer.send('route', { return_id: id, route: { method: 'self_post' } }));
    expect(routed).toMatchObject({ state: 'routed', route: { method: 'self_post' } });
    expect(JSON.stringify(routed.route)).toContain('Returns desk');
    const number = 'SF1777777777777';
    const act = { action: 'declare_number', number, carrier_code: 'sf_express' };
    expect(must(await buyer.send('actions', { return_id: id, act })).state).toBe('in_transit');
    await pass(24 * 10);
    const ended = must(await market.marketplace.client.get<Return>(`/v1/returns/${id}`));
    expect(ended).toMatchObject({
      ...{ state: 'refunded', refund: { basis: 'time_out', amount: { amount_minor: 14_000 } } },
    });
  });

  test('a lamp is fetched at the door in a window of the carrier, by the same code', async () => {
    const area = {
      ...{
        code: 'yiwu',
        country: 'CN',
        postcode_prefixes: ['322'],
        zone: 'Asia/Shanghai',
        slot: 'two_hours',
      },
      working_hours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from_hour: 8, to_hour: 18 })),
    };
    const staff = market.carrier.client;
    const { id: areaId } = must(await staff.post<{ id: string }>('/v1/pickup-areas', area));
    const daily = Array.from({ length: 10 }, (_, hour) => ({ day: 'daily', hour: 8 + hour, capacity: 1 }));
    const capacities = { mode: 'full', capacities: daily };
    must(await staff.send('PUT', `/v1/pickup-areas/${areaId}/capacities`, capacities));
    const key = { organisation_id: market.carrier.id, role: 'courier', name: 'Chen' };
    const minted = must(await operator.post<{ key: { id: string }; secret: string }>('/v1/api-keys', key));
    const hired = { name: 'Chen', phone_tail: '4321', area_ids: [areaId], api_key_id: minted.key.id };
    must(await staff.post('/v1/couriers', hired));
    const courier = network.client(minted.secret);
    await deliver('LAMP-1', [{ ...JACKET, description_en: 'Floor lamp' }], 19_900);
    token = must(await buyer.open('LAMP-1', { phone_last4: '5678' })).token;
    const items = [{ line: 1, quantity: 1, reason: 'changed_mind' }];
    const application = { object_id: 'z', kind: 'return', items };
    const { id } = must(await buyer.send('returns', { application }));
    must(await market.merchant.client.post(`/v1/returns/${id}/agreement`));
    const options = must(
      await network
        .client()
        .post<{ doors: { area_id: string; starts_at: string; ends_at: string }[] }>(
          '/v1/return-portal/options',
          { token, return_id: id },
        ),
    );
    const [first] = options.doors;
    const route = { method: 'door', area_id: areaId, starts_at: first?.starts_at };
    must(await buyer.send('route', { return_id: id, route }));
    // Nobody came: the hour is free again and the buyer chooses the next one.
    await pass((Date.parse(first?.ends_at ?? '') - Date.parse(instant(hours))) / HOUR + 2.01);
    token = must(await buyer.open('LAMP-1', { phone_last4: '5678' })).token;
    expect((await buyer.own(id)).steps.at(-1)).toMatchObject({ fact: 'route_lost', reason: 'window_missed' });
    const next = options.doors.find(({ starts_at: at }) => Date.parse(at) > Date.parse(instant(hours + 2)));
    const again = { ...route, starts_at: next?.starts_at };
    const { code } = must(await buyer.send('route', { return_id: id, route: again }));
    const visits = must(await courier.get<{ data: { id: string; pieces: number }[] }>('/v1/return-visits'));
    expect(visits.data).toMatchObject([{ id, pieces: 1 }]);
    const door = must(await courier.post<{ name: string }>(`/v1/returns/${id}/contact-reveal`));
    expect(door.name).toBe('Wang Fang');
    const read = must(
      await courier.post<{ checklist: string[] }>('/v1/return-codes/lookup', { code: code?.code }),
    );
    const path = `/v1/returns/${id}/intake`;
    const taken = must(await courier.post<{ state: string; number: string }>(path, intakeOf(read.checklist)));
    expect(taken.state).toBe('collected');
    expect((await courier.post(`/v1/returns/${id}/contact-reveal`)).status).toBe(409);
    await network.settle();
    await pass(2);
    const scans = [
      { number: taken.number, milestone: 'picked_up', occurred_at: instant(hours), place: PLACE },
    ];
    must(await staff.post('/v1/scans', { scans }));
    await network.settle();
    const moving = must(await market.merchant.client.get<Return>(`/v1/returns/${id}`));
    expect(moving.state).toBe('in_transit');
  });

  test('the seller works off what is due first, page by page; each sees who is waited for', async () => {
    type Page = { data: (Return & { changed_at: string })[]; next_cursor?: string };
    const { client } = market.merchant;
    const seen: Page['data'][number][] = [];
    let cursor: string | undefined;
    do {
      const more: string = cursor === undefined ? '' : `&cursor=${cursor}`;
      const page: Page = must(await client.get<Page>(`/v1/returns?order=due&limit=1${more}`));
      seen.push(...page.data);
      cursor = page.next_cursor;
    } while (cursor !== undefined);
    const dues = seen.map((one) => one.due_at ?? one.changed_at);
    expect(dues).toEqual(dues.toSorted());
    const newest = must(await client.get<Page>('/v1/returns?limit=100'));
    expect(seen.map(({ id }) => id).sort()).toEqual(newest.data.map(({ id }) => id).sort());
    const waiting = must(await client.get<Page>('/v1/returns?waits_for=seller'));
    expect(waiting.data.map(({ state }) => state)).toEqual(['in_transit']);
    for (const forged of [Buffer.from('["soon","ret_1"]').toString('base64url'), 'x'])
      expect((await client.get(`/v1/returns?order=due&cursor=${forged}`)).status).toBe(400);
  });

  test('a counter without a network takes goods whose code it cannot read; they are matched, finished, or looked at', async () => {
    const brought = async (reference: string) => {
      await deliver(reference, [JACKET], 9_900);
      token = must(await buyer.open(reference, { email: 'fang@example.com' })).token;
      const items = [{ line: 1, quantity: 1, reason: 'does_not_fit' }];
      const application = { object_id: reference, kind: 'return', items };
      const { id: returnId } = must(await buyer.send('returns', { application }));
      must(await market.merchant.client.post(`/v1/returns/${returnId}/agreement`));
      const route = { method: 'point', point_id: corner, position: TOWN };
      const { code: given } = must(await buyer.send('route', { return_id: returnId, route }));
      return { id: returnId, code: given?.code ?? '' };
    };
    const [{ id, code }, ...others] = [
      await brought('BELT-1'),
      await brought('BELT-2'),
      await brought('BELT-3'),
    ];
    await pass(3);

    type Unread = { id: string; state: string; code: string; return_id?: string; picture_ids: string[] };
    const path = `/v1/points/${corner}/unread-returns`;
    const told = (client_id: string, more: object) => ({
      ...{ device_id: 'counter-phone', client_id, weight_grams: 870, document_kind: 'passport' },
      ...{ occurred_at: instant(hours - 2), note: 'a lady with a belt', ...more },
    });
    const right = told('unread-001', { code });
    const matched = must(await post.client.post<Unread>(path, right));
    expect(matched).toMatchObject({ state: 'matched', return_id: id, picture_ids: [] });
    const mistyped = must(await post.client.post<Unread>(path, told('unread-002', { code: '3333-4444' })));
    expect([mistyped.state, mistyped.code, mistyped.return_id]).toEqual(['open', '3333-4444', undefined]);
    // An answer that was lost: once each, and the wrong code is one try.
    expect(must(await post.client.post<Unread>(path, right)).id).toBe(matched.id);
    const altered = told('unread-001', { code: '3333-4444' });
    expect(codeOf(await post.client.post(path, altered))).toBe('return_unread_misnamed');
    for (let again = 0; again < 6; again += 1)
      must(await post.client.post(path, told('unread-002', { code: '3333-4444' })));

    const pictures = `/v1/unread-returns/${matched.id}/pictures`;
    const send = (bytes: Uint8Array) =>
      post.client.send<{ id: string }>('POST', pictures, bytes, { 'content-type': 'image/jpeg' });
    expect(codeOf(await send(new TextEncoder().encode('no picture')))).toBe('return_picture_unreadable');
    const kept = must(await send(JPEG));
    const shown = await post.client.get(`${pictures}/${kept.id}`);
    expect([shown.status, Buffer.from(shown.bytes)]).toEqual([200, Buffer.from(JPEG)]);
    const list = must(await post.client.get<{ data: Unread[] }>(path)).data;
    expect(list.map((one) => [one.id, one.picture_ids.length]).sort()).toEqual(
      [
        [matched.id, 1],
        [mistyped.id, 0],
      ].sort(),
    );
    const takeIn = async (one: { id: string; code: string }, unread_return_id: string) => {
      const { checklist } = must(await readAtCounter(corner, one.code));
      const intake = intakeOf(checklist, { unread_return_id });
      return post.client.post<{ handover_due_at: string }>(`/v1/returns/${one.id}/intake`, intake);
    };
    for (const other of others) expect(codeOf(await takeIn(other, matched.id))).toBe('return_unread_other');
    // The counter has had the goods since they were taken, and as long as that it may keep them.
    const { handover_due_at: due } = must(await takeIn({ id, code }, matched.id));
    expect(Date.parse(due)).toBe(Date.parse(instant(hours + 22)));
    // Two returns that name the same goods: one has them.
    const unknown = must(await post.client.post<Unread>(path, told('unread-003', { code: '3333-4445' })));
    const raced = await Promise.all(others.map((other) => takeIn(other, unknown.id)));
    expect(raced.map(codeOf).toSorted()).toEqual(['return_unread_ended', undefined]);
    const taken = must(
      await market.merchant.client.get<{
        state: string;
        intake: { picture_ids: string[]; occurred_at: string };
      }>(`/v1/returns/${id}`),
    );
    expect([taken.state, Date.parse(taken.intake.occurred_at)]).toEqual([
      ...['accepted_at_point', Date.parse(instant(hours - 2))],
    ]);
    const [pictureId = ''] = taken.intake.picture_ids;
    const atSeller = await market.merchant.client.get(`/v1/returns/${id}/pictures/${pictureId}`);
    expect(Buffer.from(atSeller.bytes)).toEqual(Buffer.from(JPEG));

    const look = { resolution: 'She came back for it.' };
    const settle = (unread: string) =>
      post.client.post<Unread>(`/v1/unread-returns/${unread}/resolution`, look);
    expect(must(await settle(mistyped.id)).state).toBe('settled');
    for (const ended of [mistyped.id, matched.id])
      expect(codeOf(await settle(ended))).toBe('return_unread_ended');
    expect(must(await post.client.get<{ data: Unread[] }>(path)).data).toEqual([]);
    expect(must(await post.client.get<{ data: Unread[] }>(`${path}?open=false`)).data).toHaveLength(3);
  });

  test('whoever guesses is stopped, whatever he guesses', async () => {
    const codes: (string | undefined)[] = [];
    for (let guess = 0; guess < 12; guess += 1)
      codes.push(codeOf(await buyer.open('JACKET-1', { phone_last4: String(1000 + guess) })));
    expect(codes.slice(0, 8)).toEqual(Array(8).fill('return_order_not_found'));
    expect(codes.at(-1)).toBe('rate_limited');
  });
});
