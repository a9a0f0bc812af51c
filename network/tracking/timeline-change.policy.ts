import type { OfficialTimeline } from './fold.ts';
import type { Milestone, ReachedMilestone, Scan } from './model.ts';

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
 * Compares what was official with what is. A milestone is new when its name is, on its way out or back. `scans`: at
 * least those that were added.
 */
export function changeOf(
  before: OfficialTimeline,
  after: OfficialTimeline,
  scans: readonly Pick<Scan, 'id' | 'synthetic'>[],
): TimelineChange {
  const reached: NewMilestone[] = [];
  const restated: Milestone[] = [];
  const withdrawn: Milestone[] = [];
  for (const way of ['out', 'back'] as const) {
    const was = way === 'out' ? before.milestones : before.returnMilestones;
    const is = way === 'out' ? after.milestones : after.returnMilestones;
    if (was === is) continue;
    for (const milestone of is) {
      const earlier = was.find(({ name }) => name === milestone.name);
      if (earlier === undefined) {
        const synthetic = scans.find(({ id }) => id === milestone.scanId)?.synthetic ?? false;
        const { name, occurredAt, scanId } = milestone;
        reached.push({ name, occurredAt, scanId, way, synthetic });
      } else if (earlier.occurredAt !== milestone.occurredAt) restated.push(milestone.name);
    }
    for (const { name } of was) if (!is.some((one) => one.name === name)) withdrawn.push(name);
  }
  const revised = !isSameState(before, after) || restated.length > 0 || withdrawn.length > 0;
  const unchanged = !revised && reached.length === 0 && isSameBeside(before, after);
  return { reached, revised, restated, withdrawn, unchanged };
}

function isSameList<Item>(
  one: readonly Item[],
  other: readonly Item[],
  isSameItem: (one: Item, other: Item) => boolean,
): boolean {
  return (
    one === other ||
    (one.length === other.length && one.every((item, index) => isSameItem(item, other[index] as Item)))
  );
}

const isEqual = (one: unknown, other: unknown) => one === other;

const isSameMilestone = (one: ReachedMilestone, other: ReachedMilestone) =>
  one === other ||
  (one.name === other.name && one.occurredAt === other.occurredAt && one.scanId === other.scanId);

/** Of timelines in the same state: what it leaves out. */
function isSameBeside(one: OfficialTimeline, other: OfficialTimeline): boolean {
  return (
    one.firstScanAt === other.firstScanAt &&
    one.attempts === other.attempts &&
    isSameList(one.milestones, other.milestones, isSameMilestone) &&
    isSameList(one.returnMilestones, other.returnMilestones, isSameMilestone) &&
    isSameList(one.flags, other.flags, isEqual)
  );
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
