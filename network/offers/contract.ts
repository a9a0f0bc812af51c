import { z } from 'zod';
import {
  amountSchema,
  type CountryCode,
  countrySchema,
  dimensionsSchema,
  idSchema,
  instantSchema,
  moneySchema,
} from '../kernel/index.ts';
import { chargeSchema, GOODS_CLASSES, HANDOVER_CHOICES, SERVICE_CLASSES } from '../lines/index.ts';
import { destinationZoneSchema } from '../tracking/index.ts';

const country = countrySchema as unknown as z.ZodType<CountryCode, string>;

const placeSchema = z
  .strictObject({
    country,
    division: z
      .string()
      .trim()
      .max(40)
      .optional()
      .meta({ description: 'ISO 3166-2 or national code, such as BR-SP or 330000.' }),
    city: z.string().trim().max(80).optional(),
    postcode: z.string().trim().min(1).max(16).optional(),
  })
  .meta({ id: 'OfferPlace' });

const goodsSchema = z
  .strictObject({
    goodsClass: z.enum(GOODS_CLASSES).default('normal'),
    quantity: z.int().min(1).max(999).default(1),
    unitValue: amountSchema.optional(),
    unitWeightGrams: z.int().min(1).max(1_000_000).optional(),
    hs6: z
      .string()
      .regex(/^\d{6}$/)
      .optional(),
  })
  .meta({ id: 'OfferGoods' });

export const offerRequestSchema = z
  .strictObject({
    orderRef: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,64}$/)
      .optional(),
    from: placeSchema,
    to: placeSchema,
    parcels: z
      .array(
        z.strictObject({ weightGrams: z.int().min(1).max(1_000_000), size: dimensionsSchema.optional() }),
      )
      .min(1)
      .max(50),
    goods: z.array(goodsSchema).max(100).meta({ description: 'Without goods every line refuses.' }),
    orderAmount: amountSchema.optional(),
    incoterm: z.enum(['DDP', 'DAP']).optional(),
    taxIdKinds: z
      .array(z.string().regex(/^[a-zA-Z0-9_]{2,20}$/))
      .max(10)
      .optional()
      .meta({ description: 'Kinds of tax ids that the shipment will carry, such as cpf.' }),
    cashOnDelivery: amountSchema.optional(),
    insuredAmount: amountSchema.optional(),
    readyAt: instantSchema.optional(),
  })
  .meta({ id: 'OfferRequest' });

const lineOffer = {
  lineCode: z.string(),
  lineVersion: z.number(),
  lineNames: z.object({ en: z.string(), zh: z.string() }),
  carrierCode: z.string(),
  serviceClass: z.enum(SERVICE_CLASSES),
  online: z.boolean(),
  zone: z.string(),
  tableCode: z.string(),
  charges: z.array(chargeSchema),
  chargeableGrams: z.array(z.number()),
  total: moneySchema,
  promise: z.object({
    kind: z.enum(['ESTIMATE', 'PROMISE']),
    earliest: instantSchema,
    latest: instantSchema,
    minDays: z.number(),
    maxDays: z.number(),
    guaranteed: z.boolean(),
  }),
  handoverChoices: z.array(z.enum(HANDOVER_CHOICES)),
};

const programmePartSchema = z
  .object({
    programmeId: idSchema('prg').meta({ description: 'To be named in the purchase: one, or none.' }),
    name: z.string(),
    payerId: idSchema('org').meta({ description: 'The marketplace that pays its part.' }),
    pays: moneySchema.meta({
      description: 'Of the quoted total; what a scale adds later is the merchant’s.',
    }),
    merchantPays: moneySchema,
  })
  .meta({ id: 'ProgrammePart' });

export const offerSchema = z
  .object({
    offerId: idSchema('ofr'),
    ...lineOffer,
    programmes: z.array(programmePartSchema).meta({
      description:
        'Programmes of your marketplace that would pay for it now, the most generous first. Their budget is taken at the purchase.',
    }),
  })
  .meta({ id: 'Offer' });
export const quoteSchema = z.object(lineOffer).meta({ id: 'Quote' });

const refusalSchema = z
  .object({
    lineCode: z.string(),
    reasons: z.array(
      z.object({
        code: z.string(),
        message: z.string(),
        parcel: z.number().optional(),
        actual: z.union([z.string(), z.number()]).optional(),
        limit: z.union([z.string(), z.number()]).optional(),
        ruleId: z.string().optional(),
        ruleVersion: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'LineRefusal' });

const answer = {
  expiresAt: instantSchema,
  destinationZone: destinationZoneSchema,
  offers: z.array(offerSchema),
  refused: z.array(refusalSchema),
};
export const offersSchema = z.object(answer).meta({ id: 'Offers' });

export const offerBatchSchema = z.strictObject({
  requests: z
    .array(
      z.strictObject({ objectId: z.string().regex(/^[A-Za-z0-9_.:-]{1,64}$/), request: offerRequestSchema }),
    )
    .min(1)
    .max(100),
});
export const offerBatchAnswerSchema = z
  .object({
    results: z.array(z.object({ objectId: z.string(), ...answer })),
  })
  .meta({ id: 'OfferBatch' });

export const quoteQuerySchema = z.strictObject({
  from: country,
  to: country,
  weightGrams: z.coerce.number().int().min(1).max(1_000_000),
  fromPostcode: z.string().max(16).optional(),
  toPostcode: z.string().max(16).optional(),
  goodsClass: z.enum(GOODS_CLASSES).default('normal'),
});
export const quotesSchema = z
  .object({
    destinationZone: destinationZoneSchema,
    quotes: z.array(quoteSchema),
    refused: z.array(refusalSchema),
  })
  .meta({ id: 'Quotes' });
