import { ACCOUNT_ERRORS } from '../accounts/index.ts';
import type { Catalogue, Currency, Id, Instant, Money, OrganisationId } from '../kernel/index.ts';

export type WalletId = Id<'wal'>;
export type HoldSetId = Id<'hst'>;
export type ChargeId = Id<'chg'>;
export type TopUpId = Id<'tup'>;

/** What a hold, charge or refund is for: `{ kind: 'shipment', id: 'shp_...' }`. Never personal data. */
export type Reference = { readonly kind: string; readonly id: string };

export const PAYER_ROLES = ['merchant', 'marketplace', 'buyer', 'insurer'] as const;
export type PayerRole = (typeof PAYER_ROLES)[number];

/**
 * Who pays and how much: a fixed amount, or a share in basis points of what the fixed amounts leave. The shares of
 * a split total 10,000. `role` says in whose part the organisation pays; each pays from a wallet in its own book.
 */
export type Payer = {
  readonly organisationId: OrganisationId;
  readonly role: PayerRole;
} & ({ readonly shareBasisPoints: number } | { readonly fixedMinor: number });

export const CHARGE_LINE_TYPES = [
  'freight',
  'registration',
  'fuel',
  'remote',
  'battery',
  'oversize',
  'peak',
  'pickup',
  'redelivery',
  'address_change',
  'interception',
  'return_freight',
  'storage',
  'packaging',
  'insurance',
  'cod_fee',
  'customs_clearance',
  'duty',
  'tax',
  'other',
] as const;
export type ChargeLineType = (typeof CHARGE_LINE_TYPES)[number];

/** One line of a charge, never negative. `tax` and `duty` lines say which tax at which rate. */
export type ChargeLine = {
  readonly type: ChargeLineType;
  readonly amount: Money;
  readonly tax?: { readonly taxType: string; readonly rateBasisPoints: number } | undefined;
  /** Which rule or surcharge made it, e.g. `remote_area:v3`; no personal data. */
  readonly basis?: string | undefined;
};

/** A wallet row as it was read; under a lock when the reader asked for one. Amounts in minor units of `currency`. */
export type Wallet = {
  readonly id: WalletId;
  readonly organisationId: OrganisationId;
  readonly currency: Currency;
  /** The operator's book that this wallet settles with. */
  readonly clearsWith: OrganisationId;
  readonly balanceMinor: number;
  readonly heldMinor: number;
  readonly creditLimitMinor: number;
  readonly sequence: number;
  readonly version: number;
  readonly lastPostedAt: Instant;
  readonly arrearsSince: Instant | undefined;
  readonly openedAt: Instant;
};

/** What may still be spent or held: never below 0. */
export function availableMinor(
  wallet: Pick<Wallet, 'balanceMinor' | 'heldMinor' | 'creditLimitMinor'>,
): number {
  return wallet.balanceMinor - wallet.heldMinor + wallet.creditLimitMinor;
}

export type HoldState = 'held' | 'posted' | 'voided' | 'expired';
export type HoldSet = {
  readonly id: HoldSetId;
  readonly organisationId: OrganisationId;
  readonly reference: Reference;
  readonly amount: Money;
  readonly payers: readonly Payer[];
  readonly state: HoldState;
  readonly version: number;
  readonly expiresAt: Instant;
};

/** One payer's part of a line; `refundedMinor` grows with refunds. */
export type ShareLine = {
  readonly line: number;
  readonly type: ChargeLineType;
  readonly amountMinor: number;
  readonly refundedMinor: number;
};

/** PAID: nothing outstanding. RETRYING: collection is tried again. ARREARS: blocks new orders of the payer. */
export type ShareState = 'paid' | 'retrying' | 'arrears';
export type ChargeShare = {
  readonly chargeId: ChargeId;
  readonly organisationId: OrganisationId;
  readonly chargeOrganisationId: OrganisationId;
  readonly subject: Reference;
  readonly walletId: WalletId;
  readonly role: PayerRole;
  readonly dueMinor: number;
  readonly outstandingMinor: number;
  readonly refundedMinor: number;
  readonly lines: readonly ShareLine[];
  readonly state: ShareState;
  readonly attempts: number;
  readonly settlements: number;
};

export type ChargeResult = {
  readonly chargeId: ChargeId;
  readonly total: Money;
  /** What payers could not pay yet; 0 when all is paid. */
  readonly outstanding: Money;
  readonly shares: readonly {
    readonly organisationId: OrganisationId;
    readonly role: PayerRole;
    readonly dueMinor: number;
    readonly outstandingMinor: number;
  }[];
};

export type TopUpState = 'requested' | 'awaiting_second_confirmation' | 'confirmed';

export const LEDGER_ERRORS = {
  insufficient_funds: {
    status: 422,
    title: 'A payer cannot cover the amount',
    advice: 'Top up the wallet of the payer, or raise its credit limit, then repeat.',
  },
  wallet_missing: {
    status: 422,
    title: 'A payer has no wallet',
    advice: 'Ask the operator to open a wallet for this payer.',
  },
  currency_mismatch: {
    status: 422,
    title: 'A payer has no wallet in this currency',
    advice: 'Open a wallet in the currency of the amount, or convert and pay in another.',
  },
  payer_in_arrears: {
    status: 422,
    title: 'A payer has unpaid charges',
    advice: 'Top up the wallet of the payer: what is owed is then collected and new orders are taken again.',
  },
  payer_split_invalid: {
    status: 422,
    title: 'The payers do not add up to the whole',
    advice: 'Name each payer once; shares total 10,000 basis points, or fixed amounts total the amount.',
  },
  hold_reused: {
    status: 409,
    title: 'This reference already has another hold',
    advice: 'A reference is held for once; give a changed order a reference of its own.',
  },
  hold_not_found: {
    status: 404,
    title: 'There is no such hold',
    advice: 'Give the id that placing the hold answered.',
  },
  hold_not_open: {
    status: 409,
    title: 'This hold was posted, voided or has expired',
    advice: 'Place a new hold, or charge without one.',
  },
  charge_reused: {
    status: 409,
    title: 'This reference was already charged differently',
    advice: 'A reference is charged once; refund it, or charge under another reference.',
  },
  charge_not_found: { status: 404, title: 'There is no such charge', advice: 'Give the id of a charge.' },
  refund_exceeds_charge: {
    status: 422,
    title: 'More than what is left of the charge',
    advice: 'Refund at most what was charged and not refunded yet.',
  },
  refund_reused: {
    status: 409,
    title: 'This reason already gave another refund',
    advice: 'One reason refunds once; give another reason its own reference.',
  },
  wallet_exists: {
    status: 409,
    title: 'There is a wallet in this currency',
    advice: 'An organisation has one wallet per currency; use the one it has.',
  },
  organisation_unknown: ACCOUNT_ERRORS.organisation_unknown,
  credit_in_use: {
    status: 422,
    title: 'More credit is in use',
    advice: 'Lower the limit to what is in use or more, or wait for a top-up.',
  },
  top_up_currency_mismatch: {
    status: 422,
    title: 'The payment is in another currency than the wallet',
    advice: 'Send the payment back, or confirm a top-up of a wallet in its currency.',
  },
  top_up_settled: {
    status: 409,
    title: 'This top-up was confirmed with other facts',
    advice: 'Compare amount, value date and bank reference; another payment needs another top-up.',
  },
  bank_reference_used: {
    status: 409,
    title: 'This bank movement already paid another top-up',
    advice: 'One movement on the bank account is confirmed once.',
  },
  second_confirmation_needed: {
    status: 409,
    title: 'Another person must confirm this amount',
    advice: 'Above the four-eyes threshold two different keys confirm the same facts.',
  },
  rate_missing: {
    status: 422,
    title: 'No exchange rate is valid now',
    advice: 'Ask the operator to enter a rate for this pair of currencies.',
  },
  rate_invalid: {
    status: 422,
    title: 'This exchange rate cannot be used',
    advice: 'Give two different currencies, positive rates and a period that ends after it begins.',
  },
  conversion_reused: {
    status: 409,
    title: 'This reference already converted another amount',
    advice: 'Give each conversion a reference of its own.',
  },
  amount_too_small: {
    status: 422,
    title: 'The amount gives nothing in the other currency',
    advice: 'Convert a larger amount.',
  },
  statement_too_long: {
    status: 422,
    title: 'The statement has too many transfers for one file',
    advice: 'Read the transfers of the wallet page by page for the period.',
  },
  deduction_exceeds_deposit: {
    status: 422,
    title: 'More would be deducted than was deposited',
    advice: 'Deduct at most what stands; charge the rest to the wallet.',
  },
  payout_unknown: {
    status: 409,
    title: 'Nothing is to be paid out for this',
    advice: 'Only what was instructed can be paid.',
  },
  payout_settled: {
    status: 409,
    title: 'This payout was confirmed with other facts',
    advice: 'Compare bank reference and value date; another payment is not booked here.',
  },
  cod_reused: {
    status: 409,
    title: 'This collection was recorded differently',
    advice: 'Compare the amounts; a correction is a new reference.',
  },
} as const satisfies Catalogue;
export type LedgerErrorCode = keyof typeof LEDGER_ERRORS;
