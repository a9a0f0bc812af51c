import { expect, test } from 'vitest';
import { addDays, addMs, instant, msOf } from '../kernel/index.ts';
import { type StandstillFacts, standstillOf, stuckAtMs } from './standstill.policy.ts';

const SEEN = instant('2026-06-01T00:00:00Z');
const MOVING: StandstillFacts = {
  status: 'in_transit',
  substatus: undefined,
  leg: 'import',
  terminal: false,
  last: { milestone: 'linehaul', occurredAt: SEEN },
};
const reason = (over: Partial<StandstillFacts>, days = 0) =>
  standstillOf({ ...MOVING, ...over }, addDays(SEEN, days))?.reason;

test('silence is a standstill after two days, between countries after five', () => {
  const at = (leg: StandstillFacts['leg'], days: number, ms: number) =>
    standstillOf({ ...MOVING, leg }, addMs(addDays(SEEN, days), ms));
  expect(at('import', 2, -1)).toBeUndefined();
  expect(at('import', 2, 0)).toEqual({ reason: 'no_news', since: SEEN });
  expect(at('linehaul', 5, -1)).toBeUndefined();
  expect(at('linehaul', 5, 0)).toEqual({ reason: 'long_haul', since: SEEN });
  expect(reason({ status: 'info_received' }, 2)).toBe('not_handed_over');
});

test('what the source named stands at once, and before what the milestone alone would say', () => {
  expect(reason({ substatus: 'exception.delayed_weather' })).toBe('weather');
  expect(reason({ substatus: 'in_transit.customs_import_held', status: 'exception' })).toBe('customs_held');
  expect(reason({ substatus: 'exception.something_new', status: 'exception' })).toBe('delayed');
  expect(reason({ last: { milestone: 'import_customs_in', occurredAt: SEEN } })).toBe('in_customs');
  expect(reason({ last: { milestone: 'pickup_failed', occurredAt: SEEN } })).toBe('pickup_failed');
  expect(reason({ status: 'available_for_pickup' })).toBe('waits_for_collection');
  expect(reason({ status: 'delivery_attempted' })).toBe('delivery_attempted');
  expect(reason({ status: 'returning' })).toBe('on_the_way_back');
});

test('who arrived, or of whom nothing was heard, does not stand still', () => {
  expect(reason({ terminal: true, substatus: 'exception.damaged' }, 30)).toBeUndefined();
  expect(reason({ last: undefined }, 30)).toBeUndefined();
  expect(reason({}, 1)).toBeUndefined();
});

test('on the map a parcel is stuck a day after its standstill', () => {
  expect(stuckAtMs('import', SEEN)).toBe(msOf(addDays(SEEN, 3)));
  expect(stuckAtMs('linehaul', SEEN)).toBe(msOf(addDays(SEEN, 6)));
  expect(stuckAtMs(undefined, SEEN)).toBe(msOf(addDays(SEEN, 3)));
});
