import { z } from 'zod';
import { pageQuerySchema } from '../accounts/index.ts';
import { type CountryCode, countrySchema, idSchema, instantSchema, textSchema } from '../kernel/index.ts';
import { shownPartySchema } from '../vault/index.ts';
import { CODE_PATTERN } from './code.policy.ts';
import { doorContactSchema } from './door-contact.ts';
import {
  CANCELLERS,
  FAILURE_REASONS,
  PARCEL_OUTCOMES,
  PICKUP_STATES,
  REASSIGN_REASONS,
  REFUSAL_REASONS,
} from './model.ts';

export const country = countrySchema as unknown as z.ZodType<CountryCode, string>;

/** A reference to a photo or document kept elsewhere; never the thing itself. */
const evidence = z
  .array(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,199}$/))
  .max(10)
  .default([]);
const occurredAt = instantSchema.optional().meta({ description: 'When it happened; not after the present.' });
const synthetic = z.boolean().optional();

export const windowQuery = z.strictObject({
  shipmentId: idSchema('shp').optional(),
  country: country.optional(),
  postcode: z.string().trim().min(1).max(20).optional(),
  division: z.string().trim().min(1).max(40).optional(),
  carrierCode: z
    .string()
    .regex(/^[a-z0-9_]{2,40}$/)
    .optional(),
  date: z.iso.date().optional().meta({ description: 'First local date of the area; by default today.' }),
  days: z.coerce.number().int().min(1).max(14).default(3),
});

export const windowListSchema = z.object({
  data: z.array(
    z
      .object({
        areaId: idSchema('par'),
        carrierId: idSchema('org'),
        startsAt: instantSchema,
        endsAt: instantSchema,
        full: z.boolean(),
        selectable: z.boolean(),
      })
      .meta({ id: 'PickupWindow' }),
  ),
});

const windowChoice = { areaId: idSchema('par'), startsAt: instantSchema };
export const bookSchema = z.strictObject({
  shipmentIds: z.array(idSchema('shp')).min(1).max(100),
  ...windowChoice,
});
export const rescheduleSchema = z.strictObject(windowChoice);
export const cancelSchema = z.strictObject({
  reason: z
    .string()
    .regex(/^[a-z_]{1,40}$/)
    .default('unstated'),
});

export const pickupSchema = z
  .object({
    id: idSchema('pku'),
    organisationId: idSchema('org'),
    carrierId: idSchema('org'),
    areaId: idSchema('par'),
    version: z.number(),
    state: z.enum(PICKUP_STATES),
    courierId: idSchema('cou').optional(),
    courier: z.object({ name: z.string(), phoneTail: z.string().optional() }).optional(),
    window: z.object({ startsAt: instantSchema, endsAt: instantSchema }),
    attempts: z.number(),
    code: z.string().optional().meta({
      description: 'Four digits for the courier; shown to the merchant only, until they were checked.',
    }),
    codeLocked: z.boolean(),
    place: z.object({
      country,
      division: z.string().optional(),
      city: z.string().optional(),
      postcode: z.string().optional(),
    }),
    sender: shownPartySchema.optional(),
    reason: z.string().optional(),
    cancelledBy: z.enum(CANCELLERS).optional(),
    shipmentIds: z.array(idSchema('shp')),
    parcels: z.array(
      z.object({
        parcelId: idSchema('pcl'),
        shipmentId: idSchema('shp'),
        number: z.string(),
        outcome: z.enum(PARCEL_OUTCOMES).optional(),
        reason: z.string().optional(),
        weightGrams: z.number().optional(),
        evidence: z.array(z.string()),
      }),
    ),
    history: z
      .array(
        z.object({
          version: z.number(),
          fact: z.string(),
          state: z.enum(PICKUP_STATES),
          reason: z.string().optional(),
          evidence: z.array(z.string()),
          recordedAt: instantSchema,
        }),
      )
      .optional(),
    bookedAt: instantSchema,
    changedAt: instantSchema,
  })
  .meta({ id: 'Pickup' });

export const pickupListQuery = pageQuerySchema.extend({ state: z.enum(PICKUP_STATES).optional() });

export const assignSchema = z.strictObject({
  courierId: idSchema('cou'),
  reason: z.enum(REASSIGN_REASONS).default('service_desk'),
});
export const codeSchema = z.strictObject({ code: z.string().regex(CODE_PATTERN) });

export const collectSchema = z.strictObject({
  parcels: z
    .array(
      z
        .strictObject({
          parcelId: idSchema('pcl'),
          outcome: z.enum(PARCEL_OUTCOMES),
          reason: z
            .enum(['prohibited', 'over_limits', 'packaging_damaged', 'label_missing', 'not_packed', 'other'])
            .optional(),
          weightGrams: z.int().min(1).max(1_000_000).optional(),
          evidence,
        })
        .refine((parcel) => parcel.outcome === 'collected' || parcel.reason !== undefined, {
          message: 'say why it was not collected',
          path: ['reason'],
        }),
    )
    .min(1)
    .max(200),
  evidence,
  occurredAt,
  synthetic,
});
export const failSchema = z.strictObject({
  reason: z.enum(FAILURE_REASONS).exclude(['window_missed']),
  evidence,
  occurredAt,
  synthetic,
});
export const refuseSchema = z.strictObject({
  reason: z.enum(REFUSAL_REASONS),
  evidence,
  occurredAt,
  synthetic,
});

export const revealedContactSchema = doorContactSchema('PickupContact', { pickupId: idSchema('pku') });

/** Source of the length: `domesticTrackingNo` 1 to 32, domain reference 2.1. */
export const selfPostSchema = z.strictObject({
  carrierName: textSchema(60),
  number: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,31}$/),
});
export const declarationSchema = z
  .object({
    shipmentId: idSchema('shp'),
    kind: z.enum(['self_post', 'drop_off']),
    warehouseId: idSchema('org').meta({ description: 'Where the parcels go.' }),
    carrierName: z.string().optional(),
    number: z.string().optional(),
    declaredAt: instantSchema,
  })
  .meta({ id: 'HandoverDeclaration' });
