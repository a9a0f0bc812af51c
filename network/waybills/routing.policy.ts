import { findDivisionsByName } from '../places/index.ts';
import type { Area, RouteCode, Routing, RoutingLayer, UnresolvedReason } from './model.ts';

/** One row of a carrier's area table. Every matcher that is given must hold; the country always is. */
export type RoutingRule = {
  readonly ruleId: string;
  readonly country: string;
  readonly division?: string | undefined;
  readonly city?: string | undefined;
  readonly town?: string | undefined;
  /** A whole postcode or its beginning. */
  readonly postcodePrefix?: string | undefined;
  readonly routing: Routing;
};

export type RuleSet = { readonly version: number; readonly index: ReadonlyMap<string, CountryRules> };

type CountryRules = {
  readonly byPrefix: ReadonlyMap<string, readonly RoutingRule[]>;
  /** Lengths of postcode prefixes that occur, longest first. */
  readonly prefixLengths: readonly number[];
  readonly byTown: ReadonlyMap<string, readonly RoutingRule[]>;
  readonly byCity: ReadonlyMap<string, readonly RoutingRule[]>;
  readonly byDivision: ReadonlyMap<string, readonly RoutingRule[]>;
  readonly whole: readonly RoutingRule[];
};

export type Resolution =
  | {
      readonly ok: true;
      readonly routing: Routing;
      readonly layer: RoutingLayer;
      readonly ruleId: string | undefined;
      readonly ruleVersion: number | undefined;
    }
  | { readonly ok: false; readonly reason: UnresolvedReason; readonly candidates: readonly string[] };

/** Names compare without case, width and blanks at the ends; `Köln` and `koln` differ, as in carriers' tables. */
export function placeKey(text: string): string {
  return text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}

export function postcodeKey(text: string): string {
  return text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
}

/** Tables name divisions, addresses that were checked carry their codes: both mean the division that the data knows. */
export function divisionKey(country: string, text: string): string {
  if (text === '') return '';
  const known = findDivisionsByName(country, text).filter((division) => division.level === 1);
  return known.length === 1 && known[0] !== undefined ? known[0].code : placeKey(text);
}

/** One text per area, the key of the history of decisions; undefined when the area says no more than the country. */
export function areaKey(area: Area): string | undefined {
  const parts = [
    divisionKey(area.country, area.division ?? ''),
    placeKey(area.city ?? ''),
    placeKey(area.town ?? ''),
  ];
  const postcode = postcodeKey(area.postcode ?? '');
  if (postcode === '' && parts.every((part) => part === '')) return undefined;
  return JSON.stringify([area.country, postcode, ...parts]);
}

export function compileRules(version: number, rules: readonly RoutingRule[]): RuleSet {
  const countries = new Map<string, RoutingRule[]>();
  for (const rule of rules) put(countries, rule.country, rule);
  const index = new Map<string, CountryRules>();
  for (const [country, list] of countries) index.set(country, compileCountry(list));
  return { version, index };
}

function compileCountry(rules: readonly RoutingRule[]): CountryRules {
  const byPrefix = new Map<string, RoutingRule[]>();
  const byTown = new Map<string, RoutingRule[]>();
  const byCity = new Map<string, RoutingRule[]>();
  const byDivision = new Map<string, RoutingRule[]>();
  const whole: RoutingRule[] = [];
  for (const rule of rules) {
    if (rule.postcodePrefix !== undefined) put(byPrefix, postcodeKey(rule.postcodePrefix), rule);
    else if (rule.town !== undefined) put(byTown, placeKey(rule.town), rule);
    else if (rule.city !== undefined) put(byCity, placeKey(rule.city), rule);
    else if (rule.division !== undefined) put(byDivision, divisionKey(rule.country, rule.division), rule);
    else whole.push(rule);
  }
  const prefixLengths = [...new Set([...byPrefix.keys()].map((key) => key.length))].sort((a, b) => b - a);
  return { byPrefix, prefixLengths, byTown, byCity, byDivision, whole };
}

function put<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/**
 * Layers from the exact to the coarse: what was decided for this very area, longest postcode, town, city, division,
 * country. The first layer with a rule that fits decides; two that fit equally and disagree are ambiguous.
 */
export function resolveRoute(
  rules: RuleSet | undefined,
  area: Area | undefined,
  decided: Routing | undefined,
): Resolution {
  if (decided !== undefined)
    return { ok: true, routing: decided, layer: 'history', ruleId: undefined, ruleVersion: undefined };
  if (area === undefined || areaKey(area) === undefined) {
    const country = area === undefined ? undefined : rules?.index.get(area.country);
    if (country === undefined || country.whole.length === 0)
      return { ok: false, reason: 'empty', candidates: [] };
  }
  const country = area === undefined ? undefined : rules?.index.get(area.country);
  if (rules === undefined || area === undefined || country === undefined)
    return { ok: false, reason: 'no_match', candidates: [] };
  for (const [layer, candidates] of layersOf(country, area)) {
    const fitting = mostSpecific(candidates.filter((rule) => fits(rule, area)));
    const [first, ...others] = fitting;
    if (first === undefined) continue;
    const same = others.every((rule) => JSON.stringify(rule.routing) === JSON.stringify(first.routing));
    if (!same) return { ok: false, reason: 'ambiguous', candidates: fitting.map((rule) => rule.ruleId) };
    return { ok: true, routing: first.routing, layer, ruleId: first.ruleId, ruleVersion: rules.version };
  }
  return { ok: false, reason: 'no_match', candidates: [] };
}

function* layersOf(country: CountryRules, area: Area): Generator<[RoutingLayer, readonly RoutingRule[]]> {
  const postcode = postcodeKey(area.postcode ?? '');
  for (const length of country.prefixLengths) {
    if (length <= postcode.length) yield ['postcode', country.byPrefix.get(postcode.slice(0, length)) ?? []];
  }
  yield ['town', country.byTown.get(placeKey(area.town ?? '')) ?? []];
  yield ['city', country.byCity.get(placeKey(area.city ?? '')) ?? []];
  yield ['division', country.byDivision.get(divisionKey(area.country, area.division ?? '')) ?? []];
  yield ['country', country.whole];
}

function fits(rule: RoutingRule, area: Area): boolean {
  const same = (wanted: string | undefined, given: string | undefined) =>
    wanted === undefined || placeKey(wanted) === placeKey(given ?? '');
  const isThere =
    rule.division === undefined ||
    divisionKey(rule.country, rule.division) === divisionKey(area.country, area.division ?? '');
  return isThere && same(rule.city, area.city) && same(rule.town, area.town);
}

function mostSpecific(rules: readonly RoutingRule[]): readonly RoutingRule[] {
  const weight = (rule: RoutingRule) =>
    [rule.town, rule.city, rule.division].filter((part) => part !== undefined).length;
  const best = Math.max(...rules.map(weight));
  return rules.filter((rule) => weight(rule) === best);
}

/**
 * Takes a carrier's code apart: `380D-56-04`, `721-A010-J9 47`, `002 207`. With hyphens a blank belongs to a segment.
 * Segment order is hub, outlet, courier (source: domain 1.4); a fourth part is kept as `extra`.
 */
export function parseRouteCode(raw: string): RouteCode {
  const text = raw.trim();
  const [hub, outlet, courier, ...rest] = text
    .split(text.includes('-') ? '-' : /\s+/)
    .map((part) => part.trim());
  return {
    raw,
    ...(hub ? { hub } : {}),
    ...(outlet ? { outlet } : {}),
    ...(courier ? { courier } : {}),
    ...(rest.length > 0 ? { extra: rest.join('-') } : {}),
  };
}
