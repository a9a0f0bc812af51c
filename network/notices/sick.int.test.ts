import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOutbound } from '../../platform/outbound/index.ts';
import { BEHAVIOURS, ok, type Received } from '../../platform/outbound/receiver.fixture.ts';
import { LONGEST_PAUSE_MS, PAUSE_AFTER } from './attempt.policy.ts';
import { type NoticesBed, startNoticesBed } from './bed.fixture.ts';
import { startDeliverer } from './deliverer.ts';
import { RETRY_MS } from './retry.policy.ts';

let bed: NoticesBed;
beforeAll(async () => {
  bed = await startNoticesBed();
});
afterAll(() => bed.stop());

const bodyOf = (one: Received) => JSON.parse(one.body.toString()) as { id: string };

test('a receiver that never answers holds up no other: the others have everything while its first call still lasts', async () => {
  const owner = await bed.merchant();
  const silent = await bed.receiver(BEHAVIOURS.silence);
  await bed.endpoint(owner, silent.url);
  const others = await Promise.all([bed.receiver(), bed.receiver(), bed.receiver()]);
  for (const { url } of others) await bed.endpoint(owner, url);
  for (let index = 0; index < 200; index += 1) await bed.emit([owner.id], `wal_${index % 20}`, index);
  await bed.relay();
  const { promise: over, resolve: end } = Promise.withResolvers<never>();
  const real = createOutbound({ allowLoopback: true });
  let calls = 0;
  // The call to the silent one ends when the test says so, after everything else.
  const outbound: Pick<typeof real, 'post'> = {
    post: (request) => {
      if (request.url !== silent.url) return real.post(request);
      calls += 1;
      return over;
    },
  };
  const { keyRing: keys } = bed.network.postroad.ports;
  const deliverer = startDeliverer(bed.network.postroad.worlds.test, { keys, outbound }, () => undefined);
  while (others.some(({ received }) => received.length < 200)) {
    deliverer.wake();
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(calls).toBe(1);
  for (const { received } of others) expect(new Set(received.map((one) => bodyOf(one).id)).size).toBe(200);
  end({ kind: 'failed', failure: 'timeout', durationMs: 15_000 } as never);
  await deliverer.stop();
  const endpoints = await owner.client.get<{ data: { url: string; failing_since?: string }[] }>(
    '/v1/webhook-endpoints',
  );
  for (const { url, failing_since } of endpoints.body.data)
    expect(failing_since === undefined, url).toBe(url !== silent.url);
});

test('a receiver that fails five times in a row is left alone, then asked once at a time', async () => {
  const owner = await bed.merchant();
  const receiver = await bed.receiver(BEHAVIOURS.error500);
  const { endpoint } = await bed.endpoint(owner, receiver.url);
  for (let index = 0; index < 50; index += 1) await bed.emit([owner.id], `wal_${index}`, 1);
  await bed.deliver();
  expect(receiver.received).toHaveLength(PAUSE_AFTER);
  await bed.deliver();
  expect(receiver.received).toHaveLength(PAUSE_AFTER);
  for (let pause = 1; pause <= 4; pause += 1) {
    await bed.advance(LONGEST_PAUSE_MS);
    await bed.deliver();
    expect(receiver.received).toHaveLength(PAUSE_AFTER + pause);
  }
  receiver.behave(ok);
  // The owner asks for an attempt: that ends the pause, and a success all caution.
  expect((await owner.client.post(`/v1/webhook-endpoints/${endpoint.id}/test`)).status).toBe(202);
  await bed.deliver();
  await bed.advance(2 * RETRY_MS[8]!);
  await bed.deliver();
  const log = await owner.client.get<{ data: { event_id: string }[] }>(
    `/v1/webhook-endpoints/${endpoint.id}/deliveries?state=delivered&limit=100`,
  );
  expect(new Set(log.body.data.map(({ event_id }) => event_id)).size).toBe(51);
});
