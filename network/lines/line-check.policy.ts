import { isZone } from '../kernel/index.ts';
import type { PriceTable, RateSheet, ServiceLine, ZoneTable } from './model.ts';

/** One fault of a line's document: a stable code and where. */
export type LineProblem = { readonly code: LineProblemCode; readonly where: string };
export type LineProblemCode =
  | 'area_malformed'
  | 'bands_not_ascending'
  | 'days_turned_round'
  | 'promise_for_unknown_zone'
  | 'rate_twice'
  | 'tables_overlap'
  | 'unknown_time_zone'
  | 'validity_turned_round'
  | 'zone_without_rate';

/**
 * What a schema cannot see: tables of one kind that are in force together, zones that are reachable and not priced
 * (a `by_destination` region or a zone of the pair rule), bands out of order. Empty for a line that may be published.
 */
export function findLineProblems(line: ServiceLine): readonly LineProblem[] {
  const problems: LineProblem[] = [];
  const report = (code: LineProblemCode, where: string) => problems.push({ code, where });
  if (line.validTo !== undefined && line.validTo <= line.validFrom)
    report('validity_turned_round', line.code);
  if (!isZone(line.promise.zone)) report('unknown_time_zone', line.promise.zone);
  for (const { zone, minDays, maxDays } of line.promise.days) {
    if (minDays > maxDays) report('days_turned_round', zone);
  }
  for (const tables of [line.selling, line.buying]) {
    for (const [index, table] of tables.entries()) {
      if (tables.slice(index + 1).some((other) => overlap(table, other)))
        report('tables_overlap', table.code);
      checkTable(table, report);
    }
  }
  const priced = new Set(line.selling.flatMap((table) => reachableZones(table.zones)));
  for (const { zone } of line.promise.days) {
    if (zone !== '*' && !priced.has(zone)) report('promise_for_unknown_zone', zone);
  }
  return problems;
}

function checkTable(table: PriceTable, report: (code: LineProblemCode, where: string) => void): void {
  if (table.validTo !== undefined && table.validTo <= table.validFrom)
    report('validity_turned_round', table.code);
  const zones: string[] = table.sheet.rates.map((rate) => rate.zone);
  if (new Set(zones).size !== zones.length) report('rate_twice', table.code);
  for (const zone of reachableZones(table.zones)) {
    if (!zones.includes(zone)) report('zone_without_rate', `${table.code} ${zone}`);
  }
  for (const { from, to } of rangesOf(table.zones)) {
    if (from.length !== to.length || from > to) report('area_malformed', `${table.code} ${from}-${to}`);
  }
  if (!bandsAscend(table.sheet)) report('bands_not_ascending', table.code);
}

function overlap(a: PriceTable, b: PriceTable): boolean {
  return (
    (a.validTo === undefined || b.validFrom < a.validTo) &&
    (b.validTo === undefined || a.validFrom < b.validTo)
  );
}

function reachableZones({ regions, rule }: ZoneTable): readonly string[] {
  if (rule.kind === 'by_destination') return regions.map((region) => region.code);
  const groups = regions.flatMap((region) => (region.group === undefined ? [] : [region.group]));
  const shared = new Set(groups).size < groups.length ? [rule.sameGroup] : [];
  const zones = [rule.sameRegion, ...shared, ...Object.values(rule.groupPairs)];
  return [...new Set(rule.otherwise === undefined ? zones : [...zones, rule.otherwise])];
}

function rangesOf({ regions }: ZoneTable): readonly { readonly from: string; readonly to: string }[] {
  return regions.flatMap((region) => region.areas.flatMap((area) => area.postcodeRanges ?? []));
}

function bandsAscend(sheet: RateSheet): boolean {
  if (sheet.kind !== 'bands') return true;
  return sheet.rates.every(({ bands }) =>
    bands.every((band, index) => index === 0 || (bands[index - 1]?.upToGrams ?? 0) < band.upToGrams),
  );
}
