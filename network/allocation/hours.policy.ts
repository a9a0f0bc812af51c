import { type Instant, instantFromMs, msOf } from '../kernel/index.ts';

/** A whole hour of a point's wall clock, by which capacity is counted. `day`: local date; `hour`: 0 to 23. */
export type LocalHour = { readonly startsAt: Instant; readonly day: string; readonly hour: number };

const HOUR_MS = 3_600_000;

/** The local hour that holds a moment. */
export function hourAt(zone: string, at: Instant): LocalHour {
  return hourOf(msOf(at), offsetMs(zone, msOf(at)));
}

/** The local hours that open spans touch, in order, each once. */
export function hoursOf(
  spans: readonly { readonly startsAt: Instant; readonly endsAt: Instant }[],
  zone: string,
): LocalHour[] {
  const hours: LocalHour[] = [];
  for (const span of spans) {
    const end = msOf(span.endsAt);
    const offset = offsetMs(zone, msOf(span.startsAt));
    const isSteady = offset === offsetMs(zone, end - 1);
    let ms = msOf(span.startsAt);
    while (ms < end) {
      const hour = hourOf(ms, isSteady ? offset : offsetMs(zone, ms));
      if (hour.startsAt !== hours.at(-1)?.startsAt) hours.push(hour);
      // The next whole hour; where clocks change inside it, the look at the offset finds the hour that is meant.
      ms = msOf(hour.startsAt) + HOUR_MS;
    }
  }
  return hours;
}

function hourOf(ms: number, offset: number): LocalHour {
  const local = Math.floor((ms + offset) / HOUR_MS) * HOUR_MS;
  const text = new Date(local).toISOString();
  return {
    startsAt: instantFromMs(local - offset),
    day: text.slice(0, 10),
    hour: Number(text.slice(11, 13)),
  };
}

function offsetMs(zone: string, ms: number): number {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).offsetNanoseconds / 1e6;
}
