import { describe, expect, it } from 'vitest';
import type { Instant } from '../kernel/index.ts';
import { foldScans, type OfficialTimeline, officialOf } from './fold.ts';
import { correct, DOMESTIC, scan } from './life.fixture.ts';
import type { Timeline } from './model.ts';
import { EMPTY_TIMELINE } from './parcel.ts';
import { changeOf as changeBetween } from './timeline-change.policy.ts';

const officialAfter = (scans: Parameters<typeof foldScans>[0]) => officialOf(foldScans(scans));

const changeOf = (before: OfficialTimeline, after: Timeline) =>
  changeBetween(
    before,
    officialOf(after),
    after.entries.map(({ scanId, synthetic }) => ({ id: scanId, synthetic })),
  );

describe('a change of a timeline', () => {
  it('names each milestone that is new, with its way', () => {
    const change = changeOf(EMPTY_TIMELINE, foldScans(DOMESTIC));
    expect(change.reached.map((reached) => `${reached.way} ${reached.name}`)).toContain('out delivered');
    expect(change.revised).toBe(true);
    const back = foldScans([...DOMESTIC.slice(0, 3), scan('03-03 08:00', 'returning')]);
    expect(changeOf(officialAfter(DOMESTIC.slice(0, 3)), back).reached).toMatchObject([
      { name: 'returning', way: 'back' },
    ]);
  });

  it('of nothing is nothing', () => {
    expect(changeOf(officialAfter(DOMESTIC), foldScans(DOMESTIC))).toEqual({
      reached: [],
      revised: false,
      restated: [],
      withdrawn: [],
      unchanged: true,
    });
  });

  it('is one although nobody is told: a flag, a try, a milestone of another scan at the same time', () => {
    const before = officialAfter(DOMESTIC);
    const changes: Partial<OfficialTimeline>[] = [
      { flags: ['assumed_zone'] },
      { attempts: 1 },
      { firstScanAt: '2026-01-01T00:00:00.000Z' as Instant },
      {
        milestones: before.milestones.map((one) => ({ ...one, scanId: 'f'.repeat(32) as typeof one.scanId })),
      },
    ];
    for (const change of changes)
      expect(changeBetween(before, { ...before, ...change }, [])).toMatchObject({
        reached: [],
        revised: false,
        unchanged: false,
      });
    expect(changeBetween(before, { ...before, flags: [...before.flags] }, []).unchanged).toBe(true);
  });

  it('names a milestone that an older scan moves, and one that a correction takes away', () => {
    const older = foldScans([...DOMESTIC, scan('03-01 09:00', 'picked_up')]);
    expect(changeOf(officialAfter(DOMESTIC), older)).toMatchObject({
      reached: [],
      restated: ['picked_up'],
      revised: true,
    });
    const last = DOMESTIC.at(-1)!;
    const taken = foldScans([...DOMESTIC, correct(last, '03-02 12:00', 'withdrawn')]);
    expect(changeOf(officialAfter(DOMESTIC), taken)).toMatchObject({
      withdrawn: ['delivered'],
      revised: true,
    });
  });

  it('a scan that only repeats the state reaches and revises nothing', () => {
    const again = foldScans([...DOMESTIC, scan('03-02 11:30', 'delivered.signed')]);
    expect(changeOf(officialAfter(DOMESTIC), again)).toMatchObject({ reached: [], revised: false });
  });

  it('a made-up scan makes a made-up milestone', () => {
    const made = foldScans([scan('03-01 10:00', 'picked_up', { synthetic: true })]);
    expect(changeOf(EMPTY_TIMELINE, made).reached).toMatchObject([{ name: 'picked_up', synthetic: true }]);
  });
});
