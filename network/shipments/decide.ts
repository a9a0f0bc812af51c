import { accepted, type Outcome, refused } from '../kernel/index.ts';
import type { ShipmentState } from './model.ts';

/**
 * What can happen to a shipment, from the first mile to its end. Milestones of the carrier arrive as `milestone`.
 */
export type ShipmentStep =
  | { readonly kind: 'pick_up' }
  | { readonly kind: 'fail_pickup' }
  | { readonly kind: 'accept_inbound' }
  | { readonly kind: 'reject_inbound' }
  | { readonly kind: 'complete_outbound' }
  | { readonly kind: 'fail_outbound' }
  | { readonly kind: 'send' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'return_before_departure' }
  | { readonly kind: 'carrier_refuses' }
  | {
      readonly kind: 'milestone';
      readonly status: 'in_transit' | 'delivered' | 'returned' | 'destroyed' | 'lost';
    };

type StepKind = ShipmentStep['kind'];

/** Step -> states it may start from -> state it leads to. The decision table of this module; its test walks it whole. */
const TRANSITIONS: Readonly<
  Record<
    Exclude<StepKind, 'milestone'>,
    { readonly from: readonly ShipmentState[]; readonly to: ShipmentState }
  >
> = {
  pick_up: { from: ['wait_receive', 'pickup_failed'], to: 'picked_up' },
  fail_pickup: { from: ['wait_receive', 'pickup_failed'], to: 'pickup_failed' },
  accept_inbound: { from: ['wait_receive', 'picked_up', 'pickup_failed'], to: 'wait_send' },
  reject_inbound: { from: ['wait_receive', 'picked_up', 'pickup_failed'], to: 'inbound_rejected' },
  complete_outbound: { from: ['wait_send', 'outbound_failed'], to: 'outbound_ok' },
  fail_outbound: { from: ['wait_send'], to: 'outbound_failed' },
  send: { from: ['outbound_ok'], to: 'sent' },
  // Cancelling is the merchant's right until the goods are accepted; later it is an interception or a return.
  cancel: { from: ['wait_receive', 'pickup_failed'], to: 'cancelled' },
  return_before_departure: {
    from: ['picked_up', 'inbound_rejected', 'wait_send', 'outbound_failed'],
    to: 'closed',
  },
  carrier_refuses: { from: ['wait_receive', 'pickup_failed'], to: 'cancelled' },
};

/**
 * From here on the order follows its timeline. That an ended order is moved again only by a correction with author
 * and reason is the timeline's own rule.
 */
const FOLLOWS_TIMELINE: readonly ShipmentState[] = [
  'outbound_ok',
  'sent',
  'in_transit',
  'delivered',
  'returned',
  'destroyed',
  'lost',
];

/**
 * The next state, or a refusal that names the present one. A milestone that would change nothing, or that comes for
 * an order that has not left or never will, is no error: the timeline has it; the order stays as it is.
 */
export function decideStep(
  state: ShipmentState,
  step: ShipmentStep,
): Outcome<{ to: ShipmentState; changed: boolean }, 'state_conflict'> {
  if (step.kind === 'milestone') {
    // Scans of the warehouse itself say `in_transit` too; the order is under way once the carrier has the parcel.
    const early = state === 'outbound_ok' && step.status === 'in_transit';
    if (!FOLLOWS_TIMELINE.includes(state) || state === step.status || early)
      return accepted({ to: state, changed: false });
    return accepted({ to: step.status, changed: true });
  }
  const rule = TRANSITIONS[step.kind];
  if (!rule.from.includes(state)) {
    return refused(
      'state_conflict',
      `The shipment is ${state}; ${step.kind.replaceAll('_', ' ')} needs ${rule.from.join(' or ')}.`,
    );
  }
  return accepted({ to: rule.to, changed: state !== rule.to || step.kind === 'fail_pickup' });
}

/** Out of the door of the first warehouse, or on to the carrier: what an interception forbids. */
export function leavesWarehouse(step: ShipmentStep): boolean {
  return step.kind === 'complete_outbound' || step.kind === 'send';
}

/** Freight is charged when the parcel leaves the warehouse, and released when it never does (domain reference 2.3). */
export function freightEffect(step: ShipmentStep): 'charge' | 'release' | 'none' {
  if (step.kind === 'complete_outbound') return 'charge';
  if (step.kind === 'cancel' || step.kind === 'carrier_refuses' || step.kind === 'return_before_departure')
    return 'release';
  return 'none';
}
