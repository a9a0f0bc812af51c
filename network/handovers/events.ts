import { z } from 'zod';
import { defineEvent } from '../../platform/outbox/index.ts';
import { idSchema, instantSchema } from '../kernel/index.ts';

const parties = {
  organisationId: idSchema('org'),
  clientPlatformId: idSchema('org').optional(),
  carrierId: idSchema('org').optional(),
  warehouseId: idSchema('org').optional(),
};
const bag = { bagId: idSchema('bag'), code: z.string(), parcelCount: z.number(), ...parties };
const batch = {
  handoverId: idSchema('hnd'),
  number: z.string(),
  kind: z.enum(['platform_pickup', 'self_post', 'self_send']),
  parcelCount: z.number(),
  ...parties,
};
/** Long lists are cut: part 1 of `parts`, at most 200 parcels each. */
const part = { part: z.number(), parts: z.number() };
const parcelIds = z.array(idSchema('pcl')).max(200);

export const BagBuilt = defineEvent('BagBuilt', 'bag.built', z.object({ ...bag, ...part, parcelIds }));
export const BagEdited = defineEvent(
  'BagEdited',
  'bag.edited',
  z.object({ ...bag, added: parcelIds, removed: parcelIds }),
);
export const BagCanceled = defineEvent('BagCanceled', 'bag.canceled', z.object(bag));
export const HandoverCommitted = defineEvent(
  'HandoverCommitted',
  'handover.committed',
  z.object({ ...batch, bagIds: z.array(idSchema('bag')) }),
);
export const HandoverCanceled = defineEvent('HandoverCanceled', 'handover.canceled', z.object(batch));
export const HandoverCollected = defineEvent('HandoverCollected', 'handover.collected', z.object(batch));
export const HandoverCollectionFailed = defineEvent(
  'HandoverCollectionFailed',
  'handover.collection_failed',
  z.object({ ...batch, reason: z.string() }),
);
/** Announced parcels that the warehouse scanned; each parcel once. */
export const HandoverParcelsArrived = defineEvent(
  'HandoverParcelsArrived',
  'handover.parcels_arrived',
  z.object({
    ...batch,
    occurredAt: instantSchema,
    parcels: z
      .array(
        z.object({
          parcelId: idSchema('pcl'),
          shipmentId: idSchema('shp'),
          number: z.string(),
          bagId: idSchema('bag').optional(),
          issue: z.string().optional(),
        }),
      )
      .max(200),
  }),
);
export const HandoverSigned = defineEvent(
  'HandoverSigned',
  'handover.signed',
  z.object({
    ...batch,
    isNormal: z.boolean(),
    arrived: z.number(),
    missing: z.number(),
    surplus: z.number(),
    other: z.number(),
  }),
);
export const HandoverDifferenceFound = defineEvent(
  'HandoverDifferenceFound',
  'handover.difference_found',
  z.object({
    ...batch,
    ...part,
    differences: z
      .array(
        z.object({
          number: z.string(),
          code: z.number(),
          parcelId: idSchema('pcl').optional(),
          bagId: idSchema('bag').optional(),
          issue: z.string().optional(),
        }),
      )
      .max(200),
  }),
);

export const HANDOVER_EVENTS = [
  BagBuilt,
  BagEdited,
  BagCanceled,
  HandoverCommitted,
  HandoverCanceled,
  HandoverCollected,
  HandoverCollectionFailed,
  HandoverParcelsArrived,
  HandoverSigned,
  HandoverDifferenceFound,
];
