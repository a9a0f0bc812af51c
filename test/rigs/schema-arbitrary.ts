import fc from 'fast-check';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Schema = Record<string, unknown>;
export type Components = Record<string, Schema>;

/** Strings that break programs: injections, controls, direction marks, huge, almost numbers. */
export const NAUGHTY: readonly string[] = [
  '',
  ' ',
  '\u0000',
  '\u202Eevil',
  '﻿',
  "' or 1=1 --",
  '"; drop table x; --',
  '<script>alert(1)</script>',
  '^XA^XZ',
  '~JA',
  '=cmd|/c calc!A1',
  '../../../../etc/passwd',
  '%00',
  '%s%s%n',
  '$' + '{7*7}',
  '{{7*7}}',
  '__proto__',
  'constructor',
  'null',
  'undefined',
  'NaN',
  '1e400',
  '-0',
  '0x10',
  '𝕳𝖊𝖑𝖑𝖔',
  'é',
  '🏴‍☠️👩‍👩‍👧',
  '田中さん',
  'ا',
  'a'.repeat(5000),
  '\n\r\t',
  '\\',
  '//',
  'http://127.0.0.1/',
  'file:///x',
  '9999-99-99T99:99:99Z',
  '2026-02-30T00:00:00Z',
];

/** Values of a JSON Schema as `openapi.json` uses it. Unknown keywords only narrow what the server may refuse. */
export function arbitraryOf(schema: Schema, components: Components, depth = 0): fc.Arbitrary<Json> {
  const ref = schema.$ref;
  if (typeof ref === 'string')
    return arbitraryOf(components[ref.split('/').at(-1) ?? ''] ?? {}, components, depth + 1);
  if (schema.const !== undefined) return fc.constant(schema.const as Json);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...(schema.enum as Json[]));
  const options = (schema.anyOf ?? schema.oneOf) as Schema[] | undefined;
  if (options !== undefined)
    return fc.oneof(...options.map((option) => arbitraryOf(option, components, depth + 1)));
  if (Array.isArray(schema.allOf))
    return arbitraryOf(Object.assign({}, ...(schema.allOf as Schema[])), components, depth + 1);
  const examples = schema.examples as Json[] | undefined;
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'object':
      return objectOf(schema, components, depth);
    case 'array':
      return fc.array(arbitraryOf((schema.items as Schema) ?? {}, components, depth + 1), {
        minLength: Number(schema.minItems ?? 0),
        maxLength: Math.min(Number(schema.maxItems ?? 3), Math.max(3, Number(schema.minItems ?? 0))),
      });
    case 'integer':
      return fc.integer({ min: bound(schema, 'minimum', -1000), max: bound(schema, 'maximum', 100_000) });
    case 'number':
      return fc
        .double({ min: bound(schema, 'minimum', -1000), max: bound(schema, 'maximum', 100_000), noNaN: true })
        .map((value) => Math.round(value * 1000) / 1000);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'string':
      return examples === undefined
        ? stringOf(schema)
        : fc.oneof(stringOf(schema), fc.constantFrom(...examples));
    default:
      return fc.oneof(fc.string({ maxLength: 10 }), fc.integer(), fc.boolean());
  }
}

function bound(schema: Schema, name: 'minimum' | 'maximum', otherwise: number): number {
  const exclusive = schema[name === 'minimum' ? 'exclusiveMinimum' : 'exclusiveMaximum'];
  if (typeof exclusive === 'number') return name === 'minimum' ? exclusive + 1 : exclusive - 1;
  const value = schema[name];
  if (typeof value !== 'number') return otherwise;
  return name === 'minimum' ? Math.max(value, -1e9) : Math.min(value, 1e9);
}

function objectOf(schema: Schema, components: Components, depth: number): fc.Arbitrary<Json> {
  const properties = (schema.properties ?? {}) as Record<string, Schema>;
  const required = new Set((schema.required ?? []) as string[]);
  const record: Record<string, fc.Arbitrary<Json>> = {};
  for (const [name, inner] of Object.entries(properties)) {
    if (depth > 6 && !required.has(name)) continue;
    record[name] = arbitraryOf(inner, components, depth + 1);
  }
  const whole = fc.record(record, {
    requiredKeys: [...required].filter((name) => record[name] !== undefined),
  });
  const extra = schema.additionalProperties;
  if (typeof extra !== 'object' || extra === null || Object.keys(properties).length > 0)
    return whole as fc.Arbitrary<Json>;
  return fc.dictionary(
    fc.stringMatching(/^[a-z]{1,8}$/),
    arbitraryOf(extra as Schema, components, depth + 1),
    { maxKeys: 3 },
  ) as fc.Arbitrary<Json>;
}

function stringOf(schema: Schema): fc.Arbitrary<string> {
  if (schema.format === 'date-time') {
    return fc
      .date({
        min: new Date('2020-01-01T00:00:00Z'),
        max: new Date('2030-01-01T00:00:00Z'),
        noInvalidDate: true,
      })
      .map((date) => date.toISOString());
  }
  if (schema.format === 'date')
    return fc
      .date({
        min: new Date('2020-01-01T00:00:00Z'),
        max: new Date('2030-01-01T00:00:00Z'),
        noInvalidDate: true,
      })
      .map((date) => date.toISOString().slice(0, 10));
  if (schema.format === 'email') return fc.stringMatching(/^[a-z]{1,8}@[a-z]{1,8}\.com$/);
  if (schema.format === 'uri') return fc.stringMatching(/^https:\/\/[a-z]{1,8}\.example\.com\/[a-z]{0,5}$/);
  const pattern = typeof schema.pattern === 'string' ? compiled(schema.pattern) : undefined;
  const minLength = Number(schema.minLength ?? 0);
  const maxLength = Math.min(Number(schema.maxLength ?? 12), Math.max(12, minLength));
  if (pattern !== undefined && !schema.pattern?.toString().includes('\\p{')) {
    return fc
      .stringMatching(pattern)
      .filter((text) => text.length >= minLength && text.length <= Number(schema.maxLength ?? 1e6));
  }
  return fc
    .string({ minLength, maxLength, unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789 éß田') })
    .filter((text) => text.trim().length >= minLength);
}

function compiled(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern);
  } catch {
    return undefined;
  }
}

/** One change that usually makes a value wrong: another type, a naughty string, a missing or an unknown field. */
export function mutated(value: Json): fc.Arbitrary<Json> {
  const paths = pathsOf(value);
  const junk: fc.Arbitrary<Json> = fc.oneof(
    fc.constantFrom<Json>(...NAUGHTY),
    fc.constantFrom<Json>(null, true, -1, 0, 1e15, -1e15, 0.5, [], {}, [[]], { a: 1 }),
  );
  return fc
    .tuple(fc.constantFrom(...paths), fc.constantFrom('replace', 'delete', 'add'), junk)
    .map(([path, kind, replacement]) => {
      const copy = structuredClone(value);
      if (path.length === 0)
        return kind === 'add' && isObject(copy) ? { ...copy, unknown_field: replacement } : replacement;
      let parent: Json = copy;
      for (const part of path.slice(0, -1)) parent = (parent as Record<string, Json>)[part] as Json;
      const last = path.at(-1) ?? '';
      const holder = parent as Record<string, Json>;
      if (kind === 'delete' && !Array.isArray(parent)) delete holder[last];
      else if (kind === 'add' && isObject(holder[last]))
        holder[last] = { ...(holder[last] as Record<string, Json>), unknown_field: replacement };
      else holder[last] = replacement;
      return copy;
    });
}

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function pathsOf(value: Json, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner as Json, [...path, key]))];
}
