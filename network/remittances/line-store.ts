import { type Queryable, sql, unnestRows } from '../../platform/db/index.ts';
import type { Currency, Instant, OrganisationId, PointId } from '../kernel/index.ts';
import type { StatementId, StatementLine, StatementLineId } from './model.ts';

type Row = {
  organisation_id: OrganisationId;
  line_id: StatementLineId;
  sequence: number;
  kind: StatementLine['kind'];
  shelf_parcel_id: string;
  number: string;
  network_id: string;
  point_id: PointId;
  event_id: string;
  paid_by: StatementLine['paidBy'];
  occurred_at: Instant;
  recorded_at: Instant;
  rules_version_id: string;
  currency: Currency;
  amount_minor: number;
  fee_minor: number;
  reverses: StatementLineId | null;
  statement_id: StatementId | null;
};

const COLUMNS = sql`organisation_id, line_id, sequence, kind, shelf_parcel_id, number, network_id, point_id, event_id, paid_by,
  occurred_at, recorded_at, rules_version_id, currency, amount_minor, fee_minor, reverses, statement_id`;

function lineOf(row: Row): StatementLine {
  return {
    id: row.line_id,
    organisationId: row.organisation_id,
    sequence: row.sequence,
    kind: row.kind,
    shelfParcelId: row.shelf_parcel_id,
    number: row.number,
    networkId: row.network_id,
    pointId: row.point_id,
    eventId: row.event_id,
    paidBy: row.paid_by,
    occurredAt: row.occurred_at,
    recordedAt: row.recorded_at,
    rulesVersionId: row.rules_version_id,
    currency: row.currency,
    amountMinor: row.amount_minor,
    feeMinor: row.fee_minor,
    reverses: row.reverses ?? undefined,
    statementId: row.statement_id ?? undefined,
  };
}

/**
 * Locks the account of an announcer until the transaction ends, and opens it when it is the first time. Answers the
 * sequence of its last line.
 */
export async function lockAccount(db: Queryable, organisationId: string, now: Instant): Promise<number> {
  await db.run(sql`
    insert into remittances.account (organisation_id, line_sequence, opened_at) values (${organisationId}, 0, ${now})
    on conflict do nothing`);
  const row = await db.row<{ line_sequence: number }>(sql`
    select line_sequence from remittances.account where organisation_id = ${organisationId} for update`);
  return row.line_sequence;
}

export async function saveSequence(db: Queryable, organisationId: string, sequence: number): Promise<void> {
  await db.run(sql`
    update remittances.account set line_sequence = ${sequence} where organisation_id = ${organisationId}`);
}

/** All lines about these parcels, in their order. */
export async function listLinesOfParcels(
  db: Queryable,
  organisationId: string,
  shelfParcelIds: readonly string[],
): Promise<StatementLine[]> {
  const rows = await db.rows<Row>(sql`
    select ${COLUMNS} from remittances.line
    where organisation_id = ${organisationId} and shelf_parcel_id = any(${shelfParcelIds}) order by sequence`);
  return rows.map(lineOf);
}

const LINE = [
  ['organisation_id', 'text', (line: StatementLine) => line.organisationId],
  ['line_id', 'text', (line: StatementLine) => line.id],
  ['sequence', 'bigint', (line: StatementLine) => line.sequence],
  ['kind', 'text', (line: StatementLine) => line.kind],
  ['shelf_parcel_id', 'text', (line: StatementLine) => line.shelfParcelId],
  ['number', 'text', (line: StatementLine) => line.number],
  ['network_id', 'text', (line: StatementLine) => line.networkId],
  ['point_id', 'text', (line: StatementLine) => line.pointId],
  ['event_id', 'text', (line: StatementLine) => line.eventId],
  ['paid_by', 'text', (line: StatementLine) => line.paidBy],
  ['occurred_at', 'timestamptz', (line: StatementLine) => line.occurredAt],
  ['recorded_at', 'timestamptz', (line: StatementLine) => line.recordedAt],
  ['rules_version_id', 'text', (line: StatementLine) => line.rulesVersionId],
  ['currency', 'text', (line: StatementLine) => line.currency],
  ['amount_minor', 'bigint', (line: StatementLine) => line.amountMinor],
  ['fee_minor', 'bigint', (line: StatementLine) => line.feeMinor],
  ['reverses', 'text', (line: StatementLine) => line.reverses],
  ['statement_id', 'text', (line: StatementLine) => line.statementId],
] as const;

export async function insertLines(db: Queryable, lines: readonly StatementLine[]): Promise<void> {
  await db.run(
    sql`insert into remittances.line (${COLUMNS}) select l.* from ${unnestRows('l', lines, LINE)}`,
  );
}

/** Lines behind a place, in their order. `open`: of no statement yet. */
export async function pageLines(
  db: Queryable,
  of: { readonly organisationId: string; readonly statementId: string | 'open' },
  afterSequence: number,
  limit: number,
): Promise<StatementLine[]> {
  const which = of.statementId === 'open' ? sql`is null` : sql`= ${of.statementId}`;
  const rows = await db.rows<Row>(sql`
    select ${COLUMNS} from remittances.line
    where organisation_id = ${of.organisationId} and sequence > ${afterSequence} and statement_id ${which}
    order by sequence limit ${limit}`);
  return rows.map(lineOf);
}

/** When the earliest thing happened that waits for a statement; undefined when nothing waits. */
export async function findOldestOpen(db: Queryable, organisationId: string): Promise<Instant | undefined> {
  const row = await db.row<{ oldest: Instant | null }>(sql`
    select min(occurred_at) as oldest from remittances.line
    where organisation_id = ${organisationId} and statement_id is null`);
  return row.oldest ?? undefined;
}

/** Of goods whose money was charged to a network: the line of who announced them. In the network's scope. */
export async function findChargedLine(
  db: Queryable,
  shelfParcelId: string,
): Promise<StatementLine | undefined> {
  const row = await db.maybeRow<Row>(sql`
    select ${COLUMNS} from remittances.line
    where shelf_parcel_id = ${shelfParcelId} and paid_by = 'charged' and kind = 'collected'
    order by sequence desc limit 1`);
  return row === undefined ? undefined : lineOf(row);
}
