import { countryOf, holds } from './format.policy.ts';
import { ISSUERS } from './issuers.ts';
import type { Candidate, CandidateReason, NumberFormat, NumberIssuer, Reach } from './model.ts';
import { bareNumber, behindDestination, normaliseNumber } from './reading.policy.ts';
import { type Form, formsOf, hasForm } from './shape.policy.ts';

type Entry = {
  readonly issuer: NumberIssuer;
  readonly format: NumberFormat;
  readonly form: Form;
  /** Powers of ten that speak for it before a number is seen. */
  readonly weight: number;
};
type Match = { readonly entry: Entry; readonly text: string; readonly weight: number; readonly zip: boolean };

/** Powers of ten between those whose numbers are on billions of parcels a year, on hundreds and on tens of millions (our estimate). */
const REACH: Readonly<Record<Reach, number>> = { worldwide: 2, national: 1, regional: 0 };

/** A format that is hardly printed any more is met a tenth as often (our estimate). */
const LEGACY = 1;

/** A destination before the number: 420 and a ZIP code of five or nine digits (USPS Publication 199, GS1 AI 420). */
const ZIPS = [
  { test: (text: string) => /^420\d{5}/.test(text), length: 8 },
  { test: (text: string) => /^420\d{9}/.test(text), length: 12 },
] as const;
/** Its three fixed digits speak for it. */
const ROUTING_EVIDENCE = 3;
/** An SSCC with its application identifier is of fixed length, so that a destination may follow without a separator. */
const SSCC_BEFORE_DESTINATION = /^00\d{18}(?=42[01]\d)/;

const TABLE = tableOf(ISSUERS);

/**
 * Whose number a text may be, likeliest first; none when it is nobody's. Only candidates whose check digit holds. Of
 * several formats of one issuer that give the same number the likeliest is named. The order is that of the chance
 * with which a number of the issuer looks like this one, times how many numbers the issuer prints.
 * Takes time in proportion to the text, which is cut off at 128 characters.
 */
export function identifyNumber(text: string): readonly Candidate[] {
  const bare = bareNumber(text);
  if (bare === undefined || bare === '') return [];
  const matches: Match[] = [];
  collect(matches, bare, 'whole');
  for (const zip of ZIPS) {
    if (zip.test(bare)) collect(matches, bare.slice(zip.length), 'routed');
  }
  const separated = behindDestination(text) ?? SSCC_BEFORE_DESTINATION.exec(bare)?.[0];
  if (separated !== undefined) collect(matches, separated, 'separated');
  if (matches.length === 0) return [];
  // Array.sort is stable: equals stay in the order of the table.
  return distinct(matches.sort((first, second) => second.weight - first.weight).map(candidateOf));
}

/**
 * The normalised numbers that a text may stand for: itself, and what its barcode carries. Empty for a text that is no
 * number.
 */
export function numbersIn(text: string): readonly string[] {
  const bare = bareNumber(text);
  if (bare === undefined) return [];
  const numbers = [bare, ...identifyNumber(text).map((candidate) => candidate.number)];
  return [...new Set(numbers.flatMap((number) => normaliseNumber(number) ?? []))];
}

/**
 * `part`: all of what was read, or what is left without the destination: that of USPS, which has formats of its own
 * behind it, or one that a separator tells apart from any number.
 */
function collect(matches: Match[], text: string, part: 'whole' | 'routed' | 'separated'): void {
  const isRouted = part === 'routed';
  for (const entry of TABLE[text.length]?.[text.charCodeAt(0)] ?? []) {
    if (isRouted && entry.format.routed !== true) continue;
    if (!hasForm(entry.form, text) || !holds(entry.format, entry.form, text)) continue;
    matches.push({
      entry,
      text,
      weight: entry.weight + (isRouted ? ROUTING_EVIDENCE : 0),
      zip: part !== 'whole',
    });
  }
}

function candidateOf({ entry, text, zip }: Match): Candidate {
  const { issuer, format } = entry;
  const number = numberIn(entry, text);
  const trackingUrl = trackingUrlOf(issuer, number);
  return {
    number,
    issuer,
    format,
    checkDigit: format.check === 'none' ? 'none' : 'ok',
    ...(format.namesCountry === true ? { country: countryOf(text) } : {}),
    ...(trackingUrl === undefined ? {} : { trackingUrl }),
    reasons: reasonsOf(entry, zip),
  };
}

function numberIn({ format, form }: Entry, text: string): string {
  if (format.carries !== undefined) return text.slice(...format.carries);
  let number = text;
  for (const at of form.hyphens.toReversed()) number = `${number.slice(0, at)}-${number.slice(at)}`;
  return number;
}

/** The tracking page of an issuer or a carrier for a number; undefined when none is known. */
export function trackingUrlOf(issuer: Pick<NumberIssuer, 'trackingUrl'>, number: string): string | undefined {
  return issuer.trackingUrl?.replace('{number}', encodeURIComponent(number));
}

function reasonsOf({ format, form }: Entry, zip: boolean): CandidateReason[] {
  const reasons: CandidateReason[] = [];
  if (format.check !== 'none') reasons.push('check_digit_holds');
  if (form.cells.some((cell) => cell.size === 1)) reasons.push('fixed_characters');
  if (format.namesCountry === true) reasons.push('country_of_post');
  if (reasons.length === 0) reasons.push('form_only');
  if (zip) reasons.push('zip_removed');
  if (format.carries !== undefined) reasons.push('carried_in_barcode');
  return reasons;
}

function distinct(candidates: readonly Candidate[]): readonly Candidate[] {
  if (candidates.length < 2) return candidates;
  return candidates.filter(
    (one, index) =>
      candidates.findIndex((other) => other.issuer === one.issuer && other.number === one.number) === index,
  );
}

function weightOf(issuer: NumberIssuer, format: NumberFormat, form: Form): number {
  const check = format.check === 'none' ? 0 : format.check === 'mod37' ? Math.log10(36) : 1;
  return REACH[issuer.reach] + form.evidence + check - (format.isLegacy === true ? LEGACY : 0);
}

/** Forms by length and first character: what a text may be is found without looking at the rest of the table. */
function tableOf(issuers: readonly NumberIssuer[]): readonly (readonly (readonly Entry[])[])[] {
  const table: Entry[][][] = [];
  for (const issuer of issuers) {
    for (const format of issuer.formats) {
      for (const form of format.shapes.flatMap(formsOf)) {
        const entry = { issuer, format, form, weight: weightOf(issuer, format, form) };
        const ofLength = table[form.cells.length] ?? [];
        table[form.cells.length] = ofLength;
        for (const code of codesOf(form)) {
          const list = ofLength[code] ?? [];
          ofLength[code] = list;
          list.push(entry);
        }
      }
    }
  }
  return table;
}

function codesOf(form: Form): number[] {
  return [...(form.cells[0]?.allows ?? [])].flatMap((isAllowed, code) => (isAllowed === 1 ? [code] : []));
}
