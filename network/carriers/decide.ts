import {
  accepted,
  addDays,
  type Instant,
  instantFromMs,
  type Outcome,
  refused,
  unreachable,
} from '../kernel/index.ts';
import {
  type CarrierCommand,
  type CarrierEvent,
  type CarrierRejection,
  type CarrierState,
  type CarrierStatus,
  type Grade,
  QUALIFICATIONS,
} from './model.ts';

/** Numbers of the lifecycle. */
export const LIFECYCLE = {
  /** Share of traffic on trial, percent (source: domain reference 12, our default). */
  trialTrafficPercent: 5,
  /** Length of a trial (source: domain reference 3.5: 5 % traffic for 4 weeks, our default). */
  trialDays: 28,
  /** Length of an improvement plan (source: domain reference 3.5: 4 weeks, our default). */
  improvementDays: 28,
  /** Share of its usual traffic that a restricted carrier keeps, percent (source: domain reference 3.5, our default). */
  restrictedTrafficPercent: 50,
  /** A second suspension inside this many months eliminates (source: domain reference 3.5, our default). */
  suspensionWindowMonths: 12,
  /** Cool-off of an eliminated carrier (source: domain reference 3.5 and 12, our default). */
  coolOffMonths: 6,
  /** Notice before business stops (source: Interim Regulations on Express Delivery, article 29). */
  exitNoticeDays: 10,
} as const;

export const NO_CARRIER: CarrierState = { status: 'none' };

/** From which states a command is legal; `decide` refuses every other pair with `carrier_state_conflict`. */
export const LEGAL_FROM: Readonly<Record<CarrierCommand['type'], readonly CarrierStatus[]>> = {
  ApplyCarrier: ['none', 'exited'],
  StartQualification: ['applied'],
  PassQualification: ['qualification'],
  StartTrial: ['qualification'],
  ActivateCarrier: ['trial'],
  GradeCarrier: ['active', 'warned', 'improvement', 'restricted'],
  WarnCarrier: ['active'],
  StartImprovement: ['warned'],
  RestrictCarrier: ['active', 'warned', 'improvement'],
  SuspendCarrier: ['trial', 'active', 'warned', 'improvement', 'restricted'],
  ReinstateCarrier: ['warned', 'improvement', 'restricted', 'suspended'],
  EliminateCarrier: ['suspended'],
  ReapplyCarrier: ['eliminated'],
  AnnounceExit: ['trial', 'active', 'warned', 'improvement', 'restricted', 'suspended'],
  CompleteExit: ['exiting', 'applied', 'qualification'],
};

type Decision = Outcome<readonly CarrierEvent[], CarrierRejection>;

/**
 * What a command does to a carrier's membership. A second suspension within twelve months eliminates at once.
 * `CompleteExit` is also how an applicant withdraws before its trial.
 */
export function decide(state: CarrierState, command: CarrierCommand): Decision {
  if (!LEGAL_FROM[command.type].includes(state.status)) {
    return refused(
      'carrier_state_conflict',
      `A carrier that is ${state.status} does not take ${command.type}.`,
    );
  }
  const { at } = command;
  switch (command.type) {
    case 'ApplyCarrier':
      return one({ type: 'CarrierApplied', at });
    case 'StartQualification':
      return one({ type: 'CarrierQualificationStarted', at });
    case 'PassQualification':
      return one({ type: 'CarrierQualificationPassed', at, item: command.item, proof: command.proof });
    case 'StartTrial':
      return startTrial(state, at);
    case 'ActivateCarrier':
      if (state.status === 'trial' && at < state.until) {
        return refused('carrier_trial_running', `The trial runs until ${state.until}.`);
      }
      return one({ type: 'CarrierActivated', at, grade: command.grade });
    case 'GradeCarrier':
      return one({ type: 'CarrierGraded', at, grade: command.grade });
    case 'WarnCarrier':
      return one({ type: 'CarrierWarned', at, reason: command.reason });
    case 'StartImprovement':
      return one({
        type: 'CarrierImprovementStarted',
        at,
        reason: command.reason,
        until: addDays(at, LIFECYCLE.improvementDays),
      });
    case 'RestrictCarrier':
      return one({ type: 'CarrierRestricted', at, reason: command.reason });
    case 'SuspendCarrier':
      return suspend(state, at, command.reason);
    case 'ReinstateCarrier':
      return one({ type: 'CarrierReinstated', at, reason: command.reason });
    case 'EliminateCarrier':
      return one(eliminated(at, command.reason));
    case 'ReapplyCarrier':
      if (state.status === 'eliminated' && at < state.reapplyFrom) {
        return refused(
          'carrier_cool_off',
          `An eliminated carrier may apply again from ${state.reapplyFrom}.`,
        );
      }
      return one({ type: 'CarrierReapplied', at });
    case 'AnnounceExit':
      if (command.lastDay < addDays(at, LIFECYCLE.exitNoticeDays)) {
        return refused(
          'carrier_exit_notice_too_short',
          `Stopping business is announced ${LIFECYCLE.exitNoticeDays} days ahead.`,
        );
      }
      return one({ type: 'CarrierExitAnnounced', at, lastDay: command.lastDay });
    case 'CompleteExit':
      if (state.status === 'exiting' && at < state.lastDay) {
        return refused('carrier_exit_not_due', `The carrier serves until ${state.lastDay}.`);
      }
      return one({ type: 'CarrierExited', at });
    default:
      return unreachable(command);
  }
}

function startTrial(state: CarrierState, at: Instant): Decision {
  const passed = state.status === 'qualification' ? state.passed : [];
  const missing = QUALIFICATIONS.filter((item) => !passed.includes(item));
  if (missing.length > 0) {
    return refused('carrier_qualification_incomplete', `Still to be proven: ${missing.join(', ')}.`);
  }
  return one({ type: 'CarrierTrialStarted', at, until: addDays(at, LIFECYCLE.trialDays) });
}

function suspend(state: CarrierState, at: Instant, reason: string): Decision {
  const event: CarrierEvent = { type: 'CarrierSuspended', at, reason };
  const since = addMonths(at, -LIFECYCLE.suspensionWindowMonths);
  const earlier = suspensionsOf(state).filter((moment) => moment > since);
  if (earlier.length === 0) return one(event);
  return accepted([event, eliminated(at, `second suspension in ${LIFECYCLE.suspensionWindowMonths} months`)]);
}

function eliminated(at: Instant, reason: string): CarrierEvent {
  return { type: 'CarrierEliminated', at, reason, reapplyFrom: addMonths(at, LIFECYCLE.coolOffMonths) };
}

/** Pure fold of one event. Events come from `decide`, so they are taken as they are. */
export function evolve(state: CarrierState, event: CarrierEvent): CarrierState {
  const suspensions = suspensionsOf(state);
  const grade = gradeOf(state);
  switch (event.type) {
    case 'CarrierApplied':
    case 'CarrierReapplied':
      return { status: 'applied', suspensions };
    case 'CarrierQualificationStarted':
      return { status: 'qualification', passed: [], suspensions };
    case 'CarrierQualificationPassed': {
      const passed = state.status === 'qualification' ? state.passed : [];
      return { status: 'qualification', passed: [...new Set([...passed, event.item])], suspensions };
    }
    case 'CarrierTrialStarted':
      return { status: 'trial', until: event.until, suspensions };
    case 'CarrierActivated':
      return { status: 'active', grade: event.grade, suspensions };
    case 'CarrierGraded':
      return 'grade' in state ? { ...state, grade: event.grade } : state;
    case 'CarrierWarned':
      return { status: 'warned', grade, suspensions };
    case 'CarrierImprovementStarted':
      return { status: 'improvement', grade, until: event.until, suspensions };
    case 'CarrierRestricted':
      return { status: 'restricted', grade, suspensions };
    case 'CarrierSuspended':
      return { status: 'suspended', grade, suspensions: [...suspensions, event.at] };
    case 'CarrierReinstated':
      return { status: 'active', grade, suspensions };
    case 'CarrierEliminated':
      return { status: 'eliminated', reapplyFrom: event.reapplyFrom, suspensions };
    case 'CarrierExitAnnounced':
      return { status: 'exiting', lastDay: event.lastDay, suspensions };
    case 'CarrierExited':
      return { status: 'exited', suspensions };
    default:
      return unreachable(event);
  }
}

/**
 * Share of its demand that the carrier may be given now, percent: 0 when it takes no new orders. Until its last day
 * an exiting carrier still serves.
 */
export function trafficPercent(state: CarrierState, at: Instant): number {
  switch (state.status) {
    case 'active':
    case 'warned':
    case 'improvement':
      return 100;
    case 'trial':
      return LIFECYCLE.trialTrafficPercent;
    case 'restricted':
      return LIFECYCLE.restrictedTrafficPercent;
    case 'exiting':
      return at < state.lastDay ? 100 : 0;
    case 'none':
    case 'applied':
    case 'qualification':
    case 'suspended':
    case 'eliminated':
    case 'exited':
      return 0;
    default:
      return unreachable(state);
  }
}

function one(event: CarrierEvent): Decision {
  return accepted([event]);
}

function suspensionsOf(state: CarrierState): readonly Instant[] {
  return state.status === 'none' ? [] : state.suspensions;
}

/** A carrier suspended out of its trial has no grade yet: it counts as the lowest until it is graded. */
function gradeOf(state: CarrierState): Grade {
  return 'grade' in state ? state.grade : 'E';
}

function addMonths(at: Instant, months: number): Instant {
  const moved = Temporal.Instant.from(at).toZonedDateTimeISO('UTC').add({ months });
  return instantFromMs(moved.epochMilliseconds);
}
