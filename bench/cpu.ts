import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks of /proc: USER_HZ is 100 on every Linux that Node runs on. Source: proc_pid_stat(5), sysconf(3). */
const TICK_MS = 10;

type Stat = {
  readonly processId: number;
  readonly parentId: number;
  readonly ownMs: number;
  /** Of children that have ended and were waited for. */
  readonly endedChildrenMs: number;
};

/** CPU since the start of each process, user and system, in milliseconds. */
export type CpuMs = { readonly node: number; readonly postgres: number };

/** Undefined: the process is gone. Fields are counted behind the command's closing bracket, which may hold spaces. */
function statOf(processId: number | string): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${processId}/stat`, 'latin1');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const field = (number: number) => Number(fields[number - 3]);
    return {
      processId: Number(processId),
      parentId: field(4),
      ownMs: (field(14) + field(15)) * TICK_MS,
      endedChildrenMs: (field(16) + field(17)) * TICK_MS,
    };
  } catch {
    return undefined;
  }
}

/** The postmaster and its backends and workers. */
export function postgresProcesses(postmasterId: number): number[] {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(statOf)
    .filter((stat) => stat?.parentId === postmasterId)
    .map((stat) => stat?.processId ?? 0);
  return [postmasterId, ...children];
}

/** All threads of the Node process; the postmaster, its live children and those that ended. */
export function cpuOf(nodeId: number, postmasterId: number): CpuMs {
  const postmaster = statOf(postmasterId);
  if (postmaster === undefined) throw new Error('PostgreSQL is gone');
  const live = postgresProcesses(postmasterId).map((id) => statOf(id)?.ownMs ?? 0);
  return {
    node: statOf(nodeId)?.ownMs ?? 0,
    postgres: live.reduce((sum, ms) => sum + ms, postmaster.endedChildrenMs),
  };
}

/** One process with all its threads, since its start. */
export const processCpuMs = (processId: number): number => statOf(processId)?.ownMs ?? 0;

export function cpuBetween(before: CpuMs, after: CpuMs): CpuMs {
  return { node: after.node - before.node, postgres: after.postgres - before.postgres };
}

export type MemoryKb = { readonly rss: number; readonly pss: number | undefined };

/** Resident memory; shared pages count in each process for RSS, once in all for PSS. */
export function memoryOf(processIds: readonly number[]): MemoryKb {
  let rss = 0;
  let pss: number | undefined = 0;
  for (const id of processIds) {
    rss += lineOf(`/proc/${id}/status`, 'VmRSS') ?? 0;
    const part = lineOf(`/proc/${id}/smaps_rollup`, 'Pss');
    pss = part === undefined || pss === undefined ? undefined : pss + part;
  }
  return { rss, pss };
}

function lineOf(path: string, name: string): number | undefined {
  try {
    const found = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readFileSync(path, 'latin1'));
    return found?.[1] === undefined ? undefined : Number(found[1]);
  } catch {
    return undefined;
  }
}
