import { joinSql, type Queryable, type SqlQuery, sql } from '../../platform/db/index.ts';
import type { Week } from '../commissions/index.ts';
import type { Currency, Instant, OrganisationId } from '../kernel/index.ts';
import type { Statement, StatementId, StatementState } from './model.ts';

type Row = {
  organisation_id: OrganisationId;
  statement_id: StatementId;
  currency: Currency;
  week: string;
  zone: string;
  starts_at: Instant;
  ends_at: Instant;
  lines: number;
  late_lines: number;
  opening_minor: number;
  collected_minor: number;
  fees_minor: number;
  closing_minor: number;
  payout_minor: number;
  state: StatementState;
  bank_reference: string | null;
  value_date: string | null;
  closed_at: Instant;
  paid_at: Instant | null;
};

const COLUMNS = sql`organisation_id, statement_id, currency, week, zone, starts_at, ends_at, lines, late_lines, opening_minor,
  collected_minor, fees_minor, closing_minor, payout_minor, state, bank_reference, value_date, closed_at, paid_at`;

function statementOf(row: Row): Statement {
  return {
    id: row.statement_id,
    organisationId: row.organisation_id,
    currency: row.currency,
    week: row.week,
    zone: row.zone,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    lines: row.lines,
    lateLines: row.late_lines,
    openingMinor: row.opening_minor,
    collectedMinor: row.collected_minor,
    feesMinor: row.fees_minor,
    closingMinor: row.closing_minor,
    payoutMinor: row.payout_minor,
    state: row.state,
    bankReference: row.bank_reference ?? undefined,
    valueDate: row.value_date ?? undefined,
    closedAt: row.closed_at,
    paidAt: row.paid_at ?? undefined,
  };
}

/** Currencies in which something waits that happened before the end of a week. */
export async function listOpenCurrencies(
  db: Queryable,
  organisationId: string,
  endsAt: Instant,
): Promise<Currency[]> {
  const rows = await db.rows<{ currency: Currency }>(sql`
    select distinct currency from remittances.line
    where organisation_id = ${organisationId} and statement_id is null and occurred_at < ${endsAt} order by currency`);
  return rows.map((row) => row.currency);
}

/** Gives a statement all lines that wait and happened before its week's end, and answers their sums. */
export async function takeOpenLines(
  db: Queryable,
  statement: Pick<Statement, 'id' | 'organisationId' | 'currency'>,
  week: Week,
): Promise<Pick<Statement, 'lines' | 'lateLines' | 'collectedMinor' | 'feesMinor'>> {
  const row = await db.row<{ lines: number; late: number; collected: number; fees: number }>(sql`
    with taken as (
      update remittances.line set statement_id = ${statement.id}
      where organisation_id = ${statement.organisationId} and currency = ${statement.currency}
        and statement_id is null and occurred_at < ${week.endsAt}
      returning occurred_at, amount_minor, fee_minor)
    select count(*)::integer as lines, (count(*) filter (where occurred_at < ${week.startsAt}))::integer as late,
      coalesce(sum(amount_minor), 0)::bigint as collected, coalesce(sum(fee_minor), 0)::bigint as fees
    from taken`);
  return { lines: row.lines, lateLines: row.late, collectedMinor: row.collected, feesMinor: row.fees };
}

/** The newest of an announcer in a currency. */
export async function findLatestStatement(
  db: Queryable,
  organisationId: string,
  currency: string,
): Promise<Statement | undefined> {
  const row = await db.maybeRow<Row>(sql`
    select ${COLUMNS} from remittances.statement where organisation_id = ${organisationId} and currency = ${currency}
    order by week desc limit 1`);
  return row === undefined ? undefined : statementOf(row);
}

export async function insertStatement(db: Queryable, one: Statement): Promise<void> {
  await db.run(sql`
    insert into remittances.statement (${COLUMNS})
    values (${one.organisationId}, ${one.id}, ${one.currency}, ${one.week}, ${one.zone}, ${one.startsAt}, ${one.endsAt},
      ${one.lines}, ${one.lateLines}, ${one.openingMinor}, ${one.collectedMinor}, ${one.feesMinor}, ${one.closingMinor},
      ${one.payoutMinor}, ${one.state}, ${one.bankReference}, ${one.valueDate}, ${one.closedAt}, ${one.paidAt})`);
}

export async function findStatement(db: Queryable, id: string): Promise<Statement | undefined> {
  const row = await db.maybeRow<Row>(sql`
    select ${COLUMNS} from remittances.statement where statement_id = ${id}`);
  return row === undefined ? undefined : statementOf(row);
}

/** Locked until the transaction ends. */
export async function lockStatement(
  db: Queryable,
  organisationId: string,
  id: string,
): Promise<Statement | undefined> {
  const row = await db.maybeRow<Row>(sql`
    select ${COLUMNS} from remittances.statement
    where organisation_id = ${organisationId} and statement_id = ${id} for update`);
  return row === undefined ? undefined : statementOf(row);
}

export async function savePaid(db: Queryable, one: Statement): Promise<void> {
  await db.run(sql`
    update remittances.statement set state = ${one.state}, bank_reference = ${one.bankReference},
      value_date = ${one.valueDate}, paid_at = ${one.paidAt}
    where organisation_id = ${one.organisationId} and statement_id = ${one.id}`);
}

export type StatementFilter = {
  readonly organisationId?: string | undefined;
  readonly state?: StatementState | undefined;
  readonly week?: string | undefined;
};

/** Statements, newest first by week. `after`: week and id of the last one seen. */
export async function pageStatements(
  db: Queryable,
  filter: StatementFilter,
  after: { readonly week: string; readonly id: string } | undefined,
  limit: number,
): Promise<Statement[]> {
  const conditions: SqlQuery[] = [sql`true`];
  if (after !== undefined) conditions.push(sql`(week, statement_id) < (${after.week}::date, ${after.id})`);
  if (filter.organisationId !== undefined) conditions.push(sql`organisation_id = ${filter.organisationId}`);
  if (filter.state !== undefined) conditions.push(sql`state = ${filter.state}`);
  if (filter.week !== undefined) conditions.push(sql`week = ${filter.week}`);
  const rows = await db.rows<Row>(sql`
    select ${COLUMNS} from remittances.statement where ${joinSql(conditions, sql` and `)}
    order by week desc, statement_id desc limit ${limit}`);
  return rows.map(statementOf);
}

/** Versions of the rules that a statement's lines name. */
export async function listRuleVersions(
  db: Queryable,
  organisationId: string,
  statementId: string,
): Promise<string[]> {
  const rows = await db.rows<{ rules_version_id: string }>(sql`
    select distinct rules_version_id from remittances.line
    where organisation_id = ${organisationId} and statement_id = ${statementId} order by rules_version_id`);
  return rows.map((row) => row.rules_version_id);
}
