import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CountryCode, instantFromMs } from '../kernel/index.ts';
import { type Folded, foldHistory, foldOn, foldScans, officialOf, type Quarantined } from './fold.ts';
import { type FoldState, packFoldState, START_OF_FOLD, unpackFoldState } from './fold-state.ts';
import { scan } from './life.fixture.ts';
import { isNotice, MILESTONE_NAMES, MILESTONES } from './milestones.policy.ts';
import {
  type JudgedScan,
  OWN_SOURCE,
  type Scan,
  type ScanId,
  type ScanPlace,
  type Timeline,
} from './model.ts';
import { EMPTY_TIMELINE } from './parcel.ts';
import type { ParcelFacts } from './plausibility.policy.ts';
import { packTimeline, unpackTimeline } from './stored-timeline.ts';

const NOTICES = MILESTONE_NAMES.filter(isNotice);
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
  place: ScanPlace | undefined;
  zoneConfidence: Scan['zoneConfidence'];
  facilityUnknown: boolean;
};

/** Far apart, near, vague and nowhere; a parcel of Germany and Spain. */
const PLACES: readonly (readonly [string, string, number, number, number])[] = [
  ['DE', 'Berlin', 52.5, 13.4, 40],
  ['DE', 'Potsdam', 52.4, 13.1, 40],
  ['ES', 'Madrid', 40.4, -3.7, 40],
  ['ES', 'Somewhere', 40.4, -3.7, 900],
  ['AU', 'Sydney', -33.9, 151.2, 40],
  ['AU', 'Newcastle', -32.9, 151.8, 40],
];
const FACTS: ParcelFacts = {
  route: ['DE', 'ES'] as CountryCode[],
  discOf: ({ city }) => {
    const [, , latitude = 0, longitude = 0, km = 0] = PLACES.find((one) => one[1] === city) ?? [];
    return km === 0 ? undefined : { position: { latitude, longitude }, radiusMeters: km * 1_000 };
  },
};

const place: fc.Arbitrary<ScanPlace | undefined> = fc.option(
  fc
    .constantFrom(...PLACES, ['DE', 'Nowhere', 0, 0, 0] as const)
    .map(([country, city]) => ({ country: country as CountryCode, city })),
  { nil: undefined, freq: 2 },
);

/** Few hours and few sources, so that ties, copies and contradictions are frequent. */
const draft: fc.Arbitrary<Draft> = fc.record({
  code: fc.oneof(
    fc.constantFrom(...MILESTONE_NAMES, 'delivered.signed', 'exception.missorted'),
    fc.constant('not-a-code'),
  ),
  hour: fc.integer({ min: 0, max: 6 }),
  source: fc.constantFrom('our_hands', 'post', OWN_SOURCE),
  recognised: fc.boolean(),
  receivedHour: fc.integer({ min: 0, max: 3 }),
  corrects: fc.option(fc.nat({ max: 30 }), { nil: undefined, freq: 2 }),
  author: fc.constantFrom('desk-7', 'desk-8', ''),
  text: fc.constantFrom('one', 'other'),
  place,
  zoneConfidence: fc.constantFrom('stated', 'stated', 'stated', 'unknown'),
  facilityUnknown: fc.integer({ min: 0, max: 20 }).map((one) => one === 0),
});

/** Corrections point at earlier scans, at none, or (rarely, by a planted id) in a circle. */
const life: fc.Arbitrary<Scan[]> = fc.array(draft, { maxLength: 20, size: 'max' }).map((drafts) => {
  const scans: Scan[] = [];
  for (const one of drafts) {
    const { code, hour, source, recognised, receivedHour, corrects, author, text, place } = one;
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
        zoneConfidence: one.zoneConfidence,
        ...(place === undefined ? {} : { place }),
        ...(one.facilityUnknown ? { facilityUnknown: true } : {}),
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

/** The fold of a parcel whose route and places are known; without them nothing is judged by them. */
const fold = (scans: Iterable<Scan>) => foldScans(scans, FACTS);

function official(timeline: Timeline): Omit<Timeline, 'unverified'> {
  const { unverified: _, ...rest } = timeline;
  return rest;
}

/** As it is stored: as JSON. */
function stored<T extends JudgedScan>(folded: Folded<T>): Omit<Folded<T>, 'scans'> {
  const { scans: _, ...rest } = folded;
  const state = rest.state && unpackFoldState(JSON.parse(packFoldState(rest.state)));
  const official = unpackTimeline(JSON.parse(JSON.stringify(packTimeline(rest.official))));
  return JSON.parse(
    JSON.stringify({ ...rest, official, state, lastScan: rest.lastScan && pick(rest.lastScan) }),
  );
}
const pick = ({ occurredAt, synthetic }: NonNullable<Folded['lastScan']>) => ({ occurredAt, synthetic });

function withoutPlace({ place: _, ...rest }: Scan): Scan {
  return rest;
}

const reasonOf = ({ scan, reason }: Quarantined<JudgedScan>) => [scan.id, reason];

/** As `listHistories` reads scans. */
function historyOf(scans: readonly Scan[]): JudgedScan[] {
  return scans.filter(({ recognised }) => recognised).map(judgedPart);
}

function judgedPart(scan: Scan): JudgedScan {
  const {
    parcel: _p,
    source,
    sourceKind: _s,
    receivedAt,
    number: _n,
    code: _c,
    text: _t,
    localTime: _l,
    zone: _z,
    ...rest
  } = scan;
  const { operator: _o, proof: _f, placeText: _x, ...judged } = rest;
  return {
    ...judged,
    ...(source === OWN_SOURCE ? { source } : {}),
    ...(receivedAt < scan.occurredAt ? { receivedAt } : {}),
  };
}

/** What the store does: goes on from what it remembers, else reads the history. */
function goOn(arrivals: readonly (readonly Scan[])[]) {
  let state: FoldState | undefined = START_OF_FOLD;
  let official = EMPTY_TIMELINE;
  let histories = 0;
  const known: Scan[] = [];
  let folded: Folded | undefined;
  for (const added of arrivals) {
    folded = state === undefined ? undefined : foldOn(official, state, added, FACTS);
    known.push(...added);
    if (folded === undefined) {
      histories += 1;
      folded = foldHistory(known, FACTS);
    }
    ({ official, state } = stored(folded));
  }
  return { folded, histories };
}

describe('a fold that goes on', () => {
  it('ends where the fold of everything ends, however the scans arrive', () => {
    fc.assert(
      fc.property(life, fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 20 }), (scans, sizes) => {
        const distinct = [...new Map(scans.map((one) => [one.id, one])).values()];
        const arrivals = sizes.map((size) => distinct.splice(0, size)).filter((part) => part.length > 0);
        const { folded } = goOn(arrivals);
        if (folded === undefined) return;
        const whole = stored(foldHistory(arrivals.flat(), FACTS));
        // With corrections and doubts the whole remembers nothing, and neither may the other.
        expect(stored(folded)).toStrictEqual(whole);
      }),
      { numRuns: RUNS },
    );
  });

  it('needs of a history only what is read of it', () => {
    fc.assert(
      fc.property(life, (scans) => {
        const distinct = [...new Map(scans.map((one) => [one.id, one])).values()];
        const judged = stored(foldHistory(historyOf(distinct), FACTS));
        const whole = stored(foldHistory(distinct, FACTS));
        expect({ ...judged, quarantined: judged.quarantined.map(reasonOf) }).toStrictEqual({
          ...whole,
          quarantined: whole.quarantined.map(reasonOf),
        });
        expect(whole.official).toStrictEqual(JSON.parse(JSON.stringify(officialOf(fold(distinct)))));
      }),
      { numRuns: RUNS },
    );
  });

  it('remembers what it stores, and of another form nothing', () => {
    fc.assert(
      fc.property(life, (scans) => {
        const { state, official } = foldHistory(scans, FACTS);
        const timeline = JSON.parse(JSON.stringify(packTimeline(official)));
        expect(unpackTimeline(timeline)).toStrictEqual(official);
        // As an earlier version stored it.
        expect(unpackTimeline(JSON.parse(JSON.stringify(official)))).toStrictEqual(official);
        if (state === undefined) return;
        const packed = JSON.parse(packFoldState(state));
        expect(unpackFoldState(packed)).toStrictEqual(JSON.parse(JSON.stringify(state)));
        const [form, ...rest] = packed;
        for (const other of [form - 1, form + 1]) expect(unpackFoldState([other, ...rest])).toBeUndefined();
        expect(unpackFoldState(JSON.parse(JSON.stringify(state)))).toBeUndefined();
      }),
      { numRuns: RUNS },
    );
    expect(unpackFoldState(null)).toBeUndefined();
    expect(unpackFoldState(JSON.parse(packFoldState(START_OF_FOLD)))).toStrictEqual(START_OF_FOLD);
  });

  it('reads no history of scans that come in their order and correct nothing', () => {
    fc.assert(
      fc.property(life, (scans) => {
        const plain = scans.filter(
          (one) =>
            one.correction === undefined &&
            one.facilityUnknown !== true &&
            // Far places are no matter of an announcement.
            (one.place === undefined || isNotice(one.milestone)),
        );
        const distinct = [...new Map(plain.map((one) => [one.id, one])).values()].map((one, index) => ({
          ...one,
          occurredAt: instantFromMs(START_MS + index * 60_000),
          // Own records of an order that come after scans judge those.
          source: 'post',
          receivedAt: instantFromMs(START_MS + index * 60_000),
        }));
        expect(goOn(distinct.map((one) => [one])).histories).toBe(0);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a timeline', () => {
  it('depends on the set of scans, not on order or repetition', () => {
    fc.assert(
      fc.property(jumbled, ({ scans, again }) => {
        expect(fold(again)).toStrictEqual(fold(scans));
      }),
      { numRuns: RUNS },
    );
  });

  it('officially ignores every scan of an unrecognised source', () => {
    fc.assert(
      fc.property(life, (scans) => {
        const genuine = scans.filter((one) => one.recognised);
        expect(official(fold(scans))).toStrictEqual(official(fold(genuine)));
      }),
      { numRuns: RUNS },
    );
  });

  it('leaves a terminal state only by a correction', () => {
    fc.assert(
      fc.property(life, fc.array(draft, { maxLength: 5 }), (scans, later) => {
        const before = fold(scans);
        if (!before.terminal) return;
        const more = later.map((one, index) =>
          scan('04-01 00:00', one.code, {
            occurredAt: instantFromMs(START_MS + (1000 + index) * 3_600_000),
            ...(one.place === undefined ? {} : { place: one.place }),
          }),
        );
        const after = fold([...scans, ...more]);
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

  it('of a parcel that was seen is moved by no announcement that comes later', () => {
    const late = fc.array(fc.tuple(fc.constantFrom(...NOTICES), place), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(life, late, (scans, codes) => {
        const before = fold(scans);
        if (before.firstScanAt === undefined) return;
        const notices = codes.map(([code, place], index) =>
          scan('04-01 00:00', code, {
            occurredAt: instantFromMs(START_MS + (7 * 60 + index) * 60_000),
            ...(place === undefined ? {} : { place }),
          }),
        );
        const { entries, flags, milestones, returnMilestones, ...after } = fold([...scans, ...notices]);
        const { entries: _e, flags: _f, milestones: _m, returnMilestones: _r, ...wanted } = before;
        expect(after).toStrictEqual(wanted);
        expect(flags.filter((one) => !before.flags.includes(one))).toEqual(
          codes.some(([code]) => code === 'order_created') && !before.flags.includes('handover_before_order')
            ? ['handover_before_order']
            : [],
        );
        const [was, is] = [foldHistory(scans, FACTS), foldHistory([...scans, ...notices], FACTS)];
        expect([is.lastScan, is.at]).toStrictEqual([was.lastScan, was.at]);
      }),
      { numRuns: RUNS },
    );
  });

  it('is judged the same wherever its announcements were made, and as if there had been none', () => {
    const far = fc.tuple(fc.constantFrom(...NOTICES), place, fc.integer({ min: -1, max: 7 }), fc.boolean());
    fc.assert(
      fc.property(life, fc.array(far, { minLength: 1, maxLength: 6 }), (scans, told) => {
        const notices = told
          .map(([code, where, hour, isOwn]) =>
            scan('03-01 00:00', code, {
              occurredAt: instantFromMs(START_MS + hour * 3_600_000),
              // An order of this program is its label, which does judge hands that were there before it.
              source: isOwn && code !== 'order_created' ? OWN_SOURCE : 'post',
              ...(where === undefined ? {} : { place: where }),
            }),
          )
          // A copy of a scan that is held for its facility or its time, or that is corrected, may free it.
          .filter(({ id }) => !scans.some((one) => one.id === id || one.correction?.ofScan === id));
        const held = (all: readonly Scan[]) => {
          const { quarantined, flags } = foldScans(all, FACTS);
          return [
            quarantined.map(({ scanId, reason }) => `${scanId} ${reason}`),
            flags.filter((name) => name === 'implausible_scan' || name === 'travel_undecided'),
          ];
        };
        const all = [...scans, ...notices];
        expect(held(all)).toStrictEqual(held(scans));
        expect(held(all.map((one) => (isNotice(one.milestone) ? withoutPlace(one) : one)))).toStrictEqual(
          held(all),
        );
      }),
      { numRuns: RUNS },
    );
  });

  it('loses no scan and invents none', () => {
    fc.assert(
      fc.property(life, (scans) => {
        const { entries, unverified, quarantined, milestones, returnMilestones } = fold(scans);
        const shown = [...entries, ...unverified, ...quarantined].map((entry) => entry.scanId).sort();
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

  it('believes nothing that it holds in quarantine, and holds nothing of its own there', () => {
    fc.assert(
      fc.property(life, (scans) => {
        const { quarantined, flags, entries, ...rest } = fold(scans);
        expect(flags.includes('implausible_scan')).toBe(quarantined.length > 0);
        const held = new Set(quarantined.map(({ scanId }) => scanId));
        for (const { source } of quarantined) expect(source).not.toBe(OWN_SOURCE);
        for (const { scanId } of [...rest.milestones, ...rest.returnMilestones])
          expect(held.has(scanId)).toBe(false);
        expect(entries.some(({ scanId }) => held.has(scanId))).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('says delivered only with a delivery of a recognised source in force', () => {
    fc.assert(
      fc.property(life, (scans) => {
        const timeline = fold(scans);
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
