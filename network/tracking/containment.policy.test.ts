import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMs, instant, type ParcelId } from '../kernel/index.ts';
import {
  type ContainmentFact,
  type HeldScan,
  inheritanceGap,
  inheritedScans,
  isShared,
  NOT_INSIDE,
  staysOf,
} from './containment.policy.ts';
import type { Correction, Milestone, Scan, ScanId } from './model.ts';

const T0 = instant('2026-03-01T00:00:00Z');
const at = (hours: number) => addMs(T0, hours * 3_600_000);
const idOf = (n: number) => String(n).padStart(32, '0') as ScanId;

function scan(n: number, hours: number, milestone: Milestone | 'unmapped', correction?: Correction): Scan {
  return {
    id: idOf(n),
    parcel: 'pcl_container' as ParcelId,
    source: 'x',
    sourceKind: 'post',
    recognised: true,
    number: 'BAG1',
    code: milestone,
    milestone,
    occurredAt: at(hours),
    zoneConfidence: 'stated',
    receivedAt: at(hours),
    synthetic: false,
    ...(correction === undefined ? {} : { correction }),
  };
}
const corrects = (n: number): Correction => ({ ofScan: idOf(n), author: 'a', reason: 'r' });
const pack = (hours: number): ContainmentFact => ({ action: 'pack', occurredAt: at(hours) });
const unpack = (hours: number): ContainmentFact => ({ action: 'unpack', occurredAt: at(hours) });

describe('stays', () => {
  it.each<[string, ContainmentFact[], [number, number | undefined][]]>([
    ['never packed', [unpack(3)], []],
    ['still inside', [pack(1)], [[1, undefined]]],
    ['taken out', [pack(1), unpack(3)], [[1, 3]]],
    ['packed twice is packed once', [pack(2), pack(1), unpack(3)], [[1, 3]]],
    [
      'put in again',
      [pack(1), unpack(3), pack(5)],
      [
        [1, 3],
        [5, undefined],
      ],
    ],
    ['in and out at once', [unpack(1), pack(1)], []],
  ])('%s', (_name, facts, stays) => {
    expect(staysOf(facts)).toEqual(
      stays.map(([from, to]) => ({ from: at(from), to: to === undefined ? undefined : at(to) })),
    );
  });

  it('do not depend on the order in which the statements arrived', () => {
    const facts = fc.array(
      fc.record({ action: fc.constantFrom('pack' as const, 'unpack' as const), hours: fc.nat(9) }),
    );
    fc.assert(
      fc.property(
        facts.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
        ),
        ([list, shuffled]) => {
          const read = (some: typeof list) =>
            staysOf(some.map(({ action, hours }) => ({ action, occurredAt: at(hours) })));
          expect(read(shuffled)).toEqual(read(list));
        },
      ),
    );
  });
});

describe('what is passed on', () => {
  it.each<[Milestone, boolean, boolean]>([
    ['linehaul', true, true],
    ['departed_origin', true, true],
    ['import_customs_held', true, true],
    ['arrived_delivery_depot', true, true],
    ['out_for_delivery', false, true],
    ['delivery_attempted', false, true],
    ['delivered', false, false],
    ['lost', false, false],
    ['returned', false, false],
    ['damaged', false, false],
    ['at_point', false, false],
    ['order_created', false, false],
  ])('%s: of a receptacle %s, of a consignment %s', (milestone, ofReceptacle, ofConsignment) => {
    expect([isShared('receptacle', milestone), isShared('consignment', milestone)]).toEqual([
      ofReceptacle,
      ofConsignment,
    ]);
  });

  const inside = [{ from: at(2), to: at(6) }];
  const idsOf = (history: readonly Scan[]) =>
    [...inheritedScans('receptacle', history, inside).keys()].sort();

  it('is what happened while the parcel was inside: from the packing on, before the unpacking', () => {
    const history = [
      scan(1, 1, 'linehaul'),
      scan(2, 2, 'departed_origin'),
      scan(3, 6, 'arrived_destination'),
    ];
    expect(idsOf(history)).toEqual([idOf(2)]);
  });

  it('follows corrections by what they correct, whenever they were made', () => {
    const history = [
      scan(1, 3, 'linehaul'),
      scan(2, 9, 'unmapped', corrects(1)),
      scan(3, 9, 'unmapped', corrects(2)),
    ];
    expect(idsOf(history)).toEqual([idOf(1), idOf(2), idOf(3)]);
  });

  it('takes along what has no meaning for the parcel when it is corrected by something that has', () => {
    const history = [scan(1, 3, 'unmapped'), scan(2, 3, 'linehaul', corrects(1)), scan(3, 4, 'delivered')];
    expect(idsOf(history)).toEqual([idOf(1), idOf(2)]);
    const closing = [scan(4, 3, 'delivered'), scan(5, 3, 'arrived_delivery_depot', corrects(4))];
    expect(inheritedScans('receptacle', closing, inside).get(idOf(4))?.milestone).toBe('unmapped');
  });

  it('leaves out corrections of nothing, and circles of them', () => {
    const history = [
      scan(1, 3, 'linehaul', corrects(9)),
      scan(2, 3, 'linehaul', corrects(3)),
      scan(3, 3, 'linehaul', corrects(2)),
    ];
    expect(idsOf(history)).toEqual([]);
  });
});

describe('the difference to what stands under the parcel', () => {
  /** What the statements that a gap asks for do, applied over and over. */
  function settle(wantedInTurn: readonly (readonly number[])[]) {
    const all = new Set([1, 2, 3].map(idOf));
    const held: HeldScan[] = [];
    let serial = 100;
    for (const wanted of wantedInTurn) {
      const gap = inheritanceGap(new Set(wanted.map(idOf)), all, held);
      held.push(...gap.add.map((id) => ({ id })));
      for (const { last } of gap.turn) {
        serial += 1;
        held.push({ id: idOf(serial), correction: { ofScan: last, author: 'postroad', reason: NOT_INSIDE } });
      }
    }
    return held;
  }
  /** Which scans count, judged from the newest statement back. */
  function counting(held: readonly HeldScan[]): number[] {
    const silenced = new Set<string>();
    for (const { id, correction } of held.toReversed())
      if (correction !== undefined && !silenced.has(id)) silenced.add(correction.ofScan);
    return held
      .filter(({ id, correction }) => correction === undefined && !silenced.has(id))
      .map(({ id }) => Number(id));
  }

  it('is nothing once it was settled', () => {
    const held = settle([[1, 2]]);
    expect(inheritanceGap(new Set([idOf(1), idOf(2)]), new Set([1, 2, 3].map(idOf)), held)).toEqual({
      add: [],
      turn: [],
    });
  });

  it('leaves exactly what is wanted in force, however often that changes', () => {
    fc.assert(
      fc.property(fc.array(fc.uniqueArray(fc.integer({ min: 1, max: 3 })), { minLength: 1 }), (turns) => {
        expect(counting(settle(turns)).sort()).toEqual([...(turns.at(-1) ?? [])].sort());
      }),
    );
  });

  it('does not touch what the parcel has of its own', () => {
    const own: HeldScan[] = [{ id: idOf(7) }, { id: idOf(8), correction: corrects(7) }];
    expect(inheritanceGap(new Set(), new Set([idOf(1)]), own)).toEqual({ add: [], turn: [] });
  });
});
