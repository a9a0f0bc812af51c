import { addMs, type Instant, instantAt, startOfDate } from '../kernel/index.ts';
import type { Area, Slot } from './model.ts';

/** `hours`: the whole hours inside, each with its local number, by which capacity is counted. */
export type PickupWindow = {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly hours: readonly { readonly startsAt: Instant; readonly hour: number }[];
};

type Hours = { readonly fromHour: number; readonly toHour: number };
type Timetable = Pick<Area, 'zone' | 'workingHours' | 'exceptions' | 'slot'>;

/** Where a half day ends. Our default. */
const NOON = 13;
const LENGTH: Readonly<Record<Slot, number>> = { one_hour: 1, two_hours: 2, half_day: 0, day: 24 };

/** Windows of a local date `YYYY-MM-DD`, in order; none when the area is closed. The last may be shorter. */
export function windowsOf(area: Timetable, date: string): PickupWindow[] {
  return spansOf(area, date).flatMap(({ fromHour, toHour }) => {
    const hours = Array.from({ length: toHour - fromHour }, (_, index) => fromHour + index);
    // Where clocks go forward two local hours are the same moment: one of them does not exist.
    const byMoment = new Map(hours.map((hour) => [hourStart(date, hour, area.zone), hour]));
    const list = [...byMoment].map(([startsAt, hour]) => ({ startsAt, hour }));
    const first = list[0];
    if (first === undefined) return [];
    return [{ startsAt: first.startsAt, endsAt: hourStart(date, toHour, area.zone), hours: list }];
  });
}

/** Can a window still be chosen, as far as time goes? */
export function isInTime(
  area: Pick<Area, 'leadMinutes' | 'horizonDays'>,
  window: Pick<PickupWindow, 'startsAt'>,
  now: Instant,
): boolean {
  return (
    window.startsAt >= addMs(now, area.leadMinutes * 60_000) &&
    window.startsAt <= addMs(now, area.horizonDays * 86_400_000)
  );
}

export function datesFrom(date: string, days: number): string[] {
  const first = Temporal.PlainDate.from(date);
  return Array.from({ length: days }, (_, index) => first.add({ days: index }).toString());
}

function spansOf(area: Timetable, date: string): Hours[] {
  const length = LENGTH[area.slot];
  return openHours(area, date).flatMap(({ fromHour, toHour }) => {
    const starts: number[] = [];
    if (length === 0) starts.push(fromHour, ...(fromHour < NOON && toHour > NOON ? [NOON] : []));
    else for (let hour = fromHour; hour < toHour; hour += length) starts.push(hour);
    return starts.map((start, index) => ({
      fromHour: start,
      toHour: Math.min(toHour, starts[index + 1] ?? toHour),
    }));
  });
}

function openHours(area: Timetable, date: string): Hours[] {
  const exception = area.exceptions.find((entry) => entry.date === date);
  if (exception !== undefined) {
    const { fromHour, toHour } = exception;
    return fromHour === undefined || toHour === undefined ? [] : [{ fromHour, toHour }];
  }
  const weekday = Temporal.PlainDate.from(date).dayOfWeek;
  return area.workingHours
    .filter((entry) => entry.weekday === weekday)
    .sort((a, b) => a.fromHour - b.fromHour);
}

function hourStart(date: string, hour: number, zone: string): Instant {
  if (hour === 24) return startOfDate(Temporal.PlainDate.from(date).add({ days: 1 }).toString(), zone);
  return instantAt(date, `${String(hour).padStart(2, '0')}:00`, zone);
}
