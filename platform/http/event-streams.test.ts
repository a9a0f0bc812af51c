import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { wallClock } from '../clock/index.ts';
import type { World } from '../world/index.ts';
import type { EventStream } from './route.ts';
import { type Hooks, startThings } from './server.fixture.ts';

/** Streams hold no database: this one is only asked who calls. */
const WORLD = {
  name: 'live',
  clock: wallClock,
  read: async () => [],
  database: { read: async (_scope: unknown, body: (tx: unknown) => unknown) => body({}) },
} as unknown as World;

let server: Awaited<ReturnType<typeof startThings>> | undefined;
afterEach(() => server?.http.close());

async function start(hooks: Hooks, limits = { perCaller: 2, inAll: 3 }) {
  server = await startThings(WORLD, hooks, { streamLimits: limits });
  return server;
}
const follow = (who: string, thing = '1', signal?: AbortSignal) =>
  fetch(`${server?.url}/v1/things/${thing}/stream`, {
    headers: { authorization: `Bearer ${who}` },
    ...(signal === undefined ? {} : { signal }),
  });
const thing = (thingId: string) => ({ event: 'thing', id: `i${thingId}`, data: { thingId, unitCount: 1 } });

async function untilEnd(response: Response): Promise<string> {
  return (await response.text()).replace(/^retry: \d+\n\n/, '');
}

test('events leave in the names of the wire, stripped to the contract, with headers that no proxy holds back', async () => {
  await start({
    streaming: (stream) => {
      stream.send({ ...thing('a'), data: { ...thing('a').data, internalNote: 'never leaves' } });
      stream.send({ event: 'thing', data: { thingId: 'b', unitCount: 2 } });
      stream.end();
      stream.send(thing('too late'));
    },
  });
  const response = await follow('ann');
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
    ratelimit: expect.stringContaining('r='),
    'request-id': expect.stringMatching(/^req_/),
  });
  expect(await untilEnd(response)).toBe(
    'id: ia\nevent: thing\ndata: {"thing_id":"a","unit_count":1}\n\nevent: thing\ndata: {"thing_id":"b","unit_count":2}\n\n',
  );
});

test('an event that the contract does not know breaks the stream off and is told to the log', async () => {
  const { errors } = await start({ streaming: (stream) => stream.send({ event: 'other', data: {} }) });
  await expect(follow('ann').then(untilEnd)).rejects.toThrow();
  expect(String(errors[0])).toContain('followThing does not stream other');
});

test('places are counted by caller and in all, and are free again when a reader goes or is refused', async () => {
  let closed = 0;
  const gone: (() => void)[] = [];
  await start({
    streaming: (stream) =>
      stream.onClose(() => {
        closed += 1;
        gone.shift()?.();
      }),
  });
  for (let tries = 0; tries < 4; tries += 1) expect((await follow('ann', 'missing')).status).toBe(404);
  const leaving = new AbortController();
  expect((await follow('ann', '1', leaving.signal)).status).toBe(200);
  expect((await follow('ann')).status).toBe(200);
  const third = await follow('ann');
  expect([third.status, third.headers.get('retry-after')]).toEqual([429, '30']);
  expect(await third.json()).toMatchObject({ code: 'too_many_streams' });
  expect((await follow('ben')).status).toBe(200);
  const full = await follow('cyd');
  expect([full.status, full.headers.get('retry-after')]).toEqual([503, '30']);
  expect(await full.json()).toMatchObject({ code: 'streams_full' });
  const left = new Promise<void>((resolve) => gone.push(resolve));
  leaving.abort();
  await left;
  expect(closed).toBe(1);
  expect((await follow('cyd')).status).toBe(200);
});

test('a reader who takes nothing is cut off, and his place is free again', async () => {
  let cutOff: (() => void) | undefined;
  const end = new Promise<void>((resolve) => {
    cutOff = resolve;
  });
  const { port } = await start(
    {
      streaming: (stream) => {
        let isOpen = true;
        stream.onClose(() => {
          isOpen = false;
          cutOff?.();
        });
        const more = () => {
          for (let count = 0; count < 20; count += 1) stream.send(thing('x'.repeat(50_000)));
          if (isOpen) setImmediate(more);
        };
        more();
      },
    },
    { perCaller: 1, inAll: 1 },
  );
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.pause();
  socket.write('GET /v1/things/1/stream HTTP/1.1\r\nhost: a\r\nauthorization: Bearer ann\r\n\r\n');
  await end;
  expect((await follow('ann', 'missing')).status).toBe(404);
  socket.destroy();
});

test('the stop of the server ends all streams', async () => {
  const streams: EventStream[] = [];
  const { http } = await start({
    streaming: (stream) => {
      streams.push(stream);
      stream.send(thing('a'));
    },
  });
  const readers = await Promise.all([follow('ann'), follow('ben')]);
  const texts = readers.map(untilEnd);
  await http.close();
  for (const text of await Promise.all(texts)) expect(text).toContain('"thing_id":"a"');
  expect(streams).toHaveLength(2);
});
