import { sql } from '../../platform/db/index.ts';
import { portalLinksOf } from '../accounts/index.ts';
import type { OrderId } from '../orders/index.ts';
import { codeStoreOf } from '../points/index.ts';
import type { ReturnId } from './model.ts';

export const CODES = codeStoreOf<ReturnId>({
  key: sql`returns.code_key`,
  code: sql`returns.code`,
  tries: sql`returns.code_try`,
  visit: sql`returns.counter_visit`,
  subjectId: sql`return_id`,
});
export const { dropCodes } = CODES;

/** Long enough to choose a point and come back to the page; whoever comes later asks again. Our default. */
const TOKEN_MS = 2 * 3_600_000;
/** A token opens the returns of one order. */
export const PORTAL = portalLinksOf<OrderId>({
  table: sql`returns.portal_link`,
  subjectId: sql`order_id`,
  prefix: { live: 'rtn_live_', test: 'rtn_test_' },
  lastsMs: TOKEN_MS,
  purge: 'returns.purge',
});
