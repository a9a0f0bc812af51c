import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '../../test/setup/network.ts';
import type { CountryCode } from '../kernel/index.ts';
import { type Merchant, type NoticesBed, startNoticesBed } from './bed.fixture.ts';

let bed: NoticesBed;
let merchants: Merchant[];
beforeAll(async () => {
  bed = await startNoticesBed();
  merchants = [await bed.merchant('A'), await bed.merchant('B'), await bed.merchant('C')];
});
afterAll(() => bed.stop());

type Item = { id: string; type: string; subject: string; sequence: number; cursor: string; data: object };
type Page = { data: Item[]; next_cursor: string; has_more: boolean };

async function page(client: Client, query = ''): Promise<Page> {
  const answer = await client.get<Page>(`/v1/events${query}`);
  expect(answer.status).toBe(200);
  return answer.body;
}

/** All events behind a cursor, page by page. */
async function all(
  client: Client,
  limit: number,
  after?: string,
): Promise<{ items: Item[]; cursor: string }> {
  const items: Item[] = [];
  let cursor = after;
  for (;;) {
    const found = await page(client, `?limit=${limit}${cursor === undefined ? '' : `&after=${cursor}`}`);
    items.push(...found.data);
    cursor = found.next_cursor;
    if (!found.has_more) return { items, cursor };
  }
}

describe('the feed', () => {
  test('equals the outbox for each audience, in order, whatever the page size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.subarray([0, 1, 2]), { maxLength: 15 }),
        fc.integer({ min: 1, max: 7 }),
        async (audiences, limit) => {
          const before = await Promise.all(merchants.map((one) => all(one.client, 100)));
          for (const [index, audience] of audiences.entries()) {
            await bed.emit(
              audience.map((who) => merchants[who]!.id),
              'wal_1',
              index,
            );
          }
          await bed.relay();
          for (const [who, merchant] of merchants.entries()) {
            const { items } = await all(merchant.client, limit, before[who]!.cursor);
            const expected = audiences.flatMap((audience, index) => (audience.includes(who) ? [index] : []));
            expect(items.map((item) => item.sequence)).toEqual(expected);
          }
        },
      ),
      { numRuns: 12 },
    );
  });

  test('an event that is published twice to the feed stands in it once', async () => {
    const owner = await bed.merchant();
    await bed.emit([owner.id, owner.id], 'wal_t', 1);
    await bed.relay();
    await bed.network.postroad.worlds.test.database.transaction('network', async (tx) => {
      await tx.run({
        text: "update platform.consumer set position = 0 where name = 'notices.feed'",
        values: [],
        isSql: true,
      });
      return { keep: true, value: undefined };
    });
    await bed.relay();
    expect((await page(owner.client)).data).toHaveLength(1);
  });

  test('data comes in the names of the wire, and what the schema does not know stays inside', async () => {
    const owner = await bed.merchant();
    await bed.emit([owner.id], 'wal_x', 1, { phone: '+4915112345678', walletId: 'wal_x' });
    await bed.relay();
    const [event] = (await page(owner.client)).data;
    expect(event).toMatchObject({ type: 'arrears.began', subject: 'wal_x', sequence: 1 });
    expect(event?.data).toEqual({ organisation_id: owner.id, wallet_id: 'wal_x', currency: 'EUR' });
  });

  test('a payload that does not fit its schema goes out stripped and stops nobody', async () => {
    const owner = await bed.merchant();
    await bed.emit([owner.id], 'wal_y', 1, { currency: 7, name: 'Ada' });
    await bed.emit([owner.id], 'wal_y', 2);
    await bed.relay();
    const { data } = await page(owner.client);
    expect(data.map((event) => event.sequence)).toEqual([1, 2]);
    expect(JSON.stringify(data)).not.toContain('Ada');
    expect(bed.network.logLines.join('\n')).toContain('event does not fit its schema');
  });

  test('an empty feed has a cursor too, and polling with it finds what comes', async () => {
    const owner = await bed.merchant();
    const empty = await page(owner.client);
    expect(empty).toMatchObject({ data: [], has_more: false, next_cursor: expect.any(String) });
    await bed.emit([owner.id], 'wal_z', 1);
    await bed.relay();
    const next = await page(owner.client, `?after=${empty.next_cursor}`);
    expect(next.data).toHaveLength(1);
    expect((await page(owner.client, `?after=${next.next_cursor}`)).data).toEqual([]);
    expect(next.data[0]?.cursor).toBe(next.next_cursor);
  });

  test('types narrow by name and by prefix, and the cursor passes what they hide', async () => {
    const owner = await bed.merchant();
    await bed.emit([owner.id], 'wal_f', 1);
    await bed.relay();
    expect((await page(owner.client, '?types=arrears.*')).data).toHaveLength(1);
    const none = await page(owner.client, '?types=shipment.purchased,hold.*');
    expect(none.data).toEqual([]);
    expect((await page(owner.client, `?after=${none.next_cursor}`)).data).toEqual([]);
  });

  test.each([
    ['?types=nothing.at_all', 422, 'event_type_unknown'],
    ["?types=a.b';drop%20table", 422, 'event_type_unknown'],
    ['?after=nonsense', 422, 'cursor_unknown'],
    [`?after=${Buffer.from('["feed",-1]').toString('base64url')}`, 422, 'cursor_unknown'],
    [`?after=${Buffer.from('["feed",1.5]').toString('base64url')}`, 422, 'cursor_unknown'],
    [`?after=${Buffer.from('["feed",1e300]').toString('base64url')}`, 422, 'cursor_unknown'],
    [`?after=${Buffer.from('["feed","1"]').toString('base64url')}`, 422, 'cursor_unknown'],
    ['?limit=0', 400, 'invalid_request'],
    ['?limit=1001', 400, 'invalid_request'],
    ['?organisation_id=org_1', 400, 'invalid_request'],
  ])('%s is refused', async (query, status, code) => {
    expect(await merchants[0]!.client.get(`/v1/events${query}`)).toMatchObject({ status, body: { code } });
  });

  test('network staff read every event of every audience once; the operator’s courier reads none', async () => {
    const auditor = await bed.network.open(
      { kind: 'operator', name: 'O', country: 'NL' as CountryCode },
      'auditor',
      'test',
    );
    const start = (await all(auditor.client, 1000)).cursor;
    await bed.emit([merchants[0]!.id, merchants[1]!.id], 'wal_s', 1);
    await bed.emit([merchants[2]!.id], 'wal_s', 2);
    await bed.relay();
    const seen = await all(auditor.client, 1, start);
    expect(seen.items.map((item) => item.sequence)).toEqual([1, 2]);
    const courier = await bed.network.open(
      { kind: 'carrier', name: 'K', country: 'NL' as CountryCode },
      'courier',
      'test',
    );
    expect((await courier.client.get('/v1/events')).status).toBe(403);
  });

  test('after 30 days events are cleared, and a cursor from before is told so', async () => {
    const owner = await bed.merchant();
    const begin = await page(owner.client);
    await bed.emit([owner.id], 'wal_o', 1);
    await bed.relay();
    const read = await page(owner.client, `?after=${begin.next_cursor}`);
    await bed.advance(30 * 86_400_000 + 1_000);
    await bed.emit([owner.id], 'wal_o', 2);
    await bed.relay();
    const { purgeJob } = await import('./purge.ts');
    await bed.network.postroad.worlds.test.command('network', async (work) => {
      await purgeJob.run(work, undefined as never, '');
      return { ok: true, value: undefined };
    });
    expect(await owner.client.get(`/v1/events?after=${begin.next_cursor}`)).toMatchObject({
      status: 422,
      body: { code: 'cursor_expired' },
    });
    expect((await page(owner.client, `?after=${read.next_cursor}`)).data.map((e) => e.sequence)).toEqual([2]);
    expect((await page(owner.client)).data.map((event) => event.sequence)).toEqual([2]);
  });
});
