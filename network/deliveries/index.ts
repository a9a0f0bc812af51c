import type { Route } from '../../platform/http/index.ts';
import { cashRoutes } from './cash-routes.ts';
import { doorRoutes } from './door-routes.ts';
import type { DeliveryPorts } from './ports.ts';
import { runRoutes } from './run-routes.ts';

export { listNamedProofBlobs } from './door-store.ts';
export { DELIVERY_EVENTS } from './events.ts';
export { IMAGE_LIMIT_BYTES, IMAGE_TYPES, imageTypeOf } from './image.policy.ts';
export { deliveryJobs } from './jobs.ts';
export {
  DELIVERY_ERRORS,
  type Delivery,
  type DeliveryId,
  type DeliveryState,
  type ProofId,
} from './model.ts';
export type { CourierOf, CourierOnDuty, DeliveryPorts } from './ports.ts';
export { proofFolder } from './proofs.ts';
export { deliveryPartyAccess, deliveryRelations } from './relations.ts';
export { findDelivery, listDeliveriesOfShipment } from './store.ts';

export function deliveryRoutes(ports: DeliveryPorts): readonly Route[] {
  return [...runRoutes(ports), ...doorRoutes(ports), ...cashRoutes()];
}
