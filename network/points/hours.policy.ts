import { type Instant, instantAt, instantFromMs, localDate, msOf, startOfDate } from '../kernel/index.ts';
import type { DayHours, OpeningException, OpeningHours, PointState, TestBehaviour } from './model.ts';

export type Timetable = {
  readonly zone: string;
  readonly hours: readonly OpeningHours[];
  readonly exceptions: readonly OpeningException[];
  readonly testBehaviour?: TestBehaviour | undefined;
};

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Whether the door is open at a moment by hours and exceptions; states and pauses are another question. */
export function isOpenAt(point: Timetable, at: Instant): boolean {
  if (point.testBehaviour === 'closed') return false;
  const ms = msOf(at);
  const offset = steadyOffset(point.zone, ms);
  if (offset === undefined) return openHoursOf(point, at, instantFromMs(ms + 1)).length > 0;
  const local = ms + offset;
  const days = Math.floor(local / DAY_MS);
  const minute = (local - days * DAY_MS) / MINUTE_MS;
  return hoursOn(point, days).some(
    ({ opens, closes }) => minute >= minutesOf(opens) && minute < minutesOf(closes),
  );
}

/** Open spans within [from, to), in order; times that do not exist where clocks go forward begin the later moment. */
export function openHoursOf(
  point: Timetable,
  from: Instant,
  to: Instant,
): { readonly startsAt: Instant; readonly endsAt: Instant }[] {
  if (point.testBehaviour === 'closed' || from >= to) return [];
  const spans: { startsAt: Instant; endsAt: Instant }[] = [];
  const last = dayNumber(localDate(to, point.zone));
  for (let day = dayNumber(localDate(from, point.zone)); day <= last; day += 1) {
    for (const { opens, closes } of hoursOn(point, day)) {
      const startsAt = later(momentOf(day, opens, point.zone), from);
      const endsAt = earlier(momentOf(day, closes, point.zone), to);
      if (startsAt < endsAt) spans.push({ startsAt, endsAt });
    }
  }
  return spans.sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1));
}

/** What its state and announcements let a point take on for a moment: trial and active, not paused or gone by then. */
export function takesDemand(
  point: {
    readonly state: PointState;
    readonly pausedFrom?: Instant | undefined;
    readonly pausedUntil?: Instant | undefined;
    readonly exitsAt?: Instant | undefined;
  },
  at: Instant,
): boolean {
  if (point.exitsAt !== undefined && at >= point.exitsAt) return false;
  const isBack = point.pausedUntil !== undefined && at >= point.pausedUntil;
  if (point.state === 'paused') return isBack;
  if (point.state !== 'trial' && point.state !== 'active') return false;
  return point.pausedFrom === undefined || at < point.pausedFrom || isBack;
}

/** Hours of a local day, counted in days since 1970-01-01. */
function hoursOn(point: Timetable, day: number): readonly DayHours[] {
  if (point.exceptions.length > 0) {
    const date = dateOf(day);
    const exception = point.exceptions.find((one) => one.date === date);
    if (exception !== undefined) return exception.hours;
  }
  // 1970-01-01 was a Thursday, ISO weekday 4.
  const weekday = ((((day + 3) % 7) + 7) % 7) + 1;
  return point.hours.filter((one) => one.day === weekday);
}

function momentOf(day: number, time: string, zone: string): Instant {
  return time === '24:00' ? startOfDate(dateOf(day + 1), zone) : instantAt(dateOf(day), time, zone);
}

export function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

function dateOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}
function dayNumber(date: string): number {
  return Math.round(Date.parse(`${date}T00:00:00Z`) / DAY_MS);
}
function later(a: Instant, b: Instant): Instant {
  return a > b ? a : b;
}
function earlier(a: Instant, b: Instant): Instant {
  return a < b ? a : b;
}

type Steady = { readonly from: number; readonly to: number; readonly offset: number };
const steady = new Map<string, Steady>();
const MAX_ZONES = 1_000;

/**
 * Milliseconds to add to UTC for the zone's wall clock; undefined on the days around a change of clocks, when local
 * times may be missing or double. Searches ask this of thousands of points: each zone is looked up once a season.
 */
function steadyOffset(zone: string, ms: number): number | undefined {
  let known = steady.get(zone);
  if (known === undefined || ms < known.from || ms >= known.to) {
    known = steadyAround(zone, ms);
    if (known === undefined) return undefined;
    if (steady.size >= MAX_ZONES) steady.clear();
    steady.set(zone, known);
  }
  return known.offset;
}

function steadyAround(zone: string, ms: number): Steady | undefined {
  const at = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
  const before = at.getTimeZoneTransition('previous')?.epochMilliseconds ?? Number.NEGATIVE_INFINITY;
  const after = at.getTimeZoneTransition('next')?.epochMilliseconds ?? Number.POSITIVE_INFINITY;
  const span = { from: before + DAY_MS, to: after - DAY_MS, offset: at.offsetNanoseconds / 1e6 };
  return ms >= span.from && ms < span.to ? span : undefined;
}
