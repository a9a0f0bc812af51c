import type { Work } from '../../platform/world/index.ts';
import {
  accepted,
  type Currency,
  type Instant,
  type OrganisationId,
  type Outcome,
  refused,
} from '../kernel/index.ts';
import { confirmPayout, derivedId, instructPayout } from '../ledger/index.ts';
import { PointPayoutInstructed, PointPayoutPaid, PointStatementClosed } from './events.ts';
import { findOldestOpen, lockAccount } from './line-store.ts';
import type { Statement, StatementId } from './model.ts';
import { enterNetwork, type PointNetwork, rulesAt } from './rules.ts';
import {
  findLatestStatement,
  insertStatement,
  listOpenCurrencies,
  lockStatement,
  savePaidStatement,
  takeOpenLines,
} from './statement-store.ts';
import { closesAt, type Week, weekFrom, weeksOf } from './week.policy.ts';

export const CLOSE_WEEK = 'commissions.close_week';
export type CloseWeek = { readonly organisationId: OrganisationId; readonly week: string };

/** Has the statements closed into which things that happened go. */
export async function scheduleClose(
  work: Work,
  { organisationId, zone }: Pick<PointNetwork, 'organisationId' | 'zone'>,
  happened: readonly Instant[],
): Promise<void> {
  const { closeAfterHours } = (await rulesAt(work.db, organisationId, work.now)).document;
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
 * Closes a week of a network: one statement for each currency in which something waits. A week that is closed stays as
 * it is; what was told too late waits for the next one. Begins in the network's scope.
 */
export async function closeWeek(work: Work, { organisationId, week: monday }: CloseWeek): Promise<void> {
  const network = await enterNetwork(work, organisationId);
  await lockAccount(work.db, organisationId, work.now);
  const week = weekFrom(monday, network.zone);
  if (week.endsAt > work.now) throw new Error(`the week of ${monday} is not over`);
  for (const currency of await listOpenCurrencies(work.db, organisationId, week.endsAt))
    await closeStatement(work, network, currency, week);
  const oldest = await findOldestOpen(work.db, organisationId);
  if (oldest !== undefined) await scheduleClose(work, network, [oldest]);
}

async function closeStatement(
  work: Work,
  network: PointNetwork,
  currency: Currency,
  week: Week,
): Promise<void> {
  const { organisationId, operatorId, zone } = network;
  const last = await findLatestStatement(work.db, organisationId, currency);
  // Statements follow each other: each opens with what the last one left.
  if (last !== undefined && last.week >= week.week) return;
  const id: StatementId = derivedId('pst', [organisationId, currency, week.week]);
  const taken = await takeOpenLines(work.db, { id, organisationId, currency }, week);
  const openingMinor = last?.state === 'carried_over' ? last.closingMinor : 0;
  const closingMinor = openingMinor + taken.earnedMinor + taken.owedMinor;
  const statement: Statement = {
    id,
    organisationId,
    currency,
    zone,
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
  if (statement.payoutMinor > 0) {
    await instructPayout(
      work,
      { partnerId: organisationId, clearsWith: operatorId },
      {
        reference: referenceOf(statement),
        amount: { amountMinor: statement.payoutMinor, currency },
      },
    );
  }
  tellClosed(work, statement, operatorId);
}

function referenceOf(statement: Pick<Statement, 'id'>) {
  return { kind: 'point_statement', id: statement.id };
}

function tellClosed(work: Work, statement: Statement, operatorId: string): void {
  const { currency, lines, openingMinor, earnedMinor, owedMinor, closingMinor, payoutMinor } = statement;
  const of = (amountMinor: number) => ({ amountMinor, currency });
  tell(work, statement, operatorId, 1, PointStatementClosed.name, {
    lines,
    opening: of(openingMinor),
    earned: of(earnedMinor),
    owed: of(owedMinor),
    closing: of(closingMinor),
  });
  if (payoutMinor > 0)
    tell(work, statement, operatorId, 2, PointPayoutInstructed.name, { amount: of(payoutMinor) });
}

function tell(
  work: Work,
  statement: Statement,
  operatorId: string,
  subjectSequence: number,
  type: string,
  payload: object,
): void {
  const { organisationId, week } = statement;
  work.emit({
    type,
    group: { organisationId },
    subjectId: statement.id,
    subjectSequence,
    audience: [organisationId, operatorId],
    payload: { statementId: statement.id, organisationId, week, occurredAt: work.now, ...payload },
  });
}

/** The operator's bank paid a statement: once; the same facts again answer the same. In its owner's scope. */
export async function payStatement(
  work: Work,
  organisationId: OrganisationId,
  command: { readonly statementId: string; readonly bankReference: string; readonly valueDate: string },
): Promise<
  Outcome<Statement, 'not_found' | 'statement_not_payable' | 'payout_settled' | 'bank_reference_used'>
> {
  const { statementId, bankReference, valueDate } = command;
  const before = await lockStatement(work.db, organisationId, statementId);
  if (before === undefined) return refused('not_found', '');
  const reference = referenceOf(before);
  const outcome = await confirmPayout(work, organisationId, { reference, bankReference, valueDate });
  if (!outcome.ok) {
    const { code, detail } = outcome.rejection;
    return refused(code === 'payout_unknown' ? 'statement_not_payable' : code, detail);
  }
  if (before.state === 'paid') return accepted(before);
  const paid: Statement = { ...before, state: 'paid', bankReference, valueDate, paidAt: work.now };
  await savePaidStatement(work.db, paid);
  const { operatorId } = await enterNetwork(work, organisationId);
  tell(work, paid, operatorId, 3, PointPayoutPaid.name, {
    amount: { amountMinor: paid.payoutMinor, currency: paid.currency },
    bankReference,
    valueDate,
  });
  return accepted(paid);
}
