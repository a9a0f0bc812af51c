export { createLineCatalogue, type LineCatalogue, type LineHistory } from './catalogue.ts';
export type { CompiledLine, CompiledTable } from './compiled-line.ts';
export { compileLine, findTable, isInForce } from './compiled-line.ts';
export { chargeSchema } from './contract.ts';
export { SHIPPED_DUTY_PATHS } from './duty-path.data.ts';
export type { DutyPath, DutyPathDocument, DutyRule, Lane } from './duty-path.ts';
export { dutyPathSchema, findDutyPath, isCustomsLane } from './duty-path.ts';
export { LINE_EVENTS } from './events.ts';
export { type ExchangeRate, findConverted } from './exchange.ts';
export { shipLines } from './handle.ts';
export type { DeclarationFacts, LineRequest, Reason, ReasonCode } from './limits.policy.ts';
export { explainReason, missingCustomsFields, REASON_CODES, whyNot } from './limits.policy.ts';
export { CROSS_BORDER_MARKET_POLICY, NEUTRAL_MARKET_POLICY } from './market-policy.data.ts';
export type { MarketPolicyDocument, MarketQuery, MarketRule, MarketVerdict } from './market-policy.ts';
export {
  dryRun,
  judgeMarketPolicy,
  marketPolicySchema,
  marketQuerySchema,
  runDocumentTests,
} from './market-policy.ts';
export type {
  Area,
  GoodsClass,
  HandoverChoice,
  Incoterm,
  Place,
  PriceTable,
  ServiceClass,
  ServiceLine,
} from './model.ts';
export { GOODS_CLASSES, HANDOVER_CHOICES, LINE_ERRORS, SERVICE_CLASSES } from './model.ts';
export type { ChargeLine, ChargeType, Price, PriceContext, PricedParcel } from './price.policy.ts';
export { marginOf, priceParcels } from './price.policy.ts';
export type { PromisedInterval } from './promise-days.policy.ts';
export { findCompensation, findPromisedInterval } from './promise-days.policy.ts';
export type { ReweighPolicy, ReweighVerdict } from './reweigh.policy.ts';
export { DEFAULT_REWEIGH, judgeReweigh } from './reweigh.policy.ts';
export { lineRoutes } from './routes.ts';
export { SHIPPED_LINES } from './shipped-lines.ts';
