import { serveJobs } from '../../platform/workers/index.ts';
import { type PlanJob, planCover } from './plan.ts';

serveJobs((job: PlanJob) => planCover(job));
