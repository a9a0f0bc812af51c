import { addMs, type Instant, msBetween } from '../kernel/index.ts';
import type { Standing } from './decide.ts';
import { WRONG_TRIES_ALLOWED } from './model.ts';

/** What a device recorded without a network does not fit what is known. */
export const CONFLICTS = [
  'unknown_parcel',
  'handed_out_elsewhere',
  'gone_home',
  'cancelled',
  'not_leased',
  'code_wrong',
  'code_locked',
  'stored_already',
  'consent_missing',
  'fee_open',
  'cash_open',
  'clock_wrong',
  'nothing_to_undo',
  'act_missing',
  'place_taken',
  'refused',
] as const;
export type Conflict = (typeof CONFLICTS)[number];

/**
 * These fit perhaps when another act of the same device has arrived: acts arrive in any order, and the one that they
 * follow may come last. All others stand beside what is recorded, or stay for a person.
 */
export const MAY_FIT_LATER: readonly Conflict[] = [
  'act_missing',
  'nothing_to_undo',
  'unknown_parcel',
  'handed_out_elsewhere',
  'stored_already',
  'cancelled',
];

/** So much may a time lie outside what is possible before a person is asked (the plausibility of scans allows as much). */
export const CLOCK_TOLERANCE_MS = 10 * 60_000;
/** Clocks differ when they differ by more than a slow request takes. Our default. */
const REQUEST_MS = 60_000;
/** What a device recorded longer ago has another date in truth. Our default. */
const OLDEST_MS = 60 * 24 * 3_600_000;

/** When something counts as having happened. `isSure`: false where that is the nearest possible moment alone. */
export type Counted = { readonly at: Instant; readonly isSure: boolean };

/**
 * Puts a device's time right: by as much as its clock differs from ours as it sends, then into what is possible, not
 * after now and not before what it follows. A clock that went right again in the meantime shows no difference.
 */
export function countedTime(
  said: Instant,
  { now, deviceNow, notBefore }: Clock & { readonly notBefore?: Instant | undefined },
): Counted {
  const offset = deviceNow === undefined ? 0 : msBetween(deviceNow, now);
  const meant = msBetween(now, said) + (Math.abs(offset) > REQUEST_MS ? offset : 0);
  const first = notBefore === undefined ? -OLDEST_MS : Math.min(0, msBetween(now, notBefore));
  const counts = Math.max(first, Math.min(0, meant));
  return { at: addMs(now, counts), isSure: Math.abs(meant - counts) <= CLOCK_TOLERANCE_MS };
}
/** Ours, and the device's at the same moment as far as it says. */
export type Clock = { readonly now: Instant; readonly deviceNow: Instant | undefined };

/** `record`: it happened and is recorded, with the conflict beside it if there is one. */
export type Verdict =
  | { readonly kind: 'record'; readonly conflict: Conflict | undefined }
  | { readonly kind: 'keep'; readonly conflict: Conflict };

/**
 * A hand-out happened: the parcel is gone. It is recorded whenever the parcel was here, also without a lease, by a locked
 * code or at a time that cannot be, and kept as a conflict alone when something else is on record.
 */
export function judgeHandOut(
  standing: Standing | undefined,
  action: {
    readonly counted: Counted;
    readonly deviceId: string;
    /** Undefined: none was given. */
    readonly isCodeRight: boolean | undefined;
    readonly isFeeOpen: boolean;
    /** The same device took its hand-out back before, and nobody knew yet: it went on by the code that opened then. */
    readonly isAfterOwnUndo: boolean;
    /** What the goods ask for was not paid, or not exactly. */
    readonly isCashOpen: boolean;
  },
): Verdict {
  if (standing === undefined) return { kind: 'keep', conflict: 'unknown_parcel' };
  if (standing.state === 'handed_out') return { kind: 'keep', conflict: 'handed_out_elsewhere' };
  if (standing.state === 'returning' || standing.state === 'returned')
    return { kind: 'keep', conflict: 'gone_home' };
  if (standing.state !== 'stored') return { kind: 'keep', conflict: 'cancelled' };
  return { kind: 'record', conflict: besideHandOut(standing, action) };
}

/** What a person has to know of a hand-out that is recorded; the weightiest alone. */
function besideHandOut(
  { lease, wrongTries }: Standing,
  action: Parameters<typeof judgeHandOut>[1],
): Conflict | undefined {
  const { counted, deviceId, isCodeRight, isAfterOwnUndo } = action;
  const isHeld = lease !== undefined && lease.deviceId === deviceId && lease.until >= counted.at;
  if (!isHeld) return 'not_leased';
  if (isCodeRight !== undefined && wrongTries >= WRONG_TRIES_ALLOWED) return 'code_locked';
  if (isCodeRight === false && !isAfterOwnUndo) return 'code_wrong';
  if (action.isCashOpen) return 'cash_open';
  if (action.isFeeOpen) return 'fee_open';
  return counted.isSure ? undefined : 'clock_wrong';
}

/** A parcel lies there, whoever announced it: what hinders its storing is for a person. */
export function judgeStore(
  standing: Standing | undefined,
  action: { readonly hasConsent: boolean; readonly isTimeSure: boolean },
): Verdict {
  const conflict = action.isTimeSure ? undefined : 'clock_wrong';
  if (standing === undefined)
    return action.hasConsent ? { kind: 'record', conflict } : { kind: 'keep', conflict: 'unknown_parcel' };
  if (standing.state !== 'announced') return { kind: 'keep', conflict: 'stored_already' };
  if (standing.consent === undefined && !action.hasConsent)
    return { kind: 'keep', conflict: 'consent_missing' };
  return { kind: 'record', conflict };
}
