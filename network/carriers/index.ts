export {
  CHECK_RULE_NAMES,
  CHECK_RULES,
  type CheckRule,
  type CheckRuleName,
  NATIVE_CHECK_RULES,
  s10CheckDigit,
} from './check-digit.policy.ts';
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
  type NumberRule,
  type OrderIntake,
  QUALIFICATIONS,
  type Qualification,
  SOURCE_KINDS,
  type SourceKind,
  type TrackingSource,
} from './model.ts';
export { findNumberRule, normaliseNumber, obeysRule, trackingUrlOf } from './number-rule.policy.ts';
export { CARRIERS, findCarrier, getCarrier, SHIPPED_SOURCES } from './registry.ts';
export { carrierRoutes } from './routes.ts';
export { listRecognition } from './source-store.ts';
export { isRecognised } from './tracking-source.policy.ts';
export { isInsideShare } from './traffic-share.policy.ts';
