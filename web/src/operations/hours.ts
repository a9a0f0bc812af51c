const HOUR_MS = 3_600_000;
const SHOWN = 24;

/** The beginnings of the running hour and the 23 before it, oldest first; RFC 3339 in UTC. */
export function hoursUntil(at: string): readonly string[] {
  const last = Math.floor(Date.parse(at) / HOUR_MS) * HOUR_MS;
  return Array.from({ length: SHOWN }, (_, index) =>
    new Date(last - (SHOWN - 1 - index) * HOUR_MS).toISOString(),
  );
}

/** Counts of one milestone, or of all, in each of `hours`; hours without any are 0, other hours are left out. */
export function sumByHour(
  counts: readonly { readonly hour: string; readonly milestone: string; readonly count: number }[],
  hours: readonly string[],
  milestone: string | undefined,
): readonly { readonly hour: string; readonly count: number }[] {
  const sums = new Map<number, number>();
  for (const one of counts) {
    if (milestone !== undefined && one.milestone !== milestone) continue;
    const at = Date.parse(one.hour);
    sums.set(at, (sums.get(at) ?? 0) + one.count);
  }
  return hours.map((hour) => ({ hour, count: sums.get(Date.parse(hour)) ?? 0 }));
}
