import type { Act } from './acts.ts';
import { instantOf } from './calendar.ts';
import type { Caller } from './caller.ts';
import { randomOf } from './random.ts';
import { reach, type TruthOrder } from './truth.ts';
import { count, orderOf, shipmentPath, truthOf, type World } from './world.ts';

type Step = Extract<
  Act,
  { kind: 'inbound' | 'reject' | 'outbound' | 'fail_outbound' | 'dispatch' | 'return_early' }
>;

/** Where a country has no first warehouse, the carrier's own depot takes parcels in. */
function staffFor(world: World, truth: TruthOrder): Caller {
  const warehouse = world.parties.warehouses.get(truth.from.country);
  const depot = world.parties.carriers.get(truth.carrierCode ?? '')?.office;
  const staff = warehouse ?? depot;
  if (staff === undefined) throw new Error(`nobody takes in order ${truth.order}`);
  return staff;
}

export async function workInWarehouse(world: World, act: Step): Promise<void> {
  const truth = truthOf(world, act.order);
  const staff = staffFor(world, truth);
  const params = shipmentPath(truth);
  const occurred_at = instantOf(act.at);
  switch (act.kind) {
    case 'inbound':
      await weigh(world, act, truth, staff);
      truth.state = 'wait_send';
      reach(truth, 'warehouse_received', act.at);
      break;
    case 'reject':
      await staff.post('/v1/shipments/{shipment_id}/inbound-rejection', {
        params,
        body: { reason: 'packaging_damaged', evidence: `photo/${act.order}`, occurred_at },
      });
      truth.state = 'inbound_rejected';
      reach(truth, 'exception', act.at);
      break;
    case 'fail_outbound':
      await staff.post('/v1/shipments/{shipment_id}/outbound-failure', {
        params,
        body: { reason: 'security_check_failed', evidence: `photo/${act.order}`, occurred_at },
      });
      truth.state = 'outbound_failed';
      reach(truth, 'exception', act.at);
      break;
    case 'outbound':
      await staff.post('/v1/shipments/{shipment_id}/outbound', { params, body: { occurred_at } });
      truth.state = 'outbound_ok';
      truth.freight = 'charged';
      if (truth.movedTo !== undefined) truth.chargedTo = truth.movedTo;
      reach(truth, 'warehouse_outbound', act.at);
      count(world, 'outbound');
      break;
    case 'dispatch':
      await staff.post('/v1/shipments/{shipment_id}/dispatch', { params, body: { occurred_at } });
      truth.state = 'sent';
      reach(truth, 'linehaul', act.at);
      break;
    case 'return_early':
      await staff.post('/v1/shipments/{shipment_id}/return-before-departure', {
        params,
        body: { reason: 'the sender wants it back', occurred_at },
      });
      truth.state = 'closed';
      truth.freight = 'released';
      reach(truth, 'returned', act.at);
      break;
  }
}

/** Scales differ by a gram or two from each other; boxes by a millimetre or two, which nobody types in. */
async function weigh(world: World, act: Step, truth: TruthOrder, staff: Caller): Promise<void> {
  const order = orderOf(world, act.order);
  const random = randomOf(world.seed, `scale/${act.order}`);
  const parcels = truth.parcels.map((parcel, index) => {
    const planned = order.parcels[index];
    const grams = Math.max(1, (planned?.actualGrams ?? 1) + random.whole(-2, 2));
    const isMeasured = random.chance(0.4);
    parcel.measuredGrams = grams;
    if (isMeasured && planned !== undefined) parcel.measuredSize = planned.size;
    return {
      parcel_id: parcel.id,
      weight_grams: grams,
      ...(isMeasured && planned !== undefined ? { size: planned.size } : {}),
      evidence: `scale/${act.order}-${index}`,
    };
  });
  await staff.post('/v1/shipments/{shipment_id}/inbound', {
    params: shipmentPath(truth),
    body: { parcels, occurred_at: instantOf(act.at) },
  });
}
