import { parseInstant } from '../kernel/index.ts';
import { MAX_WEIGHT_GRAMS, type ScanInput } from './contract.ts';
import { MILESTONE_NAMES } from './milestones.policy.ts';

type Mutable<T> = { -readonly [Field in keyof T]: T[Field] };
type Place = Mutable<NonNullable<ScanInput['place']>>;

const MILESTONES: ReadonlySet<unknown> = new Set(MILESTONE_NAMES);
const CARRIER = /^[a-z0-9_]{1,40}$/;
const COUNTRY = /^[A-Z]{2}$/;
/** As `z.iso.datetime` takes it; whether the day exists says `parseInstant`. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/**
 * A scan as nearly all of them come (an exact time, a code or a milestone, a place), from its names on the wire, for a
 * twentieth of what the schema costs. Undefined: this function does not know, and the schema says whether it is a scan
 * and what is wrong with it. What is answered here is what the schema answers (plain-scan.policy.test.ts).
 */
export function readPlainScan(wire: unknown): ScanInput | undefined {
  if (typeof wire !== 'object' || wire === null || Array.isArray(wire)) return undefined;
  // By name: to read and write fields by computed names costs more than all checks of them.
  const {
    number,
    carrier,
    code,
    milestone,
    occurred_at,
    place,
    text,
    operator,
    proof,
    weight_grams,
    synthetic,
  } = wire as Wire;
  if (!isPlainLine(number, 64) || !isPlainInstant(occurred_at)) return undefined;
  const scan: Mutable<ScanInput> = { number, occurredAt: occurred_at };
  if (code !== undefined) {
    if (milestone !== undefined || !isPlainLine(code, 64)) return undefined;
    scan.code = code;
  } else {
    if (!MILESTONES.has(milestone)) return undefined;
    scan.milestone = milestone as NonNullable<ScanInput['milestone']>;
  }
  if (place !== undefined) {
    const told = readPlace(place);
    if (told === undefined) return undefined;
    scan.place = told;
  }
  if (carrier !== undefined) {
    if (typeof carrier !== 'string' || !CARRIER.test(carrier)) return undefined;
    scan.carrier = carrier;
  }
  if (text !== undefined) {
    if (!isPlainLine(text, 500)) return undefined;
    scan.text = text;
  }
  if (operator !== undefined) {
    if (!isPlainLine(operator, 64)) return undefined;
    scan.operator = operator;
  }
  if (proof !== undefined) {
    if (!isPlainLine(proof, 100)) return undefined;
    scan.proof = proof;
  }
  if (weight_grams !== undefined) {
    if (!isPlainWeight(weight_grams)) return undefined;
    scan.weightGrams = weight_grams;
  }
  if (synthetic !== undefined) {
    if (typeof synthetic !== 'boolean') return undefined;
    scan.synthetic = synthetic;
  }
  return countFields(wire) === countFields(scan) ? scan : undefined;
}

/** Any field may be anything. */
type Wire = { readonly [Name in 'number' | 'carrier' | 'code' | 'milestone' | 'occurred_at']?: unknown } & {
  readonly [Name in 'place' | 'text' | 'operator' | 'proof' | 'weight_grams' | 'synthetic']?: unknown;
};
type WirePlace = { readonly [Name in 'country' | 'city' | 'postcode' | 'facility']?: unknown };

function readPlace(wire: unknown): Place | undefined {
  if (typeof wire !== 'object' || wire === null || Array.isArray(wire)) return undefined;
  const { country, city, postcode, facility } = wire as WirePlace;
  if (typeof country !== 'string' || !COUNTRY.test(country)) return undefined;
  const place: Place = { country };
  if (city !== undefined) {
    if (!isPlainLine(city, 100)) return undefined;
    place.city = city;
  }
  if (postcode !== undefined) {
    if (!isPlainLine(postcode, 16)) return undefined;
    place.postcode = postcode;
  }
  if (facility !== undefined) {
    if (!isPlainLine(facility, 100)) return undefined;
    place.facility = facility;
  }
  return countFields(wire) === countFields(place) ? place : undefined;
}

/** Each field that was read is one of the result: more of them are none that this function knows. */
function countFields(wire: object): number {
  let count = 0;
  for (const _ in wire) count += 1;
  return count;
}

function isPlainWeight(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MAX_WEIGHT_GRAMS;
}

function isPlainInstant(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length <= 40 &&
    INSTANT.test(value) &&
    parseInstant(value) !== undefined
  );
}

/** Text without control characters or surrogates that begins with no blank. */
function isPlainLine(value: unknown, maxLength: number): value is string {
  if (typeof value !== 'string' || value.length === 0 || value.length > maxLength) return false;
  for (let index = 0; index < value.length; index += 1) {
    const code = value.charCodeAt(index);
    if (code >= 0x20 && code < 0x7f) continue;
    if (code < 0xa0 || (code >= 0xd800 && code < 0xe000)) return false;
  }
  return value.charCodeAt(0) !== 0x20 && (value.charCodeAt(0) < 0x7f || value.trim() !== '');
}
