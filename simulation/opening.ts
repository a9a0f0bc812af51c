import { dateOf } from './calendar.ts';
import { type Caller, callerOf, eachOf, type Ledger } from './caller.ts';
import { aliexpressPolicy } from './market-rules.ts';
import { RECOGNISED_BY_ALIEXPRESS_RULES } from './misbehaviour.ts';
import { createRegistrar, type Registrar, type Seat } from './parties.ts';
import type { Marketplace, Merchant } from './plan.ts';
import { openProgrammes } from './programmes.ts';
import type { Truth } from './truth.ts';

export type CarrierParty = {
  readonly code: string;
  readonly organisationId: string;
  readonly office: Caller;
  /** Has a key of his own: he goes to the doors of merchants. Native carriers only. */
  readonly courier: Caller | undefined;
  /** Those who bring parcels; the office writes down what they say. */
  readonly courierIds: readonly string[];
};

export type MerchantParty = Payer & {
  readonly organisationId: string;
  /** A merchant that was there before the world may have another than its plan says, or none. */
  readonly marketplaceId: string | undefined;
  /** Its program: buys, prints, declares. Its owner asks for money to be put into the wallet. */
  readonly app: Caller;
};

export type MarketplaceParty = Payer & { readonly organisationId: string; readonly staff: Caller };

/** Somebody with a wallet: a merchant, or the marketplace that pays by programmes. */
export type Payer = {
  readonly owner: Caller;
  readonly walletId: string;
  readonly currency: string;
};

/** Everybody who acts, each with his own key. */
export type Parties = {
  readonly operator: Caller;
  readonly finance: Caller;
  readonly marketplaces: readonly MarketplaceParty[];
  readonly merchants: readonly MerchantParty[];
  readonly carriers: ReadonlyMap<string, CarrierParty>;
  /** By country; where none stands, the carrier's own depot takes parcels in. */
  readonly warehouses: ReadonlyMap<string, Caller>;
  /** Buyers have no keys. */
  readonly buyer: Caller;
  /** Has a key that nobody gave him. */
  readonly stranger: Caller;
};

export type OpeningPlan = {
  readonly baseUrl: string;
  readonly operator: Caller;
  readonly ledger: Ledger;
  readonly known: readonly Seat[];
  readonly marketplaces: readonly Marketplace[];
  readonly merchants: readonly Merchant[];
  /** How much each merchant will need in its wallet, in minor units. */
  readonly fundsOf: (merchant: Merchant) => number;
  /** And each marketplace, for its programmes. */
  readonly marketplaceFunds: (marketplace: number) => number;
  readonly now: number;
  readonly truth: Truth;
  readonly stranger: Caller;
};

export const NATIVE_CARRIERS: Readonly<
  Record<string, { readonly prefix: string; readonly countries: readonly string[]; readonly zone: string }>
> = {
  postroad_express_cn: { prefix: 'PRC', countries: ['CN'], zone: 'Asia/Shanghai' },
  postroad_express_eu: { prefix: 'PRE', countries: ['DE', 'NL'], zone: 'Europe/Berlin' },
  postroad_express_br: { prefix: 'PRB', countries: ['BR'], zone: 'America/Sao_Paulo' },
  postroad_line: { prefix: 'PRL', countries: ['CN'], zone: 'Asia/Shanghai' },
};
const WAREHOUSES = ['CN', 'DE', 'BR'] as const;
/** Couriers who bring parcels, at each native carrier; a list has at most 300 stops. */
const COURIERS = 12;
const AT_ONCE = 6;
/** One payment; larger ones need a second confirmer (the network's four-eyes rule). */
const TOP_UP_MINOR: Readonly<Record<string, number>> = { CNY: 5_000_000, EUR: 900_000, BRL: 4_000_000 };
const FIRST_SERIAL = 70_000_000_001;
const NUMBERS = 1_000_000;

/** Opens the world: organisations, keys, rules, numbers, couriers, wallets with money. What is there is kept. */
export async function openParties(plan: OpeningPlan): Promise<{ parties: Parties; seats: Seat[] }> {
  const registrar = await createRegistrar(plan.baseUrl, plan.operator, plan.ledger, plan.known);
  const seats: Seat[] = [];
  const take = async (kind: Seat['kind'], name: string, id: string, role: string) => {
    const seat = await registrar.seat(kind, name, id, role);
    seats.push(seat);
    return seat;
  };
  const me = await plan.operator.get('/v1/me');
  const financeSeat = await take('operator', 'operator', me.organisation.id, 'finance');
  const finance = registrar.callerOf(financeSeat);
  const marketplaces: MarketplaceParty[] = [];
  for (const [index, marketplace] of plan.marketplaces.entries())
    marketplaces.push(await openMarketplace(plan, registrar, take, marketplace, index, finance));
  const carriers = await openCarriers(plan, registrar, take);
  const warehouses = new Map<string, Caller>();
  for (const country of WAREHOUSES) {
    const name = `First warehouse ${country}`;
    const { id } = await registrar.organisation({ kind: 'warehouse', name, country });
    warehouses.set(country, registrar.callerOf(await take('warehouse', name, id, 'warehouse_staff')));
  }
  const merchants: MerchantParty[] = [];
  const markets = marketplaces.map((one) => one.organisationId);
  await eachOf(plan.merchants, AT_ONCE, async (merchant) => {
    merchants[merchant.index] = await openMerchant(plan, registrar, take, merchant, markets, finance);
  });
  return {
    seats,
    parties: {
      ...{ operator: plan.operator, finance, marketplaces, merchants, carriers, warehouses },
      buyer: callerOf(plan.baseUrl, undefined, plan.ledger),
      stranger: plan.stranger,
    },
  };
}

type Take = (kind: Seat['kind'], name: string, id: string, role: string) => Promise<Seat>;

async function openMarketplace(
  plan: OpeningPlan,
  registrar: Registrar,
  take: Take,
  { name, country, rules, currency }: Marketplace,
  index: number,
  finance: Caller,
): Promise<MarketplaceParty> {
  const { id } = await registrar.organisation({ kind: 'marketplace', name, country });
  const staff = registrar.callerOf(await take('marketplace', name, id, 'marketplace_staff'));
  if (rules === 'aliexpress') await playAliexpressRules(staff);
  await openProgrammes(index, staff);
  const funds = plan.marketplaceFunds(index);
  const payer = await openWallet(plan, finance, staff, id, currency, `marketplace ${index}`, funds);
  return { ...payer, organisationId: id, staff };
}

/** A wallet in one currency, with enough payments in it; one that was there before is left as it is. */
async function openWallet(
  plan: OpeningPlan,
  finance: Caller,
  owner: Caller,
  organisationId: string,
  currency: string,
  name: string,
  funds: number,
): Promise<Payer> {
  const wallets = await owner.get('/v1/wallets');
  const known = wallets.data.find((wallet) => wallet.currency === currency);
  const body = { organisation_id: organisationId, currency } as never;
  const wallet = known ?? (await finance.post('/v1/wallets', { body }));
  const payer: Payer = { owner, walletId: wallet.id, currency };
  if (known !== undefined) {
    plan.truth.topUps.push({ owner: name, currency, amountMinor: known.balance.amount_minor });
    return payer;
  }
  const each = TOP_UP_MINOR[currency] ?? 1_000_000;
  for (let needed = funds; needed > 0; needed -= each)
    await topUp(payer, finance, plan.now, plan.truth, name);
  return payer;
}

async function openCarriers(plan: OpeningPlan, registrar: Registrar, take: Take) {
  const carriers = new Map<string, CarrierParty>();
  const registry = (await plan.operator.get('/v1/carriers')).data;
  const segments = await Array.fromAsync(plan.operator.listAll('/v1/number-segments'));
  for (const { code, names, country } of registry) {
    const name = names.en;
    const { id } = await registrar.organisation({ kind: 'carrier', name, country, carrierCode: code });
    const office = registrar.callerOf(await take('carrier', name, id, 'carrier'));
    const native = NATIVE_CARRIERS[code];
    if (native === undefined) {
      carriers.set(code, { code, organisationId: id, office, courier: undefined, courierIds: [] });
      continue;
    }
    if (!segments.some((segment) => segment.carrier_code === code)) {
      await plan.operator.post('/v1/number-segments', {
        body: {
          carrier_code: code,
          prefix: native.prefix,
          digits: 11,
          from_serial: FIRST_SERIAL,
          to_serial: FIRST_SERIAL + NUMBERS - 1,
          check_rule: 'mod11',
        },
      });
    }
    const seat = await take('carrier', name, id, 'courier');
    const areaIds = await openAreas(office, code);
    const courierIds = await openCouriers(office, seat, areaIds);
    carriers.set(code, { code, organisationId: id, office, courier: registrar.callerOf(seat), courierIds });
  }
  return carriers;
}

/** Collects every day from morning to evening, and never more than it can: that is tried elsewhere. */
async function openAreas(office: Caller, carrier: string): Promise<string[]> {
  const { countries, zone } = NATIVE_CARRIERS[carrier] ?? { countries: [], zone: 'UTC' };
  const existing = await Array.fromAsync(office.listAll('/v1/pickup-areas'));
  const ids: string[] = [];
  for (const country of countries) {
    const code = `world-${country}`;
    const known = existing.find((area) => area.code === code);
    if (known !== undefined) {
      ids.push(known.id);
      continue;
    }
    const workingHours = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from_hour: 8, to_hour: 20 }));
    const area = await office.post('/v1/pickup-areas', {
      body: { code, country, zone, working_hours: workingHours, slot: 'half_day', lead_minutes: 60 } as never,
    });
    await office.put('/v1/pickup-areas/{area_id}/capacities', {
      params: { path: { area_id: area.id } },
      body: {
        mode: 'full',
        capacities: Array.from({ length: 12 }, (_, index) => ({
          day: 'daily',
          hour: 8 + index,
          capacity: 5_000,
        })),
      },
    });
    ids.push(area.id);
  }
  return ids;
}

async function openCouriers(office: Caller, seat: Seat, areaIds: readonly string[]): Promise<string[]> {
  const existing = await Array.fromAsync(office.listAll('/v1/couriers'));
  const ids: string[] = [];
  for (let index = 0; index <= COURIERS; index += 1) {
    const name = index === 0 ? 'Collection round' : `Delivery round ${index}`;
    const known = existing.find((courier) => courier.name === name);
    if (known !== undefined && (index > 0 || known.api_key_id === seat.keyId)) {
      if (index > 0) ids.push(known.id);
      continue;
    }
    const body = { name, area_ids: index === 0 ? [...areaIds] : [], is_on: true } as const;
    const saved = index === 0 ? { ...body, api_key_id: seat.keyId } : body;
    const courier =
      known === undefined
        ? await office.post('/v1/couriers', { body: saved as never })
        : await office.put('/v1/couriers/{courier_id}', {
            params: { path: { courier_id: known.id } },
            body: saved as never,
          });
    if (index > 0) ids.push(courier.id);
  }
  return ids;
}

async function openMerchant(
  plan: OpeningPlan,
  registrar: Registrar,
  take: Take,
  merchant: Merchant,
  marketplaceIds: readonly string[],
  finance: Caller,
): Promise<MerchantParty> {
  const { name, currency, index } = merchant;
  const country = merchant.home.country;
  const { id, marketplaceId } = await registrar.organisation({
    ...{ kind: 'merchant', name, country },
    marketplaceId: marketplaceIds[merchant.marketplace] ?? '',
  });
  const app = registrar.callerOf(await take('merchant', name, id, 'merchant_app'));
  const owner = registrar.callerOf(await take('merchant', name, id, 'merchant_admin'));
  const funds = plan.fundsOf(merchant);
  const payer = await openWallet(plan, finance, owner, id, currency, `merchant ${index}`, funds);
  return { ...payer, organisationId: id, marketplaceId, app };
}

/** Asked for by the owner, paid by bank, confirmed by the network's finance. */
export async function topUp(
  payer: Payer,
  finance: Caller,
  now: number,
  truth: Truth,
  owner: string,
): Promise<void> {
  const { currency, walletId } = payer;
  const amount = { amount_minor: TOP_UP_MINOR[currency] ?? 1_000_000, currency };
  const asked = await payer.owner.post('/v1/top-ups', { body: { wallet_id: walletId, amount } });
  await finance.post('/v1/top-ups/{top_up_id}/confirmation', {
    params: { path: { top_up_id: asked.id } },
    body: { amount, value_date: dateOf(now), bank_reference: `bank ${asked.payment_reference}` },
  });
  truth.topUps.push({ owner, currency, amountMinor: amount.amount_minor });
}

/** A rulebook like any: drafted, tested, put into force; and a source that the marketplace checked itself. */
async function playAliexpressRules(staff: Caller): Promise<void> {
  const [inForce] = (await staff.get('/v1/rulebooks')).data.filter((book) => book.kind === 'market_policy');
  if (inForce === undefined) {
    const draft = await staff.post('/v1/rulebooks', {
      body: { kind: 'market_policy', document: aliexpressPolicy(), note: 'as published' },
    });
    const path = { rulebook_version_id: draft.id };
    const tried = await staff.post('/v1/rulebook-versions/{rulebook_version_id}/tests', { params: { path } });
    if (!tried.passed) throw new Error(`the marketplace's rules fail: ${JSON.stringify(tried.failures)}`);
    await staff.post('/v1/rulebook-versions/{rulebook_version_id}/activation', {
      params: { path },
      body: {},
    });
  }
  for (const source of RECOGNISED_BY_ALIEXPRESS_RULES) {
    const read = await staff.get('/v1/recognised-sources/{source_id}', {
      params: { path: { source_id: source } },
    });
    if (read.recognised) continue;
    await staff.put('/v1/recognised-sources/{source_id}', {
      params: { path: { source_id: source } },
      body: { recognised: true, proof: 'checked against its official site' },
    });
  }
}
