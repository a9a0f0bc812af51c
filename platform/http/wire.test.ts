import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { parseStrictJson } from './json.ts';
import { schemaOf } from './openapi.ts';
import { createRateLimiter } from './rate-limit.ts';
import { snakeCase, wireCodec } from './wire.ts';

type Sample = { schema: z.ZodType; value: fc.Arbitrary<unknown> };
const names = ['weightGrams', 'id', 'p95Days', 'amountMinor', 'line1', 'isOpen'] as const;

/** Random schemas, each with values that it takes. */
const samples: fc.Arbitrary<Sample> = fc.letrec<{ sample: Sample }>((tie) => ({
  sample: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<Sample>(
      { schema: z.string(), value: fc.string() },
      { schema: z.int(), value: fc.integer() },
      { schema: z.boolean().nullable(), value: fc.constantFrom(true, false, null) },
      { schema: z.unknown(), value: fc.dictionary(fc.string(), fc.integer()) },
    ),
    fc
      .uniqueArray(fc.tuple(fc.constantFrom(...names), tie('sample'), fc.boolean()), {
        selector: ([name]) => name,
        maxLength: 4,
      })
      .map(
        (fields): Sample => ({
          schema: z.strictObject(
            Object.fromEntries(
              fields.map(([name, { schema }, optional]) => [name, optional ? schema.optional() : schema]),
            ),
          ),
          value: fc.record(Object.fromEntries(fields.map(([name, { value }]) => [name, value])), {
            requiredKeys: fields.filter(([, , optional]) => !optional).map(([name]) => name),
          }),
        }),
      ),
    tie('sample').map(
      ({ schema, value }): Sample => ({ schema: z.array(schema), value: fc.array(value, { maxLength: 3 }) }),
    ),
    tie('sample').map(
      ({ schema, value }): Sample => ({
        schema: z.record(z.string(), schema),
        value: fc.dictionary(fc.string(), value, { maxKeys: 3, noNullPrototype: true }),
      }),
    ),
    fc.tuple(tie('sample'), tie('sample')).map(
      ([a, b]): Sample => ({
        schema: z.discriminatedUnion('caseKind', [
          z.strictObject({ caseKind: z.literal('first'), innerValue: a.schema }),
          z.strictObject({ caseKind: z.enum(['second', 'third']), innerValue: b.schema }),
        ]),
        value: fc.oneof(
          fc.record({ caseKind: fc.constant('first'), innerValue: a.value }),
          fc.record({ caseKind: fc.constantFrom('second', 'third'), innerValue: b.value }),
        ),
      }),
    ),
  ),
})).sample;

const unknownsOf = (schema: z.ZodType, wire: unknown): string[] => {
  const found: string[] = [];
  wireCodec(schema).decode(wire, '', (pointer) => found.push(pointer));
  return found;
};
const decode = (schema: z.ZodType, wire: unknown) => wireCodec(schema).decode(wire, '', () => undefined);

describe('the wire codec', () => {
  it('brings back what it sent, for any schema, and reports nothing', () => {
    fc.assert(
      fc.property(
        samples.chain(({ schema, value }) => fc.tuple(fc.constant(schema), value)),
        ([schema, value]) => {
          const wire = wireCodec(schema).encode(value);
          expect(unknownsOf(schema, wire)).toEqual([]);
          expect(decode(schema, wire)).toEqual(value);
          expect(schema.safeParse(decode(schema, wire)).success).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('puts every name of a schema in snake_case', () => {
    const schema = z.object({
      oneTwo: z.array(z.object({ threeFour: z.tuple([z.object({ fiveSix: z.int() })]) })),
    });
    expect(wireCodec(schema).encode({ oneTwo: [{ threeFour: [{ fiveSix: 1 }] }] })).toEqual({
      one_two: [{ three_four: [{ five_six: 1 }] }],
    });
    expect(snakeCase('p95DaysLeft')).toBe('p95_days_left');
  });

  it('leaves the names of maps, of raw payloads and of loose objects as they are', () => {
    const schema = z.object({ freeMap: z.record(z.string(), z.unknown()), rawBody: z.unknown() });
    const value = { freeMap: { anyName: { deepName: 1 }, any_name: 2 }, rawBody: { camelCase: 1 } };
    const wire = { free_map: value.freeMap, raw_body: value.rawBody };
    expect(wireCodec(schema).encode(value)).toEqual(wire);
    expect(decode(schema, wire)).toEqual(value);
    const loose = z.looseObject({ knownName: z.int() });
    expect(wireCodec(loose).encode({ knownName: 1, otherName: 2 })).toEqual({ known_name: 1, otherName: 2 });
    expect(unknownsOf(loose, { known_name: 1, otherName: 2 })).toEqual([]);
  });

  it('writes nothing for a field that is not there, and any name as it is', () => {
    const odd = z.object({ 'a"\\b\n${c}': z.int(), partOf: z.object({ x: z.int() }).optional() });
    const value = { 'a"\\b\n${c}': 1, partOf: undefined };
    expect(JSON.stringify(wireCodec(odd).encode(value))).toBe(JSON.stringify({ 'a"\\b\n${c}': 1 }));
    expect(wireCodec(z.object({ list: z.array(odd).optional() })).encode({})).toEqual({});
  });

  it('drops from answers what the schema does not know, at any depth', () => {
    const schema = z.object({
      partOf: z.object({ shown: z.int() }).optional(),
      list: z.array(z.object({ shown: z.int() })),
    });
    const leaky = { partOf: { shown: 1, hidden: 2 }, list: [{ shown: 1, hidden: 2 }], hidden: 3 };
    expect(wireCodec(schema).encode(leaky)).toEqual({ part_of: { shown: 1 }, list: [{ shown: 1 }] });
  });

  it('reports an unknown name once, by its pointer', () => {
    const schema = z.strictObject({ oneTwo: z.array(z.strictObject({ a: z.int() })) });
    expect(unknownsOf(schema, { one_two: [{ a: 1 }, { a: 1, 'x/y~z': 2 }], oneTwo: [] })).toEqual([
      '/one_two/1/x~1y~0z',
      '/oneTwo',
    ]);
  });

  it('takes schemas that contain themselves', () => {
    type Tree = { nodeName: string; subTrees: Tree[] };
    const tree: z.ZodType<Tree> = z.lazy(() =>
      z.strictObject({ nodeName: z.string(), subTrees: z.array(tree) }),
    );
    const value = { nodeName: 'a', subTrees: [{ nodeName: 'b', subTrees: [] }] };
    const wire = wireCodec(tree).encode(value);
    expect(wire).toEqual({ node_name: 'a', sub_trees: [{ node_name: 'b', sub_trees: [] }] });
    expect(decode(tree, wire)).toEqual(value);
  });

  it('finds the option of a union that is meant, also with a field too many', () => {
    const union = z.union([
      z.object({ kind: z.literal('a'), oneName: z.int() }),
      z.object({ kind: z.literal('b'), oneName: z.int(), twoName: z.int() }),
      z.array(z.object({ inList: z.int() })),
      z.string(),
    ]);
    expect(wireCodec(union).encode({ kind: 'b', oneName: 1, twoName: 2, hidden: 3 })).toEqual({
      kind: 'b',
      one_name: 1,
      two_name: 2,
    });
    expect(wireCodec(union).encode([{ inList: 1 }])).toEqual([{ in_list: 1 }]);
    expect(wireCodec(union).encode('text')).toBe('text');
    const withMap = z.union([z.object({ oneName: z.int() }), z.record(z.string(), z.int())]);
    expect(wireCodec(withMap).encode({ freeName: 1, otherName: 2 })).toEqual({ freeName: 1, otherName: 2 });
    const both = z.intersection(z.object({ oneName: z.int() }), z.object({ twoName: z.int() }));
    expect(wireCodec(both).encode({ oneName: 1, twoName: 2, hidden: 3 })).toEqual({
      one_name: 1,
      two_name: 2,
    });
  });

  it('refuses a schema whose fields share a name on the wire', () => {
    const schema = z.object({ oneTwo: z.int(), one_two: z.int() });
    expect(() => wireCodec(schema).encode({})).toThrow('one name on the wire');
  });
});

describe('the JSON Schema of a contract', () => {
  const accepts = (schema: z.ZodType, wire: unknown) =>
    unknownsOf(schema, wire).length === 0 && schema.safeParse(decode(schema, wire)).success;
  const money = z
    .strictObject({ amountMinor: z.int().min(0).max(1e12), currency: z.string().regex(/^[A-Z]{3}$/) })
    .meta({ id: 'TestMoney' });
  const body = z.strictObject({
    parcelName: z.string().min(1).max(5),
    priceOf: money.optional(),
    freeMap: z.record(z.string(), z.int()).optional(),
    mode: z.enum(['a', 'b']).default('a'),
    caseOf: z
      .discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('one'), oneName: z.int() }),
        z.strictObject({ kind: z.literal('two'), twoNames: z.array(z.string()).min(1).max(2) }),
      ])
      .nullable(),
  });
  const bodies = fc.record(
    {
      parcel_name: fc.oneof(
        { weight: 9, arbitrary: fc.string({ maxLength: 6 }) },
        { weight: 1, arbitrary: fc.integer() },
      ),
      price_of: fc.record(
        { amount_minor: fc.oneof(fc.integer(), fc.double()), currency: fc.constantFrom('EUR', 'eur') },
        { requiredKeys: ['currency'] },
      ),
      free_map: fc.dictionary(fc.string(), fc.oneof(fc.integer(), fc.string())),
      mode: fc.constantFrom('a', 'b', 'c'),
      case_of: fc.constantFrom(
        null,
        { kind: 'one', one_name: 1 },
        { kind: 'two', two_names: ['x'] },
        { kind: 'two', two_names: [] },
        { kind: 'one', two_names: ['x'] },
        {},
      ),
      extraName: fc.constant(1),
    },
    { requiredKeys: ['case_of', 'parcel_name'], noNullPrototype: true },
  );

  const goodBodies = fc.record(
    {
      parcel_name: fc.string({ minLength: 1, maxLength: 5 }),
      price_of: fc.record(
        { amount_minor: fc.nat(), currency: fc.constant('EUR') },
        { noNullPrototype: true },
      ),
      free_map: fc.dictionary(fc.string(), fc.integer(), { noNullPrototype: true }),
      mode: fc.constantFrom('a', 'b'),
      case_of: fc.constantFrom(null, { kind: 'one', one_name: 1 }, { kind: 'two', two_names: ['x'] }),
    },
    { requiredKeys: ['case_of', 'parcel_name'], noNullPrototype: true },
  );

  it('takes exactly the bodies that the server takes', () => {
    const components: Record<string, unknown> = {};
    const schema = schemaOf(body, 'input', components);
    const check = new Ajv2020({ strict: false }).compile({ ...schema, components: { schemas: components } });
    let taken = 0;
    fc.assert(
      fc.property(fc.oneof(bodies, goodBodies), (wire) => {
        const isTaken = accepts(body, wire);
        taken += isTaken ? 1 : 0;
        expect(check(wire)).toBe(isTaken);
      }),
      { numRuns: 1000 },
    );
    expect(taken).toBeGreaterThan(300);
  });

  it('refers to itself and to named parts by components that exist', () => {
    type Tree = { nodeName: string; subTrees: Tree[] };
    const tree: z.ZodType<Tree> = z
      .strictObject({
        nodeName: z.string(),
        get subTrees() {
          return z.array(tree);
        },
      })
      .meta({ id: 'TestTree' });
    const components: Record<string, unknown> = {};
    expect(schemaOf(tree, 'output', components)).toEqual({ $ref: '#/components/schemas/TestTree' });
    const refs = JSON.stringify(components).match(/"\$ref":"[^"]+"/g);
    expect(refs).toEqual(['"$ref":"#/components/schemas/TestTree"']);
    const nameless: z.ZodType<Tree> = z.strictObject({
      nodeName: z.string(),
      get subTrees() {
        return z.array(nameless);
      },
    });
    expect(() => schemaOf(nameless, 'output', {})).toThrow('needs a meta id');
  });

  it('gives input and output of one name their own components, whatever comes first', () => {
    const inner = z.object({ modeOf: z.enum(['a']).default('a') }).meta({ id: 'TestInner' });
    const outer = z.object({ inner }).meta({ id: 'TestOuter' });
    const one: Record<string, unknown> = {};
    schemaOf(outer, 'input', one);
    schemaOf(outer, 'output', one);
    const other: Record<string, unknown> = {};
    schemaOf(outer, 'output', other);
    schemaOf(outer, 'input', other);
    expect(Object.keys(one).sort()).toEqual(['TestInner', 'TestInnerInput', 'TestOuter', 'TestOuterInput']);
    expect(other).toEqual(one);
  });

  it('refuses two schemas of one name', () => {
    const components: Record<string, unknown> = { TestMoney: { type: 'string' } };
    expect(() => schemaOf(money, 'input', components)).toThrow('two schemas are called TestMoney');
  });
});

describe('a cursor', () => {
  it('comes back as it went', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.maxSafeInteger(), (text, number) => {
        fc.pre(!text.includes('\u0000'));
        expect(decodeCursor(encodeCursor([text, number]), ['string', 'number'])).toEqual([text, number]);
      }),
    );
  });
  it('that was forged is refused or harmless, never a crash', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json().map((text) => Buffer.from(text).toString('base64url')),
        ),
        (text) => {
          const parts = decodeCursor(text, ['string']);
          expect(parts === undefined || (parts.length === 1 && typeof parts[0] === 'string')).toBe(true);
        },
      ),
    );
    for (const forged of [
      '[]',
      '["a","b"]',
      '[1]',
      '["a\\u0000"]',
      '["\\ud800"]',
      '[ "a"]',
      '{"0":"a","length":1}',
    ])
      expect(decodeCursor(Buffer.from(forged).toString('base64url'), ['string'])).toBeUndefined();
    for (const forged of ['[1e308]', '[1.5]', '[9007199254740993]'])
      expect(decodeCursor(Buffer.from(forged).toString('base64url'), ['number'])).toBeUndefined();
  });
});

/** The slow reference: the reviver of JSON.parse sees every name and literal of the source. */
function isAcceptable(text: string): boolean {
  try {
    let integersFit = true;
    JSON.parse(text, ((_name: string, value: unknown, context: { source?: string }) => {
      if (
        typeof value === 'number' &&
        !(Number.isFinite(value) && (!/^-?\d+$/.test(context.source ?? '') || Number.isSafeInteger(value)))
      )
        integersFit = false;
      return value;
    }) as (name: string, value: unknown) => unknown);
    return integersFit;
  } catch {
    return false;
  }
}

describe('strict JSON', () => {
  const passes = (text: string) => {
    try {
      parseStrictJson(text);
      return true;
    } catch {
      return false;
    }
  };
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        fc.pre(!text.includes('__proto__') && !text.includes('\\u0000') && isAcceptable(text));
        expect(parseStrictJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });
  it('agrees with a slow reader on mutilated text without traps', () => {
    const alphabet = [
      '{',
      '}',
      '[',
      ']',
      '"a"',
      '"b"',
      ':',
      ',',
      '1',
      '-2.5e3',
      'true',
      ' ',
      '9007199254740993',
      '"\\""',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...alphabet), { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        const twice = /\{[^{}]*"(a|b)"\s*:[^{}]*"\1"\s*:/.test(text);
        if (!twice) expect(passes(text)).toBe(isAcceptable(text));
      }),
      { numRuns: 2000 },
    );
  });
  it('knows a name twice in one object from one name in two', () => {
    expect(passes('{"a":{"a":1},"b":[{"a":1},{"a":2}]}')).toBe(true);
    expect(passes('{"a":{"a":1,"a":2}}')).toBe(false);
    expect(passes('{"a":"\\"a\\":","b":"a"}')).toBe(true);
    expect(passes('{"a":1,"\\u0061":2}')).toBe(false);
    expect(passes('{"\\"":1,"\\"":2}')).toBe(false);
    expect(passes('{"\\u005f_proto__":1}')).toBe(false);
    expect(passes('{"a:b":":","c\\\\":"\\\\"}')).toBe(true);
    expect(passes('{"c\\\\":1,"c\\\\":1}')).toBe(false);
  });
});

describe('the rate limiter', () => {
  it('never lets more than a burst pass at once, and counts each caller alone', () => {
    const limiter = createRateLimiter({ perMinute: 1, burst: 5 });
    const allowed = Array.from({ length: 20 }, () => limiter.take('a').allowed);
    expect(allowed.filter(Boolean)).toHaveLength(5);
    expect(limiter.take('b')).toEqual({ allowed: true, remaining: 4, resetSeconds: 60 });
    expect(limiter.take('a')).toMatchObject({ allowed: false, remaining: 0 });
  });
});
