import { setImmediate as turn } from 'node:timers/promises';
import { monotonicMs } from '../../platform/clock/index.ts';
import type { World } from '../../platform/world/index.ts';
import type { Position } from '../kernel/index.ts';
import { type City, listCities } from '../places/index.ts';
import type { PointService } from '../points/index.ts';
import { type MeasuredPlace, WIDEST_METERS } from './share.policy.ts';

/** The nearest point that takes demand; the locator of a world does. */
export type NearestPoint = {
  nearest(query: {
    readonly position: Position;
    readonly country: string;
    readonly service: PointService;
    readonly limit: number;
    readonly maxDistanceMeters: number;
  }): readonly { readonly distanceMeters: number }[];
};

export type CityAndPoint = MeasuredPlace & { readonly city: City };
export type Asked = {
  readonly country: string;
  readonly divisionCode: string | undefined;
  readonly service: PointService;
  /** How far a point is looked for. */
  readonly reachMeters: number;
};

/** Places looked at in one turn of the event loop: a few milliseconds. */
const IN_ONE_TURN = 200;
/** Points open and close by the day. Our default. */
const KEPT_MS = 30_000;
const MOST_KEPT = 50;

const kept = new WeakMap<World, Map<string, { until: number; places: Promise<CityAndPoint[]> }>>();

/** Every place of a country or division with the distance to its nearest point; the same for half a minute. */
export function measurePlaces(world: World, points: NearestPoint, asked: Asked): Promise<CityAndPoint[]> {
  const known = kept.getOrInsertComputed(world, () => new Map());
  const key = JSON.stringify(asked);
  const now = monotonicMs();
  const before = known.get(key);
  if (before !== undefined && before.until > now) return before.places;
  if (known.size >= MOST_KEPT) known.clear();
  const places = measure(points, asked);
  known.set(key, { until: now + KEPT_MS, places });
  return places;
}

async function measure(points: NearestPoint, asked: Asked): Promise<CityAndPoint[]> {
  const { country, divisionCode, service } = asked;
  const measured: CityAndPoint[] = [];
  for (const city of listCities(country, divisionCode)) {
    const [found] = points.nearest({
      position: city.position,
      country,
      service,
      limit: 1,
      maxDistanceMeters: Math.max(WIDEST_METERS, asked.reachMeters),
    });
    measured.push({
      city,
      divisionCode: city.divisionCode,
      people: city.population,
      nearestMeters: found?.distanceMeters ?? Number.POSITIVE_INFINITY,
    });
    if (measured.length % IN_ONE_TURN === 0) await turn();
  }
  return measured;
}
