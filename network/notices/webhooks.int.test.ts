import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOutbound } from '../../platform/outbound/index.ts';
import {
  BEHAVIOURS,
  type Behaviour,
  ok,
  type Received,
  type Receiver,
} from '../../platform/outbound/receiver.fixture.ts';
import { LONGEST_PAUSE_MS } from './attempt.policy.ts';
import { type Merchant, type NoticesBed, startNoticesBed, TIMEOUT_MS } from './bed.fixture.ts';
import { startDeliverer } from './deliverer.ts';
import { RETRY_MS } from './retry.policy.ts';

let bed: NoticesBed;
beforeAll(async () => {
  bed = await startNoticesBed();
});
afterAll(() => bed.stop());

const DAY = 86_400_000;
type Sent = { id: string; type: string; subject: string; sequence: number; data: object };
type Delivery = {
  id: string;
  state: string;
  origin: string;
  event_id: string;
  attempts: { number: number; status?: number; failure?: string; answer: string; duration_ms: number }[];
};

const bodyOf = (one: Received) => JSON.parse(one.body.toString()) as Sent;
const sequences = (receiver: Receiver) => receiver.received.map((one) => bodyOf(one).sequence);

async function log(owner: Merchant, endpointId: string, query = ''): Promise<Delivery[]> {
  const answer = await owner.client.get<{ data: Delivery[] }>(
    `/v1/webhook-endpoints/${endpointId}/deliveries${query}`,
  );
  expect(answer.status).toBe(200);
  return answer.body.data;
}

/** As long as the longest wait after an attempt, jitter included. */
const afterAttempt = (attempt: number) => Math.ceil(RETRY_MS[attempt - 1]! * 1.1) + 1;

/** Leases of killed workers run out by the wall clock; tests do not wait for it. */
const expireLeases = () =>
  bed.network.postroad.worlds.test.database.transaction('network', async (tx) => {
    const text =
      "update notices.webhook_delivery set lease_until = now() - interval '1 s' where lease_until is not null";
    await tx.run({ text, values: [], isSql: true });
    return { keep: true, value: undefined };
  });

describe('a delivery', () => {
  test('verifies by the library of Standard Webhooks from its raw bytes, and says what it is about', async () => {
    const owner = await bed.merchant();
    const receiver = await bed.receiver();
    const { secret } = await bed.endpoint(owner, receiver.url);
    await bed.emit([owner.id], 'wal_1', 1);
    await bed.deliver();
    expect(receiver.received).toHaveLength(1);
    const { headers, body } = receiver.received[0]!;
    expect(new Webhook(secret).verify(body, headers)).toMatchObject({
      id: headers['webhook-id'],
      type: 'arrears.began',
      timestamp: '2026-03-01T12:00:00.000Z',
      subject: 'wal_1',
      sequence: 1,
      data: { organisation_id: owner.id, wallet_id: 'wal_1', currency: 'EUR' },
    });
    expect(() =>
      new Webhook(secret).verify(Buffer.from(body.toString().replace('EUR', 'USD')), headers),
    ).toThrow();
    const feed = await owner.client.get<{ data: Sent[] }>('/v1/events');
    expect(feed.body.data[0]?.id).toBe(headers['webhook-id']);
  });

  test('the secret lies nowhere in clear and is shown once', async () => {
    const owner = await bed.merchant();
    const { endpoint, secret } = await bed.endpoint(owner, 'http://127.0.0.1:9/');
    const rows = await bed.network.postroad.worlds.test.read('network', (db) =>
      db.rows<{ text: string }>({
        text: 'select s::text as text from notices.webhook_secret s',
        values: [],
        isSql: true,
      }),
    );
    const clear = Buffer.from(secret.slice('whsec_'.length), 'base64').toString('hex');
    expect(clear).toHaveLength(64);
    expect(rows.some((row) => row.text.includes(clear))).toBe(false);
    const read = await owner.client.get(`/v1/webhook-endpoints/${endpoint.id}`);
    expect(JSON.stringify(read.body)).not.toContain('whsec_');
  });

  test('of one subject waits for the one before it; other subjects do not', async () => {
    const owner = await bed.merchant();
    const receiver = await bed.receiver((response, _request, one) =>
      bodyOf(one).subject === 'wal_bad' ? response.writeHead(500).end() : response.end(),
    );
    await bed.endpoint(owner, receiver.url);
    for (const sequence of [1, 2]) {
      await bed.emit([owner.id], 'wal_bad', sequence);
      await bed.emit([owner.id], 'wal_good', sequence);
    }
    await bed.deliver();
    const of = (subject: string) =>
      receiver.received.map(bodyOf).flatMap((sent) => (sent.subject === subject ? [sent.sequence] : []));
    expect(of('wal_good')).toEqual([1, 2]);
    expect(of('wal_bad')).toEqual([1]);
    receiver.behave(ok);
    await bed.advance(afterAttempt(1));
    await bed.deliver();
    expect(of('wal_bad')).toEqual([1, 1, 2]);
  });

  test('answers that come out of order mix nothing up', async () => {
    const owner = await bed.merchant();
    const waiting: (() => void)[] = [];
    const receiver = await bed.receiver((response, _request, one) => {
      // Quick answers at first: they open the window to several at a time.
      if (bodyOf(one).subject.startsWith('wal_warm')) return response.end();
      waiting.push(() => response.end());
      if (waiting.length < 4) return;
      for (const answer of waiting.splice(0).reverse()) answer();
    });
    const { endpoint } = await bed.endpoint(owner, receiver.url);
    for (let index = 0; index < 8; index += 1) await bed.emit([owner.id], `wal_warm_${index}`, 1);
    for (const subject of ['wal_a', 'wal_b', 'wal_c', 'wal_d'])
      for (const sequence of [1, 2, 3]) await bed.emit([owner.id], subject, sequence);
    await bed.deliver();
    for (const subject of ['wal_a', 'wal_b', 'wal_c', 'wal_d']) {
      const got = receiver.received.map(bodyOf).filter((sent) => sent.subject === subject);
      expect(got.map((sent) => sent.sequence)).toEqual([1, 2, 3]);
    }
    expect((await log(owner, endpoint.id)).every(({ state }) => state === 'delivered')).toBe(true);
  });

  test('is given up after the tenth attempt, and the next of its subject goes', async () => {
    const owner = await bed.merchant();
    const receiver = await bed.receiver((response, _request, one) =>
      response.writeHead(bodyOf(one).sequence === 1 ? 500 : 200).end(),
    );
    const { endpoint } = await bed.endpoint(owner, receiver.url);
    await bed.emit([owner.id], 'wal_1', 1);
    await bed.emit([owner.id], 'wal_1', 2);
    await bed.deliver();
    for (let attempt = 1; attempt < 10; attempt += 1) {
      expect(sequences(receiver)).toEqual(Array(attempt).fill(1));
      await bed.advance(RETRY_MS[attempt - 1]! - 1);
      await bed.deliver();
      expect(sequences(receiver), 'not before its time').toHaveLength(attempt);
      await bed.advance(afterAttempt(attempt) - RETRY_MS[attempt - 1]! + 1);
      await bed.deliver();
    }
    // Ten failures in a row: the receiver itself is left alone for a while.
    await bed.advance(LONGEST_PAUSE_MS);
    await bed.deliver();
    expect(sequences(receiver)).toEqual([...Array(10).fill(1), 2]);
    expect(new Set(receiver.received.slice(0, 10).map((one) => one.headers['webhook-id'])).size).toBe(1);
    const [second, first] = await log(owner, endpoint.id);
    expect(first).toMatchObject({ state: 'failed' });
    expect(first?.attempts.map((attempt) => attempt.number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(second).toMatchObject({ state: 'delivered' });
    expect(await log(owner, endpoint.id, '?state=failed')).toHaveLength(1);
  });

  test.each<[keyof typeof BEHAVIOURS, string, object]>([
    ['silence', 'pending', { failure: 'timeout' }],
    ['drip', 'pending', { failure: 'timeout' }],
    ['error500', 'pending', { status: 500, answer: 'boom' }],
    ['busy503', 'pending', { status: 503 }],
    ['limit429', 'pending', { status: 429 }],
    ['reset', 'pending', { failure: 'answer_broken' }],
    ['resetInAnswer', 'pending', { failure: 'answer_broken' }],
    ['half', 'pending', { failure: 'answer_broken' }],
    ['garbage', 'pending', { failure: 'answer_broken' }],
    ['html200', 'delivered', { status: 200, answer: '<h1>Welcome [31m</h1>' }],
    ['huge', 'delivered', { status: 200, answer: 'x'.repeat(1000) }],
  ])('to a receiver with %s is %s', async (behaviour, state, attempt) => {
    const owner = await bed.merchant();
    const receiver = await bed.receiver(BEHAVIOURS[behaviour]);
    const { endpoint } = await bed.endpoint(owner, receiver.url);
    await bed.emit([owner.id], 'wal_1', 1);
    await bed.deliver(behaviour === 'huge' ? createOutbound({ allowLoopback: true }) : undefined);
    const [delivery] = await log(owner, endpoint.id);
    expect(delivery).toMatchObject({ state, attempts: [{ number: 1, ...attempt }] });
  });

  test('to a refused connection is tried again', async () => {
    const owner = await bed.merchant();
    const receiver = await bed.receiver();
    await receiver.close();
    const { endpoint } = await bed.endpoint(owner, receiver.url);
    await bed.emit([owner.id], 'wal_1', 1);
    await bed.deliver();
    expect(await log(owner, endpoint.id)).toMatchObject([
      { state: 'pending', attempts: [{ failure: 'connection_failed' }] },
    ]);
  });

  test('waits as long as Retry-After asks', async () => {
    const owner = await bed.merchant();
    const receiver = await bed.receiver(BEHAVIOURS.busy503);
    await bed.endpoint(owner, receiver.url);
    await bed.emit([owner.id], 'wal_1', 1);
    await bed.deliver();
    receiver.behave(ok);
    await bed.advance(3_599_999);
    await bed.deliver();
    expect(receiver.received).toHaveLength(1);
    await bed.advance(1);
    await bed.deliver();
    expect(receiver.received).toHaveLength(2);
  });

  test('follows no redirect to loopback', async () => {
    const owner = await bed.merchant();
    const inner = await bed.receiver();
    const outer = await bed.receiver((response) => response.writeHead(307, { location: inner.url }).end());
    const { endpoint } = await bed.endpoint(owner, outer.url);
    await bed.emit([owner.id], 'wal_1', 1);
    await bed.deliver();
    expect(inner.received).toHaveLength(0);
    expect(await log(owner, endpoint.id)).toMatchObject([{ state: 'pending', attempts: [{ status: 307 }] }]);
  });

  test('of a worker that was killed between sending and recording is sent again under the same id', async () => {
    const owner = await bed.merchant();
    const receiver = await bed.receiver();
    const { endpoint } = await bed.endpoint(owner, receiver.url);
    await bed.emit([owner.id], 'wal_1', 1);
    await bed.relay();
    const real = createOutbound({ allowLoopback: true, timeoutMs: TIMEOUT_MS });
    const world = bed.network.postroad.worlds.test;
    const { promise: sent, resolve } = Promise.withResolvers<void>();
    const outbound = {
      post: async (request: Parameters<typeof real.post>[0]) => {
        await real.post(request);
        resolve();
        return new Promise<never>(() => undefined);
      },
    };
    const killed = startDeliverer(
      world,
      { keys: bed.network.postroad.ports.keyRing, outbound },
      () => undefined,
    );
    await sent;
    // Its loop ends; what it has under way never does, as in a process that is gone.
    void killed.stop();
    await bed.deliver();
    expect(receiver.received, 'its lease still stands').toHaveLength(1);
    await expireLeases();
    await bed.deliver();
    expect(receiver.received.map((one) => one.headers['webhook-id'])).toEqual(
      Array(2).fill(receiver.received[0]?.headers['webhook-id']),
    );
    expect(await log(owner, endpoint.id)).toMatchObject([{ state: 'delivered', attempts: [{ number: 1 }] }]);
  });
});

test('two processes send every event once and in order', async () => {
  const owner = await bed.merchant();
  const receiver = await bed.receiver((response) => setTimeout(() => response.end(), 3));
  await bed.endpoint(owner, receiver.url);
  const subjects = ['wal_a', 'wal_b', 'wal_c'];
  for (let sequence = 1; sequence <= 12; sequence += 1)
    for (const subject of subjects) await bed.emit([owner.id], subject, sequence);
  await bed.relay();
  const failures: unknown[] = [];
  const outbound = createOutbound({ allowLoopback: true });
  const ports = { keys: bed.network.postroad.ports.keyRing, outbound };
  const both = [1, 2].map(() =>
    startDeliverer(bed.network.postroad.worlds.test, ports, (error) => failures.push(error)),
  );
  while (receiver.received.length < 36) await Promise.all(both.map((one) => one.idle()));
  await Promise.all(both.map((one) => one.stop()));
  await bed.deliver();
  expect(failures).toEqual([]);
  expect(receiver.received).toHaveLength(36);
  for (const subject of subjects) {
    const got = receiver.received.map(bodyOf).filter((sent) => sent.subject === subject);
    expect(got.map((sent) => sent.sequence)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
  }
});

test('a secret that cannot be opened is our fault: nothing is sent unsigned, and the endpoint is not blamed', async () => {
  const owner = await bed.merchant();
  const receiver = await bed.receiver();
  const { endpoint } = await bed.endpoint(owner, receiver.url);
  await bed.network.postroad.worlds.test.database.transaction('network', async (tx) => {
    const text =
      'update notices.webhook_secret set sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1) where webhook_endpoint_id = $1';
    await tx.run({ text, values: [endpoint.id], isSql: true });
    return { keep: true, value: undefined };
  });
  await bed.emit([owner.id], 'wal_1', 1);
  await bed.relay();
  const failures: unknown[] = [];
  const outbound = createOutbound({ allowLoopback: true });
  const ports = { keys: bed.network.postroad.ports.keyRing, outbound };
  const deliverer = startDeliverer(bed.network.postroad.worlds.test, ports, (error) => failures.push(error));
  await deliverer.idle();
  await deliverer.stop();
  expect(receiver.received).toHaveLength(0);
  expect(failures).toHaveLength(1);
  expect(await log(owner, endpoint.id)).toMatchObject([
    { state: 'pending', attempts: [{ failure: 'internal' }] },
  ]);
  const read = await owner.client.get(`/v1/webhook-endpoints/${endpoint.id}`);
  expect(read.body).toMatchObject({ state: 'enabled' });
  expect(read.body).not.toHaveProperty('failing_since');
  // The other tests' deliverer counts every failure; this endpoint must not come up there again.
  await owner.client.send('DELETE', `/v1/webhook-endpoints/${endpoint.id}`);
});

test('of 100 receivers 95 get all in order while five are broken, and those get theirs by replay', async () => {
  const owners = await Promise.all(Array.from({ length: 10 }, () => bed.merchant()));
  const bad: Behaviour[] = [
    BEHAVIOURS.silence,
    BEHAVIOURS.drip,
    BEHAVIOURS.error500,
    BEHAVIOURS.resetInAnswer,
    BEHAVIOURS.garbage,
  ];
  const receivers: { receiver: Receiver; owner: Merchant; id: string; isBad: boolean }[] = [];
  for (let index = 0; index < 100; index += 1) {
    const behaviour = index % 20 === 7 ? bad[Math.floor(index / 20)] : undefined;
    const receiver = await bed.receiver(behaviour ?? ok);
    const owner = owners[index % 10]!;
    const { endpoint } = await bed.endpoint(owner, receiver.url);
    receivers.push({ receiver, owner, id: endpoint.id, isBad: behaviour !== undefined });
  }
  for (let sequence = 1; sequence <= 5; sequence += 1) {
    const ids = owners.map(({ id }) => id);
    for (const subject of ['wal_a', 'wal_b']) await bed.emit(ids, subject, sequence);
  }
  await bed.deliver();
  const inOrder = ({ receiver }: { receiver: Receiver }) =>
    ['wal_a', 'wal_b'].every((subject) => {
      const got = receiver.received.map(bodyOf).filter((sent) => sent.subject === subject);
      return got.map((sent) => sent.sequence).join() === '1,2,3,4,5';
    });
  expect(receivers.filter((one) => !one.isBad && inOrder(one))).toHaveLength(95);
  const broken = receivers.filter((one) => one.isBad);
  for (const one of broken) expect(await log(one.owner, one.id, '?state=delivered')).toEqual([]);

  for (let attempt = 1; attempt < 10; attempt += 1) {
    await bed.advance(afterAttempt(attempt));
    await bed.deliver();
    // A receiver that goes on failing is asked once at a time, with a pause behind it.
    await bed.advance(LONGEST_PAUSE_MS);
    await bed.deliver();
  }
  for (const one of broken) {
    expect(
      (await log(one.owner, one.id, '?state=failed')).map((delivery) => delivery.attempts.length),
    ).toEqual([10, 10]);
    one.receiver.received.splice(0);
    one.receiver.behave(ok);
    const begin = Buffer.from('["feed",0]').toString('base64url');
    const replay = await one.owner.client.post(`/v1/webhook-endpoints/${one.id}/replay`, { after: begin });
    expect(replay.status).toBe(202);
  }
  await bed.deliver();
  expect(broken.every(inOrder)).toBe(true);
}, 120_000);

describe('replay', () => {
  test('of one delivery sends the same event again under the same id', async () => {
    const owner = await bed.merchant();
    const receiver = await bed.receiver();
    const { endpoint } = await bed.endpoint(owner, receiver.url);
    await bed.emit([owner.id], 'wal_1', 1);
    await bed.deliver();
    const [first] = await log(owner, endpoint.id);
    const answer = await owner.client.post<Delivery>(`/v1/webhook-deliveries/${first?.id}/replay`);
    expect(answer).toMatchObject({ status: 202, body: { origin: 'replay', state: 'pending' } });
    await bed.deliver();
    const [one, two] = receiver.received;
    expect(two?.headers['webhook-id']).toBe(one?.headers['webhook-id']);
    expect(two?.body.equals(one!.body)).toBe(true);
  });

  test('of an unfinished delivery tries it at once', async () => {
    const owner = await bed.merchant();
    const receiver = await bed.receiver(BEHAVIOURS.error500);
    const { endpoint } = await bed.endpoint(owner, receiver.url);
    await bed.emit([owner.id], 'wal_1', 1);
    await bed.deliver();
    const [delivery] = await log(owner, endpoint.id);
    receiver.behave(ok);
    await owner.client.post(`/v1/webhook-deliveries/${delivery?.id}/replay`);
    await bed.deliver();
    expect(await log(owner, endpoint.id)).toMatchObject([
      { state: 'delivered', attempts: [{ number: 1 }, { number: 2 }] },
    ]);
  });

  test('of an endpoint goes from a cursor or since an instant, and nothing is sent twice that still waits', async () => {
    const owner = await bed.merchant();
    const receiver = await bed.receiver();
    const { endpoint } = await bed.endpoint(owner, receiver.url);
    for (const sequence of [1, 2]) await bed.emit([owner.id], 'wal_1', sequence);
    await bed.deliver();
    const clock = bed.network.postroad.ports.testClock;
    await bed.advance(60_000);
    const since = clock.now();
    for (const sequence of [3, 4]) await bed.emit([owner.id], 'wal_1', sequence);
    receiver.behave(BEHAVIOURS.error500);
    await bed.deliver();
    receiver.behave(ok);
    receiver.received.splice(0);
    const path = `/v1/webhook-endpoints/${endpoint.id}/replay`;
    expect((await owner.client.post(path, { since })).status).toBe(202);
    await bed.deliver();
    expect(sequences(receiver)).toEqual([3, 4]);
    expect((await owner.client.post(path, { after: endpoint.cursor })).status).toBe(202);
    await bed.deliver();
    expect(sequences(receiver)).toEqual([3, 4, 1, 2, 3, 4]);
    expect((await log(owner, endpoint.id, '?limit=4')).map(({ origin }) => origin)).toEqual(
      Array(4).fill('replay'),
    );
    const beyond = Buffer.from('["feed",9000000]').toString('base64url');
    for (const [body, status] of [
      [{}, 400],
      [{ after: endpoint.cursor, since }, 400],
      [{ after: 'nonsense' }, 422],
      [{ after: beyond }, 422],
    ] as const) {
      expect((await owner.client.post(path, body)).status).toBe(status);
    }
  });

  test('a test message reaches the receiver, signed, although an event of the endpoint fails', async () => {
    const owner = await bed.merchant();
    const receiver = await bed.receiver((response, _request, one) =>
      response.writeHead(bodyOf(one).type === 'webhook_endpoint.test' ? 200 : 500).end(),
    );
    const { endpoint, secret } = await bed.endpoint(owner, receiver.url);
    await bed.emit([owner.id], 'wal_1', 1);
    await bed.deliver();
    expect((await owner.client.post(`/v1/webhook-endpoints/${endpoint.id}/test`)).status).toBe(202);
    await bed.deliver();
    const { body, headers } = receiver.received.at(-1)!;
    expect(new Webhook(secret).verify(body, headers)).toMatchObject({
      type: 'webhook_endpoint.test',
      data: { webhook_endpoint_id: endpoint.id },
    });
  });
});

describe('an endpoint', () => {
  test('that fails for five days is switched off with an event, and goes on where it stopped', async () => {
    const owner = await bed.merchant();
    const receiver = await bed.receiver(BEHAVIOURS.error500);
    const { endpoint } = await bed.endpoint(owner, receiver.url);
    const witness = await bed.receiver();
    await bed.endpoint(owner, witness.url, { event_types: ['webhook_endpoint.*'] });
    for (let day = 0; day <= 5; day += 1) {
      if (day > 0) await bed.advance(DAY);
      await bed.emit([owner.id], `wal_${day}`, 1);
      await bed.deliver();
    }
    const path = `/v1/webhook-endpoints/${endpoint.id}`;
    expect((await owner.client.get(path)).body).toMatchObject({
      state: 'disabled',
      disabled_reason: 'failing',
    });
    await bed.deliver();
    expect(witness.received.map(bodyOf)).toMatchObject([
      { type: 'webhook_endpoint.disabled', subject: endpoint.id, data: { reason: 'failing' } },
    ]);
    for (const action of ['test', 'replay']) {
      const body = action === 'replay' ? { after: endpoint.cursor } : undefined;
      expect(await owner.client.post(`${path}/${action}`, body)).toMatchObject({
        status: 409,
        body: { code: 'webhook_endpoint_disabled' },
      });
    }
    receiver.behave(ok);
    receiver.received.splice(0);
    await bed.emit([owner.id], 'wal_later', 1);
    await bed.advance(DAY);
    await bed.deliver();
    expect(receiver.received).toHaveLength(0);
    await owner.client.send('PATCH', path, { state: 'enabled' });
    await bed.deliver();
    expect(receiver.received.map((one) => bodyOf(one).subject)).toContain('wal_later');
    expect((await owner.client.get(path)).body).not.toHaveProperty('failing_since');
  });

  test('that answers 410 is switched off at once', async () => {
    const owner = await bed.merchant();
    const receiver = await bed.receiver((response) => response.writeHead(410).end());
    const { endpoint } = await bed.endpoint(owner, receiver.url);
    await bed.emit([owner.id], 'wal_1', 1);
    await bed.emit([owner.id], 'wal_1', 2);
    await bed.deliver();
    expect(receiver.received).toHaveLength(1);
    expect((await owner.client.get(`/v1/webhook-endpoints/${endpoint.id}`)).body).toMatchObject({
      disabled_reason: 'gone',
    });
  });

  test('signs with both secrets for 24 hours after a rotation, then with the new one', async () => {
    const owner = await bed.merchant();
    const receiver = await bed.receiver();
    const { endpoint, secret: old } = await bed.endpoint(owner, receiver.url);
    const path = `/v1/webhook-endpoints/${endpoint.id}/rotate-secret`;
    const rotated = await owner.client.post<{ secret: string; previous_expires_at: string }>(path);
    expect(rotated.status).toBe(200);
    const takes = (secret: string) => {
      const { body, headers } = receiver.received.at(-1)!;
      try {
        new Webhook(secret).verify(body, headers);
        return true;
      } catch {
        return false;
      }
    };
    await bed.deliver();
    expect([takes(old), takes(rotated.body.secret)]).toEqual([true, true]);
    await bed.advance(DAY);
    await bed.emit([owner.id], 'wal_1', 2);
    await bed.deliver();
    expect([takes(old), takes(rotated.body.secret)]).toEqual([false, true]);
    const third = await owner.client.post<{ secret: string }>(path);
    const fourth = await owner.client.post<{ secret: string }>(path);
    await bed.deliver();
    expect([rotated, third, fourth].map(({ body }) => takes(body.secret))).toEqual([false, true, true]);
  });

  test('gets only the types it asked for', async () => {
    const owner = await bed.merchant();
    const receiver = await bed.receiver();
    const { endpoint } = await bed.endpoint(owner, receiver.url, { event_types: ['shipment.*'] });
    await bed.emit([owner.id], 'wal_1', 1);
    await bed.deliver();
    expect(receiver.received).toHaveLength(0);
    await owner.client.send('PATCH', `/v1/webhook-endpoints/${endpoint.id}`, {
      event_types: ['arrears.began'],
    });
    await bed.emit([owner.id], 'wal_1', 2);
    await bed.deliver();
    expect(sequences(receiver)).toEqual([2]);
  });

  test('of another tenant looks like none, to its neighbours and to the operator', async () => {
    const owner = await bed.merchant();
    const other = await bed.merchant();
    const receiver = await bed.receiver();
    const { endpoint } = await bed.endpoint(owner, receiver.url);
    await bed.emit([owner.id], 'wal_1', 1);
    await bed.deliver();
    const [delivery] = await log(owner, endpoint.id);
    const missing = endpoint.id.replace(/.{4}$/, '0000');
    for (const [method, path, body] of [
      ['GET', `/v1/webhook-endpoints/ID`, undefined],
      ['PATCH', `/v1/webhook-endpoints/ID`, { description: 'mine' }],
      ['DELETE', `/v1/webhook-endpoints/ID`, undefined],
      ['GET', `/v1/webhook-endpoints/ID/deliveries`, undefined],
      ['POST', `/v1/webhook-endpoints/ID/test`, undefined],
      ['POST', `/v1/webhook-endpoints/ID/rotate-secret`, undefined],
      ['POST', `/v1/webhook-endpoints/ID/replay`, { since: '2026-01-01T00:00:00Z' }],
      ['POST', `/v1/webhook-deliveries/${delivery?.id}/replay`, undefined],
    ] as const) {
      const foreign = await other.client.send<{ code: string }>(
        method,
        path.replace('ID', endpoint.id),
        body,
      );
      const none = await other.client.send<{ code: string }>(method, path.replace('ID', missing), body);
      expect([foreign.status, foreign.body.code], `${method} ${path}`).toEqual([404, 'not_found']);
      expect(none.status).toBe(404);
    }
    const list = await other.client.get<{ data: unknown[] }>('/v1/webhook-endpoints');
    expect(list.body.data).toEqual([]);
    expect((await owner.client.get(`/v1/webhook-endpoints/${endpoint.id}`)).status).toBe(200);
  });

  test('that is deleted gets nothing more and leaves no secret', async () => {
    const owner = await bed.merchant();
    const receiver = await bed.receiver();
    const { endpoint } = await bed.endpoint(owner, receiver.url);
    await bed.emit([owner.id], 'wal_1', 1);
    await bed.relay();
    expect((await owner.client.send('DELETE', `/v1/webhook-endpoints/${endpoint.id}`)).status).toBe(204);
    await bed.deliver();
    expect(receiver.received).toHaveLength(0);
    expect((await owner.client.get(`/v1/webhook-endpoints/${endpoint.id}`)).status).toBe(404);
  });

  test.each([
    ['http://10.0.0.1/'],
    ['https://169.254.169.254/latest/meta-data'],
    ['https://[::ffff:10.0.0.1]/'],
    ['https://0xa000001/'],
    ['https://user:secret@shop.example.com/'],
    ['https://shop.example.com:5432/'],
    ['http://shop.example.com/'],
    ['https://metadata.google.internal/'],
    ['ftp://shop.example.com/'],
    ['nonsense'],
  ])('at %s is refused, new and changed', async (url) => {
    const owner = await bed.merchant();
    const refusal = { status: 422, body: { code: 'webhook_url_refused', errors: [{ pointer: '/url' }] } };
    expect(await owner.client.post('/v1/webhook-endpoints', { url })).toMatchObject(refusal);
    const { endpoint } = await bed.endpoint(owner, 'http://127.0.0.1:9/');
    const path = `/v1/webhook-endpoints/${endpoint.id}`;
    expect(await owner.client.send('PATCH', path, { url })).toMatchObject(refusal);
  });

  test('is one of at most 20, also when many are asked for at once', async () => {
    const owner = await bed.merchant();
    const answers = await Promise.all(
      Array.from({ length: 25 }, () =>
        owner.client.post('/v1/webhook-endpoints', { url: 'http://127.0.0.1:9/' }),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(20);
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(5);
  });

  test.each([
    ['an unknown type', { url: 'https://shop.example.com/', event_types: ['no.such'] }, 422],
    ['a broken type', { url: 'https://shop.example.com/', event_types: ['%'] }, 400],
    ['an unknown field', { url: 'https://shop.example.com/', secret: 'mine' }, 400],
    ['a state', { url: 'https://shop.example.com/', state: 'disabled' }, 400],
    ['no url', {}, 400],
    ['a control character', { url: 'https://shop.example.com/', description: 'a\u0000b' }, 400],
    ['a cursor of nowhere', { url: 'https://shop.example.com/', after: 'x' }, 422],
  ])('with %s is refused', async (_what, body, status) => {
    const owner = await bed.merchant();
    expect((await owner.client.post('/v1/webhook-endpoints', body)).status).toBe(status);
  });
});
