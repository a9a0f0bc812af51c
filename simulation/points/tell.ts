import type { PointEvidence } from '../checker/points/evidence.ts';
import { judgePoints } from '../checker/points/judge.ts';
import { isPointPlant, planted } from '../checker/points/plant.ts';
import { readPoints } from '../checker/points/read.ts';
import {
  POINT_DIFFERENCE_KINDS,
  type PointDifferenceKind,
  type PointVerdict,
} from '../checker/points/verdict.ts';
import { ownStage, stageAt } from '../stage.ts';
import { liveAtPoints, type PointLife, type PointLifeSize } from './life.ts';

export type PointOptions = PointLifeSize & {
  readonly dataFolder: string | undefined;
  readonly plant: string | undefined;
  readonly json: boolean;
  say(line: string): void;
};

/** Lives through it, reads everything, and says what differs. Answers 1 when something does. */
export async function livePointsThrough(options: PointOptions): Promise<number> {
  const { say } = options;
  const plants = plantsOf(options.plant);
  const stage = options.dataFolder === undefined ? await ownStage() : stageAt(options.dataFolder);
  try {
    const life = await liveAtPoints(stage, options, say);
    const { world } = life;
    const evidence: PointEvidence = { world, truth: world.truth, readings: await readPoints(world) };
    const verdict = judgePoints(evidence);
    tell(life, verdict, options);
    const missed = plants.filter((kind) => !isPointPlantFound(evidence, kind));
    if (plants.length > 0)
      say(
        `Planted ${plants.length}, found ${plants.length - missed.length}${missed.length > 0 ? `; missed ${missed.join(', ')}` : ''}.`,
      );
    return life.failures.length + verdict.differences.length + missed.length === 0 ? 0 : 1;
  } finally {
    await stage.stop();
  }
}

function plantsOf(text: string | undefined): readonly PointDifferenceKind[] {
  if (text === undefined) return [];
  if (text === 'all') return POINT_DIFFERENCE_KINDS;
  if (!isPointPlant(text))
    throw new TypeError(`--plant is all or one of ${POINT_DIFFERENCE_KINDS.join(', ')}`);
  return [text];
}

export function isPointPlantFound(evidence: PointEvidence, kind: PointDifferenceKind): boolean {
  return judgePoints(planted(evidence, kind)).differences.some((one) => one.kind === kind);
}

function tell(life: PointLife, verdict: PointVerdict, { say, mode, seed, json }: PointOptions): void {
  const { failures, ledger, actedMs, world } = life;
  for (const one of verdict.differences.slice(0, 40))
    say(`DIFFERS ${one.kind} ${one.subject}: expected ${one.expected}, found ${one.found}`);
  const requests = [...ledger.values()].reduce((sum, row) => sum + row.requests, 0);
  const perHour = Math.round(((verdict.parcels + verdict.returns) / actedMs) * 3_600_000);
  if (mode === 'fast')
    for (const [name, row] of [...ledger].sort(([, a], [, b]) => b.millis - a.millis).slice(0, 14))
      say(
        `  ${String(row.requests).padStart(7)} x ${(row.millis / row.requests).toFixed(1).padStart(6)} ms  ${name}`,
      );
  say(`Happened: ${[...world.counts].map(([name, times]) => `${name} ${times}`).join(', ')}.`);
  say(
    `${world.truth.unserved} demands found no point with room; ${world.truth.withoutConsent.refused} of ${world.truth.withoutConsent.tried} attempts without a consent were refused.`,
  );
  say(
    `${verdict.parcels} parcels, ${verdict.returns} returns and ${verdict.mailings} mailings lived through in ${(actedMs / 1000).toFixed(1)} s (${perHour} an hour, ${Math.round(requests / (actedMs / 1000))} requests a second); checked ${verdict.places} places held, ${verdict.codes} codes, ${verdict.actions} actions of devices and ${verdict.lines} lines of statements: ${verdict.differences.length} differences, ${failures.length} failures.`,
  );
  if (json)
    say(
      JSON.stringify({
        ...{ mode, seed, parcels: verdict.parcels, returns: verdict.returns, seconds: actedMs / 1000 },
        ...{ per_hour: perHour, differences: verdict.differences.length, failures: failures.length },
      }),
    );
}
