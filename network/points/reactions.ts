import type { JobHandler } from '../../platform/jobs/index.ts';
import type { Work } from '../../platform/world/index.ts';
import type { PointCommand } from './decide.ts';
import { actOnPoint, POINT_TIMER } from './handle.ts';

type Timer = {
  readonly pointId: string;
  readonly organisationId: string;
  readonly type: Extract<
    PointCommand,
    { type: 'end_trial' | 'begin_pause' | 'end_pause' | 'complete_exit' }
  >['type'];
};

export const pointJobs: readonly JobHandler[] = [
  {
    kind: POINT_TIMER,
    run: async (work: Work, payload: never) => {
      const { pointId, organisationId, type } = payload as Timer;
      await work.actFor({ organisationId });
      // Refused when something else was decided meanwhile; what holds then has timers of its own.
      await actOnPoint(work, 'timer', pointId, { type });
    },
  },
];
