import type { Queryable } from '../../platform/db/index.ts';
import type { Work } from '../../platform/world/index.ts';
import { accepted, type Instant, latest, type Outcome, refused } from '../kernel/index.ts';
import { RouteResolved, RouteUnresolved } from './events.ts';
import type { Area, Routing, Waybill, WaybillErrorCode, WaybillRouting } from './model.ts';
import {
  areaKey,
  compileRules,
  type Resolution,
  type RoutingRule,
  type RuleSet,
  resolveRoute,
} from './routing.policy.ts';
import { shippedRules } from './routing-demo.policy.ts';
import {
  findActiveVersion,
  insertRuleSet,
  leaveQueue,
  listDecided,
  listRules,
  queueUnresolved,
  rememberDecision,
} from './routing-store.ts';
import { lockWaybill, saveWaybill } from './store.ts';

/** Compiled rule sets that this process keeps: versions never change, so none goes stale. */
const MAX_KEPT_SETS = 64;

/** Finds the rules that hold now; one small query per batch, the rules themselves only when the version is new. */
export type RuleBook = {
  activeRules(db: Queryable, carrierCode: string, now: Instant): Promise<RuleSet | undefined>;
};

export function createRuleBook(): RuleBook {
  const kept = new Map<string, RuleSet>();
  return {
    activeRules: async (db, carrierCode, now) => {
      const version = await findActiveVersion(db, carrierCode, now);
      const key = `${carrierCode} ${version ?? 0}`;
      const known = kept.get(key);
      if (known !== undefined) return known;
      const rules =
        version === undefined ? shippedRules(carrierCode) : await listRules(db, carrierCode, version);
      if (rules.length === 0) return undefined;
      const set = compileRules(version ?? 0, rules);
      if (kept.size >= MAX_KEPT_SETS) kept.clear();
      kept.set(key, set);
      return set;
    },
  };
}

/** Routes of many areas of one carrier, in their order. */
export async function resolveAreas(
  db: Queryable,
  book: RuleBook,
  carrierCode: string,
  areas: readonly (Area | undefined)[],
  now: Instant,
): Promise<Resolution[]> {
  const keys = areas.map((area) => (area === undefined ? undefined : areaKey(area)));
  const asked = [...new Set(keys.filter((key) => key !== undefined))];
  const [rules, decided] = await Promise.all([
    book.activeRules(db, carrierCode, now),
    listDecided(db, carrierCode, asked),
  ]);
  return areas.map((area, index) => resolveRoute(rules, area, decided.get(keys[index] ?? '')));
}

export function waybillRoutingOf(resolution: Resolution): WaybillRouting {
  if (!resolution.ok) return { state: 'unresolved', reason: resolution.reason };
  const { routing, layer, ruleId, ruleVersion } = resolution;
  return { state: 'resolved', layer, ruleId, ruleVersion, ...routing };
}

/** Queues what has no route and says so; the waybills carry their new routing already. */
export async function announceUnrouted(
  work: Work,
  items: readonly { readonly waybill: Waybill; readonly resolution: Resolution }[],
  audience: readonly string[],
): Promise<void> {
  const open = items.flatMap(({ waybill, resolution }) => (resolution.ok ? [] : [{ waybill, resolution }]));
  if (open.length === 0) return;
  await queueUnresolved(
    work.db,
    open.map(({ waybill, resolution }) => ({
      waybillId: waybill.id,
      organisationId: waybill.organisationId,
      carrierCode: waybill.carrierCode,
      number: waybill.number,
      reason: resolution.reason,
      candidates: resolution.candidates,
      area: waybill.to,
      queuedAt: work.now,
    })),
  );
  for (const { waybill, resolution } of open) {
    work.emit({
      type: RouteUnresolved.name,
      group: { organisationId: waybill.organisationId },
      subjectId: waybill.id,
      subjectSequence: waybill.version,
      audience,
      payload: {
        waybillId: waybill.id,
        carrierCode: waybill.carrierCode,
        number: waybill.number,
        reason: resolution.reason,
      },
    });
  }
}

/** Loads a whole area table as the carrier's next version. It holds from `activeFrom`, at the earliest now. */
export async function loadRoutingRules(
  work: Work,
  command: {
    readonly carrierCode: string;
    readonly rules: readonly RoutingRule[];
    readonly activeFrom: Instant | undefined;
    readonly loadedBy: string;
  },
): Promise<{ version: number; activeFrom: Instant; ruleCount: number }> {
  const activeFrom = latest(work.now, command.activeFrom ?? work.now);
  const { carrierCode, loadedBy } = command;
  const version = await insertRuleSet(
    work.db,
    { carrierCode, activeFrom, loadedAt: work.now, loadedBy },
    command.rules,
  );
  return { version, activeFrom, ruleCount: command.rules.length };
}

/** A person gives the route of a queued waybill; `remember` makes it hold for the same area from now on. */
export async function resolveQueued(
  work: Work,
  waybillId: string,
  command: { readonly routing: Routing; readonly remember: boolean; readonly by: string },
): Promise<Outcome<Waybill, WaybillErrorCode | 'not_found'>> {
  const waybill = await lockWaybill(work.db, waybillId);
  if (waybill === undefined) return refused('not_found', '');
  if (waybill.routing?.state === 'resolved') return refused('route_already_resolved', '');
  const routed: Waybill = {
    ...waybill,
    routing: { state: 'resolved', layer: 'operator', ...command.routing },
    version: waybill.version + 1,
    updatedAt: work.now,
  };
  await saveWaybill(work.db, routed);
  await leaveQueue(work.db, waybill.organisationId, [waybill.id], command.by, work.now);
  const key = waybill.to === undefined ? undefined : areaKey(waybill.to);
  if (command.remember && key !== undefined)
    await rememberDecision(work.db, {
      carrierCode: waybill.carrierCode,
      areaKey: key,
      routing: command.routing,
      at: work.now,
      by: command.by,
    });
  work.emit({
    type: RouteResolved.name,
    group: { organisationId: waybill.organisationId },
    subjectId: waybill.id,
    subjectSequence: routed.version,
    audience: [waybill.organisationId],
    payload: {
      waybillId: waybill.id,
      carrierCode: waybill.carrierCode,
      number: waybill.number,
      layer: 'operator',
      sortMark: command.routing.sortMark,
    },
  });
  return accepted(routed);
}
