import type { PointTruth, TruthAction } from '../../points/truth.ts';
import type { PointReadings } from './read.ts';
import { differAt, type PointDifference } from './verdict.ts';

/**
 * What a device recorded without a network happened: it stands on record once, at its own time, or a person was asked.
 * The second telling of it changed nothing.
 */
export function judgeActions(truth: PointTruth, readings: PointReadings): PointDifference[] {
  const conflicts = new Map(readings.conflicts.map((one) => [`${one.deviceId} ${one.clientId}`, one]));
  const { tried, refused } = truth.leasedElsewhere;
  return [
    ...differAt('lease_broken', 'parcels that an absent device holds', tried, refused),
    ...truth.actions.flatMap((action) => {
      const name = `${action.deviceId} ${action.clientId}`;
      const [first = 'nothing', again = 'nothing'] = action.answers;
      const conflict = conflicts.get(name);
      const isDone = action.expects === 'done';
      const count = recordsOf(truth, readings, action);
      return [
        ...differAt('action_outcome', name, isDone ? 'done' : `conflict ${action.expects}`, first),
        ...differAt('action_outcome', `${name} again`, 'already', again.split(' ')[0]),
        ...(count === 0 ? differAt('action_lost', name, 1, 0) : []),
        ...(count > 1 ? differAt('action_twice', name, 1, count) : []),
        ...differAt('conflict_unseen', name, isDone ? undefined : action.expects, conflict?.conflict),
        ...(conflict === undefined ? [] : differAt('conflict_unseen', name, true, conflict.isLookedAt)),
      ];
    }),
  ];
}

function recordsOf({ waiting }: PointTruth, { steps }: PointReadings, action: TruthAction): number {
  const fact = action.kind === 'store' ? 'stored' : 'handed_out';
  const own = steps.get(waiting.get(action.parcel)?.id ?? '') ?? [];
  return own.filter(
    (step) => step.fact === fact && step.deviceId === action.deviceId && step.at === action.at,
  ).length;
}
