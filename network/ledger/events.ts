import { z } from 'zod';
import { defineEvent, type EventType } from '../../platform/outbox/index.ts';
import { currencySchema, idSchema } from '../kernel/index.ts';

const organisation = idSchema('org');
const minor = z.int();
const reference = z.object({ kind: z.string(), id: z.string() });
const holdPayload = z.object({
  organisationId: organisation,
  holdSetId: z.string(),
  reference,
  amountMinor: minor,
  currency: currencySchema,
});
const chargePayload = z.object({
  organisationId: organisation,
  chargeId: z.string(),
  reference,
  currency: currencySchema,
  totalMinor: minor,
  payers: z.array(
    z.object({ organisationId: organisation, role: z.string(), dueMinor: minor, outstandingMinor: minor }),
  ),
});
const arrearsPayload = z.object({
  organisationId: organisation,
  walletId: z.string(),
  currency: currencySchema,
});

export const WalletToppedUp = defineEvent(
  'WalletToppedUp',
  'wallet.topped_up',
  z.object({
    organisationId: organisation,
    walletId: z.string(),
    topUpId: z.string(),
    amountMinor: minor,
    requestedMinor: minor,
    currency: currencySchema,
  }),
);
export const HoldPlaced = defineEvent('HoldPlaced', 'hold.placed', holdPayload);
export const HoldPosted = defineEvent('HoldPosted', 'hold.posted', holdPayload);
export const HoldVoided = defineEvent('HoldVoided', 'hold.voided', holdPayload);
export const HoldExpired = defineEvent('HoldExpired', 'hold.expired', holdPayload);
export const FreightCharged = defineEvent('FreightCharged', 'freight.charged', chargePayload);
/** A payer could not pay all of its share; `outstandingMinor` is tried again. */
export const FreightChargeFailed = defineEvent('FreightChargeFailed', 'freight.charge_failed', chargePayload);
/** What was outstanding of one payer's share is paid. */
export const FreightPaid = defineEvent(
  'FreightPaid',
  'freight.paid',
  z.object({ organisationId: organisation, chargeId: z.string(), reference }),
);
export const FreightRefunded = defineEvent(
  'FreightRefunded',
  'freight.refunded',
  z.object({
    organisationId: organisation,
    chargeId: z.string(),
    refundId: z.string(),
    reference,
    reason: reference,
    amountMinor: minor,
    currency: currencySchema,
  }),
);
export const ArrearsBegan = defineEvent('ArrearsBegan', 'arrears.began', arrearsPayload);
export const ArrearsEnded = defineEvent('ArrearsEnded', 'arrears.ended', arrearsPayload);
export const CurrencyConverted = defineEvent(
  'CurrencyConverted',
  'currency.converted',
  z.object({
    organisationId: organisation,
    conversionId: z.string(),
    fromCurrency: currencySchema,
    fromMinor: minor,
    toCurrency: currencySchema,
    toMinor: minor,
    rateId: z.string(),
  }),
);
const codPayload = z.object({
  collectorId: organisation,
  merchantId: organisation,
  collectionId: z.string(),
  reference,
  amountMinor: minor,
  currency: currencySchema,
});
export const CodCollected = defineEvent('CodCollected', 'cod.collected', codPayload);
export const CodRemitted = defineEvent('CodRemitted', 'cod.remitted', codPayload);
export const CodReconciled = defineEvent('CodReconciled', 'cod.reconciled', codPayload);
/** Transfers of one book that touch clearing accounts: the other book mirrors them. For this module only. */
export const BookCleared = defineEvent(
  'BookCleared',
  'ledger.book_cleared',
  z.object({ organisationId: organisation, transferIds: z.array(z.string()) }),
);

/** Of many payloads; the catalogue of events only reads their names and schemas. */
export const LEDGER_EVENTS = [
  WalletToppedUp,
  HoldPlaced,
  HoldPosted,
  HoldVoided,
  HoldExpired,
  FreightCharged,
  FreightChargeFailed,
  FreightPaid,
  FreightRefunded,
  ArrearsBegan,
  ArrearsEnded,
  CurrencyConverted,
  CodCollected,
  CodRemitted,
  CodReconciled,
  BookCleared,
] as unknown as readonly EventType<never>[];
