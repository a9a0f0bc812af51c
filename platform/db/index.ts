export { appendRows } from './append.ts';
export { type Column, unnestRows } from './column.ts';
export {
  type Database,
  type DatabaseOptions,
  inScope,
  instantText,
  isDatabaseUnavailable,
  keepPlans,
  openDatabase,
  type Queryable,
  type Scope,
  sqlState,
  type Transaction,
  uuidDigits,
} from './database.ts';
export { type Gather, openGather } from './gather.ts';
export { type Migration, type MigrationReport, migrate, readMigrations } from './migrate.ts';
export { isOneOf, joinSql, planAnew, type SqlQuery, sql, statementName } from './sql.ts';
