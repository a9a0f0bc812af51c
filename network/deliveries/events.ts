import { z } from 'zod';
import { defineEvent } from '../../platform/outbox/index.ts';
import { countrySchema, idSchema, instantSchema, moneySchema, positionSchema } from '../kernel/index.ts';

/** Who and what an event is about; no name, no street. `position` is rounded to two decimals, about a kilometre. */
const subject = {
  deliveryId: idSchema('dlv'),
  shipmentId: idSchema('shp'),
  parcelId: idSchema('pcl'),
  number: z.string(),
  organisationId: idSchema('org'),
  clientPlatformId: idSchema('org').optional(),
  carrierId: idSchema('org'),
  courierId: idSchema('cou').optional(),
  runId: idSchema('run').optional(),
  state: z.string(),
  attempts: z.number(),
  occurredAt: instantSchema,
  place: z.object({
    country: countrySchema,
    division: z.string().optional(),
    city: z.string().optional(),
    postcode: z.string().optional(),
  }),
  position: positionSchema.optional(),
};
const withReason = { ...subject, reason: z.string() };
const signed = {
  ...subject,
  signKind: z.enum(['self', 'other', 'reception', 'door', 'meter_box']),
  proofs: z.array(z.enum(['photo', 'signature', 'pin'])),
  flags: z.array(z.string()),
};

/** The parcel is at the depot and on a courier's list. */
export const DeliveryAssigned = defineEvent('DeliveryAssigned', 'delivery.assigned', z.object(subject));
export const OutForDelivery = defineEvent('OutForDelivery', 'delivery.out_for_delivery', z.object(subject));
/** `nextAttemptFrom`: not before; absent when there will be none. */
export const DeliveryAttempted = defineEvent(
  'DeliveryAttempted',
  'delivery.attempted',
  z.object({ ...withReason, nextAttemptFrom: instantSchema.optional() }),
);
/** `collectedAtDepot`: the recipient came for it. */
export const Delivered = defineEvent(
  'Delivered',
  'delivery.delivered',
  z.object({ ...signed, collectedAtDepot: z.boolean(), cashCollected: z.boolean() }),
);
export const DeliveredToSafePlace = defineEvent(
  'DeliveredToSafePlace',
  'delivery.delivered_to_safe_place',
  z.object(signed),
);
export const DeliveryRefused = defineEvent('DeliveryRefused', 'delivery.refused', z.object(withReason));
export const DeliveryBroughtBack = defineEvent(
  'DeliveryBroughtBack',
  'delivery.brought_back',
  z.object(subject),
);
export const HeldForPickup = defineEvent(
  'HeldForPickup',
  'delivery.held_for_pickup',
  z.object({ ...subject, holdUntil: instantSchema.optional() }),
);
export const ReturnStarted = defineEvent('ReturnStarted', 'delivery.return_started', z.object(withReason));
export const ReturnCompleted = defineEvent('ReturnCompleted', 'delivery.return_completed', z.object(subject));
export const DisposalOrdered = defineEvent(
  'DisposalOrdered',
  'delivery.disposal_ordered',
  z.object(withReason),
);
export const ParcelDisposed = defineEvent('ParcelDisposed', 'delivery.disposed', z.object(subject));
/** Cash was taken at the door; the ledger's `CodCollected` says what the carrier owes for it. */
export const DeliveryCashCollected = defineEvent(
  'DeliveryCashCollected',
  'delivery.cash_collected',
  z.object({ ...subject, amount: moneySchema }),
);

export const DELIVERY_EVENTS = [
  DeliveryAssigned,
  OutForDelivery,
  DeliveryAttempted,
  Delivered,
  DeliveredToSafePlace,
  DeliveryRefused,
  DeliveryBroughtBack,
  HeldForPickup,
  ReturnStarted,
  ReturnCompleted,
  DisposalOrdered,
  ParcelDisposed,
  DeliveryCashCollected,
];
