import { describe, expect, it } from 'vitest';
import { instant } from '../kernel/index.ts';
import { foldScans } from './fold.ts';
import { DOMESTIC, scan, state } from './life.fixture.ts';
import { asExpired, asPlatformSays, expiresAt, isInvalidNumber } from './silence.policy.ts';

const CREATED = instant('2026-03-01T08:00:00Z');

describe('a silent parcel expires', () => {
  it('30 days after its newest scan, 60 on the line-haul', () => {
    const local = foldScans(DOMESTIC.slice(0, 2));
    const lastScanAt = instant('2026-03-04T08:00:00Z');
    expect(expiresAt({ timeline: local, lastScanAt, createdAt: CREATED })).toBe('2026-04-03T08:00:00.000Z');
    const flown = foldScans([scan('03-01 08:00', 'picked_up'), scan('03-04 08:00', 'departed_origin')]);
    expect(expiresAt({ timeline: flown, lastScanAt, createdAt: CREATED })).toBe('2026-05-03T08:00:00.000Z');
  });

  it('30 days after a hub within its country, although that counts as line-haul', () => {
    const domestic = foldScans([scan('03-01 08:00', 'picked_up'), scan('03-04 08:00', 'in_transit_local')]);
    expect(domestic.leg).toBe('linehaul');
    const lastScanAt = instant('2026-03-04T08:00:00Z');
    expect(expiresAt({ timeline: domestic, lastScanAt, createdAt: CREATED })).toBe(
      '2026-04-03T08:00:00.000Z',
    );
    const abroad = foldScans([
      scan('03-01 08:00', 'picked_up'),
      scan('03-02 08:00', 'departed_origin'),
      scan('03-04 08:00', 'in_transit_local'),
    ]);
    expect(expiresAt({ timeline: abroad, lastScanAt, createdAt: CREATED })).toBe('2026-05-03T08:00:00.000Z');
  });

  it('never sooner than that after it became known here, nor before any scan', () => {
    const timeline = foldScans([]);
    const createdAt = instant('2026-06-01T00:00:00Z');
    const at = '2026-07-01T00:00:00.000Z';
    expect(expiresAt({ timeline, lastScanAt: undefined, createdAt })).toBe(at);
    expect(expiresAt({ timeline, lastScanAt: instant('2020-01-01T00:00:00Z'), createdAt })).toBe(at);
  });

  it('not when its life is closed', () => {
    const timeline = foldScans(DOMESTIC);
    expect(expiresAt({ timeline, lastScanAt: timeline.deliveredAt, createdAt: CREATED })).toBeUndefined();
  });

  it('keeps its milestones, loses the detail, and the platform has to act', () => {
    const timeline = foldScans(DOMESTIC.slice(0, 3));
    const silent = asExpired(timeline);
    expect(state(silent)).toBe('expired linehaul platform');
    expect('substatus' in silent).toBe(false);
    expect(silent.milestones).toEqual(timeline.milestones);
  });
});

describe('a number that its carrier does not print', () => {
  const NOTHING = foldScans([]);
  const parcel = (number: string, carrierCode: string | undefined, timeline = NOTHING) => ({
    number,
    carrierCode,
    timeline,
  });

  it.each([
    ['ups', '1Z5R89390357567127', false],
    ['ups', '1Z5R89390357567128', true],
    ['ups', 'ABC', true],
    ['no_such_carrier', 'ABC', false],
    [undefined, 'ABC', false],
  ])('%s %s', (carrierCode, number, isInvalid) => {
    expect(isInvalidNumber(carrierCode, number)).toBe(isInvalid);
  });

  it('is said to be invalid as long as nothing was heard of it', () => {
    const wrong = parcel('1Z5R89390357567128', 'ups');
    expect(asPlatformSays(NOTHING, wrong).substatus).toBe('not_found.invalid_number');
    expect(asPlatformSays(NOTHING, parcel('1Z5R89390357567127', 'ups')).substatus).toBeUndefined();
    const heard = foldScans([scan('03-01 08:00', 'picked_up')]);
    expect(asPlatformSays(heard, { ...wrong, timeline: heard }).substatus).toBeUndefined();
  });

  it('does not hide that its parcel expired', () => {
    const silent = parcel('1Z5R89390357567128', 'ups', asExpired(NOTHING));
    expect(state(asPlatformSays(NOTHING, silent))).toBe('expired - platform');
  });
});
