/** A moment in UTC, always 24 characters with milliseconds, so that comparing the text compares the time. */
declare const instantBrand: unique symbol;
export type Instant = string & { readonly [instantBrand]: true };

const RFC3339 = /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?([Zz]|[+-]\d{2}:\d{2})$/;
const DAY_MS = 86_400_000;

/**
 * Reads RFC 3339 text with an offset; undefined when it is not one, names a day that does not exist or lies in UTC
 * outside the years 0001 to 9999.
 */
export function parseInstant(text: string): Instant | undefined {
  if (isOwnForm(text)) return text;
  const match = RFC3339.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const local = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const date = new Date(local);
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return undefined;
  const milliseconds = Date.parse(text.replace(' ', 'T').toUpperCase());
  return Number.isNaN(milliseconds) ? undefined : inOwnForm(milliseconds);
}

const OWN_FORM = '0000-00-00T00:00:00.000Z';
const DAYS_OF_MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Nearly all that comes is in our own form. By hand: a scan has several instants, and an expression takes longer. */
function isOwnForm(text: string): text is Instant {
  if (text.length !== OWN_FORM.length) return false;
  for (let at = 0; at < OWN_FORM.length; at += 1) {
    const form = OWN_FORM.charCodeAt(at);
    const code = text.charCodeAt(at);
    if (form === 0x30 ? code < 0x30 || code > 0x39 : code !== form) return false;
  }
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 && isLeap ? 29 : (DAYS_OF_MONTHS[month - 1] ?? 0);
  const isTime = twoDigits(text, 11) < 24 && twoDigits(text, 14) < 60 && twoDigits(text, 17) < 60;
  return year > 0 && day > 0 && day <= days && isTime;
}

/** `milliseconds` since 1970-01-01T00:00Z. Throws RangeError outside the years 0001 to 9999. */
export function instantFromMs(milliseconds: number): Instant {
  const instant = inOwnForm(milliseconds);
  if (instant === undefined) throw new RangeError('an instant lies in the years 0001 to 9999');
  return instant;
}

/** Years beyond 9999 are written with a sign and six digits; PostgreSQL writes the year 0 as one before Christ. */
function inOwnForm(milliseconds: number): Instant | undefined {
  const text = new Date(milliseconds).toISOString();
  return text.length === 24 && !text.startsWith('0000') ? (text as Instant) : undefined;
}

/** Throws RangeError when the text is no RFC 3339 instant; for constants and trusted sources. */
export function instant(text: string): Instant {
  const parsed = parseInstant(text);
  if (parsed === undefined) throw new RangeError(`not an RFC 3339 instant: ${text}`);
  return parsed;
}

/** Source: `days_from_civil` of http://howardhinnant.github.io/date_algorithms.html; a third of what `Date.parse` takes. */
export function msOf(value: Instant): number {
  if (value.length !== 24) return Date.parse(value);
  const month = twoDigits(value, 5);
  // The year begins in March, so that the leap day is its last.
  const year = twoDigits(value, 0) * 100 + twoDigits(value, 2) - (month <= 2 ? 1 : 0);
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + twoDigits(value, 8) - 1;
  const days =
    year * 365 +
    Math.floor(year / 4) -
    Math.floor(year / 100) +
    Math.floor(year / 400) +
    dayOfYear -
    DAYS_TO_1970;
  const minutes = (days * 24 + twoDigits(value, 11)) * 60 + twoDigits(value, 14);
  return (minutes * 60 + twoDigits(value, 17)) * 1_000 + twoDigits(value, 20) * 10 + digit(value, 22);
}

/** From 1 March of the year 0. */
const DAYS_TO_1970 = 719_468;

const digit = (text: string, at: number) => text.charCodeAt(at) - 0x30;
const twoDigits = (text: string, at: number) => digit(text, at) * 10 + digit(text, at + 1);

export function addMs(value: Instant, milliseconds: number): Instant {
  return instantFromMs(msOf(value) + milliseconds);
}

export function addDays(value: Instant, days: number): Instant {
  return addMs(value, days * DAY_MS);
}

export function msBetween(from: Instant, to: Instant): number {
  return msOf(to) - msOf(from);
}

export function earliest(first: Instant, ...rest: readonly Instant[]): Instant {
  return rest.reduce((best, next) => (next < best ? next : best), first);
}

export function latest(first: Instant, ...rest: readonly Instant[]): Instant {
  return rest.reduce((best, next) => (next > best ? next : best), first);
}
