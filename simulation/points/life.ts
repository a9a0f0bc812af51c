import type { Ledger } from '../caller.ts';
import type { Stage } from '../stage.ts';
import { runAtPoints, untilQuiet } from './engine.ts';
import { openPointWorld } from './opening.ts';
import { planPoints } from './plan.ts';
import type { PointWorld } from './world.ts';

const DAY = 86_400_000;

export type PointLifeSize = {
  readonly mode: 'virtual' | 'fast';
  readonly seed: number;
  readonly points: number;
  readonly perDay: number;
  readonly days: number;
  readonly isEven?: boolean;
};
/** A Monday, in the past of every machine. */
export const POINT_START = Date.parse('2026-03-02T00:00:00Z');
const AT_ONCE = { virtual: 6, fast: 16 } as const;

export type PointLife = {
  readonly world: PointWorld;
  readonly failures: readonly string[];
  readonly ledger: Ledger;
  readonly actedMs: number;
};

/** From the opening to the end of the last parcel, and the payment of the weeks. */
export async function liveAtPoints(
  stage: Stage,
  size: PointLifeSize,
  say: (line: string) => void,
): Promise<PointLife> {
  const ledger: Ledger = new Map();
  const plan = planPoints({ ...size, start: POINT_START });
  const world = await openPointWorld(stage, plan, ledger);
  say(
    `Open: ${plan.points.length} points of ${plan.networks.length} networks, ${plan.parcels.length} parcels, ${plan.returns.length} returns, ${plan.mailings.length} mailings.`,
  );
  for (const { index, at } of plan.parcels)
    world.queue.push({ kind: 'waiting', step: 'reserve', index, at: at + 3_600_000 });
  for (const { index, at } of plan.returns)
    world.queue.push({ kind: 'return', step: 'apply', index, at: at + 3_600_000 });
  for (const { index, at } of plan.mailings)
    world.queue.push({ kind: 'mailing', step: 'order', index, at: at + 3_600_000 });
  for (const { index, outage } of plan.points)
    if (outage !== undefined)
      world.queue.push({ kind: 'device', step: 'cut', point: index, at: outage.from });
  // The longest stay is sixteen days; the week after it closes on a Monday.
  const weeks = Math.ceil((size.days + 18) / 7);
  world.queue.push({ kind: 'payday', at: POINT_START + weeks * 7 * DAY + DAY / 2 });
  ledger.clear();
  const began = performance.now();
  const failures: string[] = [];
  await runAtPoints(world, {
    atOnce: AT_ONCE[size.mode],
    onFailure: (what, error) => {
      failures.push(`${what}: ${explain(error)}`);
      // At once: hours may pass before the end, and nobody may wait for it.
      if (failures.length <= 20) say(`FAILED ${failures.at(-1)}`);
    },
    onDay: (day) => say(`${day}  ${[...world.counts].map(([name, times]) => `${name} ${times}`).join(', ')}`),
  });
  await untilQuiet(world);
  return { world, failures, ledger: structuredClone(ledger), actedMs: performance.now() - began };
}

function explain(error: unknown): string {
  const fields = (error as { errors?: unknown }).errors;
  const detail = Array.isArray(fields) && fields.length > 0 ? ` ${JSON.stringify(fields)}` : '';
  return `${error instanceof Error ? error.message : String(error)}${detail}`;
}
