import type { TruthOrder } from '../truth.ts';
import type { Readings } from './answers.ts';
import { type Difference, differ } from './verdict.ts';

/** How each interception ended, that there is no other, and where the parcel goes since. What it cost is money's. */
export function judgeInterceptions(shipped: readonly TruthOrder[], readings: Readings): Difference[] {
  const differences: Difference[] = [];
  const known = new Set<string>();
  for (const order of shipped) {
    const { ref, stop, shipmentId = '' } = order;
    if (stop !== undefined) {
      known.add(stop.id);
      const found = readings.interceptions.get(stop.id);
      differences.push(
        ...differ(
          'interception_state',
          ref,
          `${shipmentId} ${stop.wish} ${stop.state}`,
          found && `${found.shipmentId} ${found.wish} ${found.state}`,
        ),
      );
    }
    const { country, city, postcode } = order.movedTo ?? order.to;
    differences.push(
      ...differ(
        'recipient_place',
        ref,
        `${country} ${city} ${postcode}`,
        readings.shipments.get(shipmentId)?.to,
      ),
    );
  }
  for (const id of readings.interceptions.keys())
    if (!known.has(id)) differences.push(...differ('interception_state', id, undefined, 'unknown'));
  return differences;
}
