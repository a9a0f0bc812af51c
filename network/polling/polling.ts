import type { Route } from '../../platform/http/index.ts';
import type { Reaction } from '../../platform/outbox/index.ts';
import type { Poller, World } from '../../platform/world/index.ts';
import type { KeepPayload } from '../tracking/index.ts';
import { payloadRoutes } from './payload-routes.ts';
import { keepPayload } from './payloads.ts';
import { pullPorts, startPolling } from './poller.ts';
import type { PollingPorts } from './ports.ts';
import { pushRoutes } from './push-routes.ts';
import { pollingReactions } from './reactions.ts';
import { connectorRoute, credentialRoutes, numberRoutes } from './routes.ts';

/** The room wired with what it needs. `keep`: for payloads that come to tracking's own route. */
export function createPolling(ports: PollingPorts): {
  readonly routes: readonly Route[];
  readonly keep: KeepPayload;
  readonly reactions: readonly Reaction[];
  readonly workers: readonly {
    readonly name: string;
    start(world: World, onFailure: (error: unknown) => void): Poller;
  }[];
} {
  const asking = pullPorts(ports);
  return {
    routes: [
      connectorRoute(ports),
      ...credentialRoutes(ports, asking),
      ...numberRoutes(ports),
      ...pushRoutes(ports),
      ...payloadRoutes(ports),
    ],
    keep: (world, organisationId, came) =>
      keepPayload(world, ports.keys, organisationId, { ...came, way: 'sent' }),
    reactions: pollingReactions(ports),
    workers: [
      { name: 'polling', start: (world, onFailure) => startPolling(world, ports, asking, onFailure) },
    ],
  };
}
