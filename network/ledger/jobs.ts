import type { JobHandler } from '../../platform/jobs/index.ts';
import { addDays, type OrganisationId } from '../kernel/index.ts';
import { takeSnapshots } from './account-store.ts';
import { COLLECT_MORE, collectOutstanding, RETRY_CHARGE, retryShare } from './collection.ts';
import { EXPIRE_HOLD, expireHold } from './holds.ts';
import type { HoldSetId } from './model.ts';
import { TAKE_SNAPSHOTS } from './wallets.ts';

/** Timers of the ledger. All run in the network's scope. */
export function ledgerJobs(): readonly JobHandler[] {
  return [
    {
      kind: EXPIRE_HOLD,
      run: (work, payload: { organisationId: OrganisationId; holdSetId: HoldSetId }) =>
        expireHold(work, payload),
    },
    {
      kind: RETRY_CHARGE,
      run: (work, payload: { organisationId: OrganisationId; chargeId: string }) => retryShare(work, payload),
    },
    {
      kind: COLLECT_MORE,
      run: (work, payload: { organisationId: OrganisationId; walletId: string }) =>
        collectOutstanding(work, payload.organisationId, payload.walletId),
    },
    {
      kind: TAKE_SNAPSHOTS,
      run: async (work) => {
        await takeSnapshots(work.db, work.now);
        work.schedule({ kind: TAKE_SNAPSHOTS, key: 'all', runAt: addDays(work.now, 1), payload: {} });
      },
    },
  ];
}
