import type { components } from '../sdk/src/index.ts';
import { HOUR, instantOf } from './calendar.ts';
import type { Caller } from './caller.ts';
import { tellNewCodes } from './desk-codes.ts';
import { DOORS, OFFICE } from './desk-parties.ts';
import type { DemoPerson, Stage } from './stage.ts';
import type { World } from './world.ts';

type CurrentSession = components['schemas']['CurrentSession'];

/**
 * Work for people who log in: a courier and a warehouse hand find parcels of their own to collect, to bring and to
 * count. Nobody else in the world touches these, and no checker judges them.
 */
export type DeskParties = {
  readonly merchant: Caller;
  readonly office: Caller;
  readonly operator: Caller;
  readonly carrierCode: string;
  readonly warehouse: Caller;
  /** The person among the carrier's people who is to be the courier. */
  readonly courierPersonId: string;
};
export type Desk = DeskParties & { readonly courierId: string; readonly areaId: string };

const COURIER_NAME = 'Demo courier';
/** A street that no other merchant of the world has, collected by the demo's courier alone. */
const AREA_CODE = 'demo-street';
const TO_COLLECT = 3;
const TO_BRING = 6;
const TO_COUNT = 5;
const WITH_NEW_CODES = 3;

/** The desk of a world that lives beside people; undefined where the demo has no courier. */
export async function deskOf(
  stage: Pick<Stage, 'baseUrl' | 'people'>,
  world: Pick<World, 'parties' | 'merchants'>,
): Promise<Desk | undefined> {
  const person = stage.people?.find((one) => one.role === 'courier');
  const warehouse = world.parties.warehouses.get('CN');
  const seller = world.merchants.find((merchant) => merchant.home.country === 'CN');
  const merchant = seller === undefined ? undefined : world.parties.merchants[seller.index]?.app;
  if (person === undefined || warehouse === undefined || merchant === undefined) return undefined;
  const courier = await personOf(stage.baseUrl, person);
  const carrier = world.parties.carriers
    .values()
    .find((one) => one.organisationId === courier.organisation_id);
  if (carrier === undefined) return undefined;
  const { office, code: carrierCode } = carrier;
  const { operator } = world.parties;
  return openDesk({ merchant, office, operator, carrierCode, warehouse, courierPersonId: courier.id });
}

/** Who somebody is in the test world: the first log-in there makes him known. */
async function personOf(baseUrl: string, { email, password }: DemoPerson) {
  const response = await fetch(`${baseUrl}/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password, world: 'test' }),
  });
  if (response.status !== 201) throw new Error(`${email} may not log in: ${response.status}`);
  const { person, csrf_token } = (await response.json()) as CurrentSession;
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
  await fetch(`${baseUrl}/v1/sessions/current`, {
    method: 'DELETE',
    headers: { cookie, 'postroad-csrf': csrf_token },
  });
  return person;
}

/** Makes the courier and his street, or finds them. */
export async function openDesk(parties: DeskParties): Promise<Desk> {
  const { office, courierPersonId } = parties;
  const areas = await Array.fromAsync(office.listAll('/v1/pickup-areas'));
  const areaId = areas.find((area) => area.code === AREA_CODE)?.id ?? (await openStreet(office));
  const couriers = await Array.fromAsync(office.listAll('/v1/couriers'));
  const known = couriers.find((courier) => courier.name === COURIER_NAME);
  const body = { name: COURIER_NAME, area_ids: [areaId], is_on: true, person_id: courierPersonId };
  if (known !== undefined && known.person_id === courierPersonId)
    return { ...parties, areaId, courierId: known.id };
  const courier =
    known === undefined
      ? await office.post('/v1/couriers', { body })
      : await office.put('/v1/couriers/{courier_id}', { params: { path: { courier_id: known.id } }, body });
  return { ...parties, areaId, courierId: courier.id };
}

async function openStreet(office: Caller): Promise<string> {
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  const area = await office.post('/v1/pickup-areas', {
    body: {
      code: AREA_CODE,
      country: 'CN',
      postcode_prefixes: [OFFICE.address.postcode],
      zone: 'Asia/Shanghai',
      working_hours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from_hour: 0, to_hour: 24 })),
      slot: 'half_day',
      lead_minutes: 0,
    },
  });
  await office.put('/v1/pickup-areas/{area_id}/capacities', {
    params: { path: { area_id: area.id } },
    body: {
      mode: 'full',
      capacities: hours.map((hour) => ({ day: 'daily' as const, hour, capacity: 20 })),
    },
  });
  return area.id;
}

/** Where one of the lists is empty, it is filled again. `now` in milliseconds of the world. */
export async function fillDesk(desk: Desk, now: number): Promise<void> {
  if ((await openVisits(desk)).length === 0) await bookVisit(desk, now);
  await fillRun(desk, now);
  const announced = await desk.warehouse.get('/v1/handovers', { params: { query: { limit: 100 } } });
  if (!announced.data.some((one) => one.state === 'committed' || one.state === 'arrived'))
    await announceHandover(desk, now);
}

async function openVisits(desk: Desk) {
  const states = ['assigned', 'accepted', 'on_the_way', 'code_verified', 'collected'] as const;
  const lists = await Promise.all(
    states.map((state) => desk.office.get('/v1/pickups', { params: { query: { state, limit: 100 } } })),
  );
  return lists.flatMap((list) => list.data).filter((pickup) => pickup.courier_id === desk.courierId);
}

async function bookVisit(desk: Desk, now: number): Promise<void> {
  const shipments = await buyAll(desk, now, 'visit', TO_COLLECT, 'door_pickup');
  const query = { shipment_id: shipments[0]?.id ?? '', days: 3 };
  const windows = await desk.merchant.get('/v1/pickup-windows', { params: { query } });
  const window = windows.data.find((one) => one.selectable && one.area_id === desk.areaId);
  if (window === undefined) throw new Error('the demo courier has no free window');
  await desk.merchant.post('/v1/pickups', {
    body: {
      shipment_ids: shipments.map((one) => one.id),
      area_id: window.area_id,
      starts_at: window.starts_at,
    },
  });
}

/** Today's run. What an earlier day left over comes first; a run of that day ends with it. */
async function fillRun(desk: Desk, now: number): Promise<void> {
  const day = instantOf(now).slice(0, 10);
  const states = ['assigned', 'out_for_delivery', 'attempted', 'at_depot'] as const;
  const lists = await Promise.all(
    states.map((state) => desk.office.get('/v1/deliveries', { params: { query: { state, limit: 100 } } })),
  );
  const mine = lists.flatMap((list) => list.data).filter((one) => one.courier_id === desk.courierId);
  let isBusy = false;
  for (const run_id of new Set(mine.flatMap((one) => one.run_id ?? []))) {
    const params = { path: { run_id } };
    const run = await desk.office.get('/v1/delivery-runs/{run_id}', { params });
    if (run.day === day) isBusy ||= run.state !== 'closed';
    else if (run.state !== 'closed')
      await desk.office.post('/v1/delivery-runs/{run_id}/closure', { params, body: {} });
  }
  if (isBusy) return;
  const parcels = mine.filter((one) => one.attempts === 0).map((one) => one.number);
  if (parcels.length < TO_BRING) parcels.push(...(await atDepot(desk, now)));
  await tellNewCodes(desk, parcels.slice(0, WITH_NEW_CODES), now);
  await desk.office.post('/v1/delivery-runs', { body: { courier_id: desk.courierId, day, parcels } });
}

/** Some parcels through the warehouse and over the road, as if that had been days ago; one door may be left alone. */
async function atDepot(desk: Desk, now: number): Promise<string[]> {
  const shipments = await buyAll(desk, now, 'run', TO_BRING, 'drop_off');
  for (const { id, parcels } of shipments) {
    const params = { path: { shipment_id: id } };
    const weighed = parcels.map((parcel) => ({ parcel_id: parcel.id, weight_grams: 850 }));
    await desk.warehouse.post('/v1/shipments/{shipment_id}/inbound', { params, body: { parcels: weighed } });
    await desk.warehouse.post('/v1/shipments/{shipment_id}/outbound', { params, body: {} });
    await desk.warehouse.post('/v1/shipments/{shipment_id}/dispatch', { params, body: {} });
  }
  const [, calm] = shipments;
  if (calm !== undefined)
    await desk.merchant.post('/v1/shipments/{shipment_id}/delivery-wishes', {
      params: { path: { shipment_id: calm.id } },
      body: { safe_places: ['door'], given_by: 'recipient_through_merchant' },
    });
  return shipments.flatMap((one) => one.parcels.map((parcel) => parcel.number));
}

async function announceHandover(desk: Desk, now: number): Promise<void> {
  const shipments = await buyAll(desk, now, 'handover', TO_COUNT, 'drop_off');
  const parcelIds = shipments.flatMap((one) => one.parcels.map((parcel) => parcel.id));
  const bag = await desk.merchant.post('/v1/bags', { body: { parcel_ids: parcelIds.slice(0, 3) } });
  await desk.merchant.post('/v1/bags/{bag_id}/commit', { params: { path: { bag_id: bag.id } } });
  const handover = await desk.merchant.post('/v1/handovers', {
    body: { kind: 'self_send', bag_ids: [bag.id], parcel_ids: parcelIds.slice(3) },
  });
  const params = { path: { handover_id: handover.id } };
  await desk.merchant.post('/v1/handovers/{handover_id}/commit', { params });
}

/** `name` and the hour make the order references, so that one can tell what was made for what. */
async function buyAll(
  desk: Desk,
  now: number,
  name: string,
  count: number,
  handover: 'door_pickup' | 'drop_off',
) {
  const bought: Awaited<ReturnType<typeof buy>>[] = [];
  for (let index = 0; index < count; index += 1) {
    const ref = `demo-${name}-${Math.floor(now / HOUR)}-${index + 1}`;
    bought.push(await buy(desk, ref, handover, DOORS[index % DOORS.length] ?? DOORS[0], index === 0));
  }
  return bought;
}

async function buy(
  desk: Desk,
  ref: string,
  handover: 'door_pickup' | 'drop_off',
  recipient: (typeof DOORS)[number],
  paysAtDoor: boolean,
) {
  const { division, city, postcode } = recipient.address;
  const from = OFFICE.address;
  const ask = (cash: object) =>
    desk.merchant.post('/v1/offers', {
      body: {
        order_ref: ref,
        from: { country: 'CN', division: from.division, city: from.city, postcode: from.postcode },
        to: { country: 'CN', division, city, postcode },
        parcels: [{ weight_grams: 850, size: { length_mm: 240, width_mm: 180, height_mm: 90 } }],
        goods: [{ goods_class: 'normal', quantity: 2, unit_value: VALUE, unit_weight_grams: 400 }],
        order_amount: { amount_minor: 2 * VALUE.amount_minor, currency: VALUE.currency },
        ...cash,
      },
    });
  const ofCarrier = (answer: Awaited<ReturnType<typeof ask>>) =>
    answer.offers.find((offer) => offer.carrier_code === desk.carrierCode);
  const cash = { cash_on_delivery: { amount_minor: 2 * VALUE.amount_minor, currency: VALUE.currency } };
  const offer = (paysAtDoor ? ofCarrier(await ask(cash)) : undefined) ?? ofCarrier(await ask({}));
  if (offer === undefined) throw new Error(`${desk.carrierCode} carries nothing for the desk`);
  return desk.merchant.post('/v1/shipments', {
    body: {
      offer_id: offer.offer_id,
      order_ref: ref,
      sender: OFFICE,
      recipient,
      goods: [
        {
          description_en: 'Paper lantern',
          description_cn: '纸灯笼',
          quantity: 2,
          unit_value: VALUE,
          unit_weight_grams: 400,
        },
      ],
      handover,
    },
  });
}

const VALUE = { amount_minor: 4_900, currency: 'CNY' } as const;
