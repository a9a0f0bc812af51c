import type { Outlet, Service } from '../outlets/parts.tsx';

export type PublishedHour = {
  readonly service: Service;
  /** `daily`, or a date. */
  readonly day: string;
  readonly hour: number;
  readonly capacity: number;
};

export const typedKey = (day: string, service: Service, hour: number) => `${day} ${service} ${hour}`;

/** Clock hours in which the door is open on any day of the week, or on one date; all hours where it never is. */
export function openHours(outlet: Pick<Outlet, 'hours' | 'exceptions'>, date: string): readonly number[] {
  const own = outlet.exceptions.find((one) => one.date === date)?.hours;
  // ISO: Monday is 1.
  const weekday = date === '' ? undefined : new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
  const spans = own ?? outlet.hours.filter(({ day }) => weekday === undefined || day === weekday);
  const all = Array.from({ length: 24 }, (_, hour) => hour);
  const open = all.filter((hour) =>
    spans.some(({ opens, closes }) => minutesOf(opens) < (hour + 1) * 60 && minutesOf(closes) > hour * 60),
  );
  return open.length === 0 ? all : open;
}

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}

/** What is published, with what was typed over it: an emptied field takes the usual number again. */
export function publishedHours(
  given: readonly PublishedHour[],
  typed: Readonly<Record<string, string>>,
): readonly PublishedHour[] {
  const kept = given.filter((one) => typed[typedKey(one.day, one.service, one.hour)] === undefined);
  const changed = Object.entries(typed)
    .filter(([, text]) => text.trim() !== '')
    .map(([key, text]): PublishedHour => {
      const [day = '', service = '', hour = ''] = key.split(' ');
      return { day, service: service as Service, hour: Number(hour), capacity: Number(text) };
    });
  return [...kept, ...changed];
}
