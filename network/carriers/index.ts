export {
  CHECK_RULE_NAMES,
  CHECK_RULES,
  type CheckRule,
  type CheckRuleName,
  NATIVE_CHECK_RULES,
  s10CheckDigit,
} from './check-digit.policy.ts';
export { decide, evolve, LEGAL_FROM, LIFECYCLE, NO_CARRIER, trafficPercent } from './decide.ts';
export {
  CARRIER_KINDS,
  type Carrier,
  type CarrierCode,
  type CarrierCommand,
  type CarrierEvent,
  type CarrierKind,
  type CarrierRejection,
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
export { isRecognised } from './tracking-source.policy.ts';
