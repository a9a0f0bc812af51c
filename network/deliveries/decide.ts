import { accepted, addDays, addMs, type Instant, msBetween, type Outcome, refused } from '../kernel/index.ts';
import {
  type AttemptReason,
  type Delivery,
  type DeliveryErrorCode,
  type DeliveryState,
  type SignKind,
  UNATTENDED,
  type Wish,
} from './model.ts';

const HOUR_MS = 3_600_000;
/** Source: draft of the express service standard, at least two free attempts, eight hours apart (domain reference 4.1). */
export const ATTEMPTS_ALLOWED = 2;
export const BETWEEN_ATTEMPTS_MS = 8 * HOUR_MS;
/** How long a parcel waits at the depot for its recipient. Our default. */
export const HOLD_DAYS = 7;

/** Reasons that are the recipient's: only these use up an attempt. Our default. */
const COUNTS: Readonly<Record<AttemptReason, boolean>> = {
  recipient_absent: true,
  business_closed: true,
  address_problem: true,
  no_access: true,
  payment_not_ready: true,
  damaged: false,
  courier_unable: false,
};

export type Progress = Pick<Delivery, 'state' | 'attempts' | 'lastAttemptAt' | 'outAt' | 'undeliverable'>;

export type DeliveryCommand =
  | { readonly kind: 'assign' }
  | { readonly kind: 'depart' }
  | { readonly kind: 'attempt'; readonly reason: AttemptReason }
  | { readonly kind: 'deliver'; readonly signKind: SignKind; readonly proofs: Proofs }
  | { readonly kind: 'refuse' }
  | { readonly kind: 'bring_back' }
  | { readonly kind: 'end_hold' }
  | { readonly kind: 'complete_return' }
  | { readonly kind: 'dispose' };

export type Proofs = { readonly photo: boolean; readonly signature: boolean; readonly pin: boolean };

export type DeliveryFact =
  | { readonly kind: 'assigned' }
  | { readonly kind: 'departed' }
  | { readonly kind: 'attempted'; readonly reason: AttemptReason; readonly counts: boolean }
  | { readonly kind: 'delivered'; readonly signKind: SignKind }
  | { readonly kind: 'left'; readonly signKind: SignKind }
  | { readonly kind: 'refused' }
  | { readonly kind: 'brought_back' }
  | { readonly kind: 'held'; readonly until: Instant }
  | { readonly kind: 'return_started'; readonly reason: string }
  | { readonly kind: 'disposal_ordered'; readonly reason: string }
  | { readonly kind: 'returned' }
  | { readonly kind: 'disposed' };

/**
 * Command -> states it may start from. `at_depot` takes outcomes too: a courier without a network reports after his
 * run was closed. Its test walks this table whole.
 */
const ALLOWED: Readonly<Record<DeliveryCommand['kind'], readonly DeliveryState[]>> = {
  assign: ['assigned', 'attempted', 'at_depot', 'held'],
  depart: ['assigned'],
  attempt: ['out_for_delivery', 'at_depot'],
  deliver: ['out_for_delivery', 'attempted', 'at_depot', 'held'],
  refuse: ['out_for_delivery', 'attempted', 'at_depot', 'held'],
  bring_back: ['assigned', 'out_for_delivery'],
  end_hold: ['held'],
  complete_return: ['returning'],
  dispose: ['awaiting_disposal'],
};

export type DoorFacts = {
  readonly occurredAt: Instant;
  readonly wish: Pick<Wish, 'safePlace' | 'afterAttempts' | 'isPinRequired'>;
};
type Refusal = Extract<
  DeliveryErrorCode,
  | 'delivery_state_conflict'
  | 'attempt_too_soon'
  | 'occurred_before_departure'
  | 'proof_missing'
  | 'pin_required'
  | 'consent_missing'
>;

/** The facts that follow, in order, or a refusal. */
export function decide(
  progress: Progress,
  command: DeliveryCommand,
  facts: DoorFacts,
): Outcome<readonly DeliveryFact[], Refusal> {
  const from = ALLOWED[command.kind];
  if (!from.includes(progress.state)) {
    return refused(
      'delivery_state_conflict',
      `The delivery is ${progress.state}; ${command.kind.replaceAll('_', ' ')} needs ${from.join(' or ')}.`,
    );
  }
  switch (command.kind) {
    case 'assign':
      return accepted([{ kind: 'assigned' }]);
    case 'depart':
      return accepted([{ kind: 'departed' }]);
    case 'attempt':
      return attempt(progress, command.reason, facts);
    case 'deliver':
      return deliver(progress, command, facts);
    case 'refuse':
      return before(progress, facts) ?? accepted([{ kind: 'refused' }, giveUp(progress, 'refused')]);
    case 'bring_back':
      return accepted([{ kind: 'brought_back' }]);
    case 'end_hold':
      return accepted([giveUp(progress, 'not_collected')]);
    case 'complete_return':
      return accepted([{ kind: 'returned' }]);
    case 'dispose':
      return accepted([{ kind: 'disposed' }]);
  }
}

function before(progress: Progress, facts: DoorFacts) {
  // At the depot's counter the recipient comes to the parcel: there was no departure to wait for.
  if (progress.state === 'held') return undefined;
  if (progress.outAt !== undefined && facts.occurredAt >= progress.outAt) return undefined;
  return refused(
    'occurred_before_departure',
    progress.outAt === undefined ? 'It never left the depot.' : `It left at ${progress.outAt}.`,
  );
}

function attempt(
  progress: Progress,
  reason: AttemptReason,
  facts: DoorFacts,
): Outcome<readonly DeliveryFact[], Refusal> {
  const early = before(progress, facts);
  if (early !== undefined) return early;
  const counts = COUNTS[reason];
  const fact: DeliveryFact = { kind: 'attempted', reason, counts };
  if (!counts) return accepted([fact]);
  const last = progress.lastAttemptAt;
  if (last !== undefined && msBetween(last, facts.occurredAt) < BETWEEN_ATTEMPTS_MS) {
    return refused(
      'attempt_too_soon',
      `The last attempt was at ${last}; the next counts from ${addMs(last, BETWEEN_ATTEMPTS_MS)} on.`,
    );
  }
  const made = progress.attempts + 1;
  if (made < ATTEMPTS_ALLOWED) return accepted([fact]);
  // Held once: a third attempt in vain was the recipient's own wish already.
  if (facts.wish.afterAttempts === 'hold_for_pickup' && made === ATTEMPTS_ALLOWED) {
    return accepted([fact, { kind: 'held', until: addDays(facts.occurredAt, HOLD_DAYS) }]);
  }
  return accepted([fact, giveUp(progress, 'attempts_exhausted')]);
}

function deliver(
  progress: Progress,
  command: DeliveryCommand & { kind: 'deliver' },
  facts: DoorFacts,
): Outcome<readonly DeliveryFact[], Refusal> {
  const early = before(progress, facts);
  if (early !== undefined) return early;
  const { signKind, proofs } = command;
  if (UNATTENDED.includes(signKind)) {
    if (!facts.wish.safePlace.includes(signKind))
      return refused(
        'consent_missing',
        `The recipient allowed ${facts.wish.safePlace.join(', ') || 'no such place'}.`,
      );
    // A PIN is asked of a person; where nobody is there the picture has to speak.
    if (!proofs.photo) return refused('proof_missing', 'A parcel that is left somewhere needs a photo.');
    return accepted([{ kind: 'left', signKind }]);
  }
  if (facts.wish.isPinRequired && !proofs.pin) return refused('pin_required', '');
  if (!proofs.photo && !proofs.signature && !proofs.pin) return refused('proof_missing', '');
  return accepted([{ kind: 'delivered', signKind }]);
}

/** What the merchant decided at the purchase for a parcel that nobody takes. */
function giveUp(progress: Progress, reason: string): DeliveryFact {
  return progress.undeliverable === 'return'
    ? { kind: 'return_started', reason }
    : { kind: 'disposal_ordered', reason };
}

const STATE_AFTER: Readonly<Record<DeliveryFact['kind'], DeliveryState>> = {
  assigned: 'assigned',
  departed: 'out_for_delivery',
  attempted: 'attempted',
  delivered: 'delivered',
  left: 'safe_place',
  refused: 'attempted',
  brought_back: 'at_depot',
  held: 'held',
  return_started: 'returning',
  disposal_ordered: 'awaiting_disposal',
  returned: 'returned',
  disposed: 'disposed',
};

/** The delivery after a fact. `occurredAt` is the world's time. */
export function evolve(delivery: Delivery, fact: DeliveryFact, occurredAt: Instant): Delivery {
  const next: Delivery = { ...delivery, state: STATE_AFTER[fact.kind], version: delivery.version + 1 };
  switch (fact.kind) {
    case 'departed':
      return { ...next, outAt: occurredAt, reason: undefined };
    case 'attempted':
      return fact.counts
        ? { ...next, attempts: delivery.attempts + 1, lastAttemptAt: occurredAt, reason: fact.reason }
        : { ...next, reason: fact.reason };
    case 'delivered':
    case 'left':
      return { ...next, signKind: fact.signKind, reason: undefined };
    case 'refused':
      return { ...next, reason: 'refused' };
    case 'held':
      return { ...next, holdUntil: fact.until };
    case 'return_started':
    case 'disposal_ordered':
      return { ...next, reason: fact.reason };
    case 'assigned':
    case 'brought_back':
    case 'returned':
    case 'disposed':
      return next;
  }
}
