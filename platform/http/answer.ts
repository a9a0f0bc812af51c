import type { FastifyReply } from 'fastify';
import type { Catalogue, Rejection } from '../../network/kernel/index.ts';
import { isDatabaseUnavailable, sqlState } from '../db/index.ts';
import { BodyError } from './body-pieces.ts';
import { problemOf } from './problem.ts';
import type { Reply, Route } from './route.ts';
import { wireCodec } from './wire.ts';

function bodyText(route: Route, status: number, body: unknown): string {
  const schema = route.answers[status]?.body;
  if (schema === undefined) {
    if (body === undefined) return '';
    throw new Error(`${route.operation} answers ${status} with a body that its contract does not know`);
  }
  return JSON.stringify(wireCodec(schema).encode(body));
}

/** An answer as it is sent, and as a repeated request gets it again. */
export type WireReply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Empty: an answer without a body. */
  readonly contentType: string;
  readonly body: Uint8Array;
};

const JSON_TYPE = 'application/json; charset=utf-8';

/** Throws when the route's contract does not know the body that its handler gives. */
export function wireReplyOf(route: Route, reply: Reply): WireReply {
  const headers = reply.headers ?? {};
  if (reply.kind === 'bytes') {
    const body = typeof reply.bytes === 'string' ? Buffer.from(reply.bytes) : reply.bytes;
    const contentType = reply.status === 204 ? '' : reply.contentType;
    return { status: reply.status, headers, contentType, body };
  }
  const text = bodyText(route, reply.status, reply.body);
  const contentType = text === '' ? '' : JSON_TYPE;
  return { status: reply.status, headers, contentType, body: Buffer.from(text) };
}

/** Throws as `wireReplyOf`. A text leaves in one piece with its headers; bytes would be a write of their own. */
export function sendReply(reply: FastifyReply, route: Route, answer: Reply): FastifyReply {
  reply.code(answer.status);
  for (const [name, value] of Object.entries(answer.headers ?? {})) reply.header(name, value);
  if (answer.kind === 'bytes') {
    const { contentType, body } = wireReplyOf(route, answer);
    return contentType === ''
      ? reply.send()
      : reply.header('content-type', contentType).send(Buffer.from(body));
  }
  const text = bodyText(route, answer.status, answer.body);
  return text === '' ? reply.send() : reply.header('content-type', JSON_TYPE).send(text);
}

export function sendProblem(
  reply: FastifyReply,
  rejection: Rejection,
  catalogue: Catalogue,
  types?: Route['problemTypes'],
): FastifyReply {
  const problem = problemOf(rejection, catalogue, reply.request.id, types);
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
  if (rejection.retryAfterSeconds !== undefined)
    reply.header('retry-after', String(rejection.retryAfterSeconds));
  if (problem.status === 503 && !reply.hasHeader('retry-after')) reply.header('retry-after', '5');
  return reply
    .code(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify(problem));
}

/** What a failure is for the caller: a failure of the database that is no bug, or one of ours. Never its message. */
export function rejectionOf(error: unknown): Rejection {
  if (error instanceof BodyError) return { code: error.code, detail: error.message };
  const state = sqlState(error);
  if (state === '40001' || state === '40P01') return { code: 'conflict', detail: '' };
  if (isDatabaseUnavailable(error)) return { code: 'unavailable', detail: '' };
  // Text that PostgreSQL cannot store; JSON and addresses are checked before, other formats by their modules.
  if (state === '22021' || state === '22P05') {
    return { code: 'invalid_request', detail: 'A text holds a character that cannot be stored.' };
  }
  return { code: 'internal', detail: '' };
}
