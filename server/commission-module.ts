import {
  COMMISSION_ERRORS,
  COMMISSION_EVENTS,
  commissionJobs,
  commissionReactions,
  commissionRelations,
  commissionRoutes,
} from '../network/commissions/index.ts';
import {
  PROCEEDS_ERRORS,
  PROCEEDS_EVENTS,
  proceedsJobs,
  proceedsReactions,
  proceedsRelations,
  proceedsRoutes,
} from '../network/proceeds/index.ts';
import type { Vault } from '../network/vault/index.ts';
import type { Module } from './module.ts';

/** What point networks earn and owe: above every room that tells of work at a point. */
export function commissionModule(vault: Vault): Module {
  return {
    name: 'commissions',
    routes: commissionRoutes(vault),
    errors: COMMISSION_ERRORS,
    events: COMMISSION_EVENTS,
    relations: commissionRelations,
    reactions: commissionReactions(vault),
    jobs: commissionJobs,
  };
}

/** What counters were paid for goods, on its way to who sent them. */
export function proceedsModule(): Module {
  return {
    name: 'proceeds',
    routes: proceedsRoutes(),
    errors: PROCEEDS_ERRORS,
    events: PROCEEDS_EVENTS,
    relations: proceedsRelations,
    reactions: proceedsReactions(),
    jobs: proceedsJobs,
  };
}
