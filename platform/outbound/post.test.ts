import { createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createOutbound, type OutboundOptions } from './post.ts';
import { BEHAVIOURS, type Behaviour, type Receiver, startReceiver } from './receiver.fixture.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function receiver(behaviour?: Behaviour): Promise<Receiver> {
  const started = await startReceiver(behaviour);
  open.push(started);
  return started;
}

function post(url: string, options: Partial<OutboundOptions> = {}) {
  const outbound = createOutbound({ allowLoopback: true, timeoutMs: 400, ...options });
  return outbound.post({ url, headers: { 'x-kind': 'test' }, body: Buffer.from('{"a":1}') });
}

test('the body arrives byte for byte with the host of the name', async () => {
  const { url, received } = await receiver();
  const named = url.replace('127.0.0.1', 'localhost');
  expect(await post(named, { lookup: async () => ['127.0.0.1'] })).toMatchObject({
    kind: 'answered',
    status: 200,
    text: 'ok',
  });
  expect(received[0]?.body.toString()).toBe('{"a":1}');
  expect(received[0]?.headers).toMatchObject({ 'x-kind': 'test', host: new URL(named).host });
});

test.each([
  ['silence', { kind: 'failed', failure: 'timeout' }],
  ['drip', { kind: 'failed', failure: 'timeout' }],
  ['reset', { kind: 'failed', failure: 'answer_broken' }],
  ['resetInAnswer', { kind: 'failed', failure: 'answer_broken' }],
  ['half', { kind: 'failed', failure: 'answer_broken' }],
  ['garbage', { kind: 'failed', failure: 'answer_broken' }],
  ['error500', { kind: 'answered', status: 500, text: 'boom' }],
  ['busy503', { kind: 'answered', status: 503, retryAfter: '3600' }],
] as const)('a receiver with %s', async (name, expected) => {
  expect(await post((await receiver(BEHAVIOURS[name])).url)).toMatchObject(expected);
});

test('a refused connection is a failure', async () => {
  const { url, close } = await startReceiver();
  await close();
  expect(await post(url)).toMatchObject({ kind: 'failed', failure: 'connection_failed' });
});

test('of a 100 MB answer no more than 64 kB is kept', async () => {
  const answer = await post((await receiver(BEHAVIOURS.huge)).url, { timeoutMs: 10_000 });
  expect(answer).toMatchObject({ kind: 'answered', status: 200 });
  expect(answer.kind === 'answered' && answer.text.length).toBe(65_536);
});

test('a redirect is an answer and is not followed', async () => {
  const inner = await receiver();
  const outer = await receiver((response) => response.writeHead(302, { location: inner.url }).end());
  expect(await post(outer.url)).toMatchObject({ kind: 'answered', status: 302 });
  expect(inner.received).toHaveLength(0);
});

describe('requests into our own network', () => {
  test('a literal is refused before anything is looked up or connected', async () => {
    const { url, received } = await receiver();
    expect(await post(url, { allowLoopback: false })).toMatchObject({ failure: 'address_refused' });
    expect(received).toHaveLength(0);
  });

  test.each([
    [['127.0.0.1']],
    [['93.184.216.34', '10.0.0.1']],
    [['::ffff:127.0.0.1']],
    [['2606:4700::1', 'fd00::1']],
  ])('a name that stands for %j is refused', async (addresses) => {
    const answer = await post('https://shop.example.com/', {
      allowLoopback: false,
      lookup: async () => addresses,
    });
    expect(answer).toMatchObject({ kind: 'failed', failure: 'address_refused' });
  });

  test('a name that is not found and a resolver that hangs are failures', async () => {
    const lookup = async () => Promise.reject(new Error('ENOTFOUND'));
    expect(await post('https://shop.example.com/', { lookup })).toMatchObject({ failure: 'name_not_found' });
    expect(await post('https://shop.example.com/', { lookup: async () => [] })).toMatchObject({
      failure: 'name_not_found',
    });
    const hangs = () => new Promise<string[]>(() => undefined);
    expect(await post('https://shop.example.com/', { lookup: hangs })).toMatchObject({ failure: 'timeout' });
  });

  test('a name is looked up once, so that a second answer changes nothing', async () => {
    let looks = 0;
    const { url } = await receiver();
    const lookup = async () => [looks++ === 0 ? '127.0.0.1' : '10.0.0.1'];
    expect(await post(url.replace('127.0.0.1', 'localhost'), { lookup })).toMatchObject({ status: 200 });
    expect(looks).toBe(1);
  });

  test('the address that answered is checked before a byte of the request is written', async () => {
    const bytes: Buffer[] = [];
    const server = createServer((socket: Socket) => {
      socket.on('data', (part) => bytes.push(part as Buffer));
      socket.on('error', () => undefined);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    open.push({ close: () => new Promise((resolve) => server.close(() => resolve())) });
    const { port } = server.address() as { port: number };
    const isAllowed: OutboundOptions['isAllowed'] = (_address, step) => step === 'name';
    expect(await post(`http://127.0.0.1:${port}/`, { isAllowed })).toMatchObject({
      failure: 'address_refused',
    });
    expect(bytes).toEqual([]);
  });

  test('over TLS the name is asked for, although the connection goes to its address', async () => {
    const hellos: Buffer[] = [];
    const server = createServer((socket: Socket) => {
      socket.on('error', () => undefined);
      socket.once('data', (hello) => {
        hellos.push(hello as Buffer);
        socket.destroy();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    open.push({ close: () => new Promise((resolve) => server.close(() => resolve())) });
    const { port } = server.address() as { port: number };
    const lookup = async () => ['127.0.0.1'];
    expect((await post(`https://localhost:${port}/`, { lookup })).kind).toBe('failed');
    expect(Buffer.concat(hellos).includes('localhost')).toBe(true);
  });
});
