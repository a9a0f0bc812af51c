import { findCarrier } from '../carriers/index.ts';
import type { CountryCode } from '../kernel/index.ts';
import { normaliseNumber } from '../numbers/index.ts';
import type { CarrierReading, PlaceReading, ScanReading } from './carrier-reading.ts';
import { readCode } from './code-mapping.policy.ts';
import { isUnknownFacility } from './facility.policy.ts';
import { homeCountryOf } from './home-place.policy.ts';
import { type IntakeFacts, type RefusedLine, refuse, type ScanLine } from './intake-line.ts';
import type { ScanPlace } from './model.ts';
import { isInFuture } from './plausibility.policy.ts';
import { sourceKindOf, sourceOf } from './recognition.policy.ts';
import { scanIdOf } from './scan-identity.ts';
import type { CodeMeaning } from './source-codes.policy.ts';

/** As the contract of scans has them; what a carrier writes longer is cut, the payload has it whole. */
const MAX_CODE = 64;
const MAX_TEXT = 500;
const MAX_PLACE = 100;
const MAX_POSTCODE = 16;
const MAX_PLACE_TEXT = 200;

type LineReader = (facts: IntakeFacts) => ScanLine | RefusedLine;

/** The scans of a reading, in its order, as lines that seek their parcels. */
export function linesOfReading(reading: CarrierReading): LineReader[] {
  // A format of an aggregator or of several divisions says nothing about whose number it is.
  const stated = findCarrier(reading.carrier)?.code;
  return reading.parcels
    .flatMap(({ scans }) => scans)
    .map((scan, index) => (facts: IntakeFacts) => lineOf(index, scan, reading.carrier, stated, facts));
}

function lineOf(
  index: number,
  scan: ScanReading,
  format: string,
  statedCarrier: string | undefined,
  facts: IntakeFacts,
): ScanLine | RefusedLine {
  const { time, text } = scan;
  const number = normaliseNumber(scan.number);
  if (number === undefined)
    return refuse(index, 'number_not_readable', 'A number has 4 to 40 letters and digits.');
  if (isInFuture({ ...time, receivedAt: facts.now }))
    return refuse(index, 'occurred_in_future', `It is ${facts.now}; at most 10 minutes ahead are taken.`);
  const { reporter } = facts;
  // A format without codes is told apart by its classes or words; they have no meaning of their own here.
  const code = line(scan.code ?? scan.category ?? text ?? '', MAX_CODE);
  if (code === '') return refuse(index, 'invalid_scan', 'The carrier gives neither a code nor a text.');
  const told = placeOf(scan.place, scan.place?.country);
  const content = {
    source: sourceOf(reporter),
    number,
    code,
    occurredAt: time.occurredAt,
    ...(told === undefined ? {} : { place: told }),
  };
  // What we conclude is not what was observed: the scan keeps its id when we know more towns.
  const place = told ?? placeOf(scan.place, homeCountryOf(format, scan.place?.city));
  const placeText = place === undefined ? line(scan.place?.text ?? '', MAX_PLACE_TEXT) : '';
  return {
    index,
    ok: true,
    number,
    statedCarrier,
    scan: {
      id: scanIdOf({ ...content, distinction: scan.distinction }),
      sourceKind: sourceKindOf(reporter),
      ...content,
      ...(place === undefined ? {} : { place }),
      ...(placeText === '' ? {} : { placeText }),
      ...readCode(
        meaningOfReading(scan),
        { source: content.source, format, code },
        time.occurredAt,
        facts.mappings,
      ),
      ...time,
      receivedAt: facts.now,
      synthetic: false,
      ...(isUnknownFacility(facts.facilities, content.source, place) ? { facilityUnknown: true } : {}),
      ...(text === undefined ? {} : { text: line(text, MAX_TEXT) }),
      ...(scan.weightGrams === undefined ? {} : { weightGrams: scan.weightGrams }),
      reporter,
    },
  };
}

function meaningOfReading({ milestone, substatus }: ScanReading): CodeMeaning {
  return substatus === undefined ? { milestone } : { milestone, substatus };
}

/** Without a country there is no place: no map and no clock could use it. */
function placeOf(place: PlaceReading | undefined, country: CountryCode | undefined): ScanPlace | undefined {
  if (place === undefined || country === undefined) return undefined;
  const { postcode, city, facility } = place;
  return {
    country,
    ...(postcode === undefined ? {} : { postcode: line(postcode, MAX_POSTCODE) }),
    ...(city === undefined ? {} : { city: line(city, MAX_PLACE) }),
    ...(facility === undefined ? {} : { facility: line(facility, MAX_PLACE) }),
  };
}

/** One line of readable text of at most so many characters, and never half a surrogate pair. */
function line(text: string, maxLength: number): string {
  return text
    .toWellFormed()
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, maxLength)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trim();
}
