import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide, evolve, type PickupCommand, type Progress } from './decide.ts';
import {
  ATTEMPTS_ALLOWED,
  type CourierId,
  FINAL_STATES,
  PICKUP_STATES,
  type PickupState,
  WRONG_TRIES_ALLOWED,
} from './model.ts';

const ANNA = 'cou_00000000000000000000000001' as CourierId;
const BERT = 'cou_00000000000000000000000002' as CourierId;
const START: Progress = {
  state: 'placed',
  courierId: undefined,
  attempts: 0,
  wrongTries: 0,
  reason: undefined,
  cancelledBy: undefined,
};

/** Command, then the state that each of the ten states leads to; `-` is refused. In the order of PICKUP_STATES. */
const TABLE: readonly [string, PickupCommand, string][] = [
  //                                                                 placed assigned accepted on_the_way code_verified collected handed_over failed cancelled refused
  [
    'assign',
    { kind: 'assign', courierId: BERT, reason: 'other' },
    'assigned assigned assigned assigned - - - - - -',
  ],
  ['accept', { kind: 'accept' }, '- accepted - - - - - - - -'],
  ['set out', { kind: 'set_out' }, '- - on_the_way - - - - - - -'],
  ['right code', { kind: 'try_code', isRight: true }, '- - - code_verified - - - - - -'],
  ['wrong code', { kind: 'try_code', isRight: false }, '- - - on_the_way - - - - - -'],
  ['renew code', { kind: 'renew_code' }, 'placed assigned accepted on_the_way - - - - - -'],
  ['collect', { kind: 'collect', collected: 1 }, '- - - - collected - - - - -'],
  ['hand over', { kind: 'hand_over' }, '- - - - - handed_over - - - -'],
  ['fail', { kind: 'fail', reason: 'nobody_there' }, 'failed failed failed failed failed - - - - -'],
  ['refuse', { kind: 'refuse', reason: 'prohibited' }, '- - - refused refused - - - - -'],
  ['reschedule', { kind: 'reschedule' }, 'placed placed placed - - - - placed - -'],
  [
    'cancel by user',
    { kind: 'cancel', by: 'user', reason: 'x' },
    'cancelled cancelled cancelled - - - - cancelled - -',
  ],
  [
    'cancel by carrier',
    { kind: 'cancel', by: 'carrier', reason: 'x' },
    'cancelled cancelled cancelled cancelled cancelled - - cancelled - -',
  ],
  [
    'cancel by platform',
    { kind: 'cancel', by: 'platform', reason: 'x' },
    'cancelled cancelled cancelled cancelled cancelled - - cancelled - -',
  ],
];

function after(progress: Progress, command: PickupCommand): Progress | undefined {
  const decision = decide(progress, command);
  return decision.ok ? decision.value.reduce(evolve, progress) : undefined;
}

test.each(TABLE)('%s leads from each state where the table says', (_name, command, row) => {
  const expected = row.split(' ');
  expect(expected).toHaveLength(PICKUP_STATES.length);
  const got = PICKUP_STATES.map((state: PickupState) => {
    const courierId = state === 'placed' ? undefined : ANNA;
    return after({ ...START, state, courierId }, command)?.state ?? '-';
  });
  expect(got).toEqual(expected);
});

test('the second failure cancels in the name of the platform', () => {
  const first = after({ ...START, state: 'on_the_way' }, { kind: 'fail', reason: 'nobody_there' });
  expect(first).toMatchObject({ state: 'failed', attempts: 1 });
  const placed = after(first!, { kind: 'reschedule' });
  expect(placed).toMatchObject({ state: 'placed', attempts: 1, courierId: undefined });
  const last = after(placed!, { kind: 'fail', reason: 'window_missed' });
  expect(last).toMatchObject({
    state: 'cancelled',
    attempts: 2,
    cancelledBy: 'platform',
    reason: 'attempts_exhausted',
  });
});

test('the fifth wrong code locks, even for the right one, until the code is new', () => {
  let progress: Progress = { ...START, state: 'on_the_way', courierId: ANNA };
  for (let wrong = 0; wrong < WRONG_TRIES_ALLOWED; wrong += 1)
    progress = after(progress, { kind: 'try_code', isRight: false })!;
  const locked = decide(progress, { kind: 'try_code', isRight: true });
  expect(locked).toMatchObject({ ok: false, rejection: { code: 'pickup_code_locked' } });
  const renewed = after(progress, { kind: 'renew_code' });
  expect(after(renewed!, { kind: 'try_code', isRight: true })?.state).toBe('code_verified');
});

test('sending the same courier again is no news, another one is a reassignment', () => {
  const sent: Progress = { ...START, state: 'assigned', courierId: ANNA };
  expect(decide(sent, { kind: 'assign', courierId: ANNA, reason: 'other' })).toEqual({ ok: true, value: [] });
  expect(decide(sent, { kind: 'assign', courierId: BERT, reason: 'courier_transfer' })).toMatchObject({
    value: [{ kind: 'reassigned', courierId: BERT, reason: 'courier_transfer' }],
  });
  expect(decide({ ...sent, state: 'code_verified' }, { kind: 'collect', collected: 0 })).toMatchObject({
    rejection: { code: 'pickup_nothing_collected' },
  });
});

test('whatever happens in whatever order, a final state is never left and attempts never pass the limit', () => {
  const commands = TABLE.map(([, command]) => command);
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...commands), { maxLength: 40 }), (list) => {
      let progress = START;
      for (const command of list) {
        const next = after(progress, command);
        if (FINAL_STATES.has(progress.state)) expect(next).toBeUndefined();
        progress = next ?? progress;
        expect(progress.attempts).toBeLessThanOrEqual(ATTEMPTS_ALLOWED);
        expect(progress.wrongTries).toBeLessThanOrEqual(WRONG_TRIES_ALLOWED);
      }
    }),
  );
});
