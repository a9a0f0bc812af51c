import { monotonicMs } from '../../platform/clock/index.ts';
import type { Queryable } from '../../platform/db/index.ts';
import type { World } from '../../platform/world/index.ts';
import type { Instant } from '../kernel/index.ts';
import { periodAt, type Succession, successionOf } from './decide.ts';
import type { RulebookKind } from './kind.ts';
import type { Period, RulebookScope, RulebookVersionId } from './model.ts';
import { listPeriods, readDatedDocument } from './store.ts';

/**
 * The version that is in force. Judging modules put `versionId` and the id of the rule into every refusal, so that it
 * can be explained later. `document` is the same object for the same version as long as it is cached: modules may
 * keep what they compiled from it in a WeakMap. Nobody may change it.
 */
export type ActiveVersion<Document> = Period & { readonly document: Document };

/** How long another process may go on by old dates after an activation. Our default. */
const PERIODS_MS = 2_000;
const CACHED_DOCUMENTS = 500;

/** Documents never change and their ids are unique in all worlds, so they may be kept for ever. */
const documents = new Map<string, unknown>();
const periodsOfWorld = new WeakMap<
  World,
  Map<string, { readonly until: number; readonly periods: Period[] }>
>();
/** Books that this process changed a moment ago: read anew until every cache is over. */
const changed = new Map<string, number>();

/**
 * The version of a kind in force at `at` for a client platform, else that of the network; undefined when there is
 * none. `scope`: the client platform that binds the one who is judged, or `network`. With `world` the dates are
 * believed for 2 s without a look into the database.
 */
export async function activeVersion<Document>(
  db: Queryable,
  kind: RulebookKind<Document>,
  scope: RulebookScope,
  at: Instant,
  world?: World,
): Promise<ActiveVersion<Document> | undefined> {
  const periods =
    world === undefined
      ? await listPeriods(db, kind.kind, scope)
      : await cachedPeriods(db, world, kind.kind, scope);
  const period = periodAt(periods, scope, at);
  if (period === undefined) return undefined;
  return { ...period, document: await documentOf(db, kind, period) };
}

async function cachedPeriods(
  db: Queryable,
  world: World,
  kind: string,
  scope: RulebookScope,
): Promise<readonly Period[]> {
  let cache = periodsOfWorld.get(world);
  if (cache === undefined) {
    cache = new Map();
    periodsOfWorld.set(world, cache);
  }
  const key = `${kind} ${scope}`;
  const now = monotonicMs();
  const isFresh = (changed.get(kind) ?? 0) <= now;
  const cached = cache.get(key);
  if (isFresh && cached !== undefined && cached.until > now) return cached.periods;
  const periods = await listPeriods(db, kind, scope);
  if (cache.size > 1_000) cache.clear();
  cache.set(key, { until: now + PERIODS_MS, periods });
  return periods;
}

/**
 * Told by the commands of this process, before their commit: until what others may have cached meanwhile is over, the
 * dates of this kind are looked up anew.
 */
export function distrustCachedPeriods(kind: string): void {
  changed.set(kind, monotonicMs() + 2 * PERIODS_MS);
}

/** A version that is or was in force, such as one by which something was judged. Throws when there is none. */
export async function documentOf<Document>(
  db: Queryable,
  kind: RulebookKind<Document>,
  period: Pick<Period, 'organisationId' | 'versionId'>,
): Promise<Document> {
  const known = documents.get(period.versionId);
  if (known !== undefined) return known as Document;
  const parsed = kind.schema.safeParse(await readDatedDocument(db, period));
  if (!parsed.success) {
    throw new Error(`rulebook version ${period.versionId} does not fit the schema of ${kind.kind} any more`, {
      cause: parsed.error,
    });
  }
  const [oldest] = documents.keys();
  if (documents.size >= CACHED_DOCUMENTS && oldest !== undefined)
    documents.delete(oldest as RulebookVersionId);
  documents.set(period.versionId, parsed.data);
  return parsed.data;
}

/** All versions of a kind for a scope in the order in which they are in force, past and coming. */
export async function readSuccession<Document>(
  db: Queryable,
  kind: RulebookKind<Document>,
  scope: RulebookScope,
): Promise<Succession> {
  return successionOf(await listPeriods(db, kind.kind, scope), scope);
}
