import { accepted, type Instant, instantFromMs, msOf, type Outcome, refused } from '../kernel/index.ts';

/**
 * When a standing query runs (EPCIS 2.0, 8.2.5.3): the time must match every field that is given. A field is a list of
 * numbers and ranges, `1,[8-12]`. Times are UTC. What is finer than the finest field given is its beginning: `hour: "1"` is
 * 01:00:00.
 */
export type Schedule = Readonly<Partial<Record<Field, string>>>;

const RANGES = {
  second: [0, 59],
  minute: [0, 59],
  hour: [0, 23],
  dayOfMonth: [1, 31],
  month: [1, 12],
  /** 1 is Monday. */
  dayOfWeek: [1, 7],
} as const satisfies Record<string, readonly [number, number]>;
type Field = keyof typeof RANGES;
const isField = (name: string): name is Field => Object.hasOwn(RANGES, name);

const DAY_MS = 86_400_000;
/** Days of the calendar come back on the same days of the week after 28 years. */
const LONGEST_DAYS = 28 * 366;

type Refusal = 'epcis_subscription_invalid';

/** `createdAt` is when the first run is looked for. */
export function readSchedule(given: unknown, createdAt: Instant): Outcome<Schedule, Refusal> {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return refused('epcis_subscription_invalid', 'schedule: must be an object');
  const schedule: Partial<Record<Field, string>> = {};
  for (const [name, value] of Object.entries(given)) {
    if (!isField(name))
      return refused('epcis_subscription_invalid', `schedule: there is no field ${name.slice(0, 40)}`);
    const [least, most] = RANGES[name];
    if (typeof value !== 'string' || numbersIn(value, name) === undefined)
      return refused(
        'epcis_subscription_invalid',
        `schedule.${name}: numbers from ${least} to ${most} and ranges such as [${least}-${most}], with commas between`,
      );
    schedule[name] = value;
  }
  if (Object.keys(schedule).length === 0)
    return refused('epcis_subscription_invalid', 'schedule: names no field');
  if ((numbersIn(schedule.second ?? '0', 'second')?.size ?? 0) > 1)
    return refused('epcis_subscription_invalid', 'schedule.second: a query runs once a minute at most');
  if (nextRun(schedule, createdAt) === undefined)
    return refused('epcis_subscription_invalid', 'schedule: such a time never comes');
  return accepted(schedule);
}

/** Undefined for a text that is no list of numbers of the field. */
function numbersIn(text: string, field: Field): ReadonlySet<number> | undefined {
  const [least, most] = RANGES[field];
  if (text.length > 200) return undefined;
  const numbers = new Set<number>();
  for (const element of text.split(',')) {
    const match = /^(?:(\d{1,2})|\[(\d{1,2})-(\d{1,2})\])$/.exec(element);
    if (match === null) return undefined;
    const [first, last] = [Number(match[1] ?? match[2]), Number(match[1] ?? match[3])];
    if (first < least || last > most || first > last) return undefined;
    for (let number = first; number <= last; number += 1) numbers.add(number);
  }
  return numbers;
}

/** The first time behind an instant that the schedule fits, to the second; undefined: there is none. */
export function nextRun(schedule: Schedule, after: Instant): Instant | undefined {
  const fits = fieldsOf(schedule);
  const from = msOf(after);
  const midnight = Math.floor(from / DAY_MS) * DAY_MS;
  const isIn = (field: Field, number: number) => fits[field]?.has(number) ?? true;
  for (let day = 0; day <= LONGEST_DAYS; day += 1) {
    const start = midnight + day * DAY_MS;
    const date = new Date(start);
    const isDay =
      isIn('month', date.getUTCMonth() + 1) &&
      isIn('dayOfMonth', date.getUTCDate()) &&
      isIn('dayOfWeek', ((date.getUTCDay() + 6) % 7) + 1);
    const time = isDay ? firstTime(fits, from - start) : undefined;
    if (time !== undefined) return instantFromMs(start + time);
  }
  return undefined;
}

type Fits = Readonly<Partial<Record<Field, ReadonlySet<number>>>>;

/** Milliseconds of the day, behind some. */
function firstTime(fits: Fits, afterMs: number): number | undefined {
  for (const hour of numbersOf(fits, 'hour'))
    for (const minute of numbersOf(fits, 'minute')) {
      const start = (hour * 60 + minute) * 60_000;
      if (start + 60_000 <= afterMs) continue;
      for (const second of numbersOf(fits, 'second')) {
        const time = start + second * 1_000;
        if (time > afterMs) return time;
      }
    }
  return undefined;
}

function numbersOf(fits: Fits, field: Field): number[] {
  const [least, most] = RANGES[field];
  const all = Array.from({ length: most - least + 1 }, (_, index) => least + index);
  return all.filter((number) => fits[field]?.has(number) ?? true);
}

/** With the beginnings of what is finer than the finest field. */
function fieldsOf(schedule: Schedule): Fits {
  const given = (field: Field) => schedule[field] !== undefined;
  const isDay = given('dayOfMonth') || given('dayOfWeek');
  const beginnings: Partial<Record<Field, string>> = {};
  if (!given('second')) {
    beginnings.second = '0';
    if (!given('minute')) {
      beginnings.minute = '0';
      if (!given('hour')) {
        beginnings.hour = '0';
        if (!isDay) beginnings.dayOfMonth = '1';
      }
    }
  }
  return Object.fromEntries(
    Object.entries({ ...beginnings, ...schedule }).map(([name, text]) => [
      name,
      numbersIn(text, name as Field),
    ]),
  );
}
