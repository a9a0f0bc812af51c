import { expect, test } from 'vitest';
import { seeded } from '../replay/random.ts';
import { type ChaosJournal, judgeEvents, judgeParcel, note, type ReadTimeline } from './checker.ts';
import { type LoadParcel, lifeOf } from './parcels.ts';

/** A parcel whose scans were all acknowledged, and its timeline as it has to be. */
function genuine(): { parcel: LoadParcel; journal: ChaosJournal; timeline: ReadTimeline } {
  const number = 'PRB000000000018';
  const parcel = { number, waybillId: 'wbl_1', scans: lifeOf(number, 12, Date.UTC(2026, 0, 1), seeded(1)) };
  const journal: ChaosJournal = new Map();
  for (const [index, scan] of parcel.scans.entries())
    note(journal, scan, { result: 'accepted', scan_id: `scan-${index}` });
  const first = new Map(parcel.scans.toReversed().map((scan) => [scan.milestone, scan.occurredAtMs]));
  const timeline = {
    status: 'delivered',
    milestones: [...first].map(([name, at]) => ({ name, occurred_at: new Date(at).toISOString() })),
    entries: [
      { scan_id: 'own', milestone: 'order_created' },
      ...parcel.scans.map(({ milestone }, index) => ({ scan_id: `scan-${index}`, milestone })),
    ],
    unverified: [],
  };
  return { parcel, journal, timeline };
}
const judged = (change: (made: ReturnType<typeof genuine>) => ReadTimeline[]) => {
  const made = genuine();
  return judgeParcel(made.parcel, made.journal, change(made));
};

test('a timeline that holds what was acknowledged is right', () => {
  expect(judged(({ timeline }) => [timeline])).toEqual([]);
});

test.each<[string, RegExp, (made: ReturnType<typeof genuine>) => ReadTimeline[]]>([
  ['a lost parcel', /leads to no parcel/, () => []],
  ['a doubled parcel', /leads to 2 parcels/, ({ timeline }) => [timeline, timeline]],
  [
    'a lost scan',
    /lost: scan scan-11/,
    ({ timeline }) => [{ ...timeline, entries: timeline.entries.slice(0, -1) }],
  ],
  [
    'a doubled scan',
    /scan-11 stands 2 times/,
    ({ timeline }) => [{ ...timeline, entries: [...timeline.entries, ...timeline.entries.slice(-1)] }],
  ],
  [
    'a scan that nobody sent',
    /was never sent/,
    ({ timeline }) => [{ ...timeline, unverified: [{ scan_id: 'foreign' }] }],
  ],
  [
    'a lost milestone',
    /picked_up of/,
    ({ timeline }) => [
      { ...timeline, milestones: timeline.milestones.filter(({ name }) => name !== 'picked_up') },
    ],
  ],
  ['another state', /is in_transit/, ({ timeline }) => [{ ...timeline, status: 'in_transit' }]],
  [
    'a scan accepted as new twice',
    /accepted as new 2 times/,
    ({ parcel, journal, timeline }) => {
      const [scan] = parcel.scans;
      if (scan !== undefined) note(journal, scan, { result: 'accepted', scan_id: 'scan-0' });
      return [timeline];
    },
  ],
])('%s is found', (_, fault, change) => {
  expect(judged(change).join('\n')).toMatch(fault);
});

test('an event that is missing or told twice is found', () => {
  const { parcel } = genuine();
  const event = { type: 'waybill.closed', subject_id: 'wbl_1' };
  expect(judgeEvents([parcel], [event], ['waybill.closed'])).toEqual([]);
  expect(judgeEvents([parcel], [], ['waybill.closed'])).toHaveLength(1);
  expect(judgeEvents([parcel], [event, event], ['waybill.closed'])).toHaveLength(1);
});
