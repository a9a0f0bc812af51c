import { createWorkerPool, WorkerPoolError } from '../../platform/workers/index.ts';
import { answerPlace, type PlaceAnswer, type PlaceQuestion } from './place-answer.ts';

/** Answers that are kept, the one not asked for longest goes first. Our default: the towns of a country. */
const KEPT = 2_000;

export type PlaceFinder = {
  find(question: PlaceQuestion): Promise<PlaceAnswer>;
  /** Starts the thread and lets it read the larger places of the world, so that the first who asks waits less. */
  warm(): Promise<void>;
  close(): Promise<void>;
};

/** Asks the places of the world in a thread, which starts with the first question. */
export function createPlaceFinder(): PlaceFinder {
  const pool = createWorkerPool<PlaceQuestion, PlaceAnswer>({
    script: new URL('./place.worker.ts', import.meta.url),
  });
  const kept = new Map<string, PlaceAnswer>();
  return {
    async find(question) {
      const key = JSON.stringify(question);
      const answer = kept.get(key) ?? (await asked(pool.run, question));
      kept.delete(key);
      if (kept.size >= KEPT) kept.delete(kept.keys().next().value ?? '');
      kept.set(key, answer);
      return answer;
    },
    warm: async () => {
      await pool.run({ ask: 'named', text: 'anywhere' });
    },
    close: pool.close,
  };
}

/** Without its thread the question is answered here: slower for others, but answered. */
async function asked(
  run: (question: PlaceQuestion) => Promise<PlaceAnswer>,
  question: PlaceQuestion,
): Promise<PlaceAnswer> {
  try {
    return await run(question);
  } catch (error) {
    if (error instanceof WorkerPoolError && error.reason !== 'failed') return answerPlace(question);
    throw error;
  }
}
