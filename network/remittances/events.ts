import { z } from 'zod';
import { defineEvent } from '../../platform/outbox/index.ts';
import { amountSchema, idSchema, instantSchema, moneySchema } from '../kernel/index.ts';
import { LINE_KINDS, STATEMENT_STATES } from './model.ts';

/** Goods of a parcel were paid for at a counter, or that was undone: `reverses` is then the line that it takes back. */
export const CodLineRecorded = defineEvent(
  'CodLineRecorded',
  'cod_statement.line_recorded',
  z.object({
    lineId: idSchema('csl'),
    organisationId: idSchema('org'),
    kind: z.enum(LINE_KINDS),
    shelfParcelId: idSchema('spc'),
    number: z.string(),
    pointId: idSchema('pnt'),
    amount: moneySchema,
    fee: moneySchema,
    rulesVersionId: z.string(),
    sourceEventId: z.string(),
    reverses: idSchema('csl').optional(),
    occurredAt: instantSchema,
  }),
);

const statement = {
  statementId: idSchema('cst'),
  organisationId: idSchema('org'),
  week: z.string(),
  occurredAt: instantSchema,
};
/** A week is closed. Where something is to be paid out, the operator's finance pays it and confirms it. */
export const CodStatementClosed = defineEvent(
  'CodStatementClosed',
  'cod_statement.closed',
  z.object({
    ...statement,
    lines: z.int(),
    state: z.enum(STATEMENT_STATES),
    opening: moneySchema,
    collected: moneySchema,
    fees: moneySchema,
    closing: moneySchema,
    payout: amountSchema,
  }),
);
export const CodStatementPaid = defineEvent(
  'CodStatementPaid',
  'cod_statement.paid',
  z.object({ ...statement, amount: amountSchema, bankReference: z.string(), valueDate: z.string() }),
);

export const REMITTANCE_EVENTS = [CodLineRecorded, CodStatementClosed, CodStatementPaid] as const;
