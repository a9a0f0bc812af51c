import { spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';

/**
 * What the operating system says about one living process. `startedAs` changes when the number is given to another
 * process; `workingFolder` is known on Linux only, and only for processes we may look into.
 */
export type ProcessSight = {
  readonly commandLine: string;
  readonly workingFolder: string | undefined;
  readonly startedAs: string | undefined;
};

/** Whether the system knows a process of this number, running or a zombie, ours or not. */
export function isKnownNumber(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (cause) {
    // EPERM: it is there, and belongs to somebody else.
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether a process with this id runs. A zombie (dead, not yet collected by its parent) does not. */
export function isRunning(processId: number): boolean {
  if (!isKnownNumber(processId)) return false;
  const stat = linuxStat(processId);
  return stat === undefined || !['Z', 'X'].includes(stat.state);
}

/** Looks at a process; `undefined` when it is gone or hidden from us. */
export function lookAt(processId: number): ProcessSight | undefined {
  if (!isRunning(processId)) return undefined;
  if (process.platform === 'linux') return lookInProc(processId);
  if (process.platform === 'win32') {
    const ask = `$p = Get-CimInstance Win32_Process -Filter 'ProcessId=${processId}'; "$($p.CreationDate.Ticks)|$($p.CommandLine)"`;
    return parseListing(
      runListing('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', ask]),
      '|',
    );
  }
  return parseListing(
    runListing('ps', ['-ww', '-o', 'lstart=,command=', '-p', String(processId)]),
    undefined,
  );
}

/** Whether the process is a PostgreSQL postmaster at work on `clusterFolder` (a real path without symbolic links). */
export function isPostmasterOf(sight: ProcessSight, clusterFolder: string): boolean {
  const isPostgres = /(^|[\\/\s"])postgres(\.exe)?["\s]/i.test(`${sight.commandLine} `);
  // A postmaster changes into its data folder: the kernel's word, also after the folder was renamed.
  if (sight.workingFolder !== undefined) return isPostgres && sight.workingFolder === clusterFolder;
  return isPostgres && sight.commandLine.includes(clusterFolder);
}

function lookInProc(processId: number): ProcessSight | undefined {
  try {
    const commandLine = readFileSync(`/proc/${processId}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return {
      commandLine,
      workingFolder: linuxWorkingFolder(processId),
      startedAs: linuxStat(processId)?.started,
    };
  } catch {
    return undefined;
  }
}

function linuxWorkingFolder(processId: number): string | undefined {
  try {
    return path.normalize(readlinkSync(`/proc/${processId}/cwd`));
  } catch {
    return undefined;
  }
}

function linuxStat(processId: number): { state: string; started: string } | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const text = readFileSync(`/proc/${processId}/stat`, 'utf8');
    // proc(5): the name in brackets may hold anything; state is the field after it, start time the 20th from there.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', started: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}

function runListing(command: string, args: string[]): string {
  const answer = spawnSync(command, args, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
  return answer.status === 0 ? answer.stdout.trim() : '';
}

function parseListing(listing: string, separator: string | undefined): ProcessSight | undefined {
  if (listing === '') return undefined;
  // `ps -o lstart=` writes 24 characters: "Sun Nov 22 03:41:16 2026".
  const cut = separator === undefined ? 24 : listing.indexOf(separator);
  const startedAs = listing.slice(0, cut).trim();
  const commandLine = listing.slice(cut + (separator?.length ?? 0)).trim();
  return { commandLine, workingFolder: undefined, startedAs };
}
