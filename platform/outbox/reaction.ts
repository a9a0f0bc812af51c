import type { Work } from '../world/index.ts';
import type { PublishedEvent } from './event.ts';

/**
 * A consumer of published events. Its effect and its cursor commit together, so an event works once although it may
 * be tried several times. `name` is stored: renaming a reaction starts it anew from the first kept event.
 */
export type Reaction = {
  readonly name: string;
  readonly on: readonly string[];
  run(work: Work, event: PublishedEvent<never>): Promise<void>;
  /**
   * The effect of `run` for each event, in order, in as few statements as that takes. Begins in the network's scope.
   * When it throws, the events are run one by one, so that the one at fault is found.
   */
  runAll?(work: Work, events: readonly PublishedEvent<never>[]): Promise<void>;
};

/** A reaction that takes events together; one is a list of one. */
export function reactionOfAll(
  name: string,
  on: readonly string[],
  runAll: (work: Work, events: readonly PublishedEvent<never>[]) => Promise<void>,
): Reaction {
  return { name, on, run: (work, event) => runAll(work, [event]), runAll };
}
