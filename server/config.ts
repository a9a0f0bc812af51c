import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { STREAM_LIMITS } from '../platform/http/index.ts';

export type ServerConfig = {
  /** URL of the live world's database; undefined: the embedded PostgreSQL. */
  readonly databaseUrl: string | undefined;
  readonly testDatabaseUrl: string | undefined;
  readonly dataFolder: string;
  /** Key-encryption key of the vault in base64; undefined: the key file in the data folder. */
  readonly vaultKey: string | undefined;
  readonly host: string;
  readonly port: number;
  /** A second door over HTTPS on all addresses, for phones; undefined: none. */
  readonly httpsPort: number | undefined;
  /** `all` in one process; `api` answers, `worker` runs the relay and jobs. */
  readonly role: 'all' | 'api' | 'worker';
  /** Proxies in front of this server, by address or CIDR range: only what they forward says who calls. */
  readonly trustedProxies: readonly string[];
  /** The host of the address that browsers know this server by, where a proxy in front rewrites `Host`. */
  readonly publicHost: string | undefined;
  readonly ratePerMinute: number;
  readonly rateBurst: number;
  /** Streams of server-sent events that one caller may have open, and that this process takes in all. */
  readonly streamsPerCaller: number;
  readonly streamsInAll: number;
  /** Webhooks may go to this machine, over http too: for development and tests, never where strangers have keys. */
  readonly webhookLoopback: boolean;
  /** The demo lives: a simulated world moves in the test world. */
  readonly demoWorld: boolean;
  readonly logLevel: 'info' | 'warn' | 'error' | 'silent';
};

/** Reads the environment. Throws an Error that names the variable when a value makes no sense. */
export function configFrom(
  env: Readonly<Record<string, string | undefined>>,
  overrides: Partial<ServerConfig> = {},
): ServerConfig {
  const config: ServerConfig = {
    databaseUrl: env.DATABASE_URL || undefined,
    testDatabaseUrl: env.TEST_DATABASE_URL || undefined,
    vaultKey: env.POSTROAD_VAULT_KEY || undefined,
    dataFolder: resolve(env.POSTROAD_DATA ?? '.postroad'),
    host: env.HOST ?? '127.0.0.1',
    port: wholeNumber(env.PORT, 'PORT', 8080, 0, 65_535),
    httpsPort:
      (env.POSTROAD_HTTPS_PORT ?? '') === ''
        ? undefined
        : wholeNumber(env.POSTROAD_HTTPS_PORT, 'POSTROAD_HTTPS_PORT', 8443, 0, 65_535),
    role: oneOf(env.POSTROAD_ROLE, 'POSTROAD_ROLE', ['all', 'api', 'worker'], 'all'),
    trustedProxies: proxiesFrom(env.POSTROAD_TRUSTED_PROXIES, 'POSTROAD_TRUSTED_PROXIES'),
    publicHost: publicHostFrom(env.POSTROAD_PUBLIC_URL, 'POSTROAD_PUBLIC_URL'),
    ratePerMinute: wholeNumber(env.POSTROAD_RATE_PER_MINUTE, 'POSTROAD_RATE_PER_MINUTE', 6_000, 1, 1e9),
    rateBurst: wholeNumber(env.POSTROAD_RATE_BURST, 'POSTROAD_RATE_BURST', 1_000, 1, 1e9),
    streamsPerCaller: wholeNumber(
      env.POSTROAD_STREAMS_PER_CALLER,
      'POSTROAD_STREAMS_PER_CALLER',
      STREAM_LIMITS.perCaller,
      1,
      1e6,
    ),
    streamsInAll: wholeNumber(
      env.POSTROAD_STREAMS_IN_ALL,
      'POSTROAD_STREAMS_IN_ALL',
      STREAM_LIMITS.inAll,
      1,
      1e6,
    ),
    webhookLoopback:
      oneOf(env.POSTROAD_WEBHOOK_LOOPBACK, 'POSTROAD_WEBHOOK_LOOPBACK', ['0', '1'], '0') === '1',
    demoWorld: oneOf(env.POSTROAD_DEMO_WORLD, 'POSTROAD_DEMO_WORLD', ['on', 'off'], 'on') === 'on',
    logLevel: oneOf(env.POSTROAD_LOG, 'POSTROAD_LOG', ['info', 'warn', 'error', 'silent'], 'warn'),
  };
  return { ...config, ...overrides };
}

/** A range that holds half of all addresses or more is nobody's proxies: then every caller could name his own. */
const WIDEST = { 4: 8, 6: 16 } as const;

function proxiesFrom(text: string | undefined, name: string): readonly string[] {
  const proxies = (text ?? '').split(',').map((one) => one.trim());
  const stated = proxies.filter((one) => one !== '');
  for (const proxy of stated) {
    const [address = '', length, ...surplus] = proxy.split('/');
    const family = isIP(address);
    const bits = family === 6 ? 128 : 32;
    const isRange =
      length === undefined ||
      (/^\d{1,3}$/.test(length) && Number(length) <= bits && Number(length) >= WIDEST[family === 6 ? 6 : 4]);
    if (family === 0 || surplus.length > 0 || !isRange)
      throw new Error(
        `${name} lists addresses or CIDR ranges of proxies, and ${proxy} is none that may be trusted`,
      );
  }
  return stated;
}

function publicHostFrom(text: string | undefined, name: string): string | undefined {
  if (text === undefined || text === '') return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isOrigin =
    url !== undefined && /^https?:$/.test(url.protocol) && text.replace(/\/$/, '') === url.origin;
  if (!isOrigin) throw new Error(`${name} is an address such as https://post.example, not ${text}`);
  return url.host;
}

function wholeNumber(
  text: string | undefined,
  name: string,
  otherwise: number,
  min: number,
  max: number,
): number {
  if (text === undefined || text === '') return otherwise;
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max)
    throw new Error(`${name} is a whole number from ${min} to ${max}, not ${text}`);
  return value;
}

function oneOf<T extends string>(
  text: string | undefined,
  name: string,
  allowed: readonly T[],
  otherwise: T,
): T {
  if (text === undefined || text === '') return otherwise;
  const found = allowed.find((value) => value === text);
  if (found === undefined) throw new Error(`${name} is one of ${allowed.join(', ')}, not ${text}`);
  return found;
}

/** The test world's database beside the live one: same server, name with `_test` behind it. */
export function testDatabaseUrlOf(liveUrl: string): string {
  const url = new URL(liveUrl);
  url.pathname = `${url.pathname === '/' || url.pathname === '' ? '/postroad' : url.pathname}_test`;
  return url.toString();
}
