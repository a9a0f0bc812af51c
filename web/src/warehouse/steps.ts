import type { Shipment } from './tasks.ts';

/** What is done next with a parcel in the warehouse, and in which states it waits for that. */
export const STEPS = {
  inbound: ['wait_receive', 'picked_up'],
  outbound: ['wait_send'],
  dispatch: ['outbound_ok'],
  trouble: ['inbound_rejected', 'outbound_failed'],
} as const satisfies Record<string, readonly Shipment['state'][]>;
export type Step = keyof typeof STEPS;
export const STEP_NAMES = Object.keys(STEPS) as readonly Step[];

export function stepOf(state: Shipment['state']): Step | undefined {
  return STEP_NAMES.find((step) => (STEPS[step] as readonly string[]).includes(state));
}
