import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startTestWorld, type TestWorld } from '../../test/setup/database.ts';
import { wallClock } from '../clock/index.ts';
import { openDatabase } from '../db/index.ts';
import { createWorld } from '../world/index.ts';
import { type Hooks, startThings } from './server.fixture.ts';

let bed: TestWorld;
let server: Awaited<ReturnType<typeof startThings>>;
const hooks: Hooks = {};

beforeAll(async () => {
  bed = await startTestWorld();
  await bed.owner.query('create table public.thing (n bigserial, name text)');
  await bed.owner.query(
    'grant all on public.thing to postroad_app; grant all on sequence public.thing_n_seq to postroad_app',
  );
  server = await startThings(bed.world, hooks);
});
afterAll(async () => {
  await server.http.close();
  await bed.stop();
});
beforeEach(() => {
  delete hooks.during;
  delete hooks.preparing;
  server.errors.length = 0;
});

/** Bytes on a socket, as no tidy client would send them; the answer until the server ends. */
function raw(bytes: string, port = server.port): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
    socket.write(bytes);
  });
}

type Problem = { code: string; detail: string; errors?: { pointer: string; code: string }[] };
async function post(body: BodyInit | undefined, headers: Record<string, string> = {}, path = '/v1/things') {
  const response = await fetch(server.url + path, {
    method: 'POST',
    headers: { authorization: 'Bearer ann', 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: (isJson ? JSON.parse(text) : {}) as Problem,
  };
}
const things = async (name: string): Promise<number> =>
  Number((await bed.owner.query('select count(*) as n from public.thing where name = $1', [name])).rows[0].n);
const named = (name: string) => JSON.stringify({ thing_name: name });

describe('a request that is not well made', () => {
  test.each([
    ['two Host headers', 'GET /v1/things/1 HTTP/1.1\r\nhost: a\r\nhost: b\r\nconnection: close\r\n\r\n'],
    [
      'a GET with a body',
      'GET /v1/things/1 HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}',
    ],
    [
      'a HEAD with a body',
      'HEAD /v1/things/1 HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}',
    ],
    [
      'a GET with chunks',
      'GET /v1/things/1 HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['no Host header', 'GET /v1/things/1 HTTP/1.1\r\nconnection: close\r\n\r\n'],
    [
      'two lengths',
      'POST /v1/things HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}',
    ],
    ['no HTTP at all', 'hello\r\n\r\n'],
  ])('%s is refused with 400', async (_what, bytes) => {
    const answer = await raw(bytes);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  });

  test('headers that are too long are refused with 431', async () => {
    expect(await raw(`GET / HTTP/1.1\r\nhost: a\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431 /,
    );
  });

  test('headers that come too slowly end the connection', async () => {
    const limits = { headersTimeoutMs: 200, requestTimeoutMs: 400, checkEveryMs: 50 };
    const hasty = await startThings(bed.world, {}, { limits });
    try {
      expect(await raw('GET /v1/things/1 HTTP/1.1\r\nhost: a\r\nx', hasty.port)).toMatch(/^HTTP\/1\.1 408 /);
      const body =
        'POST /v1/things HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{';
      expect(await raw(body, hasty.port)).toMatch(/^(HTTP\/1\.1 408 |$)/);
    } finally {
      await hasty.http.close();
    }
  });

  test.each([
    ['a wrong content type', 'text/plain', named('x'), 415],
    ['a content type of another route', 'text/csv', named('x'), 415],
    ['another character set', 'application/json; charset=latin1', named('x'), 415],
    ['UTF-8 said aloud, in any case', 'Application/JSON; charset="UTF-8"', named('aloud'), 201],
  ])('%s', async (_what, type, body, status) => {
    expect((await post(body, { 'content-type': type })).status).toBe(status);
  });

  test('a body without a content type, or with an encoding, is refused with 415', async () => {
    const bytes = new TextEncoder().encode(named('x'));
    const bare = await fetch(`${server.url}/v1/things`, { method: 'POST', body: bytes });
    expect(bare.status).toBe(415);
    expect((await post(named('x'), { 'content-encoding': 'gzip' })).status).toBe(415);
  });

  test('a body that is too large is refused with 413 and the limit', async () => {
    const answer = await post(JSON.stringify({ thing_name: 'x'.repeat(1_100_000) }));
    expect([answer.status, answer.body.code]).toEqual([413, 'body_too_large']);
    const own = await post('y'.repeat(101), { 'content-type': 'text/csv' }, '/v1/things/import');
    expect(own.body.detail).toContain('100 bytes');
  });

  test.each([
    ['nothing', ''],
    ['half', '{"thing_name":"x"'],
    ['a name twice', '{"thing_name":"x","thing_name":"y"}'],
    ['a name twice, once escaped', '{"thing_name":"x","thing\\u005fname":"y"}'],
    ['200,000 levels', '['.repeat(200_000)],
    ['33 levels', `{"free_text":${'['.repeat(32)}${']'.repeat(32)}}`],
    ['a number beyond 2^53', '{"thing_name":"x","unit_count":9007199254740993}'],
    ['a number beyond all', '{"thing_name":"x","unit_count":1e999}'],
    ['a lone surrogate', '{"thing_name":"\\ud800"}'],
    ['U+0000', '{"thing_name":"a\\u0000b"}'],
    ['__proto__', '{"thing_name":"x","__proto__":{"admin":true}}'],
    ['__proto__ deep and escaped', '{"thing_name":"x","free_text":{"a":{"__pr\\u006fto__":{}}}}'],
    ['a byte order mark', '\ufeff{"thing_name":"x"}x'],
  ])('JSON with %s is refused with 400', async (_what, text) => {
    const answer = await post(text);
    expect([answer.status, answer.body.code]).toEqual([400, 'malformed_json']);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  test('bytes that are no UTF-8 are refused', async () => {
    const answer = await post(new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]));
    expect(answer.body.code).toBe('malformed_json');
  });

  test('unknown fields and camelCase are refused, each by its pointer', async () => {
    const answer = await post(
      JSON.stringify({ thingName: 'x', thing_name: 'x', 'a/b': 1, free_text: { anyName: 1 } }),
    );
    expect(answer.status).toBe(400);
    expect(answer.body.errors?.map((error) => error.pointer)).toEqual(['/thingName', '/a~1b']);
    const query = await fetch(`${server.url}/v1/things/1?with_units=1&page=2`);
    expect(((await query.json()) as Problem).errors?.map((error) => error.pointer)).toEqual(['/query/page']);
  });

  test.each([
    '/v1/things/%zz',
    '/v1/things/%00',
    `/v1/things/${'x'.repeat(200)}`,
    '/nowhere',
    '/v1/things/1/',
  ])('an address that names nothing is 404: %s', async (path) => {
    const answer = await fetch(server.url + path);
    expect(answer.status).toBe(404);
    expect(((await answer.json()) as Problem).code).toBe('not_found');
  });
  test('a query with U+0000 is refused', async () => {
    expect((await fetch(`${server.url}/v1/things/1?with_units=%00`)).status).toBe(400);
  });

  test('a method that an address does not take is 405 and says which it takes', async () => {
    for (const [method, path, allow] of [
      ['DELETE', '/v1/things', 'POST'],
      ['PATCH', '/v1/things/7', 'GET'],
      ['HEAD', '/v1/things/7', 'GET'],
      ['OPTIONS', '/v1/things/import', 'GET, POST'],
    ] as const) {
      const answer = await fetch(server.url + path, { method });
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow]);
    }
  });
});

describe('every answer', () => {
  test('echoes a request id that is well formed and makes one else', async () => {
    const given = await fetch(`${server.url}/v1/things/1`, { headers: { 'request-id': 'my-1.A_b' } });
    expect(given.headers.get('request-id')).toBe('my-1.A_b');
    for (const wrong of ['a b', 'x'.repeat(65), '<script>', 'é']) {
      const answer = await fetch(`${server.url}/nowhere`, { headers: { 'request-id': wrong } });
      expect(answer.headers.get('request-id')).toMatch(/^req_/);
    }
  });

  test('holds only what its contract knows', async () => {
    const answer = await post(named('kept'));
    expect(Object.keys(answer.body).sort()).toEqual(['thing_id', 'unit_count']);
  });

  test('never holds words of PostgreSQL', async () => {
    const answer = await fetch(`${server.url}/v1/things/broken`);
    expect(answer.status).toBe(500);
    const text = await answer.text();
    expect(text).not.toMatch(/secret|integer|syntax/);
    expect(JSON.parse(text).code).toBe('internal');
    expect(server.errors).toHaveLength(1);
    expect((await fetch(`${server.url}/v1/things/nul`)).status).toBe(400);
  });

  test('says how much the caller may still ask, and 429 with Retry-After when it is too much', async () => {
    const strict = await startThings(bed.world, {}, { perMinute: 60, burst: 3 });
    try {
      const ask = (caller: string) =>
        fetch(`${strict.url}/v1/things/1`, { headers: { authorization: `Bearer ${caller}` } });
      const answers = [await ask('ann'), await ask('ann'), await ask('ann'), await ask('ann')];
      expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 429]);
      expect(answers[0]?.headers.get('ratelimit-policy')).toBe('"default";q=3;w=3');
      expect(answers[0]?.headers.get('ratelimit')).toMatch(/^"default";r=2;t=1$/);
      expect(answers[3]?.headers.get('retry-after')).toBe('1');
      expect((await ask('bob')).status).toBe(200);
    } finally {
      await strict.http.close();
    }
  });

  test('401 and 403 are problems as well', async () => {
    const unknown = await fetch(`${server.url}/v1/things/1`, {
      headers: { authorization: 'Bearer unknown' },
    });
    expect([unknown.status, unknown.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    const outsider = await fetch(`${server.url}/v1/things/1`, {
      headers: { authorization: 'Bearer outsider' },
    });
    expect(outsider.status).toBe(403);
  });
});

describe('an idempotency key', () => {
  const keyed = (name: string, key: string, headers: Record<string, string> = {}) =>
    post(named(name), { 'idempotency-key': key, ...headers });

  test('gives the first answer again, with its headers, and one effect', async () => {
    const first = await keyed('once', 'k1');
    let prepared = 0;
    hooks.preparing = () => {
      prepared += 1;
    };
    const second = await keyed('once', 'k1');
    expect([second.status, second.text]).toEqual([201, first.text]);
    expect(second.headers.get('location')).toBe(first.headers.get('location'));
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect(prepared).toBe(0);
    expect(await things('once')).toBe(1);
  });

  test('is refused for another body, another caller has keys of his own', async () => {
    await keyed('mine', 'k2');
    const other = await keyed('other', 'k2');
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused']);
    expect((await keyed('other', 'k2', { authorization: 'Bearer bob' })).status).toBe(201);
  });

  test('sent twice at once has exactly one effect; the second hears 409 or the first answer', async () => {
    hooks.during = () => new Promise((resolve) => setTimeout(resolve, 100));
    const answers = await Promise.all([1, 2, 3, 4].map(() => keyed('parallel', 'k3')));
    expect(await things('parallel')).toBe(1);
    const codes = answers.map((answer) => answer.status).sort();
    expect(codes[0]).toBe(201);
    expect(codes.slice(1).every((code) => code === 409 || code === 201)).toBe(true);
    expect(codes).toContain(409);
    delete hooks.during;
    expect((await keyed('parallel', 'k3')).status).toBe(201);
    expect(await things('parallel')).toBe(1);
  });

  test('that another request stored after our look leaves no second effect, and is answered by what it stored', async () => {
    hooks.during = async () => {
      delete hooks.during;
      await bed.owner.query(`insert into platform.idempotency
        (organisation_id, caller_id, key, operation, request_digest, created_at, status, headers, content_type, body)
        values ('org_a', 'ann', 'k8', 'makeThing', 'another body', now(), 201, '{}', 'application/json', '{}')`);
    };
    const late = await keyed('late', 'k8');
    expect([late.status, late.body.code]).toEqual([422, 'idempotency_key_reused']);
    expect(hooks.during).toBeUndefined();
    expect(await things('late')).toBe(0);
  });

  test('whose request crashed in the middle runs again', async () => {
    hooks.during = () => Promise.reject(new Error('killed'));
    expect((await keyed('crash', 'k4')).status).toBe(500);
    expect(await things('crash')).toBe(0);
    delete hooks.during;
    const again = await keyed('crash', 'k4');
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([201, null]);
    expect(await things('crash')).toBe(1);
  });

  test('keeps no refusal: the same request may succeed later', async () => {
    expect((await keyed('refused', 'k5')).status).toBe(409);
    const stored = await bed.owner.query("select * from platform.idempotency where key = 'k5'");
    expect(stored.rowCount).toBe(0);
    expect(await things('refused')).toBe(0);
  });

  test('also gives bytes again', async () => {
    const print = () =>
      fetch(`${server.url}/v1/things/print`, {
        method: 'POST',
        headers: { authorization: 'Bearer ann', 'idempotency-key': 'k6' },
      });
    const [first, second] = [await print(), await print()];
    expect(second.headers.get('content-type')).toBe('application/pdf');
    expect(new Uint8Array(await second.arrayBuffer())).toEqual(new Uint8Array(await first.arrayBuffer()));
    expect(await things('print')).toBe(1);
  });

  test('of nobody in particular is not taken: strangers would see each other’s answers', async () => {
    const send = () =>
      fetch(`${server.url}/v1/things`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': 'k7' },
        body: named('anon'),
      });
    await send();
    expect((await send()).headers.get('idempotency-replayed')).toBeNull();
  });

  test.each(['', ' ', 'é', 'x'.repeat(256)])('is 1 to 255 visible characters: %j', async (key) => {
    const answer = await raw(
      `POST /v1/things HTTP/1.1\r\nhost: a\r\nauthorization: Bearer ann\r\ncontent-type: application/json\r\nidempotency-key: ${key}\r\ncontent-length: 18\r\nconnection: close\r\n\r\n{"thing_name":"k"}`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  });
});

test('when the database is away every answer is 503, and all is well when it is back', async () => {
  const target = new URL(bed.url);
  const sockets = new Set<Socket>();
  const pass = (socket: Socket) => {
    const far = connect(Number(target.port), target.hostname);
    for (const end of [socket, far]) {
      sockets.add(end);
      end.on('error', () => undefined);
    }
    socket.pipe(far).pipe(socket);
  };
  const listening = (proxy: Server, port: number) =>
    new Promise<number>((resolve) => {
      proxy.listen(port, '127.0.0.1', () => resolve((proxy.address() as { port: number }).port));
    });
  const first = createServer(pass);
  const port = await listening(first, 0);
  const address = new URL(bed.url);
  // Past the socket file, if there is one.
  address.searchParams.delete('host');
  address.port = String(port);
  const database = openDatabase({ url: address.toString(), role: 'postroad_app' });
  const things = await startThings(createWorld('live', database, wallClock), {});
  const ask = () => fetch(`${things.url}/v1/things/1`);
  expect((await ask()).status).toBe(200);
  first.close();
  for (const socket of sockets) socket.destroy();
  for (let tries = 0; tries < 3; tries += 1) {
    const away = await ask();
    expect([away.status, away.headers.get('retry-after')]).toEqual([503, '5']);
    expect(((await away.json()) as Problem).code).toBe('unavailable');
  }
  const second = createServer(pass);
  await listening(second, port);
  expect((await ask()).status).toBe(200);
  await things.http.close();
  await database.close();
  second.close();
});

describe('callers without a key', () => {
  /** How many tries are left to whom, by the rate limit. */
  async function left(url: string, forwardedFor: string | undefined): Promise<string> {
    const headers = forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor };
    const answer = await fetch(`${url}/v1/things/1`, { headers });
    return (
      /r=(\d+)/.exec(answer.headers.get('ratelimit') ?? '')?.[1] ?? answer.headers.get('ratelimit') ?? ''
    );
  }

  test('cannot name their address themselves: the header counts from a stated proxy alone', async () => {
    const options = { perMinute: 1, burst: 10 };
    const open = await startThings(bed.world, {}, options);
    const elsewhere = await startThings(bed.world, {}, { ...options, trustedProxies: ['10.0.0.0/8'] });
    try {
      for (const { url } of [open, elsewhere]) {
        expect(await left(url, '198.51.100.1')).toBe('9');
        expect(await left(url, '198.51.100.2')).toBe('8');
        expect(await left(url, undefined)).toBe('7');
      }
    } finally {
      await open.http.close();
      await elsewhere.http.close();
    }
  });

  test('behind a stated proxy are counted by the address that it saw, whatever they put in front of it', async () => {
    const options = { perMinute: 1, burst: 10, trustedProxies: ['127.0.0.1', '10.0.0.0/8'] };
    const behind = await startThings(bed.world, {}, options);
    try {
      expect(await left(behind.url, '198.51.100.1')).toBe('9');
      expect(await left(behind.url, '198.51.100.2')).toBe('9');
      expect(await left(behind.url, '203.0.113.9, 198.51.100.1')).toBe('8');
      expect(await left(behind.url, '198.51.100.1, 10.1.2.3')).toBe('7');
      expect(await left(behind.url, 'rubbish, 198.51.100.1')).toBe('6');
    } finally {
      await behind.http.close();
    }
  });

  test('reach the host that people know, whatever a proxy made of it', async () => {
    const behind = await startThings(bed.world, {}, { publicHost: 'post.example' });
    const plain = await startThings(bed.world, {});
    try {
      for (const { url } of [behind, plain])
        await fetch(`${url}/v1/things/1`, { headers: { 'x-forwarded-host': 'evil.example' } });
      expect(behind.hosts).toEqual(['post.example']);
      expect(plain.hosts).toEqual([`127.0.0.1:${plain.port}`]);
    } finally {
      await behind.http.close();
      await plain.http.close();
    }
  });
});
