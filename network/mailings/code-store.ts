import { sql } from '../../platform/db/index.ts';
import { codeStoreOf } from '../points/index.ts';
import type { MailingId } from './model.ts';

export const CODES = codeStoreOf<MailingId>({
  key: sql`mailings.code_key`,
  code: sql`mailings.code`,
  tries: sql`mailings.code_try`,
  visit: sql`mailings.counter_visit`,
  subjectId: sql`mailing_id`,
});
export const { dropCodes, findVisit, openVisit } = CODES;
