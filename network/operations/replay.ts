import { isDatabaseUnavailable, sqlState } from '../../platform/db/index.ts';
import {
  deleteDeadLetter,
  findEventAt,
  lockDeadLetter,
  type PublishedEvent,
  type Reaction,
} from '../../platform/outbox/index.ts';
import type { Work } from '../../platform/world/index.ts';
import { accepted, type Outcome, refused } from '../kernel/index.ts';

/**
 * Gives a dead letter's event to its reaction once more. The effect and the end of the dead letter commit together;
 * when the reaction fails again, nothing is changed.
 */
export async function replayDeadLetter(
  work: Work,
  reactions: readonly Reaction[],
  letter: { readonly reaction: string; readonly eventId: string },
): Promise<Outcome<undefined>> {
  const found = await lockDeadLetter(work.db, letter.reaction, letter.eventId);
  if (found === undefined) return refused('not_found', '');
  const reaction = reactions.find((candidate) => candidate.name === letter.reaction);
  if (reaction === undefined)
    return refused('dead_letter_not_replayable', `This program has no reaction ${letter.reaction}.`);
  const event = await findEventAt(work.db, found.position);
  if (event === undefined) return refused('dead_letter_not_replayable', 'The event was purged.');
  // Before the effect: after a failure no statement of this transaction goes through.
  await deleteDeadLetter(work.db, letter.reaction, found.position);
  try {
    await reaction.run(work, event as PublishedEvent<never>);
  } catch (error) {
    if (isDatabaseUnavailable(error) || ['40P01', '40001'].includes(sqlState(error) ?? '')) throw error;
    const name = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return refused('dead_letter_failed_again', name.slice(0, 300));
  }
  await work.actFor('network');
  return accepted(undefined);
}
