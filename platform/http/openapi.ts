import { z } from 'zod';
import type { Catalogue } from '../../network/kernel/index.ts';
import { PLATFORM_ERRORS } from './problem.ts';
import type { Route } from './route.ts';
import { snakeCase } from './wire.ts';

type Json = Record<string, unknown>;

export type OpenApiOptions = {
  readonly title: string;
  readonly version: string;
  readonly description: string;
  readonly catalogue: Catalogue;
  /** Roles by operation, shown as `x-roles`; public operations have none. */
  readonly rolesOf: (operation: string) => readonly string[];
  readonly isPublic: (operation: string) => boolean;
};

/** OpenAPI 3.1 of all routes, in a stable order, so that its text can be compared. */
export function openApiOf(routes: readonly Route[], options: OpenApiOptions): Json {
  const components: Json = {};
  const paths: Record<string, Json> = {};
  const sorted = [...routes].sort((a, b) =>
    a.path === b.path ? a.method.localeCompare(b.method) : a.path.localeCompare(b.path),
  );
  for (const route of sorted) {
    const path = route.path.replace(/:([a-z_0-9]+)/g, '{$1}');
    const item = paths[path] ?? {};
    item[route.method.toLowerCase()] = operationOf(route, options, components);
    paths[path] = item;
  }
  components.Problem = PROBLEM;
  return {
    openapi: '3.1.0',
    info: {
      title: options.title,
      version: options.version,
      description: options.description,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }],
    tags: [...new Set(sorted.map((route) => route.tag))].sort().map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'prd_live_... or prd_test_... key' },
      },
      schemas: Object.fromEntries(Object.entries(components).sort(([a], [b]) => a.localeCompare(b))),
    },
  };
}

const PROBLEM: Json = {
  type: 'object',
  description: 'RFC 9457 problem details; code stands in the error catalogue',
  required: ['type', 'title', 'status', 'code', 'detail', 'request_id'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    detail: { type: 'string' },
    request_id: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'code', 'message'],
        properties: { pointer: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
};

function operationOf(route: Route, options: OpenApiOptions, components: Json): Json {
  const roles = options.rolesOf(route.operation);
  const bodyTypes = route.body === undefined ? [] : ['application/json'];
  const request = [...bodyTypes, ...(route.consumes ?? []).filter((type) => !bodyTypes.includes(type))];
  return {
    operationId: route.operation,
    tags: [route.tag],
    summary: route.summary,
    ...(route.description === undefined ? {} : { description: route.description }),
    ...(options.isPublic(route.operation) ? { security: [] } : { 'x-roles': roles }),
    ...parameters(route, components),
    ...(request.length === 0
      ? {}
      : {
          requestBody: {
            required: true,
            content: Object.fromEntries(
              request.map((type) => [
                type,
                type === 'application/json' && route.body !== undefined
                  ? { schema: schemaOf(route.body, 'input', components) }
                  : { schema: { type: 'string' } },
              ]),
            ),
          },
        }),
    responses: { ...answers(route, components), ...problems(route, options) },
  };
}

function parameters(route: Route, components: Json): Json {
  const list: Json[] = [];
  for (const [schema, place] of [
    [route.params, 'path'],
    [route.query, 'query'],
  ] as const) {
    if (schema === undefined) continue;
    const json = schemaOf(schema, 'input', components);
    const required = new Set((json.required as string[] | undefined) ?? []);
    for (const [name, inner] of Object.entries((json.properties as Record<string, Json> | undefined) ?? {})) {
      const { description, ...rest } = inner;
      list.push({
        name,
        in: place,
        required: place === 'path' || required.has(name),
        ...(description === undefined ? {} : { description }),
        schema: rest,
      });
    }
  }
  if (route.effect === 'write' && route.method === 'POST') {
    list.push({
      name: 'Idempotency-Key',
      in: 'header',
      required: false,
      description: 'The same key with the same body gives the first answer again, for 24 hours.',
      schema: { type: 'string', minLength: 1, maxLength: 255 },
    });
  }
  return list.length === 0 ? {} : { parameters: list };
}

function answers(route: Route, components: Json): Json {
  const responses: Json = {};
  for (const [status, answer] of Object.entries(route.answers)) {
    const type = answer.contentType ?? 'application/json';
    responses[status] = {
      description: answer.description,
      ...(answer.body === undefined && answer.contentType === undefined
        ? {}
        : {
            content: {
              [type]: {
                schema:
                  answer.body === undefined
                    ? { type: 'string', contentEncoding: 'binary' }
                    : schemaOf(answer.body, 'output', components),
              },
            },
          }),
    };
  }
  return responses;
}

function problems(route: Route, options: OpenApiOptions): Json {
  const codes = [...Object.keys(PLATFORM_ERRORS), ...(route.refusals ?? [])];
  const byStatus = new Map<number, string[]>();
  for (const code of codes) {
    const entry = options.catalogue[code];
    if (entry === undefined)
      throw new Error(`${route.operation} may refuse with ${code}, which is not in the catalogue`);
    byStatus.set(entry.status, [...(byStatus.get(entry.status) ?? []), code]);
  }
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, list]) => [String(status), { description: list.sort().join(', '), content }]),
  );
}

/** JSON Schema 2020-12 of a contract schema with wire names; named schemas move to the components. */
export function schemaOf(schema: z.ZodType, io: 'input' | 'output', components: Json): Json {
  const json = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;
  const { $schema: _dialect, $defs, ...root } = json;
  const defs = ($defs ?? {}) as Record<string, Json>;
  const nameOf = (id: string) =>
    io === 'input' && /(Input|Request)$/.test(id) === false && isSame(components[id], defs[id]) === false
      ? `${id}Input`
      : id;
  function isSame(known: unknown, def: Json | undefined): boolean {
    return (
      known === undefined ||
      def === undefined ||
      JSON.stringify(known) === JSON.stringify(renamed(withoutId(def), (id) => id))
    );
  }
  const names = new Map(Object.keys(defs).map((id) => [id, nameOf(id)]));
  const rename = (id: string) => names.get(id) ?? id;
  for (const [id, def] of Object.entries(defs)) components[rename(id)] ??= renamed(withoutId(def), rename);
  const named = typeof root.id === 'string' ? root.id : undefined;
  const whole = renamed(withoutId(root), rename) as Json;
  if (named === undefined) return whole;
  const known = components[named];
  if (known === undefined) components[named] = whole;
  else if (JSON.stringify(known) !== JSON.stringify(whole)) return whole;
  return { $ref: `#/components/schemas/${named}` };
}

function withoutId(json: Json): Json {
  const { id: _id, ...rest } = json;
  return rest;
}

function renamed(json: unknown, rename: (id: string) => string): unknown {
  if (Array.isArray(json)) return json.map((item) => renamed(item, rename));
  if (typeof json !== 'object' || json === null) return json;
  const result: Json = {};
  for (const [key, value] of Object.entries(json)) {
    if (key === 'properties') {
      result.properties = Object.fromEntries(
        Object.entries(value as Json).map(([name, inner]) => [snakeCase(name), renamed(inner, rename)]),
      );
    } else if (key === 'required') result.required = (value as string[]).map(snakeCase);
    else if (key === '$ref')
      result.$ref = `#/components/schemas/${rename(String(value).replace('#/$defs/', ''))}`;
    else if (key === 'examples' || key === 'default' || key === 'const' || key === 'enum')
      result[key] = value;
    else result[key] = renamed(value, rename);
  }
  return result;
}
