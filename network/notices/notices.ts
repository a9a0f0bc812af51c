import type { KeyRing } from '../../platform/crypto/index.ts';
import type { Route } from '../../platform/http/index.ts';
import type { JobHandler } from '../../platform/jobs/index.ts';
import { createOutbound } from '../../platform/outbound/index.ts';
import type { EventType, Reaction } from '../../platform/outbox/index.ts';
import type { World } from '../../platform/world/index.ts';
import type { RelationFinder } from '../accounts/index.ts';
import type { Catalogue } from '../kernel/index.ts';
import { changeRoute } from './change-routes.ts';
import { type Deliverer, startDeliverer } from './deliverer.ts';
import { deliveryRoutes, noticeRelations } from './delivery-routes.ts';
import { NOTICE_EVENTS } from './events.ts';
import { type FeedFault, feedReaction } from './feed.ts';
import { NOTICE_ERRORS } from './model.ts';
import { purgeJob, schedulePurge } from './purge.ts';
import { endpointRoutes, feedRoute } from './routes.ts';

export type NoticesOptions = {
  /** Event types of all other modules; those of this one are added. */
  readonly eventTypes: readonly EventType[];
  /** Seals signing secrets. */
  readonly keys: KeyRing;
  /** Development and tests: receivers on this machine. Never on a server that strangers use. */
  readonly allowLoopback: boolean;
  /** Of a look for changes that failed; the next one is tried by itself. */
  readonly onError: (error: unknown) => void;
  readonly onFeedFault?: (fault: FeedFault) => void;
};

/** The room wired with what it needs. `workers` run beside relay and jobs wherever those run. */
export function createNotices(options: NoticesOptions): {
  readonly routes: readonly Route[];
  readonly errors: Catalogue;
  readonly events: readonly EventType[];
  readonly relations: Readonly<Record<string, RelationFinder>>;
  readonly reactions: readonly Reaction[];
  readonly jobs: readonly JobHandler[];
  readonly onStart: (world: World) => Promise<void>;
  readonly workers: readonly {
    readonly name: string;
    start(world: World, onFailure: (error: unknown) => void): Deliverer;
  }[];
} {
  const eventTypes = [...options.eventTypes, ...NOTICE_EVENTS];
  const ports = {
    keys: options.keys,
    allowLoopback: options.allowLoopback,
    publicTypes: [...new Set(eventTypes.map((type) => type.publicName))].sort(),
  };
  const outbound = createOutbound({ allowLoopback: options.allowLoopback });
  return {
    routes: [changeRoute(options.onError), feedRoute(ports), ...endpointRoutes(ports), ...deliveryRoutes()],
    errors: NOTICE_ERRORS,
    events: NOTICE_EVENTS,
    relations: noticeRelations,
    reactions: [feedReaction(eventTypes, options.onFeedFault ?? (() => undefined))],
    jobs: [purgeJob],
    onStart: schedulePurge,
    workers: [
      {
        name: 'webhooks',
        start: (world, onFailure) => startDeliverer(world, { keys: options.keys, outbound }, onFailure),
      },
    ],
  };
}
