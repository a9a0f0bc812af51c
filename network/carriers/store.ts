import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Instant } from '../kernel/index.ts';
import type { CarrierCode, CarrierEvent, CarrierPaper, CarrierState } from './model.ts';

export type Membership = {
  readonly carrierCode: CarrierCode;
  readonly version: number;
  readonly state: CarrierState;
  readonly changedAt: Instant;
};

type MembershipRow = { carrier_code: string; version: number; state: CarrierState; changed_at: Instant };

function membershipOf(row: MembershipRow): Membership {
  return {
    carrierCode: row.carrier_code,
    version: row.version,
    state: row.state,
    changedAt: row.changed_at,
  };
}

/** Memberships about which something was decided; the others are as they were shipped. */
export async function listMemberships(db: Queryable): Promise<Map<CarrierCode, Membership>> {
  const rows = await db.rows<MembershipRow>(sql`
    select carrier_code, version, state, changed_at from carriers.membership`);
  return new Map(rows.map((row) => [row.carrier_code, membershipOf(row)]));
}

export async function findMembership(db: Queryable, code: CarrierCode): Promise<Membership | undefined> {
  const row = await db.maybeRow<MembershipRow>(sql`
    select carrier_code, version, state, changed_at from carriers.membership where carrier_code = ${code}`);
  return row === undefined ? undefined : membershipOf(row);
}

/** As `findMembership`; decisions about one carrier come one by one, also the first. */
export async function lockMembership(db: Queryable, code: CarrierCode): Promise<Membership | undefined> {
  await db.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`carrier membership ${code}`}, 0))`);
  return findMembership(db, code);
}

/** Saves the state and appends the events that led to it: one statement. `membership.version` counts the last event. */
export async function saveMembership(
  db: Queryable,
  membership: Membership,
  events: readonly CarrierEvent[],
  byCaller: string,
): Promise<void> {
  const first = membership.version - events.length + 1;
  const rows = events.map((event, index) => ({
    version: first + index,
    type: event.type,
    event,
    occurred_at: event.at,
  }));
  await db.run(sql`
    with saved as (
      insert into carriers.membership (carrier_code, version, status, state, changed_at)
      values (${membership.carrierCode}, ${membership.version}, ${membership.state.status}, ${membership.state}::jsonb,
        ${membership.changedAt})
      on conflict (carrier_code) do update set version = excluded.version, status = excluded.status,
        state = excluded.state, changed_at = excluded.changed_at
    )
    insert into carriers.membership_event (carrier_code, version, type, event, by_caller, occurred_at)
    select ${membership.carrierCode}, version, type, event, ${byCaller}, occurred_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as e(version bigint, type text, event jsonb, occurred_at timestamptz)`);
}

export type RecordedDecision = {
  readonly version: number;
  readonly event: CarrierEvent;
  readonly byCaller: string;
};

/** What was decided about a carrier, oldest first. */
export async function listDecisions(db: Queryable, code: CarrierCode): Promise<RecordedDecision[]> {
  const rows = await db.rows<{ version: number; event: CarrierEvent; by_caller: string }>(sql`
    select version, event, by_caller from carriers.membership_event where carrier_code = ${code} order by version`);
  return rows.map((row) => ({ version: row.version, event: row.event, byCaller: row.by_caller }));
}

export async function insertPaper(db: Queryable, paper: CarrierPaper, byCaller: string): Promise<void> {
  await db.run(sql`
    insert into carriers.paper (carrier_code, paper_id, kind, number, issuer, valid_from, valid_to, note, by_caller, recorded_at)
    values (${paper.carrierCode}, ${paper.id}, ${paper.kind}, ${paper.number}, ${paper.issuer}, ${paper.validFrom},
      ${paper.validTo}, ${paper.note}, ${byCaller}, ${paper.recordedAt})`);
}

type PaperRow = {
  carrier_code: string;
  paper_id: CarrierPaper['id'];
  kind: CarrierPaper['kind'];
  number: string;
  issuer: string;
  valid_from: Instant;
  valid_to: Instant | null;
  note: string | null;
  recorded_at: Instant;
};

/** Papers of a carrier after an id, oldest first. */
export async function listPapers(
  db: Queryable,
  code: CarrierCode,
  after: string,
  limit: number,
): Promise<CarrierPaper[]> {
  const rows = await db.rows<PaperRow>(sql`
    select carrier_code, paper_id, kind, number, issuer, valid_from, valid_to, note, recorded_at
    from carriers.paper where carrier_code = ${code} and paper_id > ${after} order by paper_id limit ${limit}`);
  return rows.map((row) => ({
    id: row.paper_id,
    carrierCode: row.carrier_code,
    kind: row.kind,
    number: row.number,
    issuer: row.issuer,
    validFrom: row.valid_from,
    validTo: row.valid_to ?? undefined,
    note: row.note ?? undefined,
    recordedAt: row.recorded_at,
  }));
}
