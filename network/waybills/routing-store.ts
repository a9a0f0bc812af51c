import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Instant, OrganisationId, WaybillId } from '../kernel/index.ts';
import type { Area, Routing, UnresolvedReason } from './model.ts';
import { parseRouteCode, type RoutingRule } from './routing.policy.ts';

export async function insertRuleSet(
  db: Queryable,
  set: { carrierCode: string; activeFrom: Instant; loadedAt: Instant; loadedBy: string },
  rules: readonly RoutingRule[],
): Promise<number> {
  await db.rows(
    sql`select pg_advisory_xact_lock(hashtextextended(${`waybills.routing:${set.carrierCode}`}, 0))`,
  );
  const { version } = await db.row<{ version: number }>(sql`
    insert into waybills.routing_rule_set (carrier_code, version, active_from, loaded_at, loaded_by, rule_count)
    select ${set.carrierCode}, coalesce(max(version), 0) + 1, ${set.activeFrom}, ${set.loadedAt}, ${set.loadedBy}, ${rules.length}
    from waybills.routing_rule_set where carrier_code = ${set.carrierCode} returning version`);
  const rows = rules.map((rule) => ({
    rule_id: rule.ruleId,
    country: rule.country,
    division: rule.division,
    city: rule.city,
    town: rule.town,
    postcode_prefix: rule.postcodePrefix,
    sort_mark: rule.routing.sortMark,
    consolidation_name: rule.routing.consolidation?.name,
    consolidation_code: rule.routing.consolidation?.code,
    route_code: rule.routing.routeCode?.raw,
  }));
  await db.run(sql`
    insert into waybills.routing_rule (carrier_code, version, rule_id, country, division, city, town, postcode_prefix,
      sort_mark, consolidation_name, consolidation_code, route_code)
    select ${set.carrierCode}, ${version}, r.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(rule_id text,
      country text, division text, city text, town text, postcode_prefix text, sort_mark text, consolidation_name text,
      consolidation_code text, route_code text)`);
  return version;
}

/** The version that holds at an instant: of those active by then the one activated, then loaded, last. */
export async function findActiveVersion(
  db: Queryable,
  carrierCode: string,
  at: Instant,
): Promise<number | undefined> {
  const row = await db.maybeRow<{ version: number }>(sql`
    select version from waybills.routing_rule_set where carrier_code = ${carrierCode} and active_from <= ${at}
    order by active_from desc, version desc limit 1`);
  return row?.version;
}

export async function listRules(db: Queryable, carrierCode: string, version: number): Promise<RoutingRule[]> {
  const rows = await db.rows<{
    rule_id: string;
    country: string;
    division: string | null;
    city: string | null;
    town: string | null;
    postcode_prefix: string | null;
    sort_mark: string;
    consolidation_name: string | null;
    consolidation_code: string | null;
    route_code: string | null;
  }>(sql`
    select rule_id, country, division, city, town, postcode_prefix, sort_mark, consolidation_name, consolidation_code, route_code
    from waybills.routing_rule where carrier_code = ${carrierCode} and version = ${version} order by rule_id`);
  return rows.map((row) => ({
    ruleId: row.rule_id,
    country: row.country,
    division: row.division ?? undefined,
    city: row.city ?? undefined,
    town: row.town ?? undefined,
    postcodePrefix: row.postcode_prefix ?? undefined,
    routing: {
      sortMark: row.sort_mark,
      ...(row.consolidation_name !== null && row.consolidation_code !== null
        ? { consolidation: { name: row.consolidation_name, code: row.consolidation_code } }
        : {}),
      ...(row.route_code === null ? {} : { routeCode: parseRouteCode(row.route_code) }),
    },
  }));
}

/** What was decided for these areas, by area key. */
export async function listDecided(
  db: Queryable,
  carrierCode: string,
  areaKeys: readonly string[],
): Promise<Map<string, Routing>> {
  if (areaKeys.length === 0) return new Map();
  const rows = await db.rows<{ area_key: string; routing: Routing }>(sql`
    select area_key, routing from waybills.routing_history where carrier_code = ${carrierCode} and area_key = any(${areaKeys})`);
  return new Map(rows.map((row) => [row.area_key, row.routing]));
}

export async function rememberDecision(
  db: Queryable,
  row: { carrierCode: string; areaKey: string; routing: Routing; at: Instant; by: string },
): Promise<void> {
  await db.run(sql`
    insert into waybills.routing_history (carrier_code, area_key, routing, decided_at, decided_by)
    values (${row.carrierCode}, ${row.areaKey}, ${row.routing}::jsonb, ${row.at}, ${row.by})
    on conflict (carrier_code, area_key) do update set routing = excluded.routing, decided_at = excluded.decided_at,
      decided_by = excluded.decided_by`);
}

export type QueueItem = {
  readonly waybillId: WaybillId;
  readonly organisationId: OrganisationId;
  readonly carrierCode: string;
  readonly number: string;
  readonly reason: UnresolvedReason;
  readonly candidates: readonly string[];
  readonly area?: Area | undefined;
  readonly queuedAt: Instant;
};

/** Queues waybills without a route; one that waits already takes the newer reason. */
export async function queueUnresolved(db: Queryable, items: readonly QueueItem[]): Promise<void> {
  const rows = items.map((item) => ({
    organisation_id: item.organisationId,
    waybill_id: item.waybillId,
    carrier_code: item.carrierCode,
    number: item.number,
    reason: item.reason,
    candidates: item.candidates,
    area: item.area,
    queued_at: item.queuedAt,
  }));
  await db.run(sql`
    insert into waybills.routing_queue (organisation_id, waybill_id, carrier_code, number, reason, candidates, area, queued_at)
    select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as q(organisation_id text, waybill_id text,
      carrier_code text, number text, reason text, candidates text[], area jsonb, queued_at timestamptz)
    on conflict (organisation_id, waybill_id) do update set reason = excluded.reason, candidates = excluded.candidates,
      area = excluded.area, queued_at = excluded.queued_at, resolved_at = null, resolved_by = null`);
}

export async function leaveQueue(
  db: Queryable,
  organisationId: string,
  waybillIds: readonly string[],
  by: string,
  now: Instant,
): Promise<void> {
  await db.run(sql`
    update waybills.routing_queue set resolved_at = ${now}, resolved_by = ${by}
    where organisation_id = ${organisationId} and waybill_id = any(${waybillIds}) and resolved_at is null`);
}

export async function listQueue(
  db: Queryable,
  carrierCode: string | undefined,
  after: string,
  limit: number,
): Promise<QueueItem[]> {
  const rows = await db.rows<{
    waybill_id: WaybillId;
    organisation_id: OrganisationId;
    carrier_code: string;
    number: string;
    reason: UnresolvedReason;
    candidates: string[];
    area: Area | null;
    queued_at: Instant;
  }>(sql`
    select waybill_id, organisation_id, carrier_code, number, reason, candidates, area, queued_at
    from waybills.routing_queue where resolved_at is null and waybill_id > ${after}
      and (${carrierCode}::text is null or carrier_code = ${carrierCode}) order by waybill_id limit ${limit}`);
  return rows.map((row) => ({
    waybillId: row.waybill_id,
    organisationId: row.organisation_id,
    carrierCode: row.carrier_code,
    number: row.number,
    reason: row.reason,
    candidates: row.candidates,
    area: row.area ?? undefined,
    queuedAt: row.queued_at,
  }));
}
