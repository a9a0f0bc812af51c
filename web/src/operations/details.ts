import type { components } from '@postroad/sdk';

type Milestone = components['schemas']['MilestoneName'];
export type Detail = components['schemas']['ParcelSubstatus'];

/**
 * Details that a code may add to a milestone. Those that a milestone of their own tells better are left out: the server
 * takes them as well.
 */
export const DETAILS = {
  in_transit_local: ['in_transit.arrived_facility', 'in_transit.departed_facility'],
  exception: [
    'exception.delayed',
    'exception.delayed_weather',
    'exception.delayed_carrier',
    'exception.delayed_external',
    'exception.payment_due',
    'exception.held_at_facility',
    'exception.missorted',
    'exception.unclaimed',
    'exception.rejected_by_carrier',
    'exception.import_terminated',
    'exception.intercepted',
  ],
  out_for_delivery: ['out_for_delivery.appointment'],
  delivery_attempted: [
    'delivery_attempted.recipient_absent',
    'delivery_attempted.business_closed',
    'delivery_attempted.address_problem',
  ],
  at_point: ['available_for_pickup.outlet', 'available_for_pickup.locker'],
  delivered: [
    'delivered.signed',
    'delivered.collected',
    'delivered.proxy_or_neighbour',
    'delivered.locker_collected',
    'delivered.cod_collected',
    'delivered.safe_place',
  ],
} as const satisfies Partial<Record<Milestone, readonly Detail[]>>;

export type OfferedDetail = (typeof DETAILS)[keyof typeof DETAILS][number];

export function detailsOf(milestone: Milestone | ''): readonly OfferedDetail[] {
  return (DETAILS as Partial<Record<string, readonly OfferedDetail[]>>)[milestone] ?? [];
}
