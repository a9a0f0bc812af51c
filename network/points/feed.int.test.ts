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

test('a file that is no table is refused whole', async () => {
  const sent = await post.client.send<{ code?: string }>('POST', base(), 'name\nx', {
    'content-type': 'text/csv',
  });
  expect(sent.body.code).toBe('point_feed_unreadable');
});
