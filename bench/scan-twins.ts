import pg from 'pg';

/*
 * The bare twins of the intake: the rows that a round wrote, written again into copies of the same tables (same indexes,
 * same fill) by one statement for each batch, from arrays that are ready. No row-level security, no checks, no fold.
 */
const TABLES = {
  scan: 'tracking.scan',
  parcel: 'tracking.parcel',
  outbox: 'platform.outbox_parcel',
} as const;
type TableName = keyof typeof TABLES;
type Column = { readonly name: string; readonly type: string };
/** One literal of an array for each column. */
type Rows = readonly string[];
export type TwinBatch = Readonly<Record<TableName, Rows>>;

/** What the intake leaves of a parcel as it is. */
const KEPT = new Set(
  'bucket parcel_id number carrier_code organisation_id client_platform_id carrier_id warehouse_id shipment_id destination promise route merged_into is_container created_at'.split(
    ' ',
  ),
);

export type Twins = {
  /** The rows of the scans since an instant, by the batches that parcels were sent in. */
  rowsOf(since: string, batches: readonly (readonly string[])[]): Promise<TwinBatch[]>;
  /** Milliseconds that one statement for each batch takes, so many under way at a time. */
  run(kind: 'same_rows' | 'insert', batches: readonly TwinBatch[]): Promise<number>;
  stop(): Promise<void>;
};

export async function openTwins(url: string, writers: number): Promise<Twins> {
  const clients = Array.from({ length: writers }, () => new pg.Client({ connectionString: url }));
  // When something fails the cluster stops under them; what failed is told, not that.
  for (const client of clients) client.on('error', () => undefined);
  await Promise.all(clients.map((client) => client.connect()));
  const [first] = clients;
  if (first === undefined) throw new Error('no connection');
  const columns = {} as Record<TableName, readonly Column[]>;
  await first.query(
    'create schema bench; create table bench.turn (parcel_id text primary key, batch integer)',
  );
  for (const name of Object.keys(TABLES) as TableName[]) {
    await first.query(`create table bench.${name} (like ${TABLES[name]} including all)`);
    await first.query(`insert into bench.${name} select * from ${TABLES[name]}`);
    columns[name] = await columnsOf(first, TABLES[name]);
  }
  // The bare insert of events has a table of its own, so that neither twin finds the other's rows.
  await first.query(`create table bench.event (like tracking.scan including all);
    insert into bench.event select * from tracking.scan`);
  await first.query('vacuum analyze');
  const text = {
    same_rows: sameRowsStatement(columns),
    insert: insertStatement('event', columns.scan, 1),
  };
  const each = async <T>(
    width: number,
    items: readonly T[],
    task: (client: pg.Client, item: T) => Promise<unknown>,
  ) => {
    const queue = items.values();
    const began = performance.now();
    await Promise.all(
      clients.slice(0, width).map(async (client) => {
        for (const item of queue) await task(client, item);
      }),
    );
    return performance.now() - began;
  };
  return {
    rowsOf: (since, batches) => readRows(first, columns, since, batches),
    run: (kind, batches) =>
      each(writers, batches, async (client, batch) => {
        const values = kind === 'insert' ? batch.scan : [...batch.scan, ...batch.parcel, ...batch.outbox];
        const { rowCount } = await client.query({ name: kind, text: text[kind], values: [...values] });
        if (rowCount === 0 && kind === 'insert') throw new Error('a bare insert wrote nothing');
      }),
    stop: async () => {
      await Promise.all(clients.map((client) => client.end()));
    },
  };
}

async function columnsOf(client: pg.Client, table: string): Promise<Column[]> {
  const { rows } = await client.query<Column>(
    `select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
    [table],
  );
  return rows;
}

const names = (columns: readonly Column[]) => columns.map(({ name }) => name).join(', ');
/** `unnest` takes an array of arrays apart down to its elements, so such a column travels as text. */
const isArray = ({ type }: Column) => type.endsWith('[]');
const unnested = (columns: readonly Column[], from: number) =>
  `unnest(${columns.map((column, index) => `$${from + index}::${isArray(column) ? 'text' : column.type}[]`).join(', ')}) u(${names(columns)})`;

function insertStatement(table: string, columns: readonly Column[], from: number): string {
  const values = columns.map((column) => (isArray(column) ? `${column.name}::${column.type}` : column.name));
  return `insert into bench.${table} (${names(columns)}) select ${values.join(', ')} from ${unnested(columns, from)} on conflict do nothing`;
}

function sameRowsStatement({ scan, parcel, outbox }: Record<TableName, readonly Column[]>): string {
  const set = parcel.filter(({ name }) => !KEPT.has(name)).map(({ name }) => `${name} = u.${name}`);
  return `with scans as (${insertStatement('scan', scan, 1)}),
    events as (${insertStatement('outbox', outbox, 1 + scan.length + parcel.length)})
    update bench.parcel p set ${set.join(', ')} from ${unnested(parcel, 1 + scan.length)}
    where p.bucket = u.bucket and p.parcel_id = u.parcel_id`;
}

async function readRows(
  client: pg.Client,
  columns: Record<TableName, readonly Column[]>,
  since: string,
  batches: readonly (readonly string[])[],
): Promise<TwinBatch[]> {
  await client.query('truncate bench.turn');
  await client.query('insert into bench.turn select * from unnest($1::text[], $2::integer[])', [
    batches.flat(),
    batches.flatMap((ids, batch) => ids.map(() => batch)),
  ]);
  await client.query('analyze bench.turn');
  const read = async (name: TableName, key: string, where: string) => {
    const lists = columns[name].map(
      (column) => `array_agg(x.${column.name}${isArray(column) ? '::text' : ''})::text`,
    );
    const { rows } = await client.query<(string | number)[]>({
      text: `select t.batch, ${lists.join(', ')} from ${TABLES[name]} x join bench.turn t on t.parcel_id = x.${key} ${where}
        group by t.batch order by t.batch`,
      rowMode: 'array',
    });
    const found = new Map(rows.map(([batch, ...literals]) => [batch, literals as string[]]));
    return batches.map((_, batch) => found.get(batch) ?? columns[name].map(() => '{}'));
  };
  const moment = client.escapeLiteral(since);
  const scan = await read('scan', 'parcel_id', `where x.received_at >= ${moment}`);
  const parcel = await read('parcel', 'parcel_id', '');
  const outbox = await read('outbox', 'subject_id', `where x.occurred_at >= ${moment}`);
  return batches.map((_, index) => ({
    scan: scan[index] as Rows,
    parcel: parcel[index] as Rows,
    outbox: outbox[index] as Rows,
  }));
}
