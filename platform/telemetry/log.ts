import pino from 'pino';

/**
 * Logs by allow-list: only these fields leave the program, so that no name, address or body can slip in.
 * Text values are cut at 300 characters.
 */
const ALLOWED = [
  'operation',
  'method',
  'status',
  'durationMs',
  'requestId',
  'callerId',
  'organisationId',
  'world',
  'reaction',
  'job',
  'errorName',
  'errorCode',
  'errorStack',
  'port',
  'url',
  'version',
  'dataFolder',
  'count',
  'role',
  'migration',
  'dead',
  'finding',
  'processId',
  'consumer',
  'endpointId',
  'segmentId',
  'detail',
] as const;
type Field = (typeof ALLOWED)[number];
export type LogFields = Partial<Readonly<Record<Field, string | number | boolean | undefined>>>;

export type Log = {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
};

export function createLog(options: {
  readonly level: 'info' | 'warn' | 'error' | 'silent';
  readonly write?: (line: string) => void;
}): Log {
  const stream = options.write === undefined ? pino.destination(2) : { write: options.write };
  const logger = pino(
    { level: options.level, base: null, timestamp: pino.stdTimeFunctions.isoTime, messageKey: 'event' },
    stream,
  );
  return {
    info: (event, fields) => {
      if (logger.isLevelEnabled('info')) logger.info(allowed(fields), event);
    },
    warn: (event, fields) => logger.warn(allowed(fields), event),
    error: (event, fields) => logger.error(allowed(fields), event),
  };
}

function allowed(fields: LogFields | undefined): Record<string, unknown> {
  const picked: Record<string, unknown> = {};
  for (const name of ALLOWED) {
    const value = fields?.[name];
    if (value !== undefined) picked[name] = typeof value === 'string' ? value.slice(0, 300) : value;
  }
  return picked;
}

/**
 * What of an error may be logged: its class, its SQLSTATE or system code, and the places in our code. Not its
 * message: PostgreSQL and libraries quote values in theirs.
 */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { errorName: typeof error };
  const code = (error as { code?: unknown }).code;
  // The message stands in the stack, and a message may hold lines that look like places.
  const places = (error.stack ?? '')
    .replace(error.message, '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 6);
  return {
    errorName: error.name,
    errorCode: typeof code === 'string' && /^\w{1,40}$/.test(code) ? code : undefined,
    errorStack: places
      .map((line) =>
        line.trim().replace(/\(?file:\/\/.*?\/(network|platform|server|connectors|node_modules)\//, '($1/'),
      )
      .join(' < '),
  };
}
