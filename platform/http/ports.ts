import type { FastifyRequest } from 'fastify';
import type { Catalogue, Outcome } from '../../network/kernel/index.ts';
import type { Queryable } from '../db/index.ts';
import type { Work, World } from '../world/index.ts';
import type { EventStreams } from './event-streams.ts';
import type { RateLimiter } from './rate-limit.ts';
import type { CallerIdentity, Route } from './route.ts';

/** What `network/accounts` decides for this layer. */
export type AccessControl<Caller extends CallerIdentity> = {
  /** From headers to a caller and his world. Public routes get an anonymous caller, in the world that they name. */
  authenticate(
    headers: FastifyRequest['headers'],
    route: Route,
    anonymousWorld: 'live' | 'test',
    /** The request's address as it came, for credentials that are bound to one; the route's own when absent. */
    url?: string,
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

/** A command that was accepted, in its transaction and before its commit. `answer`: the body in the names of our code. */
export type EffectDone = {
  readonly operation: string;
  readonly caller: CallerIdentity;
  readonly owner: string;
  readonly params: unknown;
  readonly answer: unknown;
  readonly requestId: string;
};

export type PipelinePorts<Caller extends CallerIdentity> = {
  readonly access: AccessControl<Caller>;
  readonly catalogue: Catalogue;
  readonly limiter: RateLimiter;
  readonly streams: EventStreams;
  readonly onError: (error: unknown, operation: string, requestId: string) => void;
  /** Runs in the network's scope; what it throws rolls the command back. */
  readonly onEffect?: (work: Work, done: EffectDone) => Promise<void>;
};
