import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type DemoPerson = { readonly email: string; readonly password: string; readonly role: string };

/** A server for the world to live on. */
export type Stage = {
  readonly baseUrl: string;
  /** Of the operator of the test world: the one key that a world needs; all others it mints by it. */
  readonly operatorKey: string;
  /** Organisations of the test world that the demo opened: their people log in to look. */
  readonly organisationIds?: readonly string[];
  /** People of the demo who log in with a password. */
  readonly people?: readonly DemoPerson[];
  /** Does the server send webhooks to this machine? */
  readonly mayCallBack: boolean;
  /** Done when everything that follows has followed; where that cannot be called, the page of health is asked. */
  readonly settle?: () => Promise<void>;
  stop(): Promise<void>;
};

const SERVER = fileURLToPath(new URL('../server/main.ts', import.meta.url));

/** The key of a server that runs already, from the demo.json in its data folder. */
export function stageAt(dataFolder: string): Stage {
  const demo = JSON.parse(readFileSync(join(dataFolder, 'demo.json'), 'utf8')) as {
    base_url: string;
    keys: { test: Record<string, string> };
    organisations: { test: Record<string, string> };
    log_ins: readonly DemoPerson[];
  };
  const operatorKey = demo.keys.test.operator;
  if (operatorKey === undefined) throw new Error(`${dataFolder}/demo.json has no operator of the test world`);
  return {
    baseUrl: demo.base_url,
    operatorKey,
    organisationIds: Object.values(demo.organisations.test),
    people: demo.log_ins,
    mayCallBack: false,
    stop: async () => undefined,
  };
}

/** A whole server of its own on a folder that is thrown away: started as a program, spoken to over HTTP. */
export async function ownStage(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'postroad-world-'));
  // The embedded PostgreSQL may run as another account, which has to pass through.
  chmodSync(folder, 0o711);
  const data = join(folder, 'data');
  const child = spawn(process.execPath, [SERVER, 'up', '--demo'], {
    env: {
      ...process.env,
      POSTROAD_DATA: data,
      POSTROAD_DEMO_WORLD: 'off',
      POSTROAD_WEBHOOK_LOOPBACK: '1',
      POSTROAD_RATE_PER_MINUTE: '1000000000',
      POSTROAD_RATE_BURST: '1000000000',
      POSTROAD_TRUSTED_PROXIES: '127.0.0.1',
      POSTROAD_LOG: process.env.POSTROAD_LOG ?? 'error',
      PORT: '0',
      // Under npm a server ends with npm's shell; this one ends with us.
      npm_lifecycle_event: undefined,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      printed = (printed + chunk.toString('utf8')).slice(-20_000);
    });
  const ended = once(child, 'close');
  const stop = async () => {
    if (child.exitCode === null) child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  while (!printed.includes('is ready')) {
    const isOver = await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 50))]);
    if (isOver !== undefined) {
      rmSync(folder, { recursive: true, force: true });
      throw new Error(`the server did not start: ${printed}`);
    }
  }
  process.once('exit', () => child.kill('SIGTERM'));
  return { ...stageAt(data), mayCallBack: true, stop };
}
