import { codeMappingJobs } from './code-mapping-job.ts';
import { scheduleSilenceJobs, silenceJobs } from './silence-jobs.ts';
import { sourceTallyWorker } from './source-tally.ts';

/** What this room does by itself. */
export const trackingWork = {
  jobs: [...codeMappingJobs, ...silenceJobs],
  workers: [sourceTallyWorker],
  onStart: scheduleSilenceJobs,
} as const;
