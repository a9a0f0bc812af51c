import { draw, type Random } from './random.ts';
import type { ServerProcess } from './server-process.ts';

export type KillPlan = {
  onEvent(done: number, total: number): void;
  /** Resolves when all kills are over; how many there were. */
  finished(): Promise<number>;
};

/** Kills at events drawn by the seed, each some milliseconds after its event so that it falls into requests under way. */
export function planKills(
  server: ServerProcess,
  kills: number,
  random: Random,
  say: (line: string) => void,
): KillPlan {
  let moments: number[] | undefined;
  let over = Promise.resolve();
  let count = 0;
  return {
    onEvent: (done, total) => {
      moments ??= drawMoments(kills, total, random);
      if (moments[0] === undefined || done < moments[0]) return;
      moments.shift();
      const delayMs = draw(random, [0, 1, 2, 3, 5, 8, 13, 21, 34]);
      over = over.then(async () => {
        await new Promise((resolve) => setTimeout(resolve, delayMs));
        const began = performance.now();
        await server.killAndRestart();
        count += 1;
        say(
          `  killed at event ${done} of ${total}; back after ${((performance.now() - began) / 1000).toFixed(1)} s`,
        );
      });
      // Told at finished(); until then a failure must not end the process.
      over.catch(() => undefined);
    },
    finished: async () => {
      await over;
      return count;
    },
  };
}

/** One moment in each equal part of the replay, so that they do not fall together. */
function drawMoments(kills: number, total: number, random: Random): number[] {
  return Array.from({ length: kills }, (_, index) =>
    Math.floor(((index + 0.05 + 0.9 * random()) / kills) * total),
  );
}
