import type { JobHandler } from '../../platform/jobs/index.ts';
import type { Work } from '../../platform/world/index.ts';
import { accepted, type Instant, type Outcome } from '../kernel/index.ts';
import { resolveCashConflict } from './action-store.ts';
import { act, type Clerk } from './handle.ts';
import type { CashPaid, ShelfErrorCode, ShelfParcel } from './model.ts';
import type { ShelfPorts } from './ports.ts';
import { CHARGE_CASH } from './settle.ts';
import { lockShelfParcel } from './store.ts';

/**
 * Records what was paid for goods whose hand-out said nothing of it: once, by whom. A conflict that asks for it is
 * resolved by that. In the name of the point's network.
 */
export async function recordCash(
  work: Work,
  ports: ShelfPorts,
  clerk: Clerk,
  owner: string,
  id: string,
  said: { readonly cash: CashPaid; readonly note?: string | undefined },
): Promise<Outcome<ShelfParcel, ShelfErrorCode | string>> {
  const { cash, note } = said;
  const at = note === undefined ? {} : { detail: { note } };
  const recorded = await act(work, ports, clerk, owner, id, { kind: 'record_cash', cash }, at);
  if (!recorded.ok) return recorded;
  await resolveCashConflict(work.db, recorded.value, clerk.id, work.now);
  return accepted(recorded.value);
}

type Due = {
  readonly organisationId: string;
  readonly shelfParcelId: string;
  readonly until: Instant;
};

/** What nobody recorded in time is charged to the network. Recorded, undone or handed out anew, it finds another end. */
export function cashJobs(ports: ShelfPorts): readonly JobHandler[] {
  return [
    {
      kind: CHARGE_CASH,
      run: async (work: Work, { organisationId, shelfParcelId, until }: Due) => {
        await work.actFor({ organisationId });
        const parcel = await lockShelfParcel(work.db, organisationId, shelfParcelId);
        if (parcel?.cashOpenUntil !== until) return;
        const command = { kind: 'charge_cash' } as const;
        const charged = await act(work, ports, { id: CHARGE_CASH }, organisationId, shelfParcelId, command);
        if (!charged.ok) throw new Error(charged.rejection.code);
      },
    },
  ];
}
