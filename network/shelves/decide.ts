import { accepted, addMs, type Instant, type Money, type Outcome, refused } from '../kernel/index.ts';
import {
  type CashPaid,
  type Consent,
  type ExceptionKind,
  type HandOutWay,
  HELD_STATES,
  type Lease,
  type Resolution,
  type ReturnReason,
  type ShelfErrorCode,
  type ShelfParcel,
  WRONG_TRIES_ALLOWED,
} from './model.ts';

export type ShelfCommand =
  | { readonly kind: 'cancel'; readonly reason: string }
  | { readonly kind: 'withdraw_consent' }
  | { readonly kind: 'store'; readonly consent?: Consent | undefined }
  | { readonly kind: 'move' }
  | {
      readonly kind: 'hand_out';
      readonly way: HandOutWay;
      /** Undefined for ways without a code. */
      readonly isCodeRight: boolean | undefined;
      readonly isSupervisor: boolean;
      readonly fee: 'collected' | 'waived' | undefined;
      readonly feeDue: Money | undefined;
      /** What was paid for the goods. */
      readonly cash: CashPaid | undefined;
      readonly deviceId: string | undefined;
      /** It happened already, on a device without a network: it is recorded whatever is owed or leased. */
      readonly isFact: boolean;
    }
  /** Said to a device without a network. `isPast`: before this stay, or before a supervisor looked. */
  | { readonly kind: 'note_wrong_code'; readonly isPast: boolean }
  | { readonly kind: 'unlock'; readonly isSupervisor: boolean }
  | { readonly kind: 'undo'; readonly undoHours: number }
  | { readonly kind: 'except'; readonly exception: ExceptionKind }
  | { readonly kind: 'resolve'; readonly resolution: Resolution }
  | { readonly kind: 'start_return'; readonly reason: ReturnReason }
  | { readonly kind: 'send_back' }
  | { readonly kind: 'extend' }
  /** Of goods whose hand-out said nothing of it. */
  | { readonly kind: 'record_cash'; readonly cash: CashPaid }
  | { readonly kind: 'charge_cash' };

export type ShelfFact =
  | { readonly kind: 'cancelled'; readonly reason: string }
  | { readonly kind: 'stored'; readonly consent: Consent }
  | { readonly kind: 'moved' }
  /** `isPast`: it stands on record and counts no more. */
  | { readonly kind: 'code_wrong'; readonly isPast?: true }
  | { readonly kind: 'code_locked' }
  | { readonly kind: 'code_unlocked' }
  | {
      readonly kind: 'handed_out';
      readonly way: HandOutWay;
      readonly fee: 'none' | 'collected' | 'waived' | 'open';
      readonly amount: Money | undefined;
      readonly cash: CashPaid | undefined;
    }
  | { readonly kind: 'hand_out_undone' }
  | { readonly kind: 'storing_undone' }
  | { readonly kind: 'excepted'; readonly exception: ExceptionKind }
  | { readonly kind: 'restocked' }
  | { readonly kind: 'voided' }
  | { readonly kind: 'return_started'; readonly reason: ReturnReason }
  | { readonly kind: 'sent_back' }
  | { readonly kind: 'extended' }
  | { readonly kind: 'cash_recorded'; readonly cash: CashPaid }
  | { readonly kind: 'cash_charged'; readonly amount: Money };

/** What of a parcel the rules read. */
export type Standing = Pick<
  ShelfParcel,
  | 'state'
  | 'consent'
  | 'wrongTries'
  | 'storedAt'
  | 'handedOutAt'
  | 'isExtended'
  | 'lease'
  | 'changedAt'
  | 'cashOnDelivery'
  | 'cashPaidBy'
  | 'cashChargedAt'
>;
type Decision = Outcome<readonly ShelfFact[], ShelfErrorCode>;

/** Which facts follow from a command, in order, or why none does. A wrong code is a fact: it counts though it is refused. */
export function decide(now: Standing, command: ShelfCommand, at: Instant): Decision {
  switch (command.kind) {
    case 'cancel':
      return now.state === 'announced'
        ? accepted([{ kind: 'cancelled', reason: command.reason }])
        : conflict(now);
    case 'withdraw_consent':
      if (now.state === 'announced') return accepted([{ kind: 'cancelled', reason: 'consent_withdrawn' }]);
      return now.state === 'stored'
        ? accepted([{ kind: 'return_started', reason: 'consent_withdrawn' }])
        : conflict(now);
    case 'store': {
      const consent = now.consent ?? command.consent;
      if (now.state !== 'announced') return conflict(now);
      return consent === undefined
        ? refused('shelf_consent_missing', '')
        : accepted([{ kind: 'stored', consent }]);
    }
    case 'move':
      return HELD_STATES.includes(now.state) ? accepted([{ kind: 'moved' }]) : conflict(now);
    case 'hand_out':
      return handOut(now, command, at);
    case 'note_wrong_code':
      return accepted(command.isPast ? [{ kind: 'code_wrong', isPast: true }] : wrongCode(now));
    case 'unlock':
      if (!command.isSupervisor) return refused('shelf_supervisor_needed', '');
      return now.state === 'stored' ? accepted([{ kind: 'code_unlocked' }]) : conflict(now);
    case 'undo':
      return undo(now, command.undoHours, at);
    case 'except':
      return now.state === 'stored'
        ? accepted([{ kind: 'excepted', exception: command.exception }])
        : conflict(now);
    case 'resolve':
      if (now.state !== 'exception') return conflict(now);
      if (command.resolution === 'restock') return accepted([{ kind: 'restocked' }]);
      return command.resolution === 'void'
        ? accepted([{ kind: 'voided' }])
        : accepted([{ kind: 'return_started', reason: 'damaged' }]);
    case 'start_return':
      return now.state === 'stored' || now.state === 'exception'
        ? accepted([{ kind: 'return_started', reason: command.reason }])
        : conflict(now);
    case 'send_back':
      return now.state === 'returning' ? accepted([{ kind: 'sent_back' }]) : conflict(now);
    case 'extend':
      if (now.state !== 'stored') return conflict(now);
      return now.isExtended ? refused('shelf_extended_already', '') : accepted([{ kind: 'extended' }]);
    case 'record_cash': {
      const open = openCash(now);
      if (!open.ok) return open;
      return isCashRight(open.value, command.cash)
        ? accepted([{ kind: 'cash_recorded', cash: command.cash }])
        : cashRefused(open.value);
    }
    case 'charge_cash': {
      const open = openCash(now);
      return open.ok ? accepted([{ kind: 'cash_charged', amount: open.value }]) : open;
    }
  }
}

function handOut(now: Standing, command: Extract<ShelfCommand, { kind: 'hand_out' }>, at: Instant): Decision {
  if (now.state !== 'stored') return conflict(now);
  if (now.storedAt !== undefined && at < now.storedAt) return refused('occurred_out_of_order', '');
  if (!command.isFact && isLeasedElsewhere(now.lease, command.deviceId, at))
    return refused('shelf_leased_elsewhere', `Until ${now.lease?.until}.`);
  const needsCode = command.way === 'code' || command.way === 'locker';
  if (command.way === 'identity' && !command.isSupervisor && !command.isFact)
    return refused('shelf_supervisor_needed', 'Without a code a supervisor hands out.');
  if (needsCode && !command.isFact) {
    if (now.wrongTries >= WRONG_TRIES_ALLOWED) return refused('shelf_code_locked', '');
    if (command.isCodeRight !== true) return accepted(wrongCode(now));
  }
  const amount = command.feeDue;
  if (amount !== undefined && command.fee === undefined && !command.isFact)
    return refused('shelf_fee_due', `${amount.amountMinor} ${amount.currency} (minor units).`);
  const fee = amount === undefined ? 'none' : (command.fee ?? 'open');
  const isPaid = isCashRight(now.cashOnDelivery, command.cash);
  if (!isPaid && !command.isFact) return cashRefused(now.cashOnDelivery);
  const cash = isPaid ? command.cash : undefined;
  return accepted([{ kind: 'handed_out', way: command.way, fee, amount, cash }]);
}

/** What of a parcel that is gone nobody said: the money for its goods. */
function openCash(now: Standing): Outcome<Money, ShelfErrorCode> {
  if (now.cashOnDelivery === undefined) return refused('shelf_cash_not_due', '');
  if (now.state !== 'handed_out') return conflict(now);
  if (now.cashPaidBy !== undefined) return refused('shelf_cash_known', '');
  return now.cashChargedAt === undefined ? accepted(now.cashOnDelivery) : refused('shelf_cash_charged', '');
}

/** Exactly what the parcel asks for was paid, and nothing where it asks for nothing. */
export function isCashRight(due: Money | undefined, paid: CashPaid | undefined): boolean {
  return paid?.amount.amountMinor === due?.amountMinor && paid?.amount.currency === due?.currency;
}

function cashRefused(due: Money | undefined): Outcome<never, ShelfErrorCode> {
  return due === undefined
    ? refused('shelf_cash_not_due', '')
    : refused('shelf_cash_due', `${due.amountMinor} ${due.currency} (minor units).`);
}

/** The one that reaches what is allowed locks; those of devices may come after it and are counted no higher. */
function wrongCode({ wrongTries }: Standing): readonly ShelfFact[] {
  return wrongTries + 1 === WRONG_TRIES_ALLOWED
    ? [{ kind: 'code_wrong' }, { kind: 'code_locked' }]
    : [{ kind: 'code_wrong' }];
}

/** A lease binds others only: who holds it hands out, with a network or without. */
function isLeasedElsewhere(lease: Lease | undefined, deviceId: string | undefined, at: Instant): boolean {
  return lease !== undefined && lease.until > at && lease.deviceId !== deviceId;
}

function undo(now: Standing, undoHours: number, at: Instant): Decision {
  const latest = now.state === 'handed_out' ? now.handedOutAt : now.storedAt;
  if ((now.state !== 'handed_out' && now.state !== 'stored') || latest === undefined) return conflict(now);
  if (at > addMs(latest, undoHours * 3_600_000)) return refused('shelf_undo_too_late', `It was ${latest}.`);
  // Told so late that its money was charged: who goes back on that appeals.
  if (now.state === 'handed_out' && now.cashChargedAt !== undefined) return refused('shelf_cash_charged', '');
  return accepted([{ kind: now.state === 'handed_out' ? 'hand_out_undone' : 'storing_undone' }]);
}

function conflict({ state }: Standing): Outcome<never, 'shelf_state_conflict'> {
  return refused('shelf_state_conflict', `The parcel is ${state}.`);
}

/** The parcel after a fact. What is only known with the fact (place, code, dates) is set by the caller. */
export function evolve(before: ShelfParcel, fact: ShelfFact, at: Instant): ShelfParcel {
  const next = { ...before, version: before.version + 1, changedAt: at };
  switch (fact.kind) {
    case 'cancelled':
      return { ...next, state: 'cancelled', reason: fact.reason };
    case 'stored':
      return { ...next, state: 'stored', storedAt: at, consent: fact.consent, wrongTries: 0, rung: 0 };
    case 'moved':
      return next;
    case 'code_wrong':
      return fact.isPast ? next : { ...next, wrongTries: Math.min(next.wrongTries + 1, WRONG_TRIES_ALLOWED) };
    case 'code_locked':
      return next;
    case 'code_unlocked':
      return { ...next, wrongTries: 0 };
    case 'handed_out':
      return {
        ...next,
        state: 'handed_out',
        handedOutAt: at,
        handedOutBy: fact.way,
        storageFee: fact.amount,
        cashPaidBy: fact.cash?.method,
        lease: undefined,
      };
    case 'hand_out_undone':
      return {
        ...next,
        state: 'stored',
        handedOutAt: undefined,
        handedOutBy: undefined,
        storageFee: undefined,
        cashPaidBy: undefined,
        cashOpenUntil: undefined,
      };
    case 'storing_undone':
      return {
        ...next,
        state: 'announced',
        place: undefined,
        code: undefined,
        storedAt: undefined,
        freeUntil: undefined,
        returnAt: undefined,
        rung: 0,
        lease: undefined,
      };
    case 'excepted':
      return { ...next, state: 'exception', exception: fact.exception, lease: undefined };
    case 'restocked':
      return { ...next, state: 'stored', exception: undefined };
    case 'voided':
      return { ...next, state: 'cancelled', reason: 'voided', lease: undefined };
    case 'return_started':
      return { ...next, state: 'returning', reason: fact.reason, lease: undefined };
    case 'sent_back':
      return { ...next, state: 'returned' };
    case 'extended':
      return { ...next, isExtended: true };
    case 'cash_recorded':
      return { ...next, cashPaidBy: fact.cash.method, cashOpenUntil: undefined };
    case 'cash_charged':
      return { ...next, cashOpenUntil: undefined, cashChargedAt: at };
  }
}

/** Whether it lies at the point and takes its room. */
export function isHeld({ state }: Pick<ShelfParcel, 'state'>): boolean {
  return HELD_STATES.includes(state);
}

/** Whether its code is the recipient's: an exception keeps it, what goes home gives it back. */
export function keepsCode({ state }: Pick<ShelfParcel, 'state'>): boolean {
  return state === 'stored' || state === 'exception';
}
