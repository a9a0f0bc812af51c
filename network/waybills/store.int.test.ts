import { appendFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { openDatabase, sql } from '../../platform/db/index.ts';
import { startJobRunner } from '../../platform/jobs/index.ts';
import { startRelay } from '../../platform/outbox/index.ts';
import { createWorld } from '../../platform/world/index.ts';
import { addDays, instant } from '../kernel/index.ts';
import { CHECK_RULES } from '../numbers/index.ts';
import { findByNumber } from './directory-store.ts';
import { openMarksFile } from './high-water-marks.ts';
import { createNumberIssuer } from './number-issuer.ts';
import { waybillJobs, waybillReactions } from './reactions.ts';
import { confirmRestore } from './segment-handle.ts';
import { closeSegment, findSegment, listGaps } from './segment-store.ts';
import { stockOf } from './stock.policy.ts';
import { activateWaybill, cancelWaybill, expireUnscanned } from './transitions.ts';
import {
  CARRIER,
  issue,
  load,
  MERCHANT,
  mustIssue,
  mustLoad,
  startTestWorld,
  type TestWorld,
} from './world.fixture.ts';

let on: TestWorld;
beforeEach(async () => {
  on = await startTestWorld();
});
afterEach(() => on.stop());

/** Runs reactions and due jobs until quiet; every failure fails the test. */
async function settle(): Promise<void> {
  const failures: unknown[] = [];
  const relay = startRelay(on.world, waybillReactions, (_name, error) => failures.push(error));
  const jobs = startJobRunner(on.world, waybillJobs, (_kind, error) => failures.push(error));
  await relay.idle();
  await jobs.idle();
  await relay.idle();
  await Promise.all([relay.stop(), jobs.stop()]);
  expect(failures).toEqual([]);
}

const stock = async (id: string) => {
  const found = await on.world.read('network', (db) => findSegment(db, id));
  return stockOf(found!.segment, found!.count);
};
const ids = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ objectId: `${prefix}-${index}` }));
const eventTypes = () =>
  on.world.read('network', (db) =>
    db.rows<{ type: string; count: number }>(
      sql`select type, count(*) as count from platform.outbox_organisation group by type`,
    ),
  );

test('32 issuers at once, some of which vanish, never give a number twice, and the gaps are listed', async () => {
  const segment = await mustLoad(on, { toSerial: 40_000 });
  const numbers: string[] = [];
  const seat = async (name: number) => {
    let issuer = createNumberIssuer(on.world, on.marks);
    for (let round = 0; round < 6; round += 1) {
      const waybills = await mustIssue(on.world, issuer, ids(`s${name}-r${round}`, 5));
      numbers.push(...waybills.map((waybill) => waybill.number));
      // A kill: the numbers in memory are gone with the process.
      if ((name + round) % 11 === 0) issuer = createNumberIssuer(on.world, on.marks);
    }
  };
  await Promise.all(Array.from({ length: 32 }, (_, name) => seat(name)));
  expect(numbers).toHaveLength(32 * 30);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(numbers.every((number) => CHECK_RULES.mod11.verify(number.slice(3)))).toBe(true);
  await settle();
  expect(await stock(segment.id)).toMatchObject({ used: 960, cancelled: 0 });
  // Two days later what no process used is lost: gaps and waybills together are all that was leased.
  on.setNow(addDays(on.world.clock.now(), 3));
  await settle();
  const gaps = await on.world.read('network', (db) => listGaps(db, segment.id, -1, 10_000));
  const lost = gaps.reduce((sum, gap) => sum + gap.toSerial - gap.fromSerial + 1, 0);
  const after = await on.world.read('network', (db) => findSegment(db, segment.id));
  expect(lost + numbers.length).toBe(after!.segment.nextSerial - 1);
  expect((await stock(segment.id)).lost).toBe(lost);
});

test('the counters equal the fold of what happened, and the balance is what invariant 2 says', async () => {
  const segment = await mustLoad(on, { toSerial: 100 });
  const issuer = createNumberIssuer(on.world, on.marks);
  const waybills = await mustIssue(on.world, issuer, ids('a', 30));
  for (const waybill of waybills.slice(0, 7))
    await on.world.command('network', (work) => cancelWaybill(work, waybill.id));
  await on.world.command('network', (work) => cancelWaybill(work, waybills[0]!.id));
  await on.world.command('network', (work) => activateWaybill(work, waybills[8]!.id));
  on.setNow(addDays(on.world.clock.now(), 31));
  await settle();
  const folded = await on.world.read('network', (db) =>
    db.row<Record<string, number>>(sql`
      select count(*) as used, count(*) filter (where status = 'cancelled') as cancelled,
        count(*) filter (where status = 'expired') as expired from waybills.waybill`),
  );
  expect(folded).toEqual({ used: 30, cancelled: 7, expired: 22 });
  const counted = await stock(segment.id);
  expect(counted).toMatchObject(folded);
  expect(counted.balance).toBe(100 - 30 + 7 - counted.lost);
  // A late scan brings one back.
  await on.world.command('network', (work) => activateWaybill(work, waybills[10]!.id));
  await settle();
  expect(await stock(segment.id)).toMatchObject({ expired: 21 });
});

test('the alarms ring once, the end is refused by name, and a merchant’s own stock comes first', async () => {
  await mustLoad(on, { fromSerial: 1, toSerial: 50 });
  await mustLoad(on, { fromSerial: 51, toSerial: 60, holder: MERCHANT });
  const issuer = createNumberIssuer(on.world, on.marks);
  const waybills = await mustIssue(on.world, issuer, ids('own', 10));
  expect(waybills.map((waybill) => waybill.serial)).toEqual([51, 52, 53, 54, 55, 56, 57, 58, 59, 60]);
  expect(await issue(on.world, issuer, ids('more', 1))).toMatchObject([
    { ok: false, rejection: { code: 'stock_exhausted' } },
  ]);
  expect(await issue(on.world, issuer, [{ objectId: 'x', carrierCode: 'ems' }])).toMatchObject([
    { ok: false, rejection: { code: 'no_number_segment' } },
  ]);
  const types = Object.fromEntries((await eventTypes()).map((row) => [row.type, row.count]));
  expect(types).toMatchObject({ StockLow: 1, StockExhausted: 1, WaybillIssued: 10 });
});

test('a range overlapping a living one is refused, and a closed one comes back as a new epoch after its rest', async () => {
  const first = await mustLoad(on, { toSerial: 1_000 });
  const issuer = createNumberIssuer(on.world, on.marks);
  const [old] = await mustIssue(on.world, issuer, ids('old', 1));
  await settle();
  expect(await load(on, { fromSerial: 10, toSerial: 20 })).toMatchObject({
    ok: false,
    rejection: { code: 'segment_overlap' },
  });
  await on.world.command('network', async (work) => ({
    ok: true,
    value: await closeSegment(work.db, first.id, work.now),
  }));
  issuer.forget();
  on.setNow(addDays(on.world.clock.now(), 179));
  expect(await load(on, { toSerial: 10 })).toMatchObject({
    ok: false,
    rejection: { code: 'segment_resting' },
  });
  on.setNow(addDays(on.world.clock.now(), 3));
  expect(await mustLoad(on, { toSerial: 10 })).toMatchObject({ epoch: 2 });
  const [again] = await mustIssue(on.world, issuer, ids('new', 1));
  expect(again!.number).toBe(old!.number);
  await settle();
  const found = await on.world.read('network', (db) => findByNumber(db, old!.number));
  expect(found.map((entry) => [entry.epoch, entry.waybillId])).toEqual([
    [2, again!.id],
    [1, old!.id],
  ]);
  const then = await on.world.read('network', (db) =>
    findByNumber(db, old!.number, instant('2026-12-01T00:00:00Z')),
  );
  expect(then.map((entry) => entry.waybillId)).toEqual([old!.id]);
});

test('after a restore from an older copy nothing is issued until it is confirmed, and no number comes twice', async () => {
  const segment = await mustLoad(on, { toSerial: 20_000 });
  const before = await mustIssue(on.world, createNumberIssuer(on.world, on.marks), ids('before', 5));
  const copyUrl = await copyDatabase(on.url);
  const later = await mustIssue(on.world, createNumberIssuer(on.world, on.marks), ids('later', 1_500));
  const database = openDatabase({ url: copyUrl, role: 'postroad_app' });
  try {
    const copy = createWorld('live', database, on.world.clock);
    const issuer = createNumberIssuer(copy, on.marks);
    expect(await issue(copy, issuer, ids('fenced', 1))).toMatchObject([
      { ok: false, rejection: { code: 'issuing_fenced' } },
    ]);
    const confirmed = await confirmRestore(copy, on.marks, issuer, { usedUpTo: {}, confirmedBy: 'operator' });
    expect(confirmed).toMatchObject({ ok: true, value: { moved: [{ segmentId: segment.id }] } });
    const after = await mustIssue(copy, issuer, ids('after', 50));
    const used = new Set([...before, ...later].map((waybill) => waybill.number));
    expect(after.filter((waybill) => used.has(waybill.number))).toEqual([]);
    expect(Math.min(...after.map((waybill) => waybill.serial))).toBeGreaterThan(1_505);
    expect(await confirmRestore(copy, on.marks, issuer, { usedUpTo: {}, confirmedBy: 'x' })).toMatchObject({
      rejection: { code: 'issuing_not_fenced' },
    });
    // The original is now the stranger.
    expect(await issue(on.world, createNumberIssuer(on.world, on.marks), ids('original', 1))).toMatchObject([
      { ok: false, rejection: { code: 'issuing_fenced' } },
    ]);
  } finally {
    await database.close();
    await asAdmin(`drop database "${new URL(copyUrl).pathname.slice(1)}" with (force)`);
  }
});

test('an older state of the same database is behind its marks and fenced too', async () => {
  const segment = await mustLoad(on, { toSerial: 20_000 });
  await mustIssue(on.world, createNumberIssuer(on.world, on.marks), ids('a', 5));
  await on.world.command('network', async (work) => {
    await work.db.run(sql`update waybills.number_segment set next_serial = from_serial`);
    await work.db.run(sql`delete from waybills.number_block`);
    return { ok: true, value: undefined };
  });
  const issuer = createNumberIssuer(on.world, on.marks);
  expect(await issue(on.world, issuer, ids('b', 1))).toMatchObject([
    { rejection: { code: 'issuing_fenced' } },
  ]);
  await confirmRestore(on.world, on.marks, issuer, { usedUpTo: {}, confirmedBy: 'operator' });
  const [next] = await mustIssue(on.world, issuer, ids('b', 1));
  expect(next!.serial).toBeGreaterThan((await on.marks.read()).marks.get(segment.id)!.fromSerial + 4);
});

test('a segment that a restore forgot cannot be loaded again over its used numbers', async () => {
  await mustLoad(on, { toSerial: 5_000 });
  await mustIssue(on.world, createNumberIssuer(on.world, on.marks), ids('a', 5));
  await on.world.command('network', async (work) => {
    for (const table of ['routing_queue', 'waybill', 'package_claim', 'number_block', 'number_segment'])
      await work.db.run({ ...sql`delete from waybills.`, text: `delete from waybills.${table}` });
    return { ok: true, value: undefined };
  });
  expect(await load(on, { toSerial: 5_000 })).toMatchObject({ rejection: { code: 'segment_overlap' } });
  await mustLoad(on, { fromSerial: 2_000, toSerial: 5_000 });
  const issuer = createNumberIssuer(on.world, on.marks);
  expect(await issue(on.world, issuer, ids('b', 1))).toMatchObject([
    { rejection: { code: 'issuing_fenced' } },
  ]);
  await confirmRestore(on.world, on.marks, issuer, { usedUpTo: {}, confirmedBy: 'operator' });
  expect((await mustIssue(on.world, issuer, ids('b', 1)))[0]!.serial).toBe(2_000);
});

test('lost marks fence, and a confirmation must name how far each used segment was used', async () => {
  const segment = await mustLoad(on, { toSerial: 20_000 });
  await mustIssue(on.world, createNumberIssuer(on.world, on.marks), ids('a', 5));
  await rm(join(on.folder, 'marks.ndjson'));
  const issuer = createNumberIssuer(on.world, on.marks);
  expect(await issue(on.world, issuer, ids('b', 1))).toMatchObject([
    { rejection: { code: 'issuing_fenced' } },
  ]);
  const command = { usedUpTo: {}, confirmedBy: 'operator' };
  expect(await confirmRestore(on.world, on.marks, issuer, command)).toMatchObject({
    rejection: { code: 'marks_missing' },
  });
  await confirmRestore(on.world, on.marks, issuer, { ...command, usedUpTo: { [segment.id]: 7_000 } });
  expect((await mustIssue(on.world, issuer, ids('b', 1)))[0]!.serial).toBe(7_001);
});

test('a mark that a crash cut does not take the next one with it', async () => {
  const path = join(on.folder, 'torn.ndjson');
  const marks = openMarksFile(path);
  const mark = {
    segmentId: 's',
    carrierCode: CARRIER,
    prefix: '',
    suffix: '',
    digits: 3,
    epoch: 1,
    fromSerial: 0,
  };
  const shape = { ...mark, checkRule: 'none' as const, checkCovers: 'serial' as const };
  await marks.raise({ ...shape, upTo: 10 });
  await appendFile(path, '\n{"kind":"mark","mark":{"segmentId":"s","upTo":99');
  await marks.raise({ ...shape, upTo: 20 });
  await marks.raise({ ...shape, upTo: 15 });
  expect((await marks.read()).marks.get('s')?.upTo).toBe(20);
});

test('one object id or one package asked for by many at once gets one number', async () => {
  await mustLoad(on, { toSerial: 5_000 });
  const issuer = createNumberIssuer(on.world, on.marks);
  const same = await Promise.all(
    Array.from({ length: 16 }, () => mustIssue(on.world, issuer, [{ objectId: 'one' }])),
  );
  expect(new Set(same.flat().map((waybill) => waybill.number)).size).toBe(1);
  const parcels = await Promise.all(
    Array.from({ length: 16 }, (_, n) =>
      mustIssue(on.world, issuer, [{ objectId: `p${n}`, orderRefs: ['order-1'], packageId: 'box' }]),
    ),
  );
  expect(new Set(parcels.flat().map((waybill) => waybill.number)).size).toBe(1);
  const first = parcels[0]![0]!;
  await on.world.command('network', (work) => cancelWaybill(work, first.id));
  const [other] = await mustIssue(on.world, issuer, [
    { objectId: 'again', orderRefs: ['order-1'], packageId: 'box' },
  ]);
  expect(other!.number).not.toBe(first.number);
  on.setNow(addDays(on.world.clock.now(), 1));
  const [nextDay] = await mustIssue(on.world, issuer, [
    { objectId: 'next', orderRefs: ['order-1'], packageId: 'box' },
  ]);
  expect(nextDay!.number).not.toBe(other!.number);
});

test('a rolled back purchase leaves a gap or returns its number, never a second use', async () => {
  await mustLoad(on, { toSerial: 100 });
  const issuer = createNumberIssuer(on.world, on.marks);
  await issuer.ensure(MERCHANT, CARRIER, 3);
  const [taken] = issuer.take(MERCHANT, CARRIER, 1)!;
  issuer.giveBack([taken!]);
  issuer.giveBack([taken!]);
  const waybills = await mustIssue(on.world, issuer, ids('a', 20));
  expect(new Set(waybills.map((waybill) => waybill.number)).size).toBe(20);
});

test('only what was never scanned for 30 days expires', async () => {
  await mustLoad(on, { toSerial: 100 });
  const issuer = createNumberIssuer(on.world, on.marks);
  const [first, second] = await mustIssue(on.world, issuer, ids('a', 2));
  await on.world.command('network', (work) => activateWaybill(work, first!.id));
  const outcome = await on.world.command('network', async (work) => ({
    ok: true as const,
    value: await expireUnscanned(work, MERCHANT, work.now),
  }));
  expect(outcome).toEqual({ ok: true, value: 1 });
  expect(await on.world.command('network', (work) => cancelWaybill(work, second!.id))).toMatchObject({
    rejection: { code: 'waybill_state_conflict' },
  });
});

async function asAdmin(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('adminUrl') });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

/** A copy as a backup tool leaves it: same rows, another database. The original must be without sessions meanwhile. */
async function copyDatabase(url: string): Promise<string> {
  const name = new URL(url).pathname.slice(1);
  await asAdmin(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}' and pid <> pg_backend_pid()`,
  );
  await asAdmin(`create database "${name}_copy" template "${name}"`);
  const copy = new URL(url);
  copy.pathname = `/${name}_copy`;
  return copy.toString();
}
