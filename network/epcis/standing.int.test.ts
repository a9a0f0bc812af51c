import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestWorld, type TestWorld } from '../../test/setup/database.ts';
import { instant, type OrganisationId } from '../kernel/index.ts';
import { insertEvents, insertTerms } from './event-store.ts';
import { OBJECT_EVENT } from './examples.fixture.ts';
import type { Capture } from './model.ts';
import { EVERYTHING, readEventQuery } from './query.policy.ts';
import { placeBefore, readCaptured } from './standing.ts';
import { insertCapture, numberCapture } from './store.ts';
import { storedEventOf } from './stored-event.policy.ts';
import { termsOf } from './terms.policy.ts';
import { replaceMasterData } from './vocabulary-element-store.ts';

const organisationId = 'org_standing' as OrganisationId;
const NOW = instant('2026-03-05T00:00:00Z');
let bed: TestWorld;
beforeAll(async () => {
  bed = await startTestWorld();
});
afterAll(() => bed.stop());

/** Stores a capture of two events in a transaction of its own, which ends when it is told to. */
function store(id: string, end: Promise<unknown>): Promise<void> {
  return bed.database.transaction({ organisationId }, async (tx) => {
    const capture = {
      ...{ organisationId, id, reporter: {}, errorBehaviour: 'rollback', eventCount: 2, createdAt: NOW },
      scans: { accepted: 0, duplicates: 0, refused: 0, first: [] },
    } as unknown as Capture;
    await insertCapture(tx, capture, {}, new Map());
    const events = [0, 1].map((position) =>
      storedEventOf({ ...OBJECT_EVENT, eventID: `urn:${id}:${position}` } as never, new Map(), position, NOW),
    );
    await insertEvents(tx, organisationId, id, events);
    await insertTerms(
      tx,
      organisationId,
      id,
      events.map(({ position, event }) => ({ position, terms: termsOf(event) })),
    );
    await numberCapture(tx, organisationId, id, NOW);
    await end;
    return { keep: true, value: undefined };
  });
}

async function isSomebodyWaiting(): Promise<boolean> {
  const { rows } = await bed.owner.query(
    "select from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())",
  );
  return rows.length > 0;
}

const read = (after: { number: number; position: number }, limit = 100) =>
  bed.database.read({ organisationId }, (db) => readCaptured(db, organisationId, EVERYTHING, after, limit));

it('who reads on from place to place gets every event once, also of captures that are stored at the same time', async () => {
  const start = await bed.database.read({ organisationId }, (db) => placeBefore(db, organisationId, NOW));
  const { promise: end, resolve: release } = Promise.withResolvers<undefined>();
  // Whichever of the two has its number first, the other waits; the quick one would be first without.
  const slow = store('cap_slow', end);
  const quick = store('cap_quick', end);
  while (!(await isSomebodyWaiting())) await wait(5);
  expect(await read(start)).toMatchObject({ events: [], goesOn: false });
  release(undefined);
  await Promise.all([slow, quick]);
  const seen: string[] = [];
  let place = start;
  for (let step = 0; step < 10; step += 1) {
    const part = await read(place, 1);
    seen.push(...(part?.events.map(({ eventId }) => eventId) ?? []));
    place = part?.place ?? place;
  }
  expect(new Set(seen)).toEqual(
    new Set(['urn:cap_slow:0', 'urn:cap_slow:1', 'urn:cap_quick:0', 'urn:cap_quick:1']),
  );
  expect(seen).toHaveLength(4);
  expect(await read(place)).toMatchObject({ events: [], goesOn: false });
  await store('cap_next', Promise.resolve());
  expect((await read(place))?.events.map(({ eventId }) => eventId)).toEqual([
    'urn:cap_next:0',
    'urn:cap_next:1',
  ]);
});

it('who reads on by what lies inside a place is told of thousands of places, too', async () => {
  const GLN = (index: number) => `https://id.gs1.org/414/${String(4012345000115 + index)}`;
  const children = Array.from({ length: 3_000 }, (_, index) => ({
    parent: 'urn:x:chain',
    child: GLN(index),
  }));
  const start = await bed.database.read({ organisationId }, (db) => placeBefore(db, organisationId, NOW));
  await bed.database.transaction({ organisationId }, async (tx) => {
    const elements = [{ element: 'urn:x:chain', vocabularies: [] }];
    await replaceMasterData(
      tx,
      organisationId,
      'cap_places',
      { elements, attributes: [], children },
      new Map(),
    );
    return { keep: true, value: undefined };
  });
  await store('cap_inside', Promise.resolve());
  const readInside = async (place: string) => {
    const filter = readEventQuery({ WD_readPoint: [place], EQ_eventID: ['urn:cap_inside:0'] });
    if (!filter.ok) throw new Error(filter.rejection.detail);
    const part = await bed.database.read({ organisationId }, (db) =>
      readCaptured(db, organisationId, filter.value, start, 100),
    );
    return part?.events.map(({ eventId }) => eventId);
  };
  expect(await readInside('urn:x:chain')).toEqual(['urn:cap_inside:0']);
  expect(await readInside(GLN(1))).toEqual([]);
});
