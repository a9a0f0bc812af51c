import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { accepted, refused } from '../../network/kernel/index.ts';
import { sql } from '../db/index.ts';
import type { World } from '../world/index.ts';
import { STREAM_ERRORS, STREAM_REFUSALS, type StreamLimits } from './event-streams.ts';
import type { AccessControl } from './ports.ts';
import { PLATFORM_ERRORS } from './problem.ts';
import { createRateLimiter } from './rate-limit.ts';
import {
  type CallerIdentity,
  type EventStream,
  type LookUp,
  type Route,
  replyWith,
  type WriteRoute,
} from './route.ts';
import { createHttpServer, type HttpLimits } from './server.ts';

const answerSchema = z.object({ thingId: z.string(), unitCount: z.number() });
export const thingSchema = z.strictObject({
  thingName: z.string().max(20),
  unitCount: z.number().optional(),
  freeText: z.record(z.string(), z.unknown()).optional(),
});

/** What a test may do in the middle of a handler. */
export type Hooks = {
  during?: () => Promise<void>;
  preparing?: () => void;
  streaming?: (stream: EventStream) => void;
  looking?: (ids: readonly string[]) => void;
};

export function thingRoutes(hooks: Hooks): Route[] {
  const write: WriteRoute<CallerIdentity, unknown, unknown, z.infer<typeof thingSchema>, undefined> = {
    operation: 'makeThing',
    method: 'POST',
    path: '/v1/things',
    tag: 'things',
    summary: 'Make one',
    effect: 'write',
    body: thingSchema,
    answers: { 201: { description: 'Made', body: answerSchema } },
    refusals: ['conflict'],
    prepare: async () => {
      hooks.preparing?.();
      return accepted(undefined);
    },
    handle: async ({ db, body }) => {
      const row = await db.row<{ n: number }>(
        sql`insert into public.thing (name) values (${body.thingName}) returning n`,
      );
      await hooks.during?.();
      if (body.thingName === 'refused') return refused('conflict', 'No.');
      const secret = { internalNote: 'never leaves' };
      return accepted(
        replyWith(
          201,
          { thingId: String(row.n), unitCount: 1, ...secret },
          { location: `/v1/things/${row.n}` },
        ),
      );
    },
  };
  return [
    write,
    {
      operation: 'readThing',
      method: 'GET',
      path: '/v1/things/:thing_id',
      tag: 'things',
      summary: 'Read one',
      effect: 'read',
      params: z.strictObject({ thingId: z.string() }),
      query: z.strictObject({ withUnits: z.string().optional() }),
      answers: { 200: { description: 'It', body: answerSchema } },
      handle: async ({ db, params }) => {
        if (params.thingId === 'broken') await db.rows(sql`select 'secret value'::integer`);
        if (params.thingId === 'nul') await db.rows(sql`select ${'a\u0000b'}::text`);
        return accepted(replyWith(200, { thingId: params.thingId, unitCount: 0 }));
      },
    },
    {
      operation: 'importThings',
      method: 'POST',
      path: '/v1/things/import',
      tag: 'things',
      summary: 'Bytes',
      effect: 'own',
      consumes: ['text/csv'],
      bodyLimitBytes: 100,
      answers: { 200: { description: 'Size', body: answerSchema } },
      handle: async ({ body }) =>
        accepted(replyWith(200, { thingId: 'csv', unitCount: (body as Uint8Array).length })),
    },
    {
      operation: 'printThing',
      method: 'POST',
      path: '/v1/things/print',
      tag: 'things',
      summary: 'Bytes out',
      effect: 'write',
      answers: { 200: { description: 'Label', contentType: 'application/pdf' } },
      handle: async ({ db }) => {
        await db.run(sql`insert into public.thing (name) values ('print')`);
        const bytes = new Uint8Array([0, 255, 1]);
        return accepted({ kind: 'bytes', status: 200, contentType: 'application/pdf', bytes });
      },
    },
    followRoute(hooks),
    lookUpThing(hooks),
  ];
}

/** What is found says in whose name it was looked for. `missing` is not there, and `broken` spoils its statement. */
function lookUpThing(hooks: Hooks): Route {
  const lookUp: LookUp<CallerIdentity, string> = {
    find: async (db, ids, tell) => {
      hooks.looking?.(ids);
      const query = sql`
        select id, current_setting('postroad.organisation') as scope from unnest(${ids}::text[]) id
        where id <> 'missing' and (id <> 'broken' or 1 / length(left(id, 0)) > 0)`;
      await db.each<{ id: string; scope: string }>(query, ({ id, scope }) => tell(id, scope));
    },
    relations: (found, caller) => (found === caller.organisationId ? ['own'] : []),
    answer: (found) => replyWith(200, { thingId: found, unitCount: 1 }),
  };
  return {
    operation: 'lookUpThing',
    method: 'GET',
    path: '/v1/looked-up/:thing_id',
    tag: 'things',
    summary: 'Look one up',
    effect: 'read',
    params: z.strictObject({ thingId: z.string() }),
    resource: { kind: 'thing', param: 'thingId' },
    answers: { 200: { description: 'It', body: answerSchema } },
    lookUp,
  };
}

function followRoute(hooks: Hooks): Route {
  return {
    operation: 'followThing',
    method: 'GET',
    path: '/v1/things/:thing_id/stream',
    tag: 'things',
    summary: 'Events',
    effect: 'own',
    params: z.strictObject({ thingId: z.string() }),
    events: { thing: answerSchema },
    answers: { 200: { description: 'Events' } },
    refusals: STREAM_REFUSALS,
    handle: async ({ params }) =>
      params.thingId === 'missing'
        ? refused('not_found', '')
        : accepted({ kind: 'stream', open: (stream) => hooks.streaming?.(stream) }),
  };
}

const organisationOf = (name: string | undefined) => (name === 'bob' ? 'org_b' : 'org_a');

/**
 * A server of the things above; the bearer token is the caller's name, and `anonymous` needs none. All work for org_a but
 * bob, who works for org_b.
 */
export async function startThings(
  world: World,
  hooks: Hooks,
  options: {
    perMinute?: number;
    burst?: number;
    limits?: Partial<HttpLimits>;
    streamLimits?: StreamLimits;
    trustedProxies?: readonly string[];
    publicHost?: string;
  } = {},
): Promise<{ http: FastifyInstance; url: string; port: number; errors: unknown[]; hosts: unknown[] }> {
  const errors: unknown[] = [];
  /** What requests were addressed to, as whoever judges them is told. */
  const hosts: unknown[] = [];
  const access: AccessControl<CallerIdentity> = {
    authenticate: async (headers) => {
      hosts.push(headers.host);
      const name = headers.authorization?.replace('Bearer ', '');
      if (name === 'unknown') return refused('unauthenticated', '');
      // A look at the database, as the real one takes.
      await world.read('network', (db) => db.rows(sql`select 1`));
      return accepted({
        caller: { id: name ?? 'anonymous', organisationId: organisationOf(name), role: name ?? 'anonymous' },
        world,
      });
    },
    relationsAllowed: (caller) =>
      caller.role === 'outsider' ? [] : caller.role === 'operator' ? ['any'] : ['own'],
    findRelation: async () => ({ owner: 'org_a', relations: ['own'] }),
  };
  const http = createHttpServer({
    routes: thingRoutes(hooks),
    access,
    catalogue: { ...PLATFORM_ERRORS, ...STREAM_ERRORS },
    limiter: createRateLimiter({ perMinute: options.perMinute ?? 1e9, burst: options.burst ?? 1e9 }),
    onError: (error) => errors.push(error),
    onRequest: () => undefined,
    ...(options.limits === undefined ? {} : { limits: options.limits }),
    ...(options.trustedProxies === undefined ? {} : { trustedProxies: options.trustedProxies }),
    ...(options.publicHost === undefined ? {} : { publicHost: options.publicHost }),
    ...(options.streamLimits === undefined ? {} : { streamLimits: options.streamLimits }),
  });
  await http.listen({ host: '127.0.0.1', port: 0 });
  const port = (http.server.address() as { port: number }).port;
  return { http, url: `http://127.0.0.1:${port}`, port, errors, hosts };
}
