import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantFromMs } from '../kernel/index.ts';
import { foldScans } from './fold.ts';
import { scan } from './life.fixture.ts';
import { MILESTONE_NAMES, MILESTONES } from './milestones.policy.ts';
import type { Scan, ScanId, Timeline } from './model.ts';

const START_MS = Date.UTC(2026, 2, 1);

type Draft = {
  code: string;
  hour: number;
  source: string;
  recognised: boolean;
  receivedHour: number;
  corrects: number | undefined;
  author: string;
  text: string;
};

/** Few hours and few sources, so that ties, copies and contradictions are frequent. */
const draft: fc.Arbitrary<Draft> = fc.record({
  code: fc.oneof(
    fc.constantFrom(...MILESTONE_NAMES, 'delivered.signed', 'exception.missorted'),
    fc.constant('not-a-code'),
  ),
  hour: fc.integer({ min: 0, max: 6 }),
  source: fc.constantFrom('our_hands', 'post'),
  recognised: fc.boolean(),
  receivedHour: fc.integer({ min: 0, max: 3 }),
  corrects: fc.option(fc.nat({ max: 30 }), { nil: undefined, freq: 2 }),
  author: fc.constantFrom('desk-7', 'desk-8', ''),
  text: fc.constantFrom('one', 'other'),
});

/** Corrections point at earlier scans, at none, or (rarely, by a planted id) in a circle. */
const life: fc.Arbitrary<Scan[]> = fc.array(draft, { maxLength: 20, size: 'max' }).map((drafts) => {
  const scans: Scan[] = [];
  for (const { code, hour, source, recognised, receivedHour, corrects, author, text } of drafts) {
    const target =
      corrects === undefined
        ? undefined
        : (scans[corrects % (scans.length + 1)]?.id ?? ('f'.repeat(32) as ScanId));
    scans.push(
      scan('03-01 00:00', code, {
        occurredAt: instantFromMs(START_MS + hour * 3_600_000),
        receivedAt: instantFromMs(START_MS + receivedHour * 3_600_000),
        source,
        text,
        recognised,
        ...(target === undefined ? {} : { correction: { ofScan: target, author, reason: 'wrong' } }),
      }),
    );
  }
  const [first] = scans;
  const last = scans.at(-1);
  if (first !== undefined && last?.correction?.ofScan === first.id) {
    scans[0] = { ...first, correction: { ofScan: last.id, author: 'desk-7', reason: 'circle' } };
  }
  return scans;
});

const jumbled = life.chain((scans) =>
  fc.record({
    scans: fc.constant(scans),
    again: fc
      .tuple(
        fc.shuffledSubarray(scans, { minLength: scans.length }),
        fc.shuffledSubarray(scans),
        fc.shuffledSubarray(scans),
      )
      .map(([all, some, more]) => [...some, ...all, ...more]),
  }),
);

const RUNS = Number(process.env.FOLD_RUNS ?? 2000);

function official(timeline: Timeline): Omit<Timeline, 'unverified'> {
  const { unverified: _, ...rest } = timeline;
  return rest;
}

describe('a timeline', () => {
  it('depends on the set of scans, not on order or repetition', () => {
    fc.assert(
      fc.property(jumbled, ({ scans, again }) => {
        expect(foldScans(again)).toStrictEqual(foldScans(scans));
      }),
      { numRuns: RUNS },
    );
  });

  it('officially ignores every scan of an unrecognised source', () => {
    fc.assert(
      fc.property(life, (scans) => {
        const genuine = scans.filter((one) => one.recognised);
        expect(official(foldScans(scans))).toStrictEqual(official(foldScans(genuine)));
      }),
      { numRuns: RUNS },
    );
  });

  it('leaves a terminal state only by a correction', () => {
    fc.assert(
      fc.property(life, fc.array(draft, { maxLength: 5 }), (scans, later) => {
        const before = foldScans(scans);
        if (!before.terminal) return;
        const more = later.map((one, index) =>
          scan('04-01 00:00', one.code, {
            occurredAt: instantFromMs(START_MS + (1000 + index) * 3_600_000),
          }),
        );
        const after = foldScans([...scans, ...more]);
        expect([after.status, after.substatus, after.deliveredAt, after.leg]).toEqual([
          before.status,
          before.substatus,
          before.deliveredAt,
          before.leg,
        ]);
      }),
      { numRuns: RUNS },
    );
  });

  it('loses no scan and invents none', () => {
    fc.assert(
      fc.property(life, (scans) => {
        const { entries, unverified, milestones, returnMilestones } = foldScans(scans);
        const shown = [...entries, ...unverified].map((entry) => entry.scanId).sort();
        expect(shown).toEqual([...new Set(scans.map((one) => one.id))].sort());
        const known = new Map(entries.map((entry) => [entry.scanId, entry]));
        for (const { scanId, name, occurredAt } of [...milestones, ...returnMilestones]) {
          expect(known.get(scanId)).toMatchObject({ milestone: name, occurredAt });
          expect(known.get(scanId)?.effect).not.toBe('corrected');
        }
      }),
      { numRuns: 500 },
    );
  });

  it('says delivered only with a delivery of a recognised source in force', () => {
    fc.assert(
      fc.property(life, (scans) => {
        const timeline = foldScans(scans);
        const proof = timeline.entries.some(
          ({ milestone, effect }) => milestone === 'delivered' && effect === 'moved',
        );
        expect(timeline.status === 'delivered').toBe(proof);
        expect(timeline.deliveredAt !== undefined).toBe(proof);
        const closing = timeline.entries.filter(
          ({ milestone, effect }) =>
            effect === 'moved' && milestone !== 'unmapped' && MILESTONES[milestone].terminal,
        );
        expect(closing.length).toBe(timeline.terminal ? 1 : 0);
      }),
      { numRuns: 500 },
    );
  });
});
