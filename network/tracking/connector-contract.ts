/** The face of this room for `connectors/`: pure words and rules, so that a payload is read without a server. */
export {
  CARRIER_ERROR_NAMES,
  type CarrierError,
  type CarrierErrorName,
  type CarrierReading,
  type ParcelReading,
  type PlaceReading,
  type ReadMeaning,
  type ScanReading,
} from './carrier-reading.ts';
export { foldScans } from './fold.ts';
export { MILESTONES, substatusAfter } from './milestones.policy.ts';
export type { Milestone, ParcelSubstatus, Scan, Timeline } from './model.ts';
export { type ClockPlace, placeZone } from './place-zone.policy.ts';
export { type ScanContent, scanIdOf } from './scan-identity.ts';
export { readScanTime, type ScanTime } from './scan-time.policy.ts';
export { codesOf, meaningOf } from './source-codes.policy.ts';
