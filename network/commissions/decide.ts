import { accepted, type Instant, type Outcome, refused, unreachable } from '../kernel/index.ts';
import type { CommissionErrorCode, Deduction, DeductionState } from './model.ts';

export type DeductionCommand =
  | { readonly kind: 'appeal' }
  | { readonly kind: 'decide'; readonly decision: 'overturned' | 'upheld' };

export type DeductionDecision = {
  readonly state: DeductionState;
  /** What goes back to the network: all of it, or nothing (domain reference 11, 7). */
  readonly recoveredMinor: number;
};

/** Appealed once within its time; decided once after that. */
export function decide(
  deduction: Pick<Deduction, 'state' | 'amountMinor' | 'appealUntil'>,
  command: DeductionCommand,
  now: Instant,
): Outcome<DeductionDecision, CommissionErrorCode> {
  switch (command.kind) {
    case 'appeal':
      if (deduction.state !== 'imposed') return conflict(deduction.state);
      if (now >= deduction.appealUntil) return refused('deduction_appeal_over', '');
      return accepted({ state: 'appealed', recoveredMinor: 0 });
    case 'decide':
      if (deduction.state !== 'appealed') return conflict(deduction.state);
      return accepted({
        state: command.decision,
        recoveredMinor: command.decision === 'overturned' ? deduction.amountMinor : 0,
      });
    default:
      return unreachable(command);
  }
}

function conflict(state: DeductionState) {
  return refused('deduction_state_conflict', `It is ${state}.`);
}
