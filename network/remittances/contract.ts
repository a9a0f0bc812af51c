import { z } from 'zod';
import { pageQuerySchema } from '../accounts/index.ts';
import { amountSchema, idSchema, instantSchema, moneySchema, textSchema } from '../kernel/index.ts';
import { LINE_KINDS, PAID_BY, STATEMENT_STATES } from './model.ts';
import { codRemittanceSchema } from './rulebook.ts';

export const statementParams = z.strictObject({ statementId: idSchema('cst') });
const organisationId = idSchema('org').optional().meta({ description: 'Who announced; for network staff' });
const week = z.iso.date().meta({ description: 'Its Monday' });

export const statementListQuery = z.strictObject({
  ...pageQuerySchema.shape,
  organisationId,
  state: z.enum(STATEMENT_STATES).optional(),
  week: week.optional(),
});

export const statementSchema = z
  .object({
    id: idSchema('cst'),
    organisationId: idSchema('org').meta({ description: 'Who announced the parcels' }),
    week,
    zone: z.string().meta({ description: 'IANA; the calendar of the week' }),
    startsAt: instantSchema,
    endsAt: instantSchema,
    lines: z.int(),
    lateLines: z.int().meta({ description: 'Of earlier weeks, told after those were closed' }),
    opening: moneySchema.meta({ description: 'What the weeks before left owed; never above 0' }),
    collected: moneySchema.meta({ description: 'At counters, less what was undone' }),
    fees: moneySchema,
    closing: moneySchema.meta({ description: 'opening + collected - fees' }),
    payout: amountSchema,
    state: z.enum(STATEMENT_STATES),
    bankReference: z.string().optional(),
    valueDate: z.string().optional(),
    closedAt: instantSchema,
    paidAt: instantSchema.optional(),
  })
  .meta({ id: 'CodStatement' });

export const lineSchema = z
  .object({
    id: idSchema('csl'),
    sequence: z.int().meta({ description: 'Its place in all lines of the announcer, from 1' }),
    kind: z.enum(LINE_KINDS),
    shelfParcelId: idSchema('spc'),
    number: z.string(),
    networkId: idSchema('org').meta({ description: 'The point network that took the money' }),
    pointId: idSchema('pnt'),
    eventId: z.string(),
    paidBy: z.enum(PAID_BY),
    occurredAt: instantSchema,
    recordedAt: instantSchema,
    rulesVersionId: z.string(),
    amount: moneySchema.meta({ description: 'Below 0 where it was undone' }),
    fee: moneySchema.meta({ description: 'Goes off the amount' }),
    reverses: idSchema('csl').optional(),
  })
  .meta({ id: 'CodStatementLine' });

export const lineListQuery = z.strictObject({
  cursor: pageQuerySchema.shape.cursor,
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});
export const openListQuery = z.strictObject({ ...lineListQuery.shape, organisationId });

export const rulesSchema = z
  .object({ data: z.array(z.object({ versionId: z.string(), document: codRemittanceSchema })) })
  .meta({ id: 'CodStatementRules' });

export const paymentSchema = z
  .strictObject({ bankReference: textSchema(100), valueDate: z.iso.date() })
  .meta({ id: 'CodStatementPayment' });
