import { joinSql, type Queryable, type SqlQuery, sql, unnestRows } from '../../platform/db/index.ts';
import type { CountryCode, Currency, Instant, OrganisationId, PointId } from '../kernel/index.ts';
import type { Line, LineId, LineInputs, LineKind, LineRule, StatementId, Subject } from './model.ts';

type Row = {
  organisation_id: OrganisationId;
  line_id: LineId;
  sequence: number;
  kind: LineKind;
  rule: LineRule;
  event_id: string;
  event_type: string;
  point_id: PointId;
  country: CountryCode;
  subject_kind: Subject['kind'];
  subject_id: string;
  occurred_at: Instant;
  accrued_at: Instant;
  rules_version_id: string;
  currency: Currency;
  amount_minor: number;
  outlet_minor: number;
  inputs: LineInputs;
  reverses: LineId | null;
  statement_id: StatementId | null;
};

const COLUMNS = sql`organisation_id, line_id, sequence, kind, rule, event_id, event_type, point_id, country, subject_kind,
  subject_id, occurred_at, accrued_at, rules_version_id, currency, amount_minor, outlet_minor, inputs, reverses, statement_id`;

function lineOf(row: Row): Line {
  return {
    id: row.line_id,
    organisationId: row.organisation_id,
    sequence: row.sequence,
    kind: row.kind,
    rule: row.rule,
    eventId: row.event_id,
    eventType: row.event_type,
    pointId: row.point_id,
    country: row.country,
    subject: { kind: row.subject_kind, id: row.subject_id },
    occurredAt: row.occurred_at,
    accruedAt: row.accrued_at,
    rulesVersionId: row.rules_version_id,
    currency: row.currency,
    amountMinor: row.amount_minor,
    outletMinor: row.outlet_minor,
    inputs: row.inputs,
    reverses: row.reverses ?? undefined,
    statementId: row.statement_id ?? undefined,
  };
}

/**
 * Locks the account of a network until the transaction ends, and opens it when it is the first time. Answers the
 * sequence of its last line.
 */
export async function lockAccount(db: Queryable, organisationId: string, now: Instant): Promise<number> {
  await db.run(sql`
    insert into commissions.account (organisation_id, line_sequence, opened_at) values (${organisationId}, 0, ${now})
    on conflict do nothing`);
  const row = await db.row<{ line_sequence: number }>(sql`
    select line_sequence from commissions.account where organisation_id = ${organisationId} for update`);
  return row.line_sequence;
}

export async function saveSequence(db: Queryable, organisationId: string, sequence: number): Promise<void> {
  await db.run(sql`
    update commissions.account set line_sequence = ${sequence} where organisation_id = ${organisationId}`);
}

/** Which of these lines are there. */
export async function listKnownLines(
  db: Queryable,
  organisationId: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db.rows<{ line_id: string }>(sql`
    select line_id from commissions.line where organisation_id = ${organisationId} and line_id = any(${ids})`);
  return new Set(rows.map((row) => row.line_id));
}

/** All lines about these things, in their order. */
export async function listLinesOfSubjects(
  db: Queryable,
  organisationId: string,
  subjectIds: readonly string[],
): Promise<Line[]> {
  if (subjectIds.length === 0) return [];
  const rows = await db.rows<Row>(sql`
    select ${COLUMNS} from commissions.line
    where organisation_id = ${organisationId} and subject_id = any(${subjectIds}) order by sequence`);
  return rows.map(lineOf);
}

const LINE = [
  ['organisation_id', 'text', (line: Line) => line.organisationId],
  ['line_id', 'text', (line: Line) => line.id],
  ['sequence', 'bigint', (line: Line) => line.sequence],
  ['kind', 'text', (line: Line) => line.kind],
  ['rule', 'text', (line: Line) => line.rule],
  ['event_id', 'text', (line: Line) => line.eventId],
  ['event_type', 'text', (line: Line) => line.eventType],
  ['point_id', 'text', (line: Line) => line.pointId],
  ['country', 'text', (line: Line) => line.country],
  ['subject_kind', 'text', (line: Line) => line.subject.kind],
  ['subject_id', 'text', (line: Line) => line.subject.id],
  ['occurred_at', 'timestamptz', (line: Line) => line.occurredAt],
  ['accrued_at', 'timestamptz', (line: Line) => line.accruedAt],
  ['rules_version_id', 'text', (line: Line) => line.rulesVersionId],
  ['currency', 'text', (line: Line) => line.currency],
  ['amount_minor', 'bigint', (line: Line) => line.amountMinor],
  ['outlet_minor', 'bigint', (line: Line) => line.outletMinor],
  ['inputs', 'jsonb', (line: Line) => JSON.stringify(line.inputs)],
  ['reverses', 'text', (line: Line) => line.reverses],
  ['statement_id', 'text', (line: Line) => line.statementId],
] as const;

export async function insertLines(db: Queryable, lines: readonly Line[]): Promise<void> {
  await db.run(
    sql`insert into commissions.line (${COLUMNS}) select l.* from ${unnestRows('l', lines, LINE)}`,
  );
}

export type MonthCount = { readonly rule: string; readonly month: string; readonly count: number };

/** Counts of a network in some months. */
export async function listMonthCounts(
  db: Queryable,
  organisationId: string,
  months: readonly string[],
): Promise<MonthCount[]> {
  return db.rows<MonthCount>(sql`
    select rule, month, count from commissions.month_count
    where organisation_id = ${organisationId} and month = any(${months})`);
}

const COUNT = [
  ['rule', 'text', (one: MonthCount) => one.rule],
  ['month', 'text', (one: MonthCount) => one.month],
  ['count', 'bigint', (one: MonthCount) => one.count],
] as const;

export async function saveMonthCounts(
  db: Queryable,
  organisationId: string,
  counts: readonly MonthCount[],
): Promise<void> {
  await db.run(sql`
    insert into commissions.month_count (organisation_id, rule, month, count)
    select ${organisationId}, c.rule, c.month, c.count from ${unnestRows('c', counts, COUNT)}
    on conflict (organisation_id, rule, month) do update set count = excluded.count`);
}

export type LineFilter = {
  readonly organisationId: string;
  /** `open`: of no statement yet. */
  readonly statementId: string | 'open';
  readonly pointId?: string | undefined;
};

/** Lines behind a place, in their order. */
export async function pageLines(
  db: Queryable,
  filter: LineFilter,
  afterSequence: number,
  limit: number,
): Promise<Line[]> {
  const conditions: SqlQuery[] = [
    sql`organisation_id = ${filter.organisationId}`,
    sql`sequence > ${afterSequence}`,
    filter.statementId === 'open' ? sql`statement_id is null` : sql`statement_id = ${filter.statementId}`,
  ];
  if (filter.pointId !== undefined) conditions.push(sql`point_id = ${filter.pointId}`);
  const rows = await db.rows<Row>(sql`
    select ${COLUMNS} from commissions.line where ${joinSql(conditions, sql` and `)} order by sequence limit ${limit}`);
  return rows.map(lineOf);
}

export type OpenEarnings = {
  readonly currency: Currency;
  readonly lines: number;
  readonly amountMinor: number;
  readonly outletMinor: number;
};

/** What waits for the next statement, by currency; of one outlet or of all. */
export async function sumOpenLines(
  db: Queryable,
  organisationId: string,
  pointId: string | undefined,
): Promise<OpenEarnings[]> {
  const where = pointId === undefined ? sql`` : sql` and point_id = ${pointId}`;
  const rows = await db.rows<{ currency: Currency; lines: number; amount: number; outlet: number }>(sql`
    select currency, count(*)::integer as lines, sum(amount_minor)::bigint as amount, sum(outlet_minor)::bigint as outlet
    from commissions.line where organisation_id = ${organisationId} and statement_id is null${where}
    group by currency order by currency`);
  return rows.map((row) => ({
    currency: row.currency,
    lines: row.lines,
    amountMinor: row.amount,
    outletMinor: row.outlet,
  }));
}

/** When the earliest thing happened that waits for a statement; undefined when nothing waits. */
export async function findOldestOpen(db: Queryable, organisationId: string): Promise<Instant | undefined> {
  const row = await db.row<{ oldest: Instant | null }>(sql`
    select min(occurred_at) as oldest from commissions.line
    where organisation_id = ${organisationId} and statement_id is null`);
  return row.oldest ?? undefined;
}
