import { DAY, HOUR } from '../calendar.ts';
import type { Caller } from '../caller.ts';
import { type Random, randomOf } from '../random.ts';
import { nextLocal } from './announce.ts';
import type { TruthWaiting } from './truth.ts';
import {
  known,
  marketOf,
  officeOf,
  type PointWorld,
  parcelOf,
  pointOf,
  schedule,
  type WaitingStep,
} from './world.ts';

export const randomFor = (world: PointWorld, index: number, what: string): Random =>
  randomOf(world.plan.seed, `points/${what}/${index}`);
export const pathOf = (truth: TruthWaiting) => ({
  path: { shelf_parcel_id: known(truth.id, `parcel ${truth.number}`) },
});
/** Whoever stands at the counter; where its device has no network, somebody of the office who has. */
export const counterOf = (world: PointWorld, point: number): Caller =>
  world.cut.has(point) ? officeOf(world, point) : pointOf(world, point).counter;

export const isLocker = (world: PointWorld, { point }: TruthWaiting) =>
  pointOf(world, point).plan.kind === 'locker';

/** Lets the next step of a parcel wait. */
export const after = (world: PointWorld, { index }: TruthWaiting, step: WaitingStep, at: number) =>
  schedule(world, { kind: 'waiting', step, index, at });

/** The marketplace tells its recipient. */
export async function readCode(world: PointWorld, truth: TruthWaiting): Promise<void> {
  const { marketplace } = marketOf(world, parcelOf(world, truth.index).country);
  const { code } = await marketplace.get('/v1/shelf-parcels/{shelf_parcel_id}/code', {
    params: pathOf(truth),
  });
  truth.codes.push({ code, from: world.now, point: truth.point });
}

/** When somebody comes, or what happens instead. */
export function afterStoring(world: PointWorld, truth: TruthWaiting): void {
  for (const [step, at] of nextOf(world, truth)) after(world, truth, step, at);
}

type Next = readonly (readonly [step: WaitingStep, at: number])[];

function nextOf(world: PointWorld, truth: TruthWaiting): Next {
  const { now } = world;
  const { country } = parcelOf(world, truth.index);
  const random = randomFor(world, truth.index, 'fetch');
  const later = (hours: number) => nextLocal(now + hours * HOUR, country, random.whole(10, 18));
  const isShort = isLocker(world, truth);
  const storedAt = truth.storedAt ?? now;
  if (truth.state === 'exception') return [['mend', later(4)]];
  switch (truth.way) {
    case 'never':
      // The last rung of the ladder that is published for points: three days behind a door, else fifteen.
      return [['home', storedAt + (isShort ? 3 * DAY : 15 * DAY) + 2 * HOUR]];
    case 'withdrawn':
      return [['withdraw', now + 4 * HOUR]];
    case 'extended':
      return [
        ['extend', now + (isShort ? 20 * HOUR : 10 * DAY)],
        ['fetch', later(isShort ? 70 : 16 * 24)],
      ];
    case 'late_fetch':
      return [['fetch', later(isShort ? 30 : random.whole(6, 10) * 24)]];
    case 'storing_undone':
      // A day after it was stored it is too late for that.
      return truth.facts.stored === 1 && now - storedAt < 20 * HOUR
        ? [['again', now + HOUR]]
        : [['fetch', later(3)]];
    case 'restocked':
    case 'voided':
      return [['mend', now + 2 * HOUR]];
    default:
      return [['fetch', later(Math.min(isShort ? 40 : 60, random.spread(9, 36)))]];
  }
}

/** The code opens nothing any more, and its door is free. */
export function gone(
  world: PointWorld,
  truth: TruthWaiting,
  state: NonNullable<TruthWaiting['state']>,
): void {
  truth.state = state;
  truth.goneAt = world.now;
  const code = truth.codes.at(-1);
  if (code !== undefined) code.until ??= world.now;
  if (truth.door !== undefined) world.compartments.get(truth.point)?.delete(truth.door);
  delete truth.door;
}
