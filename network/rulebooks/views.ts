import { z } from 'zod';
import { fieldErrors, snakeCase, wireCodec } from '../../platform/http/index.ts';
import { accepted, type FieldError, type Instant, type Outcome, refused } from '../kernel/index.ts';
import { stateAt } from './decide.ts';
import type { RulebookKind } from './kind.ts';
import type { RulebookVersion } from './model.ts';

/** A document as it came over the wire, in our names and checked by its kind. */
export function readDocument(kind: RulebookKind, wire: unknown): Outcome<unknown> {
  const errors: FieldError[] = [];
  const decoded = wireCodec(kind.schema).decode(wire, '/document', (pointer) =>
    errors.push({ pointer, code: 'unrecognized_keys', message: 'this field is not known here' }),
  );
  const parsed = kind.schema.safeParse(decoded);
  if (!parsed.success) errors.push(...fieldErrors(parsed.error, '/document'));
  return errors.length > 0 || !parsed.success
    ? refused('invalid_request', `The document does not fit the schema of ${kind.kind}.`, errors)
    : accepted(parsed.data);
}

export function presentVersion(version: RulebookVersion, now: Instant): object {
  return { ...version, state: stateAt(version, now) };
}

export function presentDocument(kind: RulebookKind, document: unknown): unknown {
  return wireCodec(kind.schema).encode(document);
}

export function presentKind(kind: RulebookKind): object {
  return {
    kind: kind.kind,
    title: kind.title,
    scopes: kind.scopes,
    hasDryRun: kind.dryRun !== undefined,
    documentSchema: wireNames(z.toJSONSchema(kind.schema, { io: 'input', unrepresentable: 'any' })),
  };
}

/** Field names of a JSON Schema as the wire spells them. */
function wireNames(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(wireNames);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => {
      if (key === 'properties') return [key, renamedKeys(value)];
      if (key === 'required' && Array.isArray(value))
        return [key, value.map((name) => snakeCase(String(name)))];
      return [key, key === 'default' || key === 'const' || key === 'enum' ? value : wireNames(value)];
    }),
  );
}

function renamedKeys(properties: unknown): unknown {
  if (typeof properties !== 'object' || properties === null) return properties;
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [snakeCase(name), wireNames(schema)]),
  );
}
