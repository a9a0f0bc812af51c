import { describe, expect, test } from 'vitest';
import { addMs, type Instant, instant } from '../kernel/index.ts';
import {
  BETWEEN_ATTEMPTS_MS,
  type DeliveryCommand,
  type DoorFacts,
  decide,
  evolve,
  type Progress,
} from './decide.ts';
import { DELIVERY_STATES, type Delivery, type DeliveryState } from './model.ts';

const NOON = instant('2026-03-02T12:00:00.000Z');
const DEPARTED = instant('2026-03-02T08:00:00.000Z');
const facts = (wish: Partial<DoorFacts['wish']> = {}, occurredAt: Instant = NOON): DoorFacts => ({
  occurredAt,
  wish: { safePlace: [], afterAttempts: undefined, isPinRequired: false, ...wish },
});
const progress = (state: DeliveryState, more: Partial<Progress> = {}): Progress => ({
  state,
  attempts: 0,
  lastAttemptAt: undefined,
  outAt: DEPARTED,
  undeliverable: 'return',
  ...more,
});
const PHOTO = { photo: true, signature: false, pin: false };
const COMMANDS: Record<string, DeliveryCommand> = {
  assign: { kind: 'assign' },
  depart: { kind: 'depart' },
  attempt: { kind: 'attempt', reason: 'recipient_absent' },
  deliver: { kind: 'deliver', signKind: 'self', proofs: PHOTO },
  refuse: { kind: 'refuse' },
  bring_back: { kind: 'bring_back' },
  end_hold: { kind: 'end_hold' },
  complete_return: { kind: 'complete_return' },
  dispose: { kind: 'dispose' },
};
/** The delivery that walks through the facts of a decision. */
const outcomeOf = (from: Progress, command: DeliveryCommand, with_: DoorFacts): string => {
  const decision = decide(from, command, with_);
  if (!decision.ok)
    return decision.rejection.code === 'delivery_state_conflict' ? '-' : decision.rejection.code;
  const start = { ...from, version: 1 } as Delivery;
  return decision.value.reduce((delivery, fact) => evolve(delivery, fact, with_.occurredAt), start).state;
};

const TABLE = `
                 assigned         out_for_delivery attempted        at_depot         held             delivered safe_place returning returned awaiting_disposal disposed
assign           assigned         -                assigned         assigned         assigned         -         -          -         -        -                 -
depart           out_for_delivery -                -                -                -                -         -          -         -        -                 -
attempt          -                attempted        -                attempted        -                -         -          -         -        -                 -
deliver          -                delivered        delivered        delivered        delivered        -         -          -         -        -                 -
refuse           -                returning        returning        returning        returning        -         -          -         -        -                 -
bring_back       at_depot         at_depot         -                -                -                -         -          -         -        -                 -
end_hold         -                -                -                -                returning        -         -          -         -        -                 -
complete_return  -                -                -                -                -                -         -          returned  -        -                 -
dispose          -                -                -                -                -                -         -          -         -        disposed          -`;

describe('the decision table', () => {
  const [head = '', ...rows] = TABLE.trim().split('\n');
  const states = head.trim().split(/\s+/) as DeliveryState[];
  test('names every state and command', () => {
    expect([...states].sort()).toEqual([...DELIVERY_STATES].sort());
    expect(rows.map((row) => row.split(/\s+/)[0]).sort()).toEqual(Object.keys(COMMANDS).sort());
  });
  for (const row of rows) {
    const [name = '', ...cells] = row.trim().split(/\s+/);
    for (const [index, cell] of cells.entries()) {
      test(`${name} from ${states[index]} gives ${cell}`, () => {
        expect(
          outcomeOf(progress(states[index] as DeliveryState), COMMANDS[name] as DeliveryCommand, facts()),
        ).toBe(cell);
      });
    }
  }
});

describe('attempts', () => {
  const tried = (ago: number, more: Partial<Progress> = {}) =>
    progress('out_for_delivery', {
      attempts: 1,
      lastAttemptAt: addMs(NOON, -ago),
      outAt: addMs(NOON, -ago),
      ...more,
    });
  const absent = COMMANDS.attempt as DeliveryCommand;

  test('the second counts from eight hours after the first, not a millisecond earlier', () => {
    expect(outcomeOf(tried(BETWEEN_ATTEMPTS_MS - 1), absent, facts())).toBe('attempt_too_soon');
    expect(outcomeOf(tried(BETWEEN_ATTEMPTS_MS), absent, facts())).toBe('returning');
  });
  test('after the second the merchant’s decision holds, unless the recipient wants to come for it', () => {
    expect(outcomeOf(tried(BETWEEN_ATTEMPTS_MS, { undeliverable: 'destroy' }), absent, facts())).toBe(
      'awaiting_disposal',
    );
    expect(outcomeOf(tried(BETWEEN_ATTEMPTS_MS), absent, facts({ afterAttempts: 'hold_for_pickup' }))).toBe(
      'held',
    );
    expect(
      outcomeOf(
        tried(BETWEEN_ATTEMPTS_MS, { attempts: 2 }),
        absent,
        facts({ afterAttempts: 'hold_for_pickup' }),
      ),
    ).toBe('returning');
  });
  test('what is the courier’s own fault uses up no attempt and waits for nothing', () => {
    for (const reason of ['damaged', 'courier_unable'] as const) {
      const decision = decide(tried(1), { kind: 'attempt', reason }, facts());
      expect(decision).toMatchObject({ ok: true, value: [{ kind: 'attempted', counts: false }] });
    }
  });
  test('nothing happens at a door before the parcel left the depot', () => {
    for (const name of ['attempt', 'deliver', 'refuse']) {
      const early = facts({}, addMs(DEPARTED, -1));
      expect(outcomeOf(progress('out_for_delivery'), COMMANDS[name] as DeliveryCommand, early)).toBe(
        'occurred_before_departure',
      );
    }
    expect(
      outcomeOf(progress('at_depot', { outAt: undefined }), COMMANDS.deliver as DeliveryCommand, facts()),
    ).toBe('occurred_before_departure');
  });
});

describe('handing over', () => {
  const deliver = (
    signKind: 'self' | 'door' | 'meter_box',
    proofs: Partial<typeof PHOTO>,
    wish: Partial<DoorFacts['wish']> = {},
  ) =>
    outcomeOf(
      progress('out_for_delivery'),
      { kind: 'deliver', signKind, proofs: { photo: false, signature: false, pin: false, ...proofs } },
      facts(wish),
    );

  test('needs one proof', () => {
    expect(deliver('self', {})).toBe('proof_missing');
    for (const proof of ['photo', 'signature', 'pin'])
      expect(deliver('self', { [proof]: true })).toBe('delivered');
  });
  test('a PIN that was asked for is not replaced by a photo', () => {
    expect(deliver('self', { photo: true }, { isPinRequired: true })).toBe('pin_required');
  });
  test('leaves nothing where the recipient did not allow it, and never without a photo', () => {
    expect(deliver('door', { photo: true })).toBe('consent_missing');
    expect(deliver('meter_box', { photo: true }, { safePlace: ['door'] })).toBe('consent_missing');
    expect(deliver('door', { pin: true, signature: true }, { safePlace: ['door'] })).toBe('proof_missing');
    expect(deliver('door', { photo: true }, { safePlace: ['door'] })).toBe('safe_place');
  });
});
