import { sql } from '../../platform/db/index.ts';
import { portalLinksOf } from '../accounts/index.ts';
import { codeStoreOf } from '../points/index.ts';
import type { MailingId } from './model.ts';

const subjectId = sql`mailing_id`;

export const CODES = codeStoreOf<MailingId>({
  key: sql`mailings.code_key`,
  code: sql`mailings.code`,
  tries: sql`mailings.code_try`,
  visit: sql`mailings.counter_visit`,
  subjectId,
});
export const { dropCodes } = CODES;

/** Tokens last from the order to long after the delivery; a new order has a new one. Our default. */
const TOKEN_DAYS = 60;
export const PORTAL = portalLinksOf<MailingId>({
  table: sql`mailings.portal_link`,
  subjectId,
  prefix: { live: 'mlt_live_', test: 'mlt_test_' },
  lastsMs: TOKEN_DAYS * 86_400_000,
  purge: 'mailings.purge',
});
