import { serveJobs } from '../../platform/workers/index.ts';
import { digest } from './digest.ts';

/** The threads of the first read. */
serveJobs(digest);
