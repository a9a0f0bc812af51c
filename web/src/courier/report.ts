import type { Report, Stop } from './tasks.ts';

export type Outcome = Report['outcome'];
export type AttemptReason = NonNullable<Report['reason']>;
export type SignKind = NonNullable<Report['sign_kind']>;

export const ATTEMPT_REASONS = [
  'recipient_absent',
  'business_closed',
  'address_problem',
  'no_access',
  'payment_not_ready',
  'damaged',
  'courier_unable',
] as const satisfies readonly AttemptReason[];
export const SIGN_KINDS = [
  'self',
  'other',
  'reception',
  'door',
  'meter_box',
] as const satisfies readonly SignKind[];
/** Nobody takes it in: only where the recipient allowed it, and with a photo. */
export const UNATTENDED: ReadonlySet<SignKind> = new Set(['door', 'meter_box']);

/** What stands in the form. */
export type Answers = {
  readonly outcome: Outcome | undefined;
  readonly reason: AttemptReason | undefined;
  readonly signKind: SignKind | undefined;
  readonly photo: Blob | undefined;
  readonly signature: string | undefined;
  readonly pin: string;
  readonly hasCash: boolean;
  readonly place: Report['place'];
};
export const EMPTY: Answers = {
  outcome: undefined,
  reason: undefined,
  signKind: undefined,
  photo: undefined,
  signature: undefined,
  pin: '',
  hasCash: false,
  place: undefined,
};

export type Missing = 'outcome' | 'reason' | 'sign_kind' | 'cash' | 'pin' | 'photo' | 'proof';
type Due = Pick<Stop, 'cash_due' | 'pin_required'>;

/** What the server would ask for, said before one leaves the door. */
export function missingIn(answers: Answers, stop: Due): Missing | undefined {
  const { outcome, reason, signKind, photo, signature, pin, hasCash } = answers;
  if (outcome === undefined) return 'outcome';
  if (outcome === 'attempted') return reason === undefined ? 'reason' : undefined;
  if (outcome === 'refused') return undefined;
  if (signKind === undefined) return 'sign_kind';
  if (stop.cash_due !== undefined && !hasCash) return 'cash';
  if (UNATTENDED.has(signKind)) return photo === undefined ? 'photo' : undefined;
  const hasPin = pin.length === 4;
  if ((stop.pin_required || pin !== '') && !hasPin) return 'pin';
  return photo === undefined && signature === undefined && !hasPin ? 'proof' : undefined;
}

/** Only what belongs to the outcome: what was tapped before and changed is left out. */
export function reportOf(answers: Answers, stop: Due): Report {
  const { outcome = 'attempted', reason, signKind, signature, pin, place } = answers;
  const where = place === undefined ? {} : { place };
  if (outcome === 'attempted') return { outcome, ...where, ...(reason === undefined ? {} : { reason }) };
  if (outcome === 'refused') return { outcome, ...where };
  const isAlone = signKind !== undefined && UNATTENDED.has(signKind);
  const { cash_due } = stop;
  return {
    outcome,
    ...where,
    ...(signKind === undefined ? {} : { sign_kind: signKind }),
    ...(signature === undefined || isAlone ? {} : { signature }),
    ...(pin === '' || isAlone ? {} : { pin }),
    ...(cash_due === undefined
      ? {}
      : { cash_collected: { amount_minor: cash_due.amount_minor, currency: cash_due.currency } }),
  };
}
