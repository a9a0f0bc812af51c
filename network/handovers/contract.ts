import { z } from 'zod';
import { pageQuerySchema } from '../accounts/index.ts';
import { idSchema, instantSchema, textSchema } from '../kernel/index.ts';
import {
  ARRIVAL_ISSUES,
  BATCH_KINDS,
  CONTAINERS,
  HANDOVER_STATES,
  PARCELS_PER_COMMIT,
  PARCELS_PER_UPDATE,
} from './model.ts';

const parcelIds = z.array(idSchema('pcl')).max(PARCELS_PER_UPDATE).default([]);
const bagIds = z.array(idSchema('bag')).max(100).default([]);

const tag = {
  code: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9-]{2,31}$/)
    .optional()
    .meta({ description: 'On its tag; by default we make one.' }),
  container: z.enum(CONTAINERS).default('bag'),
  weightGrams: z.int().min(1).max(5_000_000).optional(),
  goodsReadyAt: instantSchema.optional(),
};
export const createBagSchema = z.strictObject({ ...tag, parcelIds });
export const packBagSchema = z.strictObject({
  ...tag,
  parcelIds: z
    .array(idSchema('pcl'))
    .min(1)
    .max(PARCELS_PER_COMMIT)
    .optional()
    .meta({ description: 'Left out: everything that lies loose in the handover.' }),
});
export const editBagSchema = z
  .strictObject({ add: parcelIds, remove: parcelIds })
  .refine((edit) => edit.add.length + edit.remove.length <= PARCELS_PER_UPDATE, {
    message: 'at most 200 parcels in one edit',
  })
  .refine((edit) => edit.add.every((id) => !edit.remove.includes(id)), {
    message: 'a parcel is added or removed, not both',
  });

const shared = {
  organisationId: idSchema('org'),
  carrierId: idSchema('org').optional(),
  warehouseId: idSchema('org').optional(),
  version: z.number(),
  state: z.enum(HANDOVER_STATES),
  goodsReadyAt: instantSchema.optional(),
  parcelCount: z.number(),
  createdAt: instantSchema,
  changedAt: instantSchema,
};
const content = z.object({
  parcelId: idSchema('pcl'),
  shipmentId: idSchema('shp'),
  number: z.string(),
  state: z.enum(['init', 'inbound_normal', 'inbound_abnormal']),
});

export const bagSchema = z
  .object({
    id: idSchema('bag'),
    ...shared,
    code: z.string(),
    container: z.enum(CONTAINERS),
    handoverId: idSchema('hnd').optional(),
    commits: z.number(),
    hasEdits: z.boolean().meta({ description: 'Edited since the last commit.' }),
    weightGrams: z.number().optional(),
    parcels: z.array(content).optional(),
  })
  .meta({ id: 'Bag' });

export const bagListQuery = pageQuerySchema.extend({ state: bagSchema.shape.state.optional() });

/** Source of the length of `number`: domestic number 1 to 32, domain reference 2.1. */
const selfPost = z.strictObject({
  carrierName: textSchema(60),
  number: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,31}$/),
});
export const createHandoverSchema = z
  .strictObject({
    kind: z.enum(BATCH_KINDS),
    selfPost: selfPost.optional(),
    goodsReadyAt: instantSchema.optional(),
    bagIds,
    parcelIds,
  })
  .refine((handover) => (handover.kind === 'self_post') === (handover.selfPost !== undefined), {
    message: 'self_post, and only it, needs carrier_name and number',
    path: ['selfPost'],
  });
const overlaps = (a: readonly string[], b: readonly string[]) => a.some((id) => b.includes(id));
export const editHandoverSchema = z
  .strictObject({
    addBagIds: bagIds,
    removeBagIds: bagIds,
    addParcelIds: parcelIds,
    removeParcelIds: parcelIds,
  })
  .refine(
    (edit) =>
      !overlaps(edit.addBagIds, edit.removeBagIds) && !overlaps(edit.addParcelIds, edit.removeParcelIds),
    { message: 'a thing is added or removed, not both' },
  );

export const handoverSchema = z
  .object({
    id: idSchema('hnd'),
    ...shared,
    kind: z.enum(BATCH_KINDS),
    number: z.string().meta({ description: 'For the driver.' }),
    carrierName: z.string().optional(),
    trackingNumber: z.string().optional(),
    reason: z.string().optional(),
  })
  .meta({ id: 'Handover' });

export const handoverListQuery = pageQuerySchema.extend({ state: handoverSchema.shape.state.optional() });

export const handoverListSchema = z
  .object({
    handover: handoverSchema,
    bags: z.array(bagSchema),
    loose: z.array(content),
  })
  .meta({ id: 'HandoverList', description: 'What the driver takes and the warehouse checks' });

export const collectionSchema = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('collected') }),
  z.strictObject({
    outcome: z.literal('failed'),
    reason: z.enum(['nobody_there', 'not_ready', 'over_capacity', 'refused', 'other']),
  }),
]);

export const arrivalsSchema = z.strictObject({
  scans: z
    .array(
      z.strictObject({
        number: z.string().regex(/^[\x21-\x7e]{1,64}$/),
        issue: z.enum(ARRIVAL_ISSUES).optional(),
      }),
    )
    .min(1)
    .max(PARCELS_PER_UPDATE),
});

export const difference = z
  .object({
    number: z.string(),
    code: z.number().meta({ description: '0 ok, 2 missing, 3 surplus, 5 other' }),
    parcelId: idSchema('pcl').optional(),
    bagId: idSchema('bag').optional(),
    issue: z.enum(ARRIVAL_ISSUES).optional(),
  })
  .meta({ id: 'HandoverDifference' });
export const signatureSchema = z
  .object({ handover: handoverSchema, differences: z.array(difference) })
  .meta({ id: 'HandoverSignature' });
export const differenceListSchema = z.object({ data: z.array(difference) });
export const differenceQuery = z.strictObject({
  code: z.enum(['0', '2', '3', '5']).optional(),
});
