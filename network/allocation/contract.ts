import { z } from 'zod';
import {
  amountSchema,
  countrySchema,
  idSchema,
  instantSchema,
  positionSchema,
  textSchema,
} from '../kernel/index.ts';
import { GOODS_CLASSES } from '../lines/index.ts';
import { POINT_SERVICES, personAddressSchema } from '../points/index.ts';
import { DECISION_WAYS, EXCLUSION_REASONS, RESERVATION_STATES } from './model.ts';
import { pointAllocationSchema } from './rulebook.ts';

export const TAG = 'points';
export const service = z.enum(POINT_SERVICES);
const subject = z.strictObject({
  kind: z.enum(['return', 'parcel', 'mailing']),
  id: textSchema(64).meta({ description: 'Your own reference, or the id of the parcel' }),
});

const demandFields = {
  service,
  country: countrySchema,
  position: positionSchema.optional(),
  divisionCodes: z.array(textSchema(20)).max(5).optional(),
  city: textSchema(80).optional(),
  postcode: textSchema(20).optional(),
  phone: textSchema(40).optional().meta({
    description: "Of the person, for the networks' block lists; neither this nor the address is kept",
  }),
  address: personAddressSchema.optional(),
  goodsClass: z.enum(GOODS_CLASSES).default('normal'),
  weightGrams: z.int().min(1).max(1_000_000).optional(),
  longestSideMm: z.int().min(1).max(10_000).optional(),
  parcels: z.int().min(1).max(1_000).default(1),
  notBefore: instantSchema.optional().meta({ description: 'Now when left out' }),
  notAfter: instantSchema
    .optional()
    .meta({ description: '7 days after not_before when left out; of a longer window 14 days are looked at' }),
  at: instantSchema.optional().meta({ description: 'The hour that is wished' }),
};
export type DemandBody = z.output<z.ZodObject<typeof demandFields>>;

export const optionsBodySchema = z.strictObject({
  ...demandFields,
  subject: subject
    .optional()
    .meta({ description: 'With one, a demand that finds no point counts as unserved' }),
  limit: z.int().min(1).max(50).default(10),
});
export const reservationBodySchema = z.strictObject({
  ...demandFields,
  subject,
  pointId: idSchema('pnt').optional().meta({ description: "The buyer's choice; the best one when left out" }),
  startsAt: instantSchema
    .optional()
    .meta({ description: 'An hour of the options; else a near one with room' }),
  ttlMinutes: z
    .int()
    .min(1)
    .max(20_160)
    .default(30)
    .meta({ description: 'The places are held so long; at most 14 days' }),
});

const part = z.number().min(0).max(1);
const partsSchema = z
  .object({ distance: part, capacity: part, quality: part, cost: part, fairness: part })
  .meta({ id: 'PointScoreParts', description: 'Each 0 (worst) to 1 (best)' });
const excludedSchema = z.object({ pointId: idSchema('pnt'), reason: z.enum(EXCLUSION_REASONS) });

export const optionsSchema = z
  .object({
    options: z.array(
      z
        .object({
          pointId: idSchema('pnt'),
          organisationId: idSchema('org'),
          name: z.string(),
          kind: z.string(),
          city: z.string(),
          postcode: z.string().optional(),
          addressLines: z.array(z.string()),
          position: positionSchema,
          zone: z.string(),
          distanceMeters: z.number(),
          score: part,
          parts: partsSchema,
          hours: z.array(instantSchema).meta({ description: 'Whole local hours with room, the first ones' }),
        })
        .meta({ id: 'PointOption' }),
    ),
    excluded: z.array(excludedSchema).meta({
      description:
        'Points near it that cannot take it, and why; not those whose network does not serve the person',
    }),
  })
  .meta({ id: 'PointOptions' });

export const reservationSchema = z
  .object({
    id: idSchema('rsv'),
    organisationId: idSchema('org'),
    pointId: idSchema('pnt'),
    service,
    startsAt: instantSchema,
    parcels: z.number(),
    subject: z.object({ kind: z.string(), id: z.string() }),
    state: z.enum(RESERVATION_STATES),
    reason: z.string().optional(),
    decisionId: idSchema('dec'),
    expiresAt: instantSchema,
    madeAt: instantSchema,
    changedAt: instantSchema,
  })
  .meta({ id: 'PointReservation' });

const rule = z.strictObject({
  service,
  day: z.union([z.literal('daily'), z.iso.date()]),
  hour: z.int().min(0).max(23),
  capacity: z.int().min(0).max(100_000),
});
export const capacityBodySchema = z.strictObject({
  mode: z.enum(['full', 'partial']),
  hours: z
    .array(rule)
    .max(5_000)
    .refine(
      (list) => new Set(list.map((one) => `${one.service} ${one.day} ${one.hour}`)).size === list.length,
      { message: 'give each service, day and hour once' },
    )
    .meta({ description: 'Parcels of an hour, daily or on a local date; 0 closes it' }),
});
export const acceptanceBodySchema = z.strictObject({
  acceptPercent: z.int().min(0).max(100),
  acceptUntil: instantSchema.optional(),
});
export const capacitySchema = z
  .object({
    pointId: idSchema('pnt'),
    acceptPercent: z.number(),
    acceptUntil: instantSchema.optional(),
    usual: z
      .object({ collect: z.number().optional(), return: z.number().optional(), mail: z.number().optional() })
      .meta({ description: "The outlet's own number per hour, for hours without one here" }),
    shelf: z.number(),
    hours: z.array(
      z.object({ service: z.string(), day: z.string(), hour: z.number(), capacity: z.number() }),
    ),
  })
  .meta({ id: 'PublishedPointCapacity' });

const placesFields = {
  state: z.enum(['open', 'full', 'closed']),
  capacity: z.number(),
  reserved: z.number(),
  used: z.number(),
  beyond: z.number().meta({ description: 'Parcels that came although nothing was left' }),
  room: z.number(),
};
export const slotsQuery = z.strictObject({
  service: service.optional().meta({ description: 'All that the point offers when left out' }),
  from: instantSchema.optional().meta({ description: 'Now when left out' }),
  hours: z.coerce.number().int().min(1).max(336).default(48),
});
export const slotsSchema = z
  .object({
    pointId: idSchema('pnt'),
    zone: z.string(),
    slots: z.array(z.object({ service, startsAt: instantSchema, ...placesFields })),
    shelf: z.object(placesFields).meta({ description: 'Where parcels wait for their recipients' }),
  })
  .meta({ id: 'PointSlots' });

export const reservationsQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(200).optional(),
  pointId: idSchema('pnt').optional(),
  state: z.enum(RESERVATION_STATES).optional(),
});

const STAFF_ONLY = { description: 'For the network’s own staff' };
const candidateSchema = z.object({
  pointId: idSchema('pnt'),
  organisationId: idSchema('org'),
  distanceMeters: z.number(),
  room: z.number().optional().meta(STAFF_ONLY),
  capacity: z.number().optional().meta(STAFF_ONLY),
  quality: z.number(),
  fee: amountSchema.optional(),
  gotShare: z.number().optional().meta(STAFF_ONLY),
  parts: partsSchema,
  score: part,
});
export const decisionSchema = z
  .object({
    id: idSchema('dec'),
    decidedAt: instantSchema,
    how: z.enum(DECISION_WAYS),
    madeFor: idSchema('org').optional(),
    demand: z.object({
      service,
      subject: z.object({ kind: z.string(), id: z.string() }),
      clientPlatformId: idSchema('org').optional(),
      country: countrySchema,
      position: positionSchema.meta({ description: 'To about a kilometre' }),
      divisionCodes: z.array(z.string()),
      goodsClass: z.string(),
      weightGrams: z.number().optional(),
      longestSideMm: z.number().optional(),
      parcels: z.number(),
      notBefore: instantSchema,
      notAfter: instantSchema,
      at: instantSchema.optional(),
    }),
    rulebookVersionId: z.string().optional(),
    pointId: idSchema('pnt').optional(),
    organisationId: idSchema('org').optional(),
    reservationId: idSchema('rsv').optional(),
    startsAt: instantSchema.optional(),
    candidates: z.array(candidateSchema),
    excluded: z.array(excludedSchema),
    lost: z.array(idSchema('pnt')).meta({ description: 'Points that filled up while it was tried' }),
  })
  .meta({ id: 'AllocationDecision' });

export const overCapacitySchema = z.object({
  data: z.array(
    z
      .object({
        pointId: idSchema('pnt'),
        name: z.string(),
        service,
        startsAt: instantSchema,
        capacity: z.number(),
        used: z.number(),
        beyond: z.number(),
      })
      .meta({ id: 'OverCapacity' }),
  ),
});

const namedPoints = z
  .array(z.object({ id: idSchema('pnt'), name: z.string(), city: z.string(), position: positionSchema }))
  .meta({ description: 'The points that are named here' });
export const decisionDetailSchema = decisionSchema
  .extend({ points: namedPoints })
  .meta({ id: 'AllocationDecisionDetail' });

const filters = {
  pointId: idSchema('pnt').optional(),
  country: countrySchema.optional(),
  service: service.optional(),
};
export const decisionsQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(200).optional(),
  ...filters,
  from: instantSchema.optional(),
  to: instantSchema.optional(),
  how: z.enum(DECISION_WAYS).optional(),
});

export const replayBodySchema = z.strictObject({
  from: instantSchema,
  to: instantSchema.optional().meta({ description: 'An hour after from when left out' }),
  country: countrySchema.optional(),
  service: service.optional(),
  rules: pointAllocationSchema.meta({ description: 'Other weights and distances' }),
});
const distances = z.object({ mean: z.number(), p90: z.number(), longest: z.number() });
const load = { organisationId: idSchema('org'), before: z.number(), after: z.number() };
export const replaySchema = z
  .object({
    demands: z.number(),
    isComplete: z.boolean().meta({
      description:
        'False: only the first 5,000 demands were taken again, or some are older than what is kept (kept_days)',
    }),
    chosen: z.number(),
    unserved: z.number(),
    same: z.number(),
    moved: z.number(),
    distanceMeters: z.object({ before: distances, after: distances }),
    loads: z.array(z.object({ pointId: idSchema('pnt'), ...load })),
    networks: z.array(z.object(load)),
    busiest: z.object({ before: z.number(), after: z.number() }),
    moves: z.array(
      z.object({
        decisionId: idSchema('dec'),
        from: idSchema('pnt'),
        to: idSchema('pnt'),
        metersMore: z.number(),
      }),
    ),
    points: namedPoints,
  })
  .meta({ id: 'PointReplay' });
