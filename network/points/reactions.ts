import type { JobHandler } from '../../platform/jobs/index.ts';
import type { Work } from '../../platform/world/index.ts';
import type { PointCommand } from './decide.ts';
import { dropFeedJob, feedJob } from './feed.ts';

import { actOnPoint, CONTRACT_BEGINS, releaseWaiting, remindOfFiling } from './handle.ts';
import { FILING_DUE, POINT_TIMER } from './record.ts';

type Timer = {
  readonly pointId: string;
  readonly organisationId: string;
  readonly type: Extract<
    PointCommand,
    { type: 'end_trial' | 'begin_pause' | 'end_pause' | 'complete_exit' }
  >['type'];
};

export const pointJobs: readonly JobHandler[] = [
  feedJob,
  dropFeedJob,
  {
    kind: POINT_TIMER,
    run: async (work: Work, payload: never) => {
      const { pointId, organisationId, type } = payload as Timer;
      await work.actFor({ organisationId });
      // Refused when something else was decided meanwhile; what holds then has timers of its own.
      await actOnPoint(work, 'timer', pointId, { type });
    },
  },
  {
    kind: FILING_DUE,
    run: async (work: Work, payload: never) => {
      const { pointId, organisationId } = payload as Timer;
      await work.actFor({ organisationId });
      await remindOfFiling(work, pointId, organisationId);
    },
  },
  {
    kind: CONTRACT_BEGINS,
    run: async (work: Work, payload: never) => {
      const { organisationId } = payload as { readonly organisationId: string };
      await work.actFor({ organisationId });
      await releaseWaiting(work, 'timer', organisationId);
    },
  },
];
