import { z } from 'zod';
import { defineEvent } from '../../platform/outbox/index.ts';
import { countrySchema, idSchema, instantSchema } from '../kernel/index.ts';

/** Every event of a pickup says who is about it, when the courier comes, and which things wait for him. */
const subject = {
  pickupId: idSchema('pku'),
  organisationId: idSchema('org'),
  clientPlatformId: idSchema('org').optional(),
  carrierId: idSchema('org'),
  courierId: idSchema('cou').optional(),
  state: z.string(),
  attempts: z.number(),
  windowStartsAt: instantSchema,
  windowEndsAt: instantSchema,
  shipmentIds: z.array(idSchema('shp')),
  parcelIds: z.array(idSchema('pcl')),
  place: z.object({
    country: countrySchema,
    division: z.string().optional(),
    city: z.string().optional(),
    postcode: z.string().optional(),
  }),
};
const withReason = { ...subject, reason: z.string() };

export const PickupBooked = defineEvent('PickupBooked', 'pickup.booked', z.object(subject));
export const PickupAssigned = defineEvent('PickupAssigned', 'pickup.assigned', z.object(subject));
export const PickupReassigned = defineEvent('PickupReassigned', 'pickup.reassigned', z.object(withReason));
export const PickupRescheduled = defineEvent('PickupRescheduled', 'pickup.rescheduled', z.object(subject));
export const PickupFailed = defineEvent('PickupFailed', 'pickup.failed', z.object(withReason));
/** The window passed without a visit; it counts as a failed attempt. */
export const PickupMissed = defineEvent('PickupMissed', 'pickup.missed', z.object(withReason));
export const PickupRefused = defineEvent('PickupRefused', 'pickup.refused', z.object(withReason));
export const PickupCancelled = defineEvent(
  'PickupCancelled',
  'pickup.cancelled',
  z.object({ ...withReason, by: z.enum(['user', 'carrier', 'platform']) }),
);
export const PickupCodeLocked = defineEvent('PickupCodeLocked', 'pickup.code_locked', z.object(subject));
/** `outcomes`: what became of each parcel; only `collected` ones are with the courier. */
export const PickupCompleted = defineEvent(
  'PickupCompleted',
  'pickup.completed',
  z.object({
    ...subject,
    occurredAt: instantSchema,
    outcomes: z.array(
      z.object({
        parcelId: idSchema('pcl'),
        shipmentId: idSchema('shp'),
        outcome: z.enum(['collected', 'not_ready', 'refused']),
        reason: z.string().optional(),
        weightGrams: z.number().optional(),
      }),
    ),
  }),
);
export const PickupHandedOver = defineEvent('PickupHandedOver', 'pickup.handed_over', z.object(subject));
/** The merchant says how he brings a shipment himself; the domestic number is not personal. */
export const HandoverDeclared = defineEvent(
  'HandoverDeclared',
  'pickup.handover_declared',
  z.object({
    shipmentId: idSchema('shp'),
    organisationId: idSchema('org'),
    warehouseId: idSchema('org'),
    kind: z.enum(['self_post', 'drop_off']),
    carrierName: z.string().optional(),
    number: z.string().optional(),
  }),
);

export const PICKUP_EVENTS = [
  PickupBooked,
  PickupAssigned,
  PickupReassigned,
  PickupRescheduled,
  PickupFailed,
  PickupMissed,
  PickupRefused,
  PickupCancelled,
  PickupCodeLocked,
  PickupCompleted,
  PickupHandedOver,
  HandoverDeclared,
];
