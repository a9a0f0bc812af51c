import { readFileSync } from 'node:fs';
import type { Position } from '../kernel/index.ts';
import { compactPostcode } from './postcode-format.ts';
import { CANADA_LETTERS, CEP_RANGES, CHINA_PREFIXES } from './postcode-ranges.policy.ts';
import { packageFile } from './sources.ts';

/** Postcodes with a position, sorted: 12 bytes each (the package as parsed JavaScript takes 20 MB). */
type PostcodePositions = {
  readonly keys: Uint32Array;
  /** 1e-4 degrees, the precision of the package. */
  readonly latitudes: Int32Array;
  readonly longitudes: Int32Array;
  readonly states: Uint8Array;
  readonly stateCodes: readonly string[];
};

const FILES: ReadonlyMap<string, string> = new Map([
  ['US', 'zipcodes/lib/codes.js'],
  ['CA', 'zipcodes/lib/codesCanada.js'],
]);
const loaded = new Map<string, PostcodePositions>();

/** Forgets everything read. For measuring. */
export function forgetPostcodes(): void {
  loaded.clear();
}

/**
 * Centre of a postcode: US by the five-digit ZIP, CA by its first three signs (forward sortation area); undefined
 * elsewhere and for codes that the package lacks. Source: npm package zipcodes.
 */
export function positionOfPostcode(country: string, postcode: string): Position | undefined {
  const table = tableOf(country);
  const at = table === undefined ? undefined : find(table, keyOf(country, compactPostcode(postcode)));
  if (table === undefined || at === undefined) return undefined;
  return { latitude: (table.latitudes[at] ?? 0) / 1e4, longitude: (table.longitudes[at] ?? 0) / 1e4 };
}

/**
 * Codes of the level 1 divisions that a postcode may lie in; empty when unknown. BR by CEP ranges, CN by the first two
 * digits, CA by the first letter, US by the ZIP itself.
 */
export function divisionsOfPostcode(country: string, postcode: string): readonly string[] {
  const compact = compactPostcode(postcode);
  if (country === 'BR') return divisionsOfCep(compact);
  if (country === 'CN')
    return /^\d{6}$/u.test(compact) ? (CHINA_PREFIXES.get(compact.slice(0, 2)) ?? []) : [];
  if (country === 'CA') return CANADA_LETTERS.get(compact.slice(0, 1)) ?? [];
  if (country !== 'US') return [];
  const table = tableOf('US');
  const at = table === undefined ? undefined : find(table, keyOf('US', compact));
  const state = at === undefined ? undefined : table?.stateCodes[table.states[at] ?? 0];
  return state === undefined ? [] : [state];
}

function divisionsOfCep(compact: string): readonly string[] {
  if (!/^\d{5}(?:\d{3})?$/u.test(compact)) return [];
  const prefix = Number(compact.slice(0, 5));
  const range = CEP_RANGES.find(([from, to]) => prefix >= from && prefix <= to);
  return range === undefined ? [] : [range[2]];
}

function keyOf(country: string, compact: string): number | undefined {
  if (country === 'US') return /^\d{5}(?:\d{4})?$/u.test(compact) ? Number(compact.slice(0, 5)) : undefined;
  return /^[A-Z]\d[A-Z]/u.test(compact) ? Number.parseInt(compact.slice(0, 3), 36) : undefined;
}

function tableOf(country: string): PostcodePositions | undefined {
  const file = FILES.get(country);
  if (file === undefined) return undefined;
  const known = loaded.get(country);
  if (known !== undefined) return known;
  const built = build(country, readFileSync(packageFile(file), 'latin1'));
  loaded.set(country, built);
  return built;
}

/** Reads the source text of the package: running it would keep 42 thousand objects for the life of the process. */
function build(country: string, text: string): PostcodePositions {
  const entries =
    /"zip":"([0-9A-Z]{3,5})","latitude":(-?[\d.]+),"longitude":(-?[\d.]+),"city":"[^"]*","state":"([^"]*)"/gu;
  const rows: { key: number; latitude: number; longitude: number; state: string }[] = [];
  for (const [, zip = '', latitude, longitude, state = ''] of text.matchAll(entries)) {
    const key = keyOf(country, zip);
    if (key !== undefined)
      rows.push({ key, latitude: Number(latitude), longitude: Number(longitude), state });
  }
  if (rows.length < 1000) throw new Error(`zipcodes has changed its shape for ${country}`);
  rows.sort((a, b) => a.key - b.key);
  const stateCodes = [...new Set(rows.map((row) => row.state))];
  const numbers = new Map(stateCodes.map((code, number) => [code, number]));
  return {
    keys: Uint32Array.from(rows, (row) => row.key),
    latitudes: Int32Array.from(rows, (row) => Math.round(row.latitude * 1e4)),
    longitudes: Int32Array.from(rows, (row) => Math.round(row.longitude * 1e4)),
    states: Uint8Array.from(rows, (row) => numbers.get(row.state) ?? 0),
    stateCodes,
  };
}

function find(table: PostcodePositions, key: number | undefined): number | undefined {
  if (key === undefined) return undefined;
  let low = 0;
  let high = table.keys.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const value = table.keys[middle] ?? 0;
    if (value === key) return middle;
    if (value < key) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}
