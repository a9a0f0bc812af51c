export { ScanInput, TimelineAnswer, timelineAnswer } from './contract.ts';
export { foldScans } from './fold.ts';
export { MILESTONE_NAMES, MILESTONES, type MilestoneRule } from './milestones.policy.ts';
export type {
  ActionRequired,
  Correction,
  Leg,
  Milestone,
  ParcelStatus,
  ParcelSubstatus,
  QualityFlag,
  ReachedMilestone,
  Scan,
  ScanEffect,
  ScanId,
  ScanPlace,
  SourceKind,
  Timeline,
  TimelineEntry,
  UnverifiedEntry,
  ZoneConfidence,
} from './model.ts';
export { combinePieces, type Pieces, type PiecesStatus } from './pieces.policy.ts';
export { isScanId, type ScanContent, scanIdOf } from './scan-identity.ts';
export { readScanTime, type ScanTime, type StatedTime, type ZoneHints } from './scan-time.policy.ts';
export {
  type CodeMeaning,
  type CodeTableName,
  codesOf,
  meaningOf,
  WITHDRAWAL_CODE,
} from './source-codes.policy.ts';
