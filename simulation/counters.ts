import { createDeviceKey, deviceProof } from '../sdk/src/index.ts';
import { HOUR, instantOf } from './calendar.ts';
import type { Caller } from './caller.ts';
import { beginMailings } from './counters-mail.ts';
import { COUNTERS, type CounterPlan, type NetworkPlan, TO_RETURN, WAITING } from './counters-plan.ts';
import { createRegistrar, type Registrar } from './parties.ts';
import type { Stage } from './stage.ts';
import type { World } from './world.ts';

/*
 * Agent points for the demo's people: a clerk finds parcels to store, to hand out and to send, the office its outlets, the
 * seller and the buyer returns. Made once; from then on they are theirs. No checker judges them.
 */

const BRINGER = 'sf_express';

export async function openCounters(
  stage: Pick<Stage, 'baseUrl' | 'people'>,
  world: World,
  operator: Caller,
  say: (line: string) => void,
): Promise<void> {
  const registrar = await createRegistrar(stage.baseUrl, operator, new Map());
  const opened = [];
  for (const plan of COUNTERS) opened.push(await openNetwork(registrar, plan, world.now()));
  const [own] = opened;
  const [first] = own?.points ?? [];
  if (own === undefined || first === undefined) throw new Error('no counter opened');
  await placeClerk(stage, own.office, own.points);
  for (const [index, { office, points, plan }] of opened.entries())
    for (const [at, id] of points.entries())
      await fillShelf(world, office, id, plan, `${index + 1}${at + 1}`);
  const market = sellerOf(world);
  await deliverOrders(market, world.now());
  await beginReturns(market, own.office, first);
  const code = await beginMailings(market.buyer, own.office, first);
  const sender =
    code === undefined ? '' : ` At the first one somebody with the code ${code} brings a mailing.`;
  say(
    `Counters: point-clerk@demo.example works at two of them, point-staff@demo.example runs Corner Point; who wants to send something back has the order DEMO-RETURN-1 and buyer@demo.example.${sender} Anybody sends a parcel from /mail?world=test.`,
  );
}

type Opened = { readonly plan: NetworkPlan; readonly office: Caller; readonly points: readonly string[] };

/** The network with its outlets open; those that are there already are kept. */
async function openNetwork(registrar: Registrar, plan: NetworkPlan, now: number): Promise<Opened> {
  const { name, country } = plan;
  const { id } = await registrar.organisation({ kind: 'point_operator', name, country });
  const office = registrar.callerOf(await registrar.seat('point_operator', name, id, 'point_staff'));
  await registrar.operator.put('/v1/point-networks/{organisation_id}/contract', {
    params: { path: { organisation_id: id } },
    body: {
      ...{ number: `DEMO-${country}`, needs_documents: false, needs_site_check: false },
      valid_from: instantOf(now - 24 * HOUR),
    },
  });
  const known = new Map<string, string>();
  for await (const point of office.listAll('/v1/points')) known.set(point.outlet_code, point.id);
  const points: string[] = [];
  for (const outlet of plan.outlets)
    points.push(known.get(outlet.code) ?? (await openOutlet(registrar.operator, office, plan, outlet)));
  return { plan, office, points };
}

async function openOutlet(
  operator: Caller,
  office: Caller,
  { country, zone, city, postcode }: NetworkPlan,
  { code, name, kind, street, position }: CounterPlan,
): Promise<string> {
  const isLocker = kind === 'locker';
  const hours = [1, 2, 3, 4, 5, 6, 7].map((day) =>
    isLocker ? { day, opens: '00:00', closes: '24:00' } : { day, opens: '08:00', closes: '22:00' },
  );
  const { id } = await office.post('/v1/points', {
    body: {
      ...{ outlet_code: code, name, kind, country, zone, city, postcode, position, hours },
      services: isLocker ? ['collect'] : ['collect', 'return', 'mail'],
      address_lines: [street],
      capacity: {
        per_hour: isLocker ? { collect: 10 } : { collect: 20, return: 6, mail: 6 },
        shelf: isLocker ? 24 : 120,
      },
    },
  });
  for (const decision of ['accept_application', 'complete_training'] as const)
    await operator.post('/v1/points/{point_id}/decisions', {
      params: { path: { point_id: id } },
      body: { decision },
    });
  return id;
}

/** The demo's clerk enters the test world for the first time, and is placed at its first counters. */
async function placeClerk(
  stage: Pick<Stage, 'baseUrl' | 'people'>,
  office: Caller,
  points: readonly string[],
): Promise<void> {
  const person = stage.people?.find(({ role }) => role === 'point_clerk');
  if (person === undefined) return;
  const url = `${stage.baseUrl}/v1/sessions`;
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      dpop: await deviceProof(await createDeviceKey(), { method: 'POST', url }),
    },
    body: JSON.stringify({ email: person.email, password: person.password, world: 'test' }),
  });
  if (response.status !== 201) throw new Error(`${person.email} may not log in: ${response.status}`);
  const session = (await response.json()) as { person: { id: string } };
  await office.put('/v1/point-clerks/{person_id}', {
    params: { path: { person_id: session.person.id } },
    body: { point_ids: points.slice(0, 2) },
  });
}

/** Some are on their way, some wait, some were fetched. */
async function fillShelf(
  world: World,
  office: Caller,
  pointId: string,
  { recipients, market }: NetworkPlan,
  series: string,
): Promise<void> {
  const marketplace = world.parties.marketplaces[market]?.staff;
  if (marketplace === undefined) return;
  // A start that was cut short begins again: what is there is not announced twice.
  const there = await office.get('/v1/shelf-parcels', { params: { query: { point_id: pointId, limit: 1 } } });
  if (there.data.length > 0) return;
  const parcels = WAITING.map((_, index) => {
    const number = `SF7${series}${String(index + 1).padStart(13 - series.length - 1, '0')}`;
    const [name = '', phone = ''] = recipients[index % recipients.length] ?? [];
    const given = {
      given_at: instantOf(world.now() - HOUR),
      channel: 'checkout' as const,
      wording: '2026-03',
    };
    return {
      object_id: number,
      parcel: {
        ...{ point_id: pointId, number, carrier_code: BRINGER, recipient: { name, phone } },
        consent: { given_by: 'recipient' as const, ...given },
      },
    };
  });
  const announced = await marketplace.post('/v1/point-deliveries', { body: { parcels } as never });
  const point = await office.get('/v1/points/{point_id}/record', { params: { path: { point_id: pointId } } });
  for (const [index, end] of WAITING.entries()) {
    const parcel = parcels[index];
    const id = announced.results[index]?.shelf_parcel_id;
    if (parcel === undefined || id === undefined || end === 'announced') continue;
    const place = point.kind === 'locker' ? `C${index + 1}` : `${1 + (index % 4)}-${1 + (index % 3)}`;
    await office.post('/v1/points/{point_id}/shelf-parcels', {
      params: { path: { point_id: pointId } },
      body: { number: parcel.parcel.number, place },
    });
    if (end === 'handed_out')
      await office.post('/v1/shelf-parcels/{shelf_parcel_id}/hand-out', {
        params: { path: { shelf_parcel_id: id } },
        body: { way: 'identity', identity: { document: 'identity_card' } },
      });
  }
}

type Market = { readonly app: Caller; readonly bringer: Caller; readonly buyer: Caller };

function sellerOf(world: World): Market {
  const seller = world.merchants.find(({ home }) => home.country === 'CN');
  const app = seller === undefined ? undefined : world.parties.merchants[seller.index]?.owner;
  const bringer = world.parties.carriers.get(BRINGER)?.office;
  if (app === undefined || bringer === undefined) throw new Error('nobody sells what could go back');
  return { app, bringer, buyer: world.parties.buyer };
}

/** Orders that their buyer has in his hands: one for whoever tries the portal, others with returns under way. */
async function deliverOrders({ app, bringer }: Market, now: number): Promise<void> {
  const orders = TO_RETURN.map(({ reference, description, minor, buyer }) => ({
    object_id: reference,
    order: {
      reference,
      ...{ placed_at: instantOf(now - 96 * HOUR), paid_at: instantOf(now - 96 * HOUR) },
      ...{ sender: TO_RETURN[0].sender, recipient: buyer },
      goods: [
        {
          ...{ description_en: description, quantity: 1, unit_weight_grams: 700 },
          unit_value: { amount_minor: minor, currency: 'CNY' },
        },
      ],
      order_amount: { amount_minor: minor, currency: 'CNY' },
    },
  }));
  await app.post('/v1/orders', { body: { orders } });
  const numberOf = (index: number) => `SF79${String(index + 1).padStart(11, '0')}`;
  const shipments = TO_RETURN.map(({ reference }, index) => ({
    object_id: reference,
    shipment: {
      ...{ order_reference: reference, carrier_code: BRINGER, number: numberOf(index) },
      ...{ shipped_at: instantOf(now - 72 * HOUR), ship_from_country: 'CN' },
    },
  }));
  await app.post('/v1/external-shipments', { body: { shipments } });
  const place = { country: 'CN', city: '杭州市' };
  const scans = TO_RETURN.flatMap((_, index) => [
    { number: numberOf(index), milestone: 'picked_up', occurred_at: instantOf(now - 71 * HOUR), place },
    { number: numberOf(index), milestone: 'delivered', occurred_at: instantOf(now - 2 * HOUR), place },
  ]);
  await bringer.post('/v1/scans', { body: { scans } as never });
}

/** One is to be brought to the counter, and one lies there for the courier. */
async function beginReturns({ app, buyer }: Market, office: Caller, pointId: string): Promise<void> {
  const [, second, third] = TO_RETURN;
  for (const [index, { reference, buyer: who }] of [second, third].entries()) {
    const opening = { order_number: reference, email: who.email, world: 'test' as const };
    const token = await patiently(
      async () => (await buyer.post('/v1/return-portal', { body: opening })).token,
    );
    const item = { line: 1, quantity: 1, reason: 'changed_mind' };
    const application = { object_id: 'demo', kind: 'return' as const, items: [item], picture_ids: [] };
    const { id, state } = await patiently(() =>
      buyer.post('/v1/return-portal/returns', { body: { token, application } }),
    );
    if (state !== 'applied') continue;
    await app.post('/v1/returns/{return_id}/agreement', { params: { path: { return_id: id } } });
    const routed = await buyer.post('/v1/return-portal/route', {
      body: { token, return_id: id, route: { method: 'point', point_id: pointId } },
    });
    if (index === 0) continue;
    const seen = await office.post('/v1/return-codes/lookup', {
      body: { point_id: pointId, code: routed.code?.code ?? '' },
    });
    const checks = Object.fromEntries(seen.checklist.map((name) => [name, true]));
    await office.post('/v1/returns/{return_id}/intake', {
      params: { path: { return_id: id } },
      body: {
        items: [{ line: 1, finding: 'as_described', checks }],
        ...{ weight_grams: 720, payment: seen.payment, picture_ids: [] },
        identity: { document_kind: 'identity_card' },
        freight: { amount_minor: 1_200, currency: 'CNY' },
      },
    });
  }
}

const TRIES = 40;
const AGAIN_MS = 500;

/** The order follows the carrier's scans a moment later. */
async function patiently<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1)
    try {
      return await ask();
    } catch (error) {
      if (attempt === TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
}
