import { type Instant, instantFromMs } from '../kernel/index.ts';
import { GOODS_CLASSES, type GoodsClass } from '../lines/index.ts';
import { POINT_KINDS, POINT_SERVICES, type Point, type PointService, takesDemand } from '../points/index.ts';
import { type Columns, countryNumber } from './columns.ts';
import { type Criterion, hasBit, isAmong, isAtLeast, isEqual } from './criterion.ts';
import type { Dictionary } from './dictionary.ts';
import type { PointFilter } from './model.ts';
import { isOpenInMinute, minuteOf, type Schedule } from './schedule.ts';

/** What of a point says when it takes nothing on. */
export type Absence = Pick<Point, 'state' | 'pausedFrom' | 'pausedUntil' | 'exitsAt'>;

export type Knowledge = {
  readonly columns: Columns;
  readonly schedules: Dictionary<Schedule>;
  readonly absences: Dictionary<Absence>;
};

const MINUTE_MS = 60_000;

/** What a slot must fulfil, each as a test of numbers. Fullness, range and exclusions are asked elsewhere. */
export function criteriaOf(known: Knowledge, filter: PointFilter, now: Instant): readonly Criterion[] {
  return [
    ...plainCriteria(known, filter),
    ...(filter.at === undefined ? [] : [openCriterion(known, minuteOf(filter.at))]),
    ...(filter.openNow === true ? [openCriterion(known, minuteOf(now))] : []),
    ...presenceCriteria(known, momentOf(filter, now)),
    ...roomCriteria(known, filter),
  ];
}

/** The moment for which the point is wanted. */
export function momentOf(filter: PointFilter, now: Instant): Instant {
  return filter.at ?? filter.needsCapacityAt ?? now;
}

export function serviceBit(service: PointService): number {
  return 1 << POINT_SERVICES.indexOf(service);
}

/** Goods beyond normal ones; a word that lines do not know fits no point. */
export function goodsBits(words: readonly string[]): number {
  return words.reduce((bits, word) => bits | goodsBit(word), 0) >>> 0;
}

function goodsBit(word: string): number {
  const number = GOODS_CLASSES.indexOf(word as GoodsClass);
  return number <= 0 ? 0 : 1 << number;
}

function plainCriteria({ columns }: Knowledge, filter: PointFilter): readonly Criterion[] {
  const { services, kinds, countries, qualities, goods } = columns;
  const criteria: Criterion[] = [];
  if (filter.service !== undefined) {
    const bit = serviceBit(filter.service);
    criteria.push(hasBit(`service ${bit}`, services, bit));
  }
  if (filter.kind !== undefined) {
    const kind = POINT_KINDS.indexOf(filter.kind);
    criteria.push(isEqual(`kind ${kind}`, kinds, kind));
  }
  if (filter.country !== undefined) {
    const country = countryNumber(filter.country);
    criteria.push(isEqual(`country ${country}`, countries, country));
  }
  if (filter.minQuality !== undefined && filter.minQuality > 0) {
    // Rounded as the column is, so that what is equal stays equal.
    const least = Math.fround(filter.minQuality);
    criteria.push(isAtLeast(`quality ${least}`, qualities, least));
  }
  if (filter.goodsClass !== undefined && filter.goodsClass !== 'normal') {
    const bit = goodsBit(filter.goodsClass);
    criteria.push(hasBit(`goods ${bit}`, goods, bit));
  }
  return criteria;
}

function openCriterion({ columns, schedules }: Knowledge, minuteMs: number): Criterion {
  return isAmong(`open ${minuteMs}`, columns.schedules, schedules.size(), (number) => {
    const schedule = schedules.at(number);
    return schedule !== undefined && isOpenInMinute(schedule, minuteMs);
  });
}

/** By the minute, because bits are kept; `isPresent` is exact. Between the two lies less than a minute. */
function presenceCriteria({ columns, absences }: Knowledge, at: Instant): readonly Criterion[] {
  if (absences.size() === 1) return [];
  const minuteMs = minuteOf(at);
  const [first, last] = [instantFromMs(minuteMs), instantFromMs(minuteMs + MINUTE_MS)];
  return [
    isAmong(`takes ${minuteMs}`, columns.absences, absences.size(), (number) => {
      const absence = absences.at(number);
      return absence === undefined || takesDemand(absence, first) || takesDemand(absence, last);
    }),
  ];
}

export function isPresent({ columns, absences }: Knowledge, slot: number, at: Instant): boolean {
  const absence = absences.at(columns.absences[slot] as number);
  return absence === undefined || takesDemand(absence, at);
}

/** What can be reserved at all; whether any is left, fullness knows. */
function roomCriteria({ columns, schedules }: Knowledge, filter: PointFilter): readonly Criterion[] {
  if (filter.needsCapacityAt === undefined || filter.service === undefined) return [];
  const bit = serviceBit(filter.service);
  return [
    hasBit(`reservable ${bit}`, columns.reservable, bit),
    isAmong(
      'never full',
      columns.schedules,
      schedules.size(),
      (number) => schedules.at(number)?.timetable.testBehaviour !== 'always_full',
    ),
  ];
}

/** Points that serve some places only. */
export function rangedCriterion({ columns }: Pick<Knowledge, 'columns'>): Criterion {
  return isAtLeast('ranged', columns.ranges, 1);
}
