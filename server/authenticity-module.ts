import {
  AUTHENTICITY_ERRORS,
  AUTHENTICITY_EVENTS,
  type AuthenticityPorts,
  authenticityJobs,
  authenticityReactions,
  authenticityRelations,
  authenticityRoutes,
  FALSE_TRACKING_KIND,
  readDeclaration,
} from '../network/authenticity/index.ts';
import type { Vault } from '../network/vault/index.ts';
import type { Module } from './module.ts';

export function authenticityModule(vault: Vault): Module {
  const ports: AuthenticityPorts = {
    vault,
    rulebook: FALSE_TRACKING_KIND,
    readDeclaration,
  };
  return {
    name: 'authenticity',
    routes: authenticityRoutes(ports),
    errors: AUTHENTICITY_ERRORS,
    events: AUTHENTICITY_EVENTS,
    relations: authenticityRelations,
    reactions: authenticityReactions(ports),
    jobs: authenticityJobs(ports),
  };
}
