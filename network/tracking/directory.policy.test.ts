import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type Instant, instant, type ParcelId } from '../kernel/index.ts';
import {
  covers,
  type DirectoryEntry,
  planRegistration,
  resolveNumber,
  SCAN_BEFORE_ORDER_DAYS,
} from './directory.policy.ts';

const day = (text: string): Instant => instant(`${text}T00:00:00Z`);
const A = 'pcl_a' as ParcelId;
const B = 'pcl_b' as ParcelId;
const C = 'pcl_c' as ParcelId;

function life(
  parcelId: ParcelId,
  from?: string,
  to?: string,
  changes: Partial<DirectoryEntry> = {},
): DirectoryEntry {
  return {
    generation: 1,
    carrierCode: 'ups',
    from: from === undefined ? undefined : day(from),
    to: to === undefined ? undefined : day(to),
    parcelId,
    provisional: false,
    ...changes,
  };
}

describe('a number', () => {
  const lives = [life(A, '2025-01-01', '2026-01-01'), life(B, '2026-01-01')];

  it.each([
    ['2025-06-01', A],
    ['2026-01-01', B],
    ['2027-01-01', B],
  ])('at %s leads to the parcel whose life it is', (at, parcelId) => {
    expect(resolveNumber(lives, day(at), {})).toEqual({ kind: 'found', parcelId });
  });

  it('before its first life is unknown, and the gap that a new life may fill ends there', () => {
    expect(resolveNumber(lives, day('2024-01-01'), {})).toEqual({
      kind: 'unknown',
      from: undefined,
      to: day('2025-01-01'),
    });
    expect(resolveNumber([], day('2024-01-01'), {})).toEqual({
      kind: 'unknown',
      from: undefined,
      to: undefined,
    });
  });

  it('of two carriers asks for the carrier; a stated one is strict, the reporting one a preference', () => {
    const shared = [life(A, '2025-01-01'), life(B, '2025-01-01', undefined, { carrierCode: 'fedex' })];
    const at = day('2025-02-01');
    expect(resolveNumber(shared, at, {})).toEqual({ kind: 'ambiguous', carriers: ['fedex', 'ups'] });
    expect(resolveNumber(shared, at, { preferred: 'fedex' })).toEqual({ kind: 'found', parcelId: B });
    expect(resolveNumber(shared, at, { stated: 'ups', preferred: 'fedex' })).toEqual({
      kind: 'found',
      parcelId: A,
    });
    expect(resolveNumber(shared, at, { stated: 'dhl_express' })).toMatchObject({ kind: 'unknown' });
    expect(resolveNumber([life(A, '2025-01-01')], at, { preferred: 'correos' })).toEqual({
      kind: 'found',
      parcelId: A,
    });
  });
});

describe('a registration', () => {
  it('without an earlier order reaches back over the scans before it', () => {
    expect(planRegistration([], 'ups', A, day('2026-01-01'))).toEqual({
      from: addDays(day('2026-01-01'), -SCAN_BEFORE_ORDER_DAYS),
      to: undefined,
      closing: [],
      merging: [],
      yielding: [],
    });
  });

  it('after an earlier order begins with its own and closes the earlier one', () => {
    const earlier = life(A, '2025-12-01');
    const plan = planRegistration([earlier], 'ups', B, day('2026-01-01'));
    expect(plan).toMatchObject({ from: day('2026-01-01'), closing: [earlier], merging: [] });
  });

  it('that comes in after a later one ends where that begins', () => {
    const later = life(B, '2026-03-01');
    expect(planRegistration([later], 'ups', A, day('2026-01-01'))).toMatchObject({
      to: day('2026-03-01'),
      closing: [],
    });
  });

  it('takes over minted parcels of its carrier or of nobody, not of another carrier, and none twice', () => {
    const minted = life(A, undefined, undefined, { provisional: true, carrierCode: '' });
    expect(planRegistration([minted], 'ups', C, day('2026-01-01'))?.merging).toEqual([minted]);
    const foreign = { ...minted, carrierCode: 'fedex' };
    expect(planRegistration([foreign], 'ups', C, day('2026-01-01'))?.merging).toEqual([]);
    const spent = { ...minted, from: day('2026-02-01'), to: day('2026-02-01') };
    expect(planRegistration([spent], 'ups', C, day('2026-01-01'))?.merging).toEqual([]);
  });

  it('asks lives under other carriers for what its own carrier reported there, and no life that it merges, ends or outlives', () => {
    const byMistake = life(A, '2025-12-01', '2026-01-02', { carrierCode: 'dhl_express' });
    const minted = life(B, undefined, undefined, { carrierCode: 'fedex', provisional: true });
    const nobodys = life(B, undefined, undefined, { carrierCode: '', provisional: true });
    const long = life(B, '2020-01-01', '2021-01-01', { carrierCode: 'dhl_express' });
    const lives = [byMistake, minted, nobodys, long, life(B, '2025-11-01')];
    expect(planRegistration(lives, 'ups', C, day('2026-01-01'))?.yielding).toEqual([byMistake, minted]);
  });

  it('of a parcel that has the number does nothing', () => {
    expect(planRegistration([life(A, '2026-01-01')], 'ups', A, day('2026-02-01'))).toBeUndefined();
  });

  it('in any order leaves at most one life of a carrier in force at any time', () => {
    const days = fc.uniqueArray(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(days, fc.integer({ min: -400, max: 3_400 }), (starts, probe) => {
        let lives: DirectoryEntry[] = [];
        for (const [index, start] of starts.entries()) {
          const parcelId = `pcl_${index}` as ParcelId;
          const plan = planRegistration(lives, 'ups', parcelId, addDays(day('2020-01-01'), start));
          if (plan === undefined) throw new Error('a new parcel has no number yet');
          lives = lives.map((entry) => (plan.closing.includes(entry) ? { ...entry, to: plan.from } : entry));
          lives.push({ ...plan, generation: index + 1, carrierCode: 'ups', parcelId, provisional: false });
        }
        const at = addDays(day('2020-01-01'), probe);
        expect(lives.filter((entry) => covers(entry, at)).length).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('scans that came before an order', () => {
  const early = (carrierCode: string) => life(A, undefined, undefined, { carrierCode, provisional: true });
  const mergedBy = (orderOf: string, entry: DirectoryEntry) =>
    planRegistration([entry], orderOf, B, day('2026-03-01'))?.merging ?? [];

  it.each([
    ['a carrier of ours takes what another of ours began', 'postroad_express_eu', 'postroad_line', true],
    ['it takes what nobody owned', 'postroad_express_eu', '', true],
    ['it leaves a post its own parcel', 'postroad_express_eu', 'usps', false],
    ['a post leaves a carrier of ours its own', 'usps', 'postroad_line', false],
    ['carriers elsewhere share numbers', 'usps', 'ups', false],
  ])('%s', (_name, orderOf, begunBy, isTaken) => {
    const entry = early(begunBy);
    expect(mergedBy(orderOf, entry)).toEqual(isTaken ? [entry] : []);
  });

  it('what has an order of its own is never taken', () => {
    const entry = life(A, undefined, undefined, { carrierCode: 'postroad_line' });
    expect(mergedBy('postroad_express_eu', entry)).toEqual([]);
  });
});
