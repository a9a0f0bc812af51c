import { z } from 'zod';
import { defineEvent } from '../../platform/outbox/index.ts';
import { countrySchema, idSchema, instantSchema, positionSchema } from '../kernel/index.ts';
import { POINT_SERVICES } from '../points/index.ts';
import { DECISION_WAYS, EXCLUSION_REASONS } from './model.ts';

const point = { pointId: idSchema('pnt'), organisationId: idSchema('org') };
const service = z.enum(POINT_SERVICES);
const subject = z.object({ kind: z.enum(['return', 'parcel', 'mailing']), id: z.string() });
const held = {
  ...point,
  reservationId: idSchema('rsv'),
  service,
  startsAt: instantSchema,
  parcels: z.number(),
  subject,
};

export const CapacityPublished = defineEvent(
  'CapacityPublished',
  'point_capacity.published',
  z.object({ ...point, occurredAt: instantSchema, acceptPercent: z.number() }),
);
export const CapacityReserved = defineEvent(
  'CapacityReserved',
  'point_capacity.reserved',
  z.object({
    ...held,
    occurredAt: instantSchema,
    expiresAt: instantSchema,
    decisionId: idSchema('dec'),
    how: z.enum(DECISION_WAYS),
  }),
);
export const CapacityReleased = defineEvent(
  'CapacityReleased',
  'point_capacity.released',
  z.object({ ...held, occurredAt: instantSchema, reason: z.string() }),
);
/** More came than was offered: `beyond` parcels of this arrival. Without `startsAt` it is the shelf. */
export const PointOverCapacity = defineEvent(
  'PointOverCapacity',
  'point.over_capacity',
  z.object({
    ...point,
    occurredAt: instantSchema,
    service,
    startsAt: instantSchema.optional(),
    beyond: z.number(),
  }),
);
/** Nobody could take it. The place is coarse: two decimals, about a kilometre. `reasons`: of how many points. */
export const DemandUnserved = defineEvent(
  'DemandUnserved',
  'point_demand.unserved',
  z.object({
    decisionId: idSchema('dec'),
    occurredAt: instantSchema,
    service,
    country: countrySchema,
    position: positionSchema,
    subject,
    parcels: z.number(),
    reasons: z.array(z.object({ reason: z.enum(EXCLUSION_REASONS), points: z.number() })),
  }),
);

export const ALLOCATION_EVENTS = [
  CapacityPublished,
  CapacityReserved,
  CapacityReleased,
  PointOverCapacity,
  DemandUnserved,
];
