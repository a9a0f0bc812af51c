import type { PostroadClient } from '@postroad/sdk';
import { orderOf, SENDER } from './merchant.scene.ts';
import { keyHolder, type Scene } from './stage.ts';

type Set = Parameters<Scene>[0];
const DAY_MS = 86_400_000;
const before = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();
const consent = (days: number) => ({
  ...({ given_by: 'recipient', channel: 'checkout', wording: '2026-11' } as const),
  given_at: before(days),
});

/** A station of the demo's point network that is open for business: parcels on their way to it and on its shelf. */
export const counterScene: Scene = async (stage) => {
  const post = keyHolder(stage, 'live', 'point_staff', 'point');
  const pointId = await openPoint(stage, 'HZ-015', '文三路驿站');
  const [first, second, third] = await announce(stage, pointId, [
    'PT100001',
    'PT100002',
    'PT100003',
    'PT100004',
  ]);
  const params = { path: { point_id: pointId } };
  for (const [number, place] of [
    ['PT100001', '15-1'],
    ['PT100002', '15-1'],
  ] as const)
    await post.post('/v1/points/{point_id}/shelf-parcels', { params, body: { number, place } });
  return {
    point: pointId,
    point_first: first ?? '',
    point_second: second ?? '',
    point_third: third ?? '',
  };
};

/** An outlet of the demo's point network, in its trial. */
export async function openPoint(stage: Set, outletCode: string, name: string): Promise<string> {
  const post = keyHolder(stage, 'live', 'point_staff', 'point');
  const operator = keyHolder(stage, 'live', 'operator', 'operator');
  const { organisation } = await post.get('/v1/me');
  await operator.put('/v1/point-networks/{organisation_id}/contract', {
    params: { path: { organisation_id: organisation.id } },
    body: { number: 'C-1', needs_documents: false, needs_site_check: false, valid_from: before(30) },
  });
  const { id } = await post.post('/v1/points', {
    body: {
      ...{ outlet_code: outletCode, name, kind: 'station', country: 'CN', city: '杭州市' },
      ...{ postcode: '310012', address_lines: ['文三路 100 号'], zone: 'Asia/Shanghai' },
      ...{ services: ['collect', 'return', 'mail'], position: { latitude: 30.2741, longitude: 120.1551 } },
      hours: [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, opens: '00:00', closes: '24:00' })),
      capacity: { per_hour: { collect: 20, return: 10, mail: 10 }, shelf: 60 },
    },
  });
  const params = { path: { point_id: id } };
  for (const decision of ['accept_application', 'complete_training'] as const)
    await operator.post('/v1/points/{point_id}/decisions', { params, body: { decision } });
  return id;
}

/** Answers the ids that the parcels have at the point. */
async function announce(
  stage: Set,
  pointId: string,
  numbers: readonly string[],
  /** What the goods cost on delivery, in fen. */
  cash?: number,
): Promise<string[]> {
  const marketplace = keyHolder(stage, 'live', 'marketplace_staff', 'marketplace');
  const names = ['王芳', '李华', 'Katharina Lindner', '欧阳建国'];
  const batch = await marketplace.post('/v1/point-deliveries', {
    body: {
      parcels: numbers.map((number, index) => ({
        object_id: number,
        parcel: {
          ...{ point_id: pointId, number, consent: consent(1) },
          ...(cash === undefined ? {} : { cash_on_delivery: { amount_minor: cash, currency: 'CNY' } }),
          recipient: { name: names[index % names.length] ?? '', phone: `+86138123456${70 + index}` },
        },
      })),
    },
  });
  return batch.results.map(({ shelf_parcel_id, error }) => {
    if (shelf_parcel_id === undefined) throw new Error(`not announced: ${JSON.stringify(error)}`);
    return shelf_parcel_id;
  });
}

/** An order that its buyer has and sends back by this counter: its return with the code that he shows. */
export async function returnTo(
  stage: Set,
  pointId: string,
  reference: string,
): Promise<{ readonly id: string; readonly code: string; readonly qr: string }> {
  const merchant = keyHolder(stage, 'live', 'merchant_admin', 'merchant');
  const orderId = await delivered(stage, merchant, reference);
  const applied = await merchant.post('/v1/orders/{order_id}/returns', {
    params: { path: { order_id: orderId } },
    body: {
      ...{ object_id: reference, kind: 'return' },
      items: [{ line: 1, quantity: 1, reason: 'does_not_fit' }],
    },
  });
  const params = { path: { return_id: applied.id } };
  if (applied.state === 'applied') await merchant.post('/v1/returns/{return_id}/agreement', { params });
  const marketplace = keyHolder(stage, 'live', 'marketplace_staff', 'marketplace');
  await marketplace.post('/v1/returns/{return_id}/route', {
    params,
    body: { method: 'point', point_id: pointId },
  });
  const { code } = await marketplace.get('/v1/returns/{return_id}', { params });
  if (code === undefined) throw new Error('the return has no code');
  return { id: applied.id, code: code.code, qr: code.qr };
}

async function delivered(stage: Set, merchant: PostroadClient, reference: string): Promise<string> {
  const recorded = await merchant.post('/v1/orders', {
    body: {
      orders: [
        { object_id: reference, order: { ...orderOf(reference), sender: SENDER, placed_at: before(3) } },
      ],
    },
  });
  const order_id = recorded.results[0]?.order_id ?? '';
  const bought = await merchant.post('/v1/shipments/batch', {
    body: { lines: [{ object_id: '0', order_id, choose: 'cheapest', handover: 'drop_off' }] },
  });
  const { shipment, error } = bought.results[0] ?? {};
  if (shipment === undefined) throw new Error(`not bought: ${JSON.stringify(error)}`);
  await stage.network.settle();
  const warehouse = keyHolder(stage, 'live', 'warehouse_staff', 'warehouse_cn');
  const params = { path: { shipment_id: shipment.id } };
  const parcels = shipment.parcels.map(({ id, weight_grams }) => ({ parcel_id: id, weight_grams }));
  await warehouse.post('/v1/shipments/{shipment_id}/inbound', { params, body: { parcels } });
  await warehouse.post('/v1/shipments/{shipment_id}/outbound', { params, body: {} });
  await warehouse.post('/v1/shipments/{shipment_id}/dispatch', { params, body: {} });
  await stage.network.settle();
  const [{ number } = { number: '' }] = shipment.parcels;
  const carrier = keyHolder(stage, 'live', 'carrier', 'postroad_express_cn');
  const place = { country: 'CN', city: '上海市' };
  for (const milestone of ['picked_up', 'out_for_delivery', 'delivered'] as const) {
    const scan = { number, milestone, occurred_at: new Date().toISOString(), place };
    const receipts = await carrier.post('/v1/scans', { body: { scans: [scan] } });
    if (receipts.refused > 0) throw new Error(`scans were refused: ${JSON.stringify(receipts.data)}`);
    await stage.network.settle();
  }
  return order_id;
}

/** What the law of China asks of a counter, done. */
export const SEEN = {
  document_kind: 'identity_card',
  checks: { opened_before_sender: true, nothing_prohibited: true, packed_safely: true },
  inspection_mark: 'YJ-0001',
  price_list_shown: true,
};

/** A parcel that somebody sends by this counter, ordered by the marketplace's app; he pays at the counter. */
export async function mailingTo(
  stage: Set,
  pointId: string,
  object_id: string,
): Promise<{ readonly id: string; readonly code: string; readonly qr: string }> {
  const app = keyHolder(stage, 'live', 'marketplace_staff', 'marketplace');
  const address = (city: string, postcode: string, line: string) => ({
    ...{ country: 'CN', division: '浙江省', city, postcode, lines: [line] },
  });
  const sender = {
    name: '王芳',
    phone: '+8613812345678',
    address: address('杭州市', '310012', '文三路 90 号'),
  };
  const recipient = {
    ...{ name: '李伟', phone: '+8657187654321' },
    address: address('金华市', '322000', '稠城街道 1 号'),
  };
  const { offers } = await app.post('/v1/mailing-quotes', {
    body: {
      from: { country: 'CN', city: '杭州市', postcode: '310012' },
      to: { country: 'CN', city: '金华市', postcode: '322000' },
      weight_grams: 1_900,
    },
  });
  const [offer] = offers;
  if (offer === undefined) throw new Error('no line takes the mailing');
  const { id, code } = await app.post('/v1/mailings', {
    body: {
      ...{ object_id, sender, recipient, goods: { description: '火腿' }, line_code: offer.line_code },
      ...{ parcel: { weight_grams: 1_900 }, agreed_total: offer.total, payment: 'counter' as const },
      handover: { method: 'point', point_id: pointId },
    } as never,
  });
  if (code === undefined) throw new Error('the mailing has no code');
  return { id, code: code.code, qr: code.qr };
}

/** For screens: also something overdue, something broken, a conflict, and a return that waits for the courier. */
export const pointScene: Scene = async (stage) => {
  const facts = await counterScene(stage);
  const pointId = facts.point ?? '';
  const post = keyHolder(stage, 'live', 'point_staff', 'point');
  const params = { path: { point_id: pointId } };
  const recipient = { name: '赵敏', phone: '+8613900139001' };
  const stored = (number: string, place: string, days: number) => ({
    ...({ client_id: `scene-${number}`, kind: 'store', number, place } as const),
    ...{ occurred_at: before(days), recipient, consent: { ...consent(days), given_at: before(days) } },
  });
  const left = { kind: 'hand_out', number: 'PT900009', way: 'code', code: '1-1-1' } as const;
  const { results } = await post.post('/v1/points/{point_id}/sync', {
    params,
    body: {
      device_id: 'scene-device',
      actions: [
        stored('PT200001', '2-1', 8),
        stored('PT200002', '2-2', 6),
        stored('PT200003', '3-1', 2),
        stored('PT200004', '10-2', 1),
        { ...left, client_id: 'scene-conflict', occurred_at: before(0.1) },
      ],
    },
  });
  const idOf = (number: string) =>
    results.find((one) => one.client_id === `scene-${number}`)?.shelf_parcel_id ?? '';
  const path = (number: string) => ({ params: { path: { shelf_parcel_id: idOf(number) } } });
  await post.post('/v1/shelf-parcels/{shelf_parcel_id}/exception', {
    ...path('PT200003'),
    body: { exception: 'damaged' },
  });
  await post.post('/v1/shelf-parcels/{shelf_parcel_id}/return', {
    ...path('PT200004'),
    body: { reason: 'refused_by_recipient' },
  });
  const taken = await returnTo(stage, pointId, 'R-2001');
  await takeIn(post, pointId, taken);
  await mailingTo(stage, pointId, 'M-2001');
  const sent = await mailingTo(stage, pointId, 'M-2002');
  await post.post('/v1/mailing-codes/lookup', { body: { point_id: pointId, code: sent.code } });
  const found = { goods_class: 'normal' as const, measured: { weight_grams: 1_850 } };
  const mailing = { params: { path: { mailing_id: sent.id } } };
  const price = await post.post('/v1/mailings/{mailing_id}/counter-price', { ...mailing, body: found });
  const payment = { method: 'cash' as const, amount: price.to_collect as never };
  await post.post('/v1/mailings/{mailing_id}/intake', { ...mailing, body: { ...SEEN, ...found, payment } });
  await post.post('/v1/points/{point_id}/unread-returns', {
    params: { path: { point_id: pointId } },
    body: {
      ...{ device_id: 'counter-phone', client_id: 'unread-0001', code: '3333-4444', weight_grams: 640 },
      ...{ note: '红色纸灯笼', occurred_at: new Date(Date.now() - 3_600_000).toISOString() },
    },
  });
  await paidGoods(stage, post, pointId);
  return { counter: pointId, point_overdue: idOf('PT200001') };
};

/** Goods that were paid for at the counter, and others of whose money a device said nothing. */
async function paidGoods(stage: Set, post: PostroadClient, pointId: string): Promise<void> {
  const amount = { amount_minor: 12_900, currency: 'CNY' };
  const point = { params: { path: { point_id: pointId } } };
  const [paid] = await announce(stage, pointId, ['PT300001', 'PT300002'], amount.amount_minor);
  for (const number of ['PT300001', 'PT300002'])
    await post.post('/v1/points/{point_id}/shelf-parcels', { ...point, body: { number, place: '12-1' } });
  await post.post('/v1/shelf-parcels/{shelf_parcel_id}/hand-out', {
    params: { path: { shelf_parcel_id: paid ?? '' } },
    body: { way: 'identity', cash: { method: 'cash', amount } },
  });
  const occurred_at = new Date().toISOString();
  const unpaid = { kind: 'hand_out', number: 'PT300002', way: 'identity' } as const;
  await post.post('/v1/points/{point_id}/sync', {
    ...point,
    body: { device_id: 'scene-device', actions: [{ ...unpaid, client_id: 'scene-unpaid', occurred_at }] },
  });
}

async function takeIn(
  post: PostroadClient,
  pointId: string,
  { id, code }: { readonly id: string; readonly code: string },
): Promise<void> {
  const opened = await post.post('/v1/return-codes/lookup', { body: { point_id: pointId, code } });
  await post.post('/v1/returns/{return_id}/intake', {
    params: { path: { return_id: id } },
    body: {
      items: opened.items.map(({ line }) => ({
        ...{ line, finding: 'as_described' as const },
        checks: Object.fromEntries(opened.checklist.map((check) => [check, true])),
      })),
      ...{ weight_grams: 850, identity: { document_kind: 'identity_card' }, payment: opened.payment },
      freight: { amount_minor: 1_200, currency: 'CNY' },
    },
  });
}
