export { createFreightEffects } from './freight.ts';
export { createLabelContent } from './label-content.ts';
export {
  type HandoverKind,
  SHIPMENT_ERRORS,
  type Shipment,
  type ShipmentParcel,
  type ShipmentState,
} from './model.ts';
export type { ParcelsToNumber, ShipmentPorts } from './ports.ts';
export { shipmentReactions } from './reactions.ts';
export { type PartyInput, readParty } from './read-party.ts';
export { shipmentRelations } from './relations.ts';
export { shipmentRoutes } from './routes.ts';
export { type FreightEffects, type StepActor, type StepInput, takeStep } from './step.ts';
export { findShipment, findShipmentOfParcel, lockShipment } from './store.ts';
