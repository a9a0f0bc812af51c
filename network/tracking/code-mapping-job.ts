import type { JobHandler } from '../../platform/jobs/index.ts';
import type { Work } from '../../platform/world/index.ts';
import { addMs } from '../kernel/index.ts';
import type { CodeMapping } from './code-mapping.policy.ts';
import { SETTLED_MS } from './code-mapping-cache.ts';
import { findMapping } from './code-mapping-store.ts';
import { lockParcels } from './parcel-store.ts';
import { recordScans } from './record.ts';
import { type Made, reinterpretationsOf } from './reinterpretation.policy.ts';
import { listScans } from './scan-store.ts';
import { listToReinterpret, saveReinterpreted } from './unmapped-store.ts';

export const APPLY_KIND = 'tracking.apply_code_mapping';
/** Scans of one commit: their parcels' histories are read and folded. Our default. */
const AT_ONCE = 200;

type Payload = { readonly mappingId: string; readonly isLastLook?: boolean };

/** Has the stored scans of a code read by the newest version of its mapping, and those that came meanwhile. */
export const codeMappingJobs: readonly JobHandler[] = [
  {
    kind: APPLY_KIND,
    run: async (work, { mappingId, isLastLook }: Payload, key) => {
      const done = await applyMapping(work, mappingId);
      const again = (runAt: typeof work.now, payload: Payload, as: string) =>
        work.schedule({ kind: APPLY_KIND, key: as, runAt, payload });
      if (done > 0) again(work.now, { mappingId, ...(isLastLook ? { isLastLook } : {}) }, key);
      // A process that did not know of the mapping yet may have read scans without it.
      else if (isLastLook !== true)
        again(addMs(work.now, SETTLED_MS), { mappingId, isLastLook: true }, `${key} last look`);
    },
  },
];

/**
 * One batch; answers how many scans it looked at. Rows change only under the lock of their parcel, so they are looked for
 * twice: to know the parcels, and under their lock.
 */
async function applyMapping(work: Work, mappingId: string): Promise<number> {
  const known = await findMapping(work.db, mappingId);
  if (known === undefined) return 0;
  const found = await listToReinterpret(work.db, known, known.version, AT_ONCE);
  if (found.length === 0) return 0;
  const parcelIds = [...new Set(found.map(({ parcel }) => parcel))];
  await lockParcels(work.db, parcelIds);
  // Another version may have come and gone through meanwhile.
  const mapping = (await findMapping(work.db, mappingId)) ?? known;
  const rows = await listToReinterpret(work.db, mapping, mapping.version, AT_ONCE, parcelIds);
  await interpret(work, mapping, rows);
  return found.length;
}

async function interpret(
  work: Work,
  mapping: CodeMapping,
  rows: Awaited<ReturnType<typeof listToReinterpret>>,
): Promise<void> {
  const histories = await listScans(work.db, [...new Set(rows.map(({ parcel }) => parcel))]);
  const made = rows.map(
    (row): Made => reinterpretationsOf(row, histories.get(row.parcel) ?? [], mapping, work.now),
  );
  const recorded = await recordScans(
    work,
    made.flatMap(({ scans }) => scans),
  );
  if (recorded === undefined) throw new Error('an unmapped scan stands under a parcel that was merged away');
  saveReinterpreted(
    work.db,
    rows.map(({ parcel, id }, index) => ({
      parcel,
      id,
      state: made[index]?.state ?? 'open',
      correctionId: made[index]?.correctionId,
    })),
    mapping.version,
  );
}
