import { z } from 'zod';
import type { Catalogue } from '../../network/kernel/index.ts';
import { type Discovery, discoveredPaths, discoveryAt } from './discovery.ts';
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
  readonly discoveries?: readonly Discovery[];
  /** Names of the session's cookie and of the header that proves where a request comes from. */
  readonly session: { readonly cookie: string; readonly csrfHeader: string };
};

/** OpenAPI 3.1 of all routes, in a stable order, so that its text can be compared. */
export function openApiOf(routes: readonly Route[], options: OpenApiOptions): Json {
  const components: Json = {};
  const paths: Record<string, Json> = {};
  const sorted = [...routes].sort((a, b) =>
    a.path === b.path ? a.method.localeCompare(b.method) : a.path.localeCompare(b.path),
  );
  for (const route of sorted) {
    const path = inBraces(route.path);
    const item = paths[path] ?? {};
    item[route.method.toLowerCase()] = operationOf(route, options, components);
    paths[path] = item;
  }
  for (const path of discoveredPaths(sorted, options.discoveries ?? [])) {
    const discovery = discoveryAt(options.discoveries ?? [], path);
    if (discovery !== undefined)
      paths[inBraces(path)] = { ...paths[inBraces(path)], options: discoveryOf(path, discovery) };
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
    security: [{ bearer: [] }, { session: [] }],
    tags: [...new Set(sorted.map((route) => route.tag))].sort().map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'prd_live_... or prd_test_... key' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: options.session.cookie,
          description: 'Set by POST /v1/sessions. Every method but GET needs the csrf header besides.',
        },
        csrf: {
          type: 'apiKey',
          in: 'header',
          name: options.session.csrfHeader,
          description: 'csrf_token of POST /v1/sessions or GET /v1/sessions/current.',
        },
      },
      schemas: Object.fromEntries(Object.entries(components).sort(([a], [b]) => a.localeCompare(b))),
    },
  };
}

const inBraces = (path: string): string => path.replace(/:([a-z_0-9]+)/g, '{$1}');

function discoveryOf(path: string, { tag, headers }: Discovery): Json {
  const parameters = [...path.matchAll(/:([a-z_0-9]+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const text = { schema: { type: 'string' } };
  return {
    tags: [tag],
    summary: 'What this address takes and which versions of its standard it speaks',
    security: [],
    ...(parameters.length === 0 ? {} : { parameters }),
    responses: {
      204: {
        description: 'In the headers',
        headers: Object.fromEntries(['allow', ...Object.keys(headers)].map((name) => [name, text])),
      },
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
        properties: {
          pointer: { type: 'string' },
          code: { type: 'string' },
          message: { type: 'string' },
          suggestion: { type: 'string', description: 'What was probably meant' },
        },
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
    ...(options.isPublic(route.operation) ? { security: [] } : { ...security(route), 'x-roles': roles }),
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

/** Reads take what stands at the top; what changes something needs the CSRF header with a session. */
function security(route: Route): Json {
  return route.method === 'GET' ? {} : { security: [{ bearer: [] }, { session: [], csrf: [] }] };
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
  for (const [name, description] of Object.entries(route.requestHeaders?.told ?? {}))
    list.push({ name, in: 'header', required: false, description, schema: { type: 'string' } });
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
  if (route.effect === 'own' && route.events !== undefined)
    return { 200: streamed(route.answers[200]?.description ?? '', route.events, components) };
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
                    ? documentSchema(type)
                    : schemaOf(answer.body, 'output', components),
              },
            },
          }),
    };
  }
  return responses;
}

/** OpenAPI 3.1 has no word for the parts of a stream: what each event carries stands beside the text's schema. */
function streamed(description: string, events: Readonly<Record<string, z.ZodType>>, components: Json): Json {
  const carried = Object.entries(events).map(([name, schema]) => [
    name,
    schemaOf(schema, 'output', components),
  ]);
  return {
    description,
    content: {
      'text/event-stream': { schema: { type: 'string' }, 'x-events': Object.fromEntries(carried) },
    },
  };
}

/** A document that is answered as it is: any JSON, or bytes. */
function documentSchema(type: string): Json {
  return type === 'application/json' ? {} : { type: 'string', contentEncoding: 'binary' };
}

const RETRY_AFTER: Json = {
  'Retry-After': { description: 'Seconds to wait (RFC 9110).', schema: { type: 'integer', minimum: 1 } },
};

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
      .map(([status, list]) => [
        String(status),
        {
          description: list.sort().join(', '),
          ...(status === 429 || status === 503 ? { headers: RETRY_AFTER } : {}),
          content,
        },
      ]),
  );
}

/**
 * JSON Schema 2020-12 of a contract schema with wire names; named schemas move to the components. A named schema
 * whose input differs from its output (defaults) is `Name` as answer and `NameInput` in requests.
 * Throws when two schemas share a name, and when a schema contains itself without a name.
 */
export function schemaOf(schema: z.ZodType, io: 'input' | 'output', components: Json): Json {
  const input = flatSchema(schema, 'input');
  const output = flatSchema(schema, 'output');
  const differing = differingNames(input.defs, output.defs);
  const rename = (id: string) =>
    io === 'input' && differing.has(id) && !/(Input|Request)$/.test(id) ? `${id}Input` : id;
  const { root, defs } = io === 'input' ? input : output;
  for (const [id, def] of Object.entries(defs)) {
    const name = rename(id);
    const json = renamed(def, rename);
    if (components[name] === undefined) components[name] = json;
    else if (JSON.stringify(components[name]) !== JSON.stringify(json))
      throw new Error(`two schemas are called ${name}: give one of them another meta id`);
  }
  return renamed(root, rename) as Json;
}

/** The JSON Schema of one direction: every named schema, the root as well, stands in `defs`. */
function flatSchema(schema: z.ZodType, io: 'input' | 'output'): { root: Json; defs: Record<string, Json> } {
  const json = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;
  const { $schema: _dialect, $defs, id, ...root } = json;
  const defs: Record<string, Json> = {};
  for (const [name, def] of Object.entries(($defs ?? {}) as Record<string, Json>)) {
    if (/^__schema\d+$/.test(name)) throw new Error('a schema that contains itself needs a meta id');
    defs[name] = withoutId(def);
  }
  const text = JSON.stringify(root);
  if (typeof id !== 'string') {
    if (text.includes('"$ref":"#"')) throw new Error('a schema that contains itself needs a meta id');
    return { root: closed(root) as Json, defs: closedAll(defs) };
  }
  defs[id] = root;
  const own = JSON.stringify(defs).replaceAll('"$ref":"#"', `"$ref":"#/$defs/${id}"`);
  return { root: { $ref: `#/$defs/${id}` }, defs: closedAll(JSON.parse(own) as Record<string, Json>) };
}

function closedAll(defs: Record<string, Json>): Record<string, Json> {
  return Object.fromEntries(Object.entries(defs).map(([name, def]) => [name, closed(def) as Json]));
}

/** The wire takes no names beside those of an object, also where the library would drop them in silence. */
function closed(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(closed);
  if (typeof json !== 'object' || json === null) return json;
  const result: Json = {};
  for (const [key, value] of Object.entries(json)) {
    if (key === 'properties') {
      result.properties = Object.fromEntries(
        Object.entries(value as Json).map(([name, inner]) => [name, closed(inner)]),
      );
    } else result[key] = LITERAL_KEYWORDS.has(key) ? value : closed(value);
  }
  if (result.type === 'object' && result.properties !== undefined) result.additionalProperties ??= false;
  return result;
}

/** Names whose input and output differ, also because of a name that they refer to. */
function differingNames(input: Record<string, Json>, output: Record<string, Json>): Set<string> {
  const texts = new Map(Object.entries(input).map(([id, def]) => [id, JSON.stringify(def)]));
  const differing = new Set(
    [...texts].filter(([id, text]) => JSON.stringify(output[id]) !== text).map(([id]) => id),
  );
  for (let size = -1; size !== differing.size; ) {
    size = differing.size;
    for (const [id, text] of texts) {
      if ([...differing].some((other) => text.includes(`"#/$defs/${other}"`))) differing.add(id);
    }
  }
  return differing;
}

/** Keywords whose values are no schemas. */
const LITERAL_KEYWORDS = new Set(['examples', 'default', 'const', 'enum', 'required']);

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
    else if (LITERAL_KEYWORDS.has(key)) result[key] = value;
    else result[key] = renamed(value, rename);
  }
  return result;
}
