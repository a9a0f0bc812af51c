import { afterAll, beforeAll, expect, test } from 'vitest';
import { sqlState } from '../../platform/db/index.ts';
import { newId, type Work } from '../../platform/world/index.ts';
import { startTestWorld, type TestWorld } from '../../test/setup/database.ts';
import {
  accepted,
  addDays,
  addMs,
  type Instant,
  type OrganisationId,
  type Outcome,
} from '../kernel/index.ts';
import { insertPoints } from '../points/points.fixture.ts';
import { NETWORK, shipRulebook } from '../rulebooks/index.ts';
import { listDecisions, listDecisionsInOrder } from './decision-store.ts';
import { aDemand, locatorOver, NOW, shopAt } from './demand.fixture.ts';
import { releaseReservation, useReservation } from './facts.ts';
import type { Reservation } from './model.ts';
import { allocationJobs } from './reactions.ts';
import { replay } from './replay.policy.ts';
import { findReservation } from './reservation-store.ts';
import { reserve } from './reserve.ts';
import { keptSince } from './retention.ts';
import { DEFAULT_POINT_ALLOCATION } from './rulebook.ts';
import { POINT_ALLOCATION_KIND, pastDecisionOf } from './rulebook-kind.ts';

const POST = newId('org') as OrganisationId;
const shop = shopAt(100, POST);
let now: Instant = NOW;
let bed: TestWorld;
beforeAll(async () => {
  bed = await startTestWorld({ now: () => now });
  await bed.world.command('network', async ({ db }) => accepted(await insertPoints(db, [shop])));
});
afterAll(() => bed?.stop());

const command = async <T>(body: (work: Work) => Promise<Outcome<T>>): Promise<T> => {
  const outcome = await bed.world.command('network', body);
  if (!outcome.ok) throw new Error(outcome.rejection.code);
  return outcome.value;
};
const hold = (): Promise<Reservation> => {
  const demand = aDemand({ notBefore: now, notAfter: addMs(now, 36_000_000) });
  return command((work) =>
    reserve(
      work,
      locatorOver(() => [shop]),
      demand,
      { ttlMs: 600_000 },
    ),
  );
};
const release = (one: Reservation) => command((work) => releaseReservation(work, one.id, 'cancelled'));
const sweep = () =>
  command(async (work) => {
    const job = allocationJobs.find(({ kind }) => kind === 'allocation.retention');
    await job?.run(work, {} as never, '');
    return accepted(undefined);
  });
const idsOfDecisions = async () =>
  (await bed.world.read('network', (db) => listDecisions(db, {}, undefined, 100))).map(({ id }) => id);
const isThere = async ({ id }: Reservation) =>
  (await bed.world.read('network', (db) => findReservation(db, id))) !== undefined;
const replayed = (from: Instant) =>
  bed.world.read('network', async (db) => {
    const found = await listDecisionsInOrder(db, { from, to: addMs(from, 3_600_000) }, 100);
    return replay(found.map(pastDecisionOf), DEFAULT_POINT_ALLOCATION);
  });

test('what is older than the rule leaves; an hour within it is taken again as before', async () => {
  const [ended, held] = [await hold(), await hold()];
  await release(ended);
  now = addDays(NOW, 200);
  const young = [await hold(), await hold()];
  const hour = await replayed(now);
  expect(hour.demands).toBe(2);
  await sweep();
  expect((await idsOfDecisions()).sort()).toEqual(young.map(({ decisionId }) => decisionId).sort());
  expect(await replayed(now)).toEqual(hour);
  expect((await replayed(NOW)).demands).toBe(0);
  // Reservations are kept for longer, and one that nobody has ended for ever.
  expect([await isThere(ended), await isThere(held)]).toEqual([true, true]);
  now = addDays(NOW, 401);
  await sweep();
  expect([await isThere(ended), await isThere(held)]).toEqual([false, true]);
  expect(await isThere(young[0] as Reservation)).toBe(true);
});

test('the rule is the document of the network', async () => {
  const kept = await hold();
  now = addDays(now, 100);
  await sweep();
  expect(await idsOfDecisions()).toContain(kept.decisionId);
  await command(async (work) => {
    const document = { ...DEFAULT_POINT_ALLOCATION, keptDays: { decisions: 60, reservations: 500 } };
    await shipRulebook(work, { kind: POINT_ALLOCATION_KIND, document });
    return accepted(NETWORK);
  });
  expect(await bed.world.read('network', (db) => keptSince(db, now))).toEqual({
    decisions: addDays(now, -60),
    reservations: addDays(now, -500),
    slots: addDays(now, -500),
  });
  await sweep();
  expect(await idsOfDecisions()).not.toContain(kept.decisionId);
});

test('an hour that is over leaves with the reservations in it, one in which something is held never', async () => {
  const hours = async () =>
    (
      await bed.owner.query(
        'select reserved, used from allocation.slot where reserved + used > 0 order by starts_at',
      )
    ).rows;
  await bed.owner.query('delete from allocation.slot');
  now = addDays(now, 600);
  const came = await hold();
  await command(async (work) => accepted(await useReservation(work, came.id, now)));
  now = addDays(now, 1);
  await hold();
  const both = [
    { reserved: 0, used: 1 },
    { reserved: 1, used: 0 },
  ];
  expect(await hours()).toEqual(both);
  now = addDays(now, 498);
  await sweep();
  expect(await hours()).toEqual(both);
  now = addDays(now, 4);
  await sweep();
  expect(await hours()).toEqual(both.slice(1));
});

test('more than one commit takes leaves in several, each soon after the other', async () => {
  const old = addDays(now, -2_000);
  const rows = 12_000;
  const counted = async () =>
    (
      await bed.owner.query<Record<string, number>>(`
        select (select count(*)::int from allocation.decision) as decisions,
          (select count(*)::int from allocation.reservation) as reservations, (select count(*)::int from allocation.slot) as slots`)
    ).rows[0] as Record<'decisions' | 'reservations' | 'slots', number>;
  const before = await counted();
  await bed.owner.query(
    `with n as (select n from generate_series(1, ${rows}) n),
     d as (insert into allocation.decision (organisation_id, decision_id, country, service, how, decided_at, body)
       select $1, 'old ' || n, 'CN', 'mail', 'unserved', $2, '{}' from n),
     r as (insert into allocation.reservation (organisation_id, reservation_id, point_id, service, starts_at, parcels, subject_kind,
         subject_id, state, decision_id, version, expires_at, made_at, changed_at)
       select $1, 'old ' || n, $3, 'mail', $2, 1, 'demand', 'x', 'expired', 'old ' || n, 2, $2, $2, $2 from n)
     insert into allocation.slot (organisation_id, point_id, service, starts_at, published, capacity, used)
     select $1, $3, 'mail', $2::timestamptz - make_interval(hours => n), 5, 5, 2 from n`,
    [POST, old, shop.id],
  );
  const left: number[] = [];
  for (let sweeps = 0; sweeps < 3; sweeps += 1) {
    await bed.owner.query("delete from platform.job where kind = 'allocation.retention'");
    await sweep();
    const found = await counted();
    expect(found.decisions - before.decisions).toBe(found.slots - before.slots);
    expect(found.reservations - before.reservations).toBe(found.slots - before.slots);
    left.push(found.slots - before.slots);
    const { rows: jobs } = await bed.owner.query(
      "select run_at from platform.job where kind = 'allocation.retention'",
    );
    const pause = sweeps < 2 ? 1_000 : 3_600_000;
    expect(jobs.map(({ run_at }) => run_at.toISOString())).toEqual([addMs(now, pause)]);
  }
  expect(left).toEqual([7_000, 2_000, 0]);
});

test('nobody else deletes a decision, and nobody at all changes one', async () => {
  const { decisionId } = await hold();
  const tried = (text: string, scope: string) =>
    bed.owner
      .query(`begin; select set_config('postroad.organisation', '${scope}', true); ${text}; commit`)
      .then(() => 'done', sqlState)
      .finally(() => bed.owner.query('rollback'));
  const id = `where decision_id = '${decisionId}'`;
  expect(await tried(`delete from allocation.decision ${id}`, POST)).toBe('23001');
  expect(await tried(`update allocation.decision set how = 'best' ${id}`, '*')).toBe('23001');
  expect(await idsOfDecisions()).toContain(decisionId);
});

test('it sweeps every hour', async () => {
  await bed.owner.query("delete from platform.job where kind = 'allocation.retention'");
  await sweep();
  const { rows } = await bed.owner.query(
    "select run_at from platform.job where kind = 'allocation.retention'",
  );
  expect(rows.map(({ run_at }) => run_at.toISOString())).toEqual([addMs(now, 3_600_000)]);
});
