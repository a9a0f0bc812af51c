import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url));
const START_TIMEOUT_MS = 90_000;
/** What a process says when it answers: as a server, as a worker. */
const IS_UP = /is ready \(|worker runs \(/;

export type DemoKeys = {
  readonly base_url: string;
  readonly pid: number;
  readonly principals: readonly {
    readonly world: string;
    readonly organisation: string;
    readonly organisation_id: string;
    readonly role: string;
    readonly key: string;
  }[];
};

/** The platform as a child process on a folder of its own, that can be killed and comes back on the same data. */
export type ServerProcess = {
  /** Waits while the server is down. */
  baseUrl(): Promise<string>;
  demo(): DemoKeys;
  /** kill -9, then a new start on the same data. Resolves when it answers again. */
  killAndRestart(): Promise<void>;
  /** Stops it in order, lets `act` work on its data folder, and starts it again. */
  whileStopped(act: (dataFolder: string) => Promise<void>): Promise<void>;
  /** Runs `postroad verify` beside it. */
  verify(): Promise<{ code: number; lines: readonly VerifiedLine[] }>;
  /** What the processes have written to their error stream. */
  complaints(): string[];
  stop(): Promise<void>;
  readonly folder: string;
  removeFolder(): void;
};
export type VerifiedLine = {
  readonly world: string;
  readonly check: string;
  readonly checked: number;
  readonly broken: readonly string[];
};

export type ServerOptions = {
  /** The two databases to use instead of the embedded one: live, test. */
  readonly databaseUrl?: string | undefined;
  readonly testDatabaseUrl?: string | undefined;
  /** Which part of the platform this process is; default: all of it. */
  readonly role?: 'all' | 'api' | 'worker' | undefined;
  /** The folder of another process, whose keys it shares; default: one of its own. */
  readonly folder?: string | undefined;
};

export async function startServerProcess(options: ServerOptions = {}): Promise<ServerProcess> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'postroad-replay-'));
  // As root the embedded PostgreSQL runs as another account, who must be able to pass through.
  chmodSync(folder, 0o711);
  const dataFolder = join(folder, 'data');
  const environment = environmentOf(dataFolder, options);
  const errors = join(folder, `errors-${options.role ?? 'all'}.log`);
  const demo = () => JSON.parse(readFileSync(join(dataFolder, 'demo.json'), 'utf8')) as DemoKeys;
  let child: ChildProcess | undefined;
  let up: Promise<string>;

  async function start(): Promise<string> {
    const stream = openSync(errors, 'a');
    const started = spawn(process.execPath, [MAIN, 'up', '--demo'], {
      env: environment,
      stdio: ['ignore', 'pipe', stream],
    });
    closeSync(stream);
    child = started;
    let text = '';
    started.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
    });
    const deadline = performance.now() + START_TIMEOUT_MS;
    while (!IS_UP.test(text)) {
      if (started.exitCode !== null || performance.now() > deadline)
        throw new Error(`the server did not start: ${text}${readFileSync(errors, 'utf8').slice(-2000)}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return options.role === 'worker' ? '' : demo().base_url;
  }

  async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'close');
  }

  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  // An interrupted replay takes its server along.
  process.on('exit', () => child?.kill('SIGTERM'));
  up = start();
  await up.catch((error: unknown) => {
    removeFolder();
    throw error;
  });
  return {
    folder,
    demo,
    baseUrl: () => up,
    killAndRestart: async () => {
      await up;
      up = (async () => {
        await end('SIGKILL');
        return start();
      })();
      await up;
    },
    whileStopped: async (act) => {
      await up;
      up = (async () => {
        await end('SIGTERM');
        await act(dataFolder);
        return start();
      })();
      await up;
    },
    verify: () => verify(environment),
    complaints: () => readFileSync(errors, 'utf8').split('\n').filter(Boolean),
    stop: () => end('SIGTERM'),
    removeFolder,
  };
}

function environmentOf(dataFolder: string, options: ServerOptions): NodeJS.ProcessEnv {
  const { DATABASE_URL: _live, TEST_DATABASE_URL: _test, HOST: _host, ...rest } = process.env;
  return {
    ...rest,
    ...(options.databaseUrl === undefined ? {} : { DATABASE_URL: options.databaseUrl }),
    ...(options.testDatabaseUrl === undefined ? {} : { TEST_DATABASE_URL: options.testDatabaseUrl }),
    NODE_ENV: 'test',
    // The replay is the only one who sets the clock.
    POSTROAD_ROLE: options.role ?? 'all',
    POSTROAD_DEMO_WORLD: 'off',
    POSTROAD_DATA: dataFolder,
    POSTROAD_LOG: 'error',
    POSTROAD_RATE_PER_MINUTE: '1000000000',
    POSTROAD_RATE_BURST: '1000000000',
    PORT: '0',
  };
}

async function verify(environment: NodeJS.ProcessEnv) {
  const run = spawn(process.execPath, [MAIN, 'verify', '--json'], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  run.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8');
  });
  const [code] = (await once(run, 'close')) as [number | null];
  const lines = text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as VerifiedLine);
  return { code: code ?? 1, lines };
}
