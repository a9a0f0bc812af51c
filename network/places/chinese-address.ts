import { chinaLineage, findChinaByName, isMunicipality, listChinaDivisions } from './china-divisions.ts';
import { properName, WRITTEN_ENDINGS } from './china-names.policy.ts';
import type { Division } from './model.ts';
import { cleanText, narrowWidth } from './text.ts';

/** A Chinese address written from large to small, taken apart. */
export type ParsedChineseAddress = {
  readonly division?: string;
  readonly city?: string;
  readonly district?: string;
  readonly town?: string;
  readonly divisionCodes: readonly string[];
  /** What is left: street, house, room. */
  readonly detail: string;
  /** Postcode found in front of the address. */
  readonly postcode?: string;
  /** Names that could begin the address when it does not tell which (朝阳区 of Beijing or of Changchun), else empty. */
  readonly candidates: readonly string[];
};

type Level = 1 | 2 | 3 | 4;
type Match = { readonly division: Division; readonly length: number };

/** Province to detail cannot be longer: 3 x 20 + 30 + 256 [domain.md 1.2] and some separators. */
const LONGEST = 500;
const SEPARATORS = /^[\s,，、;；/|>\-—]+/u;
const BRACKETS = /^(?:市辖区|省直辖县级行政区划|自治区直辖县级行政区划)/u;
/** Province and city of a place that is both are often written twice; more is not an address. */
const LEVELS: readonly Level[] = [1, 2, 3, 4];

/**
 * Takes an address in one string apart: `浙江省杭州市余杭区文一西路969号`. Endings may be missing (浙江杭州余杭区), wrong
 * (余杭市), and larger divisions left out as long as the first one is unique in China. Undefined when not even one
 * division is found and none is possible.
 */
export function parseChineseAddress(text: string): ParsedChineseAddress | undefined {
  if (text.length > LONGEST) return undefined;
  let rest = cleanText(narrowWidth(text)).replace(/\s+(?=\p{Script=Han})|(?<=\p{Script=Han})\s+/gu, '');
  const postcode = /^\d{6}(?=\s?\p{Script=Han})/u.exec(rest)?.[0];
  if (postcode !== undefined) rest = rest.slice(6);
  rest = skip(rest).replace(/^(?:中华人民共和国|中国)/u, '');
  const first = firstMatch(skip(rest));
  if (first === undefined) return undefined;
  const extra = postcode === undefined ? {} : { postcode };
  if ('candidates' in first)
    return { divisionCodes: [], detail: skip(rest), candidates: first.candidates, ...extra };
  rest = skip(rest).slice(first.length);
  let division = first.division;
  for (;;) {
    rest = skip(rest).replace(BRACKETS, '');
    const again = isMunicipality(division.code) ? matchOf(rest, [division], 2) : undefined;
    const next = again ?? nextMatch(rest, division);
    if (next === undefined) break;
    rest = rest.slice(next.length);
    division = next.division;
  }
  return { ...namesOf(division), detail: skip(rest), candidates: [], ...extra };
}

/** Province, city, district and town of a Chinese division as an address carries them. */
export function namesOf(division: Division): Omit<ParsedChineseAddress, 'detail' | 'candidates'> {
  const lineage = chinaLineage(division.code);
  const at = (level: Level): string | undefined => lineage.find((one) => one.level === level)?.name;
  const province = at(1);
  // A municipality is its own city; a county-level city straight under its province stands as the city.
  const isOwnCity = isMunicipality(lineage[0]?.code ?? '');
  const city = at(2) ?? (isOwnCity ? province : at(3));
  const district = at(2) !== undefined || isOwnCity ? at(3) : undefined;
  const town = at(4);
  return {
    ...(province === undefined ? {} : { division: province }),
    ...(city === undefined ? {} : { city }),
    ...(district === undefined ? {} : { district }),
    ...(town === undefined ? {} : { town }),
    divisionCodes: lineage.map((one) => one.code),
  };
}

function skip(text: string): string {
  return text.replace(SEPARATORS, '');
}

/** The province, or when it is missing a city or district that only one place of China bears. */
function firstMatch(rest: string): Match | { readonly candidates: readonly string[] } | undefined {
  const province = matchOf(rest, listChinaDivisions(), 1);
  if (province !== undefined) return province;
  // The longest beginning that is a name decides; 12 signs hold every name of levels 2 and 3 in the data.
  const signs = [...rest].slice(0, 14);
  for (let length = signs.length; length >= 2; length -= 1) {
    const name = signs.slice(0, length).join('');
    const found = findChinaByName(name).filter(
      (division) =>
        division.level > 1 &&
        division.level < 4 &&
        matchOf(rest, [division], division.level)?.length === name.length,
    );
    const prefectures = found.filter((division) => division.level === 2);
    const meant = prefectures.length > 0 ? prefectures : found;
    const [only] = meant;
    if (only !== undefined && meant.length === 1) return { division: only, length: name.length };
    if (meant.length > 1) {
      return {
        candidates: meant.map((division) =>
          chinaLineage(division.code)
            .map((one) => one.name)
            .join(''),
        ),
      };
    }
  }
  return undefined;
}

/** The next smaller division: a child, or a grandchild whose parent is left out. */
function nextMatch(rest: string, inside: Division): Match | undefined {
  if (rest === '' || inside.level === 4) return undefined;
  const children = listChinaDivisions(inside.code);
  let best: Match | undefined;
  for (const level of LEVELS) {
    const match = matchOf(
      rest,
      children.filter((child) => child.level === level),
      level,
    );
    if (match !== undefined && (best === undefined || match.length > best.length)) best = match;
  }
  if (best !== undefined || inside.level !== 1) return best;
  const grandchildren = children
    .filter((child) => child.level === 2)
    .flatMap((city) => listChinaDivisions(city.code));
  return matchOf(
    rest,
    grandchildren.filter((child) => child.level === 3),
    3,
  );
}

/** The division whose name the text begins with, the longest. */
function matchOf(rest: string, divisions: readonly Division[], level: Level): Match | undefined {
  let best: Match | undefined;
  for (const division of divisions) {
    const length = matchLength(rest, division, level);
    // As long as another: the official name goes before a written ending (井陉县 is not 井陉矿区).
    const isBetter =
      best === undefined ||
      length > best.length ||
      (length === best.length && rest.startsWith(division.name));
    if (length > 0 && isBetter) best = { division, length };
  }
  return best;
}

/**
 * How many signs of the text are this division's name. A full name always counts; the proper part alone counts for
 * provinces and cities; of a district or town it needs an ending, for streets are named after districts too (西湖文化广场).
 */
function matchLength(rest: string, division: Division, level: Level): number {
  if (rest.startsWith(division.name)) return division.name.length;
  const proper = properName(division.name, division.level);
  if (!rest.startsWith(proper)) return 0;
  const behind = rest.slice(proper.length);
  const ending = WRITTEN_ENDINGS[level].find((one) => behind.startsWith(one));
  if (ending !== undefined && !isRoad(behind, ending)) return proper.length + ending.length;
  return level <= 2 && proper !== division.name && !isRoad(behind, '') ? proper.length : 0;
}

/** 北京路, 上海大道: a street that bears a place's name. */
function isRoad(behind: string, ending: string): boolean {
  return (
    /^(?:[东南西北中]?(?:路|街(?!道|办)|大道|大街|巷|弄))/u.test(behind.slice(ending.length)) &&
    ending.length < 2
  );
}
