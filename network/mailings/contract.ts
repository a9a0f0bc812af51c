import { z } from 'zod';
import { pageQuerySchema } from '../accounts/index.ts';
import {
  amountSchema,
  type CountryCode,
  countrySchema,
  dimensionsSchema,
  idSchema,
  instantSchema,
  moneySchema,
  positionSchema,
  textSchema,
} from '../kernel/index.ts';
import { chargeSchema, GOODS_CLASSES, HANDOVER_CHOICES, SERVICE_CLASSES } from '../lines/index.ts';
import { partyInputSchema } from '../places/index.ts';
import { coarsePlaceSchema, maskedPartySchema } from '../shipments/index.ts';
import { destinationZoneSchema } from '../tracking/index.ts';
import { CLOSE_REASONS, MAILING_STATES, PARTIES, PAYMENTS, PLACERS } from './model.ts';

const country = countrySchema as unknown as z.ZodType<CountryCode, string>;
const objectId = z.string().regex(/^[A-Za-z0-9_.:-]{1,64}$/);
const lineCode = z.string().regex(/^[a-z0-9_]{2,64}$/);
export const weightGrams = z.int().min(1).max(1_000_000);
export const goodsClass = z.enum(GOODS_CLASSES);

export const mailingParams = z.strictObject({ mailingId: idSchema('mlg') });
export const pointParams = z.strictObject({ pointId: idSchema('pnt') });

const placeSchema = z.strictObject({
  country,
  division: z.string().trim().max(40).optional(),
  city: z.string().trim().max(80).optional(),
  postcode: z.string().trim().min(1).max(16).optional(),
});
/** Of a quote that somebody else than the sender's home begins: a point knows where it is. */
export const toSendSchema = {
  to: placeSchema,
  weightGrams,
  size: dimensionsSchema.optional(),
  goodsClass: goodsClass.default('normal'),
  value: amountSchema.optional(),
  insuredAmount: amountSchema.optional(),
};
export const quoteRequestSchema = z
  .strictObject({ from: placeSchema, ...toSendSchema })
  .meta({ id: 'MailingQuoteRequest' });

/** What the law of the place asks of the counter. */
export const dutiesSchema = z
  .object({
    needsIdentity: z.boolean(),
    documentKinds: z.array(z.string()),
    needsInspection: z.boolean(),
    checklist: z.array(z.string()),
    needsPriceList: z.boolean(),
  })
  .meta({ id: 'MailingDuties' });
export const quoteSchema = z
  .object({
    destinationZone: destinationZoneSchema,
    offers: z.array(
      z.object({
        lineCode: z.string(),
        lineNames: z.object({ en: z.string(), zh: z.string() }),
        carrierCode: z.string(),
        serviceClass: z.enum(SERVICE_CLASSES),
        charges: z.array(chargeSchema),
        total: moneySchema.meta({ description: 'To be named as agreed_total of the order.' }),
        promise: z.object({
          kind: z.enum(['ESTIMATE', 'PROMISE']),
          earliest: instantSchema,
          latest: instantSchema,
          minDays: z.number(),
          maxDays: z.number(),
          guaranteed: z.boolean(),
        }),
        handoverChoices: z.array(z.enum(HANDOVER_CHOICES)),
      }),
    ),
    refused: z.array(
      z.object({
        lineCode: z.string(),
        reasons: z.array(z.object({ code: z.string(), message: z.string() })),
      }),
    ),
    duties: dutiesSchema,
  })
  .meta({ id: 'MailingQuote' });

export const optionsRequestSchema = z
  .strictObject({
    from: placeSchema,
    position: positionSchema.optional().meta({ description: 'Where you are; kept nowhere.' }),
    weightGrams,
    size: dimensionsSchema.optional(),
    goodsClass: goodsClass.default('normal'),
    carrierCode: z
      .string()
      .regex(/^[a-z0-9_]{2,64}$/)
      .optional()
      .meta({ description: 'Of the line: its couriers come to doors.' }),
  })
  .meta({ id: 'MailingOptionsRequest' });
const pointSchema = z.object({
  id: idSchema('pnt'),
  name: z.string(),
  city: z.string(),
  postcode: z.string().optional(),
  addressLines: z.array(z.string()),
  position: positionSchema,
  zone: z.string(),
});
export const optionsSchema = z
  .object({
    points: z.array(
      z.object({
        point: pointSchema,
        distanceMeters: z.number(),
        score: z.number(),
        hours: z.array(instantSchema),
      }),
    ),
    doors: z
      .array(
        z.object({
          areaId: idSchema('par'),
          carrierId: idSchema('org'),
          startsAt: instantSchema,
          endsAt: instantSchema,
        }),
      )
      .meta({ description: 'Windows in which a courier comes to the door.' }),
  })
  .meta({ id: 'MailingOptions' });

export const handoverSchema = z.discriminatedUnion('method', [
  z.strictObject({
    method: z.literal('point'),
    pointId: idSchema('pnt').optional().meta({ description: 'Without it: the best one.' }),
    startsAt: instantSchema.optional(),
    position: positionSchema.optional(),
  }),
  z.strictObject({ method: z.literal('door'), areaId: idSchema('par'), startsAt: instantSchema }),
  z.strictObject({ method: z.literal('any_point') }),
]);
export const goodsSchema = z
  .strictObject({
    description: textSchema(100).meta({ description: 'What is inside, in the sender\u2019s words.' }),
    goodsClass: goodsClass.default('normal'),
    quantity: z.int().min(1).max(999).default(1),
    value: amountSchema.optional(),
  })
  .meta({ id: 'MailedGoods' });
export const measuresSchema = z.strictObject({ weightGrams, size: dimensionsSchema.optional() });
const sent = {
  sender: partyInputSchema,
  recipient: partyInputSchema,
  goods: goodsSchema,
  lineCode,
  agreedTotal: amountSchema.meta({ description: 'What the quote says; another price is told, not charged.' }),
  insuredAmount: amountSchema.optional(),
};
export const orderedSchema = sent;
export const orderSchema = z
  .strictObject({
    objectId: objectId.meta({ description: 'Your own handle: the same again is the same mailing.' }),
    ...sent,
    parcel: measuresSchema,
    ceiling: amountSchema.optional().meta({
      description: 'The most that may be charged without asking again; without it the agreed total.',
    }),
    payment: z.enum(PAYMENTS).default('wallet').meta({
      description:
        'wallet: the ceiling is held of yours; counter: the sender pays where he hands it over, also at his door.',
    }),
    handover: handoverSchema.default({ method: 'any_point' }),
  })
  .meta({ id: 'MailingOrder' });
export const modificationSchema = z
  .strictObject({
    recipient: partyInputSchema.optional(),
    goods: goodsSchema.optional(),
    parcel: measuresSchema.optional(),
    lineCode: lineCode.optional(),
    agreedTotal: amountSchema.optional().meta({ description: 'Where the price changes by it.' }),
  })
  .meta({ id: 'MailingChange' });

const freightLine = z.object({ type: z.string(), label: z.string(), amount: moneySchema });
export const receiptSchema = z
  .object({
    number: z.string().optional(),
    content: z.string(),
    pieces: z.int(),
    goodsClass: z.string(),
    weightGrams: z.int(),
    size: dimensionsSchema.optional(),
    charges: z.array(freightLine),
    freight: moneySchema,
    collected: moneySchema.meta({ description: 'What of the freight was paid at the counter.' }),
    paidBy: z.string().optional(),
    promisedAt: instantSchema,
    destinationZone: destinationZoneSchema,
    documentKind: z.string().optional(),
    inspectionMark: z.string().optional(),
    pointId: idSchema('pnt').optional(),
    acceptedAt: instantSchema,
  })
  .meta({ id: 'MailingReceipt' });
export const mailingSchema = z
  .object({
    id: idSchema('mlg'),
    organisationId: idSchema('org'),
    objectId: z.string().optional(),
    version: z.int(),
    placedBy: z.enum(PLACERS),
    state: z.enum(MAILING_STATES),
    closeReason: z.enum(CLOSE_REASONS).optional(),
    dueAt: instantSchema.optional().meta({ description: 'When silence is an answer.' }),
    isLate: z.boolean().optional(),
    from: coarsePlaceSchema,
    to: coarsePlaceSchema,
    destinationZone: destinationZoneSchema,
    sender: maskedPartySchema.optional(),
    recipient: maskedPartySchema.optional(),
    goods: z.object({
      description: z.string(),
      goodsClass,
      quantity: z.int(),
      value: moneySchema.optional(),
    }),
    declared: z.object({ weightGrams: z.int(), size: dimensionsSchema.optional() }),
    lineCode: z.string(),
    carrierCode: z.string(),
    quoted: z.object({ charges: z.array(freightLine), total: moneySchema, promisedAt: instantSchema }),
    ceiling: moneySchema,
    payment: z.enum(PAYMENTS),
    rulebookVersionId: z.string(),
    handover: z
      .object({
        method: z.enum(['point', 'door', 'any_point']),
        point: pointSchema.optional(),
        startsAt: instantSchema.optional(),
        endsAt: instantSchema.optional(),
        carrierId: idSchema('org').optional(),
        reason: z.string().optional(),
      })
      .optional(),
    code: z.object({ code: z.string(), qr: z.string(), expiresAt: instantSchema }).optional().meta({
      description: 'What is shown at the counter or to the courier; for the sender and who ordered for him.',
    }),
    parcel: z
      .object({ number: z.string(), carrierCode: z.string(), parcelId: idSchema('pcl').optional() })
      .optional(),
    receipt: receiptSchema.optional(),
    steps: z
      .array(
        z.object({
          fact: z.string(),
          state: z.string(),
          party: z.enum(PARTIES),
          reason: z.string().optional(),
          occurredAt: instantSchema,
        }),
      )
      .optional(),
    placedAt: instantSchema,
    changedAt: instantSchema,
  })
  .meta({ id: 'Mailing' });

export const mailingListQuery = z.strictObject({
  ...pageQuerySchema.shape,
  state: z.enum(MAILING_STATES).optional(),
});
