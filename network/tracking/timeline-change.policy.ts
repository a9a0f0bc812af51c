import type { Milestone, ReachedMilestone, Timeline } from './model.ts';
import type { OfficialTimeline } from './parcel.ts';

export type NewMilestone = ReachedMilestone & { readonly way: 'out' | 'back'; readonly synthetic: boolean };

/** What is new in a timeline for those who follow it. */
export type TimelineChange = {
  readonly reached: readonly NewMilestone[];
  /** The official state differs, or a milestone moved or fell. */
  readonly revised: boolean;
  readonly restated: readonly Milestone[];
  readonly withdrawn: readonly Milestone[];
};

type Ways = Pick<Timeline, 'milestones' | 'returnMilestones'>;

/** Compares what was official with what is. A milestone is new when its name is, on its way out or back. */
export function changeOf(before: OfficialTimeline, after: Timeline): TimelineChange {
  const known = milestonesByKey(before);
  const now = milestonesByKey(after);
  const reached: NewMilestone[] = [];
  const restated: Milestone[] = [];
  const synthetic = new Map(after.entries.map((entry) => [entry.scanId, entry.synthetic]));
  for (const [key, milestone] of now) {
    const earlier = known.get(key);
    if (earlier === undefined) {
      const way = key.startsWith('back') ? 'back' : 'out';
      reached.push({ ...milestone, way, synthetic: synthetic.get(milestone.scanId) ?? false });
    } else if (earlier.occurredAt !== milestone.occurredAt) restated.push(milestone.name);
  }
  const withdrawn = [...known].filter(([key]) => !now.has(key)).map(([, milestone]) => milestone.name);
  const revised = stateOf(before) !== stateOf(after) || restated.length > 0 || withdrawn.length > 0;
  return { reached, revised, restated, withdrawn };
}

function milestonesByKey(timeline: Ways): Map<string, ReachedMilestone> {
  return new Map([
    ...timeline.milestones.map((reached) => [`out ${reached.name}`, reached] as const),
    ...timeline.returnMilestones.map((reached) => [`back ${reached.name}`, reached] as const),
  ]);
}

function stateOf(timeline: OfficialTimeline): string {
  const { status, substatus, leg, terminal, actionRequired, deliveredAt } = timeline;
  return JSON.stringify([
    status,
    substatus ?? null,
    leg ?? null,
    terminal,
    actionRequired,
    deliveredAt ?? null,
  ]);
}
