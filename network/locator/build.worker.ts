import { serveJobs } from '../../platform/workers/index.ts';
import { build } from './build.ts';

/** The thread of builds: everything large lies in shared memory and is not copied on its way. */
serveJobs(build);
