import { buildWorld, type SetClock } from './build.ts';
import type { Ledger } from './caller.ts';
import { judge } from './checker/judge.ts';
import { copyOf, type Evidence, isPlant, plant } from './checker/plant.ts';
import { readAll, settle } from './checker/readings.ts';
import {
  DIFFERENCE_KINDS,
  type DifferenceKind,
  INSIDE_DIFFERENCE_KINDS,
  type Verdict,
} from './checker/verdict.ts';
import { figuresOf } from './checker/verifications.ts';
import { runVirtually } from './engine.ts';
import { outsideOf, outsidersFor, planOutside } from './outside/plan.ts';
import { merchantsFor, planWorld, type WorldPlan } from './plan.ts';
import { ownStage, type Stage, stageAt } from './stage.ts';
import type { World } from './world.ts';

export type LifeOptions = {
  readonly mode: 'virtual' | 'fast';
  readonly seed: number;
  readonly parcels: number;
  readonly days: number;
  /** Stories of shipments outside the network's lines; by default three for ten parcels. */
  readonly outside?: number | undefined;
  readonly dataFolder: string | undefined;
  readonly plant: string | undefined;
  readonly json: boolean;
  say(line: string): void;
};

/** A Monday, in the past of every machine: the same seed has the same weekdays wherever it runs. */
export const VIRTUAL_START = Date.parse('2026-03-02T00:00:00Z');

/** Acts at once: virtual leaves room for others on the machine, fast takes what the server gives. */
const AT_ONCE = { virtual: 6, fast: 16 } as const;

export type Life = {
  readonly world: World;
  readonly plan: WorldPlan;
  readonly evidence: Evidence;
  readonly verdict: Verdict;
  readonly failures: readonly string[];
  readonly ledger: Ledger;
  readonly actedMs: number;
};

/** From the opening to the last parcel's end, then the checker's look at it. */
export async function liveOnce(
  stage: Stage,
  options: Pick<LifeOptions, 'mode' | 'seed' | 'parcels' | 'days' | 'outside' | 'say'>,
): Promise<Life> {
  const { seed, parcels, days, mode, say } = options;
  const ledger: Ledger = new Map();
  const { outside } = options;
  const merchants = merchantsFor(parcels);
  // The usual share is played by the merchants who are there: its worlds are what they were.
  const outsiders = outside === undefined ? 0 : outsidersFor(outside, merchants);
  const plan = planWorld({ seed, parcels, days, start: VIRTUAL_START, merchants, outsiders });
  const stories = planOutside(seed, outside ?? outsideOf(parcels), plan, plan.merchants);
  const { world, clock } = await buildWorld(stage, plan, stories, ledger);
  say(
    `Open: ${plan.merchants.length} merchants, ${world.parties.carriers.size} carriers, ${plan.orders.length} orders, ${stories.length} stories outside.`,
  );
  ledger.clear();
  const began = performance.now();
  const failures: string[] = [];
  const pace = {
    atOnce: AT_ONCE[mode],
    onFailure: (what: string, error: unknown) => {
      failures.push(`${what}: ${explain(error)}`);
      // At once: hours may pass before the end, and nobody may wait for it.
      if (failures.length <= 20) say(`FAILED ${failures.at(-1)}`);
    },
  };
  try {
    await runVirtually(world, { set: (at) => setAndSay(clock, world, at, say) }, pace);
    const requests: Ledger = structuredClone(ledger);
    await settle(world);
    const actedMs = performance.now() - began;
    const readings = await readAll(world);
    const evidence = { truth: world.truth, readings };
    const verdict = judge(world.truth, readings, plan.merchants, plan.start);
    return { world, plan, evidence, verdict, failures, ledger: requests, actedMs };
  } finally {
    // Open receivers would keep the program alive after a world that broke off.
    await world.receivers?.stop();
  }
}

/** A line for each day of the world that has passed. */
async function setAndSay(
  clock: SetClock,
  world: World,
  at: number,
  say: (line: string) => void,
): Promise<void> {
  const before = Math.floor(clock.now / 86_400_000);
  await clock.set(at);
  if (Math.floor(at / 86_400_000) === before) return;
  const { counts } = world;
  say(
    `${new Date(at).toISOString().slice(0, 10)}  ${counts.get('parcels') ?? 0} sent, ${counts.get('delivered') ?? 0} delivered, ${counts.get('failures') ?? 0} failures`,
  );
}

function explain(error: unknown): string {
  const fields = (error as { errors?: unknown }).errors;
  const detail = Array.isArray(fields) && fields.length > 0 ? ` ${JSON.stringify(fields)}` : '';
  return `${error instanceof Error ? error.message : String(error)}${detail}`;
}

export async function liveThrough(options: LifeOptions): Promise<number> {
  const planted = plantsOf(options.plant, options.outside !== 0);
  const stage = options.dataFolder === undefined ? await ownStage() : stageAt(options.dataFolder);
  try {
    const life = await liveOnce(stage, options);
    tell(life, options);
    const missed = planted.filter((kind) => !isFound(life, kind));
    if (planted.length > 0)
      options.say(
        `Planted ${planted.length}, found ${planted.length - missed.length}${missed.length > 0 ? `; missed ${missed.join(', ')}` : ''}.`,
      );
    return life.failures.length + life.verdict.differences.length + missed.length === 0 ? 0 : 1;
  } finally {
    await stage.stop();
  }
}

function plantsOf(text: string | undefined, hasOutside: boolean): readonly DifferenceKind[] {
  if (text === undefined) return [];
  if (text === 'all') return hasOutside ? DIFFERENCE_KINDS : INSIDE_DIFFERENCE_KINDS;
  if (!isPlant(text)) throw new TypeError(`--plant is all or one of ${DIFFERENCE_KINDS.join(', ')}`);
  return [text];
}

/** Falsifies a copy and judges it: the difference has to be among those that are found. */
export function isFound({ evidence, plan }: Pick<Life, 'evidence' | 'plan'>, kind: DifferenceKind): boolean {
  const falsified = copyOf(evidence);
  plant(kind, falsified);
  const { differences } = judge(falsified.truth, falsified.readings, plan.merchants, plan.start);
  return differences.some((one) => one.kind === kind);
}

function tell(life: Life, { say, mode, seed, json }: LifeOptions): void {
  const { verdict, failures, ledger, actedMs, world } = life;
  for (const one of verdict.differences.slice(0, 40))
    say(`DIFFERS ${one.kind} ${one.subject}: expected ${one.expected}, found ${one.found}`);
  const perHour = Math.round((verdict.parcels / actedMs) * 3_600_000);
  if (mode === 'fast') sayWhereTimeGoes(ledger, actedMs, say);
  sayOutside(life, say);
  const notes = [...world.counts]
    .filter(([name]) => name !== 'deeds')
    .map(([name, times]) => `${name} ${times}`);
  say(`Happened: ${notes.join(', ')}.`);
  say(
    `${verdict.parcels} parcels of ${verdict.orders} orders lived through in ${(actedMs / 1000).toFixed(1)} s (${perHour} an hour); checked ${verdict.milestones} milestones and ${verdict.transfers} transfers: ${verdict.differences.length} differences, ${failures.length} failures.`,
  );
  say(`Digest of seed ${seed}: ${verdict.digest}`);
  if (json)
    say(
      JSON.stringify({
        ...{ mode, seed, parcels: verdict.parcels, orders: verdict.orders, seconds: actedMs / 1000 },
        ...{ parcels_per_hour: perHour, digest: verdict.digest },
        ...{ differences: verdict.differences.length, failures: failures.length },
      }),
    );
}

/** How each way of shipping outside fared before the rules of the network. */
function sayOutside({ evidence }: Life, say: (line: string) => void): void {
  const figures = figuresOf(evidence.truth, evidence.readings);
  if (figures.length === 0) return;
  const sum = (isCheat: boolean, what: 'claims' | 'lapsed' | 'suspected' | 'confirmed' | 'revoked') =>
    figures.filter((one) => one.isCheat === isCheat).reduce((total, one) => total + one[what], 0);
  say(`  ${'way'.padEnd(28)} declared suspected confirmed  revoked   lapsed`);
  for (const one of figures)
    say(
      `  ${(one.isCheat ? `cheat ${one.way}` : one.way).padEnd(28)}${columns(one.claims, one.suspected, one.confirmed, one.revoked, one.lapsed)}`,
    );
  const share = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(2)} %`;
  const [honest, cheats] = [sum(false, 'claims'), sum(true, 'claims')];
  say(
    `Of ${honest} honest declarations ${share(sum(false, 'suspected'), honest)} were suspected and ${share(sum(false, 'confirmed') + sum(false, 'revoked'), honest)} confirmed; of ${cheats} false ones ${share(sum(true, 'suspected'), cheats)} and ${share(sum(true, 'confirmed'), cheats)}. Suspended merchants could not carry out ${sum(true, 'lapsed')} false and ${sum(false, 'lapsed')} honest ones.`,
  );
}

const columns = (...figures: number[]) => figures.map((figure) => String(figure).padStart(9)).join('');

/** Time that callers waited, by request; several wait at once, so that the sum is more than the time that passed. */
function sayWhereTimeGoes(ledger: Ledger, actedMs: number, say: (line: string) => void): void {
  const rows = [...ledger].sort(([, a], [, b]) => b.millis - a.millis);
  const sum = rows.reduce((total, [, row]) => total + row.millis, 0);
  const requests = rows.reduce((total, [, row]) => total + row.requests, 0);
  say(`${requests} requests, ${Math.round(requests / (actedMs / 1000))} a second. Waiting by request:`);
  for (const [name, row] of rows.slice(0, 16))
    say(
      `  ${((100 * row.millis) / sum).toFixed(1).padStart(5)} %  ${String(row.requests).padStart(7)} x ${(row.millis / row.requests).toFixed(1).padStart(6)} ms  ${name}`,
    );
}
