import { fieldErrors, JsonTrapError, parseStrictJson, wireCodec } from '../../platform/http/index.ts';
import type { FieldError, Instant } from '../kernel/index.ts';
import { normaliseNumber } from '../numbers/index.ts';
import { type CodeMappings, readCode } from './code-mapping.policy.ts';
import { ScanInput } from './contract.ts';
import type { LineRefusal } from './errors.ts';
import { type FacilityLists, isUnknownFacility } from './facility.policy.ts';
import type { ScanPlace } from './model.ts';
import type { RawLine } from './ndjson.ts';
import { placeZone } from './place-zone.policy.ts';
import { readPlainScan } from './plain-scan.policy.ts';
import { isInFuture } from './plausibility.policy.ts';
import { codeTableOf, type Reporter, sourceKindOf, sourceOf } from './recognition.policy.ts';
import type { ScanToRecord } from './record.ts';
import { scanIdOf } from './scan-identity.ts';
import { readScanTime } from './scan-time.policy.ts';
import { type CodeMeaning, meaningOf, UNMAPPED } from './source-codes.policy.ts';

/** A readable scan that still seeks its parcel. */
export type ScanLine = {
  readonly index: number;
  readonly ok: true;
  readonly number: string;
  readonly statedCarrier: string | undefined;
  readonly scan: Omit<ScanToRecord, 'parcel'>;
};
export type RefusedLine = {
  readonly index: number;
  readonly ok: false;
  readonly code: LineRefusal;
  readonly message: string;
};

export type IntakeFacts = {
  readonly reporter: Reporter;
  readonly now: Instant;
  readonly world: 'live' | 'test';
  /** What the operator says of codes that no table knows. */
  readonly mappings: CodeMappings;
  readonly facilities: FacilityLists;
};

/** One line of NDJSON. */
export function readTextLine(line: RawLine, facts: IntakeFacts): ScanLine | RefusedLine {
  if (!line.ok) return refuse(line.index, 'malformed_line', line.message);
  try {
    return readScanLine(line.index, parseStrictJson(line.text), facts);
  } catch (error) {
    if (error instanceof JsonTrapError) {
      return refuse(line.index, 'malformed_line', `The JSON holds ${error.message}.`);
    }
    if (error instanceof SyntaxError) return refuse(line.index, 'malformed_line', 'The line is not JSON.');
    throw error;
  }
}

type Mutable<T> = { -readonly [Field in keyof T]: T[Field] };

const codec = wireCodec(ScanInput);

/** One scan as it stands on the wire (snake_case). Reads, judges nothing about the parcel. */
export function readScanLine(index: number, wire: unknown, facts: IntakeFacts): ScanLine | RefusedLine {
  const input = readPlainScan(wire) ?? readBySchema(wire);
  if (typeof input === 'string') return refuse(index, 'invalid_scan', input);
  if (input.correction !== undefined) {
    return refuse(index, 'correction_has_own_route', 'Send it to POST /v1/scans/{scan_id}/corrections.');
  }
  const number = normaliseNumber(input.number);
  if (number === undefined) {
    return refuse(index, 'number_not_readable', 'A number has 4 to 40 letters and digits.');
  }
  const time = timeOf(input);
  if (time === undefined) return refuse(index, 'invalid_scan', '/occurred_at: not a readable time');
  const { occurredAt, zoneConfidence } = time;
  if (isInFuture({ occurredAt, zoneConfidence, receivedAt: facts.now })) {
    return refuse(index, 'occurred_in_future', `It is ${facts.now}; at most 10 minutes ahead are taken.`);
  }
  if (input.synthetic === true && facts.world === 'live') {
    return refuse(index, 'synthetic_in_live', 'Made-up scans belong into the test world.');
  }
  const code = input.milestone ?? input.code ?? '';
  const scan = scanOf(input, number, code, time, facts);
  return { index, ok: true, number, statedCarrier: input.carrier, scan };
}

/** What the schema takes, or a sentence of what it does not. */
function readBySchema(wire: unknown): ScanInput | string {
  const unknown: string[] = [];
  const parsed = ScanInput.safeParse(codec.decode(wire, '', (pointer) => unknown.push(pointer)));
  const first = unknown[0];
  if (first !== undefined) return `${first}: there is no such field here`;
  return parsed.success ? parsed.data : sentenceOf(fieldErrors(parsed.error, ''));
}

/** Without a stated zone by the clock of the place; an assumed zone is a hint for where that tells none, not a statement. */
function timeOf({ occurredAt, localTime, zone, zoneAssumed, place }: ScanInput) {
  if (occurredAt !== undefined) return readScanTime({ occurredAt });
  const stated = localTime === undefined ? {} : { localTime };
  if (zone !== undefined && zoneAssumed !== true) return readScanTime({ ...stated, zone });
  const clock = place === undefined ? undefined : placeZone(place);
  return readScanTime(stated, {
    ...(clock === undefined ? {} : { placeZone: clock }),
    ...(zone === undefined ? {} : { sourceZone: zone }),
  });
}

/** Built for each scan, so without objects that only pass fields on. */
function scanOf(
  input: ScanInput,
  number: string,
  code: string,
  time: NonNullable<ReturnType<typeof readScanTime>>,
  facts: IntakeFacts,
): Omit<ScanToRecord, 'parcel'> {
  const { reporter } = facts;
  const source = sourceOf(reporter);
  const place = input.place === undefined ? undefined : placeOf(input.place);
  const { occurredAt, localTime, zone, zoneConfidence } = time;
  const reading = readCode(
    meaningFrom(reporter, code),
    { source, format: '', code },
    occurredAt,
    facts.mappings,
  );
  const scan: Mutable<Omit<ScanToRecord, 'parcel'>> = {
    id: scanIdOf({ source, number, code, occurredAt, place }),
    source,
    sourceKind: sourceKindOf(reporter),
    number,
    code,
    milestone: reading.milestone,
    occurredAt,
    zoneConfidence,
    receivedAt: facts.now,
    synthetic: input.synthetic ?? false,
    reporter,
  };
  if (place !== undefined) scan.place = place;
  if (localTime !== undefined) scan.localTime = localTime;
  if (zone !== undefined) scan.zone = zone;
  if (reading.substatus !== undefined) scan.substatus = reading.substatus;
  if (reading.format !== undefined) scan.format = reading.format;
  if (reading.mappingVersion !== undefined) scan.mappingVersion = reading.mappingVersion;
  if (isUnknownFacility(facts.facilities, source, place)) scan.facilityUnknown = true;
  if (input.text !== undefined) scan.text = input.text;
  if (input.operator !== undefined) scan.operator = input.operator;
  if (input.proof !== undefined) scan.proof = input.proof;
  if (input.weightGrams !== undefined) scan.weightGrams = input.weightGrams;
  return scan;
}

/**
 * The source's own table first, then our own words and those of GS1 EPCIS, which everybody may use. An unknown code
 * stays unmapped.
 */
export function meaningFrom(reporter: Reporter, code: string): CodeMeaning {
  for (const table of [codeTableOf(reporter), 'native', 'epcis'] as const) {
    const meaning = meaningOf(table, code);
    if (meaning.milestone !== 'unmapped') return meaning;
  }
  return UNMAPPED;
}

/** Only what is there: an absent field and one that is `undefined` must hash alike. */
function placeOf(place: NonNullable<ScanInput['place']>): ScanPlace {
  const { country, postcode, city, facility, position } = place;
  const told: Mutable<ScanPlace> = { country: country as ScanPlace['country'] };
  if (postcode !== undefined) told.postcode = postcode;
  if (city !== undefined) told.city = city;
  if (facility !== undefined) told.facility = facility;
  if (position !== undefined) told.position = position;
  return told;
}

function sentenceOf(errors: readonly FieldError[]): string {
  return errors
    .slice(0, 5)
    .map((error) => `${error.pointer}: ${error.message}`)
    .join('; ')
    .slice(0, 500);
}

export function refuse(index: number, code: LineRefusal, message: string): RefusedLine {
  return { index, ok: false, code, message };
}
