import { describe, expect, test } from 'vitest';
import { addMs, type Instant, instant } from '../kernel/index.ts';
import {
  type ClockName,
  type CommandKind,
  decide,
  evolve,
  MAY,
  type ReturnCommand,
  type ReturnFacts,
} from './decide.ts';
import { RETURN_STATES, type ReturnKind, type ReturnState, type StateName } from './model.ts';

const NOW = instant('2026-03-02T08:00:00Z');
const DUE = instant('2026-03-02T08:00:00Z');
const LATER = instant('2026-03-09T08:00:00Z');
/** Each clock has an hour of its own, so that a wrong one shows. */
const CLOCK_HOURS: Readonly<Record<ClockName, number>> = {
  agree: 1,
  return: 2,
  handover: 3,
  confirm_shipped: 4,
  confirm_delivered: 5,
  negotiate: 6,
  replace: 7,
  amend: 8,
  confirm_replacement: 9,
};
const due = (clock: ClockName, from = NOW) => addMs(from, CLOCK_HOURS[clock] * 3_600_000);
const facts = (kind: ReturnKind = 'return', now: Instant = NOW): ReturnFacts => ({ kind, now, due });

function stateOf(name: StateName, dueAt: Instant = LATER): ReturnState {
  switch (name) {
    case 'accepted_at_point':
    case 'collected':
      return { name, dueAt, isLate: false };
    case 'in_transit':
      return { name, dueAt, deliveredAt: undefined };
    case 'platform_intervention':
      return { name, about: 'refused' };
    case 'refunded':
    case 'refund_instead':
    case 'success':
      return { name };
    case 'closed':
      return { name, reason: 'withdrawn' };
    default:
      return { name, dueAt };
  }
}

const COMMANDS: Readonly<Record<CommandKind, ReturnCommand>> = {
  agree: { kind: 'agree', by: 'seller' },
  refuse: { kind: 'refuse', reason: 'used' },
  withdraw: { kind: 'withdraw' },
  escalate: { kind: 'escalate', reason: 'it is broken' },
  choose_route: { kind: 'choose_route', method: 'point' },
  lose_route: { kind: 'lose_route', reason: 'point_exited' },
  declare_number: { kind: 'declare_number' },
  accept: { kind: 'accept', at: 'point', takenAt: NOW },
  turn_away: { kind: 'turn_away', reason: 'prohibited' },
  hand_over: { kind: 'hand_over', by: 'point' },
  arrive: { kind: 'arrive', at: NOW },
  receive: { kind: 'receive' },
  screen: { kind: 'screen', isAllOk: true },
  accept_screening: { kind: 'accept_screening' },
  decide_platform: { kind: 'decide_platform', outcome: 'refund' },
  send_replacement: { kind: 'send_replacement' },
  ask_amendment: { kind: 'ask_amendment', reason: 'sold out' },
  amend: { kind: 'amend' },
  refund_instead: { kind: 'refund_instead' },
  confirm_replacement: { kind: 'confirm_replacement' },
  time_out: { kind: 'time_out' },
};

/** Applies a command and answers the state after it, or the refusal. */
function stateAfter(state: ReturnState, command: ReturnCommand, about: ReturnFacts = facts()) {
  const decision = decide(state, command, about);
  return decision.ok
    ? decision.value.reduce((now, fact) => evolve(now, fact), state)
    : decision.rejection.code;
}

describe('every state x every command', () => {
  /** What follows from each command where it may be given; domain reference 12. */
  const LEADS_TO: Readonly<Partial<Record<CommandKind, StateName | 'same'>>> = {
    agree: 'agreed',
    refuse: 'refused',
    withdraw: 'closed',
    escalate: 'platform_intervention',
    choose_route: 'code_issued',
    lose_route: 'agreed',
    declare_number: 'in_transit',
    accept: 'accepted_at_point',
    turn_away: 'same',
    hand_over: 'in_transit',
    arrive: 'in_transit',
    receive: 'received',
    screen: 'refunded',
    accept_screening: 'refunded',
    decide_platform: 'refunded',
    send_replacement: 'replacement_sent',
    ask_amendment: 'amend',
    amend: 'replacement_pending',
    refund_instead: 'refund_instead',
    confirm_replacement: 'success',
  };

  test.each(RETURN_STATES)('%s', (name) => {
    for (const [kind, command] of Object.entries(COMMANDS) as [CommandKind, ReturnCommand][]) {
      if (kind === 'time_out') continue;
      const state = stateOf(name);
      const result = stateAfter(state, command);
      if (!MAY[kind].includes(name)) expect(result, `${name} ${kind}`).toBe('return_state_conflict');
      else {
        const expected = LEADS_TO[kind] === 'same' ? name : LEADS_TO[kind];
        expect((result as ReturnState).name, `${name} ${kind}`).toBe(expected);
      }
    }
  });

  test('nothing follows the end of a case', () => {
    for (const name of ['refunded', 'refund_instead', 'success', 'closed'] as const)
      for (const allowed of Object.values(MAY)) expect(allowed).not.toContain(name);
  });
});

test('who hands over after the time is late, also when the clock has not told it; a scan of it is not', () => {
  const kinds = (command: ReturnCommand, dueAt: Instant) => {
    const decision = decide(stateOf('accepted_at_point', dueAt), command, facts());
    return decision.ok ? decision.value.map(({ kind }) => kind) : decision.rejection.code;
  };
  expect(kinds({ kind: 'hand_over', by: 'point' }, NOW)).toEqual(['handover_late', 'handed_over']);
  expect(kinds({ kind: 'hand_over', by: 'point' }, LATER)).toEqual(['handed_over']);
  expect(kinds({ kind: 'hand_over', by: 'tracking' }, NOW)).toEqual(['handed_over']);
});

test('a slow point of the test world is late with handing over as soon as it has the goods', () => {
  const taken = stateAfter(stateOf('code_issued'), {
    kind: 'accept',
    at: 'point',
    takenAt: NOW,
    isSlow: true,
  });
  expect(taken).toMatchObject({ name: 'accepted_at_point', dueAt: NOW, isLate: false });
  expect(stateAfter(taken as ReturnState, { kind: 'time_out' })).toMatchObject({ isLate: true });
  const usual = stateAfter(stateOf('code_issued'), { kind: 'accept', at: 'point', takenAt: NOW });
  expect(stateAfter(usual as ReturnState, { kind: 'time_out' })).toEqual(usual);
});

describe('what silence means', () => {
  const ENDS: readonly (readonly [StateName, ReturnKind, StateName])[] = [
    ['applied', 'return', 'agreed'],
    ['applied', 'refund_only', 'refunded'],
    ['agreed', 'return', 'closed'],
    ['routed', 'return', 'closed'],
    ['code_issued', 'return', 'closed'],
    ['refused', 'return', 'closed'],
    ['accepted_at_point', 'return', 'accepted_at_point'],
    ['collected', 'return', 'collected'],
    ['in_transit', 'return', 'refunded'],
    ['in_transit', 'exchange', 'replacement_pending'],
    ['received', 'return', 'refunded'],
    ['received', 'exchange', 'replacement_pending'],
    ['screened', 'return', 'refunded'],
    ['replacement_pending', 'exchange', 'refund_instead'],
    ['amend', 'exchange', 'refund_instead'],
    ['replacement_sent', 'exchange', 'success'],
  ];

  test.each(ENDS)('%s of a %s ends as %s', (name, kind, expected) => {
    const result = stateAfter(stateOf(name, DUE), COMMANDS.time_out, facts(kind));
    expect((result as ReturnState).name).toBe(expected);
  });

  test('nothing before its time, and nothing where nobody is waited for', () => {
    for (const name of RETURN_STATES) {
      const early = decide(stateOf(name, LATER), COMMANDS.time_out, facts());
      expect(early.ok && early.value).toEqual([]);
    }
  });

  test('a counter that keeps the goods is told first, then the platform is called', () => {
    const late = stateAfter(stateOf('accepted_at_point', DUE), COMMANDS.time_out);
    expect(late).toEqual({ name: 'accepted_at_point', dueAt: due('confirm_shipped'), isLate: true });
    const called = stateAfter(
      late as ReturnState,
      COMMANDS.time_out,
      facts('return', due('confirm_shipped')),
    );
    expect(called).toEqual({ name: 'platform_intervention', about: 'handover' });
  });
});

describe('the way back', () => {
  test('the time to bring the goods runs on while the buyer chooses and loses a route', () => {
    const routed = stateAfter(stateOf('agreed', LATER), COMMANDS.choose_route) as ReturnState;
    expect(routed).toEqual({ name: 'code_issued', dueAt: LATER });
    const lost = stateAfter(routed, COMMANDS.lose_route) as ReturnState;
    expect(lost).toEqual({ name: 'agreed', dueAt: LATER });
    const posted = stateAfter(lost, { kind: 'choose_route', method: 'self_post' });
    expect(posted).toEqual({ name: 'routed', dueAt: LATER });
  });

  test('after the delivery the seller has days, not weeks', () => {
    const moving = stateAfter(stateOf('accepted_at_point'), COMMANDS.hand_over) as ReturnState;
    expect(moving).toEqual({ name: 'in_transit', dueAt: due('confirm_shipped'), deliveredAt: undefined });
    const delivered = stateAfter(moving, { kind: 'arrive', at: NOW });
    expect(delivered).toEqual({ name: 'in_transit', dueAt: due('confirm_delivered'), deliveredAt: NOW });
  });

  test('goods that are not in order wait for the buyer\u2019s word', () => {
    const screened = stateAfter(stateOf('received'), { kind: 'screen', isAllOk: false }) as ReturnState;
    expect(screened).toEqual({ name: 'screened', dueAt: due('negotiate') });
    expect(stateAfter(screened, COMMANDS.escalate)).toEqual({
      name: 'platform_intervention',
      about: 'screened',
    });
  });
});

describe('the platform', () => {
  const about = (disputed: 'agreed' | 'refused' | 'screened' | 'handover'): ReturnState => ({
    name: 'platform_intervention',
    about: disputed,
  });
  const say = (outcome: 'agree' | 'refund' | 'replace' | 'close') =>
    ({ kind: 'decide_platform', outcome }) as const;

  test('sends goods back only while the buyer has them', () => {
    expect(stateAfter(about('refused'), say('agree'))).toMatchObject({ name: 'agreed' });
    expect(stateAfter(about('agreed'), say('agree'))).toMatchObject({ name: 'agreed' });
    expect(stateAfter(about('screened'), say('agree'))).toBe('return_state_conflict');
    expect(stateAfter(about('handover'), say('agree'))).toBe('return_state_conflict');
  });

  test('has other goods sent only for an exchange whose goods are back', () => {
    expect(stateAfter(about('screened'), say('replace'), facts('exchange'))).toMatchObject({
      name: 'replacement_pending',
    });
    expect(stateAfter(about('refused'), say('replace'), facts('exchange'))).toBe('return_state_conflict');
    expect(stateAfter(about('screened'), say('replace'), facts('return'))).toBe('return_state_conflict');
  });

  test('closes what it finds nothing in', () => {
    expect(stateAfter(about('refused'), say('close'))).toEqual({ name: 'closed', reason: 'platform' });
  });
});
