import { describe, expect, it } from 'vitest';
import type { Instant } from '../kernel/index.ts';
import { foldScans, type OfficialTimeline, officialOf } from './fold.ts';
import { correct, DOMESTIC, scan } from './life.fixture.ts';
import type { ScanId, Timeline } from './model.ts';
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

  it('is one in whatever field it lies, told or not', () => {
    const before = officialAfter(DOMESTIC);
    const elsewhere = { scanId: 'f'.repeat(32) as ScanId };
    // A value that each field does not have; a field that is missing here does not compile.
    const changes: Required<OfficialTimeline> = {
      status: 'in_transit',
      substatus: 'exception.missorted',
      leg: 'linehaul',
      terminal: false,
      actionRequired: 'platform',
      deliveredAt: '2026-01-01T00:00:00.000Z' as Instant,
      flags: ['assumed_zone'],
      attempts: 1,
      firstScanAt: '2026-01-01T00:00:00.000Z' as Instant,
      milestones: before.milestones.map((one) => ({ ...one, ...elsewhere })),
      returnMilestones: [{ name: 'returning', occurredAt: before.milestones[0]!.occurredAt, ...elsewhere }],
    };
    for (const [field, value] of Object.entries(changes))
      expect(changeBetween(before, { ...before, [field]: value }, []), `a change of ${field}`).toMatchObject({
        revised: ['status', 'substatus', 'leg', 'terminal', 'actionRequired', 'deliveredAt'].includes(field),
        unchanged: false,
      });
    const copy = {
      ...before,
      flags: [...before.flags],
      milestones: before.milestones.map((one) => ({ ...one })),
    };
    expect(changeBetween(before, copy, []).unchanged).toBe(true);
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
