import { createNotices } from '../network/notices/index.ts';
import {
  QUERIES_ERRORS,
  queryJobs,
  queryReactions,
  queryRoutes,
  subscriptionRoutes,
} from '../network/queries/index.ts';
import { errorFields } from '../platform/telemetry/index.ts';
import type { Module } from './module.ts';
import type { Ports } from './ports.ts';

/** What tells others of what happens in all rooms below. */
export function noticeModules(modules: readonly Module[], ports: Ports): readonly Module[] {
  return [noticesOf(modules, ports), queriesModule(ports)];
}

/** The room above all others: it publishes what every room declares as an event. */
function noticesOf(modules: readonly Module[], ports: Ports): Module {
  const notices = createNotices({
    eventTypes: modules.flatMap((module) => module.events ?? []),
    keys: ports.keyRing,
    allowLoopback: ports.webhookLoopback,
    onError: (error) => ports.log.error('looking for changes failed', errorFields(error)),
    onFeedFault: ({ type, paths }) =>
      ports.log.error('event does not fit its schema', {
        consumer: 'notices.feed',
        detail: `${type}: ${paths.join(' ')}`,
      }),
  });
  return { name: 'notices', ...notices };
}

function queriesModule({ keyRing: keys, webhookLoopback: allowLoopback }: Ports): Module {
  return {
    name: 'queries',
    routes: [...queryRoutes(), ...subscriptionRoutes({ keys, allowLoopback })],
    errors: QUERIES_ERRORS,
    reactions: queryReactions,
    jobs: queryJobs,
  };
}
