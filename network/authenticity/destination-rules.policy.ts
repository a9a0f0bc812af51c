import { distanceMeters } from '../kernel/index.ts';
import type { DeclarationFacts, FactPlace, FactScan } from './facts.ts';
import type { Journey } from './journey.policy.ts';
import { seen } from './journey-rules.policy.ts';
import type { Finding } from './model.ts';

/**
 * Carriers write the country of a territory now one way, now the other: the first code stands for both. Source: UPU,
 * territories served by the posts of their mother countries.
 */
const TERRITORIES: Readonly<Record<string, string>> = {
  PR: 'US',
  GU: 'US',
  VI: 'US',
  AS: 'US',
  MP: 'US',
  GG: 'GB',
  JE: 'GB',
  IM: 'GB',
  MC: 'FR',
  GP: 'FR',
  MQ: 'FR',
  GF: 'FR',
  RE: 'FR',
  YT: 'FR',
  SM: 'IT',
  VA: 'IT',
  AX: 'FI',
  SJ: 'NO',
  GL: 'DK',
  FO: 'DK',
  HK: 'CN',
  MO: 'CN',
};

function postalCountry(country: string): string {
  return TERRITORIES[country] ?? country;
}

/** A suburb, the office beside the home: so near is the same place whatever its name. Our default. */
const NEAR_METERS = 20_000;
/** The middle of a large city or of a rural postcode may lie so far off. Our default. */
const FAR_METERS = 60_000;

/** How a place compares to where the order goes. `unknown`: too little is said of either. */
type Comparison = 'same' | 'country' | 'city' | 'postcode' | 'unknown';

function compare(order: FactPlace, place: FactPlace): Comparison {
  if (postalCountry(order.country) !== postalCountry(place.country)) return 'country';
  const postcodes = pairOf(order.postcode, place.postcode);
  const cities = pairOf(order.city, place.city);
  const sameArea = postcodes !== undefined && areaOf(postcodes[0]) === areaOf(postcodes[1]);
  const sameCity = cities !== undefined && plain(cities[0]) === plain(cities[1]);
  const isElsewhere = cities === undefined ? 'postcode' : 'city';
  if (order.position !== undefined && place.position !== undefined) {
    // Where both name city and postcode and both differ, it is another town, though it be the next one.
    const isNamedApart = postcodes !== undefined && cities !== undefined && !sameArea && !sameCity;
    const reach = isNamedApart ? NEAR_METERS : FAR_METERS;
    return distanceMeters(order.position, place.position) <= reach ? 'same' : isElsewhere;
  }
  if (sameArea || sameCity) return 'same';
  // A suburb has its own name: two names alone are no two places, unless the postcodes say so too.
  return postcodes === undefined ? 'unknown' : isElsewhere;
}

/** The first two characters name a region in the postcode systems of the countries that we serve. */
function areaOf(postcode: string): string {
  return plain(postcode).slice(0, 2);
}

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\s\p{P}]/gu, '')
    .toLowerCase();
}

/** Undefined where one of them says nothing: two dashes are no postcode in common. */
function pairOf(one: string | undefined, other: string | undefined): readonly [string, string] | undefined {
  return one === undefined || other === undefined || isWordless(one) || isWordless(other)
    ? undefined
    : [one, other];
}

/** What forms that want a word get where there is none, such as a postcode in Dubai: dashes, dots, zeros. */
function isWordless(text: string): boolean {
  return !/(?!0)[\p{L}\p{N}]/u.test(text);
}

/** The last scan that says where the parcel was brought, with its place. */
function placed(scans: readonly FactScan[]): readonly (FactScan & { readonly place: FactPlace })[] {
  return scans.filter((scan): scan is FactScan & { place: FactPlace } => scan.place !== undefined);
}

function destinationFinding(
  facts: DeclarationFacts,
  journey: Journey,
  wanted: Exclude<Comparison, 'same' | 'unknown'>,
): FactScan | undefined {
  if (journey.wasRedirected) return undefined;
  const scans = placed(journey.lastMile);
  const verdicts = scans.map((scan) => compare(facts.order.to, scan.place));
  // One scan at the right place speaks louder than a depot elsewhere; the end of the journey is heard before it.
  const end = scans.findIndex((scan) => scan.milestone === 'delivered');
  if (end !== -1 && verdicts[end] !== 'unknown') return verdicts[end] === wanted ? scans[end] : undefined;
  if (verdicts.includes('same')) return undefined;
  const at = verdicts.lastIndexOf(wanted);
  return at === -1 ? undefined : scans[at];
}

/** It was brought to people in another country than the buyer's. */
export function destinationCountry(facts: DeclarationFacts, journey: Journey): Finding | undefined {
  const scan = destinationFinding(facts, journey, 'country');
  return scan === undefined
    ? undefined
    : finding('destination_country', facts.order.to.country, scan.place?.country, scan);
}

export function destinationCity(facts: DeclarationFacts, journey: Journey): Finding | undefined {
  const scan = destinationFinding(facts, journey, 'city');
  return scan === undefined
    ? undefined
    : finding('destination_city', facts.order.to.city, scan.place?.city, scan);
}

export function destinationPostcode(facts: DeclarationFacts, journey: Journey): Finding | undefined {
  const scan = destinationFinding(facts, journey, 'postcode');
  return scan === undefined
    ? undefined
    : finding('destination_postcode', facts.order.to.postcode, scan.place?.postcode, scan);
}

function finding(
  rule: 'destination_country' | 'destination_city' | 'destination_postcode',
  declared: string | undefined,
  observed: string | undefined,
  scan: FactScan,
): Finding {
  return {
    rule,
    compared: 'destination of the order, place of the last mile',
    declared,
    observed,
    ...seen(scan),
  };
}

/** The last-mile scan nearest to the buyer, if one is at his place. */
export function scanAtPlace(facts: DeclarationFacts, journey: Journey): FactScan | undefined {
  return placed(journey.lastMile).findLast((scan) => compare(facts.order.to, scan.place) === 'same');
}

/** A scan in the buyer's country that belongs to the last mile. */
export function scanInCountry(facts: DeclarationFacts, journey: Journey): FactScan | undefined {
  return placed(journey.lastMile).findLast(
    (scan) => postalCountry(scan.place.country) === postalCountry(facts.order.to.country),
  );
}

/**
 * Stock was promised in one country and left from another (domain reference 3.3, definition 4). Carriers that scan
 * late are first seen in the country of destination: that says nothing about where a parcel came from.
 */
export function shipFromCountry(facts: DeclarationFacts, { physical }: Journey): Finding | undefined {
  const { shipFrom } = facts.declaration;
  const first = physical[0];
  const country = first?.place?.country;
  if (shipFrom === undefined || first === undefined || country === undefined) return undefined;
  const [promised, seenIn, destination] = [shipFrom, country, facts.order.to.country].map(postalCountry);
  if (promised === seenIn || seenIn === destination) return undefined;
  return {
    rule: 'ship_from_country',
    compared: 'ship_from_country, country of the first scan',
    declared: shipFrom,
    observed: country,
    ...seen(first),
  };
}
