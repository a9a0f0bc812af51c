import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import openapi from '../../../openapi.json' with { type: 'json' };
import { words as en } from './refusals.en.ts';
import { words as zh } from './refusals.zh.ts';

const SOURCES = fileURLToPath(new URL('../', import.meta.url));
/** Pages of people who read no catalogue of errors, each with a code that it may be answered with. */
const FACES = {
  'buyer/face.tsx': 'shelf_proof_needed',
  'returns/face.tsx': 'return_window_over',
  'mailing/face.tsx': 'mailing_price_changed',
};

type Operation = { readonly responses: Readonly<Record<string, { readonly description: string }>> };
const paths = openapi.paths as unknown as Readonly<Record<string, Readonly<Record<string, Operation>>>>;

/** All sources that a page loads, at once or later. */
function sourcesOf(entry: string, found = new Map<string, string>()): Map<string, string> {
  if (found.has(entry)) return found;
  const text = readFileSync(entry, 'utf8');
  found.set(entry, text);
  for (const [, path = ''] of text.matchAll(/(?:from|import\()\s*'(\.[^']+\.tsx?)'/g)) {
    const file = join(dirname(entry), path);
    if (existsSync(file)) sourcesOf(file, found);
  }
  return found;
}

/** `api.get('/v1/numbers/{number}'`; an address that stands by itself may be asked in any way. */
const CALL = /(?:\.(get|post|put|patch|delete)\(\s*)?'(\/v1\/[^'?]+)'/g;

/** Codes of every operation that a page's sources call. */
function refusalsOf(face: string): Set<string> {
  const texts = [...sourcesOf(join(SOURCES, face)).values()];
  const operations = texts.flatMap((text) =>
    [...text.matchAll(CALL)].flatMap(([, method, path = '']) => {
      const known = paths[path] ?? {};
      return method === undefined ? Object.values(known) : (known[method] ?? []);
    }),
  );
  const codes = operations.flatMap(({ responses }) =>
    Object.entries(responses).flatMap(([status, { description }]) =>
      status >= '400' ? description.split(', ') : [],
    ),
  );
  return new Set(codes);
}

describe.each(Object.entries(FACES))('%s', (face, known) => {
  const codes = [...refusalsOf(face)].sort();

  it('asks the server for something that may be refused', () => {
    expect(codes).toContain(known);
  });

  it('has a sentence of its own for each refusal, in every language', () => {
    expect(codes.filter((code) => !(code in en))).toEqual([]);
    expect(codes.filter((code) => !(code in zh))).toEqual([]);
  });
});

it('no sentence is kept for what no page is refused with', () => {
  const reached = new Set(Object.keys(FACES).flatMap((face) => [...refusalsOf(face)]));
  expect(Object.keys(en).filter((code) => !reached.has(code))).toEqual([]);
});
