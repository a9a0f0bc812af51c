import { z } from 'zod';
import { pageQuerySchema } from '../accounts/index.ts';
import {
  amountSchema,
  countrySchema,
  currencySchema,
  idSchema,
  instantSchema,
  moneySchema,
  paragraphsSchema,
  textSchema,
} from '../kernel/index.ts';
import { DEDUCTION_STATES, LINE_KINDS, STATEMENT_STATES } from './model.ts';
import {
  ALL_DEDUCTION_REASONS,
  DEDUCTION_REASONS,
  PAID_WORK,
  pointCommissionSchema,
  tariffSchema,
} from './rulebook.ts';

export const statementParams = z.strictObject({ statementId: idSchema('pst') });
export const deductionParams = z.strictObject({ deductionId: idSchema('pdd') });
export const networkParams = z.strictObject({ organisationId: idSchema('org') });

const week = z.iso.date().meta({ description: 'Its Monday' });
const organisationId = idSchema('org').optional().meta({ description: 'A point network; for network staff' });

export const statementListQuery = z.strictObject({
  ...pageQuerySchema.shape,
  organisationId,
  state: z.enum(STATEMENT_STATES).optional(),
  week: week.optional(),
});

export const statementSchema = z
  .object({
    id: idSchema('pst'),
    organisationId: idSchema('org'),
    week,
    zone: z
      .string()
      .meta({ description: 'IANA; the calendar of the week and of the months whose volume counts' }),
    startsAt: instantSchema,
    endsAt: instantSchema,
    lines: z.int(),
    lateLines: z.int().meta({ description: 'Of earlier weeks, told after those were closed' }),
    opening: moneySchema.meta({ description: 'What the weeks before left owed; never above 0' }),
    earned: moneySchema,
    owed: moneySchema.meta({ description: 'Collected for the operator, and deductions' }),
    closing: moneySchema,
    payout: amountSchema,
    state: z.enum(STATEMENT_STATES),
    bankReference: z.string().optional(),
    valueDate: z.string().optional(),
    closedAt: instantSchema,
    paidAt: instantSchema.optional(),
  })
  .meta({ id: 'PointStatement' });

const subject = z.strictObject({
  kind: z.enum(['shelf_parcel', 'return', 'mailing', 'parcel']),
  id: z.string().regex(/^[a-z]{3}_[0-9a-hjkmnp-tv-z]{26}$/),
});

export const lineSchema = z
  .object({
    id: idSchema('pcm'),
    sequence: z.int().meta({ description: 'Its place in all lines of the network, from 1' }),
    kind: z.enum(LINE_KINDS),
    rule: z.string(),
    eventId: z.string(),
    eventType: z.string(),
    pointId: idSchema('pnt'),
    country: countrySchema,
    subject,
    occurredAt: instantSchema,
    accruedAt: instantSchema,
    rulesVersionId: z.string(),
    amount: moneySchema,
    outletAmount: moneySchema.meta({ description: 'The outlet’s part; the rest is the network’s' }),
    inputs: z.object({
      month: z.string().optional(),
      monthCount: z.int().optional(),
      baseMinor: z.int().optional(),
    }),
    reverses: idSchema('pcm').optional(),
  })
  .meta({ id: 'PointStatementLine' });

const pointId = idSchema('pnt').optional();
export const lineListQuery = z.strictObject({
  cursor: pageQuerySchema.shape.cursor,
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
  pointId,
});

export const outletSchema = z
  .object({
    id: idSchema('pnt').meta({ description: 'The outlet' }),
    lines: z.int(),
    amount: moneySchema,
    outletAmount: moneySchema,
  })
  .meta({ id: 'PointStatementOutlet' });

export const rulesSchema = z
  .object({
    data: z.array(z.object({ versionId: z.string(), document: pointCommissionSchema })),
  })
  .meta({ id: 'PointStatementRules' });

export const earningsQuery = z.strictObject({ pointId });
export const earningsSchema = z
  .object({
    open: z.array(
      z.object({
        currency: currencySchema,
        lines: z.int(),
        amount: moneySchema,
        outletAmount: moneySchema,
      }),
    ),
  })
  .meta({ id: 'PointEarnings' });

const tariffSpan = z
  .object({
    from: instantSchema.optional().meta({ description: 'Missing where it was always so' }),
    until: instantSchema.optional(),
    versionId: z.string(),
    appealDays: z.int(),
    closeAfterHours: z.int(),
    tariffs: z.array(
      z.object({
        country: countrySchema.optional().meta({ description: 'Of the point; missing: all other countries' }),
        tariff: tariffSchema,
      }),
    ),
  })
  .meta({ id: 'PointTariffSpan' });
export const tariffAnswerSchema = z
  .object({
    inForce: tariffSpan,
    next: z.array(tariffSpan).meta({ description: 'What is decided already, in order' }),
    month: z.string().meta({ description: 'YYYY-MM in the zone of the network' }),
    done: z.array(z.object({ work: z.enum(PAID_WORK), count: z.int() })).meta({
      description: 'This month: the next one of its kind earns by the tier that the number after it reaches',
    }),
  })
  .meta({ id: 'PointNetworkTariff' });

export const paymentSchema = z
  .strictObject({ bankReference: textSchema(100), valueDate: z.iso.date() })
  .meta({ id: 'PointPayment' });

export const imposeSchema = z
  .strictObject({
    pointId: idSchema('pnt'),
    reason: z.enum(DEDUCTION_REASONS),
    subject: subject.meta({ description: 'What it is about' }),
    occurredAt: instantSchema.meta({ description: 'The rules of that moment count' }),
    evidence: paragraphsSchema(2_000),
  })
  .meta({ id: 'PointDeductionInput' });
export const appealSchema = z
  .strictObject({ text: paragraphsSchema(2_000) })
  .meta({ id: 'PointDeductionAppeal' });
export const decisionSchema = z
  .strictObject({ decision: z.enum(['overturned', 'upheld']), text: paragraphsSchema(2_000) })
  .meta({ id: 'PointDeductionDecision' });

const deduction = {
  id: idSchema('pdd'),
  organisationId: idSchema('org'),
  pointId: idSchema('pnt'),
  reason: z.enum(ALL_DEDUCTION_REASONS),
  subject,
  occurredAt: instantSchema,
  rulesVersionId: z.string(),
  amount: amountSchema,
  recovered: amountSchema.meta({ description: 'All of it where it was overturned' }),
  state: z.enum(DEDUCTION_STATES),
  imposedAt: instantSchema,
  appealUntil: instantSchema,
  appealedAt: instantSchema.optional(),
  decidedAt: instantSchema.optional(),
};
export const deductionSummarySchema = z.object(deduction).meta({ id: 'PointDeductionSummary' });
export const deductionSchema = z
  .object({
    ...deduction,
    evidence: z.string().optional().meta({ description: 'Missing where the rules imposed it by themselves' }),
    appeal: z.string().optional(),
    decision: z.string().optional(),
  })
  .meta({ id: 'PointDeduction' });
export const deductionListQuery = z.strictObject({
  ...pageQuerySchema.shape,
  organisationId,
  state: z.enum(DEDUCTION_STATES).optional(),
  pointId,
});
