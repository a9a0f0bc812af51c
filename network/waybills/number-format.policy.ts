import { findCarrier, findNumberFormat } from '../carriers/index.ts';
import { accepted, type Outcome, refused } from '../kernel/index.ts';
import { CHECK_RULES, NATIVE_CHECK_RULES } from '../numbers/index.ts';
import type { NumberShape, SerialRange } from './model.ts';

/** Longest number that any carrier of the registry prints as one barcode (GS1-128 with 34 digits). */
const LONGEST_NUMBER = 34;
const AFFIX = /^[0-9A-Z]{0,12}$/;

function bodyOf(shape: NumberShape, serial: number): string {
  return String(serial).padStart(shape.digits, '0');
}

/** The full number of a serial; undefined when the check rule cannot take the body (a shape that was never loaded). */
export function formatNumber(shape: NumberShape, serial: number): string | undefined {
  const body = bodyOf(shape, serial);
  if (shape.checkRule === 's10') return CHECK_RULES.s10.append(shape.prefix + body + shape.suffix);
  const covered = shape.checkCovers === 'serial' ? body : shape.prefix + body;
  const checked = CHECK_RULES[shape.checkRule].append(covered);
  if (checked === undefined) return undefined;
  return (shape.checkCovers === 'serial' ? shape.prefix + checked : checked) + shape.suffix;
}

/**
 * Whether a segment can be built: the affixes and digits fit, the check rule takes the numbers, and the first and
 * last number obey a number format of the carrier (source: registry; carriers register a validation expression).
 */
export function checkSegment(
  carrierCode: string,
  shape: NumberShape,
  range: SerialRange,
): Outcome<undefined, 'segment_malformed' | 'carrier_unknown'> {
  const carrier = findCarrier(carrierCode);
  if (carrier === undefined) return refused('carrier_unknown', '');
  const wrong = (detail: string) => refused('segment_malformed', detail);
  if (!AFFIX.test(shape.prefix) || !AFFIX.test(shape.suffix))
    return wrong('Prefix and suffix have at most 12 capital letters and digits.');
  if (!NATIVE_CHECK_RULES.some((rule) => rule === shape.checkRule))
    return wrong(`A segment takes the check rules ${NATIVE_CHECK_RULES.join(', ')}.`);
  if (!Number.isInteger(shape.digits) || shape.digits < 1 || shape.digits > 15)
    return wrong('A serial has 1 to 15 digits.');
  if (range.fromSerial < 0 || range.toSerial < range.fromSerial || range.toSerial >= 10 ** shape.digits)
    return wrong('The range runs upwards and fits the digits.');
  if (shape.checkRule === 's10' && shape.checkCovers !== 'serial')
    return wrong('The check digit of S10 covers the serial.');
  const ends = [formatNumber(shape, range.fromSerial), formatNumber(shape, range.toSerial)];
  for (const number of ends) {
    if (number === undefined)
      return wrong(`The check rule ${shape.checkRule} does not take this prefix, suffix or length.`);
    if (number.length > LONGEST_NUMBER) return wrong(`A number has at most ${LONGEST_NUMBER} characters.`);
    if (findNumberFormat(carrier, number) === undefined)
      return wrong(`${number} is not in a number format of ${carrierCode}.`);
  }
  return accepted(undefined);
}

/** What is compared: first and last number without their check digit, and the length of the whole. */
type Span = { readonly first: string; readonly last: string; readonly length: number };

function spanOf(shape: NumberShape, range: SerialRange): Span {
  const check = shape.checkRule === 'none' ? 0 : 1;
  return {
    first: shape.prefix + bodyOf(shape, range.fromSerial),
    last: shape.prefix + bodyOf(shape, range.toSerial),
    length: shape.prefix.length + shape.digits + check + shape.suffix.length,
  };
}

/**
 * Whether two segments of one carrier may hold the same number. Never misses an overlap; may see one too many where
 * prefixes of different length or different check rules meet, which is refused all the same.
 */
export function mayOverlap(a: NumberShape & SerialRange, b: NumberShape & SerialRange): boolean {
  const [one, two] = [spanOf(a, a), spanOf(b, b)];
  if (one.length !== two.length) return false;
  if (!a.suffix.endsWith(b.suffix) && !b.suffix.endsWith(a.suffix)) return false;
  const shared = Math.min(one.first.length, two.first.length);
  const head = (text: string) => text.slice(0, shared);
  return head(one.first) <= head(two.last) && head(two.first) <= head(one.last);
}
