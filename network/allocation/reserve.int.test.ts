import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sql, sqlState } from '../../platform/db/index.ts';
import { newId, type Work } from '../../platform/world/index.ts';
import { startTestWorld, type TestWorld } from '../../test/setup/database.ts';
import {
  accepted,
  addMs,
  type Instant,
  instant,
  type OrganisationId,
  type Outcome,
} from '../kernel/index.ts';
import type { Point } from '../points/index.ts';
import { insertPoints } from '../points/points.fixture.ts';
import { listDecisions } from './decision-store.ts';
import { aDemand, HERE, locatorOver, NOW, shopAt } from './demand.fixture.ts';
import {
  extendReservation,
  occupyShelf,
  recordIntake,
  releaseReservation,
  useReservation,
  vacateShelf,
} from './facts.ts';
import type { Choice, Demand, Reservation } from './model.ts';
import { readOccupancy } from './occupancy.ts';
import { publishCapacity, setAcceptance } from './publish.ts';
import { allocationJobs } from './reactions.ts';
import { findReservation } from './reservation-store.ts';
import { askForOptions, listOptions, RESERVATION_ENDS, reserve } from './reserve.ts';

const MERCHANT = newId('org') as OrganisationId;
const POST = newId('org') as OrganisationId;
const LONE = newId('org') as OrganisationId;
/** One hour of the counters' day, 10:00 to 11:00. */
const HOUR = { notBefore: NOW, notAfter: instant('2026-06-01T03:00:00Z') };

let now: Instant = NOW;
let points: Point[] = [];
const locator = locatorOver(() => points);
let bed: TestWorld;
beforeAll(async () => {
  bed = await startTestWorld({ now: () => now });
});
afterAll(() => bed?.stop());
beforeEach(() => {
  now = NOW;
});

/** A street of its own for each test. */
async function open(...shops: readonly Point[]): Promise<void> {
  points = [...shops];
  await bed.world.command('network', async ({ db }) => accepted(await insertPoints(db, points)));
}
const small = (perHour: number, shelf = 50): Partial<Point> => ({
  capacity: { perHour: { collect: perHour, return: perHour, mail: perHour }, shelf },
});
const asMerchant = <T, Code extends string>(body: (work: Work) => Promise<Outcome<T, Code>>) =>
  bed.world.command({ organisationId: MERCHANT }, body);
const hold = (demand: Partial<Demand> = {}, choice: Partial<Choice> = {}) =>
  asMerchant((work) =>
    reserve(work, locator, aDemand({ ...HOUR, ...demand }), { ttlMs: 600_000, ...choice }),
  );
async function held(demand: Partial<Demand> = {}, choice: Partial<Choice> = {}): Promise<Reservation> {
  const outcome = await hold(demand, choice);
  if (!outcome.ok) throw new Error(`${outcome.rejection.code} ${outcome.rejection.detail}`);
  return outcome.value;
}
const codeOf = (outcome: Outcome<unknown>) => (outcome.ok ? 'ok' : outcome.rejection.code);
const slotsOf = async (point: Point, table: 'slot' | 'shelf' = 'slot') =>
  (
    await bed.owner.query(
      `select published, capacity, reserved, used, beyond from allocation.${table} where point_id = $1 order by 1`,
      [point.id],
    )
  ).rows;
const eventsOf = async (type: string, subjectId: string) =>
  (
    await bed.owner.query(
      'select payload, audience from platform.outbox_organisation where type = $1 and subject_id = $2',
      [type, subjectId],
    )
  ).rows;
const reservedAt = async (point: Point) => (await slotsOf(point)).map(({ reserved }) => reserved);

test('64 clients at once: no point beyond its capacity, nobody refused while another point has room', async () => {
  const street = [shopAt(100, POST, small(10)), shopAt(400, POST, small(10)), shopAt(900, LONE, small(10))];
  await open(...street);
  const outcomes = await Promise.all(Array.from({ length: 64 }, () => hold()));
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(30);
  expect(new Set(outcomes.filter((outcome) => !outcome.ok).map(codeOf))).toEqual(new Set(['no_point_fits']));
  for (const shop of street) expect(await slotsOf(shop)).toMatchObject([{ reserved: 10, capacity: 10 }]);
  const decisions = await bed.world.read('network', (db) => listDecisions(db, {}, undefined, 100));
  const own = decisions.filter(({ pointId }) => street.some(({ id }) => id === pointId));
  expect(own).toHaveLength(30);
  // Some saw room that was gone when they came to it, and were sent on within the call.
  const sentOn = own.filter(({ how }) => how === 'next_best');
  expect(sentOn.length).toBeGreaterThan(0);
  expect(sentOn.every(({ lost }) => lost.length > 0)).toBe(true);
});

test('64 clients want the shelf, whose places are fewer than those of the hours', async () => {
  const locker = shopAt(100, POST, { ...small(100, 7), kind: 'locker' });
  await open(locker);
  const demand = { service: 'collect' as const, notAfter: addMs(NOW, 36_000_000) };
  const outcomes = await Promise.all(Array.from({ length: 64 }, () => hold(demand)));
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(7);
  expect(await slotsOf(locker, 'shelf')).toMatchObject([{ reserved: 7, used: 0, capacity: 7 }]);
});

test('reservations, uses, releases, walk-ins and lapses of 24 clients in any order keep every sum', async () => {
  const street = [shopAt(100, POST, small(6, 9)), shopAt(150, LONE, small(4, 5))];
  await open(...street);
  let state = 20_260_601;
  const draw = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const services = ['collect', 'return'] as const;
  async function client(): Promise<void> {
    for (let round = 0; round < 6; round += 1) {
      now = addMs(now, 1_000);
      const service = services[draw(2)] ?? 'return';
      const parcels = 1 + draw(2);
      const walksIn = draw(4) === 0;
      const shop = street[draw(2)] ?? street[0];
      const outcome = await hold(
        { service, parcels, notAfter: addMs(NOW, 10_800_000) },
        { ttlMs: 5_000 + draw(60_000) },
      );
      const end = draw(3);
      if (outcome.ok && end === 0)
        await asMerchant((work) => releaseReservation(work, outcome.value.id, 'x'));
      if (outcome.ok && end === 1)
        await asMerchant(async (work) => {
          await useReservation(work, outcome.value.id, work.now);
          return accepted(
            service === 'collect' ? await occupyShelf(work, outcome.value.pointId, parcels) : 0,
          );
        });
      if (walksIn && shop !== undefined) {
        const intake = { pointId: shop.id, service, at: now, parcels: 1, subject: aDemand().subject };
        await asMerchant(async (work) => accepted(await recordIntake(work, intake)));
        if (service === 'collect')
          await asMerchant(async (work) => accepted(await vacateShelf(work, shop.id, 1)));
      }
    }
  }
  await Promise.all(Array.from({ length: 24 }, client));
  const sums = await bed.owner.query(
    `select s.reserved, s.capacity, s.used, coalesce((select sum(parcels) from allocation.reservation r where r.state = 'held'
        and r.point_id = s.point_id and r.service = s.service and r.starts_at = s.starts_at), 0)::integer as held
     from allocation.slot s where s.point_id = any($1)
     union all select h.reserved, h.capacity, h.used, coalesce((select sum(parcels) from allocation.reservation r
        where r.state = 'held' and r.point_id = h.point_id and r.service = 'collect'), 0)::integer
     from allocation.shelf h where h.point_id = any($1)`,
    [street.map(({ id }) => id)],
  );
  expect(sums.rows.length).toBeGreaterThan(4);
  for (const { reserved, held: promised, used, capacity } of sums.rows) {
    expect(reserved).toBe(promised);
    expect(reserved + used).toBeLessThanOrEqual(capacity);
  }
  // All of this ran in the merchant's name, who owns none of these rows.
  const seen = await bed.database.read({ organisationId: MERCHANT }, (db) =>
    db.rows(sql`select 1 from allocation.slot`),
  );
  expect(seen).toEqual([]);
});

test('places of a reservation whose time is over are free although its timer is late', async () => {
  const shop = shopAt(100, POST, small(2));
  await open(shop);
  const first = await held({ parcels: 2 }, { ttlMs: 60_000 });
  expect(codeOf(await hold())).toBe('no_point_fits');
  now = addMs(NOW, 60_000);
  const second = await held();
  expect(await reservedAt(shop)).toEqual([1]);
  const over = await bed.world.read('network', (db) => findReservation(db, first.id));
  expect(over).toMatchObject({ state: 'expired', reason: 'expired', version: 2 });
  const [event] = await eventsOf('CapacityReleased', first.id);
  expect(event).toMatchObject({ payload: { reason: 'expired', parcels: 2 }, audience: [POST] });
  // The timers come at last: the one that is over stays over, the other is ended by its own.
  const timer = allocationJobs.find(({ kind }) => kind === RESERVATION_ENDS);
  const ring = ({ id }: Reservation) =>
    bed.world.command('network', async (work) => {
      await timer?.run(work, { reservationId: id } as never, '');
      return accepted(undefined);
    });
  await ring(first);
  await ring(second);
  expect(await reservedAt(shop)).toEqual([1]);
  now = addMs(NOW, 60_000 + 600_000);
  await ring(second);
  expect(await reservedAt(shop)).toEqual([0]);
  expect(await eventsOf('CapacityReleased', first.id)).toHaveLength(1);
});

test('a reservation is extended, used in its hour, or given back; what is over stays over', async () => {
  const shop = shopAt(100, POST, small(3));
  await open(shop);
  const kept = await held({}, { ttlMs: 60_000 });
  const longer = await asMerchant((work) => extendReservation(work, kept.id, addMs(NOW, 7_200_000)));
  expect(longer).toMatchObject({ ok: true, value: { version: 2, expiresAt: addMs(NOW, 7_200_000) } });
  const dropped = await held();
  await asMerchant((work) => releaseReservation(work, dropped.id, 'cancelled'));
  now = addMs(NOW, 120_000);
  await asMerchant(async (work) => accepted(await useReservation(work, kept.id, now)));
  expect(await slotsOf(shop)).toMatchObject([{ reserved: 0, used: 1, capacity: 3 }]);
  for (const { id } of [kept, dropped]) {
    expect(codeOf(await asMerchant((work) => releaseReservation(work, id, 'late')))).toBe('reservation_over');
    expect(codeOf(await asMerchant((work) => extendReservation(work, id, addMs(NOW, 9e6))))).toBe(
      'reservation_over',
    );
  }
});

test('who comes in another hour frees the one that was reserved and counts where he came', async () => {
  const shop = shopAt(100, POST, small(3));
  await open(shop);
  const kept = await held();
  const later = addMs(NOW, 2 * 3_600_000);
  now = addMs(NOW, 500_000);
  await asMerchant(async (work) => accepted(await useReservation(work, kept.id, later)));
  const rows = await bed.owner.query(
    'select starts_at, reserved, used from allocation.slot where point_id = $1 order by starts_at',
    [shop.id],
  );
  expect(rows.rows).toMatchObject([
    { reserved: 0, used: 0 },
    { starts_at: new Date(later), used: 1 },
  ]);
});

test('facts are never refused: beyond the capacity they are told and close the hour', async () => {
  const shop = shopAt(100, POST, small(2));
  const next = shopAt(800, LONE, small(2));
  await open(shop, next);
  const kept = await held({}, { pointId: shop.id });
  const intake = { pointId: shop.id, service: 'return' as const, at: NOW, subject: aDemand().subject };
  const result = await asMerchant(async (work) =>
    accepted(await recordIntake(work, { ...intake, parcels: 3 })),
  );
  expect(result).toMatchObject({ ok: true, value: { beyond: 2 } });
  expect(await slotsOf(shop)).toMatchObject([{ reserved: 1, used: 1, beyond: 2, capacity: 2 }]);
  expect((await eventsOf('PointOverCapacity', shop.id))[0]).toMatchObject({
    payload: { beyond: 2, startsAt: HOUR.notBefore, service: 'return' },
    audience: [POST],
  });
  // What was promised is kept, and nobody else is sent there in this hour.
  await asMerchant(async (work) => accepted(await useReservation(work, kept.id, NOW)));
  expect(await slotsOf(shop)).toMatchObject([{ reserved: 0, used: 2, beyond: 2 }]);
  expect((await held()).pointId).toBe(next.id);
  expect(codeOf(await hold({}, { pointId: shop.id }))).toBe('point_full');
});

test('a point publishes less: what is reserved stays, the rest is gone; the slider closes the counter', async () => {
  const shop = shopAt(100, POST, small(5));
  await open(shop);
  const first = await held({ parcels: 3 });
  const inPost = <T>(body: (work: Work) => Promise<T>) =>
    bed.world.command({ organisationId: POST }, async (work) => accepted(await body(work)));
  const rule = { service: 'return' as const, day: 'daily', hour: 10, capacity: 1 };
  await inPost((work) => publishCapacity(work, shop, [rule], true));
  expect(await slotsOf(shop)).toMatchObject([{ published: 1, capacity: 3, reserved: 3 }]);
  expect(codeOf(await hold())).toBe('no_point_fits');
  await asMerchant((work) => releaseReservation(work, first.id, 'cancelled'));
  expect(await slotsOf(shop)).toMatchObject([{ published: 1, capacity: 1, reserved: 0 }]);
  await inPost((work) => setAcceptance(work, shop, { acceptPercent: 0, acceptUntil: addMs(NOW, 3_600_000) }));
  const asked = await asMerchant(async (work) =>
    accepted(await listOptions(work, locator, aDemand({ notAfter: addMs(NOW, 7_200_000) }), 5)),
  );
  expect(asked).toMatchObject({ ok: true, value: { options: [{ hours: ['2026-06-01T03:00:00.000Z'] }] } });
  await inPost((work) => publishCapacity(work, shop, [], true));
  await inPost((work) => setAcceptance(work, shop, { acceptPercent: 100, acceptUntil: undefined }));
  expect(await slotsOf(shop)).toMatchObject([{ published: 5, capacity: 5 }]);
});

test('why: decisions keep candidates and exclusions, no place closer than a kilometre, and never change', async () => {
  const shops = [
    shopAt(100, POST, { services: ['mail'] }),
    shopAt(200, POST, { hours: [] }),
    shopAt(300, LONE, small(0)),
    shopAt(400, LONE, { testBehaviour: 'always_full' }),
    shopAt(500, LONE, { state: 'restricted' }),
    shopAt(600, LONE, small(4)),
  ];
  await open(...shops);
  const reservation = await held({ position: { ...HERE, longitude: 120.155_123 }, postcode: '310012' });
  const decisions = await bed.world.read('network', (db) =>
    listDecisions(db, { pointId: reservation.pointId }, undefined, 5),
  );
  expect(decisions).toMatchObject([
    {
      id: reservation.decisionId,
      how: 'best',
      pointId: shops[5]?.id,
      demand: { position: { latitude: 30.27, longitude: 120.16 }, parcels: 1 },
      candidates: [{ room: 4, capacity: 4, distanceMeters: 600 }],
    },
  ]);
  const [decision] = decisions;
  const reasons = new Map(decision?.excluded.map(({ pointId, reason }) => [pointId, reason]));
  expect(shops.slice(0, 5).map(({ id }) => reasons.get(id))).toEqual([
    'service_not_offered',
    'closed_in_window',
    'full',
    'full',
    'not_taking_demand',
  ]);
  expect(JSON.stringify(decision)).not.toContain('310012');
  expect(JSON.stringify(decision)).not.toContain('120.1551');
  const changing = bed.owner
    .query("update allocation.decision set how = 'best' where decision_id = $1", [decision?.id])
    .then(() => 'changed', sqlState);
  expect(await changing).toBe('23001');

  // Nobody has room for so many: counted as unserved, with the reasons, in the network's books.
  const many = aDemand({ ...HOUR, parcels: 50 });
  const asked = await asMerchant(async (work) => accepted(await askForOptions(work, locator, many, 5)));
  expect(asked).toMatchObject({ ok: true, value: { options: [] } });
  const unserved = await bed.owner.query(
    "select payload from platform.outbox_organisation where type = 'DemandUnserved' and payload -> 'subject' ->> 'id' = $1",
    [many.subject.id],
  );
  expect(unserved.rows).toMatchObject([
    {
      payload: {
        country: 'CN',
        service: 'return',
        position: { latitude: 30.27, longitude: 120.16 },
        reasons: expect.arrayContaining([{ reason: 'full', points: 3 }]),
      },
    },
  ]);
});

test('the choice of the buyer is his; what stands against it has a name', async () => {
  const near = shopAt(100, POST, small(5));
  const far = shopAt(40_000, LONE, small(1));
  const mail = shopAt(200, LONE, { services: ['mail'] });
  await open(near, far, mail);
  expect((await held()).pointId).toBe(near.id);
  const chosen = await held({}, { pointId: far.id });
  expect(chosen).toMatchObject({ pointId: far.id, madeFor: undefined, startsAt: HOUR.notBefore });
  expect(codeOf(await hold({}, { pointId: far.id }))).toBe('point_full');
  expect(codeOf(await hold({}, { pointId: mail.id }))).toBe('point_does_not_serve');
  expect(codeOf(await hold({}, { pointId: newId('pnt') }))).toBe('point_does_not_serve');
  const night = { notAfter: addMs(NOW, 20 * 3_600_000) };
  const at = (startsAt: string) => ({ pointId: near.id, startsAt: instant(startsAt) });
  expect(codeOf(await hold(night, at('2026-06-01T15:00:00Z')))).toBe('point_closed');
  expect((await held(night, at('2026-06-01T08:20:00Z'))).startsAt).toBe('2026-06-01T08:00:00.000Z');
  const wished = await held({ ...night, at: instant('2026-06-01T06:30:00Z') });
  expect(wished.startsAt).toBe('2026-06-01T06:00:00.000Z');
});

test('indexes in memory learn what became full and what became free again, and miss nothing', async () => {
  const shop = shopAt(100, POST, small(1, 1));
  await open(shop);
  const read = (horizon?: string) => bed.world.read('network', (db) => readOccupancy(db, horizon));
  const mine = (states: Awaited<ReturnType<typeof read>>['states']) =>
    states.filter(({ pointId }) => pointId === shop.id).map(({ startsAt, isFull }) => [startsAt, isFull]);
  const start = await read();
  expect(mine(start.states)).toEqual([]);
  const kept = await held({ service: 'collect' });
  const full = await read(start.horizon);
  expect(new Set(mine(full.states).map(([startsAt]) => startsAt))).toEqual(
    new Set([HOUR.notBefore, undefined]),
  );
  expect(mine(full.states).map(([, isFull]) => isFull)).toEqual([true, true]);
  expect(mine((await read()).states)).toHaveLength(2);
  await asMerchant((work) => releaseReservation(work, kept.id, 'cancelled'));
  expect(mine((await read(full.horizon)).states).map(([, isFull]) => isFull)).toEqual([false, false]);
  expect(mine((await read()).states)).toEqual([]);
});
