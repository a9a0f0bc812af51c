import { compileZones as compilePlaces, type ZoneMatcher, zoneOf } from '../places/index.ts';
import type { Area, Place, ZoneTable } from './model.ts';

/** Compiled set of areas: the value of the most specific area that holds a place. */
export type AreaIndex<Value> = (place: Place) => Value | undefined;

/**
 * Compiles areas with their values once, so that a look-up costs a few map reads. The order of precision is that of
 * `places`: postcode before division before country before any country (`*`); of equals the first in the list.
 * Throws RangeError for a postcode range whose bounds are of unequal length or turned round.
 */
export function compileAreas<Value>(
  entries: readonly { readonly value: Value; readonly areas: readonly Area[] }[],
): AreaIndex<Value> {
  const values = new Map(entries.map((entry, index) => [String(index), entry.value]));
  const zones = entries.map((entry, index) => ({
    code: String(index),
    matchers: entry.areas.flatMap(matchersOf),
  }));
  if (zones.every((zone) => zone.matchers.length === 0)) return () => undefined;
  const compiled = compilePlaces({ zones });
  return (place) => {
    const hit = zoneOf(compiled, place);
    return hit === undefined ? undefined : values.get(hit.zone);
  };
}

/** `compileZones(table)(origin, destination)` is the price zone, undefined when the table prices no such pair. */
export function compileZones(table: ZoneTable): (origin: Place, destination: Place) => string | undefined {
  const regionOf = compileAreas(table.regions.map((region) => ({ value: region, areas: region.areas })));
  const { rule } = table;
  if (rule.kind === 'by_destination') return (_origin, destination) => regionOf(destination)?.code;
  const pairs = new Map(Object.entries(rule.groupPairs));
  return (origin, destination) => {
    const from = regionOf(origin);
    const to = regionOf(destination);
    if (from === undefined || to === undefined) return undefined;
    if (from.code === to.code) return rule.sameRegion;
    if (from.group !== undefined && from.group === to.group) return rule.sameGroup;
    return pairs.get(`${from.group ?? ''}>${to.group ?? ''}`) ?? rule.otherwise;
  };
}

function matchersOf(area: Area): readonly ZoneMatcher[] {
  const { country, divisions = [], postcodePrefixes = [], postcodeRanges = [] } = area;
  if (country === '*') return [{ kind: 'anywhere' }];
  const matchers: ZoneMatcher[] = [
    ...divisions.map((code) => ({ kind: 'division', country, code }) as const),
    ...postcodePrefixes.map((prefix) => ({ kind: 'postcode_prefix', country, prefix }) as const),
    ...postcodeRanges.map((range) => ({ kind: 'postcode_range', country, ...range }) as const),
  ];
  return matchers.length === 0 ? [{ kind: 'country', country }] : matchers;
}
