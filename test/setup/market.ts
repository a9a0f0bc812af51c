import type { CountryCode } from '../../network/kernel/index.ts';
import type { Client, TestNetwork } from './network.ts';

/** Partners of one business, each with a client that holds his own key. Set up through the public API only. */
export type Market = {
  readonly marketplace: Partner;
  readonly merchant: Partner;
  readonly carrier: Partner;
  readonly warehouse: Partner;
};
export type Partner = { readonly id: string; readonly client: Client; readonly key: string };

/** Number formats that the native carriers registered (docs of `carriers`): prefix, 11 digits and an ISO 7064 mod 11,10 check digit. */
export const NATIVE_PREFIX: Readonly<Record<string, string>> = {
  postroad_express_cn: 'PRC',
  postroad_express_eu: 'PRE',
  postroad_express_br: 'PRB',
  postroad_line: 'PRL',
};

export type MarketOptions = {
  readonly operator: Client;
  readonly country: string;
  readonly currency: string;
  readonly carrierCode: string;
  readonly topUpMinor: number;
  /** First serial of the number segment, so that several markets may share a carrier. */
  readonly fromSerial?: number;
};

export async function openMarket(
  network: Pick<TestNetwork, 'client'>,
  options: MarketOptions,
): Promise<Market> {
  const { operator } = options;
  const open = async (by: Client, body: Record<string, unknown>, role: string): Promise<Partner> => {
    const organisation = must(
      await by.post<{ id: string }>('/v1/organisations', { country: options.country, ...body }),
    );
    const minted = must(
      await operator.post<{ secret: string }>('/v1/api-keys', {
        organisation_id: organisation.id,
        role,
        name: role,
      }),
    );
    return { id: organisation.id, key: minted.secret, client: network.client(minted.secret) };
  };
  const marketplace = await open(operator, { kind: 'marketplace', name: 'Bazaar' }, 'marketplace_staff');
  const merchant = await open(marketplace.client, { kind: 'merchant', name: 'Shop' }, 'merchant_admin');
  const carrier = await open(
    operator,
    { kind: 'carrier', name: 'Carrier', carrier_code: options.carrierCode },
    'carrier',
  );
  const warehouse = await open(operator, { kind: 'warehouse', name: 'First mile' }, 'warehouse_staff');
  await loadNumbers(operator, options.carrierCode, options.fromSerial ?? 1);
  await fundWallet(operator, merchant, options.currency, options.topUpMinor);
  return { marketplace, merchant, carrier, warehouse };
}

export async function loadNumbers(
  operator: Client,
  carrierCode: string,
  fromSerial: number,
  count = 100_000,
): Promise<void> {
  must(
    await operator.post('/v1/number-segments', {
      carrier_code: carrierCode,
      prefix: NATIVE_PREFIX[carrierCode],
      digits: 11,
      from_serial: fromSerial,
      to_serial: fromSerial + count - 1,
      check_rule: 'mod11',
    }),
  );
}

/** The merchant asks, the operator confirms what arrived at the bank. */
export async function fundWallet(
  operator: Client,
  merchant: Partner,
  currency: string,
  amountMinor: number,
): Promise<void> {
  must(await operator.post('/v1/wallets', { organisation_id: merchant.id, currency }));
  await topUpWallet(operator, merchant, currency, amountMinor);
}

export async function topUpWallet(
  operator: Client,
  merchant: Partner,
  currency: string,
  amountMinor: number,
): Promise<void> {
  const wallets = must(
    await merchant.client.get<{ data: { id: string; currency: string }[] }>('/v1/wallets'),
  );
  const wallet = wallets.data.find((candidate) => candidate.currency === currency);
  const topUp = must(
    await merchant.client.post<{ id: string }>('/v1/top-ups', {
      wallet_id: wallet?.id,
      amount: { amount_minor: amountMinor, currency },
    }),
  );
  must(
    await operator.post(`/v1/top-ups/${topUp.id}/confirmation`, {
      amount: { amount_minor: amountMinor, currency },
      value_date: '2026-01-02',
      bank_reference: `bank-${topUp.id}`,
    }),
  );
}

export function must<T>(answer: { readonly status: number; readonly body: T }): T {
  if (answer.status >= 300) throw new Error(`answer ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

export const ISO = (text: string): CountryCode => text as CountryCode;

export const BERLIN = {
  name: 'Erika Mustermann',
  phone: '+4930901820',
  email: 'erika@example.com',
  address: { country: 'DE', city: 'Berlin', postcode: '10115', lines: ['Invalidenstrasse 44'] },
};
export const MUNICH = {
  name: 'Max Muster',
  phone: '+498912345678',
  address: { country: 'DE', city: 'München', postcode: '80331', lines: ['Marienplatz 8', 'c/o Rathaus'] },
};
export const EU_OFFER = {
  from: { country: 'DE', postcode: '10115', city: 'Berlin' },
  to: { country: 'DE', postcode: '80331', city: 'München' },
  parcels: [{ weight_grams: 800, size: { length_mm: 200, width_mm: 150, height_mm: 80 } }],
  goods: [{ goods_class: 'normal', quantity: 1, unit_value: { amount_minor: 2500, currency: 'EUR' } }],
  order_amount: { amount_minor: 2500, currency: 'EUR' },
};
export const GOODS = [
  {
    description_en: 'Cotton shirt',
    quantity: 1,
    unit_value: { amount_minor: 2500, currency: 'EUR' },
    unit_weight_grams: 700,
  },
];

export const SAO_PAULO = {
  name: 'Joana Silva',
  phone: '+551130001234',
  address: {
    country: 'BR',
    division: 'SP',
    city: 'São Paulo',
    postcode: '01310-100',
    lines: ['Avenida Paulista 1000'],
  },
};
export const RIO = {
  name: 'Pedro Souza',
  phone: '+552130001234',
  address: {
    country: 'BR',
    division: 'RJ',
    city: 'Rio de Janeiro',
    postcode: '20040-020',
    lines: ['Avenida Rio Branco 1'],
  },
};
export const BR_OFFER = {
  from: { country: 'BR', division: 'SP', city: 'São Paulo', postcode: '01310-100' },
  to: { country: 'BR', division: 'RJ', city: 'Rio de Janeiro', postcode: '20040-020' },
  parcels: [{ weight_grams: 800, size: { length_mm: 200, width_mm: 150, height_mm: 80 } }],
  goods: [{ goods_class: 'normal', quantity: 1, unit_value: { amount_minor: 9900, currency: 'BRL' } }],
  order_amount: { amount_minor: 9900, currency: 'BRL' },
};
export const BR_GOODS = [
  {
    description_en: 'Cotton shirt',
    quantity: 1,
    unit_value: { amount_minor: 9900, currency: 'BRL' },
    unit_weight_grams: 700,
  },
];
