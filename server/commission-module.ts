import {
  COMMISSION_ERRORS,
  COMMISSION_EVENTS,
  commissionJobs,
  commissionReactions,
  commissionRelations,
  commissionRoutes,
} from '../network/commissions/index.ts';
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
