import { type Instant, instantFromMs, msOf } from '../../network/kernel/index.ts';
import { type Database, sql, type Transaction } from '../db/index.ts';

/** The only way to learn the time. Each world has one; nothing outside `platform/` reads the wall clock. */
export type Clock = { now(): Instant };

export const wallClock: Clock = { now: () => instantFromMs(Date.now()) };

/** Milliseconds that only ever grow, for measuring how long something took. */
export function monotonicMs(): number {
  return performance.now();
}

export type WorldClockSetting = { readonly at: Instant; readonly running: boolean };

/** A clock that an operator moves: the test world's. */
export type WorldClock = Clock & {
  /**
   * Moves it and stores it, so that a restart goes on from there. Answers false when `at` lies in its past. `also` is
   * done in the same transaction.
   */
  set(setting: WorldClockSetting, also?: (tx: Transaction) => Promise<void>): Promise<boolean>;
  isRunning(): boolean;
  /** Reads what another process may have set. */
  refresh(): Promise<void>;
};

type Stored = { at: Instant; running: boolean; set_at: Instant };

export async function openWorldClock(database: Database): Promise<WorldClock> {
  let stored: Stored | undefined;
  const now = (): Instant => {
    if (stored === undefined) return wallClock.now();
    return stored.running ? instantFromMs(msOf(stored.at) + Date.now() - msOf(stored.set_at)) : stored.at;
  };
  const refresh = async (): Promise<void> => {
    stored = await database.read('network', (tx) =>
      tx.maybeRow<Stored>(sql`select at, running, set_at from platform.world_clock`),
    );
  };
  await refresh();
  return {
    now,
    refresh,
    isRunning: () => stored?.running ?? true,
    set: async (setting, also) => {
      await refresh();
      if (stored !== undefined && setting.at < now()) return false;
      const setAt = wallClock.now();
      await database.transaction('network', async (tx) => {
        await tx.run(sql`
          insert into platform.world_clock (at, running, set_at) values (${setting.at}, ${setting.running}, ${setAt})
          on conflict (singleton) do update set at = excluded.at, running = excluded.running, set_at = excluded.set_at`);
        await also?.(tx);
        return { keep: true, value: undefined };
      });
      await refresh();
      return true;
    },
  };
}
