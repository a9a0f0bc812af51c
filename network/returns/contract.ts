import { z } from 'zod';
import {
  amountSchema,
  idSchema,
  instantSchema,
  moneySchema,
  positionSchema,
  textSchema,
} from '../kernel/index.ts';
import { GOODS_CLASSES } from '../lines/index.ts';
import { partyInputSchema } from '../places/index.ts';
import { coarsePlaceSchema } from '../shipments/index.ts';
import {
  FINDINGS,
  FREIGHT_PAYERS,
  GRADES,
  NO_OK_REASONS,
  PARTIES,
  PAYMENTS,
  REFUND_BASES,
  RETURN_KINDS,
  RETURN_STATES,
  WAITED_FOR,
} from './model.ts';

const objectId = z.string().regex(/^[A-Za-z0-9_.:-]{1,64}$/);
const word = z.string().regex(/^[a-z][a-z0-9_]{1,39}$/);
const line = z.int().min(1).max(100).meta({ description: 'Place in the goods of the order, from 1.' });
const pictureIds = (max: number) => z.array(idSchema('rpi')).max(max).default([]);
/** Lines and paragraphs are welcome; other control characters are not text. */
const statement = z
  .string()
  .trim()
  .min(1)
  .max(2_000)
  .regex(/^(?:[^\p{Cc}\p{Cs}]|\n)*$/u, { message: 'control characters are not text' });
const number = z.string().regex(/^[A-Z0-9]{5,40}$/);
const carrierCode = z.string().regex(/^[a-z0-9_]{2,64}$/);

export const returnParams = z.strictObject({ returnId: idSchema('ret') });
export const orderParams = z.strictObject({ orderId: idSchema('ord') });

export const applicationSchema = z
  .strictObject({
    objectId: objectId.meta({ description: 'Your own handle: the same again is the same return.' }),
    kind: z.enum(RETURN_KINDS),
    items: z
      .array(z.strictObject({ line, quantity: z.int().min(1).max(999), reason: word }))
      .min(1)
      .max(100),
    pictureIds: pictureIds(10),
    statement: statement.optional().meta({ description: 'What the buyer says; sealed.' }),
    wanted: textSchema(200).optional().meta({ description: 'Of an exchange: what is to come instead.' }),
  })
  .meta({ id: 'ReturnApplication' });

const itemSchema = z.object({
  line: z.int(),
  description: z.string(),
  quantity: z.int(),
  reason: z.string(),
  amount: moneySchema,
  counter: z
    .object({
      finding: z.enum(FINDINGS),
      checks: z.record(z.string(), z.boolean()),
      note: z.string().optional(),
    })
    .optional(),
  screening: z
    .object({
      grade: z.enum(GRADES),
      quality: z.int().meta({ description: '1 good, 2 defective, 3 partly, 4 unconfirmed' }),
      reason: z.enum(NO_OK_REASONS).optional(),
      refund: moneySchema,
    })
    .optional(),
});

const pointSchema = z.object({
  id: idSchema('pnt'),
  name: z.string(),
  city: z.string(),
  postcode: z.string().optional(),
  addressLines: z.array(z.string()),
  position: positionSchema,
  zone: z.string(),
});

export const returnSchema = z
  .object({
    id: idSchema('ret'),
    organisationId: idSchema('org'),
    clientPlatformId: idSchema('org').optional(),
    orderId: idSchema('ord'),
    orderReference: z.string(),
    objectId: z.string().optional(),
    version: z.int(),
    kind: z.enum(RETURN_KINDS),
    state: z.enum(RETURN_STATES),
    dueAt: instantSchema.optional().meta({ description: 'When silence is an answer.' }),
    isHandoverLate: z.boolean().optional(),
    closeReason: z.string().optional(),
    disputed: z.string().optional(),
    items: z.array(itemSchema),
    amount: moneySchema,
    freightPayer: z.enum(FREIGHT_PAYERS),
    place: coarsePlaceSchema,
    returnTo: coarsePlaceSchema.optional(),
    wanted: z.string().optional(),
    statement: z.string().optional(),
    pictureIds: z.array(z.string()),
    refusal: z.object({ reason: z.string(), pictureIds: z.array(z.string()) }).optional(),
    risk: z
      .object({
        score: z.int(),
        findings: z.array(
          z.object({
            rule: z.string(),
            points: z.int(),
            count: z.int(),
            returnIds: z.array(z.string()),
          }),
        ),
      })
      .optional()
      .meta({ description: 'For the network and the marketplace alone.' }),
    rulebookVersionId: z.string(),
    route: z
      .object({
        method: z.enum(['point', 'door', 'self_post']),
        point: pointSchema.optional(),
        startsAt: instantSchema.optional(),
        endsAt: instantSchema.optional(),
        carrierId: idSchema('org').optional(),
        reason: z.string().optional(),
        returnAddress: z
          .array(z.string())
          .optional()
          .meta({ description: 'For the buyer who posts it himself.' }),
      })
      .optional(),
    code: z
      .object({ code: z.string(), qr: z.string(), expiresAt: instantSchema })
      .optional()
      .meta({ description: 'What the buyer shows at the counter; for him and his marketplace.' }),
    intake: z
      .object({
        pointId: idSchema('pnt').optional(),
        occurredAt: instantSchema,
        weightGrams: z.int(),
        documentKind: z.string().optional(),
        payment: z.enum(PAYMENTS),
        freight: moneySchema,
        pictureIds: z.array(z.string()),
      })
      .optional(),
    parcel: z
      .object({ number: z.string(), carrierCode: z.string(), parcelId: idSchema('pcl').optional() })
      .optional(),
    deliveredAt: instantSchema.optional(),
    replacement: z.object({ number: z.string(), carrierCode: z.string() }).optional(),
    refund: z
      .object({
        id: idSchema('rfd'),
        amount: moneySchema,
        basis: z.enum(REFUND_BASES),
        instructedAt: instantSchema,
      })
      .optional(),
    insurance: z
      .object({ insurer: z.string(), boughtBy: z.enum(['buyer', 'seller']), premium: moneySchema })
      .optional()
      .meta({ description: 'Who pays the way back of this order.' }),
    insuranceClaim: z
      .object({ state: z.enum(['reported', 'accepted', 'paid']), amount: moneySchema })
      .optional(),
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
    appliedAt: instantSchema,
    changedAt: instantSchema,
  })
  .meta({ id: 'Return' });

export const returnListQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(400).optional(),
  state: z.enum(RETURN_STATES).optional(),
  orderId: idSchema('ord').optional(),
  waitsFor: z.enum(WAITED_FOR).optional().meta({ description: 'Who has to act for it to go on.' }),
  order: z
    .enum(['newest', 'due'])
    .default('newest')
    .meta({ description: 'due: by due_at, soonest first; without one by when it last changed' }),
});

export const pictureSchema = z
  .object({ id: idSchema('rpi'), contentType: z.string(), sizeBytes: z.int(), storedAt: instantSchema })
  .meta({ id: 'ReturnPicture' });
export const pictureParams = z.strictObject({ returnId: idSchema('ret'), pictureId: idSchema('rpi') });

// The seller
export const refusalSchema = z.strictObject({ reason: textSchema(500), pictureIds: pictureIds(10) });
export const screeningSchema = z.strictObject({
  items: z
    .array(
      z.strictObject({
        line,
        grade: z.enum(GRADES),
        quality: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
        reason: z.enum(NO_OK_REASONS).optional(),
        refundMinor: z
          .int()
          .min(0)
          .max(1e12)
          .optional()
          .meta({ description: 'Without it: all of it where the item is OK, else nothing.' }),
      }),
    )
    .min(1)
    .max(100),
});
export const replacementSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('send'), number, carrierCode }),
  z.strictObject({ action: z.literal('ask_amendment'), reason: textSchema(500) }),
  z.strictObject({ action: z.literal('refund_instead') }),
]);
export const decisionSchema = z.strictObject({
  outcome: z.enum(['agree', 'refund', 'replace', 'close']),
  refunds: z
    .array(z.strictObject({ line, refundMinor: z.int().min(0).max(1e12) }))
    .min(1)
    .max(100)
    .optional()
    .meta({ description: 'Of each item; without it all that was paid.' }),
});
export const settingsInputSchema = z.strictObject({
  windowDays: z.int().min(1).max(365).optional(),
  autoAgreeUpTo: amountSchema.optional(),
  excludedGoodsClasses: z.array(z.enum(GOODS_CLASSES)).max(GOODS_CLASSES.length).default([]),
  restockingPercent: z.int().min(0).max(50).default(0),
  freeReturns: z.boolean().default(false),
  carrierCode: carrierCode.optional(),
  returnTo: partyInputSchema.nullable().optional().meta({
    description:
      'Where goods come back to. Left out: as before, for nobody is shown it; null: where they came from.',
  }),
});
export const settingsSchema = z
  .object({
    windowDays: z.int().optional(),
    autoAgreeUpTo: moneySchema.optional(),
    excludedGoodsClasses: z.array(z.string()),
    restockingPercent: z.int(),
    freeReturns: z.boolean(),
    carrierCode: z.string().optional(),
    returnTo: coarsePlaceSchema.optional(),
    changedAt: instantSchema.optional(),
  })
  .meta({ id: 'ReturnSettings' });

// The buyer's choice
export const whereSchema = z.strictObject({ position: positionSchema.optional() });
export const routeInputSchema = z.discriminatedUnion('method', [
  z.strictObject({
    method: z.literal('point'),
    pointId: idSchema('pnt').optional().meta({ description: 'Without it: the best one.' }),
    startsAt: instantSchema.optional(),
    position: positionSchema.optional(),
  }),
  z.strictObject({ method: z.literal('door'), areaId: idSchema('par'), startsAt: instantSchema }),
  z.strictObject({ method: z.literal('self_post') }),
]);
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
      .meta({ description: 'Windows in which a courier comes to the door, soonest first.' }),
    selfPost: z.boolean(),
  })
  .meta({ id: 'ReturnOptions' });
const buyerActions = [
  z.strictObject({ action: z.literal('withdraw') }),
  z.strictObject({ action: z.literal('escalate'), reason: textSchema(500) }),
  z.strictObject({ action: z.literal('declare_number'), number, carrierCode }),
  z.strictObject({ action: z.literal('accept_screening') }),
  z.strictObject({ action: z.literal('amend'), wanted: textSchema(200) }),
  z.strictObject({ action: z.literal('refund_instead') }),
  z.strictObject({ action: z.literal('confirm_replacement') }),
] as const;
export const buyerActionSchema = z.discriminatedUnion('action', buyerActions);
export type BuyerAction = z.output<typeof buyerActionSchema>;

// Insurance
export const insuranceInputSchema = z.strictObject({
  insurer: textSchema(80),
  boughtBy: z.enum(['buyer', 'seller']),
  premium: amountSchema,
  bands: z
    .array(z.strictObject({ upToMeters: z.int().min(1).max(25_000_000), amount: amountSchema }))
    .min(1)
    .max(20)
    .meta({ description: 'What is paid up to which distance; the last one holds beyond.' }),
});
export const insuranceSchema = z
  .object({
    id: idSchema('rin'),
    orderId: idSchema('ord'),
    insurer: z.string(),
    boughtBy: z.enum(['buyer', 'seller']),
    premium: moneySchema,
    bands: z.array(z.object({ upToMeters: z.int(), amount: moneySchema })),
    state: z.enum(['active', 'claimed']),
    boughtAt: instantSchema,
  })
  .meta({ id: 'ReturnInsurance' });
export const claimAnswerSchema = z.strictObject({ state: z.enum(['accepted', 'paid']) });
