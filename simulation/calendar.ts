import type { Random } from './random.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Orders by weekday, Monday first: people shop a little more when the week begins and on Sundays. Our assumption. */
const WEEKDAY = [1.1, 1.05, 1, 1, 0.95, 0.9, 1.05];
/** Orders by local hour: a low before dawn, a plateau over the day, the peak after supper. Our assumption. */
const HOURS = [
  2.2, 1.2, 0.7, 0.5, 0.5, 0.8, 1.5, 2.6, 3.8, 4.8, 5.4, 5.5, 5.2, 5.2, 5.3, 5.2, 5.2, 5.3, 5.6, 6.2, 7.2,
  7.6, 6.6, 4.2,
];
/** A promotion day sells six times an ordinary one (the peak the benches count with, domain reference 7). */
export const PROMOTION_FACTOR = 6;

/** How much each whole hour from `start` on sells, as weights; the promotion, if any, is the middle day. */
export function sellingHours(
  start: number,
  days: number,
  hasPromotion: boolean,
): readonly (readonly [at: number, weight: number])[] {
  const promotionDay = hasPromotion ? Math.floor(days / 2) : -1;
  return Array.from({ length: days * 24 }, (_, index) => {
    const at = start + index * HOUR;
    const day = Math.floor(index / 24);
    // 1970-01-01 was a Thursday.
    const weekday = (Math.floor(at / DAY) + 3) % 7;
    const factor = day === promotionDay ? PROMOTION_FACTOR : 1;
    return [at, (WEEKDAY[weekday] ?? 1) * (HOURS[Math.floor(at / HOUR) % 24] ?? 1) * factor] as const;
  });
}

/** Draws instants of orders of one time zone, as many as wanted, oldest first. */
export function orderTimes(
  start: number,
  days: number,
  count: number,
  offsetHours: number,
  hasPromotion: boolean,
  random: Random,
): readonly number[] {
  const hours = sellingHours(start + offsetHours * HOUR, days, hasPromotion);
  let sum = 0;
  const upTo = hours.map(([, weight]) => {
    sum += weight;
    return sum;
  });
  return Array.from({ length: count }, () => {
    const drawn = random.next() * sum;
    const found = upTo.findIndex((limit) => drawn < limit);
    return start + found * HOUR + random.whole(0, 59) * MINUTE;
  }).sort((a, b) => a - b);
}

/** The next instant at or after `at` that is `hour` o'clock UTC. */
export function nextHourOfDay(at: number, hour: number): number {
  const today = Math.floor(at / DAY) * DAY + hour * HOUR;
  return today >= at ? today : today + DAY;
}

/** Spans of whole minutes, in ms. */
export const minutes = (count: number): number => toMinute(count * MINUTE);
export const days = (count: number): number => toMinute(count * DAY);
export const toMinute = (ms: number): number => Math.round(ms / MINUTE) * MINUTE;

export const instantOf = (ms: number): string => new Date(ms).toISOString();
export const dateOf = (ms: number): string => instantOf(ms).slice(0, 10);
