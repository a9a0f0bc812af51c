import { setPriority } from 'node:os';
import { serveJobs } from '../../platform/workers/index.ts';
import { type BuildJob, build } from './build.ts';

/** How far behind the threads that answer a later build stands where cores are few: a tenth of a share. Our default. */
const LATER_NICENESS = 10;

/** The thread of builds: everything large lies in shared memory and is not copied on its way. */
serveJobs((job: BuildJob) => {
  // Linux gives each thread a priority of its own; elsewhere it would be that of the whole process.
  if (!job.isFirst && process.platform === 'linux') setPriority(0, LATER_NICENESS);
  return build(job);
});
