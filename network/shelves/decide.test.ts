import { describe, expect, it } from 'vitest';
import { addMs, type Currency, instant, money } from '../kernel/index.ts';
import {
  decide,
  evolve,
  isHeld,
  keepsCode,
  type ShelfCommand,
  type ShelfFact,
  type Standing,
} from './decide.ts';
import { type CashPaid, SHELF_STATES, type ShelfParcel, type ShelfState } from './model.ts';

const NOON = instant('2026-11-02T12:00:00Z');
const HOUR = 3_600_000;
const CONSENT = { givenBy: 'recipient', givenAt: NOON, channel: 'checkout', wording: 'v1' } as const;
const at = (state: ShelfState, more: Partial<Standing> = {}): Standing => ({
  state,
  consent: CONSENT,
  wrongTries: 0,
  storedAt: NOON,
  handedOutAt: state === 'handed_out' ? NOON : undefined,
  isExtended: false,
  lease: undefined,
  changedAt: NOON,
  cashOnDelivery: undefined,
  cashPaidBy: undefined,
  cashChargedAt: undefined,
  ...more,
});
const handOut: Extract<ShelfCommand, { kind: 'hand_out' }> = {
  kind: 'hand_out',
  cash: undefined,
  way: 'code',
  isCodeRight: true,
  isSupervisor: false,
  fee: undefined,
  feeDue: undefined,
  deviceId: undefined,
  isFact: false,
};
const outcomeOf = (standing: Standing, command: ShelfCommand, when = addMs(NOON, HOUR)) => {
  const decision = decide(standing, command, when);
  return decision.ok ? decision.value.map(({ kind }) => kind).join(' ') : decision.rejection.code;
};

const COMMANDS: readonly ShelfCommand[] = [
  { kind: 'cancel', reason: 'sold out' },
  { kind: 'withdraw_consent' },
  { kind: 'store' },
  { kind: 'move' },
  handOut,
  { kind: 'undo', undoHours: 24 },
  { kind: 'except', exception: 'damaged' },
  { kind: 'resolve', resolution: 'restock' },
  { kind: 'resolve', resolution: 'return' },
  { kind: 'resolve', resolution: 'void' },
  { kind: 'start_return', reason: 'overdue' },
  { kind: 'send_back' },
  { kind: 'extend' },
];
const NO = 'shelf_state_conflict';

describe('what may follow what', () => {
  it.each<[ShelfState, readonly string[]]>([
    ['announced', ['cancelled', 'cancelled', 'stored', NO, NO, NO, NO, NO, NO, NO, NO, NO, NO]],
    [
      'stored',
      [
        NO,
        'return_started',
        NO,
        'moved',
        'handed_out',
        'storing_undone',
        'excepted',
        NO,
        NO,
        NO,
        'return_started',
        NO,
        'extended',
      ],
    ],
    ['handed_out', [NO, NO, NO, NO, NO, 'hand_out_undone', NO, NO, NO, NO, NO, NO, NO]],
    [
      'exception',
      [NO, NO, NO, 'moved', NO, NO, NO, 'restocked', 'return_started', 'voided', 'return_started', NO, NO],
    ],
    ['returning', [NO, NO, NO, 'moved', NO, NO, NO, NO, NO, NO, NO, 'sent_back', NO]],
    ['returned', COMMANDS.map(() => NO)],
    ['cancelled', COMMANDS.map(() => NO)],
  ])('of a parcel that is %s', (state, expected) => {
    expect(COMMANDS.map((command) => outcomeOf(at(state), command))).toEqual(expected);
  });
});

describe('storing', () => {
  it('nothing is stored without a consent', () => {
    const without = at('announced', { consent: undefined });
    expect(outcomeOf(without, { kind: 'store' })).toBe('shelf_consent_missing');
    expect(outcomeOf(without, { kind: 'store', consent: CONSENT })).toBe('stored');
  });
});

describe('handing out', () => {
  const fee = money(100, 'EUR');
  it.each([
    ['a wrong code counts', at('stored'), { isCodeRight: false }, 'code_wrong'],
    ['no code is a wrong one', at('stored'), { isCodeRight: undefined }, 'code_wrong'],
    ['the fifth locks', at('stored', { wrongTries: 4 }), { isCodeRight: false }, 'code_wrong code_locked'],
    ['the right one no longer opens', at('stored', { wrongTries: 5 }), {}, 'shelf_code_locked'],
    [
      'a supervisor opens by identity',
      at('stored', { wrongTries: 5 }),
      { way: 'identity', isSupervisor: true },
      'handed_out',
    ],
    ['a clerk does not', at('stored'), { way: 'identity' }, 'shelf_supervisor_needed'],
    ['a friend needs no code', at('stored'), { way: 'friend', isCodeRight: undefined }, 'handed_out'],
    ['storage is paid first', at('stored'), { feeDue: fee }, 'shelf_fee_due'],
    ['paid storage opens', at('stored'), { feeDue: fee, fee: 'collected' }, 'handed_out'],
    [
      'not before it was stored',
      at('stored', { storedAt: addMs(NOON, 2 * HOUR) }),
      {},
      'occurred_out_of_order',
    ],
    [
      'not what another device holds',
      at('stored', { lease: { deviceId: 'a', until: addMs(NOON, 9 * HOUR) } }),
      { deviceId: 'b' },
      'shelf_leased_elsewhere',
    ],
    [
      'what one holds oneself',
      at('stored', { lease: { deviceId: 'a', until: addMs(NOON, 9 * HOUR) } }),
      { deviceId: 'a' },
      'handed_out',
    ],
    [
      'what another held before',
      at('stored', { lease: { deviceId: 'a', until: NOON } }),
      { deviceId: 'b' },
      'handed_out',
    ],
    [
      'a fact is a fact',
      at('stored', { wrongTries: 5 }),
      { isFact: true, isCodeRight: false, feeDue: fee },
      'handed_out',
    ],
  ] as const)('%s', (_rule, standing, more, expected) => {
    expect(outcomeOf(standing, { ...handOut, ...more } as ShelfCommand)).toBe(expected);
  });
  it('a fee that nobody took stays open', () => {
    const decision = decide(at('stored'), { ...handOut, isFact: true, feeDue: fee }, addMs(NOON, HOUR));
    expect(decision).toMatchObject({ ok: true, value: [{ fee: 'open', amount: fee }] });
  });
});

describe('wrong codes that a device turned away', () => {
  it.each([
    ['counts', { wrongTries: 1 }, false, 'code_wrong'],
    ['locks as the fifth', { wrongTries: 4 }, false, 'code_wrong code_locked'],
    ['locks once', { wrongTries: 5 }, false, 'code_wrong'],
    ['of before a supervisor looked locks nothing', { wrongTries: 4 }, true, 'code_wrong'],
  ] as const)('one %s', (_rule, more, isPast, expected) => {
    const command = { kind: 'note_wrong_code', isPast } as const;
    expect(outcomeOf(at('stored', more), command)).toBe(expected);
    expect(outcomeOf(at('handed_out', more), command)).toBe(expected);
  });
  it('five are the most that are counted, and past ones are not', () => {
    const parcel = { ...at('stored', { wrongTries: 5 }), version: 1 } as ShelfParcel;
    expect(evolve(parcel, { kind: 'code_wrong' }, NOON).wrongTries).toBe(5);
    const fresh = { ...parcel, wrongTries: 0 };
    expect(evolve(fresh, { kind: 'code_wrong' }, NOON).wrongTries).toBe(1);
    expect(evolve(fresh, { kind: 'code_wrong', isPast: true }, NOON).wrongTries).toBe(0);
  });
});

describe('undoing', () => {
  it.each([
    ['stored', 24, 'storing_undone'],
    ['stored', 24.1, 'shelf_undo_too_late'],
    ['handed_out', 24, 'hand_out_undone'],
    ['handed_out', 25, 'shelf_undo_too_late'],
  ] as const)('what is %s for %d hours', (state, hours, expected) => {
    expect(outcomeOf(at(state), { kind: 'undo', undoHours: 24 }, addMs(NOON, hours * HOUR))).toBe(expected);
  });
  it('one extension, and a supervisor alone unlocks', () => {
    expect(outcomeOf(at('stored', { isExtended: true }), { kind: 'extend' })).toBe('shelf_extended_already');
    expect(outcomeOf(at('stored'), { kind: 'unlock', isSupervisor: false })).toBe('shelf_supervisor_needed');
    expect(outcomeOf(at('stored'), { kind: 'unlock', isSupervisor: true })).toBe('code_unlocked');
  });
});

describe('evolving', () => {
  const parcel = { ...at('announced'), version: 1, place: '15-1', code: '15-1-3', rung: 2 } as ShelfParcel;
  const FACTS: readonly [ShelfFact, ShelfState][] = [
    [{ kind: 'cancelled', reason: 'x' }, 'cancelled'],
    [{ kind: 'stored', consent: CONSENT }, 'stored'],
    [{ kind: 'handed_out', way: 'code', fee: 'none', amount: undefined, cash: undefined }, 'handed_out'],
    [{ kind: 'hand_out_undone' }, 'stored'],
    [{ kind: 'storing_undone' }, 'announced'],
    [{ kind: 'excepted', exception: 'damaged' }, 'exception'],
    [{ kind: 'restocked' }, 'stored'],
    [{ kind: 'voided' }, 'cancelled'],
    [{ kind: 'return_started', reason: 'overdue' }, 'returning'],
    [{ kind: 'sent_back' }, 'returned'],
  ];
  it.each(FACTS)('%o leads to %s', (fact, state) => {
    const after = evolve(parcel, fact, NOON);
    expect(after.state).toBe(state);
    expect(after.version).toBe(2);
  });
  it('what is put down anew climbs its ladder from the ground', () => {
    expect(evolve(parcel, { kind: 'stored', consent: CONSENT }, NOON).rung).toBe(0);
    expect(evolve(parcel, { kind: 'storing_undone' }, NOON)).toMatchObject({ rung: 0, storedAt: undefined });
  });
  it('room is taken while it lies there, a code while it can be collected', () => {
    const of = (test: (parcel: { state: ShelfState }) => boolean) =>
      SHELF_STATES.filter((state) => test({ state }));
    expect(of(isHeld)).toEqual(['stored', 'exception', 'returning']);
    expect(of(keepsCode)).toEqual(['stored', 'exception']);
  });
});

describe('goods that are paid when they are handed out', () => {
  const price = { amountMinor: 4_990, currency: 'EUR' as Currency };
  const paid = { method: 'cash', amount: price } as const;
  const priced = at('stored', { cashOnDelivery: price });

  it.each<[string, Standing, CashPaid | undefined, string]>([
    ['nothing was paid', priced, undefined, 'shelf_cash_due'],
    ['too little was paid', priced, { ...paid, amount: { ...price, amountMinor: 4_000 } }, 'shelf_cash_due'],
    [
      'it was paid in another currency',
      priced,
      { ...paid, amount: { ...price, currency: 'CNY' as Currency } },
      'shelf_cash_due',
    ],
    ['it was paid', priced, paid, 'handed_out'],
    ['nothing is to be paid', at('stored'), paid, 'shelf_cash_not_due'],
  ])('%s', (_, standing, cash, outcome) => {
    expect(outcomeOf(standing, { ...handOut, cash })).toBe(outcome);
  });

  it('a wrong code counts before anybody pays', () => {
    expect(outcomeOf(priced, { ...handOut, isCodeRight: false })).toBe('code_wrong');
  });

  it('what happened without a network is recorded, and says what was paid only when it was all of it', () => {
    const cashOf = (cash: CashPaid | undefined) => {
      const decision = decide(priced, { ...handOut, cash, isFact: true }, addMs(NOON, HOUR));
      return decision.ok && decision.value.map((fact) => (fact.kind === 'handed_out' ? fact.cash : 'other'));
    };
    expect(cashOf(paid)).toEqual([paid]);
    expect(cashOf(undefined)).toEqual([undefined]);
    expect(cashOf({ ...paid, amount: { ...price, amountMinor: 1 } })).toEqual([undefined]);
  });

  const gone = (more: Partial<Standing> = {}) => at('handed_out', { cashOnDelivery: price, ...more });
  it.each<[string, Standing, string, string]>([
    ['a hand-out that said nothing of it', gone(), 'cash_recorded', 'cash_charged'],
    ['what is on record', gone({ cashPaidBy: 'card' }), 'shelf_cash_known', 'shelf_cash_known'],
    ['what was charged', gone({ cashChargedAt: NOON }), 'shelf_cash_charged', 'shelf_cash_charged'],
    ['what waits', priced, NO, NO],
    ['what costs nothing', at('handed_out'), 'shelf_cash_not_due', 'shelf_cash_not_due'],
  ])('afterwards: %s', (_, standing, recorded, charged) => {
    expect(outcomeOf(standing, { kind: 'record_cash', cash: paid })).toBe(recorded);
    expect(outcomeOf(standing, { kind: 'charge_cash' })).toBe(charged);
  });

  it('a hand-out whose money was charged is not taken back: that is appealed against', () => {
    const undo = { kind: 'undo', undoHours: 24 } as const;
    expect(outcomeOf(gone({ handedOutAt: NOON }), undo)).toBe('hand_out_undone');
    expect(outcomeOf(gone({ handedOutAt: NOON, cashChargedAt: NOON }), undo)).toBe('shelf_cash_charged');
  });

  it('afterwards it is all of it or nothing', () => {
    const some = { ...paid, amount: { ...price, amountMinor: 4_989 } };
    expect(outcomeOf(gone(), { kind: 'record_cash', cash: some })).toBe('shelf_cash_due');
  });
});
