import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestWorld, type TestWorld } from '../setup/database.ts';

/**
 * The schema is shaped for distribution from the first migration (docs/ARCHITECTURE.md, section 5): each table says
 * to which group it belongs, and its keys keep to it.
 */
type Table = { name: string; comment: string | null; secured: boolean; forced: boolean; policies: string[] };
type Group = { kind: string; key: string | undefined };

let bed: TestWorld;
let tables: Table[] = [];
beforeAll(async () => {
  bed = await startTestWorld();
  tables = await tablesOf();
});
afterAll(() => bed.stop());

async function tablesOf(): Promise<Table[]> {
  const result = await bed.owner.query<Table>(`
    select c.oid::regclass::text as name, obj_description(c.oid, 'pg_class') as comment,
      c.relrowsecurity as secured, c.relforcerowsecurity as forced,
      array(select pg_get_expr(p.polqual, p.polrelid) from pg_policy p where p.polrelid = c.oid) as policies
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition
      and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') order by 1`);
  return result.rows;
}

function groupOf(comment: string | null): Group | undefined {
  const match = /@group (organisation|parcel|reference|local)(?: ([a-z_]+))?(?:\s|$)/.exec(comment ?? '');
  return match === null ? undefined : { kind: match[1] ?? '', key: match[2] };
}
const isGrouped = (group: Group | undefined) => group?.kind === 'organisation' || group?.kind === 'parcel';

/** Tables whose keys break a rule, as sentences. */
async function faults(all: readonly Table[]): Promise<string[]> {
  const groups = new Map(all.map((table) => [table.name, groupOf(table.comment)]));
  const found: string[] = [];
  for (const { name, secured, forced, policies } of all) {
    const group = groups.get(name);
    if (group === undefined) found.push(`${name} names no group`);
    else if (isGrouped(group) !== (group.key !== undefined))
      found.push(`${name} names its group without its key`);
    if (group?.kind === 'organisation') {
      if (!secured || !forced) found.push(`${name} has no forced row-level security`);
      if (!policies.some((policy) => policy.includes(`acts_for(${group.key})`)))
        found.push(`${name} has no policy acts_for(${group.key})`);
    }
  }
  const keys = await bed.owner.query<{ name: string; key: string; columns: string[] }>(`
    select i.indrelid::regclass::text as name, i.indexrelid::regclass::text as key,
      array(select attname from pg_attribute where attrelid = i.indrelid and attnum = any(i.indkey)) as columns
    from pg_index i where i.indisunique`);
  for (const { name, key, columns } of keys.rows) {
    const group = groups.get(name);
    if (group?.key !== undefined && !columns.includes(group.key)) found.push(`${key} lacks ${group.key}`);
  }
  const links = await bed.owner.query<{ name: string; target: string; link: string; pairs: string[] }>(`
    select k.conrelid::regclass::text as name, k.confrelid::regclass::text as target, k.conname as link,
      array(select f.attname || '>' || t.attname from unnest(k.conkey, k.confkey) as p(f, t)
        join pg_attribute f on f.attrelid = k.conrelid and f.attnum = p.f
        join pg_attribute t on t.attrelid = k.confrelid and t.attnum = p.t) as pairs
    from pg_constraint k where k.contype = 'f'`);
  for (const { name, target, link, pairs } of links.rows) {
    const [from, to] = [groups.get(name), groups.get(target)];
    if (to?.kind === 'reference') continue;
    const inside =
      from !== undefined &&
      from.kind === to?.kind &&
      (!isGrouped(from) || pairs.includes(`${from.key}>${to.key}`));
    if (!inside) found.push(`${name}.${link} leaves its group for ${target}`);
  }
  return found;
}

describe('the tables', () => {
  test('there are some, of every side', () => {
    expect(tables.length).toBeGreaterThan(20);
    expect(tables.map((table) => table.name)).toEqual(
      expect.arrayContaining(['platform.outbox_organisation', 'accounts.organisation']),
    );
  });

  test('name their group and keep to it with every key', async () => {
    expect(await faults(tables)).toEqual([]);
  });

  test('belong to an owner that is not the role of the server', async () => {
    const result = await bed.owner.query(
      "select relname from pg_class where relowner = 'postroad_app'::regrole and relkind in ('r', 'p', 'v')",
    );
    expect(result.rows).toEqual([]);
  });

  test('that say in their comment that they are only appended to refuse changes by the server', async () => {
    const rights = await bed.owner.query<{
      name: string;
      changed: boolean;
      deleted: boolean;
      inserted: boolean;
    }>(`
      select c.oid::regclass::text as name,
        has_table_privilege('postroad_app', c.oid, 'update') or has_any_column_privilege('postroad_app', c.oid, 'update') as changed,
        has_table_privilege('postroad_app', c.oid, 'delete') as deleted,
        has_table_privilege('postroad_app', c.oid, 'insert') as inserted
      from pg_class c where obj_description(c.oid, 'pg_class') ~* '@append|append.only'`);
    for (const row of rights.rows)
      expect(row).toMatchObject({ changed: false, deleted: false, inserted: true });
  });

  test('that refuse changes or deletion are known: nobody takes a right away unseen', async () => {
    const result = await bed.owner.query<{ name: string }>(`
      select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema')
        and has_table_privilege('postroad_app', c.oid, 'insert') and not has_table_privilege('postroad_app', c.oid, 'update')
      order by 1`);
    const names = result.rows.map((row) => row.name);
    expect(names.filter((name) => /transfer|audit|scan$/.test(name)).length).toBeGreaterThan(0);
    for (const name of names) {
      await expect(
        bed.database.transaction('network', async (tx) => ({
          keep: false,
          value: await tx.run({
            text: `update ${name} set ${await firstColumn(name)} = null`,
            values: [],
            isSql: true,
          }),
        })),
      ).rejects.toThrow(/permission denied/);
    }
  });
});

async function firstColumn(table: string): Promise<string> {
  const result = await bed.owner.query(
    'select attname from pg_attribute where attrelid = $1::regclass and attnum = 1',
    [table],
  );
  return result.rows[0].attname;
}

test('a table that breaks the rules is found', async () => {
  await bed.owner.query(`
    create schema wrong;
    create table wrong.nameless (id int primary key);
    create table wrong.lone (organisation_id text not null, id int primary key);
    comment on table wrong.lone is '@group organisation organisation_id';
    create table wrong.child (bucket smallint, id int references wrong.lone, primary key (bucket, id));
    comment on table wrong.child is '@group parcel bucket'`);
  const planted = (await tablesOf()).filter((table) => table.name.startsWith('wrong.'));
  expect((await faults(planted)).filter((fault) => fault.startsWith('wrong.')).sort()).toEqual([
    'wrong.child.child_id_fkey leaves its group for wrong.lone',
    'wrong.lone has no forced row-level security',
    'wrong.lone has no policy acts_for(organisation_id)',
    'wrong.lone_pkey lacks organisation_id',
    'wrong.nameless names no group',
  ]);
  await bed.owner.query('drop schema wrong cascade');
});
