import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import openapi from '../../../openapi.json' with { type: 'json' };
import { words as pointEn } from '../point/refusals.en.ts';
import { words as pointZh } from '../point/refusals.zh.ts';
import { words as homeEn } from './refusals.en.ts';
import { words as homeZh } from './refusals.zh.ts';

const SOURCES = fileURLToPath(new URL('../', import.meta.url));
const AT_HOME = { name: 'at home', en: homeEn, zh: homeZh };
const AT_COUNTER = { name: 'at the counter', en: pointEn, zh: pointZh };
/** Intakes and hand-outs of a point; the rest of its face is told in the server's words. */
const COUNTER_ACTS =
  /\/(lookup|intake|counter-[a-z]+|points\/\{point_id\}\/mailings|mailing-quotes|unread-returns|hand-out|sync|place)$/;
/** Pages of people who read no catalogue of errors. `known`: a code that the page may be answered with; `asks`: what its sentences are for. */
const FACES = [
  { face: 'buyer/face.tsx', known: 'shelf_proof_needed', words: AT_HOME, asks: /./ },
  { face: 'returns/face.tsx', known: 'return_window_over', words: AT_HOME, asks: /./ },
  { face: 'mailing/face.tsx', known: 'mailing_price_changed', words: AT_HOME, asks: /./ },
  { face: 'point/face.tsx', known: 'shelf_code_wrong', words: AT_COUNTER, asks: COUNTER_ACTS },
];

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

/** Codes of every operation that a page's sources call and that its sentences are for. */
function refusalsOf({ face, asks }: Pick<(typeof FACES)[number], 'face' | 'asks'>): Set<string> {
  const texts = [...sourcesOf(join(SOURCES, face)).values()];
  const operations = texts.flatMap((text) =>
    [...text.matchAll(CALL)].flatMap(([, method, path = '']) => {
      const known = asks.test(path) ? (paths[path] ?? {}) : {};
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

describe.each(FACES)('$face', ({ known, words, ...page }) => {
  const codes = [...refusalsOf(page)].sort();

  it('asks the server for something that may be refused', () => {
    expect(codes).toContain(known);
  });

  it('has a sentence of its own for each refusal, in every language', () => {
    expect(codes.filter((code) => !(code in words.en))).toEqual([]);
    expect(codes.filter((code) => !(code in words.zh))).toEqual([]);
  });
});

it.each([AT_HOME, AT_COUNTER])('$name no sentence is kept for what no page is refused with', (words) => {
  const reached = new Set(FACES.flatMap((page) => (page.words === words ? [...refusalsOf(page)] : [])));
  expect(Object.keys(words.en).filter((code) => !reached.has(code))).toEqual([]);
});
