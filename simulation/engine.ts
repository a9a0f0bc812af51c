import type { Act } from './acts.ts';
import { makeUpBags, openBag } from './bags.ts';
import { HOUR } from './calendar.ts';
import { eachOf } from './caller.ts';
import { acknowledge, forge, sendScans } from './carriers.ts';
import { book, endAtDepot, leaveDepot, remit, reportDoors, visit } from './couriers.ts';
import { sendDamaged, sendDomestic } from './damaged-scans.ts';
import { answerStop, askStop, withdrawStop } from './interceptions.ts';
import { buy, cancel, declare, print } from './merchants.ts';
import type { OutsideAct } from './outside/acts.ts';
import { look } from './outside/look.ts';
import { playOutside, tellOutside } from './outside/play.ts';
import { workInWarehouse } from './warehouses.ts';
import { count, orderOf, type Queued, truthOf, type World } from './world.ts';

type Of<Kind extends Act['kind']> = Extract<Act, { kind: Kind }>;

export type Pace = {
  /** Acts of different parties that are under way at the same time. */
  readonly atOnce: number;
  /** Told of every act that failed; throws to end the world. */
  onFailure(what: string, error: unknown): void;
  /** What is under way when it is aborted is done; everything else waits for another day. */
  readonly ending?: AbortSignal;
};

/** The test world's clock, set by the operator. */
export type VirtualClock = { set(at: number): Promise<void> };

/** Steps of the virtual clock: what happens inside one is told at its end. Never longer than a pickup window. */
export const TICK = HOUR;

/** Goes from event to event, hours in which nothing happens are skipped, until nothing is left or `until` is reached. */
export async function runVirtually(
  world: World,
  clock: VirtualClock,
  pace: Pace,
  until = Number.POSITIVE_INFINITY,
): Promise<void> {
  for (;;) {
    const next = world.queue.nextAt();
    if (next === undefined || next > until || pace.ending?.aborted) return;
    const at = Math.min(Math.ceil(next / TICK) * TICK, until);
    await clock.set(at);
    await actUntil(world, at, pace);
  }
}

/**
 * Does everything that is due. What one order does keeps its order in time; what is told together (a carrier's scans,
 * the lists of a morning) is told together; everything else happens side by side.
 */
export async function actUntil(world: World, at: number, pace: Pace): Promise<void> {
  while (!pace.ending?.aborted) {
    const due = world.queue.takeUntil(at);
    if (due.length === 0) return;
    for (const round of rounds(due)) await playRound(world, round, pace);
  }
}

/** Cuts what is due into rounds in which nobody acts twice. */
function rounds(due: readonly Queued[]): Queued[][] {
  const depths = new Map<string | number, number>();
  const result: Queued[][] = [];
  for (const act of due) {
    const who = whoActs(act);
    const depth = depths.get(who) ?? 0;
    depths.set(who, depth + 1);
    const round = result[depth] ?? [];
    round.push(act);
    result[depth] = round;
  }
  return result;
}

function whoActs(act: Queued): string | number {
  if ('visit' in act) return act.visit;
  if ('look' in act) return 'look';
  return 'story' in act ? `story ${act.story}` : act.order;
}

type Task = { readonly what: string; readonly acts: readonly Queued[]; run(): Promise<void> };

async function playRound(world: World, acts: readonly Queued[], pace: Pace): Promise<void> {
  const tasks: Task[] = [];
  const together = new Map<string, Act[]>();
  const outside = new Map<string, OutsideAct[]>();
  const looks: Task[] = [];
  for (const act of acts) {
    if ('visit' in act) {
      tasks.push({ what: `${act.step} of visit ${act.visit}`, acts: [act], run: () => visit(world, act) });
      continue;
    }
    if ('look' in act) {
      looks.push({ what: `look ${act.look}`, acts: [act], run: () => look(world) });
      continue;
    }
    if ('story' in act) {
      if (act.kind === 'see') outside.set(act.reporter, [...(outside.get(act.reporter) ?? []), act]);
      else
        tasks.push({
          what: `${act.kind} of story ${act.story}`,
          acts: [act],
          run: () => playOutside(world, act),
        });
      continue;
    }
    const key = gatheringOf(world, act);
    if (key === undefined)
      tasks.push({ what: `${act.kind} of order ${act.order}`, acts: [act], run: () => play(world, act) });
    else together.set(key, [...(together.get(key) ?? []), act]);
  }
  for (const [key, gathered] of together)
    tasks.push({
      what: `${key} (${gathered.length})`,
      acts: gathered,
      run: () => playTogether(world, gathered),
    });
  for (const [reporter, seen] of outside)
    tasks.push({
      what: `scans outside of ${reporter} (${seen.length})`,
      acts: seen,
      run: () => tellOutside(world, reporter, seen),
    });
  const run = async (task: Task) => {
    if (pace.ending?.aborted) {
      for (const act of task.acts) world.queue.push(act);
      return;
    }
    try {
      await task.run();
    } catch (error) {
      count(world, 'failures');
      pace.onFailure(task.what, error);
    }
  };
  await eachOf(tasks, pace.atOnce, run);
  // People look at their lists when everything of the round has happened.
  await eachOf(looks, 1, run);
}

/** What is told or done together with others of the same name. */
function gatheringOf(world: World, act: Act): string | undefined {
  switch (act.kind) {
    case 'scan':
      return `scans of ${act.carrier}`;
    case 'book':
      return `visit at ${orderOf(world, act.order).merchant.index} by ${truthOf(world, act.order).carrierCode} ${act.at}`;
    case 'garble':
      return `damaged scans of ${act.carrier}`;
    case 'domestic':
      return `domestic scans of ${act.carrier}`;
    case 'bag':
      return `bags of ${orderOf(world, act.order).merchant.index} ${act.at}`;
    case 'out':
      return `lists of ${truthOf(world, act.order).carrierCode} ${act.at}`;
    case 'remit':
      return `cash of ${truthOf(world, act.order).carrierCode}`;
    case 'door':
      return `doors of ${truthOf(world, act.order).carrierCode}`;
    default:
      return undefined;
  }
}

async function playTogether(world: World, acts: readonly Act[]): Promise<void> {
  const [first] = acts;
  if (first === undefined) return;
  const carrier = truthOf(world, first.order).carrierCode ?? '';
  switch (first.kind) {
    case 'scan':
      return sendScans(world, first.carrier, acts as readonly Of<'scan'>[]);
    case 'book':
      return book(world, acts as readonly Of<'book'>[]);
    case 'garble':
      return sendDamaged(world, first.carrier, acts as readonly Of<'garble'>[]);
    case 'domestic':
      return sendDomestic(world, first.carrier, acts as readonly Of<'domestic'>[]);
    case 'bag':
      return makeUpBags(world, acts as readonly Of<'bag'>[]);
    case 'out':
      return leaveDepot(world, carrier, acts as readonly Of<'out'>[]);
    case 'remit':
      return remit(world, carrier, acts as readonly Of<'remit'>[]);
    default:
      return reportDoors(world, carrier, acts as readonly Of<'door'>[]);
  }
}

async function play(world: World, act: Act): Promise<void> {
  switch (act.kind) {
    case 'buy':
      return buy(world, act);
    case 'acknowledge':
      return acknowledge(world, act);
    case 'print':
      return print(world, act);
    case 'cancel':
      return cancel(world, act);
    case 'declare':
      return declare(world, act);
    case 'forge':
      return forge(world, act);
    case 'open_bag':
      return openBag(world, act);
    case 'ask_stop':
      return askStop(world, act);
    case 'answer_stop':
      return answerStop(world, act);
    case 'withdraw_stop':
      return withdrawStop(world, act);
    case 'unreported':
      // It happened, and nobody was told.
      return count(world, 'unreported scans');
    case 'complete_return':
    case 'dispose':
      return endAtDepot(world, act);
    case 'inbound':
    case 'reject':
    case 'outbound':
    case 'fail_outbound':
    case 'dispatch':
    case 'return_early':
      return workInWarehouse(world, act);
    default:
      throw new Error(`${act.kind} is done together with others`);
  }
}
