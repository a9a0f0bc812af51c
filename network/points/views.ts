import type { Instant } from '../kernel/index.ts';
import { isOpenAt, takesDemand } from './hours.policy.ts';
import type { Point, PointBlock } from './model.ts';

/** What everybody may know: no codes, ranges, capacities or fees. */
export function publicFaceOf(point: Point, now: Instant) {
  const { id, organisationId, name, kind, services, goodsClasses, country, city, postcode } = point;
  const { addressLines, position, zone, hours, exceptions, quality, state } = point;
  const { pausedFrom, pausedUntil, exitsAt, capacity } = point;
  return {
    ...{ id, organisationId, name, kind, services, goodsClasses, country, city, postcode },
    ...{ addressLines, position, zone, hours, exceptions, quality, state },
    ...{ pausedFrom, pausedUntil, exitsAt },
    maxWeightGrams: capacity.maxWeightGrams,
    maxSideMm: capacity.maxSideMm,
    isOpen: isOpenAt(point, now),
    takesDemand: takesDemand(point, now),
  };
}

/** What its network and the operator see. */
export function ownFaceOf(point: Point, now: Instant) {
  return { ...point, ...publicFaceOf(point, now) };
}

export function blockView({ key, organisationId: _owner, ...block }: PointBlock) {
  if (block.kind === 'division') return { ...block, divisionCode: key };
  // Blind indexes are nobody's to see.
  return block.kind === 'postcode' ? { ...block, postcode: key } : block;
}
