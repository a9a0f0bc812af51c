import type { JobHandler } from '../../platform/jobs/index.ts';
import { CLOSE_WEEK, type CloseWeek, closeWeek } from './close.ts';

export const remittanceJobs: readonly JobHandler[] = [
  { kind: CLOSE_WEEK, run: (work, payload: CloseWeek) => closeWeek(work, payload) },
];
