export { BUCKETS, bucketOf } from './bucket.policy.ts';
export type { RecipientCheck } from './buyer.ts';
export { buyerRoutes } from './buyer-routes.ts';
export type { CarrierReading, ParcelReading } from './carrier-reading.ts';
export { codeMappingJobs } from './code-mapping-job.ts';
export { type ContainmentReport, takeContainment } from './containment-lines.ts';
export { ScanInput, TimelineAnswer, timelineAnswer } from './contract.ts';
export { TRACKING_ERRORS } from './errors.ts';
export { purgeMilestoneHours } from './flow-store.ts';
export { foldScans } from './fold.ts';
export { type LineResult, recordScanLines, reporterOf } from './intake.ts';
export { MILESTONE_NAMES, MILESTONES, type MilestoneRule } from './milestones.policy.ts';
export type {
  Leg,
  Milestone,
  ParcelStatus,
  ParcelSubstatus,
  QualityFlag,
  Scan,
  ScanId,
  ScanPlace,
  Timeline,
} from './model.ts';
export { payloadRoutes, type ReadPayload } from './payload-routes.ts';
export { trackingReactions } from './reactions.ts';
export type { Reporter } from './recognition.policy.ts';
export { type OwnScan, recordOwnScans } from './record.ts';
export { addParcelNumbers, type ParcelNumber } from './register.ts';
export { trackingRoutes } from './routes.ts';
export { isScanId, type ScanContent, scanIdOf } from './scan-identity.ts';
export { readScanTime, type ScanTime, type StatedTime, type ZoneHints } from './scan-time.policy.ts';
export {
  type CodeMeaning,
  type CodeTableName,
  codesOf,
  meaningOf,
  WITHDRAWAL_CODE,
} from './source-codes.policy.ts';
export { hasMoved } from './status.policy.ts';
export { parcelsOfNumber, timelineOfParcel, trackingRelations } from './views.ts';
