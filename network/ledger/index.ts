export { type Account, type AccountKind, accountOf, clearingAccount, derivedId } from './account.ts';
export { reconcileCod, recordCodCollected, recordCodRemitted } from './cash-on-delivery.ts';
export { type ChargeNow, chargeNow, type PostHold, postHold } from './charges.ts';
export { type EnterRate, enterRate, recordConversion } from './conversions.ts';
export { type Deduction, depositedFor, returnDeposits, takeDeposit } from './deposits.ts';
export { LEDGER_EVENTS } from './events.ts';
export { type ExchangeRate, findRate, listRatesInForce } from './exchange-store.ts';
export { type PlaceHold, placeHold, voidHold } from './holds.ts';
export { ledgerJobs } from './jobs.ts';
export {
  availableMinor,
  CHARGE_LINE_TYPES,
  type ChargeId,
  type ChargeLine,
  type ChargeLineType,
  type ChargeResult,
  type HoldSet,
  type HoldSetId,
  LEDGER_ERRORS,
  PAYER_ROLES,
  type Payer,
  type PayerRole,
  type Reference,
  type Wallet,
  type WalletId,
} from './model.ts';
export { confirmPayout, instructPayout, recordEarnings } from './partner-earnings.ts';
export { bankTransfer, type PaymentProvider } from './payment-provider.ts';
export { ledgerReactions } from './reactions.ts';
export { type RefundCharge, refundCharge } from './refunds.ts';
export { ledgerRelations, ledgerRoutes } from './routes.ts';
export { confirmTopUp, requestTopUp } from './top-ups.ts';
export { type LedgerBreak, ledgerImbalance, verifyLedger } from './verify-store.ts';
export { isInArrears, type OpenWallet, openWallet, walletOf } from './wallets.ts';
