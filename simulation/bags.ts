import type { Act, BagPart, Deed } from './acts.ts';
import { waysOf } from './bag-ways.ts';
import { days, minutes } from './calendar.ts';
import { atWarehouse } from './life.ts';
import { partyOf } from './merchants.ts';
import { randomOf } from './random.ts';
import { reachParcel, type TruthOrder } from './truth.ts';
import { boughtOf, count, enqueue, orderOf, truthOf, type World } from './world.ts';

type Of<Kind extends Act['kind']> = Extract<Act, { kind: Kind }>;

/** A bag holds that many parcels; one message carries so many. */
const PARCELS_PER_BAG = 1_000;
const PARCELS_PER_MESSAGE = 200;

/** In the afternoon a merchant makes up the bags of the day and announces each to the warehouse. */
export async function makeUpBags(world: World, acts: readonly Of<'bag'>[]): Promise<void> {
  // In the order of the plan, as with visits.
  const orders = acts.map((act) => act.order).sort((a, b) => a - b);
  const at = acts[0]?.at ?? world.now();
  let bag: number[] = [];
  let parcels = 0;
  for (const order of orders) {
    const more = truthOf(world, order).parcels.length;
    if (parcels + more > PARCELS_PER_BAG) {
      await announceBag(world, bag, at);
      bag = [];
      parcels = 0;
    }
    bag.push(order);
    parcels += more;
  }
  await announceBag(world, bag, at);
}

async function announceBag(world: World, orders: readonly number[], at: number): Promise<void> {
  const [first] = orders;
  if (first === undefined) return;
  const { app } = partyOf(world, orderOf(world, first));
  const ways = waysOf(world.seed, orders);
  const listed = orders.filter((_, index) => ways[index] !== 'unlisted');
  const parcelIds = listed.flatMap((order) => truthOf(world, order).parcels.map((parcel) => parcel.id));
  const [head = [], ...rest] = chunksOf(parcelIds, PARCELS_PER_MESSAGE);
  const bag = await app.post('/v1/bags', { body: { parcel_ids: head } as never });
  const params = { path: { bag_id: bag.id } };
  for (const add of rest) await app.post('/v1/bags/{bag_id}/parcels', { params, body: { add } as never });
  await app.post('/v1/bags/{bag_id}/commit', { params });
  const handover = await app.post('/v1/handovers', {
    body: { kind: 'self_send', bag_ids: [bag.id] } as never,
  });
  await app.post('/v1/handovers/{handover_id}/commit', { params: { path: { handover_id: handover.id } } });
  // The car comes the same evening or the next morning.
  const arrivesAt = at + days(randomOf(world.seed, `car/${first}`).spread(0.3, 0.8));
  const parts = orders.map((order, index): BagPart => ({ order, way: ways[index] ?? 'as_listed' }));
  enqueue(world, first, [
    { kind: 'open_bag', at: arrivesAt, handover: handover.id, bag: bag.id, parts } as Deed,
  ]);
  count(world, 'bags');
}

/** The warehouse opens a bag, scans what is in it and signs for that; what was left behind comes a day later. */
export async function openBag(world: World, act: Of<'open_bag'>): Promise<void> {
  const entries = act.parts.map(({ order, way }) => ({ way, truth: truthOf(world, order) }));
  const staff = world.parties.warehouses.get(truthOf(world, act.order).from.country);
  if (staff === undefined) throw new Error(`no warehouse opens the bag of order ${act.order}`);
  const params = { path: { handover_id: act.handover } };
  const scans = entries
    .filter(({ way }) => way !== 'left_behind')
    .flatMap(({ way, truth }) =>
      truth.parcels.map(({ number }) => (way === 'damaged' ? { number, issue: 'damaged' } : { number })),
    );
  for (const part of chunksOf(scans, PARCELS_PER_MESSAGE))
    await staff.post('/v1/handovers/{handover_id}/arrival-scans', { params, body: { scans: part } as never });
  await staff.post('/v1/handovers/{handover_id}/signature', { params });
  note(world, act, entries);
  for (const { way, truth } of entries) {
    const random = randomOf(world.seed, `opened/${truth.order}`);
    const wait = way === 'left_behind' ? days(random.spread(1, 2)) : minutes(random.spread(60, 240));
    const order = orderOf(world, truth.order);
    enqueue(world, truth.order, atWarehouse(world.seed, order, boughtOf(truth), act.at + wait));
  }
}

type Entry = { readonly way: BagPart['way']; readonly truth: TruthOrder };

function note(world: World, act: Of<'open_bag'>, entries: readonly Entry[]): void {
  const numbersOf = (...ways: readonly Entry['way'][]) =>
    entries
      .filter(({ way }) => ways.includes(way))
      .flatMap(({ truth }) => truth.parcels.map((parcel) => parcel.number));
  for (const { way, truth } of entries) {
    // The network follows what was announced: of an unlisted parcel it hears when it is weighed.
    if (way === 'as_listed' || way === 'damaged')
      for (const parcel of truth.parcels) reachParcel(parcel, 'warehouse_received', world.now());
    if (way !== 'as_listed') count(world, `in bags: ${way}`);
  }
  world.truth.handovers.set(act.handover, {
    bag: act.bag,
    listed: numbersOf('as_listed', 'left_behind', 'damaged'),
    missing: numbersOf('left_behind'),
    surplus: numbersOf('unlisted'),
    damaged: numbersOf('damaged'),
  });
}

function chunksOf<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
