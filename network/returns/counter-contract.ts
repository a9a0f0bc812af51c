import { z } from 'zod';
import { amountSchema, idSchema, instantSchema, textSchema } from '../kernel/index.ts';
import { numberedParcelSchema } from '../points/index.ts';
import { FINDINGS, FREIGHT_PAYERS, PAYMENTS } from './model.ts';

const line = z.int().min(1).max(100);
const word = z.string().regex(/^[a-z][a-z0-9_]{1,39}$/);

/** What a clerk sees of a return: the goods and what is to be done, nothing of the buyer. */
export const counterReturnSchema = z
  .object({
    returnId: idSchema('ret'),
    orderReference: z.string(),
    items: z.array(
      z.object({ line: z.int(), description: z.string(), quantity: z.int(), reason: z.string() }),
    ),
    checklist: z.array(z.string()).meta({ description: 'To be answered for each item that is there.' }),
    needsIdentity: z.boolean(),
    freightPayer: z.enum(FREIGHT_PAYERS),
    payment: z.enum(PAYMENTS).meta({ description: 'How the freight is to be entered.' }),
    carrierCode: z
      .string()
      .optional()
      .meta({ description: 'The network gives a number of this carrier; without it the clerk gives one.' }),
    visitEndsAt: instantSchema,
  })
  .meta({ id: 'CounterReturn' });

export const weightGrams = z.int().min(1).max(1_000_000);
export const documentKind = word;

export const intakeSchema = z
  .strictObject({
    items: z
      .array(
        z.strictObject({
          line,
          finding: z.enum(FINDINGS),
          checks: z.record(word, z.boolean()).default({}),
          note: textSchema(200).optional(),
        }),
      )
      .min(1)
      .max(100),
    weightGrams,
    identity: z
      .strictObject({ documentKind })
      .optional()
      .meta({ description: 'That a document was seen, and of which kind; never its number.' }),
    payment: z.enum(PAYMENTS),
    freight: amountSchema,
    pictureIds: z.array(idSchema('rpi')).max(20).default([]),
    parcel: numberedParcelSchema.optional().meta({ description: 'Where the parcel has a number already.' }),
    unreadReturnId: idSchema('unr').optional().meta({
      description:
        'Of goods that were taken before their code could be read; their pictures and time come along.',
    }),
    occurredAt: instantSchema
      .optional()
      .meta({ description: 'When it was taken in, where that was without a network.' }),
  })
  .meta({ id: 'ReturnIntake' });

/** Why a counter takes no goods. */
export const TURN_AWAY_REASONS = [
  'prohibited',
  'not_the_goods',
  'too_large',
  'too_heavy',
  'not_packable',
  'no_identity',
  'freight_not_paid',
  'counter_full',
  'other',
] as const;
export const turnAwaySchema = z.strictObject({ reason: z.enum(TURN_AWAY_REASONS) });

/** What a counter has or had: enough to find the parcel on the shelf. */
export const takenReturnSchema = z
  .object({
    id: idSchema('ret'),
    state: z.string(),
    pointId: idSchema('pnt').optional(),
    number: z.string().optional(),
    carrierCode: z.string().optional(),
    weightGrams: z.int().optional(),
    acceptedAt: instantSchema.optional(),
    handoverDueAt: instantSchema.optional(),
    isHandoverLate: z.boolean(),
  })
  .meta({ id: 'TakenReturn' });
export const pointReturnsQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(400).optional(),
  pointId: idSchema('pnt'),
  state: z.enum(['code_issued', 'accepted_at_point', 'in_transit']).default('accepted_at_point'),
});
export const handoverSchema = z.strictObject({
  pointId: idSchema('pnt'),
  returnIds: z.array(idSchema('ret')).min(1).max(200),
});
export const handoverAnswerSchema = z
  .object({
    handedOver: z.int(),
    refused: z.int(),
    results: z.array(
      z.object({
        returnId: idSchema('ret'),
        outcome: z.enum(['handed_over', 'refused']),
        code: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'ReturnHandover' });
