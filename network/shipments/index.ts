export {
  type CarrierParcel,
  listOpenShipmentsOfParty,
  listParcelsOfCarrier,
  listParcelsOfReference,
  listShipmentIdsOfRecipients,
  listShipmentIdsOfReference,
} from './carrier-parcels-store.ts';
export {
  coarsePlaceSchema,
  declaredItemSchema,
  maskedPartySchema,
  shipmentSchema,
} from './contract.ts';
export { asLedgerLine, createFreightEffects } from './freight.ts';
export { INTERCEPTION_ERRORS, type InterceptionPorts } from './interception.ts';
export { INTERCEPTION_EVENTS } from './interception-events.ts';
export { interceptionRelations, interceptionRoutes } from './interception-routes.ts';
export { listIntercepted } from './interception-store.ts';
export { createLabelContent } from './label-content.ts';
export { maskProfileOf, pageProfileOf } from './mask-profile.policy.ts';
export {
  type CoarsePlace,
  type DeclaredItem,
  HANDOVER_KINDS,
  type HandoverKind,
  SHIPMENT_ERRORS,
  type Shipment,
  type ShipmentParcel,
  type ShipmentState,
} from './model.ts';
export { addressLinesOf } from './party-lines.ts';
export type { ParcelsToNumber, ShipmentPorts } from './ports.ts';
export { type PurchaseEnds, purchaseFor } from './purchase.ts';
export { shipmentReactions } from './reactions.ts';
export { shipmentRelations } from './relations.ts';
export { shipmentRoutes } from './routes.ts';
export { type FreightEffects, type StepActor, type StepInput, takeStep } from './step.ts';
export { findShipment, findShipmentOfParcel, listParts, listShipmentsByIds, lockShipment } from './store.ts';
export { presentShipments } from './views.ts';
