export { decodeCursor, encodeCursor } from './cursor.ts';
export type { Discovery } from './discovery.ts';
export { STREAM_ERRORS, STREAM_LIMITS, STREAM_REFUSALS, type StreamLimits } from './event-streams.ts';
export { purgeIdempotency } from './idempotency.ts';
export { fieldErrors } from './input.ts';
export { JsonTrapError, parseStrictJson } from './json.ts';
export { openApiOf, schemaOf } from './openapi.ts';
export type { AccessControl, EffectDone } from './ports.ts';
export { PLATFORM_ERRORS, type Problem } from './problem.ts';
export { createRateLimiter, type RateLimiter } from './rate-limit.ts';
export {
  type Answers,
  type Call,
  type CallerIdentity,
  type EventStream,
  type LookUpRoute,
  type Noting,
  type OpenRoute,
  type ReadRoute,
  type Reply,
  type Route,
  replyWith,
  type StreamedEvent,
  type StreamReply,
  type WriteRoute,
} from './route.ts';
export { createHttpServer, type HttpOptions } from './server.ts';
export { snakeCase, wireCodec } from './wire.ts';
