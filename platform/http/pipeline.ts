import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import {
  accepted,
  type Catalogue,
  type FieldError,
  type Outcome,
  type Rejection,
  refused,
} from '../../network/kernel/index.ts';
import type { Queryable, Transaction } from '../db/index.ts';
import { sqlState } from '../db/index.ts';
import { openWork, type Work, type World } from '../world/index.ts';
import {
  claimIdempotency,
  type IdempotencyClaim,
  isIdempotencyKey,
  requestDigest,
  storeIdempotentReply,
} from './idempotency.ts';
import { JsonTrapError, parseStrictJson } from './json.ts';
import { problemOf } from './problem.ts';
import type { RateLimiter } from './rate-limit.ts';
import type { Call, CallerIdentity, Reply, Route } from './route.ts';
import { snakeCase, wireCodec } from './wire.ts';

/** What `network/accounts` decides for this layer. */
export type AccessControl<Caller extends CallerIdentity> = {
  /** From headers to a caller and his world. Public routes get an anonymous caller. */
  authenticate(
    headers: FastifyRequest['headers'],
    route: Route,
  ): Promise<Outcome<{ caller: Caller; world: World }>>;
  /** What the caller may be to the resource for this operation to be allowed; empty: never. */
  relationsAllowed(caller: Caller, operation: string): readonly string[];
  /** Owner of a resource and what the caller is to it; undefined when there is no such thing. */
  findRelation(
    db: Queryable,
    kind: string,
    id: string,
    caller: Caller,
  ): Promise<{ owner: string; relations: readonly string[] } | undefined>;
};

export type PipelinePorts<Caller extends CallerIdentity> = {
  readonly access: AccessControl<Caller>;
  readonly catalogue: Catalogue;
  readonly limiter: RateLimiter;
  readonly onError: (error: unknown, operation: string, requestId: string) => void;
};

type Resolved = { readonly owner: string; readonly relation: string };
type Input = { params: unknown; query: unknown; body: unknown };

/** Everything between a parsed HTTP request and its answer, in the order of docs/ARCHITECTURE.md. */
export function createPipeline<Caller extends CallerIdentity>(ports: PipelinePorts<Caller>) {
  return async function answer(
    route: Route,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    try {
      const outcome = await run(ports, route, request, reply);
      if (outcome.ok) return send(reply, route, outcome.value);
      return sendProblem(reply, outcome.rejection, ports.catalogue);
    } catch (error) {
      const rejection = rejectionOf(error);
      if (rejection.code === 'internal') ports.onError(error, route.operation, request.id);
      return sendProblem(reply, rejection, ports.catalogue);
    }
  };
}

async function run<Caller extends CallerIdentity>(
  ports: PipelinePorts<Caller>,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Outcome<Reply>> {
  const identified = await ports.access.authenticate(request.headers, route);
  if (!identified.ok) return identified;
  const { caller, world } = identified.value;
  const rate = ports.limiter.take(caller.role === 'anonymous' ? `ip:${request.ip}` : caller.id);
  reply.header('ratelimit-policy', ports.limiter.policy);
  reply.header('ratelimit', `"default";r=${rate.remaining};t=${rate.resetSeconds}`);
  if (!rate.allowed) {
    reply.header('retry-after', String(Math.max(1, rate.resetSeconds)));
    return refused('rate_limited', '');
  }
  const allowed = ports.access.relationsAllowed(caller, route.operation);
  if (allowed.length === 0)
    return refused('forbidden', `The role ${caller.role} may not ${route.operation}.`);
  const input = readInput(route, request);
  if (!input.ok) return input;
  const context = { ports, route, request, caller, world, allowed, input: input.value };
  if (route.effect === 'read') return runRead(context);
  if (route.effect === 'write') return runWrite(context);
  const resolved = await world.read('network', (db) => resolve(context, db));
  if (!resolved.ok) return resolved;
  return route.handle(callOf(context, resolved.value));
}

type Context<Caller extends CallerIdentity> = {
  readonly ports: PipelinePorts<Caller>;
  readonly route: Route;
  readonly request: FastifyRequest;
  readonly caller: Caller;
  readonly world: World;
  readonly allowed: readonly string[];
  readonly input: Input;
};

/** A thing that is not there and a thing of somebody else give the same answer. */
async function resolve<Caller extends CallerIdentity>(
  context: Context<Caller>,
  db: Queryable,
): Promise<Outcome<Resolved>> {
  const { route, caller, allowed, input, ports } = context;
  if (route.resource === undefined) {
    return accepted({ owner: caller.organisationId, relation: allowed.includes('any') ? 'any' : 'own' });
  }
  const id = String((input.params as Record<string, unknown>)[route.resource.param]);
  const found = await ports.access.findRelation(db, route.resource.kind, id, caller);
  const relation = allowed.includes('any')
    ? 'any'
    : found?.relations.find((candidate) => allowed.includes(candidate));
  if (found === undefined || relation === undefined) return refused('not_found', '');
  return accepted({ owner: found.owner, relation });
}

function scopeOf(resolved: Resolved, hasResource: boolean) {
  return resolved.relation === 'any' && !hasResource
    ? ('network' as const)
    : { organisationId: resolved.owner };
}

async function runRead<Caller extends CallerIdentity>(context: Context<Caller>): Promise<Outcome<Reply>> {
  const { route, world } = context;
  if (route.effect !== 'read') throw new Error('not a read');
  return world.database.read('network', async (tx) => {
    const resolved = await resolve(context, tx);
    if (!resolved.ok) return resolved;
    await tx.setScope(scopeOf(resolved.value, route.resource !== undefined));
    return route.handle({ ...callOf(context, resolved.value), db: tx });
  });
}

async function runWrite<Caller extends CallerIdentity>(context: Context<Caller>): Promise<Outcome<Reply>> {
  const { route, world, request, caller } = context;
  if (route.effect !== 'write') throw new Error('not a write');
  const key = request.headers['idempotency-key'];
  if (key !== undefined && (typeof key !== 'string' || !isIdempotencyKey(key))) {
    return invalid([
      {
        pointer: '/idempotency-key',
        code: 'invalid_format',
        message: 'an idempotency key has 1 to 255 visible ASCII characters',
      },
    ]);
  }
  let prepared: unknown;
  if (route.prepare !== undefined) {
    const resolved = await world.read('network', (db) => resolve(context, db));
    if (!resolved.ok) return resolved;
    const outcome = await route.prepare(callOf(context, resolved.value));
    if (!outcome.ok) return outcome;
    prepared = outcome.value;
  }
  const claim: IdempotencyClaim | undefined =
    key === undefined
      ? undefined
      : {
          organisationId: caller.organisationId,
          callerId: caller.id,
          key,
          operation: route.operation,
          digest: requestDigest(route.operation, request.url, rawBody(request)),
        };
  return commit(world, async (tx, work) => {
    if (claim !== undefined) {
      const earlier = await claimIdempotency(tx, claim, work.now);
      if (!earlier.ok || earlier.value !== undefined) return earlier as Outcome<Reply>;
    }
    const resolved = await resolve(context, tx);
    if (!resolved.ok) return resolved;
    const scope = scopeOf(resolved.value, route.resource !== undefined);
    await tx.setScope(scope);
    const outcome = await route.handle({
      ...callOf(context, resolved.value),
      now: work.now,
      db: tx,
      work,
      prepared,
    });
    await tx.setScope('network');
    if (outcome.ok && claim !== undefined && outcome.value.kind === 'json') {
      await storeIdempotentReply(tx, claim, {
        status: outcome.value.status,
        headers: outcome.value.headers ?? {},
        body: bodyText(route, outcome.value.status, outcome.value.body),
      });
    }
    return outcome;
  });
}

async function commit(
  world: World,
  body: (tx: Transaction, work: Work) => Promise<Outcome<Reply>>,
): Promise<Outcome<Reply>> {
  let left = false;
  const outcome = await world.database.transaction('network', async (tx) => {
    const { work, flush } = openWork(tx, world.clock.now());
    const value = await body(tx, work);
    if (value.ok) left = await flush();
    return { keep: value.ok, value };
  });
  if (left) world.signalCommit();
  return outcome;
}

function callOf<Caller extends CallerIdentity>(
  context: Context<Caller>,
  resolved: Resolved,
): Call<Caller, never, never, never> {
  return {
    caller: context.caller,
    world: context.world,
    now: context.world.clock.now(),
    params: context.input.params as never,
    query: context.input.query as never,
    body: context.input.body as never,
    owner: resolved.owner,
    relation: resolved.relation,
    requestId: context.request.id,
    headers: context.request.headers,
  };
}

function rawBody(request: FastifyRequest): Uint8Array {
  return request.body instanceof Uint8Array ? request.body : new Uint8Array();
}

function readInput(route: Route, request: FastifyRequest): Outcome<Input> {
  const params = parsePart(route.params, request.params, '');
  if (!params.ok) return refused('not_found', '');
  const query = parsePart(route.query, request.query, '/query');
  if (!query.ok) return query;
  if (route.query === undefined && Object.keys(request.query as object).length > 0) {
    return invalid(Object.keys(request.query as object).map((name) => unknownField(`/query/${name}`)));
  }
  const body = readBody(route, request);
  if (!body.ok) return body;
  return accepted({ params: params.value, query: query.value, body: body.value });
}

function readBody(route: Route, request: FastifyRequest): Outcome<unknown> {
  if (route.body === undefined) {
    if (route.consumes !== undefined) return accepted(rawBody(request));
    return rawBody(request).length > 0 && rawBody(request).toString() !== '{}'
      ? invalid([{ pointer: '', code: 'unexpected_body', message: 'this route takes no body' }])
      : accepted(undefined);
  }
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim();
  if (route.consumes?.includes(type ?? '') === true && type !== 'application/json')
    return accepted(rawBody(request));
  let json: unknown;
  try {
    json = parseStrictJson(new TextDecoder('utf-8', { fatal: true }).decode(rawBody(request)));
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

function unknownField(pointer: string): FieldError {
  return { pointer, code: 'unknown_field', message: 'there is no such field here' };
}

function invalid(errors: readonly FieldError[]): Outcome<never> {
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
  if (errors.length > 0 || !parsed.success) return invalid(errors);
  return accepted(parsed.data);
}

/** Issues of a schema as JSON pointers in the names of the wire. */
export function fieldErrors(error: z.ZodError, root: string): FieldError[] {
  return error.issues.map((issue) => ({
    pointer:
      root +
      issue.path.map((part) => `/${typeof part === 'string' ? snakeCase(part) : String(part)}`).join(''),
    code: issue.code,
    message: issue.message,
  }));
}

function bodyText(route: Route, status: number, body: unknown): string {
  const schema = route.answers[status]?.body;
  if (schema === undefined) {
    if (body === undefined) return '';
    throw new Error(`${route.operation} answers ${status} with a body that its contract does not know`);
  }
  return JSON.stringify(wireCodec(schema).encode(body));
}

function send(reply: FastifyReply, route: Route, answer: Reply): FastifyReply {
  reply.code(answer.status);
  for (const [name, value] of Object.entries(answer.headers ?? {})) reply.header(name, value);
  if (answer.kind === 'bytes') {
    if (answer.bytes.length === 0 && answer.status === 204) return reply.send();
    return reply
      .header('content-type', answer.contentType)
      .send(typeof answer.bytes === 'string' ? answer.bytes : Buffer.from(answer.bytes));
  }
  const text = bodyText(route, answer.status, answer.body);
  return text === ''
    ? reply.send()
    : reply.header('content-type', 'application/json; charset=utf-8').send(text);
}

export function sendProblem(reply: FastifyReply, rejection: Rejection, catalogue: Catalogue): FastifyReply {
  const problem = problemOf(rejection, catalogue, reply.request.id);
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
  if (problem.status === 503 && !reply.hasHeader('retry-after')) reply.header('retry-after', '5');
  return reply
    .code(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify(problem));
}

/** Failures of the database that are not bugs: two writers, a full pool, a server going away. */
function rejectionOf(error: unknown): Rejection {
  const state = sqlState(error);
  if (state === '40001' || state === '40P01') return { code: 'conflict', detail: '' };
  const text = error instanceof Error ? error.message : '';
  if (
    state === '57P01' ||
    state === '57P03' ||
    state === '55P03' ||
    state === '57014' ||
    state?.startsWith('08') ||
    state?.startsWith('53')
  )
    return { code: 'unavailable', detail: '' };
  if (/ECONNREFUSED|ECONNRESET|Connection terminated|timeout exceeded when trying to connect/.test(text))
    return { code: 'unavailable', detail: '' };
  return { code: 'internal', detail: '' };
}
