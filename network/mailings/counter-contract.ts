import { z } from 'zod';
import { pageQuerySchema } from '../accounts/index.ts';
import { amountSchema, dimensionsSchema, idSchema, instantSchema, moneySchema } from '../kernel/index.ts';
import { numberedParcelSchema } from '../points/index.ts';
import {
  dutiesSchema,
  goodsClass,
  orderedSchema,
  receiptSchema,
  toSendSchema,
  weightGrams,
} from './contract.ts';
import { CLOSE_REASONS, MAILING_STATES, PAY_METHODS, PAYMENTS, TURN_AWAY_REASONS } from './model.ts';

const word = z.string().regex(/^[a-z][a-z0-9_]{1,39}$/);

/** What a clerk sees of a mailing: the goods and what is to be done, nothing of the people. */
export const counterMailingSchema = z
  .object({
    mailingId: idSchema('mlg'),
    goods: z.object({
      description: z.string(),
      goodsClass: z.string(),
      quantity: z.int(),
      value: moneySchema.optional(),
    }),
    declared: z.object({ weightGrams: z.int(), size: dimensionsSchema.optional() }),
    to: z.object({ country: z.string(), city: z.string().optional() }),
    lineCode: z.string(),
    carrierCode: z.string(),
    quoted: moneySchema,
    ceiling: moneySchema.meta({ description: 'Above it the sender has to agree to the price of the scale.' }),
    payment: z.enum(PAYMENTS),
    duties: dutiesSchema,
    visitEndsAt: instantSchema,
  })
  .meta({ id: 'CounterMailing' });

const found = {
  goodsClass: goodsClass.meta({ description: 'As the clerk found it; the line has to take it.' }),
  measured: z.strictObject({ weightGrams, size: dimensionsSchema.optional() }),
};
export const counterPriceRequestSchema = z.strictObject(found);
export const counterPriceSchema = z
  .object({
    charges: z.array(z.object({ type: z.string(), label: z.string(), amount: moneySchema })),
    total: moneySchema,
    needsConsent: z.boolean().meta({
      description: 'It is more than was agreed to: ask the sender, and name the total as agreed_total.',
    }),
    fromWallet: moneySchema,
    toCollect: moneySchema,
  })
  .meta({ id: 'CounterMailingPrice' });

const seen = {
  documentKind: word
    .optional()
    .meta({ description: 'The kind of the document that was seen; never its number.' }),
  checks: z.record(word, z.boolean()).default({}),
  inspectionMark: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,40}$/)
    .optional()
    .meta({ description: 'The mark on the parcel that says that it was looked into.' }),
  priceListShown: z.boolean().default(false),
  payment: z
    .strictObject({ method: z.enum(PAY_METHODS), amount: amountSchema })
    .optional()
    .meta({
      description: 'What the counter took, exactly what is to be collected; absent where nothing is.',
    }),
  parcel: numberedParcelSchema.optional().meta({ description: 'Where the parcel has a number already.' }),
};
export const intakeSchema = z
  .strictObject({
    ...found,
    ...seen,
    agreedTotal: amountSchema
      .optional()
      .meta({ description: 'What the sender agreed to at the counter, where it is above the ceiling.' }),
  })
  .meta({ id: 'MailingIntake' });
export const walkInSchema = z
  .strictObject({
    objectId: z.string().regex(/^[A-Za-z0-9_.:-]{1,64}$/),
    ...orderedSchema,
    ...found,
    ...seen,
  })
  .meta({ id: 'WalkInMailing' });
export const counterQuoteSchema = z.strictObject(toSendSchema);
export const turnAwaySchema = z.strictObject({ reason: z.enum(TURN_AWAY_REASONS) });
export const undoSchema = z.strictObject({ reason: word });

/** What a counter expects, has or had: enough to find the parcel on the shelf, and the receipt. */
export const takenMailingSchema = z
  .object({
    id: idSchema('mlg'),
    state: z.enum(MAILING_STATES),
    closeReason: z.enum(CLOSE_REASONS).optional(),
    pointId: idSchema('pnt').optional(),
    number: z.string().optional(),
    carrierCode: z.string().optional(),
    startsAt: instantSchema.optional().meta({ description: 'The hour for which its sender is expected.' }),
    handoverDueAt: instantSchema.optional(),
    isHandoverLate: z.boolean(),
    receipt: receiptSchema.optional(),
  })
  .meta({ id: 'TakenMailing' });
export const pointMailingsQuery = z.strictObject({
  ...pageQuerySchema.shape,
  state: z.enum(MAILING_STATES).default('accepted'),
});
export const handoverSchema = z.strictObject({ mailingIds: z.array(idSchema('mlg')).min(1).max(200) });
export const handoverAnswerSchema = z
  .object({
    handedOver: z.int(),
    refused: z.int(),
    results: z.array(
      z.object({
        mailingId: idSchema('mlg'),
        outcome: z.enum(['handed_over', 'refused']),
        code: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'MailingHandover' });
