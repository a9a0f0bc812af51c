import { z } from 'zod';
import { defineEvent } from '../../platform/outbox/index.ts';
import { amountSchema, idSchema, instantSchema, moneySchema } from '../kernel/index.ts';

const subject = { kind: z.enum(['shelf_parcel', 'return', 'mailing', 'parcel']), id: z.string() };

/** A line of a point network's earnings. A counter line takes an earlier one back, of which `reverses` is the id. */
export const CommissionAccrued = defineEvent(
  'CommissionAccrued',
  'point.commission_accrued',
  z.object({
    lineId: idSchema('pcm'),
    organisationId: idSchema('org'),
    pointId: idSchema('pnt'),
    rule: z.string(),
    subject: z.object(subject),
    amount: moneySchema,
    rulesVersionId: z.string(),
    sourceEventId: z.string(),
    reverses: idSchema('pcm').optional(),
    occurredAt: instantSchema,
  }),
);

const deduction = {
  deductionId: idSchema('pdd'),
  organisationId: idSchema('org'),
  pointId: idSchema('pnt'),
  reason: z.string(),
  subject: z.object(subject),
  amount: amountSchema,
  occurredAt: instantSchema,
};
export const PointDeducted = defineEvent(
  'PointDeducted',
  'point.deducted',
  z.object({ ...deduction, appealUntil: instantSchema }),
);
export const DeductionAppealed = defineEvent(
  'DeductionAppealed',
  'point.deduction_appealed',
  z.object(deduction),
);
/** `recovered`: all of it, or nothing. */
export const DeductionDecided = defineEvent(
  'DeductionDecided',
  'point.deduction_decided',
  z.object({ ...deduction, decision: z.enum(['overturned', 'upheld']), recovered: amountSchema }),
);

const statement = {
  statementId: idSchema('pst'),
  organisationId: idSchema('org'),
  week: z.string(),
  occurredAt: instantSchema,
};
export const PointStatementClosed = defineEvent(
  'PointStatementClosed',
  'point.statement_closed',
  z.object({
    ...statement,
    lines: z.int(),
    opening: moneySchema,
    earned: moneySchema,
    owed: moneySchema,
    closing: moneySchema,
  }),
);
/** The operator's finance pays this out and confirms it. */
export const PointPayoutInstructed = defineEvent(
  'PointPayoutInstructed',
  'point.payout_instructed',
  z.object({ ...statement, amount: amountSchema }),
);
export const PointPayoutPaid = defineEvent(
  'PointPayoutPaid',
  'point.payout_paid',
  z.object({ ...statement, amount: amountSchema, bankReference: z.string(), valueDate: z.string() }),
);

export const COMMISSION_EVENTS = [
  CommissionAccrued,
  PointDeducted,
  DeductionAppealed,
  DeductionDecided,
  PointStatementClosed,
  PointPayoutInstructed,
  PointPayoutPaid,
] as const;
