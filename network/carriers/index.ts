export { trafficPercent } from './decide.ts';
export { CARRIER_EVENTS } from './events.ts';
export {
  areStandingsSettled,
  listOrderShares,
  takesOrders,
} from './handle.ts';
export {
  CARRIER_ERRORS,
  CARRIER_KINDS,
  type Carrier,
  type CarrierCode,
  type CarrierKind,
  type CarrierState,
  type CarrierStatus,
  GRADES,
  type Grade,
  type OrderIntake,
  QUALIFICATIONS,
  type Qualification,
  SOURCE_KINDS,
  type SourceKind,
  type TrackingSource,
} from './model.ts';
export { CARRIERS, findCarrier, findNumberFormat, getCarrier, SHIPPED_SOURCES } from './registry.ts';
export { carrierRoutes } from './routes.ts';
export { listRecognition } from './source-store.ts';
export { isRecognised } from './tracking-source.policy.ts';
export { isInsideShare } from './traffic-share.policy.ts';
