import { createHash } from 'node:crypto';
import { totalmem } from 'node:os';
import { EmbeddedPostgresError } from './errors.ts';

/** PostgreSQL settings by name, as they would stand in postgresql.conf. */
export type PostgresSettings = Readonly<Record<string, string>>;

const MIB = 1_048_576;

/**
 * PostgreSQL's manual (chapter 19.4) advises a quarter of the memory for a machine of its own; Node and the file cache
 * live on this one too. Memory is taken as pages are used. From PostgreSQL's default of 128 MB to 4 GB: our default.
 */
function sharedBuffers(memoryBytes: number): string {
  const megabytes = Math.floor(memoryBytes / MIB / 8);
  return `${Math.min(4_096, Math.max(128, megabytes))}MB`;
}

/**
 * What every embedded server runs with unless the caller says otherwise. The three durability settings are
 * PostgreSQL's own defaults, repeated so that an ALTER SYSTEM in an old data folder cannot weaken them unseen.
 * Planning with JIT costs more than it gives on the short statements of this product: our default.
 */
const USUAL_SETTINGS: PostgresSettings = {
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  jit: 'off',
  // Clusters of earlier versions have it malformed in postgresql.conf, which breaks every parallel query.
  default_text_search_config: 'pg_catalog.simple',
  shared_buffers: sharedBuffers(totalmem()),
  // Behind each checkpoint every page is logged whole once. PostgreSQL's default of 1 GB is filled by 150,000 scans; the
  // price of more is disk, and seconds of recovery after a crash. Our default.
  max_wal_size: '4GB',
  // Files of the log that are not needed are kept for the next rush up to this: to make one anew costs as much as to write it.
  // Our default, for 600,000 scans.
  min_wal_size: '1GB',
  // One log file per weekday, overwritten a week later: bounded without a log rotation outside. Our default.
  logging_collector: 'on',
  log_directory: 'log',
  log_filename: 'postgresql-%a.log',
  log_rotation_age: '1440',
  log_rotation_size: '0',
  log_truncate_on_rotation: 'on',
};

/**
 * For clusters that live as long as a test run: nothing survives a power cut, everything is faster.
 * Source: PostgreSQL 18 manual, chapter 14.5 "Non-Durable Settings". Never for data that somebody misses.
 */
export const THROWAWAY_SETTINGS: PostgresSettings = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  shared_buffers: '128MB',
  max_wal_size: '1GB',
  checkpoint_timeout: '1h',
  max_connections: '200',
  logging_collector: 'off',
};

/** The launcher answers for these: who may connect, where the data lies, and how a left-over server is recognised. */
const FIXED_NAMES = [
  'cluster_name',
  'config_file',
  'data_directory',
  'external_pid_file',
  'hba_file',
  'ident_file',
  'lc_messages',
  'listen_addresses',
  'log_timezone',
  'port',
  'timezone',
  'unix_socket_directories',
];

/** The usual settings with the caller's on top. @throws EmbeddedPostgresError for a name that is not a caller's to set */
export function completeSettings(wanted: PostgresSettings): PostgresSettings {
  for (const [name, value] of Object.entries(wanted)) {
    if (!/^[a-z_][a-z0-9_.]*$/.test(name) || FIXED_NAMES.includes(name)) {
      throw new EmbeddedPostgresError(
        `the PostgreSQL setting "${name}" cannot be given to the embedded server`,
      );
    }
    if (value.includes('\0')) {
      throw new EmbeddedPostgresError(`the PostgreSQL setting "${name}" holds a zero byte`);
    }
  }
  return { ...USUAL_SETTINGS, ...wanted };
}

/** Arguments of `postgres`: the command line wins over postgresql.conf and ALTER SYSTEM, so a start is repeatable. */
export function settingArguments(settings: PostgresSettings): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Equal for equal settings in any order: tells whether a left-over server runs with what is asked for now. */
export function settingsDigest(settings: PostgresSettings): string {
  const sorted = Object.entries(settings).sort(([left], [right]) => (left < right ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex');
}
