import type { JobHandler } from '../../platform/jobs/index.ts';
import { applyFacts } from './announce.ts';
import { decide } from './decide.ts';
import { NO_WISH } from './model.ts';
import { lockDeliveries, saveDeliveries } from './store.ts';

export const END_HOLD = 'deliveries.end_hold';

export const deliveryJobs: readonly JobHandler[] = [
  {
    kind: END_HOLD,
    run: async (work, payload: { organisationId: string; deliveryId: string }) => {
      const { organisationId, deliveryId } = payload;
      await work.actFor({ organisationId });
      const [before] = await lockDeliveries(work.db, organisationId, [deliveryId]);
      // Collected meanwhile, or on a new list: held again means a later day.
      if (before?.state !== 'held' || before.holdUntil === undefined || before.holdUntil > work.now) return;
      const decision = decide(before, { kind: 'end_hold' }, { occurredAt: work.now, wish: NO_WISH });
      if (!decision.ok) return;
      const applied = applyFacts(work, before, decision.value, { occurredAt: work.now, byCaller: END_HOLD });
      await saveDeliveries(work.db, organisationId, [applied.delivery], applied.steps, work.now);
    },
  },
];
