import { expect, it } from 'vitest';
import { instant } from '../kernel/index.ts';
import { linesOfReading } from './carrier-line.ts';
import type { CarrierReading, ScanReading } from './carrier-reading.ts';
import { NO_MAPPINGS } from './code-mapping.policy.ts';
import type { IntakeFacts } from './intake-line.ts';
import type { ScanId } from './model.ts';
import { readScanTime } from './scan-time.policy.ts';

const facts: IntakeFacts = {
  reporter: { kind: 'operator', organisationId: 'org_1' },
  now: instant('2026-03-02T00:00:00Z'),
  world: 'live',
  mappings: NO_MAPPINGS,
  facilities: new Map(),
};

function lineOf(scan: Partial<ScanReading>, carrier = 'ups') {
  const time = readScanTime({ localTime: '2026-03-01T10:00:00' });
  if (time === undefined) throw new Error('not a time');
  const whole: ScanReading = {
    id: '' as ScanId,
    number: '1Z999AA10123456784',
    code: 'KM',
    milestone: 'delivered',
    time,
    isDateOnly: false,
    pointer: '',
    ...scan,
  };
  const reading: CarrierReading = {
    carrier,
    payload: { sha256: '', bytes: 0 },
    parcels: [{ number: whole.number, otherNumbers: [], scans: [whole] }],
    errors: [],
  };
  return linesOfReading(reading)[0]?.(facts);
}

it('keeps what the carrier wrote and what we know of its clock', () => {
  expect(lineOf({ text: 'Left\u0000at door' })).toMatchObject({
    ok: true,
    statedCarrier: 'ups',
    scan: {
      source: 'postroad:org_1',
      code: 'KM',
      milestone: 'delivered',
      text: 'Left at door',
      occurredAt: '2026-03-01T10:00:00.000Z',
      localTime: '2026-03-01T10:00:00',
      zoneConfidence: 'unknown',
    },
  });
});

it('an aggregator does not say whose number it is', () => {
  expect(lineOf({}, 'kuaidi100')).toMatchObject({ ok: true, statedCarrier: undefined });
});

it('a format without codes is told apart by its words, cut to what a code may have', () => {
  const wordy = { text: '📦'.repeat(400), milestone: 'unmapped' as const };
  const line = lineOf({ ...wordy, code: undefined as never });
  expect(line).toMatchObject({ ok: true, scan: { code: '📦'.repeat(32), text: '📦'.repeat(250) } });
});

it('a place needs a country', () => {
  expect(lineOf({ place: { text: 'Depot 7', facility: 'Depot 7' } })).not.toHaveProperty('scan.place');
  const place = { text: 'LYON', city: 'LYON', country: 'FR' as never };
  expect(lineOf({ place })).toMatchObject({ scan: { place: { country: 'FR', city: 'LYON' } } });
});

it.each([
  ['a number that is none', { number: '??' }, 'number_not_readable'],
  [
    'what has not happened yet',
    { time: readScanTime({ occurredAt: '2026-03-03T00:00:00Z' }) as never },
    'occurred_in_future',
  ],
  ['a scan without words', { code: ' ' }, 'invalid_scan'],
])('refuses %s', (_what, scan, code) => {
  expect(lineOf(scan)).toMatchObject({ ok: false, code });
});

it('a town without a country is in the carrier’s own when there is no other of its name, and does not change the scan', () => {
  const told = lineOf({ place: { text: 'Roubaix', city: 'Roubaix' } }, 'ups');
  const home = lineOf({ place: { text: '东莞市', city: '东莞市' } }, 'yanwen');
  expect(told).toMatchObject({ ok: true, scan: { placeText: 'Roubaix' } });
  expect(told?.ok === true && told.scan.place).toBeUndefined();
  expect(home).toMatchObject({ ok: true, scan: { place: { country: 'CN', city: '东莞市' } } });
  const nowhere = lineOf({}, 'yanwen');
  expect(home?.ok === true && nowhere?.ok === true && home.scan.id === nowhere.scan.id).toBe(true);
});

it('a name that lies in several countries is kept as it is written', () => {
  const place = { text: 'London, 3', city: 'London' };
  expect(lineOf({ place }, 'royal_mail')).toMatchObject({ ok: true, scan: { placeText: 'London, 3' } });
  expect(lineOf({ place: { text: '东莞市', city: '东莞市' } }, 'kuaidi100')).toMatchObject({
    ok: true,
    scan: { placeText: '东莞市' },
  });
});

it('is another scan by what its format tells it apart by, and by no text else', () => {
  const idOf = (scan: Partial<ScanReading>) => {
    const line = lineOf(scan);
    return line?.ok === true ? line.scan.id : undefined;
  };
  const ids = [{}, { distinction: '' }, { distinction: 'one' }, { distinction: 'other' }].map(idOf);
  expect(new Set(ids).size).toBe(ids.length);
  expect(idOf({ distinction: 'one', text: 'Left at door', pointer: '/9' })).toBe(ids[2]);
  expect(idOf({ text: 'Left at door', category: 'D' })).toBe(ids[0]);
});
