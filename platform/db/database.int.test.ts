import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestWorld, type TestWorld } from '../../test/setup/database.ts';
import { appendRows } from './append.ts';
import { type Column, unnestRows } from './column.ts';
import {
  inScope,
  isDatabaseUnavailable,
  keepPlans,
  openDatabase,
  type Scope,
  type Transaction,
} from './database.ts';
import { isOneOf, joinSql, sql } from './sql.ts';

let bed: TestWorld;
beforeAll(async () => {
  bed = await startTestWorld();
  await bed.owner.query(`
    create table public.thing (organisation_id text not null, name text not null unique);
    alter table public.thing enable row level security;
    alter table public.thing force row level security;
    create policy acts_for on public.thing using (platform.acts_for(organisation_id));
    grant select, insert, update, delete on public.thing to postroad_app;
    insert into public.thing values ('org_a', 'mine'), ('org_b', 'theirs')`);
});
afterAll(() => bed.stop());

const names = (scope: Scope) =>
  bed.database.read(scope, async (tx) =>
    (await tx.rows<{ name: string }>(sql`select name from public.thing order by name`)).map(
      (row) => row.name,
    ),
  );
const keep = <T>(scope: Scope, body: (tx: Transaction) => Promise<T>) =>
  bed.database.transaction(scope, async (tx) => ({ keep: true, value: await body(tx) }));

test('a query without a where clause sees only the rows of the organisation in whose name it runs', async () => {
  expect(await names({ organisationId: 'org_a' })).toEqual(['mine']);
  expect(await names({ organisationId: 'org_nobody' })).toEqual([]);
  expect(await names('network')).toEqual(['mine', 'theirs']);
});

test('writing, changing and deleting stop at the same wall', async () => {
  const asA = { organisationId: 'org_a' };
  await expect(
    keep(asA, (tx) => tx.run(sql`insert into public.thing values ('org_b', 'forged')`)),
  ).rejects.toThrow(/row-level security/);
  expect(
    await keep(asA, (tx) => tx.run(sql`update public.thing set name = 'x' where organisation_id = 'org_b'`)),
  ).toBe(0);
  expect(await keep(asA, (tx) => tx.run(sql`delete from public.thing where name = 'theirs'`))).toBe(0);
  await expect(
    keep(asA, (tx) => tx.run(sql`update public.thing set organisation_id = 'org_b' where name = 'mine'`)),
  ).rejects.toThrow(/row-level security/);
});

test('the scope ends with its transaction, and changes within one', async () => {
  const seen = await bed.database.read('network', async (tx) => {
    await tx.setScope({ organisationId: 'org_b' });
    return tx.rows<{ name: string }>(sql`select name from public.thing`);
  });
  expect(seen).toEqual([{ name: 'theirs' }]);
  const client = new pg.Client({ connectionString: bed.url, options: '-c role=postroad_app' });
  await client.connect();
  expect((await client.query('select * from public.thing')).rows).toEqual([]);
  await client.end();
});

test('rows are handed out while those behind them are still looked for', async () => {
  const lock = 4_711;
  await bed.owner.query('select pg_advisory_lock($1)', [lock]);
  const seen: number[] = [];
  let isHandedOut = () => undefined as unknown;
  const first = new Promise((resolve) => {
    isHandedOut = () => resolve(undefined);
  });
  // PostgreSQL keeps what is short until the statement is through.
  const query = sql`
    select i, repeat('x', 20000) as filler from generate_series(1, 2) i
    where i = 1 or pg_advisory_xact_lock_shared(${lock}) is not null`;
  const reading = bed.database.read('network', (tx) =>
    tx.each<{ i: number }>(query, ({ i }) => {
      seen.push(i);
      isHandedOut();
    }),
  );
  await first;
  expect(seen).toEqual([1]);
  await bed.owner.query('select pg_advisory_unlock($1)', [lock]);
  await reading;
  expect(seen).toEqual([1, 2]);
});

test('what is handed out is of the scope, and a row that cannot be taken fails its statement alone', async () => {
  const things = sql`select name from public.thing order by name`;
  const seen: string[] = [];
  await bed.database.read('network', async (tx) => {
    const refused = tx.each(things, () => {
      throw new Error('not this one');
    });
    const taken = inScope(tx, { organisationId: 'org_b' }).each<{ name: string }>(things, ({ name }) => {
      seen.push(name);
    });
    await expect(refused).rejects.toThrow('not this one');
    await taken;
  });
  expect(seen).toEqual(['theirs']);
});

test.each(["x'; drop table public.thing; --", '*', '', 'org a', 'O'.repeat(65)])(
  'no scope is made of %j',
  async (organisationId) => {
    // The star alone is the network's; as an id of an organisation it would open every row.
    await expect(names({ organisationId })).rejects.toThrow('not an organisation id');
  },
);

test.each([
  'alter table public.thing disable row level security',
  'drop table public.thing',
  'truncate public.thing',
  'alter role postroad_app bypassrls',
  'create table public.own (id int)',
  'create schema own',
  'update platform.schema_migration set digest = digest',
  'create policy open on public.thing using (true)',
])('the role of the server may not: %s', async (statement) => {
  const client = new pg.Client({ connectionString: bed.url, options: '-c role=postroad_app' });
  await client.connect();
  await expect(client.query(statement)).rejects.toThrow(/permission denied|must be owner/i);
  await client.end();
});

test('the role of the server is bound by row-level security and owns nothing', async () => {
  const role = await bed.owner.query(
    "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = 'postroad_app'",
  );
  expect(role.rows).toEqual([
    { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false },
  ]);
  const owned = await bed.owner.query(
    "select relname from pg_class where relowner = (select oid from pg_roles where rolname = 'postroad_app')",
  );
  expect(owned.rows).toEqual([]);
});

test('a connection that is cut in the middle of a transaction fails that transaction only', async () => {
  await expect(
    keep('network', async (tx) => {
      const { pid } = await tx.row<{ pid: number }>(sql`select pg_backend_pid() as pid`);
      await bed.owner.query('select pg_terminate_backend($1)', [pid]);
      await new Promise((resolve) => setTimeout(resolve, 50));
      await tx.row(sql`select 1`);
    }),
  ).rejects.toSatisfy(isDatabaseUnavailable);
});

test('a transaction whose error was swallowed is not taken for kept', async () => {
  await expect(
    keep('network', async (tx) => {
      await tx.run(sql`insert into public.thing values ('org_a', 'fresh')`);
      await tx.run(sql`insert into public.thing values ('org_a', 'mine')`).catch(() => undefined);
    }),
  ).rejects.toThrow('swallowed');
  expect(await names({ organisationId: 'org_a' })).toEqual(['mine']);
});

test('what is asked for at once is answered in the order of asking, also across a change of scope', async () => {
  const answers = await bed.database.read({ organisationId: 'org_a' }, async (tx) => {
    const scope = () => tx.row(sql`select current_setting('postroad.organisation') as scope`);
    const first = [scope(), tx.row(sql`select 1 as n`)];
    await tx.setScope('network');
    return Promise.all([...first, scope(), tx.row(sql`select 2 as n`)]);
  });
  expect(answers).toEqual([{ scope: 'org_a' }, { n: 1 }, { scope: '*' }, { n: 2 }]);
});

test('a later write leaves with the next statement, or with the commit, under the scope of its time', async () => {
  await keep({ organisationId: 'org_a' }, async (tx) => {
    tx.later(sql`insert into public.thing values ('org_a', 'later')`);
    await tx.setScope('network');
    expect(await tx.rows(sql`select name from public.thing where name = 'later'`)).toHaveLength(1);
    await tx.setScope({ organisationId: 'org_a' });
    tx.later(sql`delete from public.thing where name = 'later'`);
    tx.later(sql`insert into public.thing values ('org_a', 'at the end')`);
  });
  expect(await names({ organisationId: 'org_a' })).toEqual(['at the end', 'mine']);
  await keep('network', async (tx) => tx.later(sql`delete from public.thing where name = 'at the end'`));
  expect(await names({ organisationId: 'org_a' })).toEqual(['mine']);
});

test('a later write that fails is told by what stands behind it, and nothing is kept', async () => {
  const twice = sql`insert into public.thing values ('org_a', 'mine')`;
  const before = await names('network');
  const told = { code: '23505', constraint: expect.stringContaining('thing') };
  await expect(keep('network', async (tx) => tx.later(twice))).rejects.toMatchObject(told);
  await expect(
    keep('network', async (tx) => {
      tx.later(sql`insert into public.thing values ('org_a', 'first')`);
      tx.later(twice);
      await tx.row(sql`select 1 as n`);
    }),
  ).rejects.toMatchObject(told);
  expect(await names('network')).toEqual(before);
  await expect(
    keep({ organisationId: 'org_a' }, async (tx) =>
      tx.later(sql`insert into public.thing values ('org_b', 'not his')`),
    ),
  ).rejects.toThrow('row-level security');
});

test('statements behind one that failed are skipped, also those that PostgreSQL never saw before', async () => {
  const fresh = sql`select 'never asked before' as text`;
  await expect(
    bed.database.read('network', async (tx) => {
      const [failed, skipped] = await Promise.allSettled([
        tx.row(sql`select 1 / ${0}::integer as n`),
        tx.row(fresh),
      ]);
      expect(failed).toMatchObject({ reason: { code: '22012' } });
      expect(skipped).toMatchObject({ reason: { code: '25P02' } });
      throw new Error('rolled back');
    }),
  ).rejects.toThrow('rolled back');
  // The connection does not take for parsed what it never parsed: each of the pool's answers, twice.
  for (let times = 0; times < 2; times += 1)
    expect(
      await Promise.all(
        Array.from({ length: 10 }, () => bed.database.read('network', (tx) => tx.row(fresh))),
      ),
    ).toEqual(Array.from({ length: 10 }, () => ({ text: 'never asked before' })));
});

test('a value that cannot be read fails its statement only', async () => {
  await bed.database.read('network', async (tx) => {
    const [wrong, right] = await Promise.allSettled([
      tx.row(sql`select 9007199254740993::bigint as n`),
      tx.row(sql`select 5::bigint as n`),
    ]);
    expect(wrong).toMatchObject({ reason: expect.any(RangeError) });
    expect(right).toEqual({ status: 'fulfilled', value: { n: 5 } });
  });
});

test('when one of several that were asked for at once fails, nothing of any is kept', async () => {
  const before = await names('network');
  await expect(
    keep('network', (tx) =>
      Promise.all([
        tx.run(sql`insert into public.thing values ('org_a', 'at once')`),
        tx.run(sql`insert into public.thing values ('org_a', 'mine')`),
        tx.run(sql`insert into public.thing values ('org_a', 'too late')`),
      ]),
    ),
  ).rejects.toThrow(/duplicate key/);
  expect(await names('network')).toEqual(before);
});

test('a transaction inside another is refused, also through the open one', async () => {
  await expect(keep('network', () => bed.database.read('network', async () => 1))).rejects.toThrow(
    'opened inside another',
  );
});

test('a read sees one snapshot and writes nothing', async () => {
  const counts = await bed.database.read('network', async (tx) => {
    const count = () => tx.row<{ n: number }>(sql`select count(*) as n from public.thing`);
    const before = await count();
    await bed.owner.query("insert into public.thing values ('org_c', 'between')");
    return [before.n, (await count()).n];
  });
  expect(counts[0]).toBe(counts[1]);
  await expect(bed.database.read('network', (tx) => tx.run(sql`delete from public.thing`))).rejects.toThrow(
    /read-only/,
  );
});

test('a read that is over ends by itself, and one in which an error was swallowed is an error', async () => {
  const states = async () =>
    (
      await bed.owner.query<{ state: string }>(
        "select state from pg_stat_activity where datname = current_database() and application_name = 'postroad'",
      )
    ).rows.map((row) => row.state);
  for (let look = 0; look < 3; look += 1) expect(await names({ organisationId: 'org_a' })).toEqual(['mine']);
  await expect.poll(states).not.toContain('idle in transaction');
  const swallowed = bed.database.read('network', async (tx) => {
    await tx.rows(sql`select * from public.no_such_thing`).catch(() => undefined);
    return 'fine';
  });
  await expect(swallowed).rejects.toThrow(/swallowed/);
  expect(await names('network')).toContain('theirs');
});

test('what is asked of a transaction that is over is refused, not run outside of it', async () => {
  const late = await bed.database.transaction('network', async (tx) => {
    await tx.rows(sql`select 1`);
    return { keep: true, value: () => tx.run(sql`insert into public.thing values ('org_a', 'late')`) };
  });
  await expect(late()).rejects.toThrow(/is over/);
  const afterRead = await bed.database.read('network', async (tx) => {
    await tx.rows(sql`select 1`);
    return () => tx.rows(sql`select * from public.thing`);
  });
  await expect(afterRead()).rejects.toThrow(/is over/);
  expect(await names('network')).not.toContain('late');
});

test('values come back in our types', async () => {
  const row = await bed.database.read('network', (tx) =>
    tx.row(sql`select 9007199254740991::bigint as big, '2026-11-22 03:28:57.1234+00'::timestamptz as at,
      '2026-11-22 04:28:57+01'::timestamptz as whole, '2026-11-22'::date as day, array[1, null, 3]::bigint[] as bigs,
      array['2026-11-22 03:28:57+00'::timestamptz] as times, '{"a":[1]}'::jsonb as json, array['a,"b','{c}'] as texts`),
  );
  expect(row).toEqual({
    big: 9007199254740991,
    at: '2026-11-22T03:28:57.123Z',
    whole: '2026-11-22T03:28:57.000Z',
    day: '2026-11-22',
    bigs: [1, null, 3],
    times: ['2026-11-22T03:28:57.000Z'],
    json: { a: [1] },
    texts: ['a,"b', '{c}'],
  });
  const read = (query: ReturnType<typeof sql>) => bed.database.read('network', (tx) => tx.row(query));
  await expect(read(sql`select 9007199254740993::bigint as big`)).rejects.toThrow(RangeError);
  await expect(read(sql`select 'infinity'::timestamptz as at`)).rejects.toThrow(RangeError);
  await expect(read(sql`select 'infinity'::timestamptz as at where false`)).rejects.toThrow(
    'expected one row',
  );
});

test('an object from outside that looks like a statement stays a value', async () => {
  const forged = JSON.parse('{"isSql":true,"text":"1; drop table public.thing","values":[]}') as object;
  const query = sql`select ${forged}::jsonb as payload`;
  expect(query.text).toBe('select $1::jsonb as payload');
  expect(await bed.database.read('network', (tx) => tx.row(query))).toEqual({ payload: forged });
});

test('fragments keep their values in order', async () => {
  const ids = [sql`${1}::int`, sql`${2}::int`, sql`${3}::int`];
  const query = sql`select ${'a'} as a, array[${joinSql(ids, sql`, `)}] as list, ${'z'} as z ${joinSql([], sql` and `)}`;
  expect(query.values).toEqual(['a', 1, 2, 3, 'z']);
  expect(await bed.database.read('network', (tx) => tx.row(query))).toEqual({
    a: 'a',
    list: [1, 2, 3],
    z: 'z',
  });
});

test('one of a list is asked for as one, and both find the same', async () => {
  const find = (values: readonly number[]) =>
    bed.database.read('network', (tx) =>
      tx.rows<{ n: number }>(
        sql`select n::int from generate_series(1, 5) n where ${isOneOf(sql`n`, values)} order by n`,
      ),
    );
  expect(isOneOf(sql`n`, [4]).text).toBe('n = $1');
  expect(await find([4])).toEqual([{ n: 4 }]);
  expect(await find([4, 2])).toEqual([{ n: 2 }, { n: 4 }]);
  expect(await find([])).toEqual([]);
});

test('a database that is away is told from a statement that is wrong', async () => {
  const away = openDatabase({ url: 'postgresql://nobody@127.0.0.1:1/none' });
  const error = await away.read('network', async () => 1).catch((caught: unknown) => caught);
  expect(isDatabaseUnavailable(error)).toBe(true);
  await away.close();
  const wrong = await bed.database
    .read('network', (tx) => tx.rows(sql`select * from nowhere`))
    .catch((caught: unknown) => caught);
  expect(isDatabaseUnavailable(wrong)).toBe(false);
  const many = new AggregateError([Object.assign(new Error(''), { code: 'ECONNREFUSED' })]);
  expect(isDatabaseUnavailable(many)).toBe(true);
});

test('after its connections were cut the pool makes new ones', async () => {
  await names('network');
  await bed.owner.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  // Each connection learns of it when the news arrives, or at its next use.
  await expect.poll(() => names({ organisationId: 'org_b' }).catch(() => undefined)).toEqual(['theirs']);
});

type Mixed = {
  readonly text: string | null | undefined;
  readonly small: number | null;
  readonly big: number;
  readonly flag: boolean;
  readonly at: string | null;
  readonly doc: object | null;
  readonly written?: object | null;
  readonly hash?: string | null;
};
const MIXED: readonly Column<Mixed>[] = [
  ['a_text', 'text', (row) => row.text],
  ['a_small', 'smallint', (row) => row.small],
  ['a_big', 'bigint', (row) => row.big],
  ['a_flag', 'boolean', (row) => row.flag],
  ['an_instant', 'timestamptz', (row) => row.at],
  ['a_doc', 'jsonb', (row) => (row.doc === null ? null : JSON.stringify(row.doc))],
  ['a_writing', 'json', (row) => (row.written ? JSON.stringify(row.written) : null)],
  ['a_hash', 'uuid', (row) => row.hash],
];
const LAST_MOMENT = '9999-12-31T23:59:59.999Z';

test('rows that travel in columns arrive as they were, nulls, signs and all letters included', async () => {
  const rows: Mixed[] = [
    {
      text: 'a "quoted", {braced} \\ text',
      small: -32_768,
      big: 2 ** 53 - 1,
      flag: true,
      at: LAST_MOMENT,
      doc: {},
      written: { 'Straße "7"': ['货\n', 1.5, null] },
      hash: '00ff10e0a0b0c0d0e0f00102030405ff',
    },
    {
      text: '',
      small: 32_767,
      big: -(2 ** 53) + 1,
      flag: false,
      at: '0001-01-01T00:00:00.000Z',
      doc: { a: ['é'] },
    },
    { text: '送货 🚚 NULL', small: null, big: 0, flag: true, at: null, doc: null },
    { text: undefined, small: 0, big: -1, flag: false, at: '1999-12-31T23:59:59.999Z', doc: [1] },
    ...Array.from({ length: 400 }, (_, n) => ({
      ...{ text: '货'.repeat(n), small: n, big: n * 2 ** 40, flag: n % 2 === 0, at: null, doc: { n } },
    })),
  ];
  const back = await bed.database.read('network', (tx) =>
    tx.rows(sql`select a_text as text, a_small as small, a_big as big, a_flag as flag, an_instant as at, a_doc as doc,
        a_writing as written, a_hash as hash
      from ${unnestRows('r', rows, MIXED)} where a_text is distinct from ${'no row'}`),
  );
  expect(back).toEqual(rows.map((row) => ({ written: null, hash: null, ...row, text: row.text ?? null })));
  const none = await bed.database.read('network', (tx) =>
    tx.rows(sql`select * from ${unnestRows('r', [], MIXED)}`),
  );
  expect(none).toEqual([]);
});

test('a column is refused whose name is no name, or whose number no database holds', () => {
  expect(() => unnestRows('r; drop', [], MIXED)).toThrow(/not a name/);
  expect(() => unnestRows('r', [{ n: 2 ** 53 }], [['n', 'bigint', ({ n }) => n]])).toThrow(RangeError);
  expect(() => unnestRows('r', [{ at: 'today' }], [['at_time', 'timestamptz', ({ at }) => at]])).toThrow(
    RangeError,
  );
  for (const hash of ['', 'x'.repeat(32), '00ff10e0-a0b0-c0d0-e0f0-0102030405ff'])
    expect(() => unnestRows('r', [{ hash }], [['a_hash', 'uuid', (row) => row.hash]])).toThrow(RangeError);
});

test('what is asked for at once may stand in scopes of its own', async () => {
  const seen = await bed.database.read('network', (tx) =>
    Promise.all(
      (['org_a', 'org_b'] as const).map((organisationId) =>
        inScope(tx, { organisationId }).rows<{ name: string }>(sql`select name from public.thing`),
      ),
    ),
  );
  expect(seen).toEqual([[{ name: 'mine' }], [{ name: 'theirs' }]]);
});

test('plans that are kept end with their transaction', async () => {
  const mode = sql`select current_setting('plan_cache_mode') as mode`;
  const [kept, then] = [
    await bed.database.read('network', (tx) => {
      keepPlans(tx);
      return tx.row(mode);
    }),
    await bed.database.read('network', (tx) => tx.row(mode)),
  ];
  expect([kept, then]).toEqual([{ mode: 'force_generic_plan' }, { mode: 'auto' }]);
});

const APPENDED: readonly Column<Mixed & { readonly words: readonly string[] | null }>[] = [
  ...MIXED,
  ['some_words', 'text[]', (row) => row.words],
];

test('appended rows arrive as they were', async () => {
  await bed.owner.query(`
    create table public.appended (a_text text, a_small smallint check (a_small <> 13), a_big bigint, a_flag boolean,
      an_instant timestamptz, a_doc jsonb, a_writing json, a_hash uuid, some_words text[], given text default 'given');
    grant select, insert on public.appended to postroad_app`);
  const rowOf = (n: number) => ({
    ...{ text: n % 3 === 0 ? null : `货 "${n}"\t\\N`, small: 10 - n, big: n * 2 ** 40, flag: n % 2 === 0 },
    at: n % 5 === 0 ? null : '1999-12-31T23:59:59.999Z',
    doc: n % 7 === 0 ? null : { n },
    written: n % 2 === 0 ? null : { Straße: n },
    hash: n % 4 === 0 ? null : '00ff10e0a0b0c0d0e0f00102030405ff',
    words: [null, [], ['送货 🚚', 'a "quoted", {braced} \\ text', ''], ['NULL']][n % 4] ?? null,
  });
  for (const count of [0, 1, 9, 400]) {
    const rows = Array.from({ length: count }, (_, n) => rowOf(n));
    const { written, other } = await keep('network', async (tx) => {
      tx.later(appendRows('public.appended', rows, APPENDED));
      // In the same packet, and behind it.
      const other = await tx.row<{ n: number }>(sql`select 7 as n`);
      const written = await tx.rows(sql`
        select a_text as text, a_small as small, a_big as big, a_flag as flag, an_instant as at, a_doc as doc,
          a_writing as written, a_hash as hash, some_words as words
        from public.appended order by a_big`);
      await tx.run(sql`insert into public.thing values ('org_a', ${`after ${count}`})`);
      return { written, other };
    });
    expect(other).toEqual({ n: 7 });
    expect(written).toEqual(rows);
    await bed.owner.query('truncate public.appended');
  }
  await bed.owner.query(`delete from public.thing where name like 'after %'`);
});

test('a row that its table refuses fails the commit, and the connection goes on', async () => {
  const row = { text: 'x', small: 1, big: 1, flag: true, at: null, doc: null, words: null };
  const rows = Array.from({ length: 200 }, (_, n) => ({ ...row, small: n }));
  for (let turn = 0; turn < 12; turn += 1) {
    const failing = keep('network', async (tx) => {
      await tx.rows(sql`select 1`);
      tx.later(appendRows('public.appended', rows, APPENDED));
    });
    await expect(failing).rejects.toThrow(/nothing was kept|a_small/);
    // Rows behind a statement that fails are passed over.
    const behind = keep('network', async (tx) => {
      tx.later(sql`insert into public.thing values ('org_a', 'mine')`);
      tx.later(appendRows('public.appended', rows.slice(14), APPENDED));
      await tx.rows(sql`select 1`);
    });
    await expect(behind).rejects.toThrow(/unique/);
  }
  const left = await bed.database.read('network', (tx) => tx.rows(sql`select 1 from public.appended`));
  expect(left).toEqual([]);
});

test('no rows are appended to a table whose name is no name', () => {
  expect(() => appendRows('public.x; drop', [], [])).toThrow(/not a name/);
});
