import type { Instant } from '../kernel/index.ts';
import type { Standing } from './decide.ts';

/** What a device recorded without a network does not fit what is known. */
export const CONFLICTS = [
  'unknown_parcel',
  'handed_out_elsewhere',
  'gone_home',
  'cancelled',
  'not_leased',
  'code_wrong',
  'stored_already',
  'consent_missing',
  'fee_open',
  'clock_wrong',
  'refused',
] as const;
export type Conflict = (typeof CONFLICTS)[number];

/** A device's clock may run before ours so much (the plausibility of scans allows as much). */
export const CLOCK_TOLERANCE_MS = 10 * 60_000;

/** `record`: it happened and is recorded, with the conflict beside it if there is one. */
export type Verdict =
  | { readonly kind: 'record'; readonly conflict: Conflict | undefined }
  | { readonly kind: 'keep'; readonly conflict: Conflict };

/**
 * A hand-out happened: the parcel is gone. It is recorded whenever the parcel was here, also without a lease, and kept
 * as a conflict alone when something else is on record.
 */
export function judgeHandOut(
  standing: Standing | undefined,
  action: {
    readonly occurredAt: Instant;
    readonly deviceId: string;
    /** Undefined: none was given. */
    readonly isCodeRight: boolean | undefined;
    readonly isFeeOpen: boolean;
  },
): Verdict {
  if (standing === undefined) return { kind: 'keep', conflict: 'unknown_parcel' };
  if (standing.state === 'handed_out') return { kind: 'keep', conflict: 'handed_out_elsewhere' };
  if (standing.state === 'returning' || standing.state === 'returned')
    return { kind: 'keep', conflict: 'gone_home' };
  if (standing.state !== 'stored') return { kind: 'keep', conflict: 'cancelled' };
  if (standing.storedAt !== undefined && action.occurredAt < standing.storedAt)
    return { kind: 'keep', conflict: 'clock_wrong' };
  const { lease } = standing;
  const isHeld =
    lease !== undefined && lease.deviceId === action.deviceId && lease.until >= action.occurredAt;
  if (!isHeld) return { kind: 'record', conflict: 'not_leased' };
  if (action.isCodeRight === false) return { kind: 'record', conflict: 'code_wrong' };
  return { kind: 'record', conflict: action.isFeeOpen ? 'fee_open' : undefined };
}

/** A parcel lies there, whoever announced it: what hinders its storing is for a person. */
export function judgeStore(
  standing: Standing | undefined,
  action: { readonly hasConsent: boolean },
): Verdict {
  if (standing === undefined)
    return action.hasConsent
      ? { kind: 'record', conflict: undefined }
      : { kind: 'keep', conflict: 'unknown_parcel' };
  if (standing.state !== 'announced') return { kind: 'keep', conflict: 'stored_already' };
  if (standing.consent === undefined && !action.hasConsent)
    return { kind: 'keep', conflict: 'consent_missing' };
  return { kind: 'record', conflict: undefined };
}
