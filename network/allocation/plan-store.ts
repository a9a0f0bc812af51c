import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Instant, PointId } from '../kernel/index.ts';
import type { PointService } from '../points/index.ts';
import { type CapacityRule, NO_PLAN, type Plan, ruleKey } from './capacity.policy.ts';
import type { PointKey } from './slot-store.ts';

type PlanRow = { point_id: PointId; accept_percent: number; accept_until: Instant | null };
type RuleRow = CapacityRule & { point_id: PointId };

/** A plan's row is the gate between publishing and the making of new hours: made when first needed. */
async function ensurePlan(db: Queryable, key: PointKey, now: Instant): Promise<void> {
  await db.run(sql`
    insert into allocation.plan (organisation_id, point_id, changed_at) values (${key.organisationId}, ${key.pointId}, ${now})
    on conflict (organisation_id, point_id) do nothing`);
}

/** For the maker of new hours: nobody publishes until its transaction ends. */
export async function holdPlan(db: Queryable, key: PointKey, now: Instant): Promise<void> {
  await ensurePlan(db, key, now);
  await db.rows(sql`
    select 1 from allocation.plan where organisation_id = ${key.organisationId} and point_id = ${key.pointId} for share`);
}

/** For the publisher: nobody makes hours meanwhile. */
export async function lockPlan(db: Queryable, key: PointKey, now: Instant): Promise<void> {
  await ensurePlan(db, key, now);
  await db.rows(sql`
    select 1 from allocation.plan where organisation_id = ${key.organisationId} and point_id = ${key.pointId} for update`);
}

export async function saveAcceptance(
  db: Queryable,
  key: PointKey,
  acceptance: Pick<Plan, 'acceptPercent' | 'acceptUntil'>,
  now: Instant,
): Promise<void> {
  await db.run(sql`
    update allocation.plan set accept_percent = ${acceptance.acceptPercent}, accept_until = ${acceptance.acceptUntil},
      changed_at = ${now}
    where organisation_id = ${key.organisationId} and point_id = ${key.pointId}`);
}

/** `isFull`: in place of all that were there. */
export async function writeRules(
  db: Queryable,
  key: PointKey,
  rules: readonly CapacityRule[],
  isFull: boolean,
): Promise<void> {
  if (isFull) {
    await db.run(sql`
      delete from allocation.capacity_rule where organisation_id = ${key.organisationId} and point_id = ${key.pointId}`);
  }
  await db.run(sql`
    insert into allocation.capacity_rule (organisation_id, point_id, service, day, hour, capacity)
    select ${key.organisationId}, ${key.pointId}, service, day, hour, capacity
    from jsonb_to_recordset(${JSON.stringify(rules)}::jsonb) as r(service text, day text, hour smallint, capacity integer)
    on conflict (organisation_id, point_id, service, day, hour) do update set capacity = excluded.capacity`);
}

export async function listRules(db: Queryable, key: PointKey): Promise<CapacityRule[]> {
  return db.rows<CapacityRule>(sql`
    select service, day, hour, capacity from allocation.capacity_rule
    where organisation_id = ${key.organisationId} and point_id = ${key.pointId} order by service, day, hour`);
}

/** `service`: only its rules; `fromDay`, `toDay`: local dates, both inclusive; rules of every day come always. */
export type RuleWindow = {
  readonly service?: PointService | undefined;
  readonly fromDay: string;
  readonly toDay: string;
};

/** Plans of several points, with the rules of a window of dates. Points without a plan are absent. */
export async function listPlans(
  db: Queryable,
  points: readonly PointKey[],
  window: RuleWindow,
): Promise<Map<PointId, Plan>> {
  const organisations = points.map((key) => key.organisationId);
  const ids = points.map((key) => key.pointId);
  const [plans, rules] = await Promise.all([
    db.rows<PlanRow>(sql`
      select p.point_id, p.accept_percent, p.accept_until
      from unnest(${organisations}::text[], ${ids}::text[]) as k(organisation_id, point_id)
      join allocation.plan p on p.organisation_id = k.organisation_id and p.point_id = k.point_id`),
    db.rows<RuleRow>(sql`
      select r.point_id, r.service, r.day, r.hour, r.capacity
      from unnest(${organisations}::text[], ${ids}::text[]) as k(organisation_id, point_id)
      join allocation.capacity_rule r on r.organisation_id = k.organisation_id and r.point_id = k.point_id
      where (${window.service}::text is null or r.service = ${window.service})
        and (r.day = 'daily' or r.day between ${window.fromDay} and ${window.toDay})`),
  ]);
  const rulesOf = Map.groupBy(rules, (rule) => rule.point_id);
  return new Map(
    plans.map((plan) => [
      plan.point_id,
      {
        acceptPercent: plan.accept_percent,
        acceptUntil: plan.accept_until ?? undefined,
        rules: new Map(
          (rulesOf.get(plan.point_id) ?? []).map((rule) => [
            ruleKey(rule.service, rule.day, rule.hour),
            rule.capacity,
          ]),
        ),
      },
    ]),
  );
}

export async function readPlan(db: Queryable, key: PointKey, window: RuleWindow): Promise<Plan> {
  return (await listPlans(db, [key], window)).get(key.pointId) ?? NO_PLAN;
}
