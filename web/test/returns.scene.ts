import { createPostroadClient, type PostroadClient } from '@postroad/sdk';
import { pointApplication } from '../../network/points/points.fixture.ts';
import { HOSTILE } from './merchant.scene.ts';
import { photoPng } from './photo.fixture.ts';
import { keyHolder, type Scene, type Stage } from './stage.ts';

const HOUR = 3_600_000;
/** The buyer of all these orders, in a county town. */
export const RETURNING_BUYER = {
  name: 'Wang Fang',
  phone: '+8613812345678',
  email: 'fang@example.com',
  address: {
    country: 'CN',
    division: '浙江省',
    city: '金华市',
    district: '义乌市',
    postcode: '322000',
    lines: ['稠城街道 1 号'],
  },
};
const RETURNS_DESK = {
  name: 'Returns desk',
  phone: '+8657187654321',
  address: {
    country: 'CN',
    division: '浙江省',
    city: '杭州市',
    district: '余杭区',
    postcode: '311121',
    lines: ['文一西路 969 号'],
  },
};
/** Two in one street, one at the other end of the town. */
const COUNTERS = [
  ['yw-1', '稠城邮政所', 29.3056, 120.075],
  ['yw-2', '街角小店', 29.3061, 120.0756],
  ['yw-3', '福田服务站', 29.335, 120.1],
] as const;
const TOWN = { city: '金华市', postcode: '322000', division_codes: ['330000', '330700', '330782'] };

export type ReturnsSet = Omit<Stage, 'facts' | 'stop'>;
type Goods = readonly (readonly [name: string, quantity: number, priceMinor: number])[];

/** A point network of a town with a key of its office. */
async function openPost(
  operator: PostroadClient,
  baseUrl: string,
): Promise<{ key: string; post: PostroadClient }> {
  const { id } = await operator.post('/v1/organisations', {
    body: { kind: 'point_operator', name: 'Village Post', country: 'CN' },
  });
  const { secret: key } = await operator.post('/v1/api-keys', {
    body: { organisation_id: id, role: 'point_staff', name: 'office' },
  });
  await operator.put('/v1/point-networks/{organisation_id}/contract', {
    params: { path: { organisation_id: id } },
    body: {
      number: 'VILLAGE-1',
      needs_documents: false,
      needs_site_check: false,
      valid_from: new Date(Date.now() - 24 * HOUR).toISOString(),
    },
  });
  return { key, post: createPostroadClient({ baseUrl, key }) };
}

async function openCounters(operator: PostroadClient, post: PostroadClient): Promise<string[]> {
  const ids: string[] = [];
  for (const [code, name, latitude, longitude] of COUNTERS) {
    const place = { ...TOWN, name, position: { latitude, longitude } };
    const { id } = await post.post('/v1/points', { body: pointApplication(code, place) as never });
    for (const decision of ['accept_application', 'complete_training'] as const)
      await operator.post('/v1/points/{point_id}/decisions', {
        params: { path: { point_id: id } },
        body: { decision },
      });
    ids.push(id);
  }
  return ids;
}

/** Orders of a merchant that the buyer has had in his hands since yesterday. Answers their ids by reference. */
export async function deliverOrders(
  { network }: Pick<ReturnsSet, 'network'>,
  merchant: PostroadClient,
  carrier: PostroadClient,
  orders: Readonly<Record<string, Goods>>,
): Promise<Readonly<Record<string, string>>> {
  const at = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString();
  const references = Object.keys(orders);
  const made = await merchant.post('/v1/orders', {
    body: {
      orders: references.map((reference) => ({
        object_id: reference,
        order: {
          reference,
          placed_at: at(-96),
          paid_at: at(-96),
          sender: RETURNS_DESK,
          recipient: RETURNING_BUYER,
          goods: (orders[reference] ?? []).map(([description_en, quantity, amount_minor]) => ({
            description_en,
            quantity,
            unit_weight_grams: 600,
            unit_value: { amount_minor, currency: 'CNY' },
          })),
        },
      })),
    },
  });
  const numbers = references.map((_, index) => `SF1${String(Date.now() + index).slice(-12)}`);
  await merchant.post('/v1/external-shipments', {
    body: {
      shipments: references.map((reference, index) => ({
        object_id: reference,
        shipment: {
          order_reference: reference,
          carrier_code: 'sf_express',
          number: numbers[index] ?? '',
          send_type: 'all' as const,
          shipped_at: at(-72),
          ship_from_country: 'CN',
        },
      })),
    },
  });
  await network.settle();
  for (const [milestone, hours] of [
    ['picked_up', -70],
    ['out_for_delivery', -26],
    ['delivered', -24],
  ] as const) {
    const place = { country: 'CN', city: '金华市', postcode: '322000' };
    const receipts = await carrier.post('/v1/scans', {
      body: { scans: numbers.map((number) => ({ number, milestone, occurred_at: at(hours), place })) },
    });
    if (receipts.refused > 0) throw new Error(`scans were refused: ${JSON.stringify(receipts.data)}`);
    await network.settle();
  }
  return Object.fromEntries(
    made.results.map(({ object_id, order_id = '' }) => [object_id, order_id] as const),
  );
}

/** Applies in the portal as a buyer does, with one picture. */
async function applyFor(
  buyer: PostroadClient,
  orderNumber: string,
  more: {
    readonly kind: 'return' | 'exchange' | 'refund_only';
    readonly reason: string;
    readonly statement: string;
  },
) {
  const { token } = await buyer.post('/v1/return-portal', {
    body: { order_number: orderNumber, email: RETURNING_BUYER.email, world: 'live' },
  });
  const picture = photoPng().toString('base64');
  const { id } = await buyer.post('/v1/return-portal/pictures', { body: { token, picture } });
  const { reason, ...rest } = more;
  const application = {
    ...rest,
    object_id: 'a',
    items: [{ line: 1, quantity: 1, reason }],
    picture_ids: [id],
    ...(more.kind === 'exchange' ? { wanted: 'One size larger' } : {}),
  };
  const applied = await buyer.post('/v1/return-portal/returns', { body: { token, application } });
  return { token, id: applied.id };
}

/** Counters in a town, and returns in the states that desks work on. */
export const returnsScene: Scene = async (stage) => {
  const { baseUrl, network } = stage;
  const merchant = keyHolder(stage, 'live', 'merchant_admin', 'merchant');
  const operator = keyHolder(stage, 'live', 'operator', 'operator');
  const { key, post } = await openPost(operator, baseUrl);
  const [office = ''] = await openCounters(operator, post);
  const { id: carrierId } = await operator.post('/v1/organisations', {
    body: { kind: 'carrier', name: 'SF', country: 'CN', carrier_code: 'sf_express' },
  });
  const minted = await operator.post('/v1/api-keys', {
    body: { organisation_id: carrierId, role: 'carrier', name: 'scans' },
  });
  const carrier = createPostroadClient({ baseUrl, key: minted.secret });
  const orders = await deliverOrders(stage, merchant, carrier, {
    'WALK-1': [
      ['Down jacket', 1, 29_900],
      ['Wool socks', 3, 1_900],
    ],
    'WALK-2': [['Hiking boots', 1, 39_900]],
    'RET-1': [['Rain coat', 2, 15_900]],
    'RET-2': [['Running shoes', 1, 29_900]],
    'RET-3': [['Desk lamp', 1, 18_900]],
  });
  await merchant.put('/v1/return-settings', {
    body: { return_to: RETURNS_DESK, free_returns: false, carrier_code: 'postroad_express_cn' },
  });
  const buyer = createPostroadClient({ baseUrl });
  const applied = await applyFor(buyer, 'RET-1', {
    ...{ kind: 'return', reason: 'damaged', statement: `The zip is broken.\n${HOSTILE}` },
  });
  const disputed = await applyFor(buyer, 'RET-2', {
    ...{ kind: 'exchange', reason: 'does_not_fit', statement: 'Too small.' },
  });
  const path = (return_id: string) => ({ params: { path: { return_id } } });
  await merchant.post('/v1/returns/{return_id}/refusal', {
    ...path(disputed.id),
    body: { reason: 'They were worn outside.' },
  });
  await buyer.post('/v1/return-portal/actions', {
    body: {
      token: disputed.token,
      return_id: disputed.id,
      act: { action: 'escalate', reason: 'I tried them on at home only.' },
    },
  });
  const received = await receivedReturn({ buyer, merchant, post, office });
  await network.settle();
  return {
    return_applied: applied.id,
    return_disputed: disputed.id,
    return_received: received,
    returns_order: orders['WALK-1'] ?? '',
    returns_counter: office,
    returns_counter_key: key,
  };
};

/** Brought to a counter, carried back, and with the seller, who has to look at it. */
async function receivedReturn(of: {
  readonly buyer: PostroadClient;
  readonly merchant: PostroadClient;
  readonly post: PostroadClient;
  readonly office: string;
}): Promise<string> {
  const { buyer, merchant, post, office } = of;
  const { id, token } = await applyFor(buyer, 'RET-3', {
    ...{ kind: 'return', reason: 'changed_mind', statement: 'It is too bright.' },
  });
  const one = { params: { path: { return_id: id } } };
  await merchant.post('/v1/returns/{return_id}/agreement', one);
  const routed = await buyer.post('/v1/return-portal/route', {
    body: { token, return_id: id, route: { method: 'point', point_id: office } },
  });
  await takeIn(post, office, id, routed.code?.qr ?? '');
  await post.post('/v1/return-handovers', { body: { point_id: office, return_ids: [id] } });
  await merchant.post('/v1/returns/{return_id}/receipt', one);
  return id;
}

/** What a clerk does when a buyer shows his code. */
export async function takeIn(
  post: PostroadClient,
  pointId: string,
  returnId: string,
  code: string,
  payment: 'collected' | 'seller_account' = 'collected',
): Promise<{ readonly state: string }> {
  const { checklist } = await post.post('/v1/return-codes/lookup', { body: { point_id: pointId, code } });
  return post.post('/v1/returns/{return_id}/intake', {
    params: { path: { return_id: returnId } },
    body: {
      items: [
        {
          line: 1,
          finding: 'as_described',
          checks: Object.fromEntries(checklist.map((name) => [name, true])),
        },
      ],
      weight_grams: 950,
      identity: { document_kind: 'identity_card' },
      payment,
      freight: { amount_minor: payment === 'collected' ? 1_200 : 0, currency: 'CNY' },
    },
  });
}
