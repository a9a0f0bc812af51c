import {
  accepted,
  addDays,
  addMs,
  addWorkingDays,
  type Instant,
  type Outcome,
  refused,
  unreachable,
} from '../kernel/index.ts';
import type {
  Assessment,
  AuthenticityErrorCode,
  CaseStanding,
  Judge,
  Level,
  RuleName,
  StepName,
  VerificationState,
} from './model.ts';
import { calendarOf, type FalseTrackingDocument } from './rulebook.ts';

/** What somebody does with a case. `assess`: the rules looked again, because of news or because a clock ran out. */
export type CaseCommand =
  | { readonly kind: 'assess'; readonly assessment: Assessment; readonly proposedLevel: Level }
  | { readonly kind: 'withdraw' }
  | { readonly kind: 'give_proof' }
  | { readonly kind: 'clear'; readonly by: Decider; readonly rules: readonly RuleName[] }
  | { readonly kind: 'confirm'; readonly by: Decider; readonly level: Level }
  | { readonly kind: 'appeal' }
  | {
      readonly kind: 'decide_appeal';
      readonly by: Decider;
      readonly upheld: boolean;
      readonly rules: readonly RuleName[];
    };

/** `id`: the person, or the key of a program. */
export type Decider = { readonly judge: Exclude<Judge, 'rules'>; readonly id: string };

/** `rules`: in force now; `shipFrom`: whose calendar counts for the appeal. */
export type CaseFacts = {
  readonly now: Instant;
  readonly rules: FalseTrackingDocument;
  readonly shipFrom: string | undefined;
};

/** What follows: the new standing, the steps that led to it, and what becomes of the penalty. */
export type CaseDecision = {
  readonly standing: CaseStanding;
  readonly steps: readonly StepName[];
  readonly penalty: 'impose' | 'revoke' | undefined;
};

/** A standing and nothing else: a whole case is one as well, and what it knew before must not stand beside what is decided. */
export function standingOf(one: CaseStanding): CaseStanding {
  const { state, proofs, settlesAt, proofDueAt, appealDueAt, decidedBy, deciderId, level, seenRules } = one;
  return { state, proofs, settlesAt, proofDueAt, appealDueAt, decidedBy, deciderId, level, seenRules };
}

export const FRESH_CASE: CaseStanding = {
  state: 'pending',
  proofs: 0,
  settlesAt: undefined,
  proofDueAt: undefined,
  appealDueAt: undefined,
  decidedBy: undefined,
  deciderId: undefined,
  level: undefined,
  seenRules: [],
};

const MAX_PROOFS = 10;
const HOUR_MS = 3_600_000;

/** What may follow what. Refusals are values; a command that changes nothing answers the standing as it is. */
export function decide(
  standing: CaseStanding,
  command: CaseCommand,
  facts: CaseFacts,
): Outcome<CaseDecision, AuthenticityErrorCode> {
  switch (command.kind) {
    case 'assess':
      return accepted(afterAssessment(standing, command, facts));
    case 'withdraw':
      // A case that is suspected goes on: taking the number back does not undo that it was declared.
      return accepted(
        isOneOf(standing, 'pending', 'genuine') ? to(standing, 'withdrawn') : nothing(standing),
      );
    case 'give_proof':
      return giveProof(standing, facts);
    case 'clear':
      return clear(standing, command);
    case 'confirm':
      if (!isOneOf(standing, 'suspected', 'under_review')) return conflict(standing);
      return accepted(confirmed(standing, command.by, command.level, facts));
    case 'appeal':
      return appeal(standing, facts);
    case 'decide_appeal':
      return decideAppeal(standing, command);
    default:
      return unreachable(command);
  }
}

function afterAssessment(
  standing: CaseStanding,
  { assessment, proposedLevel }: Extract<CaseCommand, { kind: 'assess' }>,
  facts: CaseFacts,
): CaseDecision {
  const { outlook } = assessment;
  const isSuspicious = outlook === 'suspected' || outlook === 'convicted';
  switch (standing.state) {
    case 'pending':
    case 'genuine':
      if (isSuspicious) return suspect(standing, facts);
      return standing.state === quiet(outlook) ? nothing(standing) : to(standing, quiet(outlook));
    case 'suspected':
      if (!isSuspicious) return settle(standing, quiet(outlook));
      return isDue(standing.settlesAt, facts.now) ? review(standing, facts) : nothing(standing);
    case 'under_review':
      if (!isSuspicious) return settle(standing, quiet(outlook));
      // The rules go no further than the mildest level, and never against a proof that nobody read.
      if (outlook !== 'convicted' || proposedLevel !== 'general' || standing.proofs > 0)
        return nothing(standing);
      return isDue(standing.proofDueAt, facts.now)
        ? confirmed(standing, undefined, 'general', facts)
        : nothing(standing);
    case 'penalised':
    case 'appealed':
      // What the rules decided they take back when later evidence shows that it was genuine.
      return standing.decidedBy === 'rules' && outlook === 'genuine'
        ? { ...to({ ...standing, seenRules: [] }, 'revoked'), penalty: 'revoke' }
        : nothing(standing);
    case 'cleared':
    case 'revoked': {
      // A person believed the merchant in spite of what he saw; only something new reopens the case.
      const isNew = assessment.findings.some((finding) => !standing.seenRules.includes(finding.rule));
      return isSuspicious && isNew ? suspect(standing, facts) : nothing(standing);
    }
    case 'upheld':
    case 'withdrawn':
      return nothing(standing);
    default:
      return unreachable(standing.state);
  }
}

function suspect(standing: CaseStanding, { now, rules }: CaseFacts): CaseDecision {
  const settlesAt = addMs(now, rules.settleHours * HOUR_MS);
  // A case that is opened again begins anew: other evidence, another proof, another appeal.
  return to({ ...FRESH_CASE, seenRules: standing.seenRules, settlesAt }, 'suspected');
}

function settle(standing: CaseStanding, state: 'genuine' | 'pending'): CaseDecision {
  return to({ ...standing, settlesAt: undefined, proofDueAt: undefined }, state);
}

function review(standing: CaseStanding, { now, rules }: CaseFacts): CaseDecision {
  return to({ ...standing, proofDueAt: addDays(now, rules.proofDays) }, 'under_review');
}

function giveProof(standing: CaseStanding, { now }: CaseFacts): Outcome<CaseDecision, AuthenticityErrorCode> {
  if (!isOneOf(standing, 'suspected', 'under_review')) return conflict(standing);
  if (standing.proofDueAt !== undefined && standing.proofDueAt <= now)
    return refused('proof_window_over', '');
  if (standing.proofs >= MAX_PROOFS) return refused('proof_limit_reached', '');
  return accepted({
    standing: { ...standing, proofs: standing.proofs + 1 },
    steps: ['proof_given'],
    penalty: undefined,
  });
}

function clear(
  standing: CaseStanding,
  { by, rules }: Extract<CaseCommand, { kind: 'clear' }>,
): Outcome<CaseDecision, AuthenticityErrorCode> {
  const decided = { ...standing, decidedBy: by.judge, deciderId: by.id, seenRules: rules };
  if (isOneOf(standing, 'suspected', 'under_review'))
    return accepted(to({ ...decided, settlesAt: undefined, proofDueAt: undefined }, 'cleared'));
  // Whoever confirmed it may take his word back, without an appeal.
  if (isOneOf(standing, 'penalised', 'upheld'))
    return accepted({ ...to(decided, 'revoked'), penalty: 'revoke' });
  return conflict(standing);
}

/** Without `by` the rules confirm. The points are imposed in the same step. */
function confirmed(
  standing: CaseStanding,
  by: Decider | undefined,
  level: Level,
  { now, rules, shipFrom }: CaseFacts,
): CaseDecision {
  const appealDueAt = addWorkingDays(calendarOf(rules, shipFrom), now, rules.appealWorkingDays);
  return {
    standing: {
      ...standing,
      state: 'penalised',
      level,
      decidedBy: by?.judge ?? 'rules',
      deciderId: by?.id,
      settlesAt: undefined,
      appealDueAt,
    },
    steps: ['confirmed', 'penalised'],
    penalty: 'impose',
  };
}

function appeal(standing: CaseStanding, { now }: CaseFacts): Outcome<CaseDecision, AuthenticityErrorCode> {
  if (standing.state !== 'penalised') return conflict(standing);
  if (!isDue(standing.appealDueAt, now)) return accepted(to(standing, 'appealed'));
  return refused('appeal_window_over', '');
}

function decideAppeal(
  standing: CaseStanding,
  { by, upheld, rules }: Extract<CaseCommand, { kind: 'decide_appeal' }>,
): Outcome<CaseDecision, AuthenticityErrorCode> {
  if (standing.state !== 'appealed') return conflict(standing);
  if (standing.deciderId === by.id) return refused('decided_by_you', '');
  if (standing.decidedBy === 'marketplace' && by.judge !== 'operator') return refused('decided_by_you', '');
  const decided = { ...standing, decidedBy: by.judge, deciderId: by.id };
  return accepted(
    upheld
      ? to(decided, 'upheld')
      : { ...to({ ...decided, seenRules: rules }, 'revoked'), penalty: 'revoke' as const },
  );
}

function quiet(outlook: Assessment['outlook']): 'genuine' | 'pending' {
  return outlook === 'genuine' ? 'genuine' : 'pending';
}

function isDue(at: Instant | undefined, now: Instant): boolean {
  return at !== undefined && at <= now;
}

function to(standing: CaseStanding, state: VerificationState): CaseDecision {
  return { standing: { ...standing, state }, steps: [state], penalty: undefined };
}

function nothing(standing: CaseStanding): CaseDecision {
  return { standing, steps: [], penalty: undefined };
}

function isOneOf(standing: CaseStanding, ...states: readonly VerificationState[]): boolean {
  return states.includes(standing.state);
}

function conflict(standing: CaseStanding) {
  return refused('verification_state_conflict' as const, `The verification is ${standing.state}.`);
}
