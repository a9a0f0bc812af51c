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
  const scan: Partial<Mutable<ScanInput>> = {};
  const fields = wire as Readonly<Record<string, unknown>>;
  for (const name in fields) if (!readField(scan, name, fields[name])) return undefined;
  if (scan.number === undefined || scan.occurredAt === undefined) return undefined;
  return (scan.code === undefined) === (scan.milestone === undefined) ? undefined : (scan as ScanInput);
}

/** False: not a field, or not a value, that this function knows. */
function readField(scan: Partial<Mutable<ScanInput>>, name: string, value: unknown): boolean {
  switch (name) {
    case 'number':
    case 'code':
    case 'operator':
      return isPlainLine(value, 64) && set(scan, name, value);
    case 'occurred_at':
      return isPlainInstant(value) && set(scan, 'occurredAt', value);
    case 'place': {
      const place = readPlace(value);
      return place !== undefined && set(scan, 'place', place);
    }
    case 'milestone':
      return MILESTONES.has(value) && set(scan, name, value as ScanInput['milestone']);
    case 'carrier':
      return typeof value === 'string' && CARRIER.test(value) && set(scan, name, value);
    case 'text':
      return isPlainLine(value, 500) && set(scan, name, value);
    case 'proof':
      return isPlainLine(value, 100) && set(scan, name, value);
    case 'weight_grams':
      return isPlainWeight(value) && set(scan, 'weightGrams', value);
    case 'synthetic':
      return typeof value === 'boolean' && set(scan, name, value);
    default:
      return false;
  }
}

function set<T, Name extends keyof T>(target: T, name: Name, value: T[Name]): true {
  target[name] = value;
  return true;
}

function readPlace(wire: unknown): Place | undefined {
  if (typeof wire !== 'object' || wire === null || Array.isArray(wire)) return undefined;
  const place: Partial<Place> = {};
  const fields = wire as Readonly<Record<string, unknown>>;
  for (const name in fields) {
    const value = fields[name];
    if (name === 'country') {
      if (typeof value !== 'string' || !COUNTRY.test(value)) return undefined;
      place.country = value;
    } else if (name === 'city' || name === 'facility') {
      if (!isPlainLine(value, 100)) return undefined;
      place[name] = value;
    } else if (name === 'postcode') {
      if (!isPlainLine(value, 16)) return undefined;
      place.postcode = value;
    } else return undefined;
  }
  return place.country === undefined ? undefined : (place as Place);
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
