import { dateOf, HOUR, instantOf } from '../calendar.ts';
import { type Caller, callerOf, type Ledger } from '../caller.ts';
import { NATIVE_CARRIERS } from '../opening.ts';
import { createRegistrar, type Opening, type Registrar } from '../parties.ts';
import { createQueue } from '../queue.ts';
import type { Stage } from '../stage.ts';
import { hireClerk } from './clerks.ts';
import { openOutlets } from './outlets.ts';
import { CURRENCIES, type PlannedReturn, type PointPlan } from './plan.ts';
import { emptyPointTruth } from './truth.ts';
import type { Market, OpenNetwork, OpenPoint, PointWorld } from './world.ts';

/** The carrier that brings orders and parcels for everybody; returns go with our own. */
export const BRINGER = 'sf_express';
export const OURS: Readonly<Record<string, string>> = {
  CN: 'postroad_express_cn',
  DE: 'postroad_express_eu',
  BR: 'postroad_express_br',
};
/** So many lone shops have a clerk who logs in; at the others the network's counter system acts. */
const CLERKS = 4;
const ORDERS_AT_ONCE = 250;
const FIRST_SERIAL = 60_000_000_001;

/** Opens everybody; the outlets come by feed or one by one, and buyers of what goes back have it in their hands. */
export async function openPointWorld(stage: Stage, plan: PointPlan, ledger: Ledger): Promise<PointWorld> {
  const { baseUrl } = stage;
  const operator = callerOf(baseUrl, stage.operatorKey, ledger);
  await operator.post('/v1/test/clock', { body: { now: instantOf(plan.start) } });
  const registrar = await createRegistrar(baseUrl, operator, ledger);
  const me = await operator.get('/v1/me');
  const staff = async (role: string) =>
    registrar.callerOf(await registrar.seat('operator', 'operator', me.organisation.id, role));
  const open = async (opening: Opening, role: string) => {
    const { id } = await registrar.organisation(opening);
    const caller = registrar.callerOf(await registrar.seat(opening.kind, opening.name, id, role));
    return { id, caller };
  };
  const markets = new Map<string, Market>();
  for (const country of plan.countries)
    markets.set(country, await openMarket(registrar, open, operator, country, plan));
  const bringer = await open(
    { kind: 'carrier', name: 'Bringer', country: 'CN', carrierCode: BRINGER },
    'carrier',
  );
  const { networks, counters } = await openNetworks(plan, open, registrar, operator);
  const ids = await openOutlets(plan, networks, operator);
  let hired = 0;
  const points: OpenPoint[] = [];
  for (const point of plan.points) {
    const network = networks[point.network];
    const id = ids[point.index];
    const counter = counters[point.network];
    if (network === undefined || id === undefined || counter === undefined)
      throw new Error(`${point.name} did not open`);
    const isLone = plan.networks[point.network]?.kind === 'lone_shop';
    const hasClerk = isLone && hired < CLERKS;
    if (hasClerk) hired += 1;
    const email = `clerk-${plan.seed}-${point.index}@world.example`;
    const who = { email, name: `Clerk ${point.index}`, password: `counter ${id}`, pointId: id };
    const person = hasClerk ? await hireClerk(baseUrl, ledger, network.office, who) : counter;
    points.push({ plan: point, id, counter: person });
  }
  const world: PointWorld = {
    ...{ plan, operator, markets, networks, points, bringer: bringer.caller, now: plan.start },
    ...{ finance: await staff('finance'), service: await staff('customer_service') },
    ...{ truth: emptyPointTruth(), queue: createQueue(), cut: new Map(), counts: new Map() },
    ...{ compartments: new Map(), toAnnounce: new Map(), buyer: callerOf(baseUrl, undefined, ledger) },
    ...(stage.settle === undefined ? {} : { settle: stage.settle }),
  };
  await deliverOrders(world);
  return world;
}

type Open = (opening: Opening, role: string) => Promise<{ readonly id: string; readonly caller: Caller }>;

async function openMarket(
  registrar: Registrar,
  open: Open,
  operator: Caller,
  country: string,
  { seed }: PointPlan,
): Promise<Market> {
  const marketplace = await open(
    { kind: 'marketplace', name: `Point market ${country} ${seed}`, country },
    'marketplace_staff',
  );
  const merchant = await open(
    { kind: 'merchant', name: `Point shop ${country} ${seed}`, country, marketplaceId: marketplace.id },
    'merchant_admin',
  );
  const code = OURS[country] ?? '';
  const carrier = await open({ kind: 'carrier', name: code, country, carrierCode: code }, 'carrier');
  const segments = await Array.fromAsync(registrar.operator.listAll('/v1/number-segments'));
  if (!segments.some((segment) => segment.carrier_code === code))
    await operator.post('/v1/number-segments', {
      body: {
        ...{ carrier_code: code, prefix: NATIVE_CARRIERS[code]?.prefix ?? '', digits: 11 },
        ...{ from_serial: FIRST_SERIAL, to_serial: FIRST_SERIAL + 999_999, check_rule: 'mod11' },
      },
    });
  return {
    ...{ marketplace: marketplace.caller, merchant: merchant.caller, carrierOffice: carrier.caller },
  };
}

/** Each under contract, with an office and a counter system. */
async function openNetworks(plan: PointPlan, open: Open, registrar: Registrar, operator: Caller) {
  const networks: OpenNetwork[] = [];
  const counters: Caller[] = [];
  for (const { name, country, kind } of plan.networks) {
    const opening = { kind: 'point_operator', name: `${name} ${plan.seed}`, country } as const;
    const { id, caller: office } = await open(opening, 'point_staff');
    const isLone = kind === 'lone_shop';
    await operator.put('/v1/point-networks/{organisation_id}/contract', {
      params: { path: { organisation_id: id } },
      body: {
        ...{ number: `C-${name}`, needs_documents: false, needs_site_check: isLone },
        valid_from: instantOf(plan.start - 24 * HOUR),
      },
    });
    networks.push({ organisationId: id, office });
    // A shop's owner is its office and its counter; the systems of larger networks have keys of their own.
    const minted = isLone
      ? undefined
      : await operator.post('/v1/api-keys', {
          body: { organisation_id: id, role: 'point_staff', name: 'counter system' },
        });
    counters.push(
      minted === undefined ? office : registrar.callerOf({ ...SEAT, organisationId: id, key: minted.secret }),
    );
  }
  return { networks, counters };
}
const SEAT = { kind: 'point_operator', name: 'counter system', role: 'point_staff', keyId: '' } as const;

/** Orders that were delivered before the world begins. */
async function deliverOrders(world: PointWorld): Promise<void> {
  for (const country of world.plan.countries) {
    const of = world.plan.returns.filter((one) => one.country === country);
    for (let from = 0; from < of.length; from += ORDERS_AT_ONCE)
      await deliver(world, country, of.slice(from, from + ORDERS_AT_ONCE));
  }
}

async function deliver(world: PointWorld, country: string, some: readonly PlannedReturn[]): Promise<void> {
  const merchant = world.markets.get(country)?.merchant;
  if (merchant === undefined) return;
  const { start } = world.plan;
  const currency = CURRENCIES[country] ?? 'EUR';
  const orders = some.map((one) => ({
    object_id: one.reference,
    order: {
      reference: one.reference,
      ...{ placed_at: instantOf(start - 96 * HOUR), paid_at: instantOf(start - 96 * HOUR) },
      sender: { ...one.buyer, name: 'Returns desk' },
      recipient: { ...one.buyer, email: one.email },
      goods: [
        {
          ...{ description_en: 'Rain jacket', quantity: 1, unit_weight_grams: 700 },
          unit_value: { amount_minor: one.paidMinor, currency },
        },
      ],
      order_amount: { amount_minor: one.paidMinor, currency },
    },
  }));
  const made = await merchant.post('/v1/orders', { body: { orders } });
  const shipments = some.map((one) => ({
    object_id: one.reference,
    shipment: {
      ...{ order_reference: one.reference, carrier_code: BRINGER, number: one.number },
      ...{ shipped_at: instantOf(start - 72 * HOUR), ship_from_country: country },
    },
  }));
  const declared = await merchant.post('/v1/external-shipments', { body: { shipments } });
  if (made.created !== some.length || declared.created !== some.length)
    throw new Error(`orders of ${dateOf(start)}: ${JSON.stringify([made.results[0], declared.results[0]])}`);
  const scans = some.flatMap((one) => {
    const place = { country, city: one.city.name };
    return [
      { number: one.number, milestone: 'picked_up', occurred_at: instantOf(start - 71 * HOUR), place },
      { number: one.number, milestone: 'delivered', occurred_at: instantOf(start - 2 * HOUR), place },
    ];
  });
  await world.bringer.post('/v1/scans', { body: { scans } as never });
}
