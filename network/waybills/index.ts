export type { DirectoryEntry } from './directory-store.ts';
export { WAYBILL_ERRORS, type WaybillErrorCode } from './errors.ts';
export { WAYBILL_EVENTS } from './events.ts';
export { type HighWaterMarks, openMarksFile } from './high-water-marks.ts';
export { issueWaybills } from './issue.ts';
export type {
  Area,
  Routing,
  Waybill,
  WaybillRequest,
  WaybillStatus,
} from './model.ts';
export { createWaybillPorts, type WaybillOptions } from './module.ts';
export type { WaybillPorts } from './ports.ts';
export {
  basicLabelContent,
  draftLabel,
  drawLabel,
  type LabelContentSource,
  labelBlobs,
} from './print.ts';
export { waybillJobs, waybillReactions } from './reactions.ts';
export { waybillRelations } from './relations.ts';
export { waybillRoutes } from './routes.ts';
export type { Resolution } from './routing.policy.ts';
export { resolveAreas } from './routing-handle.ts';
export { listLowStock, loadSegment } from './segment-handle.ts';
export { findWaybill, findWaybillOfParcel, listByIds, lockShipmentWaybills } from './store.ts';
export {
  activateWaybill,
  cancelWaybill,
  closeWaybill,
  confirmInterception,
  endInterception,
  requestInterception,
  updateWaybill,
} from './transitions.ts';
