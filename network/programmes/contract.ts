import { z } from 'zod';
import {
  amountSchema,
  type CountryCode,
  countrySchema,
  currencySchema,
  idSchema,
  instantSchema,
  moneySchema,
  textSchema,
} from '../kernel/index.ts';
import { SERVICE_CLASSES } from '../lines/index.ts';

const country = countrySchema as unknown as z.ZodType<CountryCode, string>;
const lineCode = z.string().regex(/^[a-z0-9_]{1,60}$/);

export const programmeParams = z.strictObject({ programmeId: idSchema('prg') });

export const openProgrammeSchema = z
  .strictObject({
    name: textSchema(120),
    lineCodes: z.array(lineCode).max(100).default([]).meta({ description: 'These lines, or those classes.' }),
    serviceClasses: z.array(z.enum(SERVICE_CLASSES)).max(4).default([]),
    destinations: z.array(country).max(300).default([]).meta({ description: 'Empty: everywhere.' }),
    shareBasisPoints: z.int().min(1).max(10_000).meta({ description: '10,000 is free shipping.' }),
    maxPerParcel: amountSchema
      .refine((amount) => amount.amountMinor > 0, { message: 'more than nothing' })
      .optional(),
    budget: amountSchema.meta({ description: 'Never passed. Its currency is that of the programme.' }),
    validFrom: instantSchema.optional().meta({ description: 'Not before now; now, when left out.' }),
    validTo: instantSchema.optional(),
  })
  .refine((body) => body.maxPerParcel === undefined || body.maxPerParcel.currency === body.budget.currency, {
    message: 'max_per_parcel is in the currency of the budget',
    path: ['maxPerParcel', 'currency'],
  })
  .meta({ id: 'OpenProgramme' });

export const endProgrammeSchema = z.strictObject({
  at: instantSchema.optional().meta({ description: 'Not before now; now, when left out.' }),
});

/** Merchants see what a programme pays, not how much its marketplace has left. */
export const programmeSchema = z
  .object({
    id: idSchema('prg'),
    organisationId: idSchema('org'),
    name: z.string(),
    lineCodes: z.array(z.string()),
    serviceClasses: z.array(z.enum(SERVICE_CLASSES)),
    destinations: z.array(country),
    shareBasisPoints: z.number(),
    currency: currencySchema,
    maxPerParcel: moneySchema.optional(),
    budget: moneySchema.optional(),
    spent: moneySchema.optional(),
    validFrom: instantSchema,
    validTo: instantSchema.optional(),
    openedAt: instantSchema,
  })
  .meta({ id: 'Programme' });

export const programmeUseSchema = z
  .object({
    shipmentId: idSchema('shp'),
    merchantId: idSchema('org'),
    reserved: moneySchema,
    used: moneySchema,
    state: z.enum(['reserved', 'settled', 'released']),
    reservedAt: instantSchema,
    closedAt: instantSchema.optional(),
  })
  .meta({ id: 'ProgrammeUse' });
