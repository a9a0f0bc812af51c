import { type Instant, msBetween } from '../kernel/index.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Steps of lag, each up to and with its own; what is later than the last one stands behind it. Our default. */
export const LAG_STEPS_MS: readonly number[] = [
  SECOND,
  5 * SECOND,
  15 * SECOND,
  30 * SECOND,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  8 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  4 * DAY,
  7 * DAY,
];
export const LAG_COUNTS = LAG_STEPS_MS.length + 1;

/** Which step a lag belongs to. A scan that is ahead of our clock is not late. */
export function lagStep(lagMs: number): number {
  const step = LAG_STEPS_MS.findIndex((most) => lagMs <= most);
  return step < 0 ? LAG_STEPS_MS.length : step;
}

/**
 * The lag that `share` of the scans keep to, as the end of its step; of what is later than every step, the last one: it
 * is at least that. Undefined without scans.
 */
export function lagWithin(counts: readonly number[], share: number): number | undefined {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return undefined;
  let seen = 0;
  for (const [step, count] of counts.entries()) {
    seen += count;
    if (seen >= total * share) return LAG_STEPS_MS[step] ?? LAG_STEPS_MS.at(-1);
  }
  return LAG_STEPS_MS.at(-1);
}

/** A source is known well enough after a day's worth of hours with scans; a pause shorter than two hours is none. */
const KNOWN_HOURS = 24;
const SHORTEST_PAUSE_MS = 2 * HOUR;
/** So much longer than the longest pause so far is unusual. Our default. */
const BEYOND = 1.5;

/**
 * The silence after which a source is unusually quiet, by the hours in which it spoke (ascending, of a week).
 * Undefined while it is not known well enough.
 */
export function unusualSilenceMs(hours: readonly Instant[]): number | undefined {
  if (hours.length < KNOWN_HOURS) return undefined;
  const pauses = hours.slice(1).map((hour, index) => msBetween(hours[index] ?? hour, hour) - HOUR);
  return Math.max(SHORTEST_PAUSE_MS, Math.max(...pauses) * BEYOND);
}
