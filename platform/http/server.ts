import Fastify, { type FastifyInstance } from 'fastify';
import type { Catalogue } from '../../network/kernel/index.ts';
import { newId } from '../world/index.ts';
import { type AccessControl, createPipeline, sendProblem } from './pipeline.ts';
import type { RateLimiter } from './rate-limit.ts';
import type { CallerIdentity, Route } from './route.ts';

export type HttpOptions<Caller extends CallerIdentity> = {
  readonly routes: readonly Route[];
  readonly access: AccessControl<Caller>;
  readonly catalogue: Catalogue;
  readonly limiter: RateLimiter;
  readonly onError: (error: unknown, operation: string, requestId: string) => void;
  /** Told of each finished request; durations in milliseconds. */
  readonly onRequest: (done: {
    operation: string;
    method: string;
    status: number;
    durationMs: number;
    requestId: string;
  }) => void;
};

const DEFAULT_BODY_LIMIT_BYTES = 1_048_576;
const REQUEST_ID = /^[A-Za-z0-9_.-]{1,64}$/;

/**
 * The HTTP server. Node's own limits are too lax: headers must come within 10 s and a request within 30 s.
 * Two Host headers and a body with GET are refused (Node takes both).
 */
export function createHttpServer<Caller extends CallerIdentity>(
  options: HttpOptions<Caller>,
): FastifyInstance {
  const app = Fastify({
    logger: false,
    trustProxy: false,
    bodyLimit: DEFAULT_BODY_LIMIT_BYTES,
    requestTimeout: 30_000,
    connectionTimeout: 30_000,
    keepAliveTimeout: 30_000,
    forceCloseConnections: 'idle',
    http: { headersTimeout: 10_000, maxHeaderSize: 16_384 },
    routerOptions: { maxParamLength: 128, ignoreTrailingSlash: false },
    genReqId: (request) => {
      const given = request.headers['request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : newId('req');
    },
  });
  const problem = (reply: Parameters<typeof sendProblem>[0], code: string, detail = '') =>
    sendProblem(reply, { code, detail }, options.catalogue);

  app.removeAllContentTypeParsers();
  const accepts = new Set(['application/json', ...options.routes.flatMap((route) => route.consumes ?? [])]);
  app.addContentTypeParser([...accepts], { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  app.addHook('onRequest', async (request, reply) => {
    reply.header('request-id', request.id);
    reply.header('x-content-type-options', 'nosniff');
    reply.header('cache-control', 'no-store');
    const raw = request.raw.rawHeaders;
    let hosts = 0;
    for (let index = 0; index < raw.length; index += 2) if (raw[index]?.toLowerCase() === 'host') hosts += 1;
    if (hosts > 1) return problem(reply, 'malformed_request', 'There are two Host headers.');
    const bodied =
      request.headers['transfer-encoding'] !== undefined ||
      Number(request.headers['content-length'] ?? 0) > 0;
    if (bodied && (request.method === 'GET' || request.method === 'HEAD')) {
      reply.header('connection', 'close');
      return problem(reply, 'malformed_request', `A ${request.method} request has a body.`);
    }
  });
  app.addHook('onResponse', async (request, reply) => {
    options.onRequest({
      operation: (request.routeOptions.config as { operation?: string }).operation ?? 'other',
      method: request.method,
      status: reply.statusCode,
      durationMs: reply.elapsedTime,
      requestId: request.id,
    });
  });
  app.setErrorHandler((error: { code?: string; statusCode?: number }, request, reply) => {
    if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return problem(reply, 'body_too_large');
    if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return problem(reply, 'unsupported_media_type');
    if (error.statusCode !== undefined && error.statusCode < 500) return problem(reply, 'malformed_request');
    options.onError(error, 'http', request.id);
    return problem(reply, 'internal');
  });

  const answer = createPipeline(options);
  for (const route of options.routes) {
    app.route({
      method: route.method,
      url: route.path,
      ...(route.bodyLimitBytes === undefined ? {} : { bodyLimit: route.bodyLimitBytes }),
      config: { operation: route.operation },
      exposeHeadRoute: false,
      handler: (request, reply) => answer(route, request, reply),
    });
  }
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter(
      (method) =>
        app.findRoute({ method: method as 'GET', url: path }) !== null ||
        matches(options.routes, method, path),
    );
    if (methods.length > 0) {
      reply.header('allow', methods.join(', '));
      return problem(reply, 'method_not_allowed');
    }
    return problem(reply, 'not_found', 'There is nothing at this address. See /docs.');
  });
  return app;
}

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
