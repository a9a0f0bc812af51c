import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What other commands on this machine must know of a running server. Holds the database's password: mode 0600. */
export type RunFile = {
  readonly processId: number;
  readonly baseUrl: string;
  readonly liveUrl: string;
  readonly testUrl: string;
};

const pathOf = (dataFolder: string) => join(dataFolder, 'server.json');

/** Replaces a file in one step, readable by its owner only. */
export async function writePrivately(path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}.draft`;
  await rm(draft, { force: true });
  await writeFile(draft, text, { mode: 0o600, flag: 'wx' });
  await rename(draft, path);
}

export function writeRunFile(dataFolder: string, run: RunFile): Promise<void> {
  return writePrivately(pathOf(dataFolder), `${JSON.stringify(run, null, 2)}\n`);
}

export async function removeRunFile(dataFolder: string): Promise<void> {
  const known = await readRunFile(dataFolder);
  if (known === undefined || known.processId === process.pid) await rm(pathOf(dataFolder), { force: true });
}

/** The server that runs on this folder, or undefined; a file that a killed server left behind does not count. */
export async function findRunningServer(dataFolder: string): Promise<RunFile | undefined> {
  const known = await readRunFile(dataFolder);
  return known !== undefined && isAlive(known.processId) ? known : undefined;
}

async function readRunFile(dataFolder: string): Promise<RunFile | undefined> {
  try {
    const read: unknown = JSON.parse(await readFile(pathOf(dataFolder), 'utf8'));
    const run = read as Partial<RunFile> | null;
    return typeof run?.processId === 'number' && typeof run.liveUrl === 'string'
      ? (run as RunFile)
      : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
