import { z } from 'zod';
import {
  amountSchema,
  dimensionsSchema,
  idSchema,
  instantSchema,
  moneySchema,
  textSchema,
} from '../kernel/index.ts';
import { GOODS_CLASSES } from '../lines/index.ts';
import { offersSchema } from '../offers/index.ts';
import { partyInputSchema } from '../places/index.ts';
import {
  coarsePlaceSchema,
  declaredItemSchema,
  HANDOVER_KINDS,
  maskedPartySchema,
  shipmentSchema,
} from '../shipments/index.ts';
import { CHOICES, DEFAULT_CHANNEL, ORDER_STATES } from './model.ts';

export const MAX_ORDERS = 500;
export const MAX_PURCHASES = 100;
/** Enough for 500 orders with long addresses and goods lists. */
export const MAX_ORDER_BATCH_BYTES = 8 * 1024 * 1024;

const objectId = z.string().regex(/^[A-Za-z0-9_.:-]{1,64}$/);
const reference = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const channel = z.string().regex(/^[a-z0-9_]{1,32}$/);
const undeliverable = z.enum(['return', 'destroy']);

/** What an order holds besides its reference; an edit gives any part of it. */
const contents = {
  paidAt: instantSchema.optional(),
  shipBy: instantSchema.optional().meta({ description: 'Until when the merchant promised to hand it over.' }),
  sender: partyInputSchema.optional(),
  senderAddressId: idSchema('snd').optional(),
  recipient: partyInputSchema,
  goods: z.array(declaredItemSchema).min(1).max(100),
  parcels: z
    .array(z.strictObject({ weightGrams: z.int().min(1).max(1_000_000), size: dimensionsSchema.optional() }))
    .min(1)
    .max(50)
    .optional()
    .meta({ description: 'As packed. Without it: one parcel of the weights of the goods.' }),
  orderAmount: amountSchema
    .optional()
    .meta({ description: 'What the buyer paid; market policies look at it.' }),
  incoterm: z.enum(['DDP', 'DAP']).optional(),
  cashOnDelivery: amountSchema.optional(),
  insuredAmount: amountSchema.optional(),
  programmeId: idSchema('prg')
    .optional()
    .meta({ description: 'A programme of your marketplace that is to pay its part.' }),
  handover: z.enum(HANDOVER_KINDS).optional(),
  note: textSchema(500)
    .optional()
    .meta({ description: 'For your own people; sealed, nobody else reads it.' }),
};

export const orderInputSchema = z
  .strictObject({
    reference,
    channel: channel.default(DEFAULT_CHANNEL).meta({ examples: ['shopify', 'csv', 'api', 'paste'] }),
    placedAt: instantSchema,
    ...contents,
    undeliverable: undeliverable.default('return'),
  })
  .meta({ id: 'OrderInput' });

export type OrderInput = z.output<typeof orderInputSchema>;

export const orderEditSchema = z
  .strictObject({ ...contents, undeliverable })
  .partial()
  .meta({ id: 'OrderEdit' });
export type OrderEdit = z.output<typeof orderEditSchema>;

export const orderBatchSchema = z.strictObject({
  orders: z
    .array(z.strictObject({ objectId, order: orderInputSchema }))
    .min(1)
    .max(MAX_ORDERS),
});

/** Why one line of a batch was refused; the code stands in the error catalogue. */
export const lineErrorSchema = z
  .object({
    code: z.string(),
    detail: z.string(),
    errors: z.array(z.object({ pointer: z.string(), code: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'BatchLineError' });

export const orderSchema = z
  .object({
    id: idSchema('ord'),
    organisationId: idSchema('org'),
    version: z.number(),
    state: z.enum(ORDER_STATES),
    reference: z.string(),
    channel: z.string(),
    placedAt: instantSchema,
    paidAt: instantSchema.optional(),
    shipBy: instantSchema.optional(),
    from: coarsePlaceSchema.optional(),
    to: coarsePlaceSchema,
    sender: maskedPartySchema.optional(),
    recipient: maskedPartySchema.optional(),
    goods: z.array(declaredItemSchema),
    parcels: z.array(z.object({ weightGrams: z.number(), size: dimensionsSchema.optional() })).optional(),
    orderAmount: moneySchema.optional(),
    incoterm: z.enum(['DDP', 'DAP']).optional(),
    cashOnDelivery: moneySchema.optional(),
    insuredAmount: moneySchema.optional(),
    programmeId: idSchema('prg').optional(),
    handover: z.enum(HANDOVER_KINDS).optional(),
    undeliverable,
    note: z.string().optional(),
    shipments: z.array(z.object({ shipmentId: idSchema('shp'), state: z.string() })),
    externalShipments: z
      .array(z.object({ externalShipmentId: idSchema('ext'), state: z.string() }))
      .meta({ description: "Made outside the network's lines, as the merchant declared" }),
    recordedAt: instantSchema,
    changedAt: instantSchema,
  })
  .meta({ id: 'Order' });

export const orderBatchAnswerSchema = z
  .object({
    created: z.number(),
    existing: z.number(),
    refused: z.number(),
    results: z.array(
      z.object({
        objectId: z.string(),
        outcome: z.enum(['created', 'existing', 'refused']),
        orderId: idSchema('ord').optional(),
        error: lineErrorSchema.optional(),
      }),
    ),
  })
  .meta({ id: 'OrderBatch' });

export const orderListQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(400).optional(),
  state: z.enum(ORDER_STATES).optional(),
  channel: channel.optional(),
  referencePrefix: reference.optional(),
  since: instantSchema.optional().meta({ description: 'Placed at or after this.' }),
});

export const orderOffersSchema = z.strictObject({
  orderIds: z.array(idSchema('ord')).min(1).max(MAX_PURCHASES),
});
export const orderOffersAnswerSchema = z
  .object({
    results: z.array(
      z.object({
        orderId: idSchema('ord'),
        answer: offersSchema.optional(),
        error: lineErrorSchema.optional(),
      }),
    ),
  })
  .meta({ id: 'OrderOffers' });

export const purchaseBatchSchema = z
  .strictObject({
    lines: z
      .array(
        z.strictObject({
          objectId,
          orderId: idSchema('ord'),
          offerId: idSchema('ofr').optional(),
          choose: z.enum(CHOICES).default('best').meta({ description: 'The rule, where no offer is named.' }),
          handover: z.enum(HANDOVER_KINDS).optional(),
          undeliverable: undeliverable.optional(),
          programmeId: idSchema('prg').optional(),
          letProgrammesPay: z.boolean().default(false).meta({
            description:
              'Where neither an offer nor a programme is named: the most generous programme that would pay for the chosen offer pays its part.',
          }),
        }),
      )
      .min(1)
      .max(MAX_PURCHASES),
  })
  .meta({ id: 'PurchaseBatch' });
export const purchaseBatchAnswerSchema = z
  .object({
    bought: z.number(),
    existing: z.number(),
    refused: z.number(),
    results: z.array(
      z.object({
        objectId: z.string(),
        outcome: z.enum(['bought', 'existing', 'refused']),
        orderId: idSchema('ord'),
        shipment: shipmentSchema.optional(),
        error: lineErrorSchema.optional(),
      }),
    ),
  })
  .meta({ id: 'PurchaseBatchAnswer' });

export const orderCancellationSchema = z.strictObject({ reason: textSchema(200).optional() });

export const senderAddressInputSchema = z.strictObject({
  label: textSchema(60),
  party: partyInputSchema,
  isDefault: z.boolean().default(false),
});
export const senderAddressChangeSchema = z.strictObject({
  label: textSchema(60).optional(),
  isDefault: z.literal(true).optional(),
});
export const senderAddressSchema = z
  .object({
    id: idSchema('snd'),
    label: z.string(),
    isDefault: z.boolean(),
    place: coarsePlaceSchema,
    party: maskedPartySchema.optional(),
    addedAt: instantSchema,
  })
  .meta({ id: 'SenderAddress' });

export const orderImportQuery = z.strictObject({
  dialect: z.enum(['auto', 'shopify', 'generic']).default('auto'),
  dryRun: z
    .enum(['true', 'false'])
    .default('false')
    .meta({ description: 'Says what would happen; stores nothing.' }),
  defaultWeightGrams: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(500)
    .meta({ description: 'Weight of one piece where the file names none, as Shopify does.' }),
  goodsClass: z.enum(GOODS_CLASSES).default('normal'),
});
export const orderImportAnswerSchema = z
  .object({
    dialect: z.enum(['shopify', 'generic']),
    dryRun: z.boolean(),
    rows: z.number(),
    created: z.number(),
    existing: z.number(),
    skipped: z.number(),
    refused: z.number(),
    results: z.array(
      z.object({
        lines: z.array(z.number()).meta({ description: 'Lines of the file, the header is 1.' }),
        reference: z.string().optional(),
        outcome: z.enum(['created', 'existing', 'skipped', 'refused']),
        reason: z.string().optional(),
        orderId: idSchema('ord').optional(),
        errors: z.array(
          z.object({ line: z.number(), column: z.string(), code: z.string(), message: z.string() }),
        ),
      }),
    ),
  })
  .meta({ id: 'OrderImport' });
