import type { World } from '../../platform/world/index.ts';
import { accepted, type Instant } from '../kernel/index.ts';
import { takeContrlReferences } from './contrl-store.ts';

/** How interchanges of UN/EDIFACT are answered. Lent by the program: this room knows no syntax. */
export type AnswerInterchanges = {
  /** How many interchanges of the file can be answered. */
  readonly count: (payload: Uint8Array) => number;
  readonly text: (
    payload: Uint8Array,
    facts: { readonly preparedAt: Instant; readonly references: readonly number[] },
  ) => string;
};

/**
 * The CONTRL answer to a file, an interchange for each of its own; each answer has references of its own. Undefined when
 * no sender could be read, or nothing but answers came.
 */
export async function contrlFor(
  world: World,
  answer: AnswerInterchanges,
  payload: Uint8Array,
): Promise<string | undefined> {
  const count = answer.count(payload);
  if (count === 0) return undefined;
  const facts = await world.command('network', async ({ db, now }) =>
    accepted({ preparedAt: now, references: await takeContrlReferences(db, count) }),
  );
  if (!facts.ok) throw new Error('references were refused');
  return answer.text(payload, facts.value);
}
