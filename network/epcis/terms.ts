import type { JobHandler } from '../../platform/jobs/index.ts';
import type { Work, World } from '../../platform/world/index.ts';
import { accepted } from '../kernel/index.ts';
import { findCaptureWithoutTerms, insertTerms, listCapturedEvents, saveTermVersion } from './event-store.ts';
import { eventTerms } from './event-terms.policy.ts';
import { numberCapture } from './store.ts';

const NOTE_TERMS = 'epcis.note_terms';

/** Writes what the events of a capture say that were stored by a version which did not; one capture a run. */
async function noteTerms(work: Work): Promise<void> {
  const found = await findCaptureWithoutTerms(work.db);
  if (found === undefined) return;
  const { organisationId, captureId } = found;
  await work.actFor({ organisationId });
  const events = await listCapturedEvents(work.db, organisationId, captureId);
  await insertTerms(work.db, organisationId, captureId, eventTerms(events));
  await saveTermVersion(work.db, organisationId, captureId);
  // A process of that version may have stored them just now.
  await numberCapture(work.db, organisationId, captureId, work.now);
  work.schedule(jobOf(work));
}

const jobOf = ({ now }: Pick<Work, 'now'>) => ({
  kind: NOTE_TERMS,
  key: NOTE_TERMS,
  runAt: now,
  payload: {},
});

export const termsJob: JobHandler = { kind: NOTE_TERMS, run: noteTerms };

/** A run schedules the next as long as there is something to do. */
export async function scheduleTerms(world: World): Promise<void> {
  await world.command('network', async (work) => {
    work.schedule(jobOf(work));
    return accepted(undefined);
  });
}
