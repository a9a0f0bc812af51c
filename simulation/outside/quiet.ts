import { count, type World } from '../world.ts';

/** With nothing getting less for so long, somebody waits in vain; the world goes on and counts it. */
const PATIENCE_MS = 30_000;
/** Asked again after so long at first, and less and less often: the question is work for the network, too. */
const AGAIN_MS = { first: 40, most: 400 } as const;
/** Deliveries of webhooks to receivers that misbehave on purpose wait for hours. */
const OF_RECEIVERS = /webhook/;

/**
 * The virtual clock runs faster than the network thinks: before people look at their lists, everything that follows
 * from what happened has to have followed. Asked of the operator's page of health, as an operator would.
 */
export async function untilQuiet(world: World): Promise<void> {
  if (world.settle !== undefined) return world.settle();
  let least = Number.POSITIVE_INFINITY;
  let since = performance.now();
  for (let pause: number = AGAIN_MS.first; ; pause = Math.min(pause * 1.5, AGAIN_MS.most)) {
    const { outbox, jobs } = await world.parties.operator.get('/v1/operations/health');
    const waiting =
      outbox.unnumbered +
      outbox.reactions.reduce((sum, one) => sum + one.waiting, 0) +
      jobs.filter((job) => !OF_RECEIVERS.test(job.kind)).reduce((sum, job) => sum + job.due + job.running, 0);
    if (waiting === 0) return;
    if (waiting < least) [least, since] = [waiting, performance.now()];
    if (performance.now() - since > PATIENCE_MS) return count(world, 'looks at a busy network');
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
