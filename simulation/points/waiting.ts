import { HOUR } from '../calendar.ts';
import { refusalOf } from '../caller.ts';
import { after, afterStoring, counterOf, gone, isLocker, pathOf, randomFor, readCode } from './afterwards.ts';
import { nextLocal } from './announce.ts';
import { fetchOffline, storeOffline, takeBackOffline } from './offline.ts';
import { BRINGER } from './opening.ts';
import { happened, type TruthWaiting, wrongCodesOf } from './truth.ts';
import {
  countOf,
  known,
  marketOf,
  officeOf,
  type PointWorld,
  parcelOf,
  pointOf,
  type WaitingStep,
  waitingOf,
} from './world.ts';

/** One step in the life of a parcel at a point. */
export async function waitingStep(world: PointWorld, step: WaitingStep, index: number): Promise<void> {
  const truth = waitingOf(world, index);
  switch (step) {
    case 'store':
    case 'restore':
      return store(world, truth);
    case 'fetch':
      return fetchIt(world, truth);
    case 'again':
      return takeBack(world, truth);
    case 'extend':
      return extend(world, truth);
    case 'cancel':
      return cancel(world, truth);
    case 'withdraw':
      return withdraw(world, truth);
    case 'mend':
      return mend(world, truth);
    case 'home':
      return sendHome(world, truth);
    case 'reserve':
      throw new Error('a place is reserved before there is anything to wait');
  }
}

async function store(world: PointWorld, truth: TruthWaiting): Promise<void> {
  const isElsewhere = truth.way === 'misdelivered' && truth.facts.stored === undefined;
  if (isElsewhere) truth.point = otherPoint(world, truth) ?? truth.point;
  const place = placeFor(world, truth);
  // No door is free: the courier comes again.
  if (place === undefined) return after(world, truth, 'store', world.now + 3 * HOUR);
  if (world.cut.has(truth.point)) return storeOffline(world, truth, place);
  const { id } = pointOf(world, truth.point);
  const stored = await counterOf(world, truth.point).post('/v1/points/{point_id}/shelf-parcels', {
    params: { path: { point_id: id } },
    body: { number: truth.number, place },
  });
  truth.storedAt = world.now;
  world.truth.arrivals.push({ point: truth.point, at: world.now });
  happened(truth, 'stored');
  await readCode(world, truth);
  truth.state = stored.state === 'exception' ? 'exception' : 'stored';
  afterStoring(world, truth);
}

/** A compartment that is free, or a row of the shelf. */
function placeFor(world: PointWorld, truth: TruthWaiting): string | undefined {
  const random = randomFor(world, truth.index, 'place');
  if (!isLocker(world, truth)) return `${random.whole(1, 12)}-${random.whole(1, 5)}`;
  const taken = world.compartments.get(truth.point) ?? new Set<string>();
  world.compartments.set(truth.point, taken);
  for (let door = 1; door <= pointOf(world, truth.point).plan.shelf; door += 1) {
    const name = `C${String(door).padStart(2, '0')}`;
    if (taken.has(name)) continue;
    taken.add(name);
    truth.door = name;
    return name;
  }
  return undefined;
}

function otherPoint(world: PointWorld, { point }: TruthWaiting): number | undefined {
  const here = pointOf(world, point).plan;
  const other = world.points.find(
    ({ plan }) =>
      plan.network === here.network && plan.index !== here.index && plan.kind !== 'locker' && !plan.outage,
  );
  return other?.plan.index;
}

async function fetchIt(world: PointWorld, truth: TruthWaiting): Promise<void> {
  // It was put on the shelf by a device that is not back: the recipient has no code yet.
  if (truth.isInDevice) return after(world, truth, 'fetch', world.now + 6 * HOUR);
  if (truth.state !== 'stored') throw new Error(`${truth.number} is ${truth.state} when it is fetched`);
  const code = truth.codes.at(-1)?.code ?? '';
  if (world.cut.has(truth.point)) return fetchOffline(world, truth, code);
  if (truth.isLocked) await unlock(world, truth);
  await sayWrongCodes(world, truth);
  const counter = counterOf(world, truth.point);
  const { fee_due: due } = await counter.get('/v1/shelf-parcels/{shelf_parcel_id}', {
    params: pathOf(truth),
  });
  const fee = due === undefined ? {} : { fee: 'collected' as const };
  const way = wayAtCounter(world, truth);
  const proof =
    way === 'friend'
      ? { friend_token: await friendOf(world, truth) }
      : way === 'identity'
        ? { identity: { document: 'identity_card' as const } }
        : { code };
  // Without a code a supervisor hands out.
  const by = way === 'identity' ? officeOf(world, truth.point) : counter;
  await by.post('/v1/shelf-parcels/{shelf_parcel_id}/hand-out', {
    params: pathOf(truth),
    body: { way, ...proof, ...fee },
  });
  truth.handedOutBy = way;
  truth.feeMinor = due?.amount_minor ?? 0;
  gone(world, truth, 'handed_out');
  happened(truth, 'handed_out');
  countOf(world, `handed out by ${truth.handedOutBy}`);
  // Behind a door there is no clerk who could have taken the wrong person.
  if (way !== 'locker' && truth.way === 'hand_out_undone' && truth.facts.handed_out === 1)
    after(world, truth, 'again', world.now + 2 * HOUR);
}

function wayAtCounter(world: PointWorld, truth: TruthWaiting) {
  if (isLocker(world, truth)) return 'locker';
  return truth.way === 'friend' || truth.way === 'identity' ? truth.way : 'code';
}

/** Wrong codes are turned away and counted; the fifth locks until a supervisor has looked. */
async function sayWrongCodes(world: PointWorld, truth: TruthWaiting): Promise<void> {
  const tries = wrongCodesOf(truth);
  if (tries === 0 || isLocker(world, truth)) return;
  truth.isTried = true;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const refusal = await say(world, truth, '99-9-9999');
    if (refusal !== 'shelf_code_wrong') throw new Error(`a wrong code was answered by ${refusal}`);
    happened(truth, 'code_wrong');
  }
  if (truth.way === 'locked') await unlock(world, truth);
}

const say = (world: PointWorld, truth: TruthWaiting, code: string) =>
  refusalOf(
    counterOf(world, truth.point).post('/v1/shelf-parcels/{shelf_parcel_id}/hand-out', {
      params: pathOf(truth),
      body: { code },
    }),
  );

/** The right code opens nothing any more, until a supervisor has looked. */
async function unlock(world: PointWorld, truth: TruthWaiting): Promise<void> {
  const locked = await say(world, truth, truth.codes.at(-1)?.code ?? '');
  if (locked !== 'shelf_code_locked') throw new Error(`a locked code was answered by ${locked}`);
  await officeOf(world, truth.point).post('/v1/shelf-parcels/{shelf_parcel_id}/unlock', {
    params: pathOf(truth),
    body: {},
  });
  delete truth.isLocked;
  countOf(world, 'codes locked and unlocked');
}

const question = (world: PointWorld, truth: TruthWaiting) => ({
  ...{ number: truth.number, world: 'test' as const },
  phone_last4: parcelOf(world, truth.index).recipient.phone.slice(-4),
  shelf_parcel_id: known(truth.id, truth.number),
});

async function friendOf(world: PointWorld, truth: TruthWaiting): Promise<string> {
  const { token } = await world.buyer.post('/v1/track/shelf/friends', { body: question(world, truth) });
  return token;
}

/** The last record is taken back: a slip of the scanner, or the wrong person. */
async function takeBack(world: PointWorld, truth: TruthWaiting): Promise<void> {
  if (takeBackOffline(world, truth)) return;
  truth.isTakenBack = true;
  const wasStored = truth.state === 'stored';
  await counterOf(world, truth.point).post('/v1/shelf-parcels/{shelf_parcel_id}/undo', {
    params: pathOf(truth),
    body: { reason: wasStored ? 'it is in the van still' : 'wrong person' },
  });
  if (wasStored) {
    gone(world, truth, 'announced');
    happened(truth, 'storing_undone');
    return after(world, truth, 'restore', world.now + 2 * HOUR);
  }
  truth.state = 'stored';
  truth.feeMinor = 0;
  truth.isWaived = false;
  delete truth.handedOutBy;
  delete truth.goneAt;
  happened(truth, 'hand_out_undone');
  await readCode(world, truth);
  after(world, truth, 'fetch', nextLocal(world.now + 2 * HOUR, parcelOf(world, truth.index).country, 17));
}

async function extend(world: PointWorld, truth: TruthWaiting): Promise<void> {
  await world.buyer.post('/v1/track/shelf/extension', { body: question(world, truth) });
  happened(truth, 'extended');
}

async function cancel(world: PointWorld, truth: TruthWaiting): Promise<void> {
  const { marketplace } = marketOf(world, parcelOf(world, truth.index).country);
  await marketplace.post('/v1/shelf-parcels/{shelf_parcel_id}/cancellation', {
    params: pathOf(truth),
    body: { reason: 'the buyer changed his mind' },
  });
  truth.state = 'cancelled';
}

async function withdraw(world: PointWorld, truth: TruthWaiting): Promise<void> {
  const { marketplace } = marketOf(world, parcelOf(world, truth.index).country);
  await marketplace.post('/v1/shelf-parcels/{shelf_parcel_id}/consent-withdrawal', {
    params: pathOf(truth),
    body: { reason: 'the recipient withdrew it' },
  });
  truth.state = 'returning';
  after(world, truth, 'home', world.now + 12 * HOUR);
}

/** Wet, torn or brought to the wrong counter: somebody looks, and it is well again or no more. */
async function mend(world: PointWorld, truth: TruthWaiting): Promise<void> {
  const counter = counterOf(world, truth.point);
  if (truth.state === 'stored') {
    await counter.post('/v1/shelf-parcels/{shelf_parcel_id}/exception', {
      params: pathOf(truth),
      body: { exception: 'damaged' },
    });
    truth.state = 'exception';
    // Whoever reports it has it in his hands: a device that is away holds it no longer, and does not know.
    world.cut.get(truth.point)?.holds.delete(truth.number);
    return after(world, truth, 'mend', world.now + 3 * HOUR);
  }
  const resolution = truth.way === 'voided' ? 'void' : 'restock';
  await counter.post('/v1/shelf-parcels/{shelf_parcel_id}/resolution', {
    params: pathOf(truth),
    body: { resolution },
  });
  if (resolution === 'void') return gone(world, truth, 'cancelled');
  truth.state = 'stored';
  after(world, truth, 'fetch', nextLocal(world.now + 3 * HOUR, parcelOf(world, truth.index).country, 15));
}

/** Nobody came: the ladder has set it aside, and a courier takes it along. */
async function sendHome(world: PointWorld, truth: TruthWaiting): Promise<void> {
  await counterOf(world, truth.point).post('/v1/shelf-parcels/{shelf_parcel_id}/send-back', {
    params: pathOf(truth),
    body: { carrier_code: BRINGER },
  });
  gone(world, truth, 'returned');
  happened(truth, 'sent_back');
  countOf(world, 'sent home');
}
