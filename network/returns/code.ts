import type { Queryable } from '../../platform/db/index.ts';
import type { Instant } from '../kernel/index.ts';
import { counterCodes, type ShownCode } from '../points/index.ts';
import { CODES } from './code-store.ts';
import type { ReturnCase } from './model.ts';
import type { ReturnPorts } from './ports.ts';

export const returnCodes = counterCodes('return', CODES);

/** What the buyer shows at the counter; undefined when there is nothing to show any more. */
export async function shownCode(
  db: Queryable,
  ports: Pick<ReturnPorts, 'keyRing' | 'vault'>,
  one: ReturnCase,
  now: Instant,
): Promise<ShownCode | undefined> {
  return one.state.name === 'code_issued' ? returnCodes.shown(db, ports, one, now) : undefined;
}
