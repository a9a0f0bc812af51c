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
};
