export {
  CHECK_RULE_NAMES,
  CHECK_RULES,
  type CheckRule,
  type CheckRuleName,
  NATIVE_CHECK_RULES,
  s10CheckDigit,
} from './check-digit.policy.ts';
export { obeysFormat } from './format.policy.ts';
export { identifyNumber, numbersIn, trackingUrlOf } from './identify.policy.ts';
export { formatsOf, getIssuer, ISSUERS } from './issuers.ts';
export {
  CANDIDATE_REASONS,
  type Candidate,
  type CandidateReason,
  type NumberFormat,
  type NumberIssuer,
} from './model.ts';
export { normaliseNumber } from './reading.policy.ts';
export { expressionOf } from './shape.policy.ts';
