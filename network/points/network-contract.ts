import { z } from 'zod';
import { pageQuerySchema } from '../accounts/index.ts';
import { countrySchema, idSchema, instantSchema, textSchema } from '../kernel/index.ts';
import { divisionCode } from './contract.ts';
import { ADDRESS_BLOCK_REASONS, USER_BLOCK_REASONS } from './model.ts';

export const pointDevicesQuery = pageQuerySchema.extend({
  pointId: idSchema('pnt').optional().meta({ description: 'Those whose last person works there' }),
});
export const pointDeviceSchema = z
  .object({
    id: idSchema('dev'),
    name: z.string().optional(),
    state: z.enum(['active', 'blocked']),
    registeredAt: instantSchema,
    lastLogInAt: instantSchema,
    lastPersonId: idSchema('per'),
    pointIds: z.array(idSchema('pnt')).meta({ description: 'Where the last person works' }),
    blockedAt: instantSchema.optional(),
    blockReason: z.string().optional(),
  })
  .meta({ id: 'PointDevice' });
export const nameDeviceSchema = z.strictObject({ name: textSchema(60) });
export const blockDeviceSchema = z.strictObject({ reason: textSchema(200) });
export const devicePolicySchema = z
  .strictObject({
    boundRoles: z
      .array(z.enum(['point_staff', 'point_clerk']))
      .max(2)
      .meta({ description: 'point_clerk unless you say otherwise' }),
  })
  .meta({ id: 'PointDevicePolicy' });

/** Where a person lives; what is in it is judged by `places`. */
export const personAddressSchema = z
  .strictObject({
    division: textSchema(100).optional(),
    divisionCodes: z.array(divisionCode).max(8).optional(),
    city: textSchema(100),
    district: textSchema(100).optional(),
    town: textSchema(100).optional(),
    postcode: textSchema(16).optional(),
    lines: z.array(textSchema(255)).min(1).max(4),
  })
  .meta({ id: 'PersonAddress' });

const detail = textSchema(200).optional();
const addressReason = z.enum(ADDRESS_BLOCK_REASONS);
export const blockBodySchema = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('division'),
      country: countrySchema,
      divisionCode,
      reason: addressReason,
      detail,
    }),
    z.strictObject({
      kind: z.literal('postcode'),
      country: countrySchema,
      postcode: textSchema(20),
      reason: addressReason,
      detail,
    }),
    z.strictObject({
      kind: z.literal('address'),
      country: countrySchema,
      address: personAddressSchema,
      reason: addressReason,
      detail,
    }),
    z.strictObject({
      kind: z.literal('phone'),
      country: countrySchema,
      phone: textSchema(40).meta({ description: 'As people write it in that country, or with its code' }),
      reason: z.enum(USER_BLOCK_REASONS),
      detail,
    }),
  ])
  .meta({ id: 'PointBlockInput' });
export const blockSchema = z
  .object({
    id: idSchema('pbl'),
    kind: z.enum(['division', 'postcode', 'address', 'phone']),
    country: countrySchema,
    divisionCode: z.string().optional(),
    postcode: z.string().optional(),
    reason: z.string(),
    detail: z.string().optional(),
    createdAt: instantSchema,
  })
  .meta({ id: 'PointBlock' });
