import type { Route } from '../../platform/http/index.ts';
import { choiceRoutes } from './choice-routes.ts';
import { PORTAL } from './code-store.ts';
import { counterRoutes } from './counter-routes.ts';
import { doorRoutes } from './door-routes.ts';
import { portalRoutes } from './portal-routes.ts';
import type { ReturnPorts } from './ports.ts';
import { sellerRoutes } from './seller-routes.ts';
import { unreadRoutes } from './unread-routes.ts';

export { RETURN_ERRORS } from './errors.ts';
export { RETURN_EVENTS } from './events.ts';
export type { ReturnCase, ReturnId } from './model.ts';
export type { AllocationPort, CounterPoint, ReturnDemand, ReturnPorts } from './ports.ts';
export { returnJobs, returnReactions } from './reactions.ts';
export { returnRelations } from './relations.ts';
export { DEFAULT_RETURN_POLICY } from './rulebook.ts';
export { RETURN_POLICY_KIND } from './rulebook-kind.ts';

export function returnRoutes(ports: ReturnPorts): readonly Route[] {
  return [
    ...sellerRoutes(ports),
    ...choiceRoutes(ports),
    ...counterRoutes(ports),
    ...unreadRoutes(ports),
    ...doorRoutes(ports),
    ...portalRoutes(ports),
  ];
}

export const { schedulePurge } = PORTAL;
