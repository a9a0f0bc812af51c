import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { accepted, type FieldError, type Outcome, refused } from '../../network/kernel/index.ts';
import { piecesOf } from './body-pieces.ts';
import { JsonTrapError, parseStrictJson } from './json.ts';
import type { Route } from './route.ts';
import { escapePointer, snakeCase, wireCodec } from './wire.ts';

/** A request's parts in the names of our code, as its route's schemas took them. */
export type Input = { readonly params: unknown; readonly query: unknown; readonly body: unknown };

const NO_BODY = new Uint8Array();

export function rawBody(request: FastifyRequest): Uint8Array {
  return request.body instanceof Uint8Array ? request.body : NO_BODY;
}

export function readInput(route: Route, request: FastifyRequest): Outcome<Input> {
  const media = mediaTypeRefusal(route, request);
  if (media !== undefined) return refused('unsupported_media_type', media);
  const params = parsePart(route.params, request.params, '');
  if (!params.ok || hasNul(request.params)) return refused('not_found', '');
  if (hasNul(request.query)) {
    return invalidRequest([
      { pointer: '/query', code: 'invalid_format', message: 'the character U+0000 is not taken' },
    ]);
  }
  const query = parsePart(route.query, request.query, '/query');
  if (!query.ok) return query;
  if (route.query === undefined && Object.keys(request.query as object).length > 0) {
    return invalidRequest(Object.keys(request.query as object).map((name) => unknownField(`/query/${name}`)));
  }
  const body = readBody(route, request);
  if (!body.ok) return body;
  return accepted({ params: params.value, query: query.value, body: body.value });
}

/** One for all requests: to make one takes longer than to read a small body. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

function readBody(route: Route, request: FastifyRequest): Outcome<unknown> {
  if (route.effect === 'own' && route.streamsBody === true) return accepted(piecesOf(route, request));
  if (route.body === undefined) {
    if (route.consumes !== undefined) return accepted(rawBody(request));
    return rawBody(request).length > 0 && rawBody(request).toString() !== '{}'
      ? invalidRequest([{ pointer: '', code: 'unexpected_body', message: 'this route takes no body' }])
      : accepted(undefined);
  }
  if (mediaTypeOf(request) !== 'application/json' && route.consumes?.includes(mediaTypeOf(request)) === true)
    return accepted(rawBody(request));
  let json: unknown;
  try {
    json = parseStrictJson(utf8.decode(rawBody(request)));
  } catch (error) {
    return refused(
      'malformed_json',
      error instanceof JsonTrapError
        ? `The JSON holds ${error.message}.`
        : 'The body is not valid UTF-8 JSON.',
    );
  }
  const parsed = parsePart(route.body, json, '');
  return parsed;
}

/** PostgreSQL has no text with U+0000: `%00` in an address can name nothing. */
function hasNul(part: unknown): boolean {
  return Object.values((part ?? {}) as Record<string, unknown>).some(
    (value) => typeof value === 'string' && value.includes('\u0000'),
  );
}

function mediaTypeOf(request: FastifyRequest): string {
  return (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

/** Why a body's type is not taken by this route (the server knows the types of all routes); undefined: it is. */
function mediaTypeRefusal(route: Route, request: FastifyRequest): string | undefined {
  if (rawBody(request).length === 0) return undefined;
  const taken = [
    ...(route.body === undefined && route.consumes !== undefined ? [] : ['application/json']),
    ...(route.consumes ?? []),
  ];
  if (!taken.includes(mediaTypeOf(request))) return `Send ${[...new Set(taken)].join(' or ')}.`;
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(request.headers['content-type'] ?? '')?.[1];
  return mediaTypeOf(request) === 'application/json' && (charset ?? 'utf-8').toLowerCase() !== 'utf-8'
    ? 'JSON comes in UTF-8.'
    : undefined;
}

function unknownField(pointer: string): FieldError {
  return { pointer, code: 'unknown_field', message: 'there is no such field here' };
}

export function invalidRequest(errors: readonly FieldError[]): Outcome<never> {
  const first = errors[0];
  return refused(
    'invalid_request',
    first === undefined ? '' : `${first.pointer || 'body'}: ${first.message}`,
    errors.slice(0, 50),
  );
}

function parsePart(schema: z.ZodType | undefined, wire: unknown, root: string): Outcome<unknown> {
  if (schema === undefined) return accepted(undefined);
  const errors: FieldError[] = [];
  const decoded = wireCodec(schema).decode(wire, root, (pointer) => errors.push(unknownField(pointer)));
  const parsed = schema.safeParse(decoded);
  if (!parsed.success) errors.push(...fieldErrors(parsed.error, root));
  if (errors.length > 0 || !parsed.success) return invalidRequest(errors);
  return accepted(parsed.data);
}

/** Issues of a schema as JSON pointers in the names of the wire. */
export function fieldErrors(error: z.ZodError, root: string): FieldError[] {
  return error.issues.map((issue) => ({
    pointer:
      root +
      issue.path
        .map((part) => `/${typeof part === 'string' ? escapePointer(snakeCase(part)) : String(part)}`)
        .join(''),
    code: issue.code,
    message: issue.message,
  }));
}
