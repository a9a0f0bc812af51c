import type { Role } from '../../network/accounts/index.ts';
import { pointApplication } from '../../network/points/points.fixture.ts';
import {
  BERLIN,
  BR_GOODS,
  BR_OFFER,
  EU_OFFER,
  GOODS,
  type Market,
  MUNICH,
  must,
  openMarket,
  type Partner,
  RIO,
  SAO_PAULO,
} from '../setup/market.ts';
import { type Client, startTestNetwork, type TestNetwork } from '../setup/network.ts';

/** One side of the network with every role that a rig acts as. */
export type Side = {
  readonly market: Market;
  readonly keys: ReadonlyMap<Role, Partner>;
  readonly ids: IdPool;
  /** What fills path parameters that are no ids of ours, by name of the parameter. */
  readonly names: ReadonlyMap<string, string>;
};
export type RigWorld = {
  readonly network: TestNetwork;
  readonly staff: ReadonlyMap<Role, Partner>;
  readonly a: Side;
  readonly b: Side;
};

/** Ids seen in answers, by prefix: what the path parameters of a route can be filled with. */
export type IdPool = { add(value: unknown): void; of(prefix: string): readonly string[] };

const ID = /\b([a-z]{3})_[0-9a-hjkmnp-tv-z]{26}\b/g;

export function createIdPool(): IdPool {
  const pool = new Map<string, Set<string>>();
  return {
    add: (value) => {
      for (const match of (JSON.stringify(value) ?? '').matchAll(ID)) {
        const prefix = match[1] ?? '';
        const known = pool.get(prefix) ?? new Set();
        pool.set(prefix, known);
        if (known.size < 500) known.add(match[0]);
      }
    },
    of: (prefix) => [...(pool.get(prefix) ?? [])],
  };
}

/** Says nothing about parcels, so that nobody's timeline changes by it. */
const EPCIS_DOCUMENT = {
  '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
  type: 'EPCISDocument',
  schemaVersion: '2.0',
  creationDate: '2026-03-04T12:00:00Z',
  epcisBody: {
    eventList: [
      {
        type: 'ObjectEvent',
        eventTime: '2026-03-04T11:00:00Z',
        eventTimeZoneOffset: '+01:00',
        action: 'OBSERVE',
        epcList: ['urn:epc:id:sgtin:4012345.011111.1'],
      },
    ],
  },
};

export async function openRigWorld(): Promise<RigWorld> {
  const network = await startTestNetwork();
  const me = must(await network.operator.get<{ organisation: { id: string } }>('/v1/me'));
  const staff = new Map<Role, Partner>([
    ['operator', { id: me.organisation.id, client: network.operator, key: '' }],
  ]);
  for (const role of ['customer_service', 'risk_inspector', 'finance', 'auditor'] as const)
    staff.set(role, await mint(network, me.organisation.id, role));
  return { network, staff, a: await openSide(network, GERMANY), b: await openSide(network, BRAZIL) };
}

type Business = {
  readonly country: string;
  readonly currency: string;
  readonly carrierCode: string;
  readonly offer: object;
  readonly sender: object;
  readonly recipient: object;
  readonly goods: object;
};
const GERMANY: Business = {
  country: 'DE',
  currency: 'EUR',
  carrierCode: 'postroad_express_eu',
  offer: EU_OFFER,
  sender: BERLIN,
  recipient: MUNICH,
  goods: GOODS,
};
/** Another carrier and warehouse: nobody of one side has a part in a shipment of the other. */
const BRAZIL: Business = {
  country: 'BR',
  currency: 'BRL',
  carrierCode: 'postroad_express_br',
  offer: BR_OFFER,
  sender: SAO_PAULO,
  recipient: RIO,
  goods: BR_GOODS,
};

type Bought = {
  id: string;
  line_code: string;
  parcels: { id: string; waybill_id: string; number: string }[];
};

async function nameThings(
  market: Market,
  business: Business,
  shipment: Bought,
): Promise<ReadonlyMap<string, string>> {
  const parcel = shipment.parcels[0];
  const link = must(
    await market.merchant.client.post<{ token: string }>(`/v1/parcels/${parcel?.id}/links`, {}),
  );
  return new Map([
    ['carrier_code', business.carrierCode],
    ['line_code', shipment.line_code],
    ['source_id', business.carrierCode],
    ['kind', 'market_policy'],
    ['number', parcel?.number ?? ''],
    ['token', link.token],
    ['query_name', `arrivals.${market.merchant.id}`],
    ['month', new Date().toISOString().slice(0, 7)],
  ]);
}

async function openSide(network: TestNetwork, business: Business): Promise<Side> {
  const { country, currency, carrierCode } = business;
  const market = await openMarket(network, {
    operator: network.operator,
    country,
    currency,
    carrierCode,
    topUpMinor: 500_000,
  });
  const counters = must(
    await network.operator.post<{ id: string }>('/v1/organisations', {
      kind: 'point_operator',
      name: 'Counters',
      country,
    }),
  );
  const keys = new Map<Role, Partner>([
    ['marketplace_staff', market.marketplace],
    ['merchant_admin', market.merchant],
    ['carrier', market.carrier],
    ['warehouse_staff', market.warehouse],
    ['merchant_clerk', await mint(network, market.merchant.id, 'merchant_clerk')],
    ['merchant_app', await mint(network, market.merchant.id, 'merchant_app')],
    ['courier', await mint(network, market.carrier.id, 'courier')],
    ['point_staff', await mint(network, counters.id, 'point_staff')],
  ]);
  const ids = createIdPool();
  const remember = <T>(value: T): T => {
    ids.add(value);
    return value;
  };
  for (const partner of keys.values()) ids.add(partner.id);
  await openCounter(network, keys.get('point_staff')!);
  const buy = async (orderRef: string) => {
    const offers = remember(
      must(
        await market.merchant.client.post<{ offers: { offer_id: string }[]; refused: unknown[] }>(
          '/v1/offers',
          business.offer,
        ),
      ),
    );
    if (offers.offers[0] === undefined) throw new Error(`no offer: ${JSON.stringify(offers.refused)}`);
    return remember(
      must(
        await market.merchant.client.post<Bought>('/v1/shipments', {
          offer_id: offers.offers[0]?.offer_id,
          order_ref: orderRef,
          sender: business.sender,
          recipient: business.recipient,
          goods: business.goods,
          handover: 'drop_off',
        }),
      ),
    );
  };
  const shipment = await buy('rig-1');
  await buy('rig-2');
  remember(
    (
      await market.merchant.client.post(`/v1/waybills/${shipment.parcels[0]?.waybill_id}/labels`, {
        format: 'pdf',
        size: '100x150mm',
      })
    ).body,
  );
  remember((await market.merchant.client.get(`/v1/shipments/${shipment.id}`)).body);
  const order = { reference: 'rig-3', placed_at: '2026-11-20T10:00:00Z', goods: business.goods };
  const placed = must(
    await market.merchant.client.post<{ results: { order_id: string }[] }>('/v1/orders', {
      orders: [
        { object_id: 'a', order: { ...order, sender: business.sender, recipient: business.recipient } },
      ],
    }),
  );
  const lost = {
    object_id: 'a',
    kind: 'refund_only',
    items: [{ line: 1, quantity: 1, reason: 'not_received' }],
  };
  must(await market.marketplace.client.post(`/v1/orders/${placed.results[0]?.order_id}/returns`, lost));
  await orderMailing(market.merchant.client, business);
  must(await market.merchant.client.post('/v1/sender-addresses', { label: 'Home', party: business.sender }));
  const declaration = { order_reference: order.reference, carrier_code: 'ups', number: '1Z999AA10123456784' };
  must(
    await market.merchant.client.post('/v1/external-shipments', {
      shipments: [{ object_id: 'a', shipment: declaration }],
    }),
  );
  await network.settle();
  // A rulebook of its own: what its cases were judged by may be the network's, which it does not read.
  const rules = keys.get('marketplace_staff')!.client;
  const { document } = must(await rules.get<{ document: unknown }>('/v1/rulebook-kinds/masks/in-force'));
  remember(must(await rules.post('/v1/rulebooks', { kind: 'masks', document })));
  must(await market.merchant.client.post(`/v1/shipments/${shipment.id}/drop-off`, {}));
  remember(must(await keys.get('merchant_app')!.client.post('/epcis/capture', EPCIS_DOCUMENT)));
  await network.settle();
  const names = await nameThings(market, business, shipment);
  remember(await subscribeToArrivals(keys.get('merchant_app')!.client, names.get('query_name') ?? ''));
  const said = { token: names.get('token'), kind: 'other', text: 'It is not here.' };
  must(await network.client().post('/v1/track/reports', said));
  // Whatever a party can list belongs to it: that fills the pool for the routes of every room.
  for (const partner of keys.values()) await harvest(network, partner.client, remember);
  return { market, keys, ids, names };
}

/** A query of a name that no other side has, and somebody who is told at the new year. */
async function subscribeToArrivals(client: Client, name: string): Promise<unknown> {
  must(await client.post('/epcis/queries', { name, query: { EQ_bizStep: ['arriving'] } }));
  const wish = { dest: 'https://client.example.com/', schedule: { month: '1' } };
  return must(await client.post(`/epcis/queries/${name}/subscriptions`, wish));
}

/** A parcel of a person for whom the merchant orders; its sender pays at a counter. */
async function orderMailing(client: Client, { offer, sender, recipient }: Business): Promise<void> {
  const { from, to } = offer as { from: object; to: object };
  const asked = { from, to, weight_grams: 800 };
  type Quote = { offers: { line_code: string; total: object }[] };
  const [best] = must(await client.post<Quote>('/v1/mailing-quotes', asked)).offers;
  const order = { line_code: best?.line_code, agreed_total: best?.total, payment: 'counter' };
  const parcel = { goods: { description: 'Shirt' }, parcel: { weight_grams: 800 } };
  must(await client.post('/v1/mailings', { object_id: 'rig-1', sender, recipient, ...parcel, ...order }));
}

/** A point network under contract with one outlet. */
async function openCounter(network: TestNetwork, counters: Partner): Promise<void> {
  must(
    await network.operator.send('PUT', `/v1/point-networks/${counters.id}/contract`, {
      number: 'P-1',
      valid_from: '2020-01-01T00:00:00Z',
    }),
  );
  must(await counters.client.post('/v1/points', pointApplication('rig-1')));
}

/** A stream that nobody has to ask for by a question: its answer does not end. network/notices/changes.int.test.ts reads it. */
export const isEndless = ({ operation }: { readonly operation: string }): boolean =>
  operation === 'followChanges';

/** Calls every list route of the contract that takes no parameters. */
async function harvest(
  network: TestNetwork,
  client: Client,
  remember: (value: unknown) => unknown,
): Promise<void> {
  for (const route of network.postroad.routes) {
    if (route.method !== 'GET' || route.path.includes(':') || isEndless(route)) continue;
    const answer = await client.get(route.path);
    if (answer.status === 200) remember(answer.body);
  }
}

async function mint(network: TestNetwork, organisationId: string, role: Role): Promise<Partner> {
  const minted = must(
    await network.operator.post<{ secret: string }>('/v1/api-keys', {
      organisation_id: organisationId,
      role,
      name: role,
    }),
  );
  return { id: organisationId, key: minted.secret, client: network.client(minted.secret) };
}
