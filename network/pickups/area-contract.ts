import { z } from 'zod';
import { idSchema, instantSchema, isZone, textSchema } from '../kernel/index.ts';
import { country } from './contract.ts';
import { ADDRESS_BLOCK_REASONS, SLOTS, USER_BLOCK_REASONS } from './model.ts';

const fromHour = z.int().min(0).max(23);
const toHour = z.int().min(1).max(24);
type Span = { fromHour?: number | undefined; toHour?: number | undefined };
const inOrder = ({ fromHour: from, toHour: to }: Span) =>
  (from === undefined) === (to === undefined) && (from ?? 0) < (to ?? 24);
const ORDER = { message: 'from_hour lies before to_hour; both or neither' };

const timetable = {
  divisions: z
    .array(z.string().regex(/^[A-Za-z0-9-]{1,20}$/))
    .max(500)
    .default([]),
  postcodePrefixes: z
    .array(z.string().regex(/^[A-Za-z0-9]{1,10}$/))
    .max(2_000)
    .default([]),
  zone: z.string().max(60).refine(isZone, { message: 'not an IANA time zone' }),
  workingHours: z
    .array(z.strictObject({ weekday: z.int().min(1).max(7), fromHour, toHour }).refine(inOrder, ORDER))
    .min(1)
    .max(21)
    .refine(noOverlap, { message: 'hours of one weekday must not overlap' }),
  exceptions: z
    .array(
      z
        .strictObject({ date: z.iso.date(), fromHour: fromHour.optional(), toHour: toHour.optional() })
        .refine(inOrder, ORDER),
    )
    .max(400)
    .refine((list) => new Set(list.map((one) => one.date)).size === list.length, {
      message: 'a date has one exception: send the one that holds',
    })
    .default([])
    .meta({ description: 'What one date has instead, each date once; without hours it is closed.' }),
  slot: z.enum(SLOTS).default('two_hours'),
  leadMinutes: z.int().min(0).max(10_080).default(120),
  horizonDays: z.int().min(1).max(30).default(7),
  isOn: z.boolean().default(true),
};

function noOverlap(list: readonly { weekday: number; fromHour: number; toHour: number }[]): boolean {
  return list.every((one, index) =>
    list.every(
      (other, place) =>
        place <= index ||
        one.weekday !== other.weekday ||
        one.toHour <= other.fromHour ||
        other.toHour <= one.fromHour,
    ),
  );
}

export const createAreaSchema = z.strictObject({
  code: z.string().regex(/^[A-Za-z0-9_-]{1,40}$/),
  country,
  ...timetable,
});
export const updateAreaSchema = z.strictObject(timetable);

export const areaSchema = z
  .object({
    id: idSchema('par'),
    organisationId: idSchema('org'),
    code: z.string(),
    servesNetwork: z.boolean(),
    country,
    divisions: z.array(z.string()),
    postcodePrefixes: z.array(z.string()),
    zone: z.string(),
    workingHours: z.array(z.object({ weekday: z.number(), fromHour: z.number(), toHour: z.number() })),
    exceptions: z.array(
      z.object({ date: z.string(), fromHour: z.number().optional(), toHour: z.number().optional() }),
    ),
    slot: z.enum(SLOTS),
    leadMinutes: z.number(),
    horizonDays: z.number(),
    isOn: z.boolean(),
    hasCapacities: z.boolean(),
  })
  .meta({ id: 'PickupArea' });

const capacity = z.strictObject({
  day: z.union([z.literal('daily'), z.iso.date()]),
  hour: z.int().min(0).max(23),
  capacity: z.int().min(0).max(100_000),
});
export const capacitiesSchema = z.strictObject({
  mode: z.enum(['full', 'partial']),
  capacities: z
    .array(capacity)
    .max(5_000)
    .refine((list) => new Set(list.map((item) => `${item.day} ${item.hour}`)).size === list.length, {
      message: 'give each day and hour once',
    }),
});
export const capacityListSchema = z
  .object({
    areaId: idSchema('par'),
    capacities: z.array(z.object({ day: z.string(), hour: z.number(), capacity: z.number() })),
  })
  .meta({ id: 'PickupCapacities' });

export const saveCourierSchema = z.strictObject({
  name: textSchema(60),
  phoneTail: z
    .string()
    .regex(/^\d{4}$/)
    .optional()
    .meta({ description: 'The last four digits; no more of the number is kept.' }),
  areaIds: z.array(idSchema('par')).max(100).default([]),
  isOn: z.boolean().default(true),
  apiKeyId: idSchema('key')
    .optional()
    .meta({ description: 'The key, of role courier, that he works with; it shows him his own visits only.' }),
  personId: idSchema('per')
    .optional()
    .meta({ description: 'One of your people, of role courier: logged in, he sees and does the same.' }),
});
export const courierSchema = z
  .object({
    id: idSchema('cou'),
    organisationId: idSchema('org'),
    name: z.string(),
    phoneTail: z.string().optional(),
    areaIds: z.array(idSchema('par')),
    isOn: z.boolean(),
    apiKeyId: idSchema('key').optional(),
    personId: idSchema('per').optional(),
  })
  .meta({ id: 'Courier' });

export const blockBodySchema = z.union([
  z.strictObject({
    kind: z.literal('address'),
    pickupId: idSchema('pku').meta({ description: 'The sender of this pickup of yours, by reference.' }),
    reason: z.enum(ADDRESS_BLOCK_REASONS),
    detail: textSchema(200).optional(),
  }),
  z.strictObject({
    kind: z.literal('postcode'),
    country,
    postcode: textSchema(20),
    reason: z.enum(ADDRESS_BLOCK_REASONS),
    detail: textSchema(200).optional(),
  }),
  z.strictObject({
    kind: z.literal('user'),
    organisationId: idSchema('org'),
    reason: z.enum(USER_BLOCK_REASONS),
    detail: textSchema(200).optional(),
  }),
]);
export const blockSchema = z
  .object({
    id: idSchema('blk'),
    kind: z.enum(['address', 'user']),
    blockedOrganisationId: idSchema('org').optional(),
    country: country.optional(),
    postcode: z.string().optional(),
    reason: z.string(),
    detail: z.string().optional(),
    createdAt: instantSchema,
  })
  .meta({ id: 'PickupBlock' });
