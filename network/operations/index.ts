import type { Route } from '../../platform/http/index.ts';
import type { Reaction } from '../../platform/outbox/index.ts';
import type { Vault } from '../vault/index.ts';
import { healthRoutes } from './health-routes.ts';
import { searchRoute } from './search-route.ts';

export { OPERATIONS_ERRORS } from './model.ts';

export type OperationsPorts = { readonly vault: Vault; readonly reactions: () => readonly Reaction[] };

export function operationsRoutes(ports: OperationsPorts): readonly Route[] {
  return [searchRoute(ports.vault), ...healthRoutes(ports.reactions)];
}
