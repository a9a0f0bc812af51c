import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type Database, openDatabase, type Queryable, sql, sqlState } from '../../platform/db/index.ts';
import { createWorld, newId, type Work, type World } from '../../platform/world/index.ts';
import { cloneDatabase } from '../../test/setup/network.ts';
import { accepted, addMs, type Instant, instant, type OrganisationId } from '../kernel/index.ts';
import {
  activateVersion,
  draftVersion,
  dryRunVersion,
  retireVersion,
  runVersionTests,
  shipRulebook,
} from './handle.ts';
import { compareAnswers, defineRulebookKind } from './kind.ts';
import type { Rulebook, RulebookScope, RulebookVersion } from './model.ts';
import { activeVersion } from './reader.ts';
import {
  findRulebookOwner,
  findVersion,
  findVersionByDigest,
  insertVersion,
  listDatedVersions,
  listPeriods,
  listRulebooks,
  listVersions,
  lockRulebook,
  readDatedDocument,
  saveLife,
} from './store.ts';

type Limit = { limitGrams: number };
const schema = z.strictObject({ limitGrams: z.int() });
const LIMITS = defineRulebookKind<Limit>({
  kind: 'limits',
  title: 'Limits',
  scopes: ['network', 'platform'],
  schema,
  runTests: (document) =>
    document.limitGrams > 0 ? [] : [{ test: 'a limit is positive', message: 'it is not', ruleId: 'limit' }],
});
const DUTIES = defineRulebookKind<Limit>({ ...LIMITS, kind: 'duties' });
const FIRST = newId('org') as OrganisationId;
const SECOND = newId('org') as OrganisationId;

let clone: Awaited<ReturnType<typeof cloneDatabase>>;
let database: Database;
let world: World;
let time = instant('2026-03-01T00:00:00Z');
beforeAll(async () => {
  clone = await cloneDatabase();
  database = openDatabase({ url: clone.url, role: 'postroad_app' });
  world = createWorld('test', database, { now: () => time });
});
afterAll(async () => {
  await database.close();
  await clone.drop();
});

async function within<T>(body: (work: Work) => Promise<T>): Promise<T> {
  const outcome = await world.command('network', async (work) => accepted(await body(work)));
  if (!outcome.ok) throw new Error('refused');
  return outcome.value;
}

async function tested(scope: RulebookScope, limitGrams: number): Promise<RulebookVersion> {
  return within(async (work) => {
    const drafted = await draftVersion(work, LIMITS, {
      scope,
      author: 'key_1',
      note: '-',
      document: { limitGrams },
    });
    if (!drafted.ok) throw new Error(drafted.rejection.code);
    return (
      await runVersionTests(work, LIMITS, { version: drafted.value, document: { limitGrams } }, 'key_1')
    ).version;
  });
}

async function activateAt(version: RulebookVersion, at: Instant) {
  return within(async (work) => {
    await work.actFor({ organisationId: version.organisationId });
    return activateVersion(work, LIMITS, version.id, at);
  });
}

function limitAt(
  scope: RulebookScope,
  at: Instant,
  as: string = scope,
  cached?: World,
): Promise<number | undefined> {
  return database.read(
    { organisationId: as },
    async (db) => (await activeVersion(db, LIMITS, scope, at, cached))?.document.limitGrams,
  );
}

test('a dated activation begins and ends at its boundaries, for the platform and in the scope of its merchant', async () => {
  const one = await tested(FIRST, 1_000);
  const two = await tested(FIRST, 2_000);
  const begin = addMs(time, 86_400_000);
  const change = addMs(begin, 86_400_000);
  expect((await activateAt(one, begin)).ok).toBe(true);
  expect((await activateAt(two, change)).ok).toBe(true);
  expect(await limitAt(FIRST, addMs(begin, -1))).toBeUndefined();
  expect(await limitAt(FIRST, begin)).toBe(1_000);
  expect(await limitAt(FIRST, addMs(change, -1))).toBe(1_000);
  expect(await limitAt(FIRST, change)).toBe(2_000);
  const merchant = newId('org');
  expect(await limitAt(FIRST, change, merchant)).toBe(2_000);
  expect(await limitAt(SECOND, change, merchant)).toBeUndefined();
});

test('the network’s version holds where a platform has none in force', async () => {
  await within((work) => shipRulebook(work, { kind: LIMITS, document: { limitGrams: 30_000 } }));
  expect(await limitAt(SECOND, time)).toBe(30_000);
  expect(await limitAt('network', instant('2017-01-01T00:00:00Z'))).toBe(30_000);
  expect(await limitAt(FIRST, addMs(time, 3 * 86_400_000))).toBe(2_000);
});

test('retiring gives the network’s rules back, and the past stays as it was', async () => {
  const own = await tested(SECOND, 5);
  await activateAt(own, time);
  const before = time;
  expect(await limitAt(SECOND, before)).toBe(5);
  time = addMs(time, 60_000);
  await within((work) => retireVersion(work, own.id));
  expect(await limitAt(SECOND, time)).toBe(30_000);
  expect(await limitAt(SECOND, before)).toBe(5);
});

test('a cached reader sees an activation of its own process at once', async () => {
  const platform = newId('org') as OrganisationId;
  expect(await limitAt(platform, time, platform, world)).toBe(30_000);
  const version = await tested(platform, 7);
  await activateAt(version, time);
  expect(await limitAt(platform, time, platform, world)).toBe(7);
});

test('shipping the same document again changes nothing; a new one takes over; the operator’s own is not pushed aside', async () => {
  const ship = (limitGrams: number) =>
    within((work) => shipRulebook(work, { kind: DUTIES, document: { limitGrams } }));
  const one = await ship(1);
  expect((await ship(1)).id).toBe(one.id);
  time = addMs(time, 1_000);
  const two = await ship(2);
  expect(two.state).toBe('active');
  const own = await within(async (work) => {
    const drafted = await draftVersion(work, DUTIES, {
      scope: 'network',
      author: 'key_operator',
      note: '-',
      document: { limitGrams: 9 },
    });
    if (!drafted.ok) throw new Error(drafted.rejection.code);
    await runVersionTests(
      work,
      DUTIES,
      { version: drafted.value, document: { limitGrams: 9 } },
      'key_operator',
    );
    return activateVersion(work, DUTIES, drafted.value.id, work.now);
  });
  expect(own.ok).toBe(true);
  expect((await ship(3)).state).toBe('tested');
  const inForce = await database.read('network', (db) => activeVersion(db, DUTIES, 'network', time));
  expect(inForce?.document).toEqual({ limitGrams: 9 });
  await expect(ship(0)).rejects.toThrow(/fails its test/);
});

test('two activations at once leave one version in force', async () => {
  const platform = newId('org') as OrganisationId;
  const versions = await Promise.all([tested(platform, 11), tested(platform, 12)]);
  await Promise.all(versions.map((version) => activateAt(version, time)));
  const all = await database.read('network', async (db) =>
    listVersions(db, platform, versions[0]!.rulebookId, '', 10),
  );
  expect(all.map((version) => version.number)).toEqual([1, 2]);
  expect(all.filter((version) => version.state === 'active')).toHaveLength(1);
  expect(await limitAt(platform, time)).toBe(
    all.find((version) => version.state === 'active')?.number === 1 ? 11 : 12,
  );
});

test('a version cannot be rewritten or deleted, and foreign rows are behind the wall', async () => {
  const own = await tested(FIRST, 77);
  const asFirst = (query: ReturnType<typeof sql>) =>
    database.transaction({ organisationId: FIRST }, async (db) => ({
      keep: true,
      value: await db.run(query),
    }));
  for (const query of [
    sql`update rulebooks.rulebook_version set document = '{}' where rulebook_version_id = ${own.id}`,
    sql`delete from rulebooks.rulebook_version where rulebook_version_id = ${own.id}`,
    sql`delete from rulebooks.trial`,
  ]) {
    const state = await asFirst(query).then(() => 'done', sqlState);
    expect(state).toBe('42501');
  }
  await database.read({ organisationId: SECOND }, async (db) => {
    expect(await findVersion(db, own.id)).toBeUndefined();
    const owners = (await listRulebooks(db, 'all', '', 100)).map((book) => book.organisationId);
    expect(new Set(owners)).toEqual(new Set([SECOND, 'network']));
  });
  // The network's rows can be read by everybody and changed by nobody else.
  expect(
    await asFirst(
      sql`update rulebooks.rulebook_version set state = 'retired' where organisation_id = 'network'`,
    ),
  ).toBe(0);
});

test('a dry run judges the module’s cases by the new rules and by those in force, and changes nothing', async () => {
  const asked: object[] = [];
  const kind = defineRulebookKind<Limit, { id: string; grams: number }>({
    ...LIMITS,
    dryRun: {
      listCases: async (_db, request) => {
        asked.push(request);
        return [5, 50, 500].map((grams) => ({ id: `c${grams}`, grams }));
      },
      run: (document, against, cases) =>
        compareAnswers(document, against, cases, {
          idOf: (one) => one.id,
          answer: (rules, one) => (one.grams <= rules.limitGrams ? 'allowed' : 'refused:limit'),
        }),
    },
  });
  const platform = newId('org') as OrganisationId;
  const version = await tested(platform, 20);
  const [from, to] = [addMs(time, -86_400_000), time];
  const outcome = await within((work) =>
    dryRunVersion(work, kind, { version, document: { limitGrams: 20 } }, { from, to, by: 'key_1' }),
  );
  expect(outcome.ok && outcome.value.result).toMatchObject({
    cases: 3,
    same: 1,
    different: 2,
    differences: [
      { caseId: 'c50', before: 'allowed', after: 'refused:limit' },
      { caseId: 'c500', before: 'allowed', after: 'refused:limit' },
    ],
  });
  expect(asked).toEqual([{ scope: platform, from, to, limit: 10_000 }]);
  expect(await limitAt(platform, time)).toBe(30_000);
});

/** A book of an owner of its own, as the store writes it. */
async function bookOf(organisationId: RulebookScope = newId('org')): Promise<Rulebook> {
  const book: Rulebook = { id: newId('rbk'), organisationId, kind: 'limits', openedAt: time };
  return as(organisationId, (db) => lockRulebook(db, book));
}

async function as<T>(organisationId: string, body: (db: Queryable) => Promise<T>): Promise<T> {
  return database.transaction({ organisationId }, async (db) => ({ keep: true, value: await body(db) }));
}

const versionIn = (book: Rulebook, given: Partial<RulebookVersion> = {}) => ({
  id: newId('rbv'),
  rulebookId: book.id,
  organisationId: book.organisationId,
  kind: book.kind,
  digest: 'ab'.repeat(32),
  author: 'key_1',
  note: 'Größe',
  draftedAt: time,
  state: 'draft' as const,
  validFrom: undefined,
  validTo: undefined,
  revision: 1,
  ...given,
});
const write = (book: Rulebook, version = versionIn(book), document: unknown = {}) =>
  as(book.organisationId, async (db) => {
    await lockRulebook(db, book);
    return insertVersion(db, version, document);
  });

test('a version comes back as it was written, with its document; a change of its life counts', async () => {
  const book = await bookOf();
  const drafted = versionIn(book);
  const document = { b: [1, { z: null, a: '页' }], a: 0.25 };
  const written = await write(book, drafted, document);
  expect(written).toEqual({ ...drafted, number: 1 });
  const found = () => as(book.organisationId, (db) => findVersion(db, drafted.id));
  expect(await found()).toEqual({ version: written, document });
  expect(await as(book.organisationId, (db) => findRulebookOwner(db, book.id))).toBe(book.organisationId);
  const life = { state: 'active', validFrom: time, validTo: addMs(time, 1) } as const;
  const changed = await as(book.organisationId, (db) => saveLife(db, written, life));
  expect(changed).toEqual({ ...written, ...life, revision: 2 });
  expect(await found()).toEqual({ version: changed, document });
});

test('of two who change one life the second is turned away, and tests that end late overwrite nothing', async () => {
  const book = await bookOf();
  const written = await write(book);
  const save = (state: 'tested' | 'retired') =>
    as(book.organisationId, (db) => saveLife(db, written, { ...written, state })).then(
      () => state,
      () => 'turned away',
    );
  const both = await Promise.all([save('tested'), save('retired')]);
  expect(both.filter((answer) => answer === 'turned away')).toHaveLength(1);
  const kept = await as(book.organisationId, (db) => findVersion(db, written.id));
  expect([kept?.version.state, kept?.version.revision]).toEqual([
    both.find((answer) => answer !== 'turned away'),
    2,
  ]);
  const late = await tested(FIRST, 700);
  const retired = await within(async (work) => {
    await work.actFor({ organisationId: FIRST });
    return retireVersion(work, late.id);
  });
  expect(retired.ok).toBe(true);
  // Read before it was retired.
  const ran = await within((work) =>
    runVersionTests(work, LIMITS, { version: late, document: { limitGrams: -1 } }, 'key_1'),
  );
  expect([ran.version.state, ran.failures.length]).toEqual(['retired', 1]);
});

test('opened by many at once there is one book, whose versions are numbered without a gap', async () => {
  const owner = newId('org') as OrganisationId;
  const books = await Promise.all(Array.from({ length: 8 }, () => bookOf(owner)));
  const book = books[0]!;
  expect(books).toEqual(books.map(() => book));
  const made = await Promise.all(books.map(() => write(book)));
  expect(made.map((one) => one.number).toSorted((one, other) => one - other)).toEqual([
    1, 2, 3, 4, 5, 6, 7, 8,
  ]);
  const ids = made.map((one) => one.id).toSorted();
  const page = (after: string, limit: number) =>
    as(owner, async (db) =>
      (await listVersions(db, owner, book.id, after, limit)).map((version) => version.id),
    );
  expect([await page('', 3), await page(ids[2]!, 3), await page(ids[7]!, 3)]).toEqual([
    ids.slice(0, 3),
    ids.slice(3, 6),
    [],
  ]);
  const newest = made.find((one) => one.number === 8);
  expect(await as(owner, (db) => findVersionByDigest(db, owner, book.id, newest!.digest))).toEqual(newest);
  expect(await as(owner, (db) => findVersionByDigest(db, owner, book.id, 'cd'.repeat(32)))).toBeUndefined();
});

test('books come in the order of ids, page by page, of those owners only', async () => {
  const books = [await bookOf(), await bookOf(), await bookOf()];
  const owners = books.map((book) => book.organisationId);
  const sorted = books.map((book) => book.id).toSorted();
  const page = (of: readonly string[], after: string, limit: number) =>
    database.read('network', async (db) =>
      (await listRulebooks(db, of, after, limit)).map((book) => book.id),
    );
  expect(await page(owners, '', 2)).toEqual(sorted.slice(0, 2));
  expect(await page(owners, sorted[1]!, 2)).toEqual(sorted.slice(2));
  expect(await page([owners[1]!], '', 9)).toEqual([books[1]!.id]);
});

test('periods are of dated versions that last, in order, and a document is told once it is dated', async () => {
  const book = await bookOf();
  const [first, second] = [addMs(time, 1_000), addMs(time, 2_000)];
  const dates: [Instant | undefined, Instant | undefined][] = [
    [second, undefined],
    [first, second],
    [first, first],
    [undefined, undefined],
  ];
  const made: RulebookVersion[] = [];
  for (const [validFrom, validTo] of dates) {
    const state = validFrom === undefined ? 'draft' : 'active';
    made.push(await write(book, versionIn(book, { state, validFrom, validTo }), { at: made.length }));
  }
  const stranger = newId('org');
  const periods = await as(stranger, (db) =>
    listPeriods(db, 'limits', book.organisationId as OrganisationId),
  );
  const own = periods.filter((period) => period.organisationId === book.organisationId);
  expect(own.map((period) => [period.versionId, period.validFrom, period.validTo])).toEqual([
    [made[1]!.id, first, second],
    [made[0]!.id, second, undefined],
  ]);
  expect(await as(stranger, (db) => readDatedDocument(db, own[0]!))).toEqual({ at: 1 });
  const undated = { ...own[0]!, versionId: made[3]!.id };
  expect(await as(stranger, (db) => readDatedDocument(db, undated))).toBeNull();
  const dated = await as(book.organisationId, (db) => listDatedVersions(db, book.organisationId, book.id));
  expect(dated.map((version) => version.number)).toEqual([2, 3, 1]);
});

test('the tables refuse a life that cannot be, and a foreign hand', async () => {
  const book = await bookOf();
  const own = await write(book);
  const stateOf = (work: Promise<unknown>) => work.then(() => 'done', sqlState);
  const live = (life: Parameters<typeof saveLife>[2]) =>
    stateOf(as(book.organisationId, (db) => saveLife(db, own, life)));
  expect(await live({ state: 'active', validFrom: undefined, validTo: undefined })).toBe('23514');
  expect(await live({ state: 'active', validFrom: time, validTo: addMs(time, -1) })).toBe('23514');
  expect(await stateOf(write(book, versionIn({ ...book, id: newId('rbk') })))).toBe('23503');
  expect(await stateOf(write(book, versionIn(book, { id: own.id })))).toBe('23505');
  expect(await stateOf(as(SECOND, (db) => insertVersion(db, versionIn(book), {})))).toBe('42501');
  expect(await stateOf(as(SECOND, (db) => lockRulebook(db, { ...book, id: newId('rbk') })))).toBe('42501');
  await expect(as(SECOND, (db) => saveLife(db, own, { ...own, state: 'retired' }))).rejects.toThrow();
  await expect(as(SECOND, (db) => findRulebookOwner(db, book.id))).resolves.toBeUndefined();
  const kept = await as(book.organisationId, (db) => findVersion(db, own.id));
  expect(kept?.version).toEqual(own);
});

test('of two who retire a version at once one is told that it is retired', async () => {
  const version = await tested(newId('org') as OrganisationId, 3);
  const outcomes = await Promise.all([1, 2].map(() => within((work) => retireVersion(work, version.id))));
  const codes = outcomes.map((outcome) => (outcome.ok ? 'retired' : outcome.rejection.code));
  expect(codes.toSorted()).toEqual(['retired', 'rulebook_version_retired']);
});
