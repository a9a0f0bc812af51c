import { z } from 'zod';
import {
  amountSchema,
  countrySchema,
  currencySchema,
  dimensionsSchema,
  instantSchema,
  moneySchema,
  textSchema,
} from '../kernel/index.ts';
import { REASON_CODES } from './limits.policy.ts';
import { GOODS_CLASSES, HANDOVER_CHOICES, LEG_KINDS, SERVICE_CLASSES } from './model.ts';

const code = z.string().regex(/^[a-z0-9_]{1,60}$/);
const zoneCode = z.string().regex(/^(\*|[A-Za-z0-9_]{1,40})$/);
const country = z.string().regex(/^([A-Z]{2}|\*)$/);
const minor = z.int().min(0).max(1e12);
const grams = z.int().min(1).max(100_000_000);
const millimetres = z.int().min(1).max(1_000_000);
const basisPoints = z.int().min(0).max(1_000_000);
const days = z.int().min(0).max(400);
const localTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const localDay = z.iso.date();

export const areaSchema = z
  .strictObject({
    country,
    divisions: z
      .array(z.string().regex(/^[0-9A-Z]{1,12}$/))
      .min(1)
      .max(500)
      .optional(),
    postcodePrefixes: z
      .array(z.string().regex(/^[0-9A-Z]{1,10}$/))
      .min(1)
      .max(5000)
      .optional(),
    postcodeRanges: z
      .array(
        z
          .strictObject({
            from: z.string().regex(/^[0-9A-Z]{1,10}$/),
            to: z.string().regex(/^[0-9A-Z]{1,10}$/),
          })
          .refine((range) => range.from.length === range.to.length && range.from <= range.to, {
            message: 'from and to have equal length, from before to',
          }),
      )
      .min(1)
      .max(5000)
      .optional(),
  })
  .meta({ id: 'Area' });
const areas = z.array(areaSchema).max(1000);

const legSchema = z.strictObject({
  kind: z.enum(LEG_KINDS),
  carrierCode: code,
  facilityCode: code.optional(),
  p50Days: z.number().min(0).max(400),
  p90Days: z.number().min(0).max(400),
});

const limitsSchema = z.strictObject({
  minWeightGrams: grams.optional(),
  maxWeightGrams: grams,
  maxSideMm: millimetres.optional(),
  maxSumOfSidesMm: millimetres.optional(),
  maxLengthPlusGirthMm: millimetres.optional(),
  maxVolumeMm3: z.int().min(1).optional(),
  dimensionsRequired: z.boolean().optional(),
  maxDeclaredValue: amountSchema.optional(),
  postcodeRequired: z.boolean().optional(),
});

const divisor = z.int().min(1000).max(20_000);
const volumetricSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('max'), divisor }),
  z.strictObject({ kind: z.literal('if_over_actual'), divisor, times: z.int().min(1).max(10) }),
  z.strictObject({ kind: z.literal('if_side_over'), divisor, sideMm: millimetres }),
]);

const zoneTableSchema = z.strictObject({
  regions: z.array(z.strictObject({ code: zoneCode, group: code.or(zoneCode).optional(), areas })).max(1000),
  rule: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('by_destination') }),
    z.strictObject({
      kind: z.literal('by_pair'),
      sameRegion: zoneCode,
      sameGroup: zoneCode,
      groupPairs: z.record(z.string().max(90), zoneCode),
      otherwise: zoneCode.optional(),
    }),
  ]),
});

const firstAndStepRate = z.strictObject({
  zone: zoneCode,
  firstGrams: grams,
  firstMinor: minor,
  stepGrams: grams,
  stepMinor: minor,
});
const perGramRate = z.strictObject({
  zone: zoneCode,
  registrationMinor: minor,
  microsPerGram: z.int().min(0).max(1e12),
});
const bandsRate = z.strictObject({
  zone: zoneCode,
  bands: z
    .array(z.strictObject({ upToGrams: grams, amountMinor: minor }))
    .min(1)
    .max(500),
});
const sheetSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('first_and_step'), rates: z.array(firstAndStepRate).min(1) }),
  z.strictObject({
    kind: z.literal('per_gram'),
    roundUpToGrams: grams,
    minimumGrams: grams,
    rates: z.array(perGramRate).min(1),
  }),
  z.strictObject({ kind: z.literal('bands'), rates: z.array(bandsRate).min(1) }),
]);

const surchargeSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('remote'), areas, amountMinor: minor }),
  z.strictObject({ type: z.literal('fuel'), rateBp: basisPoints }),
  z.strictObject({ type: z.literal('battery'), amountMinor: minor }),
  z.strictObject({ type: z.literal('oversize'), sideOverMm: millimetres, amountMinor: minor }),
  z.strictObject({ type: z.literal('peak'), from: instantSchema, to: instantSchema, amountMinor: minor }),
  z.strictObject({ type: z.literal('redelivery'), freeAttempts: z.int().min(0).max(20), amountMinor: minor }),
  z.strictObject({ type: z.literal('return'), rateBp: basisPoints }),
  z.strictObject({ type: z.literal('storage'), freeDays: days, amountMinorPerDay: minor }),
  z.strictObject({ type: z.literal('cod'), rateBp: basisPoints, minimumMinor: minor }),
  z.strictObject({ type: z.literal('insurance'), rateBp: basisPoints, minimumMinor: minor }),
]);

export const priceTableSchema = z
  .strictObject({
    code,
    currency: currencySchema,
    validFrom: instantSchema,
    validTo: instantSchema.optional(),
    zones: zoneTableSchema,
    sheet: sheetSchema,
    surcharges: z.array(surchargeSchema).max(50),
  })
  .meta({ id: 'PriceTable' });

const promiseSchema = z.strictObject({
  kind: z.enum(['ESTIMATE', 'PROMISE']),
  dayKind: z.enum(['calendar', 'working']),
  zone: z.string().min(1).max(60).meta({
    description:
      'IANA zone of the cut-off and of the day of the hand-over. The dates that are counted from it are those of the destination',
  }),
  weekend: z.array(z.int().min(1).max(7)).max(6),
  holidays: z.array(localDay).max(2000),
  cutOff: localTime,
  days: z
    .array(z.strictObject({ zone: zoneCode, minDays: days, maxDays: days }))
    .min(1)
    .max(500),
  guarantee: z
    .strictObject({
      rule: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('fixed'), amount: amountSchema }),
        z.strictObject({ kind: z.literal('percent_of_order'), rateBp: basisPoints }),
      ]),
      cap: amountSchema,
    })
    .optional(),
});

const shown = {
  code,
  names: z.strictObject({ en: z.string().min(1).max(100), zh: z.string().min(1).max(100) }),
  carrierCode: code,
  serviceClass: z.enum(SERVICE_CLASSES),
  online: z.boolean(),
  tags: z.array(code).max(50),
  origins: areas.min(1),
  destinations: areas.min(1),
  unserved: areas,
  legs: z.array(legSchema).min(1).max(30),
  limits: limitsSchema,
  goodsClasses: z.array(z.enum(GOODS_CLASSES)).min(1),
  volumetric: volumetricSchema,
  selling: z.array(priceTableSchema).max(200),
  taxes: z
    .array(
      z.strictObject({
        kind: code,
        origin: country,
        destination: country,
        rateBp: basisPoints,
        from: instantSchema,
        to: instantSchema.optional(),
      }),
    )
    .max(500),
  promise: promiseSchema,
  handover: z.array(z.enum(HANDOVER_CHOICES)).min(1),
  customs: z
    .strictObject({
      hs6: z.boolean(),
      incoterms: z.array(z.enum(['DDP', 'DAP'])).min(1),
      taxIds: z.array(z.strictObject({ country, kind: code })).max(300),
    })
    .optional(),
  validFrom: instantSchema,
  validTo: instantSchema.optional(),
};

/** A line as everybody sees it: what carriers charge us is not in it. */
export const serviceLineSchema = z.strictObject(shown).meta({ id: 'ServiceLine' });

/** A line as its operator edits it, with the carrier's tables. Parse, then ask `findLineProblems`. */
export const operatorServiceLineSchema = z
  .strictObject({ ...shown, buying: z.array(priceTableSchema).max(200) })
  .meta({ id: 'OperatorServiceLine' });

export const lineParams = z.strictObject({ lineCode: code });

export const lineListQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(400).optional(),
  origin: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional()
    .meta({ description: 'Lines that start somewhere in this country.' }),
  destination: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional()
    .meta({ description: 'Lines that go somewhere in this country.' }),
});

const version = {
  version: z.int().meta({ description: 'Number of the version in force.' }),
  offered: z.boolean().meta({ description: 'Whether its carrier takes orders here now.' }),
};

/** A line in a list: without its tables and areas of postcodes. */
export const lineSummarySchema = z
  .object({
    code,
    names: shown.names,
    carrierCode: code,
    serviceClass: shown.serviceClass,
    online: z.boolean(),
    tags: shown.tags,
    originCountries: z.array(country),
    destinationCountries: z.array(country),
    limits: limitsSchema,
    goodsClasses: shown.goodsClasses,
    handover: shown.handover,
    promise: z.object({ kind: z.enum(['ESTIMATE', 'PROMISE']), minDays: z.number(), maxDays: z.number() }),
    ...version,
  })
  .meta({ id: 'LineSummary' });

export const lineAnswerSchema = z.object({ line: serviceLineSchema, ...version }).meta({ id: 'Line' });

export const publishLineSchema = z
  .strictObject({
    line: operatorServiceLineSchema,
    from: instantSchema.optional().meta({ description: 'Not before now; now, when left out.' }),
    note: textSchema(500).optional(),
  })
  .meta({ id: 'PublishLine' });

export const endLineSchema = z.strictObject({
  at: instantSchema.optional().meta({ description: 'Not before now; now, when left out.' }),
});

const marginExampleSchema = z
  .object({
    zone: z.string(),
    weightGrams: z.int(),
    selling: moneySchema,
    buying: moneySchema.optional(),
    margin: moneySchema.optional(),
  })
  .meta({ id: 'MarginExample' });

/** A line with all its versions and what the network keeps of it. */
export const operatorLineSchema = z
  .object({
    line: operatorServiceLineSchema
      .optional()
      .meta({ description: 'In force now; absent before its begin and after its end.' }),
    version: z.int().optional(),
    endsAt: instantSchema.optional(),
    versions: z.array(
      z.object({
        version: z.int(),
        author: z.string(),
        note: z.string().optional(),
        validFrom: instantSchema,
        validTo: instantSchema.optional(),
        recordedAt: instantSchema,
      }),
    ),
    examples: z.array(marginExampleSchema),
  })
  .meta({ id: 'OperatorLine' });

export const chargeSchema = z
  .object({
    type: z.string(),
    label: z.string(),
    amount: moneySchema,
    parcel: z.number().optional(),
    basis: z.object({
      zone: z.string().optional(),
      chargeableGrams: z.number().optional(),
      stepCount: z.number().optional(),
      microsPerGram: z.number().optional(),
      rateBp: z.number().optional(),
      baseMinor: z.number().optional(),
      count: z.number().optional(),
      taxKind: z.string().optional(),
    }),
  })
  .meta({ id: 'ChargeLine' });

const previewPlaceSchema = z.strictObject({
  country: countrySchema,
  division: textSchema(40).optional(),
  postcode: textSchema(16).optional(),
});

export const previewLineSchema = z
  .strictObject({
    line: operatorServiceLineSchema,
    from: instantSchema.optional().meta({ description: 'Not before now; now, when left out.' }),
    parcel: z
      .strictObject({
        from: previewPlaceSchema,
        to: previewPlaceSchema,
        weightGrams: z.int().min(1).max(1_000_000),
        size: dimensionsSchema.optional(),
        goodsClass: z.enum(GOODS_CLASSES).default('normal'),
      })
      .optional()
      .meta({ description: 'A parcel to try the line with.' }),
  })
  .meta({ id: 'PreviewLine' });

export const linePreviewSchema = z
  .object({
    at: instantSchema.meta({ description: 'The instant whose tables were taken.' }),
    examples: z.array(marginExampleSchema),
    before: z.array(marginExampleSchema).meta({
      description: 'The same of the version that is in force at that instant; empty for a new line.',
    }),
    parcel: z
      .object({
        reasons: z
          .array(
            z.object({
              code: z.enum(REASON_CODES),
              message: z.string(),
              actual: z.union([z.string(), z.number()]).optional(),
              limit: z.union([z.string(), z.number()]).optional(),
            }),
          )
          .meta({
            description: 'Why the line would not take the parcel; it has a price when there is none.',
          }),
        price: z
          .object({
            zone: z.string(),
            tableCode: z.string(),
            chargeableGrams: z.int(),
            charges: z.array(chargeSchema),
            net: moneySchema,
            total: moneySchema,
          })
          .optional(),
        buying: moneySchema.optional(),
        margin: moneySchema.optional(),
        promise: z
          .object({
            kind: z.enum(['ESTIMATE', 'PROMISE']),
            earliest: instantSchema,
            latest: instantSchema,
            minDays: z.int(),
            maxDays: z.int(),
          })
          .optional(),
      })
      .optional(),
  })
  .meta({ id: 'LinePreview' });
