import { distanceMeters, type Position } from '../kernel/index.ts';
import { findChinaByName, isInsideChina } from './china-divisions.ts';
import { type CityIndex, cityAt, cityIndexOf, lowerBound, positionAt } from './city-index.ts';
import { ENGLISH_CITY_NAMES } from './city-names.policy.ts';
import { findDivisionsByName } from './divisions.ts';
import type { City, Division } from './model.ts';
import { compareAt, textAt } from './packed-text.ts';
import { foldText, hasHan } from './text.ts';

/**
 * The place of this name, the most populous when several bear it. `division`: code or name of its level 1 division;
 * a place there is preferred, and only such a place is answered. Chinese names are found through the prefecture.
 */
export function findCity(question: {
  readonly country: string;
  readonly name: string;
  readonly division?: string | undefined;
}): City | undefined {
  const { country, name } = question;
  const divisionCode =
    question.division === undefined ? undefined : findDivisionsByName(country, question.division)[0]?.code;
  if (question.division !== undefined && divisionCode === undefined) return undefined;
  if (country === 'CN' && hasHan(name)) return findChineseCity(name, divisionCode);
  const index = cityIndexOf(country);
  let best: number | undefined;
  for (const variant of nameVariants(country, foldText(name))) {
    best = mostPopulous(index, exactRun(index, variant), (at) => isIn(index, at, country, divisionCode));
    if (best !== undefined) break;
  }
  return best === undefined ? undefined : cityAt(index, best);
}

/** All places of this name in any of its spellings; empty when nobody knows it. */
export function listNamesakes(country: string, name: string): readonly City[] {
  const index = cityIndexOf(country);
  const found = [...nameVariants(country, foldText(name))].flatMap((key) => [...exactRun(index, key)]);
  return [...new Set(found)].map((at) => cityAt(index, at));
}

/** The countries in which a place of at least 15,000 people has this very name, each named once. */
export function countriesWithCity(name: string): readonly string[] {
  const index = cityIndexOf(undefined);
  return [...new Set([...exactRun(index, foldText(name))].map((at) => cityAt(index, at).country))];
}

/** Every place of a country, or of one of its level 1 divisions by code; empty when there is no such country. */
export function listCities(country: string, divisionCode?: string): readonly City[] {
  const index = cityIndexOf(country);
  const found: City[] = [];
  for (let at = 0; at < index.size; at += 1)
    if (isIn(index, at, country, divisionCode)) found.push(cityAt(index, at));
  return found;
}

/** Metres from a country's main city to the farthest of its places that has a name. */
export function reachOf(country: string): number | undefined {
  const main = mainCityOf(country);
  if (main === undefined) return undefined;
  const index = cityIndexOf(country);
  const known = reaches.get(index);
  if (known !== undefined) return known;
  let farthest = 0;
  for (let at = 0; at < index.size; at += 1)
    farthest = Math.max(farthest, distanceMeters(main.position, positionAt(index, at)));
  reaches.set(index, farthest);
  return farthest;
}

const reaches = new WeakMap<CityIndex, number>();

/** Largest places already looked for, by index: divisions are few, and every offer asks for some of them. */
const mainCities = new WeakMap<CityIndex, Map<string, City | undefined>>();

/** Codes of GB/T 2260 whose places GeoNames lists under an ISO 3166 code of their own. */
const OWN_COUNTRY: ReadonlyMap<string, string> = new Map([
  ['71', 'TW'],
  ['81', 'HK'],
  ['82', 'MO'],
]);

/** Centre of a Chinese division of level 1 to 4: the largest place of its prefecture, or of its province. */
export function mainCityOfChina(division: Division): City | undefined {
  const own = OWN_COUNTRY.get(division.code.slice(0, 2));
  if (own !== undefined) return mainCityOf(own);
  const prefecture = division.code.slice(0, 4);
  const province = `${division.code.slice(0, 2)}0000`;
  const inPrefecture = (index: CityIndex, at: number): boolean =>
    index.areaCodes[index.areas[at] ?? 0] === prefecture;
  return (
    (division.level === 1 ? undefined : mainCity('CN', prefecture, inPrefecture)) ??
    mainCityOf('CN', province)
  );
}

/** The largest place of a country or of a level 1 division; `divisionCode` is one that exists. */
export function mainCityOf(country: string, divisionCode?: string): City | undefined {
  return mainCity(country, divisionCode ?? '', (index, at) => isIn(index, at, country, divisionCode));
}

function mainCity(
  country: string,
  key: string,
  accept: (index: CityIndex, at: number) => boolean,
): City | undefined {
  const index = cityIndexOf(country);
  const known = mainCities.get(index) ?? new Map<string, City | undefined>();
  mainCities.set(index, known);
  if (known.has(key)) return known.get(key);
  const best = mostPopulous(index, everything(index), (at) => accept(index, at));
  const city = best === undefined ? undefined : cityAt(index, best);
  known.set(key, city);
  return city;
}

/** The nearest place; without `country` among places of at least 15,000 people. Undefined for a position off the globe. */
export function nearestCity(position: Position, country?: string): City | undefined {
  if (!(Math.abs(position.latitude) <= 90 && Math.abs(position.longitude) <= 180)) return undefined;
  const index = cityIndexOf(country);
  let best: number | undefined;
  let bestMeters = Number.POSITIVE_INFINITY;
  for (let at = 0; at < index.size; at += 1) {
    // A degree of latitude is at least 110.5 km: what is farther by latitude alone needs no trigonometry.
    const latitude = (index.latitudes[at] ?? 0) / 1e5;
    if (Math.abs(latitude - position.latitude) * 110_500 > bestMeters) continue;
    const meters = distanceMeters(position, positionAt(index, at));
    if (meters < bestMeters) {
      bestMeters = meters;
      best = at;
    }
  }
  return best === undefined ? undefined : cityAt(index, best);
}

/**
 * Places whose name begins with the text, then places with a word that does; the most populous first in each group.
 * `limit` 1 to 100. Without `country` among places of at least 15,000 people.
 */
export function searchCities(text: string, country: string | undefined, limit: number): readonly City[] {
  const wanted = Math.min(100, Math.max(1, Math.floor(limit)));
  if (country === 'CN' && hasHan(text)) return searchChina(text, wanted);
  const key = foldText(text.slice(0, 200));
  if (key === '') return [];
  const index = cityIndexOf(country);
  const found = byPopulation(index, [...prefixRun(index, key)]).slice(0, wanted);
  if (found.length < wanted) {
    const word = Buffer.from(` ${key}`);
    const inner: number[] = [];
    for (let at = 0; at < index.size; at += 1) {
      if (textAt(index.keys, at).includes(word.toString())) inner.push(at);
    }
    const known = new Set(found);
    found.push(...byPopulation(index, inner).filter((at) => !known.has(at)));
  }
  return found.slice(0, wanted).map((at) => cityAt(index, at));
}

function searchChina(text: string, limit: number): readonly City[] {
  const cities = new Map<string, City>();
  for (const division of findChinaByName(text)) {
    const city = mainCityOfChina(division);
    if (city !== undefined) cities.set(`${city.name}/${city.divisionCode}`, city);
  }
  return [...cities.values()].slice(0, limit);
}

function findChineseCity(name: string, provinceCode: string | undefined): City | undefined {
  const found = findChinaByName(name).filter(
    (division) => provinceCode === undefined || isInsideChina(division.code, provinceCode),
  );
  // A prefecture before a district of the same name: 吉林, 朝阳.
  const division = [...found].sort((a, b) => rank(a) - rank(b))[0];
  return division === undefined ? undefined : mainCityOfChina(division);
}

function rank(division: Division): number {
  return [9, 1, 0, 2, 3][division.level] ?? 9;
}

function isIn(index: CityIndex, at: number, country: string, divisionCode: string | undefined): boolean {
  if (divisionCode === undefined) return true;
  const own = index.divisionCodes[index.divisions[at] ?? 0];
  return (
    own === divisionCode ||
    (country === 'CN' && own !== undefined && own !== '' && isInsideChina(divisionCode, own))
  );
}

function* everything(index: CityIndex): Iterable<number> {
  for (let at = 0; at < index.size; at += 1) yield at;
}

function* exactRun(index: CityIndex, key: string): Iterable<number> {
  const bytes = Buffer.from(key);
  for (let at = lowerBound(index, bytes); at < index.size && compareAt(index.keys, at, bytes) === 0; at += 1)
    yield at;
}

function* prefixRun(index: CityIndex, key: string): Iterable<number> {
  for (let at = lowerBound(index, Buffer.from(key)); at < index.size; at += 1) {
    if (!textAt(index.keys, at).startsWith(key)) return;
    yield at;
  }
}

function mostPopulous(
  index: CityIndex,
  run: Iterable<number>,
  accept: (at: number) => boolean,
): number | undefined {
  let best: number | undefined;
  for (const at of run) {
    if (!accept(at)) continue;
    if (best === undefined || (index.populations[at] ?? 0) > (index.populations[best] ?? 0)) best = at;
  }
  return best;
}

function byPopulation(index: CityIndex, found: number[]): number[] {
  return found.sort((a, b) => (index.populations[b] ?? 0) - (index.populations[a] ?? 0) || a - b);
}

/** Spellings of one name: with and without `city`, `St` for `Saint`. */
function nameVariants(country: string, key: string): ReadonlySet<string> {
  const variants = new Set([key, `${key} city`, key.replace(/ (?:city|shi)$/u, '')]);
  // Own keys only: a city called `constructor` is asked for sooner or later.
  const names = ENGLISH_CITY_NAMES[country] ?? {};
  const english = Object.hasOwn(names, key) ? names[key] : undefined;
  if (english !== undefined) variants.add(english);
  variants.add(key.replace(/^st /u, 'saint '));
  variants.add(key.replace(/^saint /u, 'st '));
  variants.delete('');
  return variants;
}
