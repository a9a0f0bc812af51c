import { describe, expect, it } from 'vitest';
import { type Instant, instant } from '../kernel/index.ts';
import { readOtherNumbers } from './aliases.policy.ts';
import type { ParcelReading, ScanReading } from './carrier-reading.ts';

const UPS = '1Z5R89390357567127';
const OTHER_UPS = '1Z999AA10123456784';
const NATIVE = 'PRE202600000015';
const AT = instant('2026-03-01T10:00:00Z');

function parcel(number: string, otherNumbers: string[], occurredAt: Instant | undefined = AT): ParcelReading {
  const scan = { time: { occurredAt } } as unknown as ScanReading;
  return { number, otherNumbers, scans: [scan] };
}

const read = (...parcels: ParcelReading[]) => readOtherNumbers({ parcels });

describe('other numbers of a reading', () => {
  it('are numbers of the parcel when a check digit holds, under the carrier that prints them', () => {
    const later = instant('2026-03-02T10:00:00Z');
    const two = {
      ...parcel('ABCD1', [UPS, UPS.toLowerCase()], later),
      scans: [parcel('', [], later).scans[0], parcel('', []).scans[0]],
    };
    expect(read(parcel('XYZ1', []), two as ParcelReading)).toEqual({
      aliases: [{ position: 1, number: UPS, carrierCode: 'ups', at: AT }],
      parents: [],
    });
  });

  it.each([
    ['a reference of the merchant', 'ORDER-1234'],
    ['a wrong check digit', '1Z5R89390357567128'],
    ['no number at all', '?'],
    ['a number that is issued here', NATIVE],
    ['the parcel’s own', 'ABCD1'],
  ])('not %s', (_what, other) => {
    expect(read(parcel('ABCD1', [other]))).toEqual({ aliases: [], parents: [] });
  });

  it('not of a parcel that was never scanned', () => {
    expect(read({ ...parcel('ABCD1', [UPS]), scans: [] }).aliases).toEqual([]);
  });

  it('are the parent when several pieces name them, or when they are a parcel of the reading', () => {
    const earlier = instant('2026-02-01T10:00:00Z');
    expect(read(parcel('P1AA', [UPS]), parcel('P2AA', [UPS], earlier))).toEqual({
      aliases: [],
      parents: [{ number: UPS, children: ['P1AA', 'P2AA'], at: earlier }],
    });
    expect(read(parcel(UPS, []), parcel('P1AA', [UPS, OTHER_UPS]))).toEqual({
      aliases: [{ position: 1, number: OTHER_UPS, carrierCode: 'ups', at: AT }],
      parents: [{ number: UPS, children: ['P1AA'], at: AT }],
    });
  });
});
