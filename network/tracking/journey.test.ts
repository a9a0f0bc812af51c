import { describe, expect, test } from 'vitest';
import { instant } from '../kernel/index.ts';
import { coordinatesOf } from './coordinates.ts';
import { travelledLegs, type Visit } from './legs.policy.ts';
import { readScanFile } from './scan-csv.ts';
import { type StandstillFacts, standstillOf } from './standstill.policy.ts';

const at = (day: number) => instant(`2026-11-${String(day).padStart(2, '0')}T10:00:00Z`);

describe('why a parcel stands still', () => {
  const facts = (changes: Partial<StandstillFacts>): StandstillFacts => ({
    status: 'in_transit',
    substatus: undefined,
    leg: 'origin',
    terminal: false,
    last: { milestone: 'picked_up', occurredAt: at(1) },
    ...changes,
  });
  test.each([
    ['moves', facts({}), 2, undefined],
    ['is quiet for two days', facts({}), 3, 'no_news'],
    ['is at sea for four days', facts({ leg: 'linehaul' }), 5, undefined],
    ['is at sea for six days', facts({ leg: 'linehaul' }), 7, 'long_haul'],
    ['is announced only', facts({ status: 'info_received' }), 4, 'not_handed_over'],
    ['has arrived', facts({ status: 'delivered', terminal: true }), 20, undefined],
    ['was never seen', facts({ last: undefined }), 20, undefined],
    [
      'is held by customs',
      facts({ status: 'exception', substatus: 'exception.customs_import_held' }),
      1,
      'customs_held',
    ],
    [
      'waits for its duty',
      facts({ status: 'exception', substatus: 'exception.payment_due' }),
      1,
      'payment_due',
    ],
    [
      'is in customs',
      facts({ last: { milestone: 'import_customs_in', occurredAt: at(1) } }),
      1,
      'in_customs',
    ],
    [
      'found nobody at home',
      facts({ status: 'delivery_attempted', substatus: 'delivery_attempted.recipient_absent' }),
      1,
      'recipient_absent',
    ],
    [
      'lies at a point',
      facts({ status: 'available_for_pickup', substatus: 'available_for_pickup.locker' }),
      1,
      'waits_for_collection',
    ],
    ['comes back', facts({ status: 'returning' }), 1, 'on_the_way_back'],
  ] as const)('one that %s', (_name, given, day, reason) => {
    expect(standstillOf(given, at(day))?.reason).toBe(reason);
  });
});

describe('legs', () => {
  const visit = (milestone: Visit['milestone'], day: number, country?: string, city?: string): Visit =>
    ({
      milestone,
      occurredAt: at(day),
      place: country === undefined ? undefined : { country, city },
    }) as Visit;
  const SHENZHEN = { country: 'CN', city: 'Shenzhen' };

  test('each begins where the one before ended, and the last is open until the parcel arrives', () => {
    const visits = [
      visit('picked_up', 1, 'CN', 'Shenzhen'),
      visit('linehaul', 2),
      visit('arrived_destination', 5, 'DE', 'Leipzig'),
      visit('handed_to_last_mile', 6, 'DE', 'Leipzig'),
      visit('out_for_delivery', 7, 'DE', 'Berlin'),
    ];
    const legs = travelledLegs(visits, false);
    expect(legs.map((leg) => [leg.leg, leg.from, leg.to, leg.startedAt, leg.endedAt])).toEqual([
      ['origin', SHENZHEN, SHENZHEN, at(1), at(2)],
      ['linehaul', SHENZHEN, undefined, at(2), at(5)],
      ['import', { country: 'DE', city: 'Leipzig' }, { country: 'DE', city: 'Leipzig' }, at(5), at(6)],
      ['last_mile', { country: 'DE', city: 'Leipzig' }, { country: 'DE', city: 'Berlin' }, at(6), undefined],
    ]);
    expect(travelledLegs(visits, true).at(-1)?.endedAt).toBe(at(7));
    expect(travelledLegs([], false)).toEqual([]);
  });
});

describe('points for a map', () => {
  test('a city is drawn, an exact position only roughly, an unknown city by its country', () => {
    expect(coordinatesOf({ country: 'DE', city: 'Berlin' } as never)).toMatchObject({
      precision: 'city',
      latitude: 52.52,
    });
    const exact = { country: 'DE', position: { latitude: 52.516275, longitude: 13.377704 } };
    expect(coordinatesOf(exact as never)).toEqual({ latitude: 52.52, longitude: 13.38, precision: 'city' });
    expect(coordinatesOf({ country: 'DE', city: 'Nowhere am Nichts' } as never)?.precision).toBe('country');
    expect(coordinatesOf({ country: 'ZZ' } as never)).toBeUndefined();
  });
});

describe('a file of scans', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  test.each([
    ['carrier,code\nx,1', 'scan_file_unreadable'],
    ['number,milstone\n1,x', 'scan_file_unreadable'],
    ['number,code,code\n1,2,3', 'scan_file_unreadable'],
    ['number\n"1', 'scan_file_unreadable'],
    ['number\n1\n2\n3', 'scan_batch_too_large'],
  ])('%j is refused', (text, code) => {
    expect(readScanFile(bytes(text), 2)).toMatchObject({ ok: false, code });
  });
  test('that is no UTF-8 is refused', () => {
    expect(readScanFile(new Uint8Array([0x6e, 0xff]), 2)).toMatchObject({
      ok: false,
      code: 'scan_file_unreadable',
    });
  });
});
