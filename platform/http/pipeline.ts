import type { FastifyReply, FastifyRequest } from 'fastify';
import { accepted, type Outcome, refused } from '../../network/kernel/index.ts';
import type { Queryable, Transaction } from '../db/index.ts';
import type { Work, World } from '../world/index.ts';
import { rejectionOf, sendProblem, sendReply, wireReplyOf } from './answer.ts';
import { commit } from './commit.ts';
import type { StreamSlot } from './event-streams.ts';
import {
  claimIdempotency,
  findStoredReply,
  type IdempotencyClaim,
  isIdempotencyKey,
  REPLAYED,
  requestDigest,
  SECRET_REPLY,
  storeIdempotentReply,
} from './idempotency.ts';
import { type Input, invalidRequest, rawBody, readInput } from './input.ts';
import { openLookUps } from './look-up.ts';
import type { PipelinePorts } from './ports.ts';
import type { Call, CallerIdentity, Reply, Route, StreamReply } from './route.ts';

type Resolved = { readonly owner: string; readonly relation: string };

/** Everything between a parsed HTTP request and its answer, in the order of docs/ARCHITECTURE.md. */
export function createPipeline<Caller extends CallerIdentity>(ports: PipelinePorts<Caller>) {
  const lookUp = openLookUps<Caller>();
  return async function answer(
    route: Route,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    try {
      const outcome = await run({ ...ports, lookUp }, route, request, reply);
      if (!outcome.ok) return sendProblem(reply, outcome.rejection, ports.catalogue, route.problemTypes);
      if (outcome.value.kind !== 'stream') return sendReply(reply, route, outcome.value);
      ports.streams.start(route, reply, outcome.value.slot, outcome.value.open);
      return reply;
    } catch (error) {
      // A stream that has begun can only break off.
      if (reply.sent) {
        ports.onError(error, route.operation, request.id);
        return reply;
      }
      const rejection = rejectionOf(error);
      if (rejection.code === 'internal') ports.onError(error, route.operation, request.id);
      return sendProblem(reply, rejection, ports.catalogue, route.problemTypes);
    }
  };
}

type WithLookUps<Caller extends CallerIdentity> = PipelinePorts<Caller> & {
  readonly lookUp: ReturnType<typeof openLookUps<Caller>>;
};
type OwnRoute = Extract<Route, { effect: 'own' }>;
type OpenedStream = StreamReply & { readonly slot: StreamSlot };

async function run<Caller extends CallerIdentity>(
  ports: WithLookUps<Caller>,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Outcome<Reply | OpenedStream>> {
  const anonymousWorld = route.worldOf?.({ params: request.params, body: rawBody(request) }) ?? 'live';
  const identified = await ports.access.authenticate(request.headers, route, anonymousWorld, request.url);
  if (!identified.ok) return identified;
  const { caller, world } = identified.value;
  const counted = caller.role === 'anonymous' ? `ip:${request.ip}` : caller.id;
  const rate = ports.limiter.take(counted);
  reply.header('ratelimit-policy', ports.limiter.policy);
  reply.header('ratelimit', `"default";r=${rate.remaining};t=${rate.resetSeconds}`);
  if (!rate.allowed) {
    reply.header('retry-after', String(Math.max(1, rate.resetSeconds)));
    return refused('rate_limited', '');
  }
  const allowed = ports.access.relationsAllowed(caller, route.operation);
  if (allowed.length === 0)
    return refused('forbidden', `The role ${caller.role} may not ${route.operation}.`);
  const asked = route.requestHeaders?.check(request.headers);
  if (asked?.ok === false) return asked;
  const input = readInput(route, request);
  if (!input.ok) return input;
  const context = { ports, route, request, caller, world, allowed, input: input.value };
  if (route.effect === 'read' && route.lookUp !== undefined)
    return ports.lookUp(route, { world, caller, allowed, id: idOf(context, route.resource.param) });
  if (route.effect === 'read') return runRead(context, route);
  if (route.effect === 'write') return runWrite(context);
  return route.events === undefined
    ? replyOf(await runOpen(context, route))
    : runStream(context, route, counted);
}

function replyOf(outcome: Outcome<Reply | StreamReply>): Outcome<Reply> {
  if (!outcome.ok) return outcome;
  if (outcome.value.kind === 'stream') throw new Error('a route that streams names its events');
  return accepted(outcome.value);
}

/** Its place is taken before any work is done for it, and is free again when nothing comes of it. */
async function runStream<Caller extends CallerIdentity>(
  context: Context<Caller>,
  route: OwnRoute,
  counted: string,
): Promise<Outcome<OpenedStream>> {
  const slot = context.ports.streams.take(counted);
  if (!slot.ok) return slot;
  let isOpening = false;
  try {
    const outcome = await runOpen(context, route);
    if (!outcome.ok) return outcome;
    if (outcome.value.kind !== 'stream') throw new Error(`${route.operation} answers without a stream`);
    isOpening = true;
    return accepted({ ...outcome.value, slot: slot.value });
  } finally {
    if (!isOpening) slot.value.giveBack();
  }
}

async function runOpen<Caller extends CallerIdentity>(
  context: Context<Caller>,
  route: OwnRoute,
): Promise<Outcome<Reply | StreamReply>> {
  const looked = await look(context, route, undefined);
  if (looked.earlier !== undefined) return looked.earlier;
  if (!looked.resolved.ok) return looked.resolved;
  const { owner } = looked.resolved.value;
  return route.handle({
    ...callOf(context, looked.resolved.value),
    loaded: looked.loaded,
    note: async (work, answer) => {
      await work.actFor('network');
      await tell(context, work, owner, answer);
    },
  });
}

/** Hands an accepted effect to whoever listens, in its transaction and in the network's scope. */
async function tell<Caller extends CallerIdentity>(
  context: Context<Caller>,
  work: Work,
  owner: string,
  answer: unknown,
): Promise<void> {
  const { ports, route, caller, input, request } = context;
  const { operation } = route;
  await ports.onEffect?.(work, {
    operation,
    caller,
    owner,
    params: input.params,
    answer,
    requestId: request.id,
  });
}

type Looked = {
  readonly earlier?: Outcome<Reply>;
  readonly resolved: Outcome<Resolved>;
  readonly loaded?: unknown;
};

/** Before anything that takes long: an earlier reply, the access check and what the route loads, in one snapshot. */
function look<Caller extends CallerIdentity>(
  context: Context<Caller>,
  route: Pick<Extract<Route, { effect: 'write' }>, 'load'>,
  claim: IdempotencyClaim | undefined,
): Promise<Looked> {
  // Whose it is without a resource, the caller says: a route that answers from memory asks no database.
  if (context.route.resource === undefined && route.load === undefined && claim === undefined)
    return Promise.resolve({ resolved: accepted(ownerWithoutResource(context)) });
  return context.world.database.read('network', async (tx) => {
    // A repeated request gets its answer, also when the preparation would now refuse. What is loaded need not wait for
    // it: nearly no request is repeated.
    const stored = claim === undefined ? undefined : findStoredReply(tx, claim);
    const [earlier, looked] = await Promise.all([stored, resolveAndLoad(context, route, tx)]);
    return earlier === undefined ? looked : { ...looked, earlier };
  });
}

async function resolveAndLoad<Caller extends CallerIdentity>(
  context: Context<Caller>,
  route: Pick<Extract<Route, { effect: 'write' }>, 'load'>,
  tx: Transaction,
): Promise<Looked> {
  const resolved = await resolve(context, tx);
  if (!resolved.ok || route.load === undefined) return { resolved };
  await tx.setScope({ organisationId: resolved.value.owner });
  const call = callOf(context, resolved.value);
  const loaded: unknown = await route.load({ ...call, db: tx, actFor: (scope) => tx.setScope(scope) });
  return { resolved, loaded };
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
  const { route, caller, allowed, ports } = context;
  if (route.resource === undefined) return accepted(ownerWithoutResource(context));
  const id = idOf(context, route.resource.param);
  const found = await ports.access.findRelation(db, route.resource.kind, id, caller);
  const relation = allowed.includes('any')
    ? 'any'
    : found?.relations.find((candidate) => allowed.includes(candidate));
  if (found === undefined || relation === undefined) return refused('not_found', '');
  return accepted({ owner: found.owner, relation });
}

function idOf({ input }: { readonly input: Input }, param: string): string {
  return String((input.params as Record<string, unknown>)[param]);
}

function ownerWithoutResource<Caller extends CallerIdentity>({ caller, allowed }: Context<Caller>): Resolved {
  return { owner: caller.organisationId, relation: allowed.includes('any') ? 'any' : 'own' };
}

function scopeOf(resolved: Resolved, hasResource: boolean) {
  return resolved.relation === 'any' && !hasResource
    ? ('network' as const)
    : { organisationId: resolved.owner };
}

async function runRead<Caller extends CallerIdentity>(
  context: Context<Caller>,
  route: Extract<Route, { effect: 'read'; lookUp?: undefined }>,
): Promise<Outcome<Reply>> {
  return context.world.database.read('network', async (tx) => {
    const resolved = await resolve(context, tx);
    if (!resolved.ok) return resolved;
    await tx.setScope(scopeOf(resolved.value, route.resource !== undefined));
    return route.handle({
      ...callOf(context, resolved.value),
      db: tx,
      actFor: (scope) => tx.setScope(scope),
    });
  });
}

/** The claim of a request with a key. Anonymous callers have none: they could replay each other's answers. */
function claimOf<Caller extends CallerIdentity>(
  context: Context<Caller>,
): Outcome<IdempotencyClaim | undefined> {
  const { route, request, caller } = context;
  const key = request.headers['idempotency-key'];
  if (key === undefined || caller.role === 'anonymous') return accepted(undefined);
  if (typeof key !== 'string' || !isIdempotencyKey(key)) {
    return invalidRequest([
      {
        pointer: '/idempotency-key',
        code: 'invalid_format',
        message: 'an idempotency key has 1 to 255 visible ASCII characters',
      },
    ]);
  }
  return accepted({
    organisationId: caller.organisationId,
    // A person's, not the session's: what a device sends again after the next log-in counts once, too.
    callerId: caller.personId ?? caller.id,
    key,
    operation: route.operation,
    digest: requestDigest(route.operation, request.url, rawBody(request)),
  });
}

async function runWrite<Caller extends CallerIdentity>(context: Context<Caller>): Promise<Outcome<Reply>> {
  const { route, world } = context;
  if (route.effect !== 'write') throw new Error('not a write');
  const claimed = claimOf(context);
  if (!claimed.ok) return claimed;
  const claim = claimed.value;
  let prepared: unknown;
  let checked: Resolved | undefined;
  if (route.prepare !== undefined) {
    const looked = await look(context, route, claim);
    if (looked.earlier !== undefined) return enclosed(context, route, looked.resolved, looked.earlier);
    if (!looked.resolved.ok) return looked.resolved;
    const outcome = await route.prepare({
      ...callOf(context, looked.resolved.value),
      loaded: looked.loaded,
    });
    if (!outcome.ok) return outcome;
    prepared = outcome.value;
    checked = looked.resolved.value;
  }
  const answer = await commit(world, async (tx, work) => {
    if (claim !== undefined) {
      const earlier = await claimIdempotency(tx, claim);
      if (!earlier.ok) return earlier;
      if (earlier.value !== undefined) return accepted(earlier.value);
    }
    // Asked once for a request: what was drawn or stored for it since belongs to the owner of then.
    const resolved = checked === undefined ? await resolve(context, tx) : accepted(checked);
    if (!resolved.ok) return resolved;
    await tx.setScope(scopeOf(resolved.value, route.resource !== undefined));
    const outcome = await route.handle({
      ...callOf(context, resolved.value),
      now: work.now,
      db: tx,
      work,
      prepared,
    });
    await tx.setScope('network');
    if (!outcome.ok) return outcome;
    const { owner } = resolved.value;
    await tell(context, work, owner, outcome.value.kind === 'json' ? outcome.value.body : undefined);
    // Before the commit: an answer that the contract does not know rolls back, instead of failing after its effect.
    const { contentType, body, ...wire } = wireReplyOf(route, outcome.value);
    if (claim !== undefined) {
      storeIdempotentReply(
        tx,
        claim,
        route.answersSecret === true ? SECRET_REPLY : { ...wire, contentType, body },
        work.now,
      );
    }
    return accepted<Reply>({ ...wire, kind: 'bytes', contentType, bytes: body });
  });
  return checked === undefined ? answer : enclosed(context, route, accepted(checked), answer, prepared);
}

type AnyWriteRoute = Extract<Route, { effect: 'write' }>;

/** The answer with what goes out beside what is kept of it. */
async function enclosed<Caller extends CallerIdentity>(
  context: Context<Caller>,
  route: AnyWriteRoute,
  resolved: Outcome<Resolved>,
  answer: Outcome<Reply>,
  prepared?: unknown,
): Promise<Outcome<Reply>> {
  if (route.enclose === undefined || !answer.ok || !resolved.ok || answer.value.kind !== 'bytes')
    return answer;
  const kept = Buffer.from(answer.value.bytes);
  const isRepeated = answer.value.headers?.[REPLAYED] !== undefined;
  const members = await route.enclose(
    callOf(context, resolved.value),
    isRepeated ? { isRepeated, kept: JSON.parse(kept.toString()) } : { isRepeated, prepared },
  );
  if (Object.keys(members).length === 0) return answer;
  // Both are objects with members, so the one's closing brace becomes the comma before the other's first.
  const more = Buffer.from(JSON.stringify(members));
  more[0] = ','.charCodeAt(0);
  return accepted({ ...answer.value, bytes: Buffer.concat([kept.subarray(0, -1), more]) });
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
    remoteAddress: context.request.ip,
    headers: context.request.headers,
  };
}
