import { expect, test } from 'vitest';
import { instant } from '../kernel/index.ts';
import type { CarrierState } from './model.ts';
import { CARRIERS, getCarrier } from './registry.ts';
import { mayTakeOrders, shippedState } from './standing.policy.ts';

const NOW = instant('2026-06-01T00:00:00Z');
const suspensions: never[] = [];

test('native carriers ship in good standing, all others as known and no members', () => {
  for (const carrier of CARRIERS) {
    const isNative = carrier.orderIntake === 'native';
    expect(shippedState(carrier).status, carrier.code).toBe(isNative ? 'active' : 'none');
    expect(mayTakeOrders(carrier, shippedState(carrier), NOW), carrier.code).toBe(isNative);
  }
});

test.each<[CarrierState, boolean]>([
  [{ status: 'trial', until: NOW, suspensions }, true],
  [{ status: 'warned', grade: 'D', suspensions }, true],
  [{ status: 'restricted', grade: 'D', suspensions }, true],
  [{ status: 'suspended', grade: 'E', suspensions }, false],
  [{ status: 'eliminated', reapplyFrom: NOW, suspensions }, false],
  [{ status: 'exiting', lastDay: NOW, suspensions }, false],
  [{ status: 'exiting', lastDay: instant('2026-06-02T00:00:00Z'), suspensions }, true],
  [{ status: 'exited', suspensions }, false],
])('a native carrier in state $status takes orders: %s', (state, takes) => {
  expect(mayTakeOrders(getCarrier('postroad_line'), state, NOW)).toBe(takes);
});

test('a member that only tracks takes no orders, however good its standing', () => {
  expect(mayTakeOrders(getCarrier('zto'), { status: 'active', grade: 'A', suspensions }, NOW)).toBe(false);
});
