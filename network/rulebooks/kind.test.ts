import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { canonicalJson, digestOf } from './digest.ts';
import { compareAnswers, createRulebookKinds, defineRulebookKind } from './kind.ts';
import { presentDocument, presentKind, readDocument } from './views.ts';

const LIMIT = defineRulebookKind({
  kind: 'limits',
  title: 'Limits',
  scopes: ['network', 'platform'],
  schema: z.strictObject({
    limitGrams: z.int().min(1),
    byCountry: z.record(z.string(), z.int()).default({}),
  }),
  runTests: () => [],
});

describe('the digest of a document', () => {
  test('does not depend on the order of its fields', () => {
    expect(digestOf({ a: 1, b: [{ c: 2, d: 3 }] })).toBe(digestOf({ b: [{ d: 3, c: 2 }], a: 1 }));
    expect(digestOf({ a: [1, 2] })).not.toBe(digestOf({ a: [2, 1] }));
  });
  test('survives being stored as JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const stored = JSON.parse(JSON.stringify(value));
        expect(canonicalJson(stored)).toBe(canonicalJson(JSON.parse(canonicalJson(stored))));
      }),
    );
  });
});

describe('a dry run', () => {
  test('counts every case and lists the first that differ', () => {
    const cases = Array.from({ length: 250 }, (_, index) => ({ id: `c${index}`, grams: index }));
    const judge = {
      idOf: (one: { id: string }) => one.id,
      answer: (rules: { limit: number }, one: { grams: number }) =>
        one.grams <= rules.limit ? 'allowed' : 'refused',
    };
    const result = compareAnswers({ limit: 49 }, { limit: 199 }, cases, judge);
    expect(result).toMatchObject({
      cases: 250,
      same: 100,
      different: 150,
      answers: { allowed: 50, refused: 200 },
    });
    expect(result.differences).toHaveLength(100);
    expect(result.differences[0]).toEqual({ caseId: 'c50', before: 'allowed', after: 'refused' });
    expect(compareAnswers({ limit: 1 }, undefined, cases, judge).different).toBe(250);
  });
});

describe('a kind', () => {
  test('is registered once', () => {
    expect(() => createRulebookKinds([LIMIT, LIMIT])).toThrow(/two rulebook kinds/);
    expect(createRulebookKinds([LIMIT]).find('limits')).toBe(LIMIT);
    expect(createRulebookKinds([LIMIT]).find('constructor')).toBeUndefined();
  });
  test('reads a document in the names of the wire, and leaves the names inside maps alone', () => {
    const read = readDocument(LIMIT, { limit_grams: 5, by_country: { someKey: 1 } });
    expect(read).toEqual({ ok: true, value: { limitGrams: 5, byCountry: { someKey: 1 } } });
    expect(presentDocument(LIMIT, read.ok ? read.value : {})).toEqual({
      limit_grams: 5,
      by_country: { someKey: 1 },
    });
  });
  test('refuses unknown and broken fields with a pointer each', () => {
    const read = readDocument(LIMIT, { limit_grams: 0, owner: 'me' });
    expect(read.ok ? [] : read.rejection.errors?.map((error) => error.pointer).sort()).toEqual([
      '/document/limit_grams',
      '/document/owner',
    ]);
    expect(readDocument(LIMIT, [1]).ok).toBe(false);
  });
  test('shows its schema in the names of the wire', () => {
    expect(JSON.stringify(presentKind(LIMIT))).toContain('"limit_grams"');
  });
});
