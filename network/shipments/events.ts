import { z } from 'zod';
import { defineEvent } from '../../platform/outbox/index.ts';
import { countrySchema, dimensionsSchema, idSchema, instantSchema, moneySchema } from '../kernel/index.ts';

const coarsePlace = z.object({
  country: countrySchema,
  division: z.string().optional(),
  city: z.string().optional(),
  postcode: z.string().optional(),
});

const parcel = z.object({
  parcelId: idSchema('pcl'),
  waybillId: idSchema('wbl'),
  number: z.string(),
  index: z.number(),
});

/** Every event of a shipment carries who it is about and who has which part in it. */
const subject = {
  shipmentId: idSchema('shp'),
  organisationId: idSchema('org'),
  clientPlatformId: idSchema('org').optional(),
  carrierId: idSchema('org'),
  carrierCode: z.string(),
  warehouseId: idSchema('org'),
  lineCode: z.string(),
  orderRef: z.string(),
  parcels: z.array(parcel),
  occurredAt: instantSchema,
  /** Made up to fill a gap of recorded data; only in the test world. */
  synthetic: z.boolean(),
};

export const ShipmentPurchased = defineEvent(
  'ShipmentPurchased',
  'shipment.purchased',
  z.object({
    ...subject,
    from: coarsePlace,
    to: coarsePlace,
    handover: z.enum(['door_pickup', 'drop_off', 'self_post']),
    promise: z.object({
      kind: z.enum(['ESTIMATE', 'PROMISE']),
      earliest: instantSchema,
      latest: instantSchema,
    }),
    quotedTotal: moneySchema,
  }),
);

export const ShipmentAcknowledged = defineEvent(
  'ShipmentAcknowledged',
  'shipment.acknowledged',
  z.object({ ...subject, accepted: z.boolean(), reason: z.string().optional() }),
);

export const ShipmentCancelled = defineEvent(
  'ShipmentCancelled',
  'shipment.cancelled',
  z.object({ ...subject, reason: z.string() }),
);

export const ShipmentPickedUp = defineEvent(
  'ShipmentPickedUp',
  'shipment.picked_up',
  z.object({ ...subject }),
);

export const ShipmentPickupFailed = defineEvent(
  'ShipmentPickupFailed',
  'shipment.pickup_failed',
  z.object({ ...subject, reason: z.string() }),
);

export const InboundAccepted = defineEvent(
  'InboundAccepted',
  'shipment.inbound_accepted',
  z.object({
    ...subject,
    place: coarsePlace,
    measured: z.array(
      z.object({ parcelId: idSchema('pcl'), weightGrams: z.number(), size: dimensionsSchema.optional() }),
    ),
  }),
);

export const InboundRejected = defineEvent(
  'InboundRejected',
  'shipment.inbound_rejected',
  z.object({ ...subject, place: coarsePlace, reason: z.string() }),
);

export const OutboundCompleted = defineEvent(
  'OutboundCompleted',
  'shipment.outbound_completed',
  z.object({ ...subject, place: coarsePlace, chargedTotal: moneySchema.optional() }),
);

export const OutboundFailed = defineEvent(
  'OutboundFailed',
  'shipment.outbound_failed',
  z.object({ ...subject, place: coarsePlace, reason: z.string() }),
);

export const ShipmentSent = defineEvent(
  'ShipmentSent',
  'shipment.sent',
  z.object({ ...subject, place: coarsePlace }),
);

export const ShipmentClosed = defineEvent(
  'ShipmentClosed',
  'shipment.closed',
  z.object({ ...subject, reason: z.string() }),
);

/** The order followed its timeline: in_transit, delivered, returned, destroyed or lost. */
export const ShipmentProgressed = defineEvent(
  'ShipmentProgressed',
  'shipment.progressed',
  z.object({ ...subject, state: z.string() }),
);

/** The hold on the freight ended by its time; the parcel leaves only when the payers' funds cover it then. */
export const FreightLapsed = defineEvent('FreightLapsed', 'shipment.freight_lapsed', z.object(subject));

export const SHIPMENT_EVENTS = [
  ShipmentPurchased,
  ShipmentAcknowledged,
  ShipmentCancelled,
  ShipmentPickedUp,
  ShipmentPickupFailed,
  InboundAccepted,
  InboundRejected,
  OutboundCompleted,
  OutboundFailed,
  ShipmentSent,
  ShipmentClosed,
  ShipmentProgressed,
  FreightLapsed,
];
