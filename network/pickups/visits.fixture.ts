import pg from 'pg';
import { findOperator, mintForBootstrap } from '../../server/bootstrap.ts';
import { BERLIN, EU_OFFER, GOODS, type Market, MUNICH, must, openMarket } from '../../test/setup/market.ts';
import { type Client, startTestNetwork } from '../../test/setup/network.ts';
import { insertSamples } from './shipment.fixture.ts';

export type Pickup = {
  id: string;
  state: string;
  code?: string;
  code_locked: boolean;
  courier_id?: string;
  attempts: number;
  window: { starts_at: string };
  cancelled_by?: string;
  reason?: string;
  shipment_ids: string[];
  sender?: { name: string; phone?: string };
  parcels: { parcel_id: string; outcome?: string }[];
  history?: { fact: string }[];
};

export const code = (answer: { body: unknown }) => (answer.body as { code: string }).code;

/** All of it in the test world, whose clock the operator sets: windows and missed visits by the world's time. */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: one set-up, told in order
export async function openVisits() {
  const couriers: { id: string; client: Client }[] = [];

  const HOUR = 3_600_000;
  const at = (hours: number) => new Date(monday + hours * HOUR).toISOString();
  const setClock = async (time: string) => must(await operator.post('/v1/test/clock', { now: time }));

  async function addCourier(by: Market, name: string): Promise<{ id: string; client: Client }> {
    const minted = must(
      await operator.post<{ key: { id: string }; secret: string }>('/v1/api-keys', {
        organisation_id: by.carrier.id,
        role: 'courier',
        name,
      }),
    );
    const courier = must(
      await by.carrier.client.post<{ id: string }>('/v1/couriers', {
        name,
        phone_tail: '4321',
        area_ids: [areaId],
        api_key_id: minted.key.id,
      }),
    );
    return { id: courier.id, client: network.client(minted.secret) };
  }

  const network = await startTestNetwork();
  const world = network.postroad.worlds.test;
  const operatorId = (await findOperator(world)) ?? '';
  const operator = network.client(await mintForBootstrap(world, operatorId, 'operator', 'test operator'));
  const database = new pg.Client({ connectionString: network.testUrl });
  await database.connect();
  const now = new Date(must(await operator.get<{ now: string }>('/v1/test/clock')).now);
  now.setUTCHours(0, 0, 0, 0);
  const monday = now.getTime() + (((8 - now.getUTCDay()) % 7) + 7) * 24 * HOUR;
  await setClock(at(5));
  const shared = { operator, country: 'DE', currency: 'EUR', topUpMinor: 100_000 };
  const market = await openMarket(network, { ...shared, carrierCode: 'postroad_express_eu' });
  const rival = await openMarket(network, { ...shared, carrierCode: 'postroad_line' });
  const area = must(
    await market.carrier.client.post<{ id: string }>('/v1/pickup-areas', {
      code: 'berlin-mitte',
      country: 'DE',
      postcode_prefixes: ['101'],
      zone: 'UTC',
      working_hours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from_hour: 8, to_hour: 18 })),
      exceptions: [{ date: new Date(monday + 48 * HOUR).toISOString().slice(0, 10) }],
      slot: 'two_hours',
      lead_minutes: 60,
    }),
  );
  const areaId = area.id;
  for (const name of ['Anna', 'Bert']) couriers.push(await addCourier(market, name));

  let bought = 0;
  async function buy(): Promise<{ id: string; parcels: { id: string }[] }> {
    const { client } = market.merchant;
    const offers = must(await client.post<{ offers: { offer_id: string }[] }>('/v1/offers', EU_OFFER));
    bought += 1;
    return must(
      await client.post('/v1/shipments', {
        offer_id: offers.offers[0]?.offer_id,
        order_ref: `order-${bought}`,
        sender: BERLIN,
        recipient: MUNICH,
        goods: GOODS,
        handover: 'door_pickup',
      }),
    ) as never;
  }
  const samples = (list: object[]) =>
    insertSamples(
      network.postroad.worlds.test,
      list.map((more) => ({
        organisationId: market.merchant.id,
        carrierId: market.carrier.id,
        warehouseId: market.warehouse.id,
        ...more,
      })),
    );
  const book = (shipmentIds: string[], startsAt: string) =>
    market.merchant.client.post<Pickup>('/v1/pickups', {
      shipment_ids: shipmentIds,
      area_id: areaId,
      starts_at: startsAt,
    });
  const courierOf = (pickup: Pickup) => {
    const courier = couriers.find((candidate) => candidate.id === pickup.courier_id);
    if (courier === undefined) throw new Error('no courier was sent');
    return courier;
  };
  const hourOf = async (startsAt: string) =>
    (
      await database.query(
        'select capacity, reserved, used from pickups.capacity_hour where area_id = $1 and starts_at = $2',
        [areaId, startsAt],
      )
    ).rows[0];
  async function toDoor(pickup: Pickup): Promise<Client> {
    const { client } = courierOf(pickup);
    must(await client.post(`/v1/pickups/${pickup.id}/acceptance`));
    must(await client.post(`/v1/pickups/${pickup.id}/departure`));
    return client;
  }

  const close = async () => {
    await database.end();
    await network.stop();
  };
  return {
    network,
    operator,
    market,
    rival,
    database,
    areaId,
    couriers,
    at,
    setClock,
    buy,
    samples,
    book,
    courierOf,
    hourOf,
    toDoor,
    close,
  };
}
