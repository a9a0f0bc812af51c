import { sql } from '../../platform/db/index.ts';
import { codeStoreOf } from '../points/index.ts';
import type { ReturnId } from './model.ts';

export const CODES = codeStoreOf<ReturnId>({
  key: sql`returns.code_key`,
  code: sql`returns.code`,
  tries: sql`returns.code_try`,
  visit: sql`returns.counter_visit`,
  subjectId: sql`return_id`,
});
export const { dropCodes, findVisit, openVisit } = CODES;
