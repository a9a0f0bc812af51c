import type { PointTruth, TruthCode } from '../../points/truth.ts';
import type { PointEvidence } from './evidence.ts';
import type { ReadPlace } from './read.ts';
import { differAt, type PointDifference } from './verdict.ts';

const HOUR = 3_600_000;

/** At no moment more places of an hour are held than the point has published for it. */
export function judgePlaces({ world, readings }: PointEvidence): PointDifference[] {
  const plans = new Map(world.points.map(({ id, plan }) => [id, plan]));
  const bySlot = Map.groupBy(readings.places, (one) => `${one.pointId} ${one.service} ${one.startsAt}`);
  return [...bySlot].flatMap(([slot, places]) => {
    const plan = plans.get(places[0]?.pointId ?? '');
    const capacity = places[0]?.service === 'return' ? plan?.returnPerHour : plan?.collectPerHour;
    const most = mostAtOnce(places);
    return most <= (capacity ?? 0) ? [] : differAt('place_over_capacity', slot, capacity, most);
  });
}

function mostAtOnce(places: readonly ReadPlace[]): number {
  const changes = places.flatMap(({ from, until, parcels }) => [
    { at: from, by: parcels },
    { at: until, by: -parcels },
  ]);
  // What is given back at a moment is free at that moment.
  changes.sort((a, b) => a.at - b.at || a.by - b.by);
  let [now, most] = [0, 0];
  for (const { by } of changes) {
    now += by;
    most = Math.max(most, now);
  }
  return most;
}

/** What came in each hour is on record: within the capacity as used, beyond it as beyond. */
export function judgeHours({ truth, readings, world }: PointEvidence): PointDifference[] {
  const came = new Map<string, number>();
  for (const { point, at } of truth.arrivals) {
    const key = `${point} ${Math.floor(at / HOUR) * HOUR}`;
    came.set(key, (came.get(key) ?? 0) + 1);
  }
  const differences: PointDifference[] = [];
  for (const { point, startsAt, capacity, used, beyond } of readings.hours) {
    const name = `${world.points[point]?.plan.name} ${new Date(startsAt).toISOString()}`;
    const key = `${point} ${startsAt}`;
    differences.push(...differAt('hour_count', name, came.get(key) ?? 0, used + beyond));
    if (used > capacity) differences.push(...differAt('hour_over_capacity', name, capacity, used));
  }
  return differences;
}

/** How long a code rests before it opens another parcel, as the network publishes it. */
const REST_MS = 48 * HOUR;

/** Of one point no two parcels have the same code at a time, and none gets one that still rests. */
export function judgeCodes({ waiting }: PointTruth): PointDifference[] {
  const codes = [...waiting.values()].flatMap((one) =>
    one.codes.map((code) => ({ ...code, of: one.number })),
  );
  const byText = Map.groupBy(codes, ({ point, code }) => `${point} ${code}`);
  return [...byText].flatMap(([name, list]) => {
    const sorted = list.sort((a, b) => a.from - b.from);
    return sorted.flatMap((one, index) => faultOf(name, sorted[index - 1], one));
  });
}

function faultOf(name: string, before: TruthCode | undefined, one: TruthCode): PointDifference[] {
  if (before === undefined) return [];
  if (before.until === undefined || before.until > one.from)
    return differAt('code_repeated', name, 'one parcel', 'two parcels');
  return before.until + REST_MS > one.from
    ? differAt('code_too_soon', name, `after ${before.until + REST_MS}`, one.from)
    : [];
}
