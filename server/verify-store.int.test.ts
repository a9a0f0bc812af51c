import { afterEach, beforeEach, expect, test } from 'vitest';
import { accepted } from '../network/kernel/index.ts';
import { type OutgoingEvent, type Relay, startRelay } from '../platform/outbox/index.ts';
import { startTestWorld, type TestWorld } from '../test/setup/database.ts';
import { verifyOutbox } from './verify-store.ts';

let bed: TestWorld;
let relay: Relay;
beforeEach(async () => {
  bed = await startTestWorld();
  relay = startRelay(bed.world, [], (_name, error) => {
    throw error;
  });
});
afterEach(async () => {
  await relay.stop();
  await bed.stop();
});

const SHIPMENT = 'ext_00000000000000000000000001';

async function publish(group: OutgoingEvent['group'], subjectSequence: number): Promise<void> {
  await bed.world.command('network', async (work) => {
    work.emit({ type: 'Told', group, subjectId: SHIPMENT, subjectSequence, audience: [], payload: {} });
    return accepted(undefined);
  });
  await relay.idle();
}

const verified = () => bed.world.read('network', verifyOutbox);

test('versions are counted in each group: what tracking tells of a shipment is none of the shipment', async () => {
  for (const version of [1, 2]) await publish({ organisationId: 'org_one' }, version);
  await publish({ bucket: 7 }, 1);
  await publish({ organisationId: 'org_one' }, 3);
  expect(await verified()).toEqual({ checked: 4, broken: [] });
});

test('an older version that was published behind a newer one of its group is found', async () => {
  await publish({ bucket: 7 }, 2);
  await publish({ bucket: 7 }, 1);
  expect((await verified()).broken).toEqual([`${SHIPMENT} goes back to an older version at position 2`]);
});
