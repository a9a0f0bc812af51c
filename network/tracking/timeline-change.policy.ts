import type { OfficialTimeline } from './fold.ts';
import type { Milestone, ReachedMilestone, TimelineEntry } from './model.ts';

export type NewMilestone = ReachedMilestone & { readonly way: 'out' | 'back'; readonly synthetic: boolean };

/** What is new in a timeline for those who follow it. */
export type TimelineChange = {
  readonly reached: readonly NewMilestone[];
  /** The official state differs, or a milestone moved or fell. */
  readonly revised: boolean;
  readonly restated: readonly Milestone[];
  readonly withdrawn: readonly Milestone[];
  /** Nothing of it is another. */
  readonly unchanged: boolean;
};

/**
 * Compares what was official with what is. A milestone is new when its name is, on its way out or back. `entries`: at
 * least those of the scans that were added.
 */
export function changeOf(
  before: OfficialTimeline,
  after: OfficialTimeline,
  entries: readonly Pick<TimelineEntry, 'scanId' | 'synthetic'>[],
): TimelineChange {
  const reached: NewMilestone[] = [];
  const restated: Milestone[] = [];
  const withdrawn: Milestone[] = [];
  const compare = (
    way: NewMilestone['way'],
    was: readonly ReachedMilestone[],
    is: readonly ReachedMilestone[],
  ) => {
    for (const milestone of is) {
      const earlier = was.find(({ name }) => name === milestone.name);
      if (earlier === undefined) {
        const synthetic = entries.find(({ scanId }) => scanId === milestone.scanId)?.synthetic ?? false;
        reached.push({ ...milestone, way, synthetic });
      } else if (earlier.occurredAt !== milestone.occurredAt) restated.push(milestone.name);
    }
    for (const { name } of was) if (!is.some((one) => one.name === name)) withdrawn.push(name);
  };
  compare('out', before.milestones, after.milestones);
  compare('back', before.returnMilestones, after.returnMilestones);
  const revised = !isSameState(before, after) || restated.length > 0 || withdrawn.length > 0;
  const unchanged = !revised && reached.length === 0 && isSameJson(before, after);
  return { reached, revised, restated, withdrawn, unchanged };
}

/** Of plain JSON; an absent field is as one that is undefined. */
function isSameJson(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const [mine, theirs] = [one as Record<string, unknown>, other as Record<string, unknown>];
  for (const name in mine) if (!isSameJson(mine[name], theirs[name])) return false;
  for (const name in theirs) if (theirs[name] !== undefined && mine[name] === undefined) return false;
  return true;
}

function isSameState(one: OfficialTimeline, other: OfficialTimeline): boolean {
  return (
    one.status === other.status &&
    one.substatus === other.substatus &&
    one.leg === other.leg &&
    one.terminal === other.terminal &&
    one.actionRequired === other.actionRequired &&
    one.deliveredAt === other.deliveredAt
  );
}
