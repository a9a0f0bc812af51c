import { createWorkerPool, type WorkerPool } from '../../platform/workers/index.ts';
import type { Cover } from './cover.policy.ts';
import type { PlanJob } from './plan.ts';

export { maximalCover } from './cover.policy.ts';
export { type Neighbours, neighboursWithin } from './neighbours.policy.ts';
export { coverageJobs, coverageReactions, scheduleCoverageJobs } from './reactions.ts';
export { type CoveragePorts, coverageRoutes } from './routes.ts';

/** A thread for plans; few wait, because each takes seconds of a core for a large country. Our defaults. */
export function createCoveragePool(): WorkerPool<PlanJob, Cover> {
  return createWorkerPool({
    script: new URL('./plan.worker.ts', import.meta.url),
    queueLimit: 8,
    timeoutMs: 60_000,
    maxHeapMb: 1_024,
  });
}
