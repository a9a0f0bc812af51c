import type { PostroadClient } from '../client.ts';
import { RefusedError } from './exit.ts';
import { moneyText, type Output } from './output.ts';

const FROM = { country: 'CN', division: '浙江省', city: '杭州市', postcode: '311100' };
const TO = { country: 'CN', division: '上海市', city: '上海市', postcode: '200030' };

/** Buys a parcel within China from the demo's first merchant with test money. Answers the ids of its waybills. */
export async function buyDemoParcel(client: PostroadClient, output: Output): Promise<string[]> {
  const orderRef = `demo-${crypto.randomUUID().slice(0, 8)}`;
  const { offers, refused } = await client.post('/v1/offers', {
    body: {
      order_ref: orderRef,
      from: FROM,
      to: TO,
      parcels: [{ weight_grams: 850, size: { length_mm: 240, width_mm: 180, height_mm: 90 } }],
      goods: [
        {
          goods_class: 'normal',
          quantity: 2,
          unit_value: { amount_minor: 4_900, currency: 'CNY' },
          unit_weight_grams: 400,
        },
      ],
    },
  });
  const best = offers[0];
  if (best === undefined) {
    const reasons = refused.map((line) => `${line.line_code}: ${line.reasons[0]?.message ?? ''}`);
    throw new RefusedError(`refused: no line takes the demo parcel.\n  ${reasons.join('\n  ')}`);
  }
  const shipment = await client.post('/v1/shipments', {
    body: {
      offer_id: best.offer_id,
      order_ref: orderRef,
      sender: {
        name: '陈明',
        company: 'Lantern Goods',
        phone: '+8613800138000',
        address: { ...FROM, district: '余杭区', lines: ['文一西路 100 号'] },
      },
      recipient: {
        name: '李华',
        phone: '+8613900139000',
        address: { ...TO, district: '徐汇区', lines: ['漕溪北路 88 号'] },
      },
      goods: [
        {
          description_en: 'paper lantern',
          description_cn: '纸灯笼',
          quantity: 2,
          unit_value: { amount_minor: 4_900, currency: 'CNY' },
          unit_weight_grams: 400,
        },
      ],
      handover: best.handover_choices[0] ?? 'drop_off',
    },
  });
  const total = moneyText(best.total);
  output.note(`bought ${shipment.id} on ${best.line_code} for ${total} (test money)\n`);
  return shipment.parcels.map((parcel) => parcel.waybill_id);
}
