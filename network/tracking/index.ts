export { type BuyerDoor, createBuyerDoor, type RecipientCheck, worldOfQuestion } from './buyer.ts';
export type { SendingOf } from './buyer-pieces.ts';
export { buyerRoutes } from './buyer-routes.ts';
export { type BuyerViews, createBuyerViews } from './buyer-view.ts';
export type { CarrierReading, ParcelReading } from './carrier-reading.ts';
export { listConsignment } from './consignment.ts';
export { type ContainmentReport, takeContainment } from './containment-lines.ts';
export { destinationZone } from './destination-zone.policy.ts';
export { TRACKING_ERRORS } from './errors.ts';
export { purgeMilestoneHours } from './flow-store.ts';
export { foldScans } from './fold.ts';
export { type LineResult, recordScanLines, reporterOf } from './intake.ts';
export { MILESTONE_NAMES, MILESTONES } from './milestones.policy.ts';
export type {
  Milestone,
  ParcelStatus,
  ParcelSubstatus,
  Scan,
  ScanId,
  ScanPlace,
  Timeline,
} from './model.ts';
export { OWN_SOURCE } from './model.ts';
export { type NumberReport, type NumberScan, scansOfNumber } from './number-scans.ts';
export { destinationZoneSchema, withRecipientQuestion } from './parcel-contract.ts';
export { listParcelStates, type ParcelState } from './parcel-states.ts';
export { type KeepPayload, payloadRoutes, type ReadPayload } from './payload-routes.ts';
export { trackingReactions } from './reactions.ts';
export { takeReading } from './reading-intake.ts';
export type { Reporter } from './recognition.policy.ts';
export { type OwnScan, recordOwnScans } from './record.ts';
export { withdrawScans } from './register.ts';
export { trackingRoutes } from './routes.ts';
export { scanIdOf } from './scan-identity.ts';
export { readScanTime } from './scan-time.policy.ts';
export { codesOf, meaningOf } from './source-codes.policy.ts';
export { purgeSourceHours } from './source-hour-store.ts';
export { hasMoved } from './status.policy.ts';
export { parcelsOfNumber, parcelsOfNumbers, timelineOfParcel, trackingRelations } from './views.ts';
export { trackingWork } from './work.ts';
