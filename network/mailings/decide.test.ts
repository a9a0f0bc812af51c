import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMs, type Instant, instant } from '../kernel/index.ts';
import { type ClockName, decide, evolve, type MailingCommand, type MailingFacts } from './decide.ts';
import { MAILING_STATES, type MailingState, TURN_AWAY_REASONS } from './model.ts';

const NOW = instant('2026-03-02T08:00:00Z');
const LATER = addMs(NOW, 1);
const DUE: Record<ClockName, Instant> = {
  bring: addMs(NOW, 7 * 86_400_000),
  handover: addMs(NOW, 86_400_000),
  transit: addMs(NOW, 14 * 86_400_000),
};
const FACTS: MailingFacts = { now: NOW, due: (clock) => DUE[clock] };

const STATE: Record<string, MailingState> = {
  placed: { name: 'placed', dueAt: LATER },
  accepted: { name: 'accepted', dueAt: LATER, isLate: false },
  in_transit: { name: 'in_transit', dueAt: LATER, isLate: false },
  delivered: { name: 'delivered' },
  returned: { name: 'returned' },
  lost: { name: 'lost' },
  closed: { name: 'closed', reason: 'cancelled' },
};

/** Facts and the state after them, or the refusal. */
function become(state: MailingState, command: MailingCommand, facts: MailingFacts = FACTS) {
  const decision = decide(state, command, facts);
  if (!decision.ok) return decision.rejection.code;
  const end = decision.value.reduce(evolve, state);
  return [decision.value.map(({ kind }) => kind).join(' '), end.name === 'closed' ? end.reason : end.name];
}

const COMMAND: Record<string, MailingCommand> = {
  modify: { kind: 'modify' },
  choose_handover: { kind: 'choose_handover' },
  lose_handover: { kind: 'lose_handover', reason: 'point_paused' },
  cancel: { kind: 'cancel' },
  accept: { kind: 'accept', at: 'point' },
  turn_away: { kind: 'turn_away', reason: 'too_heavy' },
  undo: { kind: 'undo', reason: 'wrong_line' },
  hand_over: { kind: 'hand_over', by: 'point' },
};

describe('what may follow what', () => {
  const ALLOWED: Record<string, Record<string, readonly [string, string]>> = {
    placed: {
      modify: ['modified', 'placed'],
      choose_handover: ['sent_to_counter', 'placed'],
      lose_handover: ['handover_lost', 'placed'],
      cancel: ['closed', 'cancelled'],
      accept: ['accepted', 'accepted'],
      turn_away: ['turned_away', 'placed'],
    },
    accepted: {
      undo: ['undone closed', 'undone'],
      hand_over: ['handed_over', 'in_transit'],
    },
  };

  test.each(MAILING_STATES)('of a mailing that is %s', (name) => {
    for (const [kind, command] of Object.entries(COMMAND)) {
      const expected = ALLOWED[name]?.[kind] ?? 'mailing_state_conflict';
      expect([kind, become(STATE[name] as MailingState, command)]).toEqual([kind, expected]);
    }
  });

  test('what is prohibited is not asked for again, for all else its sender may come again', () => {
    for (const reason of TURN_AWAY_REASONS) {
      const expected =
        reason === 'prohibited' ? ['turned_away closed', 'prohibited'] : ['turned_away', 'placed'];
      expect(become(STATE.placed as MailingState, { kind: 'turn_away', reason })).toEqual(expected);
    }
  });
});

describe('what tracking says', () => {
  const NOTHING = (name: string) => ['', name];
  test.each([
    ['placed', 'delivered', NOTHING('placed')],
    ['accepted', 'moving', ['handed_over', 'in_transit']],
    ['accepted', 'delivered', ['handed_over delivered', 'delivered']],
    ['accepted', 'lost', ['handed_over lost', 'lost']],
    ['in_transit', 'moving', NOTHING('in_transit')],
    ['in_transit', 'delivered', ['delivered', 'delivered']],
    ['in_transit', 'returned', ['returned', 'returned']],
    ['in_transit', 'lost', ['lost', 'lost']],
    ['lost', 'moving', NOTHING('lost')],
    ['lost', 'delivered', ['delivered', 'delivered']],
    ['delivered', 'lost', NOTHING('delivered')],
    ['closed', 'delivered', ['', 'cancelled']],
  ] as const)('%s, then %s', (name, movement, expected) => {
    expect(become(STATE[name] as MailingState, { kind: 'follow', movement })).toEqual(expected);
  });
});

describe('silence', () => {
  const overdue = (name: 'placed' | 'accepted' | 'in_transit') =>
    ({ ...STATE[name], dueAt: NOW }) as MailingState;

  test('of a sender closes the mailing; of a courier and on the way it is told once', () => {
    const timeOut = { kind: 'time_out' } as const;
    expect(become(overdue('placed'), timeOut)).toEqual(['closed', 'not_brought']);
    expect(become(overdue('accepted'), timeOut)).toEqual(['handover_late', 'accepted']);
    expect(become(overdue('in_transit'), timeOut)).toEqual(['transit_late', 'in_transit']);
    for (const name of ['accepted', 'in_transit'] as const) {
      const told = { name, dueAt: undefined, isLate: true } as const;
      expect(become(told, timeOut)).toEqual(['', name]);
    }
  });

  test('means nothing before its time, nor where nobody is waited for', () => {
    for (const state of Object.values(STATE))
      expect(decide(state, { kind: 'time_out' }, FACTS)).toEqual({ ok: true, value: [] });
  });

  test('a late parcel is still handed over and undone', () => {
    const late: MailingState = { name: 'accepted', dueAt: undefined, isLate: true };
    expect(become(late, { kind: 'hand_over', by: 'point' })).toEqual(['handed_over', 'in_transit']);
    expect(become(late, { kind: 'undo', reason: 'x' })).toEqual(['undone closed', 'undone']);
  });
});

test('whatever is said in whatever order, a closed mailing stays closed and a delivered one delivered', () => {
  const movements = ['moving', 'delivered', 'returned', 'lost'] as const;
  const command = fc.oneof(
    fc.constantFrom(...Object.values(COMMAND)),
    fc.constantFrom(...movements).map((movement): MailingCommand => ({ kind: 'follow', movement })),
    fc.constant<MailingCommand>({ kind: 'time_out' }),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(command, fc.nat({ max: 20 })), { maxLength: 30 }), (said) => {
      let state: MailingState = { name: 'placed', dueAt: DUE.bring };
      for (const [one, days] of said) {
        const now = addMs(NOW, days * 86_400_000);
        const before = state;
        const decision = decide(state, one, { now, due: () => addMs(now, 1) });
        if (decision.ok) state = decision.value.reduce(evolve, state);
        if (before.name === 'closed' || before.name === 'delivered' || before.name === 'returned')
          expect(state).toEqual(before);
        else if (before.name !== 'placed') expect(state.name).not.toBe('placed');
      }
    }),
  );
});
