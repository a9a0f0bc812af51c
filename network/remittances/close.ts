import type { Work } from '../../platform/world/index.ts';
import { closesAt, type Week, weekFrom, weeksOf } from '../commissions/index.ts';
import {
  accepted,
  type Currency,
  type Instant,
  type OrganisationId,
  type Outcome,
  refused,
} from '../kernel/index.ts';
import { confirmPayout, derivedId, instructPayout } from '../ledger/index.ts';
import { CodStatementClosed, CodStatementPaid } from './events.ts';
import { findOldestOpen, lockAccount } from './line-store.ts';
import type { Statement, StatementId } from './model.ts';
import { type Announcer, enterAnnouncer, rulesAt } from './rules.ts';
import {
  findLatestStatement,
  insertStatement,
  listOpenCurrencies,
  lockStatement,
  savePaid,
  takeOpenLines,
} from './statement-store.ts';

export const CLOSE_WEEK = 'remittances.close_week';
export type CloseWeek = { readonly organisationId: OrganisationId; readonly week: string };

/** Has the statements closed into which things that happened go. */
export async function scheduleClose(
  work: Work,
  { organisationId, zone }: Pick<Announcer, 'organisationId' | 'zone'>,
  happened: readonly Instant[],
): Promise<void> {
  const { closeAfterHours } = (await rulesAt(work.db, work.now)).document;
  for (const week of weeksOf(happened, { now: work.now, zone, closeAfterHours })) {
    work.schedule({
      kind: CLOSE_WEEK,
      key: `${organisationId} ${week.week}`,
      runAt: closesAt(week, closeAfterHours),
      payload: { organisationId, week: week.week } satisfies CloseWeek,
    });
  }
}

/**
 * Closes a week of an announcer: one statement for each currency in which something waits. A week that is closed stays
 * as it is; what was told too late waits for the next one.
 */
export async function closeWeek(work: Work, { organisationId, week: monday }: CloseWeek): Promise<void> {
  const announcer = await enterAnnouncer(work, organisationId);
  await lockAccount(work.db, organisationId, work.now);
  const week = weekFrom(monday, announcer.zone);
  if (week.endsAt > work.now) throw new Error(`the week of ${monday} is not over`);
  for (const currency of await listOpenCurrencies(work.db, organisationId, week.endsAt))
    await closeOne(work, announcer, currency, week);
  const oldest = await findOldestOpen(work.db, organisationId);
  if (oldest !== undefined) await scheduleClose(work, announcer, [oldest]);
}

async function closeOne(work: Work, announcer: Announcer, currency: Currency, week: Week): Promise<void> {
  const { organisationId, operatorId, zone } = announcer;
  const last = await findLatestStatement(work.db, organisationId, currency);
  // Statements follow each other: each opens with what the last one left.
  if (last !== undefined && last.week >= week.week) return;
  const id: StatementId = derivedId('cst', [organisationId, currency, week.week]);
  const taken = await takeOpenLines(work.db, { id, organisationId, currency }, week);
  const openingMinor = last?.state === 'carried_over' ? last.closingMinor : 0;
  const closingMinor = openingMinor + taken.collectedMinor - taken.feesMinor;
  const statement: Statement = {
    ...{ id, organisationId, currency, zone },
    ...week,
    ...taken,
    openingMinor,
    closingMinor,
    payoutMinor: Math.max(closingMinor, 0),
    state: closingMinor > 0 ? 'payout_instructed' : 'carried_over',
    bankReference: undefined,
    valueDate: undefined,
    closedAt: work.now,
    paidAt: undefined,
  };
  await insertStatement(work.db, statement);
  if (statement.payoutMinor > 0)
    await instructPayout(
      work,
      { partnerId: organisationId, clearsWith: operatorId },
      {
        reference: referenceOf(statement),
        amount: { amountMinor: statement.payoutMinor, currency },
        account: 'cod_due',
      },
    );
  const { lines, collectedMinor, feesMinor, payoutMinor, state } = statement;
  const of = (amountMinor: number) => ({ amountMinor, currency });
  tell(work, statement, operatorId, 1, CodStatementClosed.name, {
    ...{ lines, state },
    opening: of(openingMinor),
    collected: of(collectedMinor),
    fees: of(feesMinor),
    closing: of(closingMinor),
    payout: of(payoutMinor),
  });
}

function referenceOf({ id }: Pick<Statement, 'id'>) {
  return { kind: 'cod_statement', id };
}

function tell(
  work: Work,
  statement: Statement,
  operatorId: string,
  subjectSequence: number,
  type: string,
  payload: object,
): void {
  const { id, organisationId, week } = statement;
  work.emit({
    type,
    group: { organisationId },
    subjectId: id,
    subjectSequence,
    audience: [...new Set([organisationId, operatorId])],
    payload: { statementId: id, organisationId, week, occurredAt: work.now, ...payload },
  });
}

/** The operator's bank paid a statement: once; the same facts again answer the same. In its owner's scope. */
export async function payStatement(
  work: Work,
  organisationId: OrganisationId,
  command: { readonly statementId: string; readonly bankReference: string; readonly valueDate: string },
): Promise<
  Outcome<Statement, 'not_found' | 'cod_statement_not_payable' | 'payout_settled' | 'bank_reference_used'>
> {
  const { statementId, bankReference, valueDate } = command;
  const before = await lockStatement(work.db, organisationId, statementId);
  if (before === undefined) return refused('not_found', '');
  const reference = referenceOf(before);
  const outcome = await confirmPayout(work, organisationId, { reference, bankReference, valueDate });
  if (!outcome.ok) {
    const { code, detail } = outcome.rejection;
    return refused(code === 'payout_unknown' ? 'cod_statement_not_payable' : code, detail);
  }
  if (before.state === 'paid') return accepted(before);
  const paid: Statement = { ...before, state: 'paid', bankReference, valueDate, paidAt: work.now };
  await savePaid(work.db, paid);
  const { operatorId } = await enterAnnouncer(work, organisationId);
  tell(work, paid, operatorId, 2, CodStatementPaid.name, {
    amount: { amountMinor: paid.payoutMinor, currency: paid.currency },
    bankReference,
    valueDate,
  });
  return accepted(paid);
}
