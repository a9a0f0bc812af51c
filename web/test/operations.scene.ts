import { createPostroadClient, type PostroadClient } from '@postroad/sdk';
import { keyHolder, type Scene, type Stage } from './stage.ts';

/** What a carrier's system or a merchant may write: shown as text or not at all. */
export const HOSTILE = '<img src=x onerror=console.error("hostile")>';
/** Who gets the parcels under way. */
export const SEARCHED = 'Ximena Zaldívar-Okonkwo';
export const PHONE = '+34954123456';

const SELLER = {
  name: 'Nordhafen Versand',
  phone: '+4930901820',
  address: { country: 'DE', city: 'Hamburg', postcode: '20095', lines: ['Mönckebergstrasse 7'] },
};
const SEVILLA = { country: 'ES', city: 'Sevilla', postcode: '41001', lines: ['Calle Sierpes 12'] };
const BUYERS = [
  SEVILLA,
  { country: 'FR', city: 'Lyon', postcode: '69002', lines: ['12 rue Mercière'] },
  { country: 'IT', city: 'Milano', postcode: '20121', lines: ['Via Brera 4'] },
];

/** Parcels under way from Hamburg, one that nobody has announced, and a payment large enough for four eyes. */
export const operationsScene: Scene = async ({ baseUrl, principals, network }) => {
  const as = (role: string, organisation: string): PostroadClient => {
    const found = principals.find(
      (one) => one.world === 'live' && one.role === role && one.organisation === organisation,
    );
    if (found === undefined) throw new Error(`the demo has no ${role} of ${organisation}`);
    return createPostroadClient({ baseUrl, key: found.key });
  };
  const merchant = as('merchant_admin', 'merchant_de');
  const carrier = as('carrier', SOURCE);
  const operator = as('operator', 'operator');
  const shipments = [];
  for (const [index, to] of BUYERS.entries()) shipments.push(await buy(merchant, to, `ops-${index + 1}`));
  // Tracking learns of the parcels from the purchase's event.
  await network.settle();
  const now = new Date().toISOString();
  const numbers = shipments.map((shipment) => shipment.parcels[0]?.number ?? '');
  const receipts = await carrier.post('/v1/scans', {
    body: {
      scans: [...numbers, UNANNOUNCED].map((number) => ({
        number,
        milestone: 'picked_up' as const,
        occurred_at: now,
        text: HOSTILE,
        place: { country: 'DE', city: 'Hamburg' },
      })),
    },
  });
  if (receipts.refused > 0) throw new Error(`scans were refused: ${JSON.stringify(receipts.data)}`);
  await network.settle();
  await sayUnknown(carrier, operator);
  await sayImpossible(carrier, numbers[0] ?? '');
  const carrierPayload = await sendUnreadable(carrier, operator);
  await network.settle();
  const tracked = await operator.get('/v1/tracking/{number}', { params: { path: { number: UNANNOUNCED } } });
  const segments = await operator.get('/v1/number-segments', {
    params: { query: { carrier_code: SOURCE } },
  });
  const wallet = (await merchant.get('/v1/wallets')).data[0];
  if (wallet === undefined) throw new Error('the demo has given the merchant no wallet');
  const topUp = await merchant.post('/v1/top-ups', {
    body: { wallet_id: wallet.id, amount: { amount_minor: 2_500_000, currency: wallet.currency } },
  });
  return {
    flow_shipment: shipments[0]?.id ?? '',
    flow_number: numbers[0] ?? '',
    // Its carrier has no rule for France.
    unrouted_number: numbers[1] ?? '',
    carrier_payload: carrierPayload,
    unannounced_parcel: tracked.parcels[0]?.parcel.id ?? '',
    unmapped_code: encodeURIComponent(JSON.stringify([SOURCE, '', UNMAPPED])),
    flow_line: shipments[0]?.line_code ?? '',
    segment: segments.data[0]?.id ?? '',
    organisation: wallet.organisation_id,
    wallet: wallet.id,
    top_up_reference: topUp.payment_reference,
  };
};

/** A number of the form of the Universal Postal Union's S10, with its check digit, that no merchant of ours has bought. */
const UNANNOUNCED = 'RR473124829DE';

const SOURCE = 'postroad_express_eu';
/** A code that nobody has mapped yet, and one that the operator has. */
export const UNMAPPED = 'DRONE_OUT';
const MAPPED = 'HUB_LOOP';

async function sayUnknown(carrier: PostroadClient, operator: PostroadClient): Promise<void> {
  const occurredAt = new Date().toISOString();
  await carrier.post('/v1/scans', {
    body: {
      scans: [MAPPED, UNMAPPED].map((code) => ({
        number: UNANNOUNCED,
        code,
        occurred_at: occurredAt,
        text: HOSTILE,
      })),
    },
  });
  await operator.post('/v1/code-mappings', {
    body: { source: SOURCE, format: '', code: MAPPED, milestone: 'in_transit_local', note: 'Asked the hub' },
  });
}

/** Long before there was a label: held in quarantine. */
async function sayImpossible(carrier: PostroadClient, number: string): Promise<void> {
  const occurredAt = new Date(Date.now() - 20 * 86_400_000).toISOString();
  await carrier.post('/v1/scans', {
    body: {
      scans: [
        { number, milestone: 'linehaul', occurred_at: occurredAt, place: { country: 'DE', city: 'Hamburg' } },
      ],
    },
  });
}

/** A payload that nobody can read, a push address that nothing came to yet, and a carrier that nobody asks. */
async function sendUnreadable(carrier: PostroadClient, operator: PostroadClient): Promise<string> {
  await carrier
    .post('/v1/scans/payloads/{format}', {
      params: { path: { format: 'ups' } },
      body: `{"trackResponse": ${HOSTILE}` as never,
      bodySerializer: (body: unknown) => body as string,
      headers: { 'content-type': 'application/json' },
    })
    .catch(() => undefined);
  await operator.post('/v1/push-subscriptions', {
    body: {
      connector: 'kdniao',
      label: HOSTILE,
      fields: { business_id: '1', app_key: 'a key of the scene' },
    },
  });
  await operator.post('/v1/tracking-credentials', {
    body: { connector: 'tnt', label: HOSTILE, fields: { username: 'postroad', password: 'of the scene' } },
  });
  const payloads = await operator.get('/v1/carrier-payloads', { params: { query: { state: 'unreadable' } } });
  const [found] = payloads.data;
  if (found === undefined) throw new Error('the unreadable payload was not kept');
  return found.id;
}

/** A purchase by the merchant of the scene while somebody looks. */
export const buyAnother = (stage: Pick<Stage, 'baseUrl' | 'principals'>) =>
  buy(keyHolder(stage, 'live', 'merchant_admin', 'merchant_de'), SEVILLA, 'ops-live');

async function buy(merchant: PostroadClient, to: (typeof BUYERS)[number], reference: string) {
  const { country, city, postcode } = to;
  const { offers } = await merchant.post('/v1/offers', {
    body: {
      from: { country: 'DE', postcode: '20095', city: 'Hamburg' },
      to: { country, city, postcode },
      parcels: [{ weight_grams: 800, size: { length_mm: 200, width_mm: 150, height_mm: 80 } }],
      goods: [{ goods_class: 'normal', quantity: 1, unit_value: { amount_minor: 2_500, currency: 'EUR' } }],
      order_amount: { amount_minor: 2_500, currency: 'EUR' },
    },
  });
  return merchant.post('/v1/shipments', {
    body: {
      offer_id: offers[0]?.offer_id ?? '',
      order_ref: reference,
      sender: SELLER,
      recipient: { name: SEARCHED, phone: PHONE, address: to },
      goods: [
        {
          description_en: 'Compass',
          quantity: 1,
          unit_value: { amount_minor: 2_500, currency: 'EUR' },
          unit_weight_grams: 700,
        },
      ],
      handover: 'drop_off',
    },
  });
}
