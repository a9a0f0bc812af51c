import { newTraffic, type Traffic } from './caller.ts';
import { judge } from './checker.ts';
import type { Journal } from './journal.ts';
import { planKills } from './kill-plan.ts';
import type { Order } from './orders.ts';
import { seeded } from './random.ts';
import { replay } from './replay.ts';
import { type ServerOptions, startServerProcess, type VerifiedLine } from './server-process.ts';
import { setStage } from './stage.ts';
import type { Verdict } from './verdict.ts';

export type RehearsalOptions = ServerOptions & {
  readonly orders: readonly Order[];
  readonly kills: number;
  readonly seed: number;
  readonly say: (line: string) => void;
};
export type Rehearsal = {
  readonly journal: Journal;
  readonly verdict: Verdict;
  readonly verified: readonly VerifiedLine[];
  readonly traffic: Traffic;
  readonly kills: number;
  readonly complaints: readonly string[];
  readonly seconds: Readonly<Record<'stage' | 'replay' | 'check', number>>;
  /** Everything that must not be; empty when all holds. */
  readonly breaks: readonly string[];
};

const PROGRESS_MS = 10_000;

/** Start, stage, replay with kills, check, stop: one whole run on a folder of its own. */
export async function rehearse(options: RehearsalOptions): Promise<Rehearsal> {
  const { say, orders } = options;
  const server = await startServerProcess(options);
  let isClean = false;
  try {
    const traffic = newTraffic();
    const marks = [performance.now()];
    const stage = await setStage(server, server.demo(), orders, traffic);
    say(`  ${stage.merchants.size} merchants opened and funded`);
    marks.push(performance.now());
    const kills = planKills(server, options.kills, seeded(options.seed), say);
    const progress = createProgress(say);
    const journal = await replay({
      address: server,
      stage,
      orders,
      traffic,
      onEvent: (done, total, atMs) => {
        kills.onEvent(done, total);
        progress(done, total, atMs);
      },
    });
    const killed = await kills.finished();
    marks.push(performance.now());
    say('  checking');
    const verdict = await judge(server, journal);
    const verified = await server.verify();
    marks.push(performance.now());
    const complaints = server.complaints();
    const breaks = [
      ...verdict.breaks,
      ...traffic.serverErrors.map((text) => `no 5xx: ${text}`),
      ...verified.lines.flatMap((line) => line.broken.map((text) => `verify, ${line.check}: ${text}`)),
      ...(verified.code === 0 ? [] : [`verify ended with ${verified.code}`]),
      ...(killed === options.kills ? [] : [`${killed} kills instead of ${options.kills}`]),
    ];
    isClean = breaks.length === 0;
    const seconds = (from: number) => ((marks[from + 1] ?? 0) - (marks[from] ?? 0)) / 1000;
    return {
      journal,
      verdict,
      verified: verified.lines,
      traffic,
      kills: killed,
      complaints,
      seconds: { stage: seconds(0), replay: seconds(1), check: seconds(2) },
      breaks,
    };
  } finally {
    await server.stop();
    if (isClean) server.removeFolder();
    else say(`  kept for looking: ${server.folder}`);
  }
}

function createProgress(say: (line: string) => void) {
  let toldAt = performance.now();
  const began = toldAt;
  return (done: number, total: number, atMs: number) => {
    const now = performance.now();
    if (now - toldAt < PROGRESS_MS) return;
    toldAt = now;
    const rate = (done / (now - began)) * 1000;
    const left = Math.round((total - done) / rate);
    say(
      `  ${done} of ${total} events, ${new Date(atMs).toISOString().slice(0, 10)}, ${rate.toFixed(0)}/s, ${left} s left`,
    );
  };
}
