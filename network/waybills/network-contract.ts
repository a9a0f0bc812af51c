import { z } from 'zod';
import { pageQuerySchema } from '../accounts/index.ts';
import { idSchema, instantSchema, textSchema } from '../kernel/index.ts';
import { NATIVE_CHECK_RULES } from '../numbers/index.ts';
import { areaSchema, carrierCodeSchema } from './contract.ts';
import { CHECK_COVERS, NETWORK_HOLDER, UNRESOLVED_REASONS } from './model.ts';
import { FENCE_REASONS } from './number-issuer.ts';

const MAX_SERIAL = 999_999_999_999_999;
const affix = z.string().regex(/^[0-9A-Z]{0,12}$/);
const serial = z.int().min(0).max(MAX_SERIAL);
const holder = z.union([z.literal(NETWORK_HOLDER), idSchema('org')]);

export const loadSegmentSchema = z.strictObject({
  carrierCode: carrierCodeSchema,
  holder: holder
    .default(NETWORK_HOLDER)
    .meta({ description: 'The merchant who bought the stock, or `network` for the pool of the carrier.' }),
  prefix: affix.default(''),
  suffix: affix.default(''),
  digits: z.int().min(1).max(15).meta({ description: 'Digits of the serial, without the check digit.' }),
  fromSerial: serial,
  toSerial: serial,
  checkRule: z.enum(NATIVE_CHECK_RULES),
  checkCovers: z.enum(CHECK_COVERS).default('serial'),
  lowWaterPercent: z.int().min(0).max(100).optional(),
  restDays: z.int().min(1).max(3_650).optional(),
});

export const segmentSchema = z
  .object({
    id: idSchema('seg'),
    holder: z.string(),
    carrierCode: z.string(),
    prefix: z.string(),
    suffix: z.string(),
    digits: z.int(),
    fromSerial: z.int(),
    toSerial: z.int(),
    checkRule: z.enum(NATIVE_CHECK_RULES),
    checkCovers: z.enum(CHECK_COVERS),
    epoch: z.int(),
    lowWaterPercent: z.int(),
    restDays: z.int(),
    loadedAt: instantSchema,
    closedAt: instantSchema.optional(),
    stock: z.object({
      size: z.int(),
      balance: z.int(),
      available: z.int(),
      used: z.int(),
      cancelled: z.int(),
      printed: z.int(),
      expired: z.int(),
      lost: z.int(),
    }),
  })
  .meta({ id: 'NumberSegment' });

export const segmentParams = z.strictObject({ segmentId: idSchema('seg') });
export const segmentQuerySchema = pageQuerySchema.extend({ carrierCode: carrierCodeSchema.optional() });
export const gapQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
  afterSerial: z.coerce.number().int().min(-1).max(MAX_SERIAL).default(-1),
});
export const gapsSchema = z
  .object({ data: z.array(z.object({ fromSerial: z.int(), toSerial: z.int() })) })
  .meta({ id: 'NumberGaps' });

export const fenceSchema = z
  .object({
    isFenced: z.boolean(),
    reason: z.enum(FENCE_REASONS).optional(),
    segments: z
      .array(
        z.object({
          segmentId: idSchema('seg'),
          carrierCode: z.string(),
          holder: z.string(),
          fromSerial: z.int(),
          toSerial: z.int(),
          nextSerial: z.int().meta({ description: 'Where this database would go on.' }),
          markedUpTo: z
            .int()
            .optional()
            .meta({ description: 'Last serial given out, by the record outside; absent: give used_up_to.' }),
        }),
      )
      .meta({ description: 'Used segments, while numbers wait.' }),
  })
  .meta({ id: 'NumberFence' });

export const confirmSchema = z.strictObject({
  usedUpTo: z
    .array(z.strictObject({ segmentId: idSchema('seg'), serial }))
    .max(10_000)
    .default([])
    .meta({ description: 'Only when the marks are lost: the last serial that may be on a label.' }),
});
export const confirmationSchema = z
  .object({
    confirmedAt: instantSchema,
    burnedBlocks: z.int(),
    moved: z.array(z.object({ segmentId: z.string(), fromSerial: z.int(), toSerial: z.int() })),
  })
  .meta({ id: 'RestoreConfirmation' });

export const rulesParams = z.strictObject({ carrierCode: carrierCodeSchema });
export const rulesQuery = z.strictObject({ activeFrom: instantSchema.optional() });
/** Rows keep the names of the CSV columns; each is checked by itself, so that every wrong one is named. */
export const loadRulesSchema = z.strictObject({
  rules: z.array(z.record(z.string().max(64), z.unknown())).max(10_000),
});
export const ruleSetSchema = z
  .object({ carrierCode: z.string(), version: z.int(), activeFrom: instantSchema, ruleCount: z.int() })
  .meta({ id: 'RoutingRuleSet' });

export const queueQuerySchema = pageQuerySchema.extend({ carrierCode: carrierCodeSchema.optional() });
export const queueItemSchema = z
  .object({
    waybillId: idSchema('wbl'),
    organisationId: idSchema('org'),
    carrierCode: z.string(),
    number: z.string(),
    reason: z.enum(UNRESOLVED_REASONS),
    candidates: z.array(z.string()),
    area: areaSchema.optional(),
    queuedAt: instantSchema,
  })
  .meta({ id: 'RoutingQueueItem' });
export const resolveSchema = z.strictObject({
  sortMark: textSchema(40),
  consolidation: z.strictObject({ name: textSchema(80), code: textSchema(40) }).optional(),
  routeCode: textSchema(40).optional(),
  remember: z.boolean().default(true),
});
