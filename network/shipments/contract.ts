import { z } from 'zod';
import {
  amountSchema,
  type CountryCode,
  countrySchema,
  dimensionsSchema,
  idSchema,
  instantSchema,
  moneySchema,
  textSchema,
} from '../kernel/index.ts';
import { GOODS_CLASSES } from '../lines/index.ts';
import { partyInputSchema } from '../places/index.ts';
import { destinationZoneSchema } from '../tracking/index.ts';
import { labelSchema, printSchema } from '../waybills/index.ts';
import { HANDOVER_KINDS, INBOUND_REJECTIONS, OUTBOUND_FAILURES, SHIPMENT_STATES } from './model.ts';

const country = countrySchema as unknown as z.ZodType<CountryCode, string>;

export const declaredItemSchema = z
  .strictObject({
    descriptionEn: textSchema(60).meta({
      description: 'What it is, in English: customs refuse "gift" or "parts".',
    }),
    descriptionCn: textSchema(20).optional(),
    quantity: z.int().min(1).max(999),
    unitValue: amountSchema.refine((value) => value.amountMinor >= 1 && value.amountMinor <= 1_000_000, {
      message: 'a declared unit value lies between 0.01 and 10,000.00',
    }),
    unitWeightGrams: z.int().min(1).max(1_000_000),
    hs6: z
      .string()
      .regex(/^\d{6}$/)
      .optional(),
    originCountry: country.optional(),
    goodsClass: z.enum(GOODS_CLASSES).default('normal'),
    sku: z
      .string()
      .regex(/^[\x21-\x7e]{1,64}$/)
      .optional(),
  })
  .meta({ id: 'DeclaredItem' });

export const purchaseSchema = z
  .strictObject({
    offerId: idSchema('ofr'),
    orderRef: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
    sender: partyInputSchema,
    recipient: partyInputSchema,
    goods: z.array(declaredItemSchema).min(1).max(100),
    handover: z.enum(HANDOVER_KINDS),
    undeliverable: z.enum(['return', 'destroy']).default('return'),
    payers: z
      .array(
        z.strictObject({
          organisationId: idSchema('org'),
          role: z.enum(['merchant', 'marketplace', 'buyer', 'insurer']),
          shareBasisPoints: z.int().min(1).max(10_000),
        }),
      )
      .min(1)
      .max(4)
      .optional()
      .meta({ description: 'Who pays the freight: you. Your marketplace pays by programme_id only.' }),
    programmeId: idSchema('prg')
      .optional()
      .meta({ description: 'A programme of your marketplace that is to pay its part.' }),
    label: printSchema
      .optional()
      .meta({ description: 'Print the label of all parcels with the purchase, in one document.' }),
  })
  .meta({ id: 'PurchaseShipment' });

export const coarsePlaceSchema = z
  .object({
    country,
    division: z.string().optional(),
    city: z.string().optional(),
    postcode: z.string().optional(),
  })
  .meta({ id: 'CoarsePlace' });

const freight = z.object({
  lines: z.array(z.object({ type: z.string(), label: z.string(), amount: moneySchema })),
  total: moneySchema,
  programme: z
    .object({
      programmeId: idSchema('prg'),
      pays: moneySchema.meta({ description: 'Of the quoted total; whoever bought pays the rest.' }),
    })
    .optional()
    .meta({ description: 'Of a quoted freight that a programme of the marketplace pays its part of.' }),
});

export const maskedPartySchema = z
  .object({
    id: idSchema('pty'),
    name: z.string().optional(),
    phone: z.string().optional(),
    addressLines: z.array(z.string()),
    country: z.string(),
  })
  .meta({ id: 'MaskedParty' });

export const shipmentSchema = z
  .object({
    id: idSchema('shp'),
    organisationId: idSchema('org'),
    version: z.number(),
    state: z.enum(SHIPMENT_STATES),
    orderRef: z.string(),
    lineCode: z.string(),
    carrierCode: z.string(),
    handover: z.enum(HANDOVER_KINDS),
    undeliverable: z.enum(['return', 'destroy']),
    from: coarsePlaceSchema,
    to: coarsePlaceSchema,
    destinationZone: destinationZoneSchema,
    sender: maskedPartySchema.optional(),
    recipient: maskedPartySchema.optional(),
    goods: z.array(declaredItemSchema),
    parcels: z.array(
      z
        .object({
          id: idSchema('pcl'),
          index: z.number(),
          waybillId: idSchema('wbl'),
          number: z.string(),
          weightGrams: z.number(),
          size: dimensionsSchema.optional(),
          measured: z
            .object({
              weightGrams: z.number(),
              size: dimensionsSchema.optional(),
              evidence: z.string().optional(),
            })
            .optional(),
        })
        .meta({ id: 'ShipmentParcel' }),
    ),
    incoterm: z.enum(['DDP', 'DAP']).optional(),
    cashOnDelivery: moneySchema.optional(),
    insuredAmount: moneySchema.optional(),
    quoted: freight.optional(),
    charged: freight.optional(),
    freight: z.enum(['reserved', 'lapsed', 'charged', 'arrears', 'released']).optional(),
    margin: z
      .object({ selling: moneySchema, buying: moneySchema.optional(), margin: moneySchema.optional() })
      .optional()
      .meta({ description: "Net of tax, as quoted; for the network's staff only." }),
    promise: z.object({
      kind: z.enum(['ESTIMATE', 'PROMISE']),
      earliest: instantSchema,
      latest: instantSchema,
    }),
    acknowledgement: z.enum(['pending', 'accepted', 'refused']),
    reason: z.string().optional(),
    synthetic: z.boolean(),
    purchasedAt: instantSchema,
    changedAt: instantSchema,
    history: z
      .array(
        z.object({
          version: z.number(),
          state: z.enum(SHIPMENT_STATES),
          step: z.string(),
          reason: z.string().optional(),
          synthetic: z.boolean(),
          occurredAt: instantSchema,
          recordedAt: instantSchema,
        }),
      )
      .optional(),
  })
  .meta({ id: 'Shipment' });

/** What a purchase answers. */
export const purchasedShipmentSchema = z
  .object({
    ...shipmentSchema.shape,
    label: labelSchema.optional().meta({ description: 'When one was asked for.' }),
    labelDocument: z.base64().optional().meta({
      description:
        'The bytes of the label; absent from a repeated answer when the document is not kept any more.',
    }),
  })
  .meta({ id: 'PurchasedShipment' });

const eventTiming = {
  occurredAt: instantSchema
    .optional()
    .meta({ description: 'When it happened; now, when left out. Never in the future.' }),
  synthetic: z
    .boolean()
    .optional()
    .meta({ description: 'Made up to fill a gap of recorded data; test world only.' }),
};
const evidence = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/)
  .optional()
  .meta({ description: 'Reference of a photo or a reading.' });

export const acknowledgementSchema = z.strictObject({
  accepted: z.boolean(),
  reason: textSchema(200).optional(),
});
export const cancellationSchema = z.strictObject({ reason: textSchema(200) });
export const inboundSchema = z.strictObject({
  parcels: z
    .array(
      z.strictObject({
        parcelId: idSchema('pcl'),
        weightGrams: z.int().min(1).max(1_000_000),
        size: dimensionsSchema.optional(),
        evidence,
      }),
    )
    .min(1)
    .max(50),
  ...eventTiming,
});
export const inboundRejectionSchema = z.strictObject({
  reason: z.enum(INBOUND_REJECTIONS),
  evidence,
  ...eventTiming,
});
export const outboundSchema = z.strictObject({ ...eventTiming });
export const outboundFailureSchema = z.strictObject({
  reason: z.enum(OUTBOUND_FAILURES),
  evidence,
  ...eventTiming,
});
export const returnSchema = z.strictObject({ reason: textSchema(200), ...eventTiming });

export const shipmentListQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(400).optional(),
  state: z.enum(SHIPMENT_STATES).optional(),
  orderRef: z.string().max(64).optional(),
  acknowledgement: z.enum(['pending', 'accepted', 'refused']).optional(),
});
