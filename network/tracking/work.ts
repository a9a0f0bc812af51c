import { codeMappingJobs } from './code-mapping-job.ts';
import { sourceTallyWorker } from './source-tally.ts';

/** What this room does by itself. */
export const trackingWork = { jobs: codeMappingJobs, workers: [sourceTallyWorker] } as const;
