import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestWorld, type TestWorld } from '../../test/setup/database.ts';
import { accepted, instant, type OrganisationId } from '../kernel/index.ts';
import { epcisJobs } from './capture.ts';
import { documentOf, OBJECT_EVENT } from './examples.fixture.ts';
import type { Capture, CaptureId } from './model.ts';
import { findCapture, insertCapture } from './store.ts';

let bed: TestWorld;
beforeAll(async () => {
  bed = await startTestWorld();
});
afterAll(() => bed.stop());

it('a document that an earlier version took and that is none by what is read now ends its capture, and tells why', async () => {
  const ref = { organisationId: 'org_earlier' as OrganisationId, captureId: 'cap_earlier' as CaptureId };
  const capture: Capture = {
    organisationId: ref.organisationId,
    id: ref.captureId,
    reporter: {} as Capture['reporter'],
    errorBehaviour: 'rollback',
    ...{ eventCount: 1, captured: 0, duplicates: 0, errors: [] },
    scans: { accepted: 0, duplicates: 0, refused: 0, first: [] },
    createdAt: instant('2026-03-05T00:00:00Z'),
    finishedAt: undefined,
  };
  const document = { ...documentOf(OBJECT_EVENT), epcisHeader: { epcisMasterData: 7 } };
  const storing = epcisJobs.find(({ kind }) => kind === 'epcis.store_events');
  await bed.world.command({ organisationId: ref.organisationId }, async (work) => {
    await insertCapture(work.db, capture, document, new Map());
    await storing?.run(work, ref as never, '');
    return accepted(undefined);
  });
  const kept = await bed.world.read({ organisationId: ref.organisationId }, (db) =>
    findCapture(db, capture.id),
  );
  expect(kept).toMatchObject({
    captured: 0,
    errors: [
      { pointer: '/epcisHeader/epcisMasterData', message: expect.stringContaining('expected object') },
    ],
    finishedAt: expect.any(String),
  });
});
