import type { Route } from '../../platform/http/index.ts';
import { bagRoutes } from './bag-routes.ts';
import { batchRoutes } from './batch-routes.ts';

export { HANDOVER_EVENTS } from './events.ts';
export { type Bag, HANDOVER_ERRORS, type Handover, type HandoverState } from './model.ts';
export { handoverRelations } from './relations.ts';
export { findBag, findBagOf, findHandover } from './store.ts';

export function handoverRoutes(): readonly Route[] {
  return [...bagRoutes(), ...batchRoutes()];
}
