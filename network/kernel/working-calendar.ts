import { type Instant, instantFromMs, msOf } from './instant.ts';

/**
 * The calendar by which a deadline is counted. `zone`: IANA name; `weekend`: ISO weekdays (1 Monday .. 7 Sunday)
 * that do not count; `holidays`: local dates `YYYY-MM-DD` that do not count. A policy names its calendar.
 */
export type WorkingCalendar = {
  readonly zone: string;
  readonly weekend: readonly number[];
  readonly holidays: ReadonlySet<string>;
};

/** Local date `YYYY-MM-DD` of an instant in a zone. */
export function localDate(at: Instant, zone: string): string {
  return zoned(at, zone).toPlainDate().toString();
}

/** First moment of a local date in a zone (a day may begin at 01:00 where clocks change at midnight). */
export function startOfDate(date: string, zone: string): Instant {
  return instantFromMs(Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone }).epochMilliseconds);
}

/** The instant of a local wall-clock time; in a gap the later, in an overlap the earlier moment. */
export function instantAt(date: string, time: string, zone: string): Instant {
  const plain = Temporal.PlainDate.from(date).toPlainDateTime(Temporal.PlainTime.from(time));
  return instantFromMs(plain.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds);
}

/** Did the clocks of a zone show a local time twice, or never, because they were set back or forward? */
export function isAmbiguousTime(date: string, time: string, zone: string): boolean {
  const plain = Temporal.PlainDate.from(date).toPlainDateTime(Temporal.PlainTime.from(time));
  const [earlier, later] = (['earlier', 'later'] as const).map(
    (disambiguation) => plain.toZonedDateTime(zone, { disambiguation }).epochMilliseconds,
  );
  return earlier !== later;
}

export function isWorkingDate(calendar: WorkingCalendar, date: string): boolean {
  return !calendar.weekend.includes(Temporal.PlainDate.from(date).dayOfWeek) && !calendar.holidays.has(date);
}

/**
 * Same local time `days` calendar days later. Local time, so a summer-time change does not move the deadline.
 */
export function addCalendarDays(calendar: WorkingCalendar, from: Instant, days: number): Instant {
  return instantFromMs(zoned(from, calendar.zone).add({ days }).epochMilliseconds);
}

/**
 * Same local time `days` working days later; 0 moves to the next working day when `from` falls on a free one.
 * Throws RangeError for negative days or a calendar without a working day in ten years.
 */
export function addWorkingDays(calendar: WorkingCalendar, from: Instant, days: number): Instant {
  if (days < 0) throw new RangeError('working days are counted forward');
  let at = zoned(from, calendar.zone);
  let left = days;
  for (let step = 0; step < 3660; step += 1) {
    const works = isWorkingDate(calendar, at.toPlainDate().toString());
    if (works && left === 0) return instantFromMs(at.epochMilliseconds);
    at = at.add({ days: 1 });
    if (isWorkingDate(calendar, at.toPlainDate().toString())) left = Math.max(0, left - 1);
  }
  throw new RangeError('this calendar has no working day');
}

/** Names that were looked up before; a look-up costs 0.1 ms. Bounded, because any spelling of a name is one. */
const knownZones = new Set<string>();
const MAX_KNOWN_ZONES = 2_000;

export function isZone(name: string): boolean {
  if (knownZones.has(name)) return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
  } catch {
    return false;
  }
  if (knownZones.size < MAX_KNOWN_ZONES) knownZones.add(name);
  return true;
}

function zoned(at: Instant, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(msOf(at)).toZonedDateTimeISO(zone);
}
