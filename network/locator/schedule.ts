import { type Instant, instantFromMs, msOf } from '../kernel/index.ts';
import { isOpenAt, openHoursOf, type Point } from '../points/index.ts';

export type Timetable = Pick<Point, 'zone' | 'hours' | 'exceptions' | 'testBehaviour'>;

/** Hours that many points keep, with the answers that were asked for last. */
export type Schedule = {
  readonly timetable: Timetable;
  /** By the beginning of the minute: doors open and shut on full minutes only. */
  readonly open: Map<number, boolean>;
  /** Known for moments from `from` until it opens; for a day where it does not open. */
  next: { readonly from: Instant; readonly opens: Instant | undefined } | undefined;
  /** What everybody may know of it, as fields of a JSON object. */
  face: string | undefined;
};

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** People ask for now and for a few moments of the coming days. Our default. */
const KEPT_MINUTES = 16;
/** How far ahead a shut door is looked after, in steps: two weeks cover a long holiday. Our default. */
const AHEAD_DAYS = [1, 3, 14];

export function timetableKey({ zone, hours, exceptions, testBehaviour }: Timetable): string {
  return JSON.stringify([zone, hours, exceptions, testBehaviour]);
}

/** What a key was made of. */
export function timetableOfKey(key: string): Timetable {
  const [zone, hours, exceptions, testBehaviour] = JSON.parse(key);
  return { zone, hours, exceptions, testBehaviour: testBehaviour ?? undefined };
}

export function scheduleOf({ zone, hours, exceptions, testBehaviour }: Timetable): Schedule {
  const behaviour = testBehaviour === undefined ? {} : { testBehaviour };
  return {
    timetable: { zone, hours, exceptions, ...behaviour },
    open: new Map(),
    next: undefined,
    face: undefined,
  };
}

/** The minute of a moment. */
export function minuteOf(at: Instant): number {
  return Math.floor(msOf(at) / MINUTE_MS) * MINUTE_MS;
}

export function isOpenInMinute(schedule: Schedule, minuteMs: number): boolean {
  const known = schedule.open.get(minuteMs);
  if (known !== undefined) return known;
  const isOpen = isOpenAt(schedule.timetable, instantFromMs(minuteMs));
  if (schedule.open.size >= KEPT_MINUTES) schedule.open.clear();
  schedule.open.set(minuteMs, isOpen);
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
