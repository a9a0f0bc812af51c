import type { Outcome } from '../../network/kernel/index.ts';
import { sqlState, type Transaction } from '../db/index.ts';
import { NOTHING_LEFT, openWork, type Work, type World } from '../world/index.ts';
import { isIdempotencyRace } from './idempotency.ts';
import type { Reply } from './route.ts';

/** Deadlock, serialization failure, or another request with the same idempotency key was quicker. */
function isLostRace(error: unknown): boolean {
  return ['40P01', '40001'].includes(sqlState(error) ?? '') || isIdempotencyRace(error);
}

/** Tries of one command when PostgreSQL ended it for another's sake: the first is often the last. Our default. */
const TRIES = 4;

/** A transaction that lost a deadlock or a race left nothing behind, so the command is simply run again. */
export async function commit(
  world: World,
  body: (tx: Transaction, work: Work) => Promise<Outcome<Reply>>,
): Promise<Outcome<Reply>> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await commitOnce(world, body);
    } catch (error) {
      if (!isLostRace(error) || attempt === TRIES) throw error;
    }
  }
}

async function commitOnce(
  world: World,
  body: (tx: Transaction, work: Work) => Promise<Outcome<Reply>>,
): Promise<Outcome<Reply>> {
  let left = NOTHING_LEFT;
  const outcome = await world.database.transaction('network', async (tx) => {
    const { work, flush } = openWork(tx, world.clock.now(), world.name);
    const value = await body(tx, work);
    if (value.ok) left = flush();
    return { keep: value.ok, value };
  });
  world.signalCommit(left);
  return outcome;
}
