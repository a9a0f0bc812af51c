import { spawn, spawnSync } from 'node:child_process';
import type { Account } from './owned-files.ts';

/** Of our own environment PostgreSQL sees these only: PGHOST, PGDATA, LC_*, TZ of a shell must not decide anything. */
const PASSED_ON = ['PATH', 'TMPDIR', 'TEMP', 'TMP', 'SYSTEMROOT', 'SYSTEMDRIVE', 'COMSPEC', 'PATHEXT'];

/** The environment of every PostgreSQL process that we start. */
export function cleanEnvironment(environment: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([name]) => PASSED_ON.includes(name.toUpperCase()));
  return { ...Object.fromEntries(kept), LC_ALL: 'C', TZ: 'UTC' };
}

/** Spawn options shared by all: the root folder as working folder, because the caller's may be closed to `account`. */
export function spawnBasics(account: Account | undefined) {
  const cwd = process.platform === 'win32' ? undefined : '/';
  return { env: cleanEnvironment(), ...(cwd === undefined ? {} : { cwd }), ...account, windowsHide: true };
}

/** Runs a program to its end; the answer holds what it wrote to either stream. */
export function runProgram(
  program: string,
  args: readonly string[],
  account: Account | undefined,
): Promise<{ readonly exitCode: number | undefined; readonly output: string }> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { ...spawnBasics(account), stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString('utf8');
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (error) => resolve({ exitCode: undefined, output: `${output}${error.message}` }));
    child.on('close', (code) => resolve({ exitCode: code ?? undefined, output: output.trim() }));
  });
}

/**
 * Whether `account` may enter the folder. Asked of the kernel, because permission bits alone do not tell about access
 * lists, mounts and network file systems.
 */
export function canEnter(folder: string, account: Account): boolean {
  const args = ['-c', 'cd -- "$1"', 'sh', folder];
  return spawnSync('/bin/sh', args, { ...spawnBasics(account), stdio: 'ignore' }).status === 0;
}
