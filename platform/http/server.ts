import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Catalogue } from '../../network/kernel/index.ts';
import { newId, type Work } from '../world/index.ts';
import { sendProblem } from './answer.ts';
import { drain } from './body-pieces.ts';
import { type Discovery, discoveryAt } from './discovery.ts';
import { createEventStreams, type StreamLimits } from './event-streams.ts';
import { createPipeline } from './pipeline.ts';
import type { AccessControl, EffectDone } from './ports.ts';
import { problemOf } from './problem.ts';
import type { RateLimiter } from './rate-limit.ts';
import type { CallerIdentity, Route } from './route.ts';

export type HttpOptions<Caller extends CallerIdentity> = {
  readonly routes: readonly Route[];
  readonly access: AccessControl<Caller>;
  readonly catalogue: Catalogue;
  readonly limiter: RateLimiter;
  readonly onError: (error: unknown, operation: string, requestId: string) => void;
  /** In the transaction of each accepted command, before its commit. */
  readonly onEffect?: (work: Work, done: EffectDone) => Promise<void>;
  /** Told of each finished request; durations in milliseconds. */
  readonly onRequest: (done: {
    operation: string;
    method: string;
    status: number;
    durationMs: number;
    requestId: string;
  }) => void;
  readonly discoveries?: readonly Discovery[];
  /** How many streams of server-sent events may be open. */
  readonly streamLimits?: StreamLimits;
  /**
   * Addresses and CIDR ranges of proxies in front of this server. Of a request that comes from one of them the caller is
   * the last address of X-Forwarded-For that is none of them; from anybody else that header means nothing.
   */
  readonly trustedProxies?: readonly string[];
  /** The host that people know this server by, where proxies in front of it rewrite Host; each request counts as one to it. */
  readonly publicHost?: string | undefined;
  /** For tests, which cannot wait for the real ones. */
  readonly limits?: Partial<HttpLimits>;
};

/** How long a client may take for its headers and for its whole request, and how often that is looked at. */
export type HttpLimits = {
  readonly headersTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly checkEveryMs: number;
};

/** Source: promises, "Node's defaults are too lax: headers 10 s, request 30 s". Node looks every 30 s by itself. */
const LIMITS: HttpLimits = { headersTimeoutMs: 10_000, requestTimeoutMs: 30_000, checkEveryMs: 2_000 };

const DEFAULT_BODY_LIMIT_BYTES = 1_048_576;
const REQUEST_ID = /^[A-Za-z0-9_.-]{1,64}$/;

/**
 * The HTTP server. Node's own limits are too lax: headers must come within 10 s and a request within 30 s.
 * Two Host headers and a body with GET are refused (Node takes both).
 */
export function createHttpServer<Caller extends CallerIdentity>(
  options: HttpOptions<Caller>,
): FastifyInstance {
  const limits = { ...LIMITS, ...options.limits };
  const streams = createEventStreams(options.streamLimits);
  const problem = (reply: FastifyReply, code: string, detail = '') =>
    sendProblem(reply, { code, detail }, options.catalogue);
  const app = Fastify({
    logger: false,
    // Never `true`: then everybody would name his own address.
    trustProxy: options.trustedProxies?.length ? [...options.trustedProxies] : false,
    bodyLimit: DEFAULT_BODY_LIMIT_BYTES,
    requestTimeout: limits.requestTimeoutMs,
    connectionTimeout: 30_000,
    keepAliveTimeout: 30_000,
    forceCloseConnections: 'idle',
    http: {
      headersTimeout: limits.headersTimeoutMs,
      connectionsCheckingInterval: limits.checkEveryMs,
      maxHeaderSize: 16_384,
    },
    routerOptions: { maxParamLength: 128, ignoreTrailingSlash: false },
    genReqId: (request) => {
      const given = request.headers['request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : newId('req');
    },
    // An address that cannot be decoded, or with a part that is too long, names nothing.
    frameworkErrors: (_error, request, reply) => {
      reply.header('request-id', request.id);
      return problem(reply, 'not_found', 'There is nothing at this address. See /docs.');
    },
    clientErrorHandler: (error, socket) => endBrokenConnection(error, socket, options.catalogue),
  });

  app.removeAllContentTypeParsers();
  const accepts = new Set(['application/json', ...options.routes.flatMap((route) => route.consumes ?? [])]);
  app.addContentTypeParser([...accepts], { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  app.addHook('preClose', async () => streams.endAll());
  app.addHook('onRequest', (request, reply, goOn) => {
    if (options.publicHost !== undefined) request.raw.headers.host = options.publicHost;
    if (beforeRequest(request, reply, problem) === undefined) goOn();
  });
  app.addHook('onResponse', (request, reply, done) => {
    options.onRequest({
      operation: (request.routeOptions.config as { operation?: string }).operation ?? 'other',
      method: request.method,
      status: reply.raw.statusCode,
      // How long a reader stayed at a stream says nothing about how quick the server is.
      durationMs: streams.openedAfterMs(reply) ?? reply.elapsedTime,
      requestId: request.id,
    });
    done();
  });
  app.setErrorHandler((error: { code?: string; statusCode?: number }, request, reply) => {
    if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
      const limit = request.routeOptions.bodyLimit ?? DEFAULT_BODY_LIMIT_BYTES;
      return problem(reply, 'body_too_large', `This address takes at most ${limit} bytes.`);
    }
    if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return problem(reply, 'unsupported_media_type');
    if (error.statusCode !== undefined && error.statusCode < 500) return problem(reply, 'malformed_request');
    options.onError(error, 'http', request.id);
    return problem(reply, 'internal');
  });

  const answer = createPipeline({ ...options, streams });
  for (const route of options.routes) addRoute(app, route, answer);
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    const methods = methodsAt(app, options.routes, path);
    const discovery = discoveryAt(options.discoveries ?? [], path);
    if (discovery !== undefined && (methods.length > 0 || path === discovery.prefix))
      methods.unshift('OPTIONS');
    if (methods.length === 0)
      return problem(reply, 'not_found', 'There is nothing at this address. See /docs.');
    reply.header('allow', methods.join(', '));
    if (discovery !== undefined && request.method === 'OPTIONS')
      return reply.code(204).headers(discovery.headers).send();
    return problem(reply, 'method_not_allowed');
  });
  return app;
}

function addRoute(app: FastifyInstance, route: Route, answer: ReturnType<typeof createPipeline>): void {
  const addTo = (to: FastifyInstance) =>
    to.route({
      method: route.method,
      url: route.path,
      ...(route.bodyLimitBytes === undefined ? {} : { bodyLimit: route.bodyLimitBytes }),
      config: { operation: route.operation },
      exposeHeadRoute: false,
      handler: (request, reply) => answer(route, request, reply),
    });
  if (route.effect !== 'own' || route.streamsBody !== true) {
    addTo(app);
    return;
  }
  // In a context of its own: there nothing reads bodies before the handler does.
  app.register(async (apart) => {
    apart.removeAllContentTypeParsers();
    apart.addContentTypeParser([...(route.consumes ?? [])], (_request, body, done) => done(null, body));
    apart.addHook('onSend', async (request, reply) => {
      if (reply.statusCode === 413) reply.header('connection', 'close');
      drain(request);
    });
    addTo(apart);
  });
}

type SendProblem = (reply: FastifyReply, code: string, detail?: string) => FastifyReply;

function beforeRequest(
  request: FastifyRequest,
  reply: FastifyReply,
  problem: SendProblem,
): FastifyReply | undefined {
  reply.header('request-id', request.id);
  reply.header('x-content-type-options', 'nosniff');
  reply.header('cache-control', 'no-store');
  const malformed = malformedRequest(request);
  if (malformed !== undefined) {
    reply.header('connection', 'close');
    return problem(reply, 'malformed_request', malformed);
  }
  return (request.headers['content-encoding'] ?? 'identity') === 'identity'
    ? undefined
    : problem(reply, 'unsupported_media_type', 'Send the body without a Content-Encoding.');
}

/** What Node takes and we do not; undefined: nothing. */
function malformedRequest(request: FastifyRequest): string | undefined {
  if (countHosts(request.raw.rawHeaders) > 1) return 'There are two Host headers.';
  const bodied =
    request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  return bodied && (request.method === 'GET' || request.method === 'HEAD')
    ? `A ${request.method} request has a body.`
    : undefined;
}

/** `headers`: names and values in turn. */
function countHosts(headers: readonly string[]): number {
  let hosts = 0;
  for (let index = 0; index < headers.length; index += 2) {
    const name = headers[index];
    if (name?.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  return hosts;
}

/** Bytes that are no HTTP, headers that are too long or come too slowly: one answer, then the end. */
function endBrokenConnection(error: Error & { code?: string }, socket: Socket, catalogue: Catalogue): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const status =
    error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  const problem = {
    ...problemOf({ code: 'malformed_request', detail: '' }, catalogue, newId('req')),
    status,
  };
  const body = JSON.stringify(problem);
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-type: application/problem+json\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

/** What the routes' table has at an address. */
function methodsAt(app: FastifyInstance, routes: readonly Route[], path: string): string[] {
  return METHODS.filter(
    (method) => app.findRoute({ method, url: path }) !== null || matches(routes, method, path),
  );
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

function matches(routes: readonly Route[], method: string, path: string): boolean {
  const parts = path.split('/');
  return routes.some((route) => {
    const pattern = route.path.split('/');
    return (
      route.method === method &&
      pattern.length === parts.length &&
      pattern.every((part, index) => part.startsWith(':') || part === parts[index])
    );
  });
}
