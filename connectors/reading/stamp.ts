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

/** `2021-05-04T16:06:40`, `20210504 160640`, with fractions and with or without an offset; a date alone too. */
export function readStamp(text: string | undefined): Stamp | undefined {
  const match = ISO.exec((text ?? '').slice(0, 60).replaceAll('/', '-'));
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second = '00', fraction = '', offset] = match;
  // 24:00 is how some write the end of a day; it is not read as anything else.
  const time = hour === undefined ? '00:00:00' : `${hour}:${minute}:${second}`;
  // Seven digits are a habit of .NET; a thousandth is all that a scan is asked for.
  const thousandths = fraction === '' ? '' : `.${fraction.slice(0, 3)}`;
  const zone = offset === undefined ? undefined : readOffset(offset);
  return {
    local: `${year}-${month}-${day}T${time}${thousandths}`,
    ...(zone === undefined ? {} : { zone }),
    isDateOnly: hour === undefined,
  };
}

/** Date and time in fields of their own; without a time the day alone. */
export function readDateAndTime(
  date: string | undefined,
  time: string | undefined,
  zone?: string | undefined,
): Stamp | undefined {
  const day = readDate(date);
  if (day === undefined) return undefined;
  const clock = time === undefined ? undefined : readClock(time);
  if (time !== undefined && clock === undefined) return undefined;
  return {
    local: `${day}T${clock ?? '00:00:00'}`,
    ...(zone === undefined ? {} : { zone }),
    isDateOnly: clock === undefined,
  };
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** `20210218`, `2021-02-18`, `18/02/2021` (day first), `March 2, 2014` to `YYYY-MM-DD`. */
export function readDate(text: string | undefined): string | undefined {
  const given = (text ?? '').slice(0, 40);
  const iso = /^(\d{4})[-/]?(\d{2})[-/]?(\d{2})(?:$|[T ])/.exec(given);
  if (iso !== null) return `${iso[1]}-${iso[2]}-${iso[3]}`;
  const dayFirst = /^(\d{2})[/.](\d{2})[/.](\d{4})$/.exec(given);
  if (dayFirst !== null) return `${dayFirst[3]}-${dayFirst[2]}-${dayFirst[1]}`;
  const worded = /^([A-Za-z]{3,9})\.? (\d{1,2}), ?(\d{4})$/.exec(given);
  const month = MONTHS.indexOf((worded?.[1] ?? '').slice(0, 3).toLowerCase()) + 1;
  if (worded === null || month === 0) return undefined;
  return `${worded[3]}-${String(month).padStart(2, '0')}-${worded[2]?.padStart(2, '0')}`;
}

/** `1020`, `102045`, `10:20:45.123`, `8:09 am` to `HH:MM:SS[.mmm]`. */
function readClock(text: string): string | undefined {
  const given = text.slice(0, 30);
  const packed = /^(\d{2})(\d{2})(\d{2})?$/.exec(given);
  if (packed !== null) return `${packed[1]}:${packed[2]}:${packed[3] ?? '00'}`;
  const match = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:\s*([ap])\.?m\.?)?$/i.exec(given);
  if (match === null) return undefined;
  const [, hours = '', minutes, seconds = '00', fraction, half] = match;
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (/p/i.test(half) ? 12 : 0);
  const thousandths = fraction === undefined ? '' : `.${fraction.slice(0, 3)}`;
  return `${String(hour).padStart(2, '0')}:${minutes}:${seconds}${thousandths}`;
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
