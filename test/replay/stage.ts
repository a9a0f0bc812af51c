import { type Address, type Caller, createCaller, inParallel, type Traffic } from './caller.ts';
import type { Merchant } from './journal.ts';
import { boughtAtMs, instantOf, type Order } from './orders.ts';
import type { DemoKeys } from './server-process.ts';

export const CARRIER = 'postroad_express_br';
export const LINE = 'br_domestic_standard';
const DAY_MS = 86_400_000;
/** More than the dearest parcel of the line costs: 30 kg to the farthest zone. In centavos. */
const FREIGHT_AT_MOST_MINOR = 25_000;
/** Below the amount from which two keys must confirm a payment in BRL. In centavos. */
const TOP_UP_AT_MOST_MINOR = 4_900_000;
/** Our own numbers of this replay; the demo's stock of the same carrier lies elsewhere. */
const SERIALS = { from: 10_000_000_001, count: 20_000 };
/** Rows without a seller ask for their offer as this one. */
export const NOBODY = '';

export type Stage = {
  readonly operator: Caller;
  readonly carrier: Caller;
  readonly warehouse: Caller;
  readonly operatorKey: string;
  readonly carrierKey: string;
  readonly marketplace: { readonly id: string; readonly key: string };
  readonly merchants: ReadonlyMap<string, Merchant>;
  readonly startMs: number;
};

/** Sets the clock before the first order and opens everybody who takes part, through the public API. */
export async function setStage(
  address: Address,
  demo: DemoKeys,
  orders: readonly Order[],
  traffic: Traffic,
): Promise<Stage> {
  const keyOf = (organisation: string, role: string) => {
    const found = demo.principals.find(
      (one) => one.world === 'test' && one.organisation === organisation && one.role === role,
    );
    if (found === undefined) throw new Error(`demo.json has no ${role} of ${organisation} in the test world`);
    return found.key;
  };
  const as = (key: string) => createCaller(address, key, traffic);
  const operatorKey = keyOf('operator', 'operator');
  const operator = as(operatorKey);
  const startMs = Math.min(...orders.map(boughtAtMs)) - DAY_MS;
  await operator.post('/v1/test/clock', { now: instantOf(startMs), running: false }, 'clock-start');
  await operator.post(
    '/v1/number-segments',
    {
      carrier_code: CARRIER,
      prefix: 'PRB',
      digits: 11,
      from_serial: SERIALS.from,
      to_serial: SERIALS.from + SERIALS.count - 1,
      check_rule: 'mod11',
    },
    'segment',
  );
  const opened = await operator.post<{ id: string }>(
    '/v1/organisations',
    { kind: 'marketplace', name: 'Replayed marketplace', country: 'BR' },
    'marketplace',
  );
  const marketplaceKey = await mint(operator, opened.id, 'marketplace_staff', 'marketplace-key');
  const merchants = new Map<string, Merchant>();
  const counts = new Map<string, number>();
  for (const { sellerId } of orders) counts.set(sellerId, (counts.get(sellerId) ?? 0) + 1);
  await inParallel([...counts], 6, async ([sellerId, count]) => {
    const merchant = await openMerchant(
      { operator, marketplace: as(marketplaceKey), as },
      sellerId,
      count,
      startMs,
    );
    merchants.set(sellerId, merchant);
  });
  return {
    operator,
    carrier: as(keyOf(CARRIER, 'carrier')),
    warehouse: as(keyOf('warehouse_br', 'warehouse_staff')),
    operatorKey,
    carrierKey: keyOf(CARRIER, 'carrier'),
    marketplace: { id: opened.id, key: marketplaceKey },
    merchants,
    startMs,
  };
}

async function mint(by: Caller, organisationId: string, role: string, key: string): Promise<string> {
  const body = { organisation_id: organisationId, role, name: 'replay' };
  return (await by.post<{ secret: string }>('/v1/api-keys', body, key)).secret;
}

export const merchantName = (sellerId: string) =>
  sellerId === NOBODY ? 'Seller not stated' : `Seller ${sellerId}`;

async function openMerchant(
  by: { operator: Caller; marketplace: Caller; as: (key: string) => Caller },
  sellerId: string,
  orderCount: number,
  startMs: number,
): Promise<Merchant> {
  const name = merchantName(sellerId);
  const tag = sellerId === NOBODY ? 'nobody' : sellerId;
  const body = { kind: 'merchant', name, country: 'BR' };
  const { id } = await by.marketplace.post<{ id: string }>('/v1/organisations', body, `merchant-${tag}`);
  const key = await mint(by.marketplace, id, 'merchant_admin', `key-${tag}`);
  const wallet = await by.operator.post<{ id: string }>(
    '/v1/wallets',
    { organisation_id: id, currency: 'BRL' },
    `wallet-${tag}`,
  );
  const amount = {
    amount_minor: Math.min(TOP_UP_AT_MOST_MINOR, orderCount * FREIGHT_AT_MOST_MINOR),
    currency: 'BRL',
  };
  const topUp = await by
    .as(key)
    .post<{ id: string }>('/v1/top-ups', { wallet_id: wallet.id, amount }, `top-up-${tag}`);
  const confirmation = {
    amount,
    value_date: instantOf(startMs).slice(0, 10),
    bank_reference: `replay ${topUp.id}`,
  };
  await by.operator.post(`/v1/top-ups/${topUp.id}/confirmation`, confirmation, `confirm-${tag}`);
  return { sellerId, id, key, walletId: wallet.id, topUpId: topUp.id, topUpMinor: amount.amount_minor };
}
