import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql, sqlState } from '../../platform/db/index.ts';
import { startTestWorld, type TestWorld } from '../../test/setup/database.ts';
import { accepted, addDays, addMs, type Instant, instant } from '../kernel/index.ts';
import {
  findLine,
  insertLine,
  insertLineVersion,
  listLastVersions,
  listLineVersions,
  listPeriods,
  lockLine,
  markLineEnded,
  readDocuments,
} from './store.ts';

const NOW = instant('2026-06-01T00:00:00Z');
let bed: TestWorld;
let counter = 0;
beforeAll(async () => {
  bed = await startTestWorld({ now: () => NOW });
});
afterAll(() => bed?.stop());

type Work = Parameters<Parameters<typeof bed.world.command>[1]>[0];
async function within<T>(body: (work: Work) => Promise<T>): Promise<T> {
  const outcome = await bed.world.command('network', async (work) => accepted(await body(work)));
  if (!outcome.ok) throw new Error('refused');
  return outcome.value;
}
async function newLine(): Promise<string> {
  counter += 1;
  const code = `line_${counter}`;
  expect(await within((work) => insertLine(work.db, code, NOW))).toBe(true);
  return code;
}
function addVersion(code: string, validFrom: Instant, document: unknown = { validFrom }, author = 'key') {
  return within(async (work) => {
    await lockLine(work.db, code);
    const digest = JSON.stringify(document);
    return insertLineVersion(work.db, { code, document, digest, author, note: undefined, validFrom }, NOW);
  });
}
const periods = async (code: string) =>
  (await bed.world.read('network', (db) => listPeriods(db, [code]))).map((one) => [
    one.version,
    one.validFrom,
    one.validTo,
  ]);

test('a code is taken once, also by many at once', async () => {
  const taken = await Promise.all(
    Array.from({ length: 8 }, () => within((work) => insertLine(work.db, 'raced', NOW))),
  );
  expect(taken.filter(Boolean)).toHaveLength(1);
  await bed.world.read('network', async (db) => {
    expect(await findLine(db, 'raced')).toEqual({ code: 'raced', openedAt: NOW, endedAt: undefined });
    expect(await findLine(db, 'nothing')).toBeUndefined();
  });
});

test('each version ends the one before where it begins', async () => {
  const code = await newLine();
  const [first, second] = [addDays(NOW, 1), addDays(NOW, 10)];
  expect(await addVersion(code, first)).toBe(1);
  expect(await addVersion(code, second)).toBe(2);
  expect(await periods(code)).toEqual([
    [1, first, second],
    [2, second, undefined],
  ]);
});

test('a version that begins earlier than what was planned lets the plan never begin', async () => {
  const code = await newLine();
  const [first, planned, sooner] = [NOW, addDays(NOW, 30), addDays(NOW, 5)];
  await addVersion(code, first);
  await addVersion(code, planned);
  expect(await addVersion(code, sooner)).toBe(3);
  expect(await periods(code)).toEqual([
    [1, first, sooner],
    [3, sooner, undefined],
    [2, planned, planned],
  ]);
  const lasting = await bed.world.read('network', (db) => listPeriods(db, 'all'));
  expect(lasting.filter((one) => one.code === code).map((one) => one.version)).toEqual([1, 3]);
});

test('a version at the instant of the last one replaces it whole', async () => {
  const code = await newLine();
  await addVersion(code, NOW, { a: 1 });
  await addVersion(code, NOW, { a: 2 });
  expect(await periods(code)).toEqual([
    [1, NOW, NOW],
    [2, NOW, undefined],
  ]);
});

test('at every instant at most one version is in force, whatever the order in which they were written', async () => {
  const code = await newLine();
  const days = [3, 1, 7, 2, 2, 9, 4, 0, 5];
  for (const day of days) await addVersion(code, addDays(NOW, day));
  const all = await bed.world.read('network', (db) => listPeriods(db, [code]));
  for (let half = 0; half < 22; half += 1) {
    const at = addMs(NOW, half * 43_200_000);
    const inForce = all.filter(
      (one) => one.validFrom <= at && (one.validTo === undefined || at < one.validTo),
    );
    // The last word holds: what was written last and has begun.
    const expected = days.flatMap((day, index) => (addDays(NOW, day) <= at ? [index + 1] : [])).at(-1);
    expect(
      inForce.map((one) => one.version),
      at,
    ).toEqual(expected === undefined ? [] : [expected]);
  }
});

test('writers of one line come one by one: no number is given twice and one version stays open', async () => {
  const code = await newLine();
  const numbers = await Promise.all(
    Array.from({ length: 12 }, (_, index) => addVersion(code, addDays(NOW, index % 4))),
  );
  expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
  expect((await periods(code)).filter(([, , to]) => to === undefined)).toHaveLength(1);
});

test('an ended line has no open version, keeps its past, and lists its versions newest first', async () => {
  const code = await newLine();
  await addVersion(code, NOW);
  await addVersion(code, addDays(NOW, 20));
  const end = addDays(NOW, 3);
  await within(async (work) => {
    await lockLine(work.db, code);
    await markLineEnded(work.db, code, end);
  });
  expect(await periods(code)).toEqual([
    [1, NOW, end],
    [2, addDays(NOW, 20), addDays(NOW, 20)],
  ]);
  await bed.world.read('network', async (db) => {
    expect((await findLine(db, code))?.endedAt).toBe(end);
    expect((await listLineVersions(db, code)).map((one) => one.version)).toEqual([2, 1]);
  });
});

test('documents come back by digest, of the versions asked for alone; the last author is known', async () => {
  const [one, other] = [await newLine(), await newLine()];
  await addVersion(one, NOW, { table: [1, 2] }, 'shipped');
  await addVersion(one, addDays(NOW, 1), { table: [3] }, 'key_operator');
  await addVersion(other, NOW, { table: [9] }, 'shipped');
  await bed.world.read('network', async (db) => {
    const [first] = await listPeriods(db, [one]);
    const documents = await readDocuments(db, first === undefined ? [] : [first]);
    expect([...documents.values()]).toEqual([{ table: [1, 2] }]);
    const last = await listLastVersions(db);
    expect(last.get(one)).toEqual({ author: 'key_operator', digest: '{"table":[3]}' });
    expect(last.get(other)?.author).toBe('shipped');
  });
});

test('a version cannot be rewritten or deleted by the server', async () => {
  const code = await newLine();
  await addVersion(code, NOW);
  const states = [
    sql`update lines.line_version set document = '{}' where line_code = ${code}`,
    sql`update lines.line_version set valid_from = valid_from where line_code = ${code}`,
    sql`delete from lines.line_version where line_code = ${code}`,
  ].map((query) =>
    within((work) => work.db.run(query)).then(
      () => 'done',
      (error: unknown) => sqlState(error),
    ),
  );
  expect(await Promise.all(states)).toEqual(['42501', '42501', '42501']);
});
