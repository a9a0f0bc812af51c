import { z } from 'zod';
import { defineEvent } from '../../platform/outbox/index.ts';
import { idSchema, instantSchema } from '../kernel/index.ts';

/** What a declaration says beside carrier and number, by its name in the API. */
export const DETAIL_NAMES = [
  'tracking_site',
  'service_name',
  'description',
  'shipped_at',
  'ship_from_country',
  'weight_grams',
] as const;
const detail = z.union([z.string(), z.int()]).optional();
const subject = {
  externalShipmentId: idSchema('ext'),
  organisationId: idSchema('org'),
  clientPlatformId: idSchema('org').optional(),
  orderId: idSchema('ord'),
  carrierCode: z.string(),
  number: z.string(),
  occurredAt: instantSchema,
};

/** A merchant said by which carrier and number he shipped an order outside the network's lines. */
export const ShipmentDeclared = defineEvent(
  'ShipmentDeclared',
  'external_shipment.declared',
  z.object({ ...subject, sendType: z.enum(['all', 'part']) }),
);
/**
 * What he had said was corrected; `previous` when the pair of carrier and number is another one. `details`: each that is
 * another one; without `before` it had not been said, without `after` it was taken away.
 */
export const ShipmentModified = defineEvent(
  'ShipmentModified',
  'external_shipment.modified',
  z.object({
    ...subject,
    reason: z.string(),
    details: z.array(z.object({ detail: z.enum(DETAIL_NAMES), before: detail, after: detail })),
    previous: z.object({ carrierCode: z.string(), number: z.string() }).optional(),
  }),
);
export const ShipmentWithdrawn = defineEvent(
  'ShipmentWithdrawn',
  'external_shipment.withdrawn',
  z.object({ ...subject, reason: z.string() }),
);
/** Tracking has said what the number leads to, or how far its parcel is. */
export const ExternalShipmentProgressed = defineEvent(
  'ExternalShipmentProgressed',
  'external_shipment.progressed',
  z.object({ ...subject, hold: z.enum(['own', 'shared']), trackingStatus: z.string().optional() }),
);

/** For tracking alone, without an audience: a number is to lead to a parcel of the merchant's, if it is free. */
export const NumberSought = defineEvent(
  'NumberSought',
  'external_shipment.number_sought',
  z.object({
    ...subject,
    /** The parcel that the number gets. */
    parcelId: idSchema('pcl'),
    /** When the order was placed: earlier scans are not about it. */
    orderedAt: instantSchema,
    to: z.object({ country: z.string(), city: z.string().optional() }),
  }),
);
/** For tracking alone: the last declaration of the merchant for this number is gone. */
export const NumberReleased = defineEvent(
  'NumberReleased',
  'external_shipment.number_released',
  z.object({ ...subject, parcelId: idSchema('pcl') }),
);

export const EXTERNAL_EVENTS = [
  ShipmentDeclared,
  ShipmentModified,
  ShipmentWithdrawn,
  ExternalShipmentProgressed,
  NumberSought,
  NumberReleased,
];
