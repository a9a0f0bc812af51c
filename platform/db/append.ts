import { type Column, copyMessages, namesOf } from './column.ts';
import { type SqlQuery, statement } from './sql.ts';

const TABLE = /^[a-z_]{1,40}\.[a-z_]{1,40}$/;

/**
 * Writes rows that are not there yet, by COPY; for `later`. PostgreSQL fills page after page and logs each once, where an
 * `insert` does both row by row; one row costs no more than by an `insert`. A row that is there already fails the
 * transaction. Not for tables with row-level security: PostgreSQL refuses to COPY into them.
 */
export function appendRows<Row>(
  table: string,
  rows: readonly Row[],
  columns: readonly Column<Row>[],
): SqlQuery {
  if (!TABLE.test(table)) throw new Error('not a name of a table');
  const text = `copy ${table} (${namesOf(columns)}) from stdin (format binary)`;
  return statement(text, [], copyMessages(rows, columns));
}
