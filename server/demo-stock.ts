import { CARRIERS, type Carrier } from '../network/carriers/index.ts';
import type { Instant } from '../network/kernel/index.ts';
import { allOf, bodyOf, type DemoApi, demoApi } from './demo-api.ts';
import type { DemoPrincipal } from './demo-file.ts';

export type DemoStock = {
  readonly baseUrl: string;
  readonly world: 'live' | 'test';
  /** The world's time: value date of the payments. */
  readonly now: Instant;
  readonly principals: readonly DemoPrincipal[];
};

/**
 * Wallets in the currencies of the shipped lines. The amounts stay below those that need a second confirmer
 * (network/ledger, four-eyes rule) and suffice for some thousand parcels.
 */
const WALLETS = [
  { organisation: 'merchant', role: 'merchant_admin', currency: 'CNY', amountMinor: 5_000_000 },
  { organisation: 'merchant_br', role: 'merchant_admin', currency: 'BRL', amountMinor: 4_000_000 },
  { organisation: 'merchant_de', role: 'merchant_admin', currency: 'EUR', amountMinor: 900_000 },
  { organisation: 'marketplace', role: 'marketplace_staff', currency: 'CNY', amountMinor: 5_000_000 },
  { organisation: 'marketplace_2', role: 'marketplace_staff', currency: 'BRL', amountMinor: 4_000_000 },
] as const;

/** First serials: the two worlds never print the same number, also when somebody mixes up their labels. */
const FIRST_SERIAL = { live: 20_260_000_001, test: 90_260_000_001 };
const NUMBERS_PER_CARRIER = 1_000_000;
/** Digits of our own numbers before the check digit: network/numbers, format postroad_15. */
const SERIAL_DIGITS = 11;

/** Money in the wallets and numbers for the carriers, so that the first parcel can be sent. Repeatable. */
export async function stockDemo(stock: DemoStock): Promise<void> {
  const operator = demoApi(stock.baseUrl, keyOf(stock, 'operator', 'operator'));
  await loadNumbers(operator, stock.world);
  const finance = demoApi(stock.baseUrl, keyOf(stock, 'operator', 'finance'));
  const existing = await allOf(finance, '/v1/wallets');
  for (const wanted of WALLETS) {
    const owner = stock.principals.find(
      (principal) => principal.organisation === wanted.organisation && principal.role === wanted.role,
    );
    if (owner === undefined) continue;
    const known = existing.find(
      (wallet) => wallet.organisation_id === owner.organisation_id && wallet.currency === wanted.currency,
    );
    const walletId = String(known?.id ?? (await openWallet(finance, owner, wanted.currency)));
    const amount = { amount_minor: wanted.amountMinor, currency: wanted.currency };
    await fund({ stock, finance, owner, walletId, amount });
  }
}

async function openWallet(finance: DemoApi, owner: DemoPrincipal, currency: string): Promise<unknown> {
  const opened = await finance.post('/v1/wallets', { organisation_id: owner.organisation_id, currency });
  return bodyOf(`open a wallet for ${owner.organisation}`, opened).id;
}

/** One payment for each wallet ever: asked for by its owner, confirmed by finance as if it had come by bank. */
async function fund(order: {
  readonly stock: DemoStock;
  readonly finance: DemoApi;
  readonly owner: DemoPrincipal;
  readonly walletId: string;
  readonly amount: { readonly amount_minor: number; readonly currency: string };
}): Promise<void> {
  const { stock, finance, owner, walletId, amount } = order;
  const api = demoApi(stock.baseUrl, owner.key);
  // The first that was ever asked for: a merchant who tries the demo may have asked for more since.
  const known = (await allOf(api, '/v1/top-ups')).findLast((topUp) => topUp.wallet_id === walletId);
  if (known !== undefined && known.state !== 'requested') return;
  const topUp =
    known ??
    bodyOf(
      `ask for money for ${owner.organisation}`,
      await api.post('/v1/top-ups', { wallet_id: walletId, amount }),
    );
  const confirmed = await finance.post(`/v1/top-ups/${String(topUp.id)}/confirmation`, {
    amount,
    value_date: stock.now.slice(0, 10),
    bank_reference: `demo ${String(topUp.id)}`,
  });
  bodyOf(`fund the wallet of ${owner.organisation}`, confirmed);
}

async function loadNumbers(operator: DemoApi, world: 'live' | 'test'): Promise<void> {
  const loaded = new Set(
    (await allOf(operator, '/v1/number-segments')).map((segment) => segment.carrier_code),
  );
  for (const carrier of CARRIERS) {
    if (carrier.orderIntake !== 'native' || loaded.has(carrier.code)) continue;
    const answer = await operator.post('/v1/number-segments', {
      carrier_code: carrier.code,
      prefix: prefixOf(carrier),
      digits: SERIAL_DIGITS,
      from_serial: FIRST_SERIAL[world],
      to_serial: FIRST_SERIAL[world] + NUMBERS_PER_CARRIER - 1,
      check_rule: 'mod11',
    });
    bodyOf(`load numbers of ${carrier.code}`, answer);
  }
}

/** The letters that all numbers of one of our carriers begin with. */
function prefixOf(carrier: Carrier): string {
  return /^[A-Z]+/.exec(carrier.numberFormats[0]?.example ?? '')?.[0] ?? '';
}

function keyOf(stock: DemoStock, organisation: string, role: string): string {
  const found = stock.principals.find(
    (principal) => principal.organisation === organisation && principal.role === role,
  );
  if (found === undefined) throw new Error(`the demo has no ${role} of ${organisation}`);
  return found.key;
}
