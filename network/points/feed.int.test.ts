import { once } from 'node:events';
import { request } from 'node:http';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '../../test/setup/market.ts';
import { startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';
import type { CountryCode } from '../kernel/index.ts';

type Feed = { id: string; state: string; missing?: number; outcomes: Record<string, number> };
type Line = { line: number; outlet_code: string; outcome: string; errors: { column: string }[] };
let network: TestNetwork;
let post: Awaited<ReturnType<TestNetwork['open']>>;
let rival: Awaited<ReturnType<TestNetwork['open']>>;

beforeAll(async () => {
  network = await startTestNetwork();
  const opening = (name: string) =>
    network.open(
      {
        kind: 'point_operator',
        name,
        country: 'CN' as CountryCode,
        clientPlatformId: undefined,
        carrierCode: undefined,
      },
      'point_staff',
    );
  [post, rival] = [await opening('Post'), await opening('Rival')];
  const contract = {
    number: 'P',
    needs_documents: false,
    needs_site_check: false,
    valid_from: '2020-01-01T00:00:00Z',
  };
  must(await network.operator.send('PUT', `/v1/point-networks/${post.id}/contract`, contract));
}, 60_000);
afterAll(() => network?.stop());

const HEADER =
  'outlet_code,status,name,kind,services,country,division_codes,city,address,latitude,longitude,zone,hours,collect_per_hour,shelf';
const row = (
  code: string,
  more: { status?: string; name?: string; hours?: string; latitude?: number } = {},
) =>
  [
    code,
    more.status ?? '',
    more.name ?? `Office ${code}`,
    'post_office',
    'collect|return',
    'CN',
    '330000|330100',
    'Hangzhou',
    '"1, Wensan Road"',
    more.latitude ?? 30.27,
    120.15,
    'Asia/Shanghai',
    more.hours ?? 'Mo-Fr 08:00-18:00; Sa 09:00-12:00',
    10,
    200,
  ].join(',');
const base = () => `/v1/point-networks/${post.id}/outlet-feeds`;
const send = (mode: string, rows: readonly string[]) =>
  post.client.send<Feed & { code?: string }>('POST', `${base()}?mode=${mode}`, [HEADER, ...rows].join('\n'), {
    'content-type': 'text/csv',
  });
async function settled(feed: Feed): Promise<Feed> {
  await network.settle();
  return must(await post.client.get<Feed>(`${base()}/${feed.id}`));
}
const codes = (count: number) => Array.from({ length: count }, (_, index) => `O${index + 1}`);

test('a night: outlets open, move and close, wrong lines are told, the same file again changes nothing', async () => {
  const first = await settled(
    must(
      await send(
        'full',
        codes(2_100).map((code) => row(code)),
      ),
    ),
  );
  expect(first).toMatchObject({ state: 'done', missing: 0, outcomes: { opened: 2_100, refused: 0 } });
  const [one] = must(
    await post.client.get<{ data: Record<string, unknown>[] }>('/v1/points?outlet_code=O1'),
  ).data;
  expect(one).toMatchObject({
    state: 'trial',
    address_lines: ['1, Wensan Road'],
    capacity: { per_hour: { collect: 10 }, shelf: 200 },
  });
  const again = await settled(
    must(
      await send(
        'full',
        codes(2_100).map((code) => row(code)),
      ),
    ),
  );
  expect(again.outcomes).toEqual({ opened: 0, changed: 0, unchanged: 2_100, closed: 0, refused: 0 });
  const night = await settled(
    must(
      await send('delta', [
        row('O1', { latitude: 30.3 }),
        row('O2', { status: 'closed' }),
        row('O9999'),
        row('O3', { hours: 'always' }),
        row('O1'),
        row('O4', { status: 'perhaps' }),
      ]),
    ),
  );
  expect(night).toMatchObject({ state: 'done', outcomes: { opened: 1, changed: 1, closed: 1, refused: 3 } });
  const lines = must(
    await post.client.get<{ data: Line[] }>(`${base()}/${night.id}/lines?outcome=refused`),
  ).data;
  expect(lines.map(({ line, errors }) => [line, errors.map(({ column }) => column)])).toEqual([
    [5, ['hours']],
    [6, ['outlet_code']],
    [7, ['status']],
  ]);
  expect((await rival.client.get(`${base()}/${night.id}/lines`)).status).toBe(404);
});

test('a full feed closes what it does not name, and asks first when that is more than a fifth', async () => {
  const half = must(
    await send(
      'full',
      codes(1_000).map((code) => row(code)),
    ),
  );
  const asking = await settled(half);
  expect(asking).toMatchObject({ state: 'awaiting_confirmation', missing: 1_101 });
  const refused = await send('delta', [row('O5')]);
  expect([refused.status, refused.body.code]).toEqual([409, 'point_feed_under_way']);
  const confirm = (close: boolean) => post.client.post<Feed>(`${base()}/${half.id}/confirmation`, { close });
  expect(must(await confirm(false)).state).toBe('done');
  expect((await confirm(true)).status).toBe(409);
  const most = await settled(
    must(
      await send(
        'full',
        codes(1_900).map((code) => row(code)),
      ),
    ),
  );
  expect(most).toMatchObject({ state: 'done', missing: 201 });
  const gone = must(
    await post.client.get<{ data: { state: string }[] }>('/v1/points?outlet_code=O2000'),
  ).data;
  expect(gone.map(({ state }) => state)).toEqual(['exited']);
});

/** What lies in the tables of feeds, behind the API. */
async function left(url = network.liveUrl): Promise<{ receiving: number; pieces: number }> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  const { rows } = await owner.query(`
    select (select count(*)::int from points.feed where state = 'receiving') as receiving,
      (select count(*)::int from points.feed_piece) as pieces`);
  await owner.end();
  return rows[0];
}

const NOTHING = { receiving: 0, pieces: 0 };
const file = (rows: readonly string[]) => [HEADER, ...rows].join('\n');
const many = () => codes(5_000).map((code) => row(code));

test.each([
  ['columns that we do not know', 'outlet_code,colour\nx,red', 'Line 1: the columns are'],
  ['a file without a line', '', 'Line 1: the columns are'],
  ['a quote that is never closed', file([...many(), 'O5001,"open']), 'Line 5002: unclosed quote.'],
  [
    'a line that does not end',
    file([...many(), `O5001,"open${'\n'.repeat(40_000)}`]),
    'Line 5002: row too long.',
  ],
  ['too many lines', `outlet_code\n${codes(100_001).join('\n')}`, 'Line 100002: too many rows.'],
])('%s: the file is refused whole, with line and reason', async (_what, text, detail) => {
  const sent = await post.client.send<{ code?: string; detail: string }>('POST', base(), text, {
    'content-type': 'text/csv',
  });
  expect([sent.status, sent.body.code]).toEqual([422, 'point_feed_unreadable']);
  expect(sent.body.detail).toContain(detail);
  expect(await left()).toEqual(NOTHING);
});

test('bytes that are no UTF-8 are refused, and a character cut in two is one', async () => {
  const { pieces } = uploadOf(post.key);
  const broken = await pieces([file([row('O1')]), '\n', Buffer.from([0xc3])]);
  expect(broken).toMatchObject({ status: 422, body: { detail: 'The file is not UTF-8 behind line 2.' } });
  const name = Buffer.from('\u90ae\u653f\u652f\u5c40');
  const [before = '', after = ''] = row('Z1', { name: '#' }).split('#');
  const sent = await pieces([`${HEADER}\r`, `\n${before}`, name.subarray(0, 4), name.subarray(4), after]);
  expect(sent.status).toBe(202);
  await network.settle();
  const [point] = must(await post.client.get<{ data: { name: string }[] }>('/v1/points?outlet_code=Z1')).data;
  expect(point?.name).toBe(name.toString());
});

test('an upload that is cut off leaves nothing behind, and keeps others out only while it lasts', async () => {
  const before = must(await post.client.get<{ data: unknown[] }>(base()));
  const upload = uploadOf(post.key);
  const cut = upload.open(10_000_000);
  cut.write(file(many()));
  await until(async () => (await left()).pieces > 0);
  expect(must(await post.client.get<{ data: unknown[] }>(base()))).toEqual(before);
  const second = await send('delta', [row('O5')]);
  expect([second.status, second.body.code]).toEqual([409, 'point_feed_under_way']);
  cut.destroy();
  await until(async () => (await left()).receiving === 0);
  expect(await left()).toEqual(NOTHING);
  expect((await settled(must(await send('delta', [row('O5')])))).state).toBe('done');
});

test('a file beyond 32 MiB is refused as soon as that is known', async () => {
  const upload = uploadOf(post.key);
  const announced = upload.open(33 * 1024 * 1024 + 1);
  announced.flushHeaders();
  expect((await upload.answered(announced)).body).toMatchObject({ code: 'body_too_large' });
  announced.destroy();
  expect(await left()).toEqual(NOTHING);
});

test('what a killed server was receiving is taken away by the next upload', async () => {
  const owner = new pg.Client({ connectionString: network.liveUrl });
  await owner.connect();
  await owner.query(
    `insert into points.feed (organisation_id, feed_id, mode, state, lines, by_caller, received_at, touched_at)
     values ($1, 'pfd_dead', 'full', 'receiving', 0, 'test', now(), clock_timestamp() - interval '2 minutes')`,
    [post.id],
  );
  await owner.query(`insert into points.feed_piece values ($1, 'pfd_dead', 1, '[]')`, [post.id]);
  await owner.end();
  expect((await settled(must(await send('delta', [row('O5')])))).state).toBe('done');
  expect(await left()).toEqual(NOTHING);
});

test('an upload that is not through after a day is dropped by its timer', async () => {
  const opening = (kind: 'operator' | 'point_operator', role: 'operator' | 'point_staff') =>
    network.open({ kind, name: kind, country: 'CN' as CountryCode }, role, 'test');
  const [operator, slow] = [
    await opening('operator', 'operator'),
    await opening('point_operator', 'point_staff'),
  ];
  const upload = uploadOf(slow.key, `/v1/point-networks/${slow.id}/outlet-feeds`);
  const sent = upload.open();
  const answer = upload.answered(sent);
  sent.write(file(many()));
  await until(async () => (await left(network.testUrl)).pieces > 0);
  const { now } = must(await operator.client.get<{ now: string }>('/v1/test/clock'));
  const later = new Date(Date.parse(now) + 25 * 3_600_000).toISOString();
  must(await operator.client.post('/v1/test/clock', { now: later }));
  await network.settle();
  expect(await left(network.testUrl)).toEqual(NOTHING);
  sent.end();
  expect(await answer).toMatchObject({ status: 422, body: { code: 'point_feed_unreadable' } });
  expect(await left(network.testUrl)).toEqual(NOTHING);
});

/** A file sent by hand: in pieces, or not to its end. */
function uploadOf(key: string, path = base()) {
  const open = (length?: number) => {
    const headers = {
      authorization: `Bearer ${key}`,
      'content-type': 'text/csv',
      ...(length === undefined ? {} : { 'content-length': length }),
    };
    const sent = request(network.baseUrl + path, { method: 'POST', headers });
    sent.on('error', () => undefined);
    return sent;
  };
  const answered = async (sent: ReturnType<typeof open>) => {
    const [response] = await once(sent, 'response');
    const chunks: Buffer[] = await Array.fromAsync(response);
    return { status: response.statusCode, body: JSON.parse(Buffer.concat(chunks).toString()) };
  };
  const pieces = async (some: readonly (string | Uint8Array)[]) => {
    const sent = open();
    const answer = answered(sent);
    for (const piece of some) {
      await new Promise((resolve) => sent.write(piece, resolve));
      await new Promise((resolve) => setImmediate(resolve));
    }
    sent.end();
    return answer;
  };
  return { open, answered, pieces };
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 20));
}
