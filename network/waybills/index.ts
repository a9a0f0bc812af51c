export { labelSchema, printSchema } from './contract.ts';
export { WAYBILL_ERRORS } from './errors.ts';
export { WAYBILL_EVENTS } from './events.ts';
export { type FirstPrint, firstLabels, type PrintedLabel, type PrintOptions } from './first-label.ts';
export { openMarksFile } from './high-water-marks.ts';
export { issueWaybills } from './issue.ts';
export type { Waybill, WaybillRequest } from './model.ts';
export { createWaybillPorts } from './module.ts';
export { LABEL_REFUSALS, type NumberPort, replyWithLabel, type WaybillPorts } from './ports.ts';
export {
  basicLabelContent,
  draftLabel,
  drawLabel,
  type LabelContentSource,
  labelBlobs,
  readDocument,
  recordLabel,
} from './print.ts';
export { waybillJobs, waybillReactions } from './reactions.ts';
export { waybillRelations } from './relations.ts';
export { waybillRoutes } from './routes.ts';
export type { Resolution } from './routing.policy.ts';
export { resolveAreas } from './routing-handle.ts';
export { listLowStock, loadSegment } from './segment-handle.ts';
export {
  findWaybill,
  findWaybillByNumber,
  listWaybillsOfParcels,
} from './store.ts';
export {
  activateWaybill,
  cancelWaybill,
  closeWaybill,
  confirmInterception,
  endInterception,
  requestInterception,
  updateWaybill,
} from './transitions.ts';
