import { z } from 'zod';
import { VERIFICATION_STATES } from '../authenticity/events.ts';
import { countrySchema, idSchema, instantSchema, textSchema } from '../kernel/index.ts';
import { lineErrorSchema } from '../orders/index.ts';
import { EXTERNAL_STATES, HOLDS, SEND_TYPES } from './model.ts';

export const MAX_DECLARATIONS = 500;
/** Enough for 5,000 rows with long descriptions. */
export const MAX_FILE_BYTES = 8 * 1024 * 1024;

const objectId = z.string().regex(/^[A-Za-z0-9_.:-]{1,64}$/);
const carrierCode = z
  .string()
  .regex(/^[a-z0-9_]{1,40}$/)
  .meta({ description: 'A code of GET /v1/carriers, or `other` with a tracking_site' });
const number = textSchema(64);
/** As a scan's. */
const weightGrams = z.int().min(1).max(1_000_000);
const details = {
  trackingSite: z
    .url({ protocol: /^https?$/ })
    .max(300)
    .optional()
    .meta({ description: 'Where a carrier that is in no registry can be asked' }),
  serviceName: textSchema(100).optional().meta({ description: "The carrier's own name of the service" }),
  description: textSchema(512).optional(),
  shippedAt: instantSchema.optional().meta({ description: 'When it left, as you say' }),
  shipFromCountry: countrySchema.optional(),
  weightGrams: weightGrams
    .optional()
    .meta({ description: 'What the parcel weighs, packed; what carriers weighed is compared with it' }),
};

export const declarationSchema = z
  .strictObject({
    orderId: idSchema('ord').optional(),
    orderReference: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,64}$/)
      .optional(),
    carrierCode,
    number,
    sendType: z
      .enum(SEND_TYPES)
      .default('all')
      .meta({ description: 'all: with it everything of the order is on its way. part: more will follow' }),
    ...details,
    despiteCorrection: z.boolean().optional().meta({
      description:
        'true: a declaration of the order was corrected away from this number, and it is meant all the same, as one more parcel. Without it the number is refused as external_number_corrected',
    }),
  })
  .superRefine((body, context) => {
    if ((body.orderId === undefined) === (body.orderReference === undefined))
      context.addIssue({
        code: 'custom',
        path: ['orderReference'],
        message: 'name the order by its id or your reference',
      });
  })
  .meta({ id: 'ShipmentDeclaration' });
export type DeclarationInput = z.output<typeof declarationSchema>;

export const declarationBatchSchema = z.strictObject({
  shipments: z
    .array(z.strictObject({ objectId, shipment: declarationSchema }))
    .min(1)
    .max(MAX_DECLARATIONS),
});

const outcome = z.enum(['created', 'existing', 'refused']);
const counts = { created: z.int(), existing: z.int(), refused: z.int() };

export const declarationAnswerSchema = z
  .object({
    ...counts,
    results: z.array(
      z.object({
        objectId: z.string(),
        outcome,
        externalShipmentId: idSchema('ext').optional(),
        error: lineErrorSchema.optional(),
      }),
    ),
  })
  .meta({ id: 'ShipmentDeclarations' });

export const externalImportAnswerSchema = z
  .object({
    rows: z.int(),
    ...counts,
    results: z.array(
      z.object({
        line: z.int().meta({ description: 'Line of the file, the header is line 1' }),
        orderReference: z.string().optional(),
        outcome,
        externalShipmentId: idSchema('ext').optional(),
        errors: z.array(z.object({ column: z.string(), code: z.string(), message: z.string() })),
      }),
    ),
  })
  .meta({ id: 'ExternalShipmentImport' });

export const correctionSchema = z
  .strictObject({
    carrierCode: carrierCode.optional(),
    number: number.optional(),
    trackingSite: details.trackingSite.nullable(),
    serviceName: details.serviceName.nullable(),
    description: details.description.nullable(),
    shippedAt: details.shippedAt.nullable(),
    shipFromCountry: details.shipFromCountry.nullable(),
    weightGrams: details.weightGrams.nullable(),
    reason: textSchema(200),
  })
  .meta({ id: 'ShipmentCorrection' });
export const withdrawalSchema = z.strictObject({ reason: textSchema(200) });

export const externalShipmentSchema = z
  .object({
    id: idSchema('ext'),
    organisationId: idSchema('org'),
    clientPlatformId: idSchema('org').optional(),
    orderId: idSchema('ord'),
    orderReference: z.string(),
    version: z.int(),
    state: z.enum(EXTERNAL_STATES),
    carrierCode: z.string(),
    number: z.string(),
    trackingSite: z.string().optional(),
    serviceName: z.string().optional(),
    sendType: z.enum(SEND_TYPES),
    description: z.string().optional(),
    shippedAt: instantSchema.optional(),
    shipFromCountry: countrySchema.optional(),
    weightGrams: z.int().optional(),
    hold: z.enum(HOLDS).optional().meta({
      description:
        'own: the number leads to parcel_id. shared: it is in use elsewhere. Absent: being looked up',
    }),
    parcelId: idSchema('pcl').optional(),
    trackingStatus: z.string().optional(),
    firstScanAt: instantSchema.optional(),
    deliveredAt: instantSchema.optional(),
    declaredAt: instantSchema,
    numberDeclaredAt: instantSchema,
    changedAt: instantSchema,
    withdrawnAt: instantSchema.optional(),
    withdrawalReason: z.string().optional(),
    verificationId: idSchema('vrf').optional(),
    verificationState: z
      .enum(VERIFICATION_STATES)
      .optional()
      .meta({ description: 'Where the case stands that looks into it' }),
    corrections: z.int(),
    history: z.array(
      z.object({
        carrierCode: z.string(),
        number: z.string(),
        declaredAt: instantSchema,
        replacedAt: instantSchema,
        reason: z.string(),
      }),
    ),
  })
  .meta({ id: 'ExternalShipment' });

export const externalListQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(400).optional(),
  state: z.enum(EXTERNAL_STATES).optional(),
  orderId: idSchema('ord').optional(),
  number: number.optional(),
  since: instantSchema.optional().meta({ description: 'Declared at or after this.' }),
  verificationState: z.enum(VERIFICATION_STATES).optional(),
});
