import { accepted, addDays, type Instant, type Outcome, refused } from '../kernel/index.ts';
import {
  ONBOARDING_STATES,
  type OnboardingTerms,
  type PauseReason,
  type PointProgress,
  type PointState,
} from './model.ts';

export const POINT_LIFE = {
  /** Length of a trial (source: domain reference 5.7). */
  trialDays: 14,
  /** A new outlet is filed with the postal administration within so many days (source: domain reference 5.7, the law). */
  filingDays: 20,
  /** Who reopens nothing overnight: a planned pause is announced so long before. Our default. */
  pauseNoticeDays: 3,
  /** Notice before business stops (source: Interim Regulations on Express Delivery, article 29). */
  exitNoticeDays: 10,
  /** Notice when the network is the one who ends it without fault of the point. Our default. */
  terminationNoticeDays: 30,
} as const;

/** These begin at once: nobody announces them. */
const SUDDEN: ReadonlySet<PauseReason> = new Set(['illness', 'emergency']);

export type PointCommand =
  | { readonly type: 'accept_application' }
  | { readonly type: 'accept_documents' }
  | { readonly type: 'record_site_check'; readonly passed: boolean; readonly note: string }
  | { readonly type: 'contract_in_force' }
  | { readonly type: 'complete_training' }
  | { readonly type: 'end_trial' }
  | { readonly type: 'reject'; readonly reason: string; readonly note: string }
  | {
      readonly type: 'pause';
      readonly from: Instant;
      readonly until?: Instant | undefined;
      readonly reason: PauseReason;
    }
  | { readonly type: 'begin_pause' }
  | { readonly type: 'end_pause' }
  | { readonly type: 'resume' }
  | { readonly type: 'restrict'; readonly reason: string }
  | { readonly type: 'suspend'; readonly reason: string }
  | { readonly type: 'reinstate'; readonly reason: string }
  | {
      readonly type: 'announce_exit';
      readonly lastMoment: Instant;
      readonly by: 'network' | 'operator';
      readonly reason: string;
    }
  | { readonly type: 'complete_exit' }
  | { readonly type: 'record_filing'; readonly note: string }
  | { readonly type: 'filing_due' };

export type PointEventName =
  | 'PointApproved'
  | 'PointRejected'
  | 'PointActivated'
  | 'PointPaused'
  | 'PointResumed'
  | 'PointRestricted'
  | 'PointSuspended'
  | 'PointChanged'
  | 'PointFilingDue'
  | 'PointExited';

export type PointDecision = { readonly progress: PointProgress; readonly event: PointEventName };
export type PointRejectionCode =
  | 'point_state_conflict'
  | 'point_notice_too_short'
  | 'point_dates_turned_round';
type Decided = Outcome<PointDecision, PointRejectionCode>;

const WORKING: readonly PointState[] = ['trial', 'active'];
const OPEN: readonly PointState[] = ['trial', 'active', 'paused', 'restricted', 'suspended'];
const ONBOARDING: readonly PointState[] = ONBOARDING_STATES;

/** From which states a command is legal; every other pair is refused with `point_state_conflict`. */
export const LEGAL_FROM: Readonly<Record<PointCommand['type'], readonly PointState[]>> = {
  accept_application: ['applied'],
  accept_documents: ['documents'],
  record_site_check: ['site_check'],
  contract_in_force: ['contract'],
  complete_training: ['training'],
  end_trial: ['trial'],
  reject: ONBOARDING,
  pause: WORKING,
  begin_pause: WORKING,
  end_pause: ['paused'],
  resume: ['paused', 'trial', 'active'],
  restrict: ['trial', 'active', 'paused'],
  suspend: ['trial', 'active', 'paused', 'restricted'],
  reinstate: ['restricted', 'suspended'],
  announce_exit: [...ONBOARDING, ...OPEN],
  complete_exit: OPEN,
  record_filing: OPEN,
  filing_due: OPEN,
};

/** What a command does to an outlet. Timers send commands too: one that comes too early or late changes nothing. */
export function decide(
  before: PointProgress,
  command: PointCommand,
  facts: { readonly at: Instant; readonly terms: OnboardingTerms },
): Decided {
  const { at, terms } = facts;
  if (!LEGAL_FROM[command.type].includes(before.state))
    return refused('point_state_conflict', `A point that is ${before.state} does not take ${command.type}.`);
  switch (command.type) {
    case 'accept_application':
    case 'accept_documents':
      return step(before, terms);
    case 'record_site_check':
      return command.passed ? step(before, terms) : done(before, 'PointChanged');
    case 'contract_in_force':
      return terms.isInForce ? step(before, terms) : conflict('The contract is not in force.');
    case 'complete_training': {
      const trialUntil = addDays(at, POINT_LIFE.trialDays);
      return done({ ...before, state: 'trial', trialUntil }, 'PointActivated');
    }
    case 'end_trial':
      if (before.trialUntil !== undefined && at < before.trialUntil)
        return conflict(`The trial runs until ${before.trialUntil}.`);
      return done({ ...before, state: 'active' }, 'PointActivated');
    case 'reject':
      return done({ ...before, state: 'exited', exitsAt: at }, 'PointRejected');
    case 'restrict':
      return done({ ...before, state: 'restricted' }, 'PointRestricted');
    case 'suspend':
      return done({ ...before, state: 'suspended' }, 'PointSuspended');
    case 'reinstate':
      return done({ ...before, state: restingState(before, at) }, 'PointResumed');
    case 'pause':
    case 'begin_pause':
    case 'end_pause':
    case 'resume':
      return decidePause(before, command, at);
    case 'announce_exit':
      return announceExit(before, command, at);
    case 'record_filing':
      return done(before, 'PointChanged');
    case 'filing_due':
      return done(before, 'PointFilingDue');
    case 'complete_exit':
      if (before.exitsAt === undefined || at < before.exitsAt) return conflict('It does not leave yet.');
      return done({ ...before, state: 'exited' }, 'PointExited');
  }
}

/** The next state of an application; what the network's contract waives is passed over. */
function step(before: PointProgress, terms: OnboardingTerms): Decided {
  const order: readonly PointState[] = ONBOARDING_STATES;
  const isAsked: Partial<Record<PointState, boolean>> = {
    documents: terms.needsDocuments,
    site_check: terms.needsSiteCheck,
    contract: !terms.isInForce,
  };
  const state = order.slice(order.indexOf(before.state) + 1).find((next) => isAsked[next] ?? true);
  if (state === undefined) return conflict('There is no next step.');
  return done({ ...before, state }, state === 'training' ? 'PointApproved' : 'PointChanged');
}

type PauseCommand = Extract<PointCommand, { type: 'pause' | 'begin_pause' | 'end_pause' | 'resume' }>;

function decidePause(before: PointProgress, command: PauseCommand, at: Instant): Decided {
  if (command.type === 'pause') return announcePause(before, command, at);
  const { pausedFrom, pausedUntil } = before;
  if (command.type === 'begin_pause') {
    if (pausedFrom === undefined || at < pausedFrom) return conflict('No pause begins now.');
    return done({ ...before, state: 'paused' }, 'PointPaused');
  }
  if (command.type === 'end_pause' && (pausedUntil === undefined || at < pausedUntil))
    return conflict('The pause does not end now.');
  if (command.type === 'resume' && pausedFrom === undefined) return conflict('There is no pause to end.');
  const after = { ...before, pausedFrom: undefined, pausedUntil: undefined };
  return done({ ...after, state: restingState(after, at) }, 'PointResumed');
}

function announcePause(
  before: PointProgress,
  { from, until, reason }: Extract<PointCommand, { type: 'pause' }>,
  at: Instant,
): Decided {
  const begins = from < at ? at : from;
  if (until !== undefined && until <= begins) return refused('point_dates_turned_round', '');
  const earliest = SUDDEN.has(reason) ? at : addDays(at, POINT_LIFE.pauseNoticeDays);
  if (begins < earliest)
    return refused('point_notice_too_short', `A pause for ${reason} begins at ${earliest} at the earliest.`);
  const after = { ...before, pausedFrom: begins, pausedUntil: until };
  return done({ ...after, state: restingState(after, at) }, begins <= at ? 'PointPaused' : 'PointChanged');
}

function announceExit(
  before: PointProgress,
  { lastMoment, by }: Extract<PointCommand, { type: 'announce_exit' }>,
  at: Instant,
): Decided {
  // Who never opened owes nobody notice.
  if (ONBOARDING.includes(before.state))
    return done({ ...before, state: 'exited', exitsAt: at }, 'PointExited');
  const days = by === 'operator' ? POINT_LIFE.terminationNoticeDays : POINT_LIFE.exitNoticeDays;
  if (lastMoment < addDays(at, days))
    return refused('point_notice_too_short', `An exit is announced ${days} days ahead.`);
  return done({ ...before, exitsAt: lastMoment }, 'PointChanged');
}

/** Where a point is when nothing is held against it. */
function restingState({ trialUntil, pausedFrom, pausedUntil }: PointProgress, at: Instant): PointState {
  const isPaused =
    pausedFrom !== undefined && at >= pausedFrom && (pausedUntil === undefined || at < pausedUntil);
  if (isPaused) return 'paused';
  return trialUntil !== undefined && at < trialUntil ? 'trial' : 'active';
}

/** Moments at which something happens by itself, with the command that then comes. */
export function timersOf(
  progress: PointProgress,
  at: Instant,
): { readonly type: 'end_trial' | 'begin_pause' | 'end_pause' | 'complete_exit'; readonly at: Instant }[] {
  const { trialUntil, pausedFrom, pausedUntil, exitsAt } = progress;
  const timers = [
    { type: 'end_trial', at: trialUntil },
    { type: 'begin_pause', at: pausedFrom },
    { type: 'end_pause', at: pausedUntil },
    { type: 'complete_exit', at: exitsAt },
  ] as const;
  return timers.flatMap((timer) =>
    timer.at === undefined || timer.at <= at ? [] : [{ type: timer.type, at: timer.at }],
  );
}

function done(progress: PointProgress, event: PointEventName): Decided {
  return accepted({ progress, event });
}

function conflict(detail: string): Decided {
  return refused('point_state_conflict', detail);
}
