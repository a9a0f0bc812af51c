import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../platform/db/index.ts';
import { createRateLimiter } from '../../platform/http/index.ts';
import type { World } from '../../platform/world/index.ts';
import { startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';
import { accepted, instant, refused } from '../kernel/index.ts';
import {
  InboundAccepted,
  ShipmentPickedUp,
  ShipmentPickupFailed,
  ShipmentPurchased,
} from '../shipments/events.ts';
import { bucketOf } from './bucket.policy.ts';
import { findForBuyer } from './buyer.ts';
import { createBuyerViews } from './buyer-view.ts';
import { type LineResult, takeScans } from './intake.ts';
import { readScanLine } from './intake-line.ts';
import type { Reporter } from './recognition.policy.ts';
import { recordOwnScans } from './record.ts';
import { unpackTimeline } from './stored-timeline.ts';
import { id, type Order, purchaseOf, tell, wireLife } from './tracking.fixture.ts';
import { parcelsOfNumber, parcelTimelines } from './views.ts';

const CARRIER: Reporter = {
  kind: 'carrier',
  organisationId: id('org', 900),
  carrierCode: 'postroad_express_eu',
};
const ZTO: Reporter = { kind: 'carrier', organisationId: id('org', 902), carrierCode: 'zto' };
const AT = instant('2026-03-01T08:00:00Z');

let network: TestNetwork;
let world: World;
let serial = 0;

function newOrder(changes: Partial<Order> = {}): Order {
  serial += 1;
  return {
    shipmentId: id('shp', serial),
    parcelId: id('pcl', serial),
    number: `PRE${String(serial).padStart(10, '0')}`,
    at: AT,
    organisationId: id('org', 1),
    ...changes,
  };
}

const purchase = (order: Order) => tell(world, ShipmentPurchased.name, purchaseOf(order));

async function take(scans: readonly object[], reporter: Reporter = CARRIER): Promise<LineResult[]> {
  const outcome = await takeScans(
    world,
    scans.map((scan, index) => (facts) => readScanLine(index, scan, facts)),
    reporter,
  );
  if (!outcome.ok) throw new Error(outcome.rejection.code);
  return outcome.value;
}

/** What a number answers, without ids and times of receipt. */
async function stored(number: string) {
  return world.read('network', async (db) => {
    const answers = await parcelTimelines(db, await parcelsOfNumber(db, number));
    return answers.map(({ parcel, timeline }) => ({ parcel: parcel.id, status: parcel.status, timeline }));
  });
}

/** With its place on the map. */
async function storedTimeline(parcelId: string) {
  const { timeline, ...row } = await world.read('network', (db) =>
    db.row<{ timeline: unknown; status: string; newest_scan_at: string }>(sql`
      select p.status, p.last_scan_at, p.newest_scan_at, p.timeline, m.lane_id::text, m.promise_latest, m.stuck_at
      from tracking.parcel p left join tracking.motion m using (bucket, parcel_id)
      where p.bucket = ${bucketOf(parcelId)} and p.parcel_id = ${parcelId}`),
  );
  return { ...row, timeline: unpackTimeline(timeline) };
}

async function eventsOf(parcelId: string) {
  return world.read('network', (db) =>
    db.rows<{
      type: string;
      subject_sequence: number;
      audience: string[];
      payload: Record<string, unknown>;
    }>(sql`
      select type, subject_sequence, audience, payload from platform.outbox_parcel
      where subject_id = ${parcelId} order by subject_sequence`),
  );
}

beforeAll(async () => {
  network = await startTestNetwork();
  world = network.postroad.worlds.live;
});
afterAll(() => network.stop());

describe('a timeline', () => {
  it('is the same in any order of arrival, with any repetition, in batches of any size', async () => {
    const reference = newOrder();
    await purchase(reference);
    await take(wireLife(reference.number));
    const blank = (value: unknown, number: string) =>
      JSON.parse(
        JSON.stringify(value)
          .replaceAll(number, 'N')
          .replaceAll(/"scanId":"[0-9a-f]+"/g, '"scanId":"S"'),
      );
    const wanted = blank(await storedTimeline(reference.parcelId), reference.number);
    const indexes = fc.shuffledSubarray([0, 1, 2, 3, 4, 0, 1, 2, 3, 4], { minLength: 10, maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(
        indexes,
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 0, max: 9 }),
        async (order, size, registered) => {
          const parcel = newOrder();
          const life = wireLife(parcel.number);
          for (let start = 0; start < order.length; start += size) {
            // The order of the merchant may also come in the middle of its scans, or after them.
            if (start <= registered && registered < start + size) await purchase(parcel);
            await take(order.slice(start, start + size).map((index) => life[index] ?? {}));
          }
          expect(blank(await storedTimeline(parcel.parcelId), parcel.number)).toEqual(wanted);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('of a parcel that was stored before anything was remembered of its fold goes on as every other', async () => {
    const [known, old] = [newOrder(), newOrder()];
    await purchase(known);
    await purchase(old);
    const [scans, oldScans] = [wireLife(known.number), wireLife(old.number)];
    const early = { number: 'N', milestone: 'resumed', occurred_at: '2026-03-01T12:00:00+01:00' };
    const alike = async ({ parcelId }: Order) =>
      JSON.parse(
        JSON.stringify(await storedTimeline(parcelId)).replaceAll(/"scanId":"[0-9a-f]+"/g, '"scanId":"S"'),
      );
    for (const [index, scan] of scans.entries()) {
      // As the migration finds it.
      await world.database.transaction('network', async (tx) => ({
        keep: true,
        value: await tx.run(
          sql`update tracking.parcel set fold_state = null where parcel_id = ${old.parcelId}`,
        ),
      }));
      await take([scan]);
      await take([oldScans[index] ?? {}]);
      if (index === 2) for (const { number } of [known, old]) await take([{ ...early, number }]);
      expect(await alike(old)).toEqual(await alike(known));
    }
    expect(await alike(old)).toMatchObject({ status: 'delivered', timeline: { terminal: true } });
  });

  it('and its place on the map stay as they were when the dispatch is announced after the hand-over', async () => {
    const order = newOrder();
    await purchase(order);
    const [pickedUp] = wireLife(order.number);
    await take([pickedUp ?? {}]);
    const { newest_scan_at: seenAt, timeline: _, ...before } = await storedTimeline(order.parcelId);
    const occurredAt = '2026-03-02T10:00:00.000Z';
    const place = { country: 'ES', city: 'Sevilla' };
    await take([{ number: order.number, milestone: 'dispatch_declared', occurred_at: occurredAt, place }]);
    const { newest_scan_at: newestAt, timeline, ...after } = await storedTimeline(order.parcelId);
    expect(after).toEqual({ ...before, last_scan_at: seenAt });
    expect(newestAt).toBe(occurredAt);
    expect(timeline).toMatchObject({ milestones: [{}, {}, { name: 'dispatch_declared' }], flags: [] });
  });

  it('of a parcel minted by its scans and merged later equals that of one registered first', async () => {
    const first = newOrder();
    await purchase(first);
    await take(wireLife(first.number));
    await take(wireLife(first.number), ZTO);
    const late = newOrder();
    const receipts = await take(wireLife(late.number));
    await take(wireLife(late.number), ZTO);
    const minted = receipts[0]?.parcelId ?? '';
    expect(minted).not.toBe(late.parcelId);
    await purchase(late);
    const strip = (answers: Awaited<ReturnType<typeof stored>>, order: Order) =>
      JSON.parse(
        JSON.stringify(answers)
          .replaceAll(order.number, 'N')
          .replaceAll(order.parcelId, 'P')
          .replaceAll(/"scanId":"[0-9a-f]+"/g, '"scanId":"S"'),
      );
    expect(strip(await stored(late.number), late)).toEqual(strip(await stored(first.number), first));
    const rows = await world.read('network', (db) =>
      db.rows<{ parcel_id: string }>(
        sql`select distinct parcel_id from tracking.scan where number = ${late.number}`,
      ),
    );
    expect(rows.map((row) => row.parcel_id).sort()).toEqual([minted, late.parcelId].sort());
    // The minted id still leads to the survivor, and later scans go there.
    const merged = await world.read('network', (db) =>
      db.row<{ merged_into: string }>(
        sql`select merged_into from tracking.parcel where parcel_id = ${minted}`,
      ),
    );
    expect(merged.merged_into).toBe(late.parcelId);
    expect((await take(wireLife(late.number)))[0]).toMatchObject({
      result: 'duplicate',
      parcelId: late.parcelId,
    });
  });

  it('is found again however late it came and whoever brought a newer one', async () => {
    const order = newOrder();
    await purchase(order);
    const { number } = order;
    const scan = (milestone: string, hour: number) => ({
      number,
      milestone,
      occurred_at: `2026-03-02T${String(hour).padStart(2, '0')}:00:00Z`,
    });
    const merchant: Reporter = { kind: 'merchant', organisationId: id('org', 1) };
    await take([scan('picked_up', 8)]);
    await take([scan('in_transit_local', 20)], merchant);
    await take([scan('in_transit_local', 12)]);
    await take([scan('arrived_delivery_depot', 10)]);
    const again = [scan('picked_up', 8), scan('in_transit_local', 12), scan('arrived_delivery_depot', 10)];
    expect((await take(again)).map(({ result }) => result)).toEqual(again.map(() => 'duplicate'));
    expect((await take([scan('in_transit_local', 20)], merchant))[0]).toMatchObject({ result: 'duplicate' });
    expect((await take([scan('in_transit_local', 20), scan('in_transit_local', 20)]))[0]).toMatchObject({
      result: 'accepted',
    });
    const [first] = await stored(number);
    expect(first?.timeline.entries).toHaveLength(5);
    expect(first?.timeline.unverified).toHaveLength(1);
  });

  it('goes to the life of a recycled number that the scan happened in', async () => {
    const old = newOrder({ at: instant('2025-01-10T00:00:00Z') });
    await purchase(old);
    const again = newOrder({ number: old.number, at: instant('2026-02-20T00:00:00Z') });
    await purchase(again);
    const { number } = old;
    const receipts = await take([
      { number, milestone: 'delivered', occurred_at: '2025-01-20T00:00:00Z' },
      { number, milestone: 'picked_up', occurred_at: '2026-02-21T00:00:00Z' },
      { number, milestone: 'picked_up', occurred_at: '2025-01-11T00:00:00Z' },
    ]);
    expect(receipts.map((receipt) => receipt.parcelId)).toEqual([old.parcelId, again.parcelId, old.parcelId]);
    expect((await stored(number)).map(({ parcel, status }) => [parcel, status])).toEqual([
      [again.parcelId, 'picked_up'],
      [old.parcelId, 'delivered'],
    ]);
  });

  it('hands over scans of a new life that came before its order was known here', async () => {
    const old = newOrder({ at: instant('2025-01-10T00:00:00Z') });
    const { number } = old;
    await purchase(old);
    await take([
      { number, milestone: 'picked_up', occurred_at: '2025-01-11T00:00:00Z' },
      { number, milestone: 'delivered', occurred_at: '2025-01-20T00:00:00Z' },
      { number, milestone: 'returned', occurred_at: '2026-02-21T00:00:00Z' },
    ]);
    await take([{ number, milestone: 'lost', occurred_at: '2026-02-22T00:00:00Z' }], ZTO);
    const again = newOrder({ number, at: instant('2026-02-20T00:00:00Z') });
    await purchase(again);
    await purchase(again);
    const [late, early] = await stored(number);
    expect([late?.parcel, late?.status]).toEqual([again.parcelId, 'returned']);
    expect(late?.timeline.unverified).toHaveLength(1);
    expect([early?.parcel, early?.status]).toEqual([old.parcelId, 'delivered']);
    expect(early?.timeline.flags).not.toContain('scan_after_terminal');
    expect(early?.timeline.entries.map((entry) => entry.effect)).toContain('corrected');
  });

  it('leaves scans of an earlier life of the number with the parcel that they minted', async () => {
    const order = newOrder();
    const { number } = order;
    const [early] = await take([{ number, milestone: 'delivered', occurred_at: '2024-05-01T00:00:00Z' }]);
    await take([{ number, milestone: 'picked_up', occurred_at: '2026-03-01T09:00:00Z' }]);
    await purchase(order);
    expect((await stored(number)).map(({ parcel, status }) => [parcel, status])).toEqual([
      [order.parcelId, 'picked_up'],
      [early?.parcelId, 'delivered'],
    ]);
  });

  it('two carriers with one number are told apart when the line names one', async () => {
    const first = newOrder({ carrierCode: 'ups' });
    const second = newOrder({ carrierCode: 'fedex', number: first.number });
    await purchase(first);
    await purchase(second);
    const scan = { number: first.number, milestone: 'picked_up', occurred_at: '2026-03-02T00:00:00Z' };
    const [ambiguous] = await take([scan]);
    expect(ambiguous).toMatchObject({ result: 'refused', code: 'number_ambiguous' });
    const [named] = await take([{ ...scan, carrier: 'fedex' }]);
    expect(named?.parcelId).toBe(second.parcelId);
  });
});

describe('a batch', () => {
  it('of eight clients with overlapping numbers loses and doubles nothing', async () => {
    const orders = Array.from({ length: 12 }, () => newOrder());
    for (const order of orders.slice(0, 6)) await purchase(order);
    const all = orders.flatMap((order) => wireLife(order.number));
    const clients = Array.from({ length: 8 }, (_, client) => {
      const turned = [...all.slice(client * 7), ...all.slice(0, client * 7)];
      return client % 2 === 0 ? turned : turned.reverse();
    });
    const late = orders.slice(6, 9);
    const [answers] = await Promise.all([
      Promise.all(clients.map((scans) => take(scans))),
      ...late.map((order) =>
        // The relay would try again after a deadlock.
        purchase(order).catch(() => purchase(order)),
      ),
    ]);
    const taken = answers.flat().filter((line) => line.result === 'accepted');
    expect(answers.flat().filter((line) => line.result === 'refused')).toEqual([]);
    expect(new Set(answers.flat().map((line) => line.scanId)).size).toBe(all.length);
    for (const order of orders) {
      const [only, ...more] = await stored(order.number);
      expect(more).toEqual([]);
      expect(only?.status).toBe('delivered');
      expect(only?.timeline.entries.filter((entry) => entry.source !== 'postroad')).toHaveLength(5);
    }
    // A scan under a minted parcel that was merged was accepted there once.
    expect(taken.length).toBeGreaterThanOrEqual(all.length);
  });

  it('that fails in the middle leaves nothing', async () => {
    const order = newOrder();
    await purchase(order);
    const before = await storedTimeline(order.parcelId);
    const scan = {
      parcelId: order.parcelId as never,
      number: order.number,
      code: 'picked_up',
      occurredAt: AT,
      synthetic: false,
    };
    await expect(
      world.command('network', async (work) => {
        await recordOwnScans(work, [scan]);
        throw new Error('the power fails');
      }),
    ).rejects.toThrow('the power fails');
    await world.command('network', async (work) => {
      await recordOwnScans(work, [scan]);
      return refused('changed_its_mind', '');
    });
    expect(await storedTimeline(order.parcelId)).toEqual(before);
    expect((await eventsOf(order.parcelId)).some((event) => event.payload.milestone === 'picked_up')).toBe(
      false,
    );
    await world.command('network', async (work) => accepted(await recordOwnScans(work, [scan])));
    expect(await storedTimeline(order.parcelId)).not.toEqual(before);
  });

  it('may not be changed afterwards: scans are append-only', async () => {
    const order = newOrder();
    await purchase(order);
    for (const statement of [sql`update tracking.scan set code = 'x'`, sql`delete from tracking.scan`]) {
      await expect(
        world.command('network', async (work) => accepted(await work.db.run(statement))),
      ).rejects.toThrow(/permission denied/);
    }
  });
});

describe('events', () => {
  it('each milestone is told once, in sequence, to those who have a part in the parcel', async () => {
    const order = newOrder({
      clientPlatformId: id('org', 3),
      warehouseId: id('org', 4),
      carrierId: id('org', 900),
    });
    await purchase(order);
    const life = wireLife(order.number);
    await take(life.slice(2));
    await take(life);
    await take(life);
    const events = await eventsOf(order.parcelId);
    expect(events.map((event) => event.subject_sequence)).toEqual(events.map((_, index) => index + 1));
    const milestones = events
      .filter((event) => event.type === 'MilestoneReached')
      .map((event) => event.payload.milestone);
    expect(milestones.toSorted()).toEqual([...new Set(milestones)].toSorted());
    expect(milestones).toContain('delivered');
    for (const event of events) {
      expect(event.audience.toSorted()).toEqual(
        [id('org', 1), id('org', 3), id('org', 4), id('org', 900)].toSorted(),
      );
      expect(event.payload).toMatchObject({
        parcelId: order.parcelId,
        shipmentId: order.shipmentId,
        number: order.number,
      });
    }
  });

  it('the relay brings orders in exactly once, and their steps become scans', async () => {
    const order = newOrder();
    const facts = purchaseOf(order);
    const steps: [string, object][] = [
      [ShipmentPurchased.name, facts],
      [
        ShipmentPickupFailed.name,
        { ...facts, occurredAt: instant('2026-03-01T10:00:00Z'), reason: 'Herr M. war nicht da' },
      ],
      [ShipmentPickedUp.name, { ...facts, occurredAt: instant('2026-03-01T12:00:00Z') }],
      [
        InboundAccepted.name,
        { ...facts, occurredAt: instant('2026-03-01T18:00:00Z'), place: { country: 'NL' }, measured: [] },
      ],
    ];
    for (const [type, payload] of [...steps, ...steps]) await tell(world, type, payload);
    const [only, ...more] = await stored(order.number);
    expect(more).toEqual([]);
    expect(only?.timeline.entries.map((entry) => entry.milestone)).toEqual([
      'order_created',
      'pickup_failed',
      'picked_up',
      'warehouse_received',
    ]);
    // Nobody held the parcel when the pick-up failed.
    expect(only?.timeline.firstScanAt).toBe('2026-03-01T12:00:00.000Z');
    expect(JSON.stringify(only)).not.toContain('Herr M.');
  });

  it('an own scan of a parcel that does not exist, or with a code that is not ours, is a programming error', async () => {
    const scan = { parcelId: id('pcl', 999_999) as never, number: 'X1234', occurredAt: AT, synthetic: false };
    for (const code of ['picked_up', 'no_such_code']) {
      await expect(
        world.command('network', async (work) => accepted(await recordOwnScans(work, [{ ...scan, code }]))),
      ).rejects.toThrow();
    }
  });
});

const viewOf = createBuyerViews({ statedWeight: async () => undefined, sendingOf: async () => [] });

describe('the buyer', () => {
  it('with number and the right digits sees the parcel; guesses are limited per number and address', async () => {
    const order = newOrder();
    await purchase(order);
    const asked: (string | undefined)[] = [];
    const ports = {
      viewOf,
      recipientCheck: async (
        _db: unknown,
        parcel: { shipmentId: string | undefined } | undefined,
        phoneLast4: string,
      ) => {
        asked.push(parcel?.shipmentId);
        return phoneLast4 === '1234';
      },
      perNumberAndAddress: createRateLimiter({ perMinute: 1, burst: 3 }),
      perNumber: createRateLimiter({ perMinute: 1, burst: 4 }),
    };
    const ask = async (phoneLast4: string, address = 'a', number = order.number) => {
      const outcome = await findForBuyer(world, ports, { number, phoneLast4 }, address);
      return outcome.ok ? outcome.value.view.status : outcome.rejection.code;
    };
    expect(await ask('1234')).toBe('info_received');
    expect(await ask('9999')).toBe('track_not_found');
    expect(await ask('1234', 'a', 'PRE8888888888')).toBe('track_not_found');
    expect(asked).toEqual([order.shipmentId, order.shipmentId, undefined]);
    // A try that was right is none.
    expect(await ask('1234')).toBe('info_received');
    expect(await ask('9999')).toBe('track_not_found');
    expect(await ask('9999')).toBe('track_not_found');
    expect(await ask('1234')).toBe('rate_limited');
    expect(await ask('1234', 'b')).toBe('info_received');
    expect(await ask('9999', 'b')).toBe('track_not_found');
    expect(await ask('1234', 'c')).toBe('rate_limited');
  });

  it('sees every parcel behind the number that is his, the newest life first, and no other', async () => {
    const old = newOrder({ at: instant('2025-01-10T00:00:00Z') });
    await purchase(old);
    const again = newOrder({ number: old.number, at: instant('2026-02-20T00:00:00Z') });
    await purchase(again);
    await take([
      { number: old.number, milestone: 'delivered', occurred_at: '2025-01-20T00:00:00Z' },
      { number: old.number, milestone: 'picked_up', occurred_at: '2026-02-21T00:00:00Z' },
    ]);
    const ask = async (his: readonly (string | undefined)[]) => {
      const ports = {
        viewOf,
        recipientCheck: async (_db: unknown, parcel: { shipmentId: string | undefined } | undefined) =>
          his.includes(parcel?.shipmentId),
        perNumberAndAddress: createRateLimiter({ perMinute: 60, burst: 60 }),
        perNumber: createRateLimiter({ perMinute: 60, burst: 60 }),
      };
      const outcome = await findForBuyer(world, ports, { number: old.number, phoneLast4: '1234' }, 'a');
      return outcome.ok ? [outcome.value.view, ...outcome.value.view.others].map(({ status }) => status) : [];
    };
    expect(await ask([old.shipmentId, again.shipmentId])).toEqual(['picked_up', 'delivered']);
    expect(await ask([old.shipmentId])).toEqual(['delivered']);
    expect(await ask([])).toEqual([]);
  });
});
