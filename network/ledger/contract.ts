import { z } from 'zod';
import { pageQuerySchema } from '../accounts/index.ts';
import {
  amountSchema,
  currencySchema,
  idSchema,
  instantSchema,
  moneySchema,
  textSchema,
} from '../kernel/index.ts';

const reference = z.object({ kind: z.string(), id: z.string() });
const dateSchema = z.iso.date().meta({ examples: ['2026-11-22'] });
/** `2026-11`; months are cut in UTC. */
export const monthSchema = z
  .string()
  .regex(/^20\d{2}-(0[1-9]|1[0-2])$/)
  .meta({ examples: ['2026-11'] });
const positiveAmountSchema = z.strictObject({
  amountMinor: z.int().min(1).max(1e12),
  currency: currencySchema,
});

export const walletSchema = z
  .object({
    id: idSchema('wal'),
    organisationId: idSchema('org'),
    currency: currencySchema,
    balance: moneySchema.meta({ description: 'Posted; may be negative down to the credit limit.' }),
    held: moneySchema,
    creditLimit: moneySchema,
    available: moneySchema.meta({ description: 'balance - held + credit limit; never below 0.' }),
    isInArrears: z.boolean().meta({ description: 'Unpaid charges block new orders until a top-up.' }),
    openedAt: instantSchema,
  })
  .meta({ id: 'Wallet' });

export const openWalletSchema = z.strictObject({
  organisationId: idSchema('org'),
  currency: currencySchema,
  creditLimitMinor: z.int().min(0).max(1e12).default(0).meta({ description: '0: prepaid. In minor units.' }),
});
export const creditLimitSchema = z.strictObject({ creditLimitMinor: z.int().min(0).max(1e12) });

export const walletTransferSchema = z
  .object({
    id: z.string(),
    sequence: z.int(),
    kind: z.string().meta({ description: 'top_up, a charge line type, refund, arrears_payment, ...' }),
    amount: moneySchema.meta({ description: 'Positive into the wallet, negative out of it.' }),
    balance: moneySchema.meta({ description: 'After this transfer.' }),
    cause: reference.meta({ description: 'The charge, refund, top-up, ... that made it.' }),
    subject: reference.optional().meta({ description: 'What it was for, e.g. the shipment.' }),
    evidence: z.string().optional(),
    tax: z.object({ taxType: z.string(), rateBasisPoints: z.int() }).optional(),
    valueDate: z.string().optional(),
    postedAt: instantSchema,
  })
  .meta({ id: 'WalletTransfer' });

export const walletTransferQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(400).optional(),
  from: instantSchema.optional().meta({ description: 'Inclusive.' }),
  to: instantSchema.optional().meta({ description: 'Exclusive.' }),
});

export const statementSchema = z
  .object({
    walletId: idSchema('wal'),
    organisationId: idSchema('org'),
    month: monthSchema,
    opening: moneySchema,
    closing: moneySchema.meta({ description: 'opening + the sum of turnover, exactly.' }),
    turnover: z.array(z.object({ kind: z.string(), amount: moneySchema, count: z.int() })),
    isFinal: z.boolean().meta({ description: 'The month is over and nothing can be added.' }),
  })
  .meta({ id: 'Statement' });

export const statementQuerySchema = z.strictObject({
  month: monthSchema,
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(400).optional(),
});

export const topUpSchema = z
  .object({
    id: idSchema('tup'),
    walletId: idSchema('wal'),
    organisationId: idSchema('org'),
    provider: z.string(),
    paymentReference: z
      .string()
      .meta({ description: 'ISO 11649 creditor reference; give it as purpose of the payment.' }),
    instructions: z.string().optional(),
    requested: amountSchema,
    received: amountSchema.optional().meta({ description: 'What arrived and was credited.' }),
    differs: z.boolean().meta({ description: 'Another amount arrived than was asked for.' }),
    state: z.enum(['requested', 'awaiting_second_confirmation', 'confirmed']),
    valueDate: z.string().optional(),
    bankReference: z.string().optional(),
    requestedAt: instantSchema,
    confirmedAt: instantSchema.optional(),
  })
  .meta({ id: 'TopUp' });

export const requestTopUpSchema = z.strictObject({ walletId: idSchema('wal'), amount: positiveAmountSchema });
export const confirmTopUpSchema = z.strictObject({
  amount: positiveAmountSchema,
  valueDate: dateSchema,
  bankReference: textSchema(80),
});

export const convertSchema = z.strictObject({
  amount: positiveAmountSchema,
  to: currencySchema,
});
export const conversionSchema = z
  .object({
    id: idSchema('cnv'),
    from: moneySchema.meta({ description: 'Taken out of the wallet of this currency.' }),
    to: moneySchema.meta({ description: 'Put into the wallet of this currency, by the rate in force.' }),
    rateId: idSchema('fxr'),
    convertedAt: instantSchema,
  })
  .meta({ id: 'Conversion' });

export const exchangeRateSchema = z
  .object({
    id: idSchema('fxr'),
    from: currencySchema,
    to: currencySchema,
    rateE8: z.int().meta({ description: 'Major units of `to` for 100,000,000 major units of `from`.' }),
    marketRateE8: z.int(),
    validFrom: instantSchema,
    validUntil: instantSchema,
    source: z.string(),
    enteredAt: instantSchema,
  })
  .meta({ id: 'ExchangeRate' });

export const rateListQuery = pageQuerySchema.extend({
  from: currencySchema.optional(),
  to: currencySchema.optional(),
  order: z.enum(['entered', 'newest']).default('entered'),
});

export const enterRateSchema = z.strictObject({
  from: currencySchema,
  to: currencySchema,
  rateE8: z.int().min(1).max(1e15),
  marketRateE8: z.int().min(1).max(1e15).optional(),
  validFrom: instantSchema,
  validUntil: instantSchema,
  source: textSchema(120),
});
