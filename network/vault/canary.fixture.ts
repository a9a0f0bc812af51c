import pg from 'pg';

/** Where clear text was found: table, column and the canary. */
export type Leak = { readonly place: string; readonly canary: string };

const READABLE = ['text', 'character varying', 'character', 'json', 'jsonb', 'ARRAY', 'bytea', 'name', 'xml'];

/**
 * Searches every column of every table of a database (the vault's too) for texts, as text and as bytes. Needs a
 * superuser's address: row-level security would hide leaks.
 */
export async function findClearText(url: string, canaries: readonly string[]): Promise<Leak[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const columns = await client.query<{ schema: string; table: string; column: string; type: string }>(
      `select c.table_schema as schema, c.table_name as "table", c.column_name as "column", c.data_type as type
       from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
       where t.table_type = 'BASE TABLE' and c.data_type = any($1)
         and c.table_schema not in ('pg_catalog', 'information_schema')`,
      [READABLE],
    );
    const leaks: Leak[] = [];
    for (const { schema, table, column, type } of columns.rows) {
      const name = client.escapeIdentifier(column);
      const holds =
        type === 'bytea'
          ? `position(convert_to(canary, 'UTF8') in ${name}) > 0`
          : `position(lower(canary) in lower(${name}::text)) > 0`;
      const found = await client.query<{ canary: string }>(
        `select canary from unnest($1::text[]) canary where exists (
           select 1 from ${client.escapeIdentifier(schema)}.${client.escapeIdentifier(table)} where ${holds})`,
        [canaries],
      );
      for (const { canary } of found.rows) leaks.push({ place: `${schema}.${table}.${column}`, canary });
    }
    return leaks;
  } finally {
    await client.end();
  }
}
