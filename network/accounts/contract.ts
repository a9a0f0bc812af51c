import { z } from 'zod';
import type { CountryCode } from '../kernel/index.ts';
import { countrySchema, idSchema, instantSchema, textSchema } from '../kernel/index.ts';
import { ORGANISATION_KINDS, ROLES } from './model.ts';

const country = countrySchema as unknown as z.ZodType<CountryCode, string>;

export const organisationSchema = z
  .object({
    id: idSchema('org'),
    kind: z.enum(ORGANISATION_KINDS),
    name: z.string(),
    country,
    clientPlatformId: idSchema('org').optional(),
    carrierCode: z.string().optional(),
  })
  .meta({ id: 'Organisation' });

export const openOrganisationSchema = z.strictObject({
  kind: z.enum(ORGANISATION_KINDS).exclude(['operator']),
  name: textSchema(120),
  country,
  clientPlatformId: idSchema('org')
    .optional()
    .meta({ description: 'The marketplace whose rules bind a merchant.' }),
  carrierCode: z
    .string()
    .regex(/^[a-z0-9_]{2,40}$/)
    .optional()
    .meta({ description: 'Which carrier of the registry this organisation works as.' }),
});

export const renameOrganisationSchema = z.strictObject({ name: textSchema(120) });

const keyRole = z.enum(ROLES).exclude(['buyer', 'anonymous']);

export const apiKeySchema = z
  .object({
    id: idSchema('key'),
    organisationId: idSchema('org'),
    role: keyRole,
    name: z.string(),
    scopes: z.array(z.string()),
    createdAt: instantSchema,
    expiresAt: instantSchema.optional(),
    revokedAt: instantSchema.optional(),
  })
  .meta({ id: 'ApiKey' });

export const mintKeySchema = z.strictObject({
  organisationId: idSchema('org')
    .optional()
    .meta({ description: 'Only for the operator and for a marketplace; else your own.' }),
  role: keyRole,
  name: textSchema(80),
  scopes: z
    .array(z.string().regex(/^[a-z-]{2,40}$/))
    .max(20)
    .default([])
    .meta({ description: 'Tags of this API that the key is narrowed to; empty: all that the role may.' }),
  expiresAt: instantSchema.optional(),
  world: z.enum(['live', 'test']).optional().meta({
    description:
      "The caller's world when absent. From the live world, test mints a prd_test_ key for the twin of the organisation.",
  }),
});

export const mintedKeySchema = z
  .object({ key: apiKeySchema, secret: z.string().meta({ description: 'Shown once.' }) })
  .meta({ id: 'MintedApiKey' });

export const meSchema = z
  .object({
    role: z.enum(ROLES),
    world: z.enum(['live', 'test']),
    organisation: organisationSchema,
    person: z
      .object({ id: idSchema('per'), name: z.string(), email: z.string() })
      .optional()
      .meta({ description: 'Who is logged in; absent for a key.' }),
    operations: z.array(z.string()).meta({ description: 'What this role may do, for menus.' }),
  })
  .meta({ id: 'Me' });

/** Query of every list: `limit` 1 to 100, `cursor` from the page before. */
export const pageQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(400).optional(),
});

/** `{ data, next_cursor }`. */
export function pageSchema<T extends z.ZodType>(item: T) {
  return z.object({ data: z.array(item), nextCursor: z.string().optional() });
}

export const keyListQuery = pageQuerySchema.extend({
  organisationId: idSchema('org').optional().meta({ description: 'Keys of this organisation alone.' }),
});
