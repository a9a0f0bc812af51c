import type { Queryable, Scope } from '../../platform/db/index.ts';
import type { Instant } from '../kernel/index.ts';
import { readScope } from './decision-store.ts';

/** What a read needs of a transaction: `Work`, and the call of a route, are both. */
export type Reader = {
  readonly db: Queryable;
  readonly now: Instant;
  actFor(scope: Scope): Promise<void>;
};

/**
 * Goes on in another scope and comes back to the one in which it was called: capacity belongs to point networks, and
 * whoever asks for it acts in their names for a moment. Not come back to after an error, which ends the transaction.
 */
export async function inScope<Value>(
  reader: Reader,
  scope: Scope,
  body: () => Promise<Value>,
): Promise<Value> {
  const before = await readScope(reader.db);
  await reader.actFor(scope);
  const value = await body();
  await reader.actFor(before === '*' ? 'network' : { organisationId: before });
  return value;
}
