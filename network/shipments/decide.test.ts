import { expect, test } from 'vitest';
import { decideStep, freightEffect, type ShipmentStep } from './decide.ts';
import { FINAL_STATES, SHIPMENT_STATES, type ShipmentState } from './model.ts';

/** Written from domain reference 2.2, 2.3 and 12, not from the code: step, then every state it is possible in, and where it leads. */
const TABLE: readonly [ShipmentStep['kind'], readonly ShipmentState[], ShipmentState][] = [
  ['pick_up', ['wait_receive', 'pickup_failed'], 'picked_up'],
  ['fail_pickup', ['wait_receive', 'pickup_failed'], 'pickup_failed'],
  ['accept_inbound', ['wait_receive', 'picked_up', 'pickup_failed'], 'wait_send'],
  ['reject_inbound', ['wait_receive', 'picked_up', 'pickup_failed'], 'inbound_rejected'],
  ['complete_outbound', ['wait_send', 'outbound_failed'], 'outbound_ok'],
  ['fail_outbound', ['wait_send'], 'outbound_failed'],
  ['send', ['outbound_ok'], 'sent'],
  ['cancel', ['wait_receive', 'pickup_failed'], 'cancelled'],
  ['return_before_departure', ['picked_up', 'inbound_rejected', 'wait_send', 'outbound_failed'], 'closed'],
  ['carrier_refuses', ['wait_receive', 'pickup_failed'], 'cancelled'],
];

test.each(TABLE)('%s is possible in %j only and leads to %s', (kind, from, to) => {
  for (const state of SHIPMENT_STATES) {
    const outcome = decideStep(state, { kind } as ShipmentStep);
    if (from.includes(state)) expect(outcome, state).toMatchObject({ ok: true, value: { to } });
    else expect(outcome, state).toMatchObject({ ok: false, rejection: { code: 'state_conflict' } });
  }
});

test('milestones move an order that left the warehouse, also back by a correction, and nothing else', () => {
  for (const state of SHIPMENT_STATES) {
    for (const status of ['in_transit', 'delivered', 'returned', 'destroyed', 'lost'] as const) {
      const outcome = decideStep(state, { kind: 'milestone', status });
      const underway = [
        'outbound_ok',
        'sent',
        'in_transit',
        'delivered',
        'returned',
        'destroyed',
        'lost',
      ].includes(state);
      // Between outbound and dispatch the parcel is still in the warehouse's hands.
      const early = state === 'outbound_ok' && status === 'in_transit';
      const moves = underway && state !== status && !early;
      expect(outcome, `${state} + ${status}`).toEqual({
        ok: true,
        value: { to: moves ? status : state, changed: moves },
      });
    }
  }
});

test('no step but a correction of the timeline leaves a final state', () => {
  for (const state of FINAL_STATES) {
    for (const [kind] of TABLE)
      expect(decideStep(state, { kind } as ShipmentStep).ok, `${state} + ${kind}`).toBe(false);
  }
});

test('freight is charged when the parcel leaves and released when it never does', () => {
  const effects = TABLE.map(([kind]) => [kind, freightEffect({ kind } as ShipmentStep)]);
  expect(Object.fromEntries(effects)).toEqual({
    pick_up: 'none',
    fail_pickup: 'none',
    accept_inbound: 'none',
    reject_inbound: 'none',
    complete_outbound: 'charge',
    fail_outbound: 'none',
    send: 'none',
    cancel: 'release',
    return_before_departure: 'release',
    carrier_refuses: 'release',
  });
});
