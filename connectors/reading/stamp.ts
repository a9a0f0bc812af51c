/** A moment as a carrier wrote it: a wall clock, perhaps with an offset beside it. */
export type Stamp = {
  /** `YYYY-MM-DDTHH:MM:SS[.mmm]` */
  readonly local: string;
  /** `+08:00` or an IANA name; absent when the carrier did not say. */
  readonly zone?: string;
  readonly isDateOnly: boolean;
};

const ISO =
  /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ]?(\d{2}):?(\d{2})(?::?(\d{2}))?(?:[.,](\d{1,9}))?)?\s*([Zz]|(?:GMT|UTC)?\s?[+-]\d{1,2}(?::?\d{2})?|GMT|UTC)?$/;
/** A day in figures and a clock behind it: `2021-5-4 4:06:40 PM`, `28/01/2026 9:05`, `01/28/2026 3:40:52 PM`. */
const PAIR = /^(\d{8}|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4})(?:[T ]\s?(\d{1,2}:\d{2}.{0,30}))?$/;

/**
 * `2021-05-04T16:06:40`, `20210504 160640`, with fractions and with or without an offset; a date alone too. Where the year
 * stands last see `readDate`.
 */
export function readStamp(text: string | undefined, order?: DateOrder): Stamp | undefined {
  const given = (text ?? '').slice(0, 60);
  const match = ISO.exec(given.replaceAll('/', '-'));
  if (match === null) {
    const [, day, clock] = PAIR.exec(given) ?? [];
    return day === undefined ? undefined : readDateAndTime(day, clock, undefined, order);
  }
  const [, year, month, day, hour, minute, second = '00', fraction = '', offset] = match;
  const zone = offset === undefined ? undefined : readOffset(offset);
  return {
    ...stampAt(`${year}-${month}-${day}`, hour && `${hour}:${minute}:${second}${thousandths(fraction)}`),
    ...(zone === undefined ? {} : { zone }),
  };
}

/** Seven digits are a habit of .NET; a thousandth is all that a scan is asked for. */
const thousandths = (fraction = '') => (fraction === '' ? '' : `.${fraction.slice(0, 3)}`);

const DAY_MS = 86_400_000;

/** A day without a clock is midnight. 24:00 is the end of a day and the start of the next (ISO 8601-1, 5.3.2). */
export function stampAt(day: string, clock: string | undefined): Stamp {
  if (clock === undefined) return { local: `${day}T00:00:00`, isDateOnly: true };
  const dayMs = Date.parse(`${day}T00:00:00Z`);
  if (!/^24:00:00(?:\.0+)?$/.test(clock) || Number.isNaN(dayMs))
    return { local: `${day}T${clock}`, isDateOnly: false };
  return { local: `${new Date(dayMs + DAY_MS).toISOString().slice(0, 10)}T00:00:00`, isDateOnly: false };
}

/** Date and time in fields of their own; without a time the day alone. An offset may end the time. */
export function readDateAndTime(
  date: string | undefined,
  time: string | undefined,
  zone?: string | undefined,
  order?: DateOrder,
): Stamp | undefined {
  const day = readDate(date, order);
  if (day === undefined) return undefined;
  const [, told = time, offset] = /^(\d.*?)\s*(Z|[+-]\d{2}:?\d{2})$/.exec(time?.slice(0, 40) ?? '') ?? [];
  const clock = told === undefined ? undefined : readClock(told);
  if (told !== undefined && clock === undefined) return undefined;
  const known = zone ?? readOffset(offset);
  return { ...stampAt(day, clock), ...(known === undefined ? {} : { zone: known }) };
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** What stands first where a carrier writes the year last and says so in its documents. */
export type DateOrder = 'day_first' | 'month_first';

/**
 * `20210218`, `2021-02-18`, `2021-2-8`, `18.02.2021`, `March 2, 2014` to `YYYY-MM-DD`; undefined for no day of a calendar.
 * `02/03/2021` is two days: without an order it is read only where one of both figures cannot be a month.
 */
export function readDate(text: string | undefined, order?: DateOrder): string | undefined {
  const day = writtenDate((text ?? '').slice(0, 40), order);
  const dayMs = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(dayMs) || new Date(dayMs).toISOString().slice(0, 10) !== day ? undefined : day;
}

function writtenDate(given: string, order: DateOrder | undefined): string | undefined {
  const packed = /^(\d{4})(\d{2})(\d{2})(?:$|[T ])/.exec(given);
  const iso = packed ?? /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:$|[T ])/.exec(given);
  if (iso !== null) return isoDay(iso[1], iso[2], iso[3]);
  const last = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:$|[T ])/.exec(given);
  if (last !== null) return yearLast(last, order);
  const worded = /^([A-Za-z]{3,9})\.? (\d{1,2}), ?(\d{4})$/.exec(given);
  const month = MONTHS.indexOf((worded?.[1] ?? '').slice(0, 3).toLowerCase()) + 1;
  return worded === null || month === 0 ? undefined : isoDay(worded[3], `${month}`, worded[2]);
}

/** Points stand between figures only where the day comes first. */
function yearLast([, first = '', sign, second = '', year]: readonly string[], told: DateOrder | undefined) {
  const order = sign === '.' ? 'day_first' : (told ?? onlyOrder(first, second));
  if (order === undefined) return undefined;
  return order === 'day_first' ? isoDay(year, second, first) : isoDay(year, first, second);
}

function onlyOrder(first: string, second: string): DateOrder | undefined {
  if (Number(first) === Number(second) || Number(first) > 12) return 'day_first';
  return Number(second) > 12 ? 'month_first' : undefined;
}

function isoDay(year = '', month = '', day = ''): string {
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** `1020`, `102045`, `74700` (a zero lost in front), `09.05.00`, `10:20:45.123`, `8:09 am` to `HH:MM:SS[.mmm]`. */
function readClock(text: string): string | undefined {
  const given = text.slice(0, 30);
  const packed = /^(\d{2})(\d{2})(\d{2})?$/.exec(/^\d{3}(?:\d{2})?$/.test(given) ? `0${given}` : given);
  if (packed !== null) return `${packed[1]}:${packed[2]}:${packed[3] ?? '00'}`;
  const dotted = given.replace(/^(\d{2})\.(\d{2})\.(\d{2})$/, '$1:$2:$3');
  const match = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:\s*([ap])\.?m\.?)?$/i.exec(dotted);
  if (match === null) return undefined;
  const [, hours = '', minutes, seconds = '00', fraction, half] = match;
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (/p/i.test(half) ? 12 : 0);
  return `${String(hour).padStart(2, '0')}:${minutes}:${seconds}${thousandths(fraction)}`;
}

/** `Z`, `+8`, `+0800`, `GMT-04:00`, `UTC+8` to `+08:00`; undefined when it is no offset of this world. */
export function readOffset(text: string | undefined): string | undefined {
  const given = (text ?? '').trim();
  if (/^(z|gmt|utc)$/i.test(given)) return '+00:00';
  const match = /^(?:GMT|UTC)?\s?([+-])(\d{1,2})(?::?(\d{2}))?$/i.exec(given);
  if (match === null) return undefined;
  const [, sign, hours = '', minutes = '00'] = match;
  // Kiribati keeps the furthest clock, at +14:00.
  if (Number(hours) > 14 || Number(minutes) > 59) return undefined;
  return `${sign}${hours.padStart(2, '0')}:${minutes}`;
}

/** Milliseconds since 1970 as an instant in UTC; undefined outside the years 1970 to 9999. */
export function readEpochMs(text: string | undefined): string | undefined {
  if (text === undefined || !/^\d{1,15}$/.test(text)) return undefined;
  const ms = Number(text);
  return ms > 253_402_300_799_999 ? undefined : new Date(ms).toISOString();
}

/**
 * A wall clock with an offset that an instant beside it bears out. Where the two contradict each other, neither is
 * believed: the wall clock stays and its zone is unknown.
 */
export function agreedStamp(stamp: Stamp | undefined, instant: string | undefined): Stamp | undefined {
  if (stamp?.zone === undefined || instant === undefined) return stamp;
  const told = Date.parse(`${stamp.local}${stamp.zone}`);
  const other = Date.parse(instant);
  // A minute covers those that cut the seconds off.
  if (Number.isNaN(told) || Number.isNaN(other) || Math.abs(told - other) < 60_000) return stamp;
  return { local: stamp.local, isDateOnly: stamp.isDateOnly };
}

const QUARTER_MS = 900_000;
/** Kiribati keeps +14:00, no land is further west than -12:00. */
const [WEST_MS, EAST_MS] = [-12 * 3_600_000, 14 * 3_600_000];

/**
 * Offset of a wall clock that stands beside the same moment in Greenwich time (`YYYY-MM-DDTHH:MM:SS` both). Undefined
 * where they are equal, because who copies his clock there tells nothing, and where no zone is that far away.
 */
export function offsetBetween(local: string | undefined, greenwich: string | undefined): string | undefined {
  const apartMs = Date.parse(`${local}Z`) - Date.parse(`${greenwich}Z`);
  const quarters = Math.round(apartMs / QUARTER_MS);
  const isZone =
    Math.abs(apartMs - quarters * QUARTER_MS) < 60_000 && apartMs >= WEST_MS && apartMs <= EAST_MS;
  if (!isZone || quarters === 0) return undefined;
  const minutes = Math.abs(quarters) * 15;
  const [hour, minute] = [Math.floor(minutes / 60), minutes % 60].map((part) =>
    String(part).padStart(2, '0'),
  );
  return `${quarters < 0 ? '-' : '+'}${hour}:${minute}`;
}

/** The instant of a stamp whose offset is stated; undefined for any other one, because a wall clock is no instant. */
export function instantOf(stamp: Stamp | undefined): string | undefined {
  if (stamp?.zone === undefined || stamp.isDateOnly) return undefined;
  const ms = Date.parse(`${stamp.local}${stamp.zone}`);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}
