import { createPostroadClient, type PostroadClient } from '@postroad/sdk';
import { keyHolder, type Scene } from './stage.ts';

export const BUYER = {
  name: 'Lucía Ortega',
  phone: '+34954123456',
  email: 'lucia@example.com',
  address: { country: 'ES', city: 'Sevilla', postcode: '41001', lines: ['Calle Sierpes 12'] },
};
const SELLER = {
  name: 'Nordhafen Versand',
  phone: '+4930901820',
  email: 'hafen@example.com',
  address: { country: 'DE', city: 'Hamburg', postcode: '20095', lines: ['Mönckebergstrasse 7'] },
};
export const GOODS = [
  {
    description_en: 'Compass',
    quantity: 1,
    unit_value: { amount_minor: 2_500, currency: 'EUR' },
    unit_weight_grams: 700,
  },
];
/** What a carrier's system may write where a city belongs. */
export const HOSTILE_CITY = '<img src=x onerror=alert(1)>';

/** One piece; the order comes in three. */
const PIECE = { weight_grams: 800, size: { length_mm: 200, width_mm: 150, height_mm: 80 } };

/**
 * Three parcels of an order from Hamburg to Seville in the test world, whose clock may be moved: one a day and a half under
 * way and then held, one delivered, one announced.
 */
export const buyerScene: Scene = async (stage) => {
  const { network } = stage;
  const as = (role: string, organisation: string) => keyHolder(stage, 'test', role, organisation);
  const merchant = as('merchant_admin', 'merchant_de');
  const carrier = as('carrier', 'postroad_express_eu');
  const operator = as('operator', 'operator');
  const { offers } = await merchant.post('/v1/offers', {
    body: {
      from: { country: 'DE', postcode: '20095', city: 'Hamburg' },
      to: { country: 'ES', postcode: '41001', city: 'Sevilla' },
      parcels: [PIECE, PIECE, PIECE],
      goods: [{ goods_class: 'normal', quantity: 1, unit_value: { amount_minor: 2_500, currency: 'EUR' } }],
      order_amount: { amount_minor: 2_500, currency: 'EUR' },
    },
  });
  const bought = await merchant.post('/v1/shipments', {
    body: {
      offer_id: offers[0]?.offer_id ?? '',
      order_ref: 'buyer-1',
      sender: SELLER,
      recipient: BUYER,
      goods: GOODS,
      handover: 'drop_off',
    },
  });
  const [parcel, sister, announced] = bought.parcels;
  if (parcel === undefined || sister === undefined || announced === undefined)
    throw new Error('bought without parcels');
  // Tracking learns of the parcel from the purchase's event.
  await network.settle();
  const start = Date.parse((await operator.get('/v1/test/clock')).now);
  const at = (hours: number) => new Date(start + hours * 3_600_000).toISOString();
  await operator.post('/v1/test/clock', { body: { now: at(60), running: false } });
  const scan = (milestone: string, hours: number, country: string, city: string) => ({
    number: parcel.number,
    milestone,
    occurred_at: at(hours),
    place: { country, city },
  });
  const receipts = await carrier.post('/v1/scans', {
    body: {
      scans: [
        scan('picked_up', 2, 'DE', 'Hamburg'),
        scan('in_transit_local', 14, 'DE', 'Frankfurt am Main'),
        scan('in_transit_local', 28, 'FR', 'Lyon'),
        scan('in_transit_local', 38, 'ES', HOSTILE_CITY),
        scan('arrived_delivery_depot', 44, 'ES', 'Sevilla'),
        { ...scan('picked_up', 2, 'DE', 'Hamburg'), number: sister.number },
        { ...scan('out_for_delivery', 45, 'ES', 'Sevilla'), number: sister.number },
        { ...scan('delivered', 47, 'ES', 'Sevilla'), number: sister.number },
        { ...scan('delivery_attempted', 48, 'ES', 'Sevilla'), code: 'delivery_attempted.recipient_absent' },
      ].map(({ milestone, ...rest }) => ('code' in rest ? rest : { ...rest, milestone })),
    },
  });
  if (receipts.refused > 0) throw new Error(`scans were refused: ${JSON.stringify(receipts.data)}`);
  const link = await merchant.post('/v1/parcels/{parcel_id}/links', {
    params: { path: { parcel_id: parcel.id } },
  });
  return {
    ...{ buyer_link: link.token, buyer_parcel: parcel.id, buyer_parcel_number: parcel.number },
    ...{ sister_parcel: sister.id, sister_number: sister.number, announced_number: announced.number },
  };
};

/** Its buyer says of a parcel that something is not right; answers the id of the report. */
export async function reportedStatus(
  { network, baseUrl }: Parameters<Scene>[0],
  merchant: PostroadClient,
  parcelId: string,
): Promise<string> {
  // Tracking learns of the parcel from the purchase's event.
  await network.settle();
  const { token } = await merchant.post('/v1/parcels/{parcel_id}/links', {
    params: { path: { parcel_id: parcelId } },
  });
  const buyer = createPostroadClient({ baseUrl });
  await buyer.post('/v1/track/reports', {
    body: { token, kind: 'other', parcel: 0, text: 'The shop told me it was picked up yesterday.' },
  });
  const { data } = await merchant.get('/v1/status-reports', { params: { query: { parcel_id: parcelId } } });
  return data[0]?.id ?? '';
}
