import { monotonicMs } from '../../platform/clock/index.ts';
import type { World } from '../../platform/world/index.ts';
import { findCarrierOrganisation } from '../accounts/index.ts';
import { accepted, addMs, type OrganisationId, type Outcome, refused } from '../kernel/index.ts';
import { StockExhausted, StockLow } from './events.ts';
import type { HighWaterMark, HighWaterMarks, MarksReading } from './high-water-marks.ts';
import { type IssuedNumber, NETWORK_HOLDER, type NumberSegment } from './model.ts';
import { createPool, type Pool } from './number-pool.ts';
import {
  leaseBlock,
  listAllSegments,
  listHoldersOfStock,
  lockFirstUse,
  lockSegmentWithStock,
  readIdentity,
} from './segment-store.ts';
import { alarmsOf, BLOCK_CLOSING_MS, BLOCK_LIFE_MS, blockSize, remainingSerials } from './stock.policy.ts';

export type IssueRefusal = 'no_number_segment' | 'stock_exhausted' | 'issuing_fenced';

/**
 * Hands out numbers of one world in this process. Numbers come from blocks that were leased in a transaction of
 * their own and whose high-water mark is durable outside the database, so that no command waits for a shared row and
 * a crash leaves a gap, never a second use.
 */
export type NumberIssuer = {
  /**
   * Makes sure that `take` will find `count` numbers; leases blocks when there are too few. Await it before the
   * transaction (a route's `prepare`): it opens transactions of its own. Usually it finds enough and opens none.
   */
  ensure(
    organisationId: OrganisationId,
    carrierCode: string,
    count: number,
  ): Promise<Outcome<undefined, IssueRefusal>>;
  /** Numbers that nobody else gets, or undefined when fewer are in memory. Never waits: use it inside a transaction. */
  take(
    organisationId: OrganisationId,
    carrierCode: string,
    count: number,
    /** What `ensure` was asked for, when fewer turned out to be needed. */
    ensured?: number,
  ): IssuedNumber[] | undefined;
  /** Returns numbers that were taken and certainly written nowhere. What is not returned becomes a gap. */
  giveBack(numbers: readonly IssuedNumber[]): void;
  /** The organisation that works as this carrier, as last seen by `ensure`. */
  carrierOrganisationOf(carrierCode: string): OrganisationId | undefined;
  /** Looks anew who has stock; for after a load. */
  lookAnew(): void;
  /** Drops every block and everything cached: after a segment was closed or a restore confirmed. */
  forget(): void;
};

/** How long it is believed who has stock; another process's load is seen after at most this. Our default. */
const ACCOUNT_CACHE_MS = 5_000;
/** An announced need that is not taken within this is forgotten; it only steers the refill. Our default. */
const ANNOUNCED_MS = 30_000;
/** Below this many free numbers the next block is fetched in the background. Our default. */
const PREFETCH_BELOW = 250;
/** Accounts that are remembered at once, to bound the memory. */
const MAX_ACCOUNTS = 100_000;

type Account = { readonly pool: Pool; readonly untilMs: number };

export function createNumberIssuer(world: World, marks: HighWaterMarks): NumberIssuer {
  const pools = new Map<string, Pool>();
  const accounts = new Map<string, Account>();
  const carriers = new Map<string, OrganisationId | undefined>();
  const leases = new Map<Pool, Promise<Outcome<undefined, IssueRefusal>>>();
  const owners = new WeakMap<IssuedNumber, Pool>();
  const checked = { whole: false };

  /** A merchant's own stock comes first; without any the network's pool; undefined: neither has this carrier. */
  async function accountOf(organisationId: OrganisationId, carrierCode: string): Promise<Pool | undefined> {
    const key = `${organisationId} ${carrierCode}`;
    const cached = accounts.get(key);
    if (cached !== undefined && cached.untilMs > monotonicMs()) return cached.pool;
    const found = await world.read('network', async (db) => ({
      holders: await listHoldersOfStock(db, carrierCode, [organisationId, NETWORK_HOLDER]),
      carrier: await findCarrierOrganisation(db, carrierCode),
    }));
    carriers.set(carrierCode, found.carrier);
    const holder = found.holders.find((one) => one === organisationId) ?? found.holders[0];
    accounts.delete(key);
    if (holder === undefined) return undefined;
    const poolKey = `${holder} ${carrierCode}`;
    const pool = pools.get(poolKey) ?? createPool(holder, carrierCode);
    pools.set(poolKey, pool);
    if (accounts.size > MAX_ACCOUNTS) accounts.clear();
    accounts.set(key, { pool, untilMs: monotonicMs() + ACCOUNT_CACHE_MS });
    return pool;
  }

  /** One lease of a pool at a time: who comes meanwhile waits for it and looks again. */
  function lease(pool: Pool, wanted: number): Promise<Outcome<undefined, IssueRefusal>> {
    const running = leases.get(pool);
    if (running !== undefined) return running;
    const started = leaseInto(world, marks, checked, pool, wanted).finally(() => leases.delete(pool));
    leases.set(pool, started);
    return started;
  }

  return {
    ensure: async (organisationId, carrierCode, count) => {
      const pool = await accountOf(organisationId, carrierCode);
      if (pool === undefined)
        return refused('no_number_segment', `There are no numbers of ${carrierCode} for you.`);
      const free = () => pool.free(world.clock.now(), monotonicMs());
      while (free() < count) {
        const leased = await lease(pool, count - free());
        if (!leased.ok) return leased;
      }
      pool.announce(count, monotonicMs() + ANNOUNCED_MS);
      if (free() < PREFETCH_BELOW) lease(pool, PREFETCH_BELOW).catch(() => undefined);
      return accepted(undefined);
    },
    take: (organisationId, carrierCode, count, ensured = count) => {
      const pool = accounts.get(`${organisationId} ${carrierCode}`)?.pool;
      const taken = pool?.take(count, ensured, world.clock.now());
      if (pool !== undefined) for (const issued of taken ?? []) owners.set(issued, pool);
      return taken;
    },
    giveBack: (numbers) => {
      for (const issued of numbers) owners.get(issued)?.giveBack(issued);
    },
    carrierOrganisationOf: (carrierCode) => carriers.get(carrierCode),
    lookAnew: () => {
      for (const [key, account] of accounts) accounts.set(key, { ...account, untilMs: 0 });
    },
    forget: () => {
      pools.clear();
      accounts.clear();
      checked.whole = false;
    },
  };
}

function markOf(segment: NumberSegment, upTo: number): HighWaterMark {
  const { carrierCode, prefix, suffix, digits, checkRule, checkCovers, epoch, fromSerial } = segment;
  return {
    segmentId: segment.id,
    carrierCode,
    prefix,
    suffix,
    digits,
    checkRule,
    checkCovers,
    epoch,
    fromSerial,
    upTo,
  };
}

/** The lease commits, then the mark becomes durable, then the block is used: in this order a crash only loses numbers. */
async function leaseInto(
  world: World,
  marks: HighWaterMarks,
  checked: { whole: boolean },
  pool: Pool,
  wanted: number,
): Promise<Outcome<undefined, IssueRefusal>> {
  const outcome = await world.command('network', async (work) => {
    const segment = await lockSegmentWithStock(work.db, pool.holder, pool.carrierCode);
    const identity = await readIdentity(work.db);
    let reading = await marks.read();
    if (reading.identity === undefined) {
      // The very first leases go one after the other, else one would meet the other's block without its marks.
      await lockFirstUse(work.db);
      reading = await marks.read();
    }
    // Marks are raised after the commit, so rows that are read after the marks are never behind them by themselves.
    const known = checked.whole ? (segment === undefined ? [] : [segment]) : await listAllSegments(work.db);
    const fence = fenceOf(reading, identity, known, !checked.whole);
    if (fence !== undefined) return refused('issuing_fenced', FENCE_SENTENCES[fence]);
    if (segment === undefined)
      return refused('stock_exhausted', `The numbers of ${pool.carrierCode} are used up.`);
    if (reading.identity === undefined) await marks.identify(identity, []);
    const size = blockSize(remainingSerials(segment), wanted);
    const after = { ...segment, nextSerial: segment.nextSerial + size };
    const alarms = alarmsOf(after);
    await leaseBlock(work.db, segment, size, alarms, work.now);
    const payload = {
      segmentId: segment.id,
      holder: segment.holder,
      carrierCode: segment.carrierCode,
      left: remainingSerials(after),
      size: segment.toSerial - segment.fromSerial + 1,
    };
    const carrier = await findCarrierOrganisation(work.db, segment.carrierCode);
    const audience = [segment.holder, ...(carrier === undefined ? [] : [carrier])];
    const group = { organisationId: segment.holder };
    const subject = { group, subjectId: segment.id, subjectSequence: after.nextSerial, audience, payload };
    if (alarms.low) work.emit({ type: StockLow.name, ...subject });
    if (alarms.exhausted) work.emit({ type: StockExhausted.name, ...subject });
    work.schedule({
      kind: CLOSE_BLOCK_JOB,
      key: `${segment.id}:${segment.nextSerial}`,
      runAt: addMs(work.now, BLOCK_CLOSING_MS),
      payload: { segmentId: segment.id, fromSerial: segment.nextSerial },
    });
    return accepted({ segment, last: after.nextSerial - 1, until: addMs(work.now, BLOCK_LIFE_MS) });
  });
  if (!outcome.ok) return outcome;
  checked.whole = true;
  const { segment, last, until } = outcome.value;
  await marks.raise(markOf(segment, last));
  pool.add({ segment, next: segment.nextSerial, last, until });
  return accepted(undefined);
}

export const CLOSE_BLOCK_JOB = 'waybills.close_block';

/** Why numbers wait for the confirmation of a restore. */
export const FENCE_REASONS = ['marks_missing', 'other_database', 'behind_marks', 'segment_missing'] as const;
export type FenceReason = (typeof FENCE_REASONS)[number];
const FENCE_SENTENCES: Readonly<Record<FenceReason, string>> = {
  marks_missing: 'Blocks were leased, but the high-water marks kept outside the database are missing.',
  other_database: 'This is another database than the one that issued before.',
  behind_marks: 'The database is behind the high-water marks: it was restored from a backup.',
  segment_missing: 'The database lacks a segment that was issued from: it was restored from a backup.',
};

/** Why no number may be given out (promise G3), or undefined. `whole`: the list holds every segment. */
export function fenceOf(
  reading: MarksReading,
  identity: string,
  segments: readonly NumberSegment[],
  whole: boolean,
): FenceReason | undefined {
  if (reading.identity === undefined || !reading.exists) {
    return segments.some((segment) => segment.nextSerial > segment.fromSerial) ? 'marks_missing' : undefined;
  }
  if (reading.identity !== identity) return 'other_database';
  const byId = new Map(segments.map((segment) => [segment.id as string, segment]));
  for (const mark of reading.marks.values()) {
    const segment = byId.get(mark.segmentId);
    if (segment !== undefined && segment.nextSerial <= mark.upTo) return 'behind_marks';
    if (whole && segment === undefined && !reading.retired.has(mark.segmentId)) return 'segment_missing';
  }
  return undefined;
}
