import { z } from 'zod';
import { defineEvent } from '../../platform/outbox/index.ts';
import { countrySchema, idSchema, instantSchema, moneySchema } from '../kernel/index.ts';

const place = z.object({
  country: countrySchema,
  division: z.string().optional(),
  city: z.string().optional(),
  postcode: z.string().optional(),
});

const subject = {
  interceptionId: idSchema('icp'),
  shipmentId: idSchema('shp'),
  organisationId: idSchema('org'),
  clientPlatformId: idSchema('org').optional(),
  carrierId: idSchema('org'),
  parcels: z.array(
    z.object({
      parcelId: idSchema('pcl'),
      waybillId: idSchema('wbl'),
      number: z.string(),
      index: z.number(),
    }),
  ),
  kind: z.enum(['return', 'address_change']),
  to: place.optional(),
  occurredAt: instantSchema,
};

export const InterceptionRequested = defineEvent(
  'InterceptionRequested',
  'interception.requested',
  z.object({ ...subject, fee: moneySchema }),
);
export const InterceptionAccepted = defineEvent(
  'InterceptionAccepted',
  'interception.accepted',
  z.object({ ...subject, fee: moneySchema }),
);
/** `result`: 1 done, 2 failed, 3 cancelled. `departed`: the parcel had left the first warehouse. */
export const InterceptionEnded = defineEvent(
  'InterceptionEnded',
  'interception.ended',
  z.object({
    ...subject,
    result: z.union([z.literal(1), z.literal(2), z.literal(3)]),
    departed: z.boolean(),
  }),
);
/** Before the first scan: the parcel goes to another address, printed on a new label. */
export const ShipmentRecipientChanged = defineEvent(
  'ShipmentRecipientChanged',
  'shipment.recipient_changed',
  z.object({
    shipmentId: idSchema('shp'),
    organisationId: idSchema('org'),
    carrierId: idSchema('org'),
    to: place,
    occurredAt: instantSchema,
  }),
);

export const INTERCEPTION_EVENTS = [
  InterceptionRequested,
  InterceptionAccepted,
  InterceptionEnded,
  ShipmentRecipientChanged,
];
