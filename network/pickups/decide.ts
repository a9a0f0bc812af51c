import { accepted, type Outcome, refused } from '../kernel/index.ts';
import {
  ATTEMPTS_ALLOWED,
  type Canceller,
  type CourierId,
  type FailureReason,
  type PickupErrorCode,
  type PickupState,
  type ReassignReason,
  type RefusalReason,
  WRONG_TRIES_ALLOWED,
} from './model.ts';

/** What decisions are made of: the part of a pickup that moves. */
export type Progress = {
  readonly state: PickupState;
  readonly courierId: CourierId | undefined;
  readonly attempts: number;
  readonly wrongTries: number;
  readonly reason: string | undefined;
  readonly cancelledBy: Canceller | undefined;
};

export type PickupCommand =
  | { readonly kind: 'assign'; readonly courierId: CourierId; readonly reason: ReassignReason }
  | { readonly kind: 'accept' }
  | { readonly kind: 'set_out' }
  | { readonly kind: 'try_code'; readonly isRight: boolean }
  | { readonly kind: 'renew_code' }
  | { readonly kind: 'collect'; readonly collected: number }
  | { readonly kind: 'hand_over' }
  | { readonly kind: 'fail'; readonly reason: FailureReason }
  | { readonly kind: 'refuse'; readonly reason: RefusalReason }
  | { readonly kind: 'reschedule' }
  | { readonly kind: 'cancel'; readonly by: Canceller; readonly reason: string };

export type PickupFact =
  | { readonly kind: 'assigned'; readonly courierId: CourierId }
  | { readonly kind: 'reassigned'; readonly courierId: CourierId; readonly reason: ReassignReason }
  | { readonly kind: 'accepted' }
  | { readonly kind: 'set_out' }
  | { readonly kind: 'code_verified' }
  | { readonly kind: 'code_wrong' }
  | { readonly kind: 'code_locked' }
  | { readonly kind: 'code_renewed' }
  | { readonly kind: 'collected' }
  | { readonly kind: 'handed_over' }
  | { readonly kind: 'failed'; readonly reason: FailureReason }
  | { readonly kind: 'refused'; readonly reason: RefusalReason }
  | { readonly kind: 'rescheduled' }
  | { readonly kind: 'cancelled'; readonly by: Canceller; readonly reason: string };

const BEFORE_DOOR: readonly PickupState[] = ['placed', 'assigned', 'accepted', 'on_the_way'];
const ASSIGNED: readonly PickupState[] = ['assigned', 'accepted', 'on_the_way'];

/** Who may call a visit off until when. Source for `user`: Guoguo cancels before a courier set out (domain 5.2). */
const CANCELLABLE: Readonly<Record<Canceller, readonly PickupState[]>> = {
  user: ['placed', 'assigned', 'accepted', 'failed'],
  carrier: [...BEFORE_DOOR, 'code_verified', 'failed'],
  platform: [...BEFORE_DOOR, 'code_verified', 'failed'],
};

/** Command -> states it may start from. The decision table of this module; its test walks it whole. */
const ALLOWED: Readonly<Record<Exclude<PickupCommand['kind'], 'cancel'>, readonly PickupState[]>> = {
  assign: ['placed', ...ASSIGNED],
  accept: ['assigned'],
  set_out: ['accepted'],
  try_code: ['on_the_way'],
  renew_code: BEFORE_DOOR,
  collect: ['code_verified'],
  hand_over: ['collected'],
  fail: [...BEFORE_DOOR, 'code_verified'],
  refuse: ['on_the_way', 'code_verified'],
  // Not while the courier is at or before the door: he would find nobody.
  reschedule: ['placed', 'assigned', 'accepted', 'failed'],
};

type Refusal = 'pickup_state_conflict' | 'pickup_code_locked' | 'pickup_nothing_collected';

/**
 * The facts that follow, in order, or a refusal. A wrong code is a fact, not a refusal: it must be counted also when
 * the answer to the courier is one.
 */
export function decide(
  progress: Progress,
  command: PickupCommand,
): Outcome<readonly PickupFact[], Refusal & PickupErrorCode> {
  const from = command.kind === 'cancel' ? CANCELLABLE[command.by] : ALLOWED[command.kind];
  if (!from.includes(progress.state)) {
    return refused(
      'pickup_state_conflict',
      `The pickup is ${progress.state}; ${command.kind.replaceAll('_', ' ')} needs ${from.join(' or ')}.`,
    );
  }
  switch (command.kind) {
    case 'assign':
      return accepted(assignment(progress, command));
    case 'accept':
      return accepted([{ kind: 'accepted' }]);
    case 'set_out':
      return accepted([{ kind: 'set_out' }]);
    case 'try_code':
      return tryCode(progress, command.isRight);
    case 'renew_code':
      return accepted([{ kind: 'code_renewed' }]);
    case 'collect':
      return command.collected === 0
        ? refused('pickup_nothing_collected', '')
        : accepted([{ kind: 'collected' }]);
    case 'hand_over':
      return accepted([{ kind: 'handed_over' }]);
    case 'fail':
      return accepted(failure(progress, command.reason));
    case 'refuse':
      return accepted([{ kind: 'refused', reason: command.reason }]);
    case 'reschedule':
      return accepted([{ kind: 'rescheduled' }]);
    case 'cancel':
      return accepted([{ kind: 'cancelled', by: command.by, reason: command.reason }]);
  }
}

function assignment(progress: Progress, command: PickupCommand & { kind: 'assign' }): readonly PickupFact[] {
  const { courierId, reason } = command;
  if (progress.courierId === undefined) return [{ kind: 'assigned', courierId }];
  return progress.courierId === courierId ? [] : [{ kind: 'reassigned', courierId, reason }];
}

function tryCode(progress: Progress, isRight: boolean): Outcome<readonly PickupFact[], 'pickup_code_locked'> {
  if (progress.wrongTries >= WRONG_TRIES_ALLOWED) return refused('pickup_code_locked', '');
  if (isRight) return accepted([{ kind: 'code_verified' }]);
  return accepted(
    progress.wrongTries + 1 >= WRONG_TRIES_ALLOWED
      ? [{ kind: 'code_wrong' }, { kind: 'code_locked' }]
      : [{ kind: 'code_wrong' }],
  );
}

function failure(progress: Progress, reason: FailureReason): readonly PickupFact[] {
  const failed: PickupFact = { kind: 'failed', reason };
  if (progress.attempts + 1 < ATTEMPTS_ALLOWED) return [failed];
  return [failed, { kind: 'cancelled', by: 'platform', reason: 'attempts_exhausted' }];
}

export function evolve(progress: Progress, fact: PickupFact): Progress {
  switch (fact.kind) {
    case 'assigned':
      return { ...progress, state: 'assigned', courierId: fact.courierId };
    case 'reassigned':
      return { ...progress, state: 'assigned', courierId: fact.courierId, reason: fact.reason };
    case 'accepted':
      return { ...progress, state: 'accepted' };
    case 'set_out':
      return { ...progress, state: 'on_the_way' };
    case 'code_verified':
      return { ...progress, state: 'code_verified' };
    case 'code_wrong':
      return { ...progress, wrongTries: progress.wrongTries + 1 };
    case 'code_locked':
      return progress;
    case 'code_renewed':
      return { ...progress, wrongTries: 0 };
    case 'collected':
      return { ...progress, state: 'collected', reason: undefined };
    case 'handed_over':
      return { ...progress, state: 'handed_over' };
    case 'failed':
      return { ...progress, state: 'failed', attempts: progress.attempts + 1, reason: fact.reason };
    case 'refused':
      return { ...progress, state: 'refused', reason: fact.reason };
    case 'rescheduled':
      return { ...progress, state: 'placed', courierId: undefined, wrongTries: 0, reason: undefined };
    case 'cancelled':
      return { ...progress, state: 'cancelled', cancelledBy: fact.by, reason: fact.reason };
  }
}
