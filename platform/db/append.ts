import { type Column, copyMessages, namesOf, unnestRows } from './column.ts';
import { type SqlQuery, sql, statement } from './sql.ts';

/** So few rows cost less by a statement that is planned already than by a COPY, which prepares itself each time. */
const FEW = 8;
const TABLE = /^[a-z_]{1,40}\.[a-z_]{1,40}$/;

/**
 * Writes rows that are not there yet; for `later`. Many travel by COPY: PostgreSQL fills page after page and logs each
 * once, where an `insert` does both row by row. A row that is there already fails the transaction. Not for tables with
 * row-level security: PostgreSQL refuses to COPY into them.
 */
export function appendRows<Row>(
  table: string,
  rows: readonly Row[],
  columns: readonly Column<Row>[],
): SqlQuery {
  if (!TABLE.test(table)) throw new Error('not a name of a table');
  const names = namesOf(columns);
  if (rows.length > FEW)
    return statement(`copy ${table} (${names}) from stdin (format binary)`, [], copyMessages(rows, columns));
  const target = statement(`insert into ${table} (${names}) select ${names}`, []);
  return sql`${target} from ${unnestRows('r', rows, columns)}`;
}
