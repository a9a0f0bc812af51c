import type { OfficialTimeline } from './fold.ts';
import type { ReachedMilestone } from './model.ts';

type Mutable<T> = { -readonly [Field in keyof T]: T[Field] };

/** Each milestone's name, instant and scan, one behind the other. */
type PackedMilestones = readonly ReachedMilestone[keyof ReachedMilestone][];

type Packed = readonly [
  status: OfficialTimeline['status'],
  substatus: OfficialTimeline['substatus'] | null,
  leg: OfficialTimeline['leg'] | null,
  terminal: 0 | 1,
  actionRequired: OfficialTimeline['actionRequired'],
  milestones: PackedMilestones,
  returnMilestones: PackedMilestones,
  firstScanAt: OfficialTimeline['firstScanAt'] | null,
  deliveredAt: OfficialTimeline['deliveredAt'] | null,
  attempts: number,
  flags: OfficialTimeline['flags'],
];

/**
 * An official timeline as it is stored, as JSON: a list, half as long as the object, and no names to look up. Every scan reads
 * one, and half of all write one.
 */
export function packTimeline(timeline: OfficialTimeline): Packed {
  const { status, substatus = null, leg = null, terminal, actionRequired } = timeline;
  const { milestones, returnMilestones, firstScanAt = null, deliveredAt = null, attempts, flags } = timeline;
  return [
    ...([status, substatus, leg, terminal ? 1 : 0, actionRequired] as const),
    ...([packed(milestones), packed(returnMilestones), firstScanAt, deliveredAt, attempts, flags] as const),
  ];
}

/** Of an earlier version it is the object itself. `stored`: what PostgreSQL has, read as JSON. */
export function unpackTimeline(stored: unknown): OfficialTimeline {
  if (!Array.isArray(stored)) return stored as OfficialTimeline;
  const [status, substatus, leg, terminal, actionRequired, out, back, first, delivered, attempts, flags] =
    stored as unknown as Packed;
  const timeline: Mutable<OfficialTimeline> = {
    status,
    terminal: terminal === 1,
    actionRequired,
    milestones: unpacked(out),
    returnMilestones: unpacked(back),
    attempts,
    flags,
  };
  if (substatus !== null && substatus !== undefined) timeline.substatus = substatus;
  if (leg !== null && leg !== undefined) timeline.leg = leg;
  if (first !== null && first !== undefined) timeline.firstScanAt = first;
  if (delivered !== null && delivered !== undefined) timeline.deliveredAt = delivered;
  return timeline;
}

function packed(milestones: readonly ReachedMilestone[]): PackedMilestones {
  const list: ReachedMilestone[keyof ReachedMilestone][] = [];
  for (const { name, occurredAt, scanId } of milestones) list.push(name, occurredAt, scanId);
  return list;
}

function unpacked(list: PackedMilestones): ReachedMilestone[] {
  const milestones: ReachedMilestone[] = [];
  for (let at = 0; at < list.length; at += 3)
    milestones.push({
      name: list[at] as ReachedMilestone['name'],
      occurredAt: list[at + 1] as ReachedMilestone['occurredAt'],
      scanId: list[at + 2] as ReachedMilestone['scanId'],
    });
  return milestones;
}
