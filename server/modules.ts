import { ACCOUNT_ERRORS, accountRelations, accountRoutes } from '../network/accounts/index.ts';
import type { Module } from './module.ts';
import type { Ports } from './ports.ts';

/** Every room, lowest first. Wiring only: nothing is decided here. */
export function createModules(_ports: Ports): readonly Module[] {
  return [{ name: 'accounts', routes: accountRoutes(), errors: ACCOUNT_ERRORS, relations: accountRelations }];
}
