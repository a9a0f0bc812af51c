import { type Instant, instantFromMs } from '../kernel/index.ts';
import { GOODS_CLASSES, type GoodsClass } from '../lines/index.ts';
import { POINT_KINDS, POINT_SERVICES, type Point, type PointService, takesDemand } from '../points/index.ts';
import { type Columns, countryNumber } from './columns.ts';
import type { Dictionary } from './dictionary.ts';
import type { PointFilter } from './model.ts';
import { isOpenInMinute, minuteOf, type Schedule } from './schedule.ts';

/** What of a point says when it takes nothing on. */
export type Absence = Pick<Point, 'state' | 'pausedFrom' | 'pausedUntil' | 'exitsAt'>;

/** `key`: two of the same key test the same, as long as slots keep their numbers. */
export type Criterion = { readonly key: string; readonly test: (slot: number) => boolean };

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
  const { services, kinds, countries, qualities } = columns;
  const criteria: Criterion[] = [];
  if (filter.service !== undefined) {
    const bit = serviceBit(filter.service);
    criteria.push({ key: `service ${bit}`, test: (slot) => ((services[slot] as number) & bit) !== 0 });
  }
  if (filter.kind !== undefined) {
    const kind = POINT_KINDS.indexOf(filter.kind);
    criteria.push({ key: `kind ${kind}`, test: (slot) => kinds[slot] === kind });
  }
  if (filter.country !== undefined) {
    const country = countryNumber(filter.country);
    criteria.push({ key: `country ${country}`, test: (slot) => countries[slot] === country });
  }
  if (filter.minQuality !== undefined && filter.minQuality > 0) {
    // Rounded as the column is, so that what is equal stays equal.
    const least = Math.fround(filter.minQuality);
    criteria.push({ key: `quality ${least}`, test: (slot) => (qualities[slot] as number) >= least });
  }
  if (filter.goodsClass !== undefined && filter.goodsClass !== 'normal') {
    const bit = goodsBit(filter.goodsClass);
    criteria.push({ key: `goods ${bit}`, test: (slot) => ((columns.goods[slot] as number) & bit) !== 0 });
  }
  return criteria;
}

function openCriterion({ columns, schedules }: Knowledge, minuteMs: number): Criterion {
  return {
    key: `open ${minuteMs}`,
    test: (slot) => {
      const schedule = schedules.at(columns.schedules[slot] as number);
      return schedule !== undefined && isOpenInMinute(schedule, minuteMs);
    },
  };
}

/** By the minute, because bits are kept; `isPresent` is exact. Between the two lies less than a minute. */
function presenceCriteria({ columns, absences }: Knowledge, at: Instant): readonly Criterion[] {
  if (absences.size() === 1) return [];
  const minuteMs = minuteOf(at);
  const [first, last] = [instantFromMs(minuteMs), instantFromMs(minuteMs + MINUTE_MS)];
  return [
    {
      key: `takes ${minuteMs}`,
      test: (slot) => {
        const absence = absences.at(columns.absences[slot] as number);
        return absence === undefined || takesDemand(absence, first) || takesDemand(absence, last);
      },
    },
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
    {
      key: `reservable ${bit}`,
      test: (slot) =>
        ((columns.reservable[slot] as number) & bit) !== 0 &&
        schedules.at(columns.schedules[slot] as number)?.timetable.testBehaviour !== 'always_full',
    },
  ];
}
