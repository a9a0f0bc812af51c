import type { CountryCode } from '../kernel/index.ts';
import { chinaLineage, findChinaByName, findChinaDivision, listChinaDivisions } from './china-divisions.ts';
import { PROVINCES } from './china-names.policy.ts';
import { EXTRA_DIVISIONS, GEONAMES_IS_ISO, ISO_DIVISIONS, OTHER_NAMES } from './division-codes.policy.ts';
import { readAdmin1 } from './geonames.ts';
import type { Division } from './model.ts';
import { foldText } from './text.ts';

/** Level 1 divisions of one country by code and by folded name. */
type Divisions = {
  readonly byCode: ReadonlyMap<string, Division>;
  readonly byName: ReadonlyMap<string, Division>;
};

const NONE: Divisions = { byCode: new Map(), byName: new Map() };
let world: ReadonlyMap<string, Divisions> | undefined;

/** By code inside the country: `findDivision('BR', 'SP')`, `findDivision('CN', '330110')`. Case does not matter. */
export function findDivision(country: string, code: string): Division | undefined {
  const key = code.trim().toUpperCase();
  return country === 'CN' ? findChinaDivision(key) : divisionsOf(country).byCode.get(key);
}

/**
 * Divisions of a name or code, tolerant of case, diacritics and Chinese endings. More than one answer (only in China)
 * means that the name alone does not tell. `parentCode` narrows to the inside of a division.
 */
export function findDivisionsByName(country: string, name: string, parentCode?: string): readonly Division[] {
  if (country === 'CN') return findChinaByName(name, parentCode);
  if (parentCode !== undefined) return [];
  const found = divisionsOf(country).byName.get(foldText(name)) ?? findDivision(country, name);
  return found === undefined ? [] : [found];
}

/** Children of a division, or the level 1 of a country, by code. Only China goes deeper than level 1. */
export function listDivisions(country: string, parentCode?: string): readonly Division[] {
  if (country === 'CN') return listChinaDivisions(parentCode);
  if (parentCode !== undefined) return [];
  return [...divisionsOf(country).byCode.values()];
}

/** The division and all that contain it, the largest first; empty for an unknown code. */
export function lineageOf(country: string, code: string): readonly Division[] {
  if (country === 'CN') return chinaLineage(code);
  const division = findDivision(country, code);
  return division === undefined ? [] : [division];
}

/** Our code of a GeoNames admin1 code: `BR` `27` is `SP`, `CN` `02` is `330000`. Undefined when GeoNames has none. */
export function divisionCodeOfGeonames(country: string, admin1: string): string | undefined {
  if (country === 'CN') return CHINA_BY_GEONAMES.get(admin1);
  const code = ISO_DIVISIONS[country]?.[admin1] ?? admin1;
  return divisionsOf(country).byCode.has(code) ? code : undefined;
}

const CHINA_BY_GEONAMES: ReadonlyMap<string, string> = new Map(
  Object.entries(PROVINCES)
    .filter(([, [, geonames]]) => geonames !== '')
    .map(([code, [, geonames]]) => [geonames, code]),
);

function divisionsOf(country: string): Divisions {
  world ??= buildWorld();
  return world.get(country) ?? NONE;
}

function buildWorld(): ReadonlyMap<string, Divisions> {
  const lists = new Map<string, Division[]>();
  for (const row of readAdmin1()) {
    if (row.country === 'CN') continue;
    const iso = GEONAMES_IS_ISO.has(row.country) ? row.code : ISO_DIVISIONS[row.country]?.[row.code];
    const division: Division = {
      country: row.country as CountryCode,
      code: iso ?? row.code,
      scheme: iso === undefined ? 'geonames' : 'iso3166_2',
      level: 1,
      name: row.name,
    };
    const list = lists.get(row.country);
    if (list === undefined) lists.set(row.country, [division]);
    else list.push(division);
  }
  for (const [country, extra] of Object.entries(EXTRA_DIVISIONS)) {
    for (const [code, name] of Object.entries(extra)) {
      const division = {
        country: country as CountryCode,
        code,
        scheme: 'iso3166_2',
        level: 1,
        name,
      } as const;
      lists.get(country)?.push(division);
    }
  }
  const built = new Map<string, Divisions>();
  for (const [country, list] of lists) built.set(country, indexed(country, list));
  return built;
}

function indexed(country: string, list: Division[]): Divisions {
  list.sort((a, b) => (a.code < b.code ? -1 : 1));
  const byName = new Map<string, Division>();
  for (const division of list) {
    for (const name of [division.name, ...(OTHER_NAMES[country]?.[division.code] ?? [])]) {
      byName.set(foldText(name), division);
    }
  }
  return { byCode: new Map(list.map((division) => [division.code, division])), byName };
}
