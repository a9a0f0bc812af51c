import { z } from 'zod';
import {
  type CountryCode,
  countrySchema,
  idSchema,
  instantSchema,
  positionSchema,
  textSchema,
} from '../kernel/index.ts';
import { PARTY_FIELDS, PURPOSES } from './model.ts';

const country = countrySchema as unknown as z.ZodType<CountryCode, string>;

const addressFields = {
  country,
  divisionCodes: z.array(z.string().max(12)).max(4).optional(),
  division: textSchema(80).optional(),
  city: textSchema(100),
  district: textSchema(100).optional(),
  town: textSchema(100).optional(),
  postcode: textSchema(16).optional(),
  lines: z.array(textSchema(255)).min(1).max(4),
  position: positionSchema.optional(),
};
const taxIdFields = { kind: z.string().regex(/^[a-z0-9_]{2,20}$/), number: textSchema(40) };

/** E.164 holds 15 digits; the rest is an extension of a privacy number and separators. */
const phone = textSchema(40).meta({ description: 'With its country code, such as +4930123456' });
const email = z.email().max(254).meta({ description: 'RFC 5321 limits it to 254 characters' });

/** A party as other modules take it in their bodies. Whether the address exists is judged by `places`. */
export const partySchema = z
  .strictObject({
    name: textSchema(100),
    company: textSchema(100).optional(),
    phone: phone.optional(),
    email: email.optional(),
    address: z.strictObject(addressFields).optional(),
    taxIds: z.array(z.strictObject(taxIdFields)).max(5).optional(),
  })
  .meta({ id: 'PartyRequest', description: 'A person or firm; it is encrypted before it is stored.' });

/** A party as other modules show it: masked. */
export const shownPartySchema = z
  .object({
    ref: idSchema('pty'),
    isErased: z.boolean(),
    name: z.string(),
    company: z.string().optional(),
    phone: z.string().optional(),
    address: z
      .object({
        country: countrySchema,
        division: z.string().optional(),
        city: z.string(),
        district: z.string().optional(),
        town: z.string().optional(),
        postcode: z.string().optional(),
        lines: z.array(z.string()),
      })
      .optional(),
  })
  .meta({ id: 'ShownParty', description: 'As the masks in force allow it to be seen' });

export const partyParamsSchema = z.strictObject({ partyId: idSchema('pty') });

export const revealBodySchema = z.strictObject({
  purpose: z.enum(PURPOSES),
  fields: z.array(z.enum(PARTY_FIELDS)).min(1).max(PARTY_FIELDS.length),
});

export const revealedSchema = z
  .object({
    partyId: idSchema('pty'),
    auditId: idSchema('aud'),
    party: z.object({
      name: z.string().optional(),
      company: z.string().optional(),
      phone: z.string().optional(),
      email: z.string().optional(),
      address: z
        .object({
          ...addressFields,
          lines: z.array(z.string()),
          division: z.string().optional(),
          city: z.string(),
          district: z.string().optional(),
          town: z.string().optional(),
          postcode: z.string().optional(),
        })
        .optional(),
      taxIds: z.array(z.object({ kind: z.string(), number: z.string() })).optional(),
    }),
  })
  .meta({ id: 'RevealedParty', description: 'Clear text; that it was seen is on record.' });

export const auditEntrySchema = z
  .object({
    id: idSchema('aud'),
    sequence: z.int(),
    at: instantSchema,
    action: z.enum(['reveal', 'erase', 'search']),
    actorId: z.string(),
    actorRole: z.string(),
    actorOrganisationId: idSchema('org'),
    purpose: z.enum(PURPOSES),
    fields: z.array(z.enum(PARTY_FIELDS)),
  })
  .meta({ id: 'PartyAuditEntry' });

export const revealLogQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(400).optional(),
  organisationId: idSchema('org').optional().meta({ description: 'Whose parties.' }),
  actorId: z.string().min(1).max(100).optional(),
  actorOrganisationId: idSchema('org').optional(),
  purpose: z.enum(PURPOSES).optional(),
  since: instantSchema.optional(),
  until: instantSchema.optional(),
});
export const revealLogSchema = auditEntrySchema
  .omit({ sequence: true })
  .extend({ organisationId: idSchema('org'), partyId: idSchema('pty') })
  .meta({ id: 'Reveal' });
