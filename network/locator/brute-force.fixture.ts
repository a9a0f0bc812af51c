import { distanceMeters, type Instant } from '../kernel/index.ts';
import { isOpenAt, type Point, servesPlace, takesDemand } from '../points/index.ts';
import type { FullState, NearestQuery, PointFilter } from './model.ts';

/** What the index must answer, by looking at every point with the rules of the points themselves. */
export function nearestByForce(
  points: Iterable<Point>,
  query: NearestQuery,
  now: Instant,
  full: readonly FullState[] = [],
): { point: Point; distanceMeters: number }[] {
  return [...points]
    .filter((point) => passes(point, query, now, full) && covers(point, query))
    .map((point) => ({ point, distanceMeters: distanceMeters(query.position, point.position) }))
    .filter((found) => found.distanceMeters <= (query.maxDistanceMeters ?? Number.POSITIVE_INFINITY))
    .sort((a, b) => a.distanceMeters - b.distanceMeters)
    .slice(0, query.limit);
}

export function passes(
  point: Point,
  filter: PointFilter,
  now: Instant,
  full: readonly FullState[] = [],
): boolean {
  const { service, needsCapacityAt: room } = filter;
  const isFull = full.some(
    (state) =>
      state.isFull &&
      state.pointId === point.id &&
      state.service === service &&
      room !== undefined &&
      (state.startsAt === undefined ||
        (room >= state.startsAt && Date.parse(room) < Date.parse(state.startsAt) + 3_600_000)),
  );
  const canReserve =
    service === undefined ||
    room === undefined ||
    ((point.capacity.perHour[service] ?? 0) > 0 &&
      (service !== 'collect' || point.capacity.shelf > 0) &&
      point.testBehaviour !== 'always_full' &&
      !isFull);
  return (
    takesDemand(point, filter.at ?? room ?? now) &&
    canReserve &&
    (service === undefined || point.services.includes(service)) &&
    (filter.kind === undefined || point.kind === filter.kind) &&
    (filter.country === undefined || point.country === filter.country) &&
    point.quality >= (filter.minQuality ?? 0) &&
    (filter.goodsClass === undefined ||
      filter.goodsClass === 'normal' ||
      point.goodsClasses.includes(filter.goodsClass)) &&
    (filter.at === undefined || isOpenAt(point, filter.at)) &&
    (filter.openNow !== true || isOpenAt(point, now)) &&
    !(filter.exclude ?? []).includes(point.id)
  );
}

function covers(point: Point, { position, divisionCodes }: NearestQuery): boolean {
  if (point.range?.kind === 'divisions' && divisionCodes === undefined) return true;
  return servesPlace(point, position, divisionCodes ?? []);
}
