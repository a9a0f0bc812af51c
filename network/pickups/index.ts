import type { Route } from '../../platform/http/index.ts';
import { carrierRoutes } from './carrier-routes.ts';
import { courierRoutes } from './courier-routes.ts';
import { merchantRoutes } from './merchant-routes.ts';
import type { PickupPorts } from './visit.ts';

export { findCourier, findCourierOfCaller } from './courier-store.ts';
export { DOOR_REFUSALS, doorContactSchema, showDoor } from './door-contact.ts';
export { courierIdOf, isOnTheRoad, isSentTo } from './door-courier.ts';
export {
  type DoorVisit,
  endDoorWindow,
  holdDoorWindow,
  listDoorWindows,
  type OpenWindow,
} from './door-windows.ts';
export { PICKUP_EVENTS } from './events.ts';
export { PICKUP_ERRORS, type Pickup, type PickupPlace, type PickupState } from './model.ts';
export { pickupJobs, pickupReactions } from './reactions.ts';
export { pickupRelations } from './relations.ts';
export { findDeclaration, findPickup, findPickupOfShipment } from './store.ts';
export type { PickupPorts } from './visit.ts';

export function pickupRoutes(ports: PickupPorts): readonly Route[] {
  return [...merchantRoutes(ports), ...courierRoutes(ports), ...carrierRoutes(ports)];
}
