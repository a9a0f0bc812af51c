import { z } from 'zod';
import {
  amountSchema,
  type CountryCode,
  countrySchema,
  idSchema,
  instantSchema,
  isZone,
  positionSchema,
  textSchema,
} from '../kernel/index.ts';
import { GOODS_CLASSES } from '../lines/index.ts';
import { minutesOf } from './hours.policy.ts';
import {
  DOCUMENT_KINDS,
  PAUSE_REASONS,
  POINT_KINDS,
  POINT_SERVICES,
  POINT_STATES,
  REJECTION_REASONS,
  TEST_BEHAVIOURS,
} from './model.ts';
import { RING_POSITIONS } from './range.policy.ts';

const opens = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const closes = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/);
type Span = { readonly opens: string; readonly closes: string };
const isForward = (span: Span) => minutesOf(span.opens) < minutesOf(span.closes);
const FORWARD = { message: 'opens lies before closes; a night is two entries, until 24:00 and from 00:00' };
const dayHours = z.strictObject({ opens, closes }).refine(isForward, FORWARD);

function isApart(spans: readonly Span[]): boolean {
  const sorted = [...spans].sort((a, b) => minutesOf(a.opens) - minutesOf(b.opens));
  return sorted.every((span, index) => {
    const next = sorted[index + 1];
    return next === undefined || minutesOf(span.closes) <= minutesOf(next.opens);
  });
}
const APART = { message: 'hours of one day do not overlap' };

export const hoursSchema = z
  .array(z.strictObject({ day: z.int().min(1).max(7), opens, closes }).refine(isForward, FORWARD))
  .max(42)
  .refine((list) => [...Map.groupBy(list, ({ day }) => day).values()].every(isApart), APART)
  .meta({ description: 'Weekly hours, local wall-clock time; day 1 is Monday' });

const exceptions = z
  .array(
    z.strictObject({
      date: z.iso.date(),
      hours: z.array(dayHours).max(6).refine(isApart, APART),
      reason: textSchema(100).optional(),
    }),
  )
  .max(400)
  .refine((list) => new Set(list.map(({ date }) => date)).size === list.length, {
    message: 'a date has one exception: send the one that holds',
  })
  .meta({ description: 'What one date has instead; without hours it is closed, such as a holiday' });

export const divisionCode = z.string().regex(/^[A-Za-z0-9-]{1,20}$/);
const range = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('divisions'), codes: z.array(divisionCode).min(1).max(500) }),
  z.strictObject({
    kind: z.literal('polygon'),
    ring: z.array(positionSchema).min(RING_POSITIONS.min).max(RING_POSITIONS.max),
  }),
]);

const perHour = z.int().min(0).max(10_000);
export const capacitySchema = z
  .strictObject({
    perHour: z.strictObject({
      collect: perHour.optional(),
      return: perHour.optional(),
      mail: perHour.optional(),
    }),
    shelf: z.int().min(0).max(100_000),
    maxWeightGrams: z.int().min(1).max(1_000_000).optional(),
    maxSideMm: z.int().min(1).max(10_000).optional(),
  })
  .meta({ id: 'PointCapacity' });

const isOnce = (list: readonly string[]) => new Set(list).size === list.length;
const ONCE = { message: 'each once' };

export const outletFields = {
  name: textSchema(120),
  kind: z.enum(POINT_KINDS),
  services: z.array(z.enum(POINT_SERVICES)).min(1).refine(isOnce, ONCE),
  goodsClasses: z.array(z.enum(GOODS_CLASSES)).max(GOODS_CLASSES.length).refine(isOnce, ONCE).meta({
    description: 'Beyond normal goods',
  }),
  divisionCodes: z.array(divisionCode).max(8),
  city: textSchema(100),
  postcode: textSchema(20),
  addressLines: z.array(textSchema(200)).min(1).max(4),
  position: positionSchema,
  zone: z.string().max(60).refine(isZone, { message: 'not an IANA time zone' }),
  hours: hoursSchema,
  exceptions,
  range,
  capacity: capacitySchema,
  feePerParcel: amountSchema,
  testBehaviour: z.enum(TEST_BEHAVIOURS).meta({
    description:
      'Test world only, whatever hours and capacity say. always_full: refuses reservations as point_full and is left ' +
      'out of options as full. closed: its door is never open. slow: what it takes in is handed over late at once, so ' +
      'that return.handover_late follows the intake without waiting a day',
  }),
};
export const outletCodeSchema = z.string().regex(/^[A-Za-z0-9_.-]{1,40}$/);

export const applyPointSchema = z
  .strictObject({
    ...outletFields,
    organisationId: idSchema('org')
      .optional()
      .meta({ description: 'The network, when the operator applies' }),
    outletCode: outletCodeSchema.meta({ description: 'Your own number of the outlet' }),
    country: countrySchema,
    goodsClasses: outletFields.goodsClasses.default([]),
    divisionCodes: outletFields.divisionCodes.default([]),
    postcode: outletFields.postcode.optional(),
    exceptions: exceptions.default([]),
    range: range.optional().meta({ description: 'Without one the point serves whoever comes' }),
    feePerParcel: amountSchema.optional().meta({ description: 'The operator says it' }),
    testBehaviour: outletFields.testBehaviour.optional(),
  })
  .meta({ id: 'PointApplication' });
/** A country that fits the schema is one. */
export type Application = Omit<z.output<typeof applyPointSchema>, 'country'> & {
  readonly country: CountryCode;
};

const { kind: _kind, ...changeable } = outletFields;
export const changePointSchema = z
  .strictObject({ ...changeable, range: range.nullable() })
  .partial()
  .meta({ id: 'PointChange' });

export const pointParams = z.strictObject({ pointId: idSchema('pnt') });
export const networkParams = z.strictObject({ organisationId: idSchema('org') });

/** What everybody may know of a point. */
const publicFace = {
  id: idSchema('pnt'),
  organisationId: idSchema('org'),
  name: z.string(),
  kind: z.enum(POINT_KINDS),
  services: z.array(z.enum(POINT_SERVICES)),
  goodsClasses: z.array(z.string()),
  country: countrySchema,
  city: z.string(),
  postcode: z.string().optional(),
  addressLines: z.array(z.string()),
  position: positionSchema,
  zone: z.string(),
  hours: z.array(z.object({ day: z.int(), opens: z.string(), closes: z.string() })),
  exceptions: z.array(
    z.object({
      date: z.string(),
      hours: z.array(z.object({ opens: z.string(), closes: z.string() })),
      reason: z.string().optional(),
    }),
  ),
  maxWeightGrams: z.int().optional(),
  maxSideMm: z.int().optional(),
  quality: z.int(),
  state: z.enum(POINT_STATES),
  isOpen: z.boolean().meta({ description: 'The door is open now' }),
  takesDemand: z.boolean().meta({ description: 'New parcels may be sent there now' }),
  pausedFrom: instantSchema.optional(),
  pausedUntil: instantSchema.optional(),
  exitsAt: instantSchema.optional(),
};
export const publicPointSchema = z.object(publicFace).meta({ id: 'PublicPoint' });

export const pointSchema = z
  .object({
    ...publicFace,
    outletCode: z.string(),
    divisionCodes: z.array(z.string()),
    range: z
      .object({
        kind: z.string(),
        codes: z.array(z.string()).optional(),
        ring: z.array(positionSchema).optional(),
      })
      .optional(),
    capacity: capacitySchema,
    feePerParcel: amountSchema.optional(),
    testBehaviour: z.enum(TEST_BEHAVIOURS).optional(),
    trialUntil: instantSchema.optional(),
    appliedAt: instantSchema,
    changedAt: instantSchema,
    version: z.int(),
  })
  .meta({ id: 'Point' });

export const pointListQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(400).optional(),
  organisationId: idSchema('org').optional(),
  state: z.enum(POINT_STATES).optional(),
  country: countrySchema.optional(),
  outletCode: outletCodeSchema.optional(),
  text: textSchema(100)
    .optional()
    .meta({ description: 'A part of the name, the city or the code; any case' }),
});

export const networkSchema = z
  .object({
    organisationId: idSchema('org'),
    states: z.array(z.object({ state: z.enum(POINT_STATES), outlets: z.int() })),
    filingsDue: z
      .array(
        z.object({
          pointId: idSchema('pnt'),
          outletCode: z.string(),
          name: z.string(),
          remindedAt: instantSchema,
        }),
      )
      .meta({
        description: 'Open outlets that were reminded of their filing, the longest waiting first; at most 50',
      }),
  })
  .meta({ id: 'PointNetwork' });

const note = textSchema(500);
export const decisionSchema = z
  .discriminatedUnion('decision', [
    z.strictObject({ decision: z.literal('accept_application') }),
    z.strictObject({ decision: z.literal('accept_documents') }),
    z.strictObject({ decision: z.literal('record_site_check'), passed: z.boolean(), note }),
    z.strictObject({ decision: z.literal('complete_training') }),
    z.strictObject({ decision: z.literal('reject'), reason: z.enum(REJECTION_REASONS), note }),
    z.strictObject({ decision: z.literal('restrict'), reason: textSchema(200) }),
    z.strictObject({ decision: z.literal('suspend'), reason: textSchema(200) }),
    z.strictObject({ decision: z.literal('reinstate'), reason: textSchema(200) }),
  ])
  .meta({ id: 'PointDecision' });

export const pauseSchema = z.strictObject({
  from: instantSchema.optional().meta({ description: 'Now when absent' }),
  until: instantSchema.optional(),
  reason: z.enum(PAUSE_REASONS),
});
export const exitSchema = z.strictObject({
  lastMoment: instantSchema.meta({ description: 'Parcels are taken until then' }),
  reason: textSchema(200),
});
export const factsSchema = z.object({
  data: z.array(
    z.object({
      version: z.int(),
      fact: z.string(),
      state: z.string(),
      reason: z.string().optional(),
      note: z.string().optional(),
      byCaller: z.string(),
      recordedAt: instantSchema,
    }),
  ),
});

const depositSchema = amountSchema.refine(({ amountMinor }) => amountMinor > 0, { message: 'leave it out' });
export const contractInputSchema = z
  .strictObject({
    number: textSchema(60),
    needsDocuments: z.boolean().default(true).meta({ description: 'Of each outlet' }),
    needsSiteCheck: z.boolean().default(true).meta({ description: 'Of each outlet' }),
    deposit: depositSchema
      .optional()
      .meta({ description: 'Once for all outlets; in force when it is there' }),
    validFrom: instantSchema,
    validTo: instantSchema.optional(),
  })
  .meta({ id: 'PointContractInput' });
export const contractSchema = z
  .object({
    organisationId: idSchema('org'),
    number: z.string(),
    needsDocuments: z.boolean(),
    needsSiteCheck: z.boolean(),
    deposit: amountSchema.optional(),
    depositPaid: amountSchema.optional(),
    validFrom: instantSchema,
    validTo: instantSchema.optional(),
    changedAt: instantSchema,
  })
  .meta({ id: 'PointContract' });

export const depositReturnSchema = z.strictObject({
  deductions: z
    .array(z.strictObject({ amountMinor: z.int().min(1).max(1e12), reason: textSchema(200) }))
    .max(50)
    .default([]),
});
export const depositReturnedSchema = z.object({ returned: z.array(amountSchema) });
export const documentSchema = z
  .object({
    id: idSchema('pdc'),
    pointId: idSchema('pnt'),
    kind: z.enum(DOCUMENT_KINDS),
    contentType: z.string(),
    sizeBytes: z.int(),
    sha256: z.string(),
    recordedAt: instantSchema,
  })
  .meta({ id: 'PointDocument' });
export const filingSchema = z.strictObject({
  number: textSchema(60).meta({ description: 'Of the filing at the postal administration' }),
});

export const placeClerkSchema = z.strictObject({ pointIds: z.array(idSchema('pnt')).max(200) });
export const clerkSchema = z
  .object({ personId: idSchema('per'), pointIds: z.array(idSchema('pnt')), changedAt: instantSchema })
  .meta({ id: 'PointClerk' });
