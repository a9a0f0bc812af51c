import { setTimeout as sleep } from 'node:timers/promises';
import { cpuBetween, cpuOf, memoryOf, postgresProcesses } from './cpu.ts';
import { median, option, printLine, rounded } from './figures.ts';
import { openCluster, startProgram } from './stage.ts';

/*
 * What the program costs while nobody asks it for anything: memory of Node and of all PostgreSQL processes, and CPU.
 * The program is the one that `npm start` runs, on a fresh database, after a rest of 5 s. Five windows, the median
 * counts; the CPU is given as a share of one core.
 * Usage: node bench/idle.ts [--seconds 20] [--rounds 5]
 */
const seconds = option('seconds', 20);
const rounds = option('rounds', 5);

const cluster = await openCluster();
try {
  const program = await startProgram(cluster);
  try {
    await sleep(5_000);
    const cpu = { node: [] as number[], postgres: [] as number[] };
    for (let round = 0; round < rounds; round += 1) {
      const before = cpuOf(program.nodeId, cluster.postgres.processId);
      await sleep((seconds * 1000) / rounds);
      const used = cpuBetween(before, cpuOf(program.nodeId, cluster.postgres.processId));
      cpu.node.push((used.node * rounds) / (seconds * 10));
      cpu.postgres.push((used.postgres * rounds) / (seconds * 10));
    }
    const node = memoryOf([program.nodeId]);
    const postgres = memoryOf(postgresProcesses(cluster.postgres.processId));
    const mib = (kb: number | undefined) => (kb === undefined ? undefined : Math.round(kb / 1024));
    printLine({
      bench: 'idle',
      node: { rssMib: mib(node.rss), pssMib: mib(node.pss), cpuPercent: rounded(median(cpu.node)) },
      postgres: {
        rssMib: mib(postgres.rss),
        pssMib: mib(postgres.pss),
        cpuPercent: rounded(median(cpu.postgres)),
        processes: postgresProcesses(cluster.postgres.processId).length,
      },
      ratio: rounded((postgres.pss ?? postgres.rss) / (node.pss ?? node.rss)),
      seconds,
      seed: 0,
    });
  } finally {
    await program.stop();
  }
} finally {
  await cluster.stop();
}
