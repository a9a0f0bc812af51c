import type { PostroadClient } from '@postroad/sdk';
import { reportedStatus } from './buyer.scene.ts';
import { keyHolder, type Scene } from './stage.ts';

export const SENDER = {
  name: '陈明',
  company: 'Lantern Goods',
  phone: '+8613800138000',
  address: {
    country: 'CN',
    division: '浙江省',
    city: '杭州市',
    district: '余杭区',
    postcode: '311100',
    lines: ['文一西路 100 号'],
  },
};
const RECIPIENT = {
  name: '李华',
  phone: '+8613900139000',
  address: {
    country: 'CN',
    division: '上海市',
    city: '上海市',
    district: '徐汇区',
    postcode: '200030',
    lines: ['漕溪北路 88 号'],
  },
};
/** What an attacker may have typed into his shop: shown as text or not at all. */
export const HOSTILE = '<img src=x onerror=console.error("hostile")>"\'{{7*7}}';

export function orderOf(reference: string, more: { readonly name?: string } = {}) {
  return {
    reference,
    channel: 'shopify',
    placed_at: '2026-11-20T08:00:00Z',
    recipient: { ...RECIPIENT, ...more },
    goods: [
      {
        description_en: 'paper lantern',
        description_cn: '纸灯笼',
        quantity: 2,
        unit_value: { amount_minor: 4_900, currency: 'CNY' },
        unit_weight_grams: 400,
      },
    ],
    parcels: [{ weight_grams: 850, size: { length_mm: 240, width_mm: 180, height_mm: 90 } }],
    order_amount: { amount_minor: 9_800, currency: 'CNY' },
    note: HOSTILE,
  };
}

/** Orders in every state that the first minutes bring, one bought shipment, a pickup and a handover. */
export const merchantScene: Scene = async (stage) => {
  const merchant = keyHolder(stage, 'live', 'merchant_admin', 'merchant');
  await merchant.post('/v1/sender-addresses', { body: { label: '杭州仓', party: SENDER, is_default: true } });
  const recorded = await merchant.post('/v1/orders', {
    body: {
      orders: ['L-1001', 'L-1002', 'L-1003', 'L-1004', 'L-1005'].map((reference, index) => ({
        object_id: reference,
        order: orderOf(reference, index === 1 ? { name: HOSTILE.slice(0, 40) } : {}),
      })),
    },
  });
  const [first, second, third, fourth] = recorded.results.map(({ order_id, error }) => {
    if (order_id === undefined) throw new Error(`an order was refused: ${JSON.stringify(error)}`);
    return order_id;
  });
  const pickupArea = await openPickups(keyHolder(stage, 'live', 'carrier', 'postroad_express_cn'));
  const bought = await merchant.post('/v1/shipments/batch', {
    body: {
      lines: [third, fourth].map((order_id, index) => ({
        object_id: String(index),
        order_id: order_id ?? '',
        choose: 'cheapest' as const,
        handover: index === 0 ? ('door_pickup' as const) : ('drop_off' as const),
      })),
    },
  });
  const [shipment, dropped] = bought.results.map((result) => {
    if (result.shipment === undefined) throw new Error(`not bought: ${JSON.stringify(result.error)}`);
    return result.shipment;
  });
  const report = await reportedStatus(stage, merchant, shipment?.parcels[0]?.id ?? '');
  const handover = await merchant.post('/v1/handovers', {
    body: { kind: 'self_send', parcel_ids: dropped?.parcels.map(({ id }) => id) ?? [] },
  });
  const bag = await merchant.post('/v1/handovers/{handover_id}/bags', {
    params: { path: { handover_id: handover.id } },
    body: { code: 'HZ-0417' },
  });
  const hook = await merchant.post('/v1/webhook-endpoints', {
    body: { url: 'https://shop.example/postroad', description: 'Shop' },
  });
  await merchant.post('/v1/invitations', {
    body: { email: 'new.clerk@shop.example', role: 'merchant_clerk' },
  });
  return {
    order: first ?? '',
    hostile_order: second ?? '',
    shipment: shipment?.id ?? '',
    status_report: report,
    dropped: dropped?.id ?? '',
    handover: handover.id,
    bag: bag.id,
    webhook: hook.endpoint.id,
    pickup_area: pickupArea,
  };
};

async function openPickups(carrier: PostroadClient): Promise<string> {
  const area = await carrier.post('/v1/pickup-areas', {
    body: {
      code: 'HZ',
      country: 'CN',
      zone: 'Asia/Shanghai',
      working_hours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from_hour: 8, to_hour: 20 })),
    },
  });
  await carrier.put('/v1/pickup-areas/{area_id}/capacities', {
    params: { path: { area_id: area.id } },
    body: {
      mode: 'full',
      capacities: Array.from({ length: 12 }, (_, index) => ({
        day: 'daily' as const,
        hour: 8 + index,
        capacity: 20,
      })),
    },
  });
  return area.id;
}
