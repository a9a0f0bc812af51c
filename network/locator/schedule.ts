import { type Instant, instantFromMs, msOf } from '../kernel/index.ts';
import { isOpenAt, openHoursOf, type Point } from '../points/index.ts';

export type Timetable = Pick<Point, 'zone' | 'hours' | 'exceptions' | 'testBehaviour'>;

/** Hours that many points keep, with the answers that were asked for last. */
export type Schedule = {
  readonly timetable: Timetable;
  /** For the whole minute that begins there: doors open and shut on full minutes only. */
  open: { readonly minuteMs: number; readonly isOpen: boolean } | undefined;
  /** Known for moments from `from` until it opens; for a day where it does not open. */
  next: { readonly from: Instant; readonly opens: Instant | undefined } | undefined;
};

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** How far ahead a shut door is looked after, in steps: two weeks cover a long holiday. Our default. */
const AHEAD_DAYS = [1, 3, 14];

export function timetableKey({ zone, hours, exceptions, testBehaviour }: Timetable): string {
  return JSON.stringify([zone, hours, exceptions, testBehaviour]);
}

export function scheduleOf({ zone, hours, exceptions, testBehaviour }: Timetable): Schedule {
  const behaviour = testBehaviour === undefined ? {} : { testBehaviour };
  return { timetable: { zone, hours, exceptions, ...behaviour }, open: undefined, next: undefined };
}

/** The minute of a moment. */
export function minuteOf(at: Instant): number {
  return Math.floor(msOf(at) / MINUTE_MS) * MINUTE_MS;
}

export function isOpenInMinute(schedule: Schedule, minuteMs: number): boolean {
  const known = schedule.open;
  if (known?.minuteMs === minuteMs) return known.isOpen;
  const isOpen = isOpenAt(schedule.timetable, instantFromMs(minuteMs));
  schedule.open = { minuteMs, isOpen };
  return isOpen;
}

/** When a door that is shut at this moment opens next, within two weeks. */
export function nextOpening(schedule: Schedule, at: Instant): Instant | undefined {
  const known = schedule.next;
  if (known !== undefined && at >= known.from) {
    const lastsUntil = known.opens ?? instantFromMs(msOf(known.from) + DAY_MS);
    if (at < lastsUntil) return known.opens;
  }
  let opens: Instant | undefined;
  for (const days of AHEAD_DAYS) {
    opens = openHoursOf(schedule.timetable, at, instantFromMs(msOf(at) + days * DAY_MS))[0]?.startsAt;
    if (opens !== undefined) break;
  }
  schedule.next = { from: at, opens };
  return opens;
}
