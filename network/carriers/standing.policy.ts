import type { Instant } from '../kernel/index.ts';
import { NO_CARRIER, trafficPercent } from './decide.ts';
import type { Carrier, CarrierState } from './model.ts';

/**
 * The state of a carrier about which nothing was decided yet. Our native carriers ship as members in good standing,
 * so that the product works when it is opened; their grade C is the middle one (our default, until a scorecard says
 * otherwise). Every other carrier of the registry is known and no member.
 */
export function shippedState(carrier: Carrier): CarrierState {
  return carrier.orderIntake === 'native' ? { status: 'active', grade: 'C', suspensions: [] } : NO_CARRIER;
}

/** How many of 100 orders the carrier may be given now: none when it takes no orders here, whatever its standing. */
export function orderSharePercent(carrier: Carrier, state: CarrierState, at: Instant): number {
  return carrier.orderIntake === 'native' ? trafficPercent(state, at) : 0;
}

/** Whether lines of the carrier may be offered now: it takes orders here, and its standing lets it have traffic. */
export function mayTakeOrders(carrier: Carrier, state: CarrierState, at: Instant): boolean {
  return orderSharePercent(carrier, state, at) > 0;
}
