import { accepted } from '../network/kernel/index.ts';
import type { BlockIndex } from '../network/points/index.ts';
import {
  RETURN_ERRORS,
  RETURN_EVENTS,
  returnJobs,
  returnReactions,
  returnRelations,
  returnRoutes,
  schedulePurge,
} from '../network/returns/index.ts';
import type { Module } from './module.ts';
import { createReturnPorts, type ReturnNeeds } from './return-ports.ts';

export type { ReturnNeeds } from './return-ports.ts';

export function returnsModule(
  needs: ReturnNeeds,
  locatorOf: Parameters<typeof createReturnPorts>[1],
  blocks: BlockIndex,
): Module {
  const ports = createReturnPorts(needs, locatorOf, blocks);
  return {
    name: 'returns',
    routes: returnRoutes(ports),
    errors: RETURN_ERRORS,
    events: RETURN_EVENTS,
    relations: returnRelations(ports),
    reactions: returnReactions(ports),
    jobs: returnJobs(ports),
    onStart: async (world) => {
      await world.command('network', async (work) => {
        schedulePurge(work);
        return accepted(undefined);
      });
    },
  };
}
