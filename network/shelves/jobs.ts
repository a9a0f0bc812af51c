import type { JobHandler } from '../../platform/jobs/index.ts';
import type { Work } from '../../platform/world/index.ts';
import type { Instant } from '../kernel/index.ts';
import { cashJobs } from './cash.ts';
import { decide } from './decide.ts';
import * as events from './events.ts';
import { open } from './handle.ts';
import type { ShelfParcel } from './model.ts';
import type { ShelfPorts } from './ports.ts';
import { CLIMB, ladderOf, type Scene, scheduleRung, settle, tell } from './settle.ts';
import { rungsAhead } from './storage.policy.ts';
import { saveParcel } from './store.ts';

type Due = {
  readonly organisationId: string;
  readonly shelfParcelId: string;
  readonly rung: number;
  readonly at: Instant;
};

/** The overdue ladder: reminds, urges, calls a last time, sends home. */
export function shelfJobs(ports: ShelfPorts): readonly JobHandler[] {
  return [
    ...cashJobs(ports),
    {
      kind: CLIMB,
      run: async (work: Work, due: Due) => {
        await work.actFor({ organisationId: due.organisationId });
        const opened = await open(work, ports, due.organisationId, due.shelfParcelId);
        if (opened.ok) await climb(opened.value.scene, opened.value.parcel, due);
      },
    },
  ];
}

async function climb(scene: Scene, parcel: ShelfParcel, due: Due): Promise<void> {
  const { storedAt, returnAt } = parcel;
  // Collected, sent home or undone meanwhile; an exception stands still until somebody resolves it.
  if (parcel.state !== 'stored' || storedAt === undefined || returnAt === undefined) return;
  const [rung] = rungsAhead(ladderOf(scene), { storedAt, returnAt, climbed: parcel.rung });
  // Extended or stored anew: that has a timer of its own.
  if (rung === undefined || rung.index !== due.rung || rung.at !== due.at || rung.at > scene.work.now) return;
  if (rung.kind === 'return') {
    const decision = decide(parcel, { kind: 'start_return', reason: 'overdue' }, scene.work.now);
    if (!decision.ok) throw new Error(decision.rejection.code);
    const settled = await settle(scene, { ...parcel, rung: parcel.rung + 1 }, decision.value, {
      byCaller: CLIMB,
      occurredAt: scene.work.now,
    });
    if (!settled.ok) throw new Error(settled.rejection.code);
    return;
  }
  const after = { ...parcel, rung: parcel.rung + 1, version: parcel.version + 1 };
  const step = {
    version: after.version,
    fact: 'overdue_noticed',
    state: after.state,
    detail: { rung: rung.kind },
    byCaller: CLIMB,
    deviceId: undefined,
    clientId: undefined,
    occurredAt: scene.work.now,
  };
  await saveParcel(scene.work.db, after, [step], scene.work.now);
  tell(scene, after, events.OverdueNoticed, scene.work.now, { rung: rung.kind, returnAt });
  scheduleRung(scene, after);
}
