import { addMs, type Instant, localDate, startOfDate } from '../kernel/index.ts';

const HOUR_MS = 3_600_000;

/** A calendar week, Monday to Sunday, in the network's zone; `endsAt` is exclusive. */
export type Week = { readonly week: string; readonly startsAt: Instant; readonly endsAt: Instant };

export function weekOf(at: Instant, zone: string): Week {
  return weekFrom(mondayOf(localDate(at, zone)), zone);
}

/** `week`: its Monday, `YYYY-MM-DD`. */
export function weekFrom(week: string, zone: string): Week {
  const next = Temporal.PlainDate.from(week).add({ days: 7 }).toString();
  return { week, startsAt: startOfDate(week, zone), endsAt: startOfDate(next, zone) };
}

function mondayOf(date: string): string {
  const day = Temporal.PlainDate.from(date);
  return day.subtract({ days: day.dayOfWeek - 1 }).toString();
}

export function closesAt(week: Week, closeAfterHours: number): Instant {
  return addMs(week.endsAt, closeAfterHours * HOUR_MS);
}

/** In which weeks' statements things that happened go: in their own, or where that is closed in that of the week that runs. Each once. */
export function weeksOf(
  happened: readonly Instant[],
  at: { readonly now: Instant; readonly zone: string; readonly closeAfterHours: number },
): readonly Week[] {
  const { now, zone, closeAfterHours } = at;
  const weeks = happened.map((moment) => {
    const own = weekOf(moment, zone);
    return closesAt(own, closeAfterHours) > now ? own : weekOf(now, zone);
  });
  return [...new Map(weeks.map((week) => [week.week, week])).values()];
}

/** `YYYY-MM` of the month whose volume counts. */
export function monthOf(at: Instant, zone: string): string {
  return localDate(at, zone).slice(0, 7);
}
