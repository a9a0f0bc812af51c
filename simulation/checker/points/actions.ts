import type { PointTruth, TruthAction } from '../../points/truth.ts';
import type { PointReadings } from './read.ts';
import { differAt, type PointDifference } from './verdict.ts';

/**
 * What a device recorded without a network happened: it stands on record once, at its own time with what the device's clock
 * said beside it, or a person was asked. The second telling of it changed nothing. What was taken back stands so, also where
 * that was told before it.
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
      const steps = recordsOf(truth, readings, action);
      const isNothing = action.expects === 'nothing_to_undo';
      const count = isNothing ? 1 : steps.length;
      return [
        ...differAt('action_outcome', name, answerTo(action), first),
        ...differAt(
          'action_outcome',
          `${name} again`,
          isDone ? 'already' : `already ${action.expects}`,
          again,
        ),
        ...(count === 0 ? differAt('action_lost', name, 1, 0) : []),
        ...(count > 1 ? differAt('action_twice', name, 1, count) : []),
        ...steps.flatMap(({ at, saidAt = at }) => differAt('action_time', name, action.said, saidAt)),
        ...differAt('conflict_unseen', name, isDone ? undefined : action.expects, conflict?.conflict),
        ...(conflict === undefined ? [] : differAt('conflict_unseen', name, true, conflict.isLookedAt)),
      ];
    }),
  ];
}

/** An undo that came before its act waits, and is applied when that comes. */
function answerTo({ expects, isEarly }: TruthAction): string {
  if (isEarly === true) return 'conflict act_missing';
  return expects === 'done' ? 'done' : `conflict ${expects}`;
}

const FACTS = { store: 'stored', hand_out: 'handed_out', wrong_code: 'code_wrong' } as const;

function recordsOf({ waiting }: PointTruth, { steps }: PointReadings, action: TruthAction) {
  const fact = action.kind === 'undo' ? action.undone : FACTS[action.kind];
  const own = steps.get(waiting.get(action.parcel)?.id ?? '') ?? [];
  return own.filter(
    (step) => step.fact === fact && step.deviceId === action.deviceId && step.at === action.at,
  );
}
