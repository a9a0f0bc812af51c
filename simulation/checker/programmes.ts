import type { Merchant } from '../plan.ts';
import { PROGRAMMES } from '../programmes.ts';
import type { TruthOrder } from '../truth.ts';
import type { Readings } from './answers.ts';
import { contributionOf, duesOf } from './dues.ts';
import { type Difference, differ } from './verdict.ts';

type Use = { readonly state: string; readonly usedMinor: number };

/** Each order that a programme pays for is a use of it, no other is, and what it spent is their sum. */
export function judgeProgrammes(
  shipped: readonly TruthOrder[],
  readings: Readings,
  merchants: readonly Merchant[],
): Difference[] {
  const differences: Difference[] = [];
  const text = (use: Use | undefined) => (use === undefined ? undefined : `${use.state} ${use.usedMinor}`);
  for (const { name, marketplace } of PROGRAMMES) {
    const read = readings.programmes.get(name);
    const expected = new Map<string, Use>();
    for (const order of shipped) {
      if (order.programme !== name || merchants[order.merchant]?.marketplace !== marketplace) continue;
      const use = useOf(order, readings);
      if (use !== undefined) expected.set(order.shipmentId ?? '', use);
    }
    for (const id of new Set([...expected.keys(), ...(read?.uses.keys() ?? [])]))
      differences.push(
        ...differ('programme_use', `${name} ${id}`, text(expected.get(id)), text(read?.uses.get(id))),
      );
    const spent = expected.values().reduce((sum, use) => sum + use.usedMinor, 0);
    differences.push(...differ('programme_spent', name, spent, read?.spentMinor));
  }
  return differences;
}

function useOf(order: TruthOrder, readings: Readings): Use | undefined {
  const line = readings.lines.get(readings.shipments.get(order.shipmentId ?? '')?.lineCode ?? '');
  if (line === undefined) return undefined;
  const dues = duesOf(order, line);
  switch (order.freight) {
    case 'charged':
      return { state: 'settled', usedMinor: dues.marketplace.paidMinor };
    case 'released':
      return { state: 'released', usedMinor: 0 };
    default:
      return { state: 'reserved', usedMinor: contributionOf(order, dues.quotedMinor ?? 0) };
  }
}
