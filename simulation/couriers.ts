import type { Act, VisitAct } from './acts.ts';
import { DAY, dateOf, HOUR, instantOf, MINUTE, nextHourOfDay } from './calendar.ts';
import { refusalOf } from './caller.ts';
import { carrierOf } from './carriers.ts';
import { atWarehouse } from './life.ts';
import { partyOf } from './merchants.ts';
import { randomOf } from './random.ts';
import { maybeSendBack } from './returns.ts';
import { reach } from './truth.ts';
import { boughtOf, count, enqueue, orderOf, truthOf, type Visit, type World } from './world.ts';

type Of<Kind extends Act['kind']> = Extract<Act, { kind: Kind }>;

/** One visit takes that many shipments at most. */
const SHIPMENTS_PER_VISIT = 100;
/** A visit in twenty finds nobody, and comes again the next day. */
const FAILED_VISITS = 0.05;
/** After his round the courier unloads at the warehouse; what he brought is weighed later. */
const HOURS_TO_HAND_OVER = 4;
const STOPS_PER_RUN = 280;
const ITEMS_PER_REMITTANCE = 500;

/** One merchant has its parcels of one carrier collected tomorrow. */
export async function book(world: World, acts: readonly Of<'book'>[]): Promise<void> {
  // In the order of the plan: what happened first at the same hour hangs on the network's speed.
  const all = acts.map((act) => act.order).sort((a, b) => a - b);
  for (let start = 0; start < all.length; start += SHIPMENTS_PER_VISIT) {
    const orders = all.slice(start, start + SHIPMENTS_PER_VISIT);
    const first = orderOf(world, orders[0] ?? -1);
    const { app } = partyOf(world, first);
    const shipmentIds = orders.map((order) => truthOf(world, order).shipmentId ?? '');
    const window = await nextWindow(world, first.index, world.now() + 3 * HOUR);
    const pickup = await app.post('/v1/pickups', {
      body: { shipment_ids: shipmentIds, area_id: window.areaId, starts_at: window.startsAt },
    });
    const visit: Visit = {
      id: pickup.id,
      carrier: truthOf(world, first.index).carrierCode ?? '',
      merchant: first.merchant.index,
      orders,
      tries: 0,
    };
    world.visits.set(visit.id, visit);
    world.queue.push({ at: Date.parse(window.startsAt), visit: visit.id, step: 'set_out' });
    count(world, 'visits');
  }
}

async function nextWindow(world: World, order: number, from: number) {
  const { app } = partyOf(world, orderOf(world, order));
  const windows = await app.get('/v1/pickup-windows', {
    params: { query: { shipment_id: truthOf(world, order).shipmentId ?? '', days: 4 } },
  });
  const window = windows.data.find((one) => one.selectable && Date.parse(one.starts_at) >= from);
  if (window === undefined) throw new Error(`nobody can collect order ${order}`);
  return { areaId: window.area_id, startsAt: window.starts_at };
}

export async function visit(world: World, act: VisitAct): Promise<void> {
  const known = world.visits.get(act.visit);
  if (known === undefined) return;
  const courier = carrierOf(world, known.carrier).courier;
  if (courier === undefined) throw new Error(`${known.carrier} has no courier`);
  const params = { path: { pickup_id: known.id } };
  const first = known.orders[0] ?? -1;
  const merchant = partyOf(world, orderOf(world, first)).app;
  const later = (step: VisitAct['step'], delay: number) =>
    world.queue.push({ at: act.at + delay, visit: known.id, step });
  switch (act.step) {
    case 'set_out': {
      const refused = await refusalOf(courier.post('/v1/pickups/{pickup_id}/acceptance', { params }));
      if (refused === 'pickup_state_conflict' && known.tries === 0) {
        // The world slept through the window: the network counted the visit as failed, and the merchant asks for another.
        known.tries += 1;
        for (const order of known.orders) reach(truthOf(world, order), 'pickup_failed', world.now());
        later('reschedule', HOUR);
        break;
      }
      if (refused === 'pickup_state_conflict') {
        // Twice missed is cancelled: the merchant books anew.
        world.visits.delete(known.id);
        for (const order of known.orders) enqueue(world, order, [{ kind: 'book', at: act.at + HOUR }]);
        break;
      }
      if (refused !== undefined) throw new Error(refused);
      await courier.post('/v1/pickups/{pickup_id}/departure', { params });
      const fails = known.tries === 0 && randomOf(world.seed, `visit/${first}`).chance(FAILED_VISITS);
      later(fails ? 'fail' : 'collect', 40 * MINUTE);
      break;
    }
    case 'fail': {
      known.tries += 1;
      await courier.post('/v1/pickups/{pickup_id}/failure', {
        params,
        body: { reason: 'nobody_there', occurred_at: instantOf(act.at) } as never,
      });
      for (const order of known.orders) reach(truthOf(world, order), 'pickup_failed', act.at);
      count(world, 'failed visits');
      later('reschedule', 2 * HOUR);
      break;
    }
    case 'reschedule': {
      const window = await nextWindow(world, first, world.now() + 12 * HOUR);
      await merchant.post('/v1/pickups/{pickup_id}/reschedule', {
        params,
        body: { area_id: window.areaId, starts_at: window.startsAt },
      });
      world.queue.push({ at: Date.parse(window.startsAt), visit: known.id, step: 'set_out' });
      break;
    }
    case 'collect':
      await collect(world, known, act.at);
      later('hand_over', HOURS_TO_HAND_OVER * HOUR);
      break;
    case 'hand_over':
      await courier.post('/v1/pickups/{pickup_id}/handover', { params });
      world.visits.delete(known.id);
      break;
  }
}

/** The merchant reads the four digits to the courier, who scans each parcel. */
async function collect(world: World, known: Visit, at: number): Promise<void> {
  const courier = carrierOf(world, known.carrier).courier;
  const merchant = partyOf(world, orderOf(world, known.orders[0] ?? -1)).app;
  const params = { path: { pickup_id: known.id } };
  const { code = '' } = await merchant.get('/v1/pickups/{pickup_id}', { params });
  await courier?.post('/v1/pickups/{pickup_id}/code-check', { params, body: { code } });
  const parcels = known.orders.flatMap((order) =>
    truthOf(world, order).parcels.map((parcel) => ({ parcel_id: parcel.id, outcome: 'collected' })),
  );
  await courier?.post('/v1/pickups/{pickup_id}/collection', {
    params,
    body: { parcels, occurred_at: instantOf(at) } as never,
  });
  for (const index of known.orders) {
    const truth = truthOf(world, index);
    reach(truth, 'picked_up', at);
    truth.state = 'picked_up';
    const hours = Math.max(
      HOURS_TO_HAND_OVER + 1,
      randomOf(world.seed, `to-warehouse/${index}`).spread(9, 30),
    );
    const arrived = at + Math.round(hours) * HOUR;
    enqueue(world, index, atWarehouse(world.seed, orderOf(world, index), boughtOf(truth), arrived));
  }
}

/**
 * The morning at a depot: parcels go on lists, couriers leave. All parcels of one carrier that leave at the same
 * instant are dealt to its couriers.
 */
export async function leaveDepot(world: World, carrier: string, acts: readonly Of<'out'>[]): Promise<void> {
  const { office, courierIds } = carrierOf(world, carrier);
  const leavesAt = acts[0]?.at ?? world.now();
  for (let start = 0, round = 0; start < acts.length; round += 1) {
    const list: Of<'out'>[] = [];
    for (let stops = 0; start < acts.length; start += 1) {
      const act = acts[start];
      if (act === undefined) break;
      stops += truthOf(world, act.order).parcels.length;
      if (stops > STOPS_PER_RUN) break;
      list.push(act);
    }
    const courierId = courierIds[(Math.floor(leavesAt / DAY) + round) % courierIds.length] ?? '';
    const stops = list.flatMap((act) =>
      truthOf(world, act.order).parcels.map((parcel, parcelIndex) => ({ act, parcel, parcelIndex })),
    );
    const planned = await office.post('/v1/delivery-runs', {
      body: {
        courier_id: courierId,
        day: dateOf(leavesAt),
        parcels: stops.map((stop) => stop.parcel.number),
      },
    });
    for (const [index, line] of planned.lines.entries()) {
      const stop = stops[index];
      if (stop === undefined) continue;
      if (line.code === 'delivery_state_conflict') {
        // The courier of yesterday has not told yet how it went: another day.
        const at = world.now() + 12 * HOUR;
        world.queue.push({ ...stop.act, at, doorAt: at + 2 * HOUR });
        list.splice(list.indexOf(stop.act), 1);
        continue;
      }
      if (line.delivery_id === undefined)
        throw new Error(`order ${stop.act.order} got on no list: ${line.code} ${line.detail}`);
      const known = (world.doors.get(stop.act.order) ?? []).filter(
        (door) => door.parcelIndex !== stop.parcelIndex,
      );
      known.push({ deliveryId: line.delivery_id, order: stop.act.order, parcelIndex: stop.parcelIndex });
      world.doors.set(stop.act.order, known);
    }
    if (planned.run === undefined) continue;
    for (const act of list) reach(truthOf(world, act.order), 'arrived_delivery_depot', world.now());
    await office.post('/v1/delivery-runs/{run_id}/departure', {
      params: { path: { run_id: planned.run.id } },
      body: { occurred_at: instantOf(world.now()) },
    });
    for (const act of list) {
      const truth = truthOf(world, act.order);
      reach(truth, 'out_for_delivery', world.now());
      if (truth.state === 'sent') truth.state = 'in_transit';
      enqueue(world, act.order, [
        { kind: 'door', at: Math.max(act.doorAt, world.now() + MINUTE), outcome: act.outcome } as never,
      ]);
    }
    count(world, 'runs');
  }
}

/** What couriers of one carrier have to tell of the doors they were at, up to 100 in one message. */
export async function reportDoors(world: World, carrier: string, acts: readonly Of<'door'>[]): Promise<void> {
  const { office } = carrierOf(world, carrier);
  const reports = acts.flatMap((act) =>
    (world.doors.get(act.order) ?? []).map((door, index) => ({
      delivery_id: door.deliveryId,
      client_id: `door-${act.order}-${door.parcelIndex}-${act.step}`,
      occurred_at: instantOf(act.at),
      ...(act.outcome === 'delivered'
        ? {
            ...{ outcome: 'delivered', sign_kind: 'self', signature: 'M120 200 L300 120 L420 260 L640 180' },
            // All of it with the first parcel.
            ...(index === 0 ? cashOf(world, act.order) : {}),
          }
        : act.outcome === 'refused'
          ? { outcome: 'refused' }
          : { outcome: 'attempted', reason: 'recipient_absent' }),
    })),
  );
  for (let start = 0; start < reports.length; start += 100) {
    const part = reports.slice(start, start + 100);
    const answer = await office.post('/v1/courier/delivery-reports', { body: { reports: part } as never });
    for (const line of answer.results)
      if (line.outcome === 'refused') throw new Error(`a report was refused: ${line.code} ${line.detail}`);
  }
  for (const act of acts) noteDoor(world, act);
}

function cashOf(world: World, order: number) {
  const { cash } = truthOf(world, order);
  return cash === undefined ? {} : { cash_collected: cash };
}

/** The next evening the carrier pays in what its couriers took; the network's finance compares and credits. */
export async function remit(world: World, carrier: string, acts: readonly Of<'remit'>[]): Promise<void> {
  const { office, organisationId } = carrierOf(world, carrier);
  for (const [currency, ofCurrency] of Map.groupBy(acts, (act) => truthOf(world, act.order).cash?.currency)) {
    if (currency === undefined) continue;
    const items = ofCurrency.map((act) => {
      const { shipmentId: shipment_id = '', cash } = truthOf(world, act.order);
      return { shipment_id, amount: cash ?? { amount_minor: 0, currency } };
    });
    for (let start = 0; start < items.length; start += ITEMS_PER_REMITTANCE)
      await office.post('/v1/cod-remittances', {
        body: {
          remittance_reference: `cash-${world.seed}-${ofCurrency[0]?.order}-${start}`,
          currency,
          items: items.slice(start, start + ITEMS_PER_REMITTANCE),
        },
      });
    for (let after: string | undefined; ; ) {
      const found = await world.parties.finance.post('/v1/cod-reconciliations', {
        body: { carrier_id: organisationId, currency, ...(after === undefined ? {} : { after }) },
      });
      if (found.next === undefined) break;
      after = found.next;
    }
    for (const act of ofCurrency) truthOf(world, act.order).isCashPaidIn = true;
    count(world, 'paid at the door', items.length);
  }
}

function noteDoor(world: World, act: Of<'door'>): void {
  const truth = truthOf(world, act.order);
  if (act.outcome === 'delivered') {
    reach(truth, 'delivered', act.at);
    truth.state = 'delivered';
    count(world, 'delivered');
    maybeSendBack(world, act.order, act.at);
    if (truth.cash !== undefined)
      enqueue(world, act.order, [{ kind: 'remit', at: nextHourOfDay(act.at + 12 * HOUR, 12) }]);
    return;
  }
  const isSecond = truth.parcels.some((parcel) => parcel.milestones.delivery_attempted !== undefined);
  reach(truth, act.outcome === 'refused' ? 'refused' : 'delivery_attempted', act.at);
  if (act.outcome === 'refused' || isSecond) {
    const isDestroyed = orderOf(world, act.order).undeliverable === 'destroy';
    if (!isDestroyed) reach(truth, 'returning', act.at);
  }
}

export async function endAtDepot(world: World, act: Of<'complete_return' | 'dispose'>): Promise<void> {
  const truth = truthOf(world, act.order);
  const { office } = carrierOf(world, truth.carrierCode ?? '');
  const occurred_at = instantOf(act.at);
  for (const door of world.doors.get(act.order) ?? []) {
    const params = { path: { delivery_id: door.deliveryId } };
    if (act.kind === 'dispose')
      await office.post('/v1/deliveries/{delivery_id}/disposal', { params, body: { occurred_at } });
    else
      await office.post('/v1/deliveries/{delivery_id}/return-completion', { params, body: { occurred_at } });
  }
  reach(truth, act.kind === 'dispose' ? 'disposed' : 'returned', act.at);
  truth.state = act.kind === 'dispose' ? 'destroyed' : 'returned';
  count(world, act.kind === 'dispose' ? 'disposed' : 'returned');
}
