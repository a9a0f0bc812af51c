import type { Act } from './acts.ts';
import { refusalOf } from './caller.ts';
import { carrierOf } from './carriers.ts';
import { partyOf } from './merchants.ts';
import { topUp } from './opening.ts';
import { partyIn } from './people.ts';
import type { Order } from './plan.ts';
import { randomOf } from './random.ts';
import { placeOf, reach } from './truth.ts';
import { count, orderOf, shipmentPath, truthOf, type World } from './world.ts';

type Of<Kind extends Act['kind']> = Extract<Act, { kind: Kind }>;

/** The parcel is still at the first warehouse: there it can be taken out without a journey. */
const AT_WAREHOUSE: ReadonlySet<string> = new Set(['picked_up', 'wait_send', 'outbound_failed']);

/** Another door of the same town: a neighbour's, the office. */
function newDoor(world: World, order: Order): Order['buyer'] {
  const { address } = partyIn(order.city, randomOf(world.seed, `new-door/${order.index}`));
  return { name: order.buyer.name, phone: order.buyer.phone, address };
}

/** The merchant asks, or its marketplace for a buyer. */
export async function askStop(world: World, act: Of<'ask_stop'>): Promise<void> {
  const order = orderOf(world, act.order);
  const truth = truthOf(world, act.order);
  const { app, marketplaceId } = partyOf(world, order);
  const marketplace = world.parties.marketplaces.find((one) => one.organisationId === marketplaceId);
  const asker = act.by === 'marketplace' && marketplace !== undefined ? marketplace.staff : app;
  const asked = await asker.post('/v1/shipments/{shipment_id}/interceptions', {
    params: shipmentPath(truth),
    body: {
      kind: act.wish,
      reason: act.by === 'marketplace' ? 'the buyer asked for it' : 'the merchant changed its mind',
      ...(act.wish === 'address_change' ? { recipient: newDoor(world, order) } : {}),
    } as never,
  });
  truth.stop = { id: asked.id, wish: act.wish, state: 'requested', isPaid: false };
  count(world, `interceptions asked by the ${act.by}`);
}

/** The carrier's answer, and what becomes of parcel and fee by where the parcel is. */
export async function answerStop(world: World, act: Of<'answer_stop'>): Promise<void> {
  const truth = truthOf(world, act.order);
  const { stop } = truth;
  if (stop === undefined) throw new Error(`nobody asked to stop order ${act.order}`);
  const { office } = carrierOf(world, truth.carrierCode ?? '');
  const params = { path: { interception_id: stop.id } };
  const tell = () =>
    office.post('/v1/interceptions/{interception_id}/answer', { params, body: { answer: act.answer } });
  const refused = await refusalOf(tell());
  if (refused === 'insufficient_funds') {
    const { merchant } = orderOf(world, act.order);
    const party = partyOf(world, orderOf(world, act.order));
    await topUp(party, world.parties.finance, world.now(), world.truth, `merchant ${merchant.index}`);
    await tell();
  } else if (refused === 'interception_state_conflict') {
    // In a world that people share somebody was faster; where it is judged, that is a difference.
    count(world, 'interceptions that somebody else answered');
    return;
  } else if (refused !== undefined) throw new Error(refused);
  switch (act.answer) {
    case 'accept':
      truth.stop = { ...stop, state: 'accepted', isPaid: true };
      return;
    case 'refuse':
    case 'failed':
      // What was paid for nothing is given back.
      truth.stop = { ...stop, state: 'failed', isPaid: false };
      return;
    case 'done':
      truth.stop = { ...stop, state: 'done' };
      count(world, `interceptions done: ${stop.wish}`);
  }
  if (stop.wish === 'address_change') {
    truth.movedTo = placeOf(newDoor(world, orderOf(world, act.order)).address);
  } else if (AT_WAREHOUSE.has(truth.state ?? '')) {
    truth.state = 'closed';
    truth.freight = 'released';
    reach(truth, 'returned', world.now());
  }
}

/** Second thoughts: the parcel goes on, and the fee stays paid. */
export async function withdrawStop(world: World, act: Of<'withdraw_stop'>): Promise<void> {
  const truth = truthOf(world, act.order);
  const { stop } = truth;
  if (stop === undefined) throw new Error(`nobody asked to stop order ${act.order}`);
  await partyOf(world, orderOf(world, act.order)).app.post(
    '/v1/interceptions/{interception_id}/cancellation',
    {
      params: { path: { interception_id: stop.id } },
      body: { reason: 'it may go on' },
    },
  );
  truth.stop = { ...stop, state: 'cancelled' };
  count(world, 'interceptions withdrawn');
}
