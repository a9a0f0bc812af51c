import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { REASON_CODES } from '../../../network/lines/limits.policy.ts';
import { words as en } from './unfit.en.ts';
import { words as zh } from './unfit.zh.ts';

/** Codes that the search and the rules of mailings add to those of the lines. */
function codesIn(path: string): string[] {
  const text = readFileSync(fileURLToPath(new URL(`../../../network/${path}`, import.meta.url)), 'utf8');
  return [...text.matchAll(/\bcode: '([a-z_]+)',?\s+message\b/g)].flatMap(([, code]) => code ?? []);
}

const search = codesIn('offers/search.policy.ts');
const mailings = codesIn('mailings/quote.ts').filter((code) => code !== 'country_unknown');

it('each reason why a line does not take a parcel has a sentence in every language, and no other has', () => {
  expect(search).toContain('no_promise');
  expect(mailings).toContain('not_for_persons');
  const codes = [...new Set<string>([...REASON_CODES, ...search, ...mailings])].sort();
  expect(Object.keys(en).sort()).toEqual(codes);
  expect(Object.keys(zh).sort()).toEqual(codes);
});
