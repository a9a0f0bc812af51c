export { checkDurability, type DurabilityFinding, type RowQuery } from './durability.ts';
export { type EmbeddedPostgres, type EmbeddedPostgresOptions, startEmbeddedPostgres } from './embedded.ts';
export { DataFolderInUseError, EmbeddedPostgresError } from './errors.ts';
export { type PostgresSettings, THROWAWAY_SETTINGS } from './settings.ts';
