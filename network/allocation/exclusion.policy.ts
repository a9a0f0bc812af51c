import { type Point, servesPlace } from '../points/index.ts';
import type { Demand, ExclusionReason } from './model.ts';

export type Judged = {
  readonly point: Point;
  readonly distanceMeters: number;
  readonly demand: Demand;
  readonly maxDistanceMeters: number;
  /** The network does not serve this address, customer or place. */
  readonly isBlocked: boolean;
};

/** The goods class that every point takes. */
const NORMAL = 'normal';

type Filter = { readonly reason: ExclusionReason; readonly holds: (judged: Judged) => boolean };

const FILTERS: readonly Filter[] = [
  { reason: 'other_country', holds: ({ point, demand }) => point.country !== demand.country },
  { reason: 'service_not_offered', holds: ({ point, demand }) => !point.services.includes(demand.service) },
  { reason: 'too_far', holds: ({ distanceMeters, maxDistanceMeters }) => distanceMeters > maxDistanceMeters },
  {
    reason: 'outside_range',
    holds: ({ point, demand }) => !servesPlace(point, demand.position, demand.divisionCodes),
  },
  {
    reason: 'goods_class_not_taken',
    holds: ({ point, demand }) =>
      demand.goodsClass !== NORMAL && !point.goodsClasses.includes(demand.goodsClass),
  },
  {
    reason: 'too_heavy',
    holds: ({ point, demand }) => exceeds(demand.weightGrams, point.capacity.maxWeightGrams),
  },
  {
    reason: 'too_long',
    holds: ({ point, demand }) => exceeds(demand.longestSideMm, point.capacity.maxSideMm),
  },
  { reason: 'blocked', holds: ({ isBlocked }) => isBlocked },
];

/** What stands against a point whatever the hour; undefined when nothing does. */
export function exclusionOf(judged: Judged): ExclusionReason | undefined {
  return FILTERS.find((filter) => filter.holds(judged))?.reason;
}

function exceeds(value: number | undefined, limit: number | undefined): boolean {
  return value !== undefined && limit !== undefined && value > limit;
}
