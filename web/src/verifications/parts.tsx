import type { components } from '@postroad/sdk';
import type { ReactNode } from 'react';
import { everyWord } from '../ground/contract-words.ts';
import { useWords } from '../ground/words.ts';
import { Status, type Tone } from '../kit/status.tsx';
import { Moment } from '../kit/values.tsx';
import { VERIFICATION_WORDS } from './words.ts';

export type Summary = components['schemas']['VerificationSummary'];
export type Verification = components['schemas']['Verification'];
export type State = Summary['state'];
export type Level = NonNullable<Summary['level']>;

const TONES: Readonly<Record<State, Tone>> = {
  pending: 'idle',
  genuine: 'ok',
  suspected: 'warn',
  under_review: 'warn',
  cleared: 'ok',
  penalised: 'bad',
  appealed: 'move',
  upheld: 'bad',
  revoked: 'ok',
  withdrawn: 'idle',
};

export const STATES = Object.keys(TONES) as readonly State[];
export const LEVELS = everyWord<Level>({ general: true, serious: true, especially_serious: true });

export function VerificationState({ of }: { readonly of: State }) {
  const t = useWords(VERIFICATION_WORDS);
  return <Status tone={TONES[of]}>{t(`state.${of}`)}</Status>;
}

/** A carrier that is believed has seen the parcel. */
export const isScanned = ({ supports }: Pick<Summary, 'supports'>): boolean =>
  supports.some(({ rule }) => rule === 'first_scan_after_order');

/** The clock that runs in a state: its name and when it is over. */
export function clockOf(one: Summary): readonly [word: Clock, at: string] | undefined {
  const clocks: Readonly<Partial<Record<State, readonly [Clock, string | undefined]>>> = {
    pending: ['first_scan_due', isScanned(one) ? undefined : one.first_scan_due_at],
    suspected: ['settles', one.settles_at],
    under_review: ['proof_due', one.proof_due_at],
    penalised: ['appeal_due', one.appeal_due_at],
  };
  const clock = clocks[one.state];
  return clock?.[1] === undefined ? undefined : [clock[0], clock[1]];
}
type Clock = 'first_scan_due' | 'settles' | 'proof_due' | 'appeal_due';

const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

/** Values that are codes, not what somebody wrote. */
const CODES = [
  'none',
  'none_since_reuse',
  'no_such_format',
  'in_use_elsewhere',
  'unused',
  'cancelled',
  'economy',
  'standard',
  'fast',
] as const;

/** A value of evidence: an instant as a moment, a code by its word, everything else as it was written. */
export function EvidenceValue({ of }: { readonly of: string }): ReactNode {
  const t = useWords(VERIFICATION_WORDS);
  if (INSTANT.test(of)) return <Moment at={of} whole />;
  const code = CODES.find((one) => one === of);
  return code === undefined ? of : t(`value.${code}`);
}
