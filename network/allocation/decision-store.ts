import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Instant, OrganisationId, PointId } from '../kernel/index.ts';
import { NETWORK } from '../rulebooks/index.ts';
import type { Decision, DecisionWay } from './model.ts';
import type { Tally } from './score.policy.ts';
import type { PointKey } from './slot-store.ts';

type Row = {
  decision_id: Decision['id'];
  decided_at: Instant;
  how: DecisionWay;
  made_for: OrganisationId | null;
  body: Body;
};
type Body = Omit<Decision, 'id' | 'decidedAt' | 'how' | 'madeFor'>;

const DECISION = sql`select decision_id, decided_at, how, made_for, body from allocation.decision`;

function decisionOf(row: Row): Decision {
  const { pointId, organisationId, reservationId, rulebookVersionId, startsAt, ...body } = row.body;
  return {
    id: row.decision_id,
    decidedAt: row.decided_at,
    how: row.how,
    madeFor: row.made_for ?? undefined,
    pointId,
    organisationId,
    reservationId,
    rulebookVersionId,
    startsAt,
    ...body,
  };
}

/** In the scope of the chosen point's network; of `NETWORK` when none was chosen. */
export function insertDecision(db: Queryable, one: Decision): void {
  const { id, decidedAt, how, madeFor, ...body } = one;
  db.later(sql`
    insert into allocation.decision (organisation_id, decision_id, made_for, country, service, rulebook_version_id, point_id,
      reservation_id, how, decided_at, body)
    values (${one.organisationId ?? NETWORK}, ${id}, ${madeFor}, ${one.demand.country}, ${one.demand.service},
      ${one.rulebookVersionId}, ${one.pointId}, ${one.reservationId}, ${how}, ${decidedAt}, ${JSON.stringify(body)}::jsonb)`);
}

export type DecisionFilter = {
  readonly from?: Instant | undefined;
  /** Exclusive. */
  readonly to?: Instant | undefined;
  readonly pointId?: string | undefined;
  readonly country?: string | undefined;
  readonly service?: string | undefined;
  readonly how?: DecisionWay | undefined;
  readonly clientPlatformId?: string | undefined;
};

const where = (filter: DecisionFilter) => sql`
  where (${filter.from}::timestamptz is null or decided_at >= ${filter.from})
    and (${filter.to}::timestamptz is null or decided_at < ${filter.to})
    and (${filter.pointId}::text is null or point_id = ${filter.pointId})
    and (${filter.country}::text is null or country = ${filter.country})
    and (${filter.service}::text is null or service = ${filter.service})
    and (${filter.how}::text is null or how = ${filter.how})
    and (${filter.clientPlatformId}::text is null or body -> 'demand' ->> 'clientPlatformId' = ${filter.clientPlatformId})`;

/** From the newest down. */
export async function listDecisions(
  db: Queryable,
  filter: DecisionFilter,
  before: { readonly decidedAt: Instant; readonly id: string } | undefined,
  limit: number,
): Promise<Decision[]> {
  const rows = await db.rows<Row>(sql`
    ${DECISION} ${where(filter)}
      and (${before?.decidedAt}::timestamptz is null or (decided_at, decision_id) < (${before?.decidedAt}, ${before?.id}))
    order by decided_at desc, decision_id desc limit ${limit}`);
  return rows.map(decisionOf);
}

/** As they were taken, for taking them again. */
export async function listDecisionsInOrder(
  db: Queryable,
  filter: DecisionFilter,
  limit: number,
): Promise<Decision[]> {
  const rows = await db.rows<Row>(sql`
    ${DECISION} ${where(filter)} order by decided_at, decision_id limit ${limit}`);
  return rows.map(decisionOf);
}

export async function findDecision(db: Queryable, id: string): Promise<Decision | undefined> {
  const row = await db.maybeRow<Row>(sql`${DECISION} where decision_id = ${id}`);
  return row === undefined ? undefined : decisionOf(row);
}

/** Deletes the oldest of those taken before a moment, at most so many; answers how many. In the network's scope. */
export async function purgeDecisions(db: Queryable, before: Instant, limit: number): Promise<number> {
  return db.run(sql`
    delete from allocation.decision where (organisation_id, decision_id) in (
      select organisation_id, decision_id from allocation.decision where decided_at < ${before}
      order by decided_at, decision_id limit ${limit})`);
}

/** `day`: date of the world in UTC. Points and their networks (`pointId` ''). */
export async function addTallies(
  db: Queryable,
  day: string,
  tallies: readonly { readonly organisationId: string; readonly pointId: string; readonly got: number }[],
): Promise<void> {
  await db.run(sql`
    insert into allocation.tally (organisation_id, point_id, day, could, got)
    select organisation_id, point_id, ${day}::date, 1, got
    from jsonb_to_recordset(${JSON.stringify(
      tallies.map((one) => ({ organisation_id: one.organisationId, point_id: one.pointId, got: one.got })),
    )}::jsonb) as t(organisation_id text, point_id text, got integer)
    on conflict (organisation_id, point_id, day)
      do update set could = allocation.tally.could + 1, got = allocation.tally.got + excluded.got`);
}

/** Sums since a day, by point and, under the organisation's id, by network. */
export async function listTallies(
  db: Queryable,
  points: readonly PointKey[],
  sinceDay: string,
): Promise<ReadonlyMap<string, Tally>> {
  const rows = await db.rows<{ organisation_id: string; point_id: string } & Tally>(sql`
    select t.organisation_id, t.point_id, sum(t.could)::integer as could, sum(t.got)::integer as got
    from (
      select organisation_id, point_id from unnest(${points.map((key) => key.organisationId)}::text[],
        ${points.map((key) => key.pointId)}::text[]) as k(organisation_id, point_id)
      union select organisation_id, '' from unnest(${points.map((key) => key.organisationId)}::text[]) as o(organisation_id)
    ) k
    join allocation.tally t on t.organisation_id = k.organisation_id and t.point_id = k.point_id and t.day >= ${sinceDay}::date
    group by t.organisation_id, t.point_id`);
  return new Map(
    rows.map(({ organisation_id, point_id, could, got }) => [
      point_id === '' ? organisation_id : (point_id as PointId),
      { could, got },
    ]),
  );
}

export async function purgeTallies(db: Queryable, beforeDay: string): Promise<void> {
  await db.run(sql`delete from allocation.tally where day < ${beforeDay}::date`);
}

/** The scope that row-level security reads: `*` or an organisation's id. */
export async function readScope(db: Queryable): Promise<string> {
  const row = await db.row<{ scope: string | null }>(
    sql`select current_setting('postroad.organisation', true) as scope`,
  );
  return row.scope ?? '';
}
