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
  const compare = (
    way: NewMilestone['way'],
    was: readonly ReachedMilestone[],
    is: readonly ReachedMilestone[],
  ) => {
    for (const milestone of is) {
      const earlier = was.find(({ name }) => name === milestone.name);
      if (earlier === undefined) {
        const synthetic = scans.find(({ id }) => id === milestone.scanId)?.synthetic ?? false;
        const { name, occurredAt, scanId } = milestone;
        reached.push({ name, occurredAt, scanId, way, synthetic });
      } else if (earlier.occurredAt !== milestone.occurredAt) restated.push(milestone.name);
    }
    for (const { name } of was) if (!is.some((one) => one.name === name)) withdrawn.push(name);
  };
  compare('out', before.milestones, after.milestones);
  compare('back', before.returnMilestones, after.returnMilestones);
  const revised = !isSameState(before, after) || restated.length > 0 || withdrawn.length > 0;
  const unchanged = !revised && reached.length === 0 && isSame(before, after);
  return { reached, revised, restated, withdrawn, unchanged };
}

type Comparison<Value> = (one: Value, other: Value) => boolean;

const isEqual: Comparison<unknown> = (one, other) => one === other;

function isSameList<Item>(isSameItem: Comparison<Item>): Comparison<readonly Item[]> {
  return (one, other) =>
    one.length === other.length && one.every((item, index) => isSameItem(item, other[index] as Item));
}

const isSameMilestone: Comparison<ReachedMilestone> = (one, other) =>
  one === other ||
  (one.name === other.name && one.occurredAt === other.occurredAt && one.scanId === other.scanId);

/** Every field has its comparison, or this does not compile. */
const SAME: { readonly [Field in keyof OfficialTimeline]-?: Comparison<never> } = {
  status: isEqual,
  substatus: isEqual,
  leg: isEqual,
  terminal: isEqual,
  actionRequired: isEqual,
  milestones: isSameList(isSameMilestone),
  returnMilestones: isSameList(isSameMilestone),
  firstScanAt: isEqual,
  deliveredAt: isEqual,
  attempts: isEqual,
  flags: isSameList(isEqual),
};
const COMPARISONS = Object.entries(SAME) as [keyof OfficialTimeline, Comparison<unknown>][];

function isSame(one: OfficialTimeline, other: OfficialTimeline): boolean {
  return COMPARISONS.every(([field, compare]) => compare(one[field], other[field]));
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
