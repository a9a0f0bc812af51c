import { z } from 'zod';
import { pageQuerySchema } from '../accounts/index.ts';
import { type CountryCode, countrySchema, idSchema, instantSchema, textSchema } from '../kernel/index.ts';
import { LABEL_DPIS, LABEL_FORMATS, LABEL_SIZES } from '../labels/index.ts';
import { partyInputSchema } from '../places/index.ts';
import { UNRESOLVED_REASONS, WAYBILL_STATUSES } from './model.ts';

/** Requests of one batch (source: issue, batch of 1,000; the original takes 10). */
export const MAX_BATCH = 1_000;

const country = countrySchema as unknown as z.ZodType<CountryCode, string>;
export const carrierCodeSchema = z.string().regex(/^[a-z0-9_]{2,40}$/);

export const areaSchema = z
  .strictObject({
    country,
    postcode: textSchema(12).optional(),
    division: textSchema(80).optional(),
    city: textSchema(80).optional(),
    town: textSchema(80).optional(),
  })
  .meta({ id: 'RoutingArea', description: 'Coarse geography; never a street or a name.' });

const changeable = {
  senderRef: idSchema('pty').optional(),
  recipientRef: idSchema('pty').optional(),
  from: areaSchema.optional(),
  to: areaSchema.optional(),
  productCode: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,40}$/)
    .optional(),
  services: z
    .array(z.string().regex(/^[a-z0-9_]{1,40}$/))
    .max(20)
    .optional(),
  weightGrams: z.int().min(1).max(10_000_000).optional(),
  remark: textSchema(200).optional(),
};

/** Rules of a single wish are answered per item, so the schema only bounds it. */
export const waybillRequestSchema = z
  .strictObject({
    objectId: z.string().max(200).meta({ description: 'Your handle: the same one gives the same number.' }),
    carrierCode: carrierCodeSchema,
    packageId: z.string().max(200).optional(),
    orderRefs: z.array(z.string().max(200)).max(200).optional(),
    parentNumber: z.string().max(40).optional(),
    parentObjectId: z.string().max(200).optional(),
    pieceIndex: z.int().min(0).max(10_000).optional(),
    pieceCount: z.int().min(0).max(10_000).optional(),
    sender: partyInputSchema.optional().meta({
      description:
        'Instead of sender_ref; encrypted before it is stored. The area from is its address when absent.',
    }),
    recipient: partyInputSchema.optional().meta({
      description:
        'Instead of recipient_ref; encrypted before it is stored. The area to is its address when absent.',
    }),
    ...changeable,
  })
  .meta({ id: 'WaybillRequest' });

export const issueSchema = z.strictObject({
  organisationId: idSchema('org')
    .optional()
    .meta({ description: 'Whose waybills; for a marketplace one of its merchants. Default: your own.' }),
  requests: z.array(waybillRequestSchema).min(1).max(MAX_BATCH),
});

export const changeSchema = z.strictObject({
  ...changeable,
  version: z.int().min(1).optional().meta({ description: 'Refuses the change when the waybill moved on.' }),
});

const routeCode = z.object({
  raw: z.string(),
  hub: z.string().optional(),
  outlet: z.string().optional(),
  courier: z.string().optional(),
  extra: z.string().optional(),
});
const consolidation = z.object({ name: z.string(), code: z.string() });
const routingSchema = z
  .object({
    state: z.enum(['resolved', 'unresolved']),
    reason: z.enum(UNRESOLVED_REASONS).optional(),
    layer: z.string().optional(),
    ruleId: z.string().optional(),
    ruleVersion: z.int().optional(),
    sortMark: z.string().optional(),
    consolidation: consolidation.optional(),
    routeCode: routeCode.optional(),
  })
  .meta({ id: 'WaybillRouting' });

export const waybillSchema = z
  .object({
    id: idSchema('wbl'),
    organisationId: idSchema('org'),
    carrierCode: z.string(),
    number: z.string(),
    parentNumber: z.string().optional(),
    pieceIndex: z.int(),
    pieceCount: z.int(),
    objectId: z.string(),
    packageId: z.string().optional(),
    orderRefs: z.array(z.string()),
    shipmentRef: z.string().optional(),
    parcelRef: z.string().optional(),
    senderRef: z.string().optional(),
    recipientRef: z.string().optional(),
    from: areaSchema.optional(),
    to: areaSchema.optional(),
    productCode: z.string().optional(),
    services: z.array(z.string()),
    weightGrams: z.int().optional(),
    remark: z.string().optional(),
    routing: routingSchema.optional(),
    status: z.enum(WAYBILL_STATUSES),
    printCount: z.int(),
    version: z.int(),
    issuedAt: instantSchema,
    updatedAt: instantSchema,
    lastPrintedAt: instantSchema.optional(),
    activatedAt: instantSchema.optional(),
    endedAt: instantSchema.optional(),
  })
  .meta({ id: 'Waybill' });

const itemErrorSchema = z.object({
  code: z.string(),
  detail: z.string(),
  errors: z
    .array(z.object({ pointer: z.string(), code: z.string(), message: z.string() }))
    .optional()
    .meta({ description: 'Fields of the body, such as /requests/3/recipient/address/postcode.' }),
});
export const issueAnswerSchema = z
  .object({
    results: z.array(
      z.object({
        objectId: z.string(),
        ok: z.boolean(),
        waybill: waybillSchema.optional(),
        error: itemErrorSchema.optional(),
      }),
    ),
  })
  .meta({ id: 'WaybillResults' });

export const waybillParams = z.strictObject({ waybillId: idSchema('wbl') });

export const waybillQuerySchema = pageQuerySchema.extend({
  number: z.string().max(40).optional(),
  objectId: z.string().max(64).optional(),
  orderRef: z.string().max(64).optional(),
  shipmentRef: z.string().max(64).optional(),
  parentNumber: z.string().max(40).optional(),
  status: z.enum(WAYBILL_STATUSES).optional(),
});

const press = {
  format: z.enum(LABEL_FORMATS).default('pdf'),
  size: z.enum(LABEL_SIZES).default('100x150mm'),
  dpi: z.union([z.literal(LABEL_DPIS[0]), z.literal(LABEL_DPIS[1])]).default(LABEL_DPIS[0]),
};
/** Labels of one batch print (source: issue, one PDF of up to 500). */
export const MAX_PRINT = 500;
export const printSchema = z.strictObject(press);
export const printBatchSchema = z.strictObject({
  waybillIds: z.array(idSchema('wbl')).min(1).max(MAX_PRINT),
  ...press,
});

export const labelSchema = z
  .object({
    id: idSchema('lbl'),
    format: z.enum(LABEL_FORMATS),
    size: z.enum(LABEL_SIZES),
    dpi: z.int(),
    bytes: z.int(),
    printedAt: instantSchema,
    items: z.array(z.object({ waybillId: idSchema('wbl'), number: z.string(), printCount: z.int() })),
  })
  .meta({ id: 'Label' });
