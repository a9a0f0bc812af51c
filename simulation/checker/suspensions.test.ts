import { expect, test } from 'vitest';
import { emptyTruth, type TruthClaim, type TruthRefusal } from '../truth.ts';
import type { Readings, ReadPenalty } from './answers.ts';
import { judgeSuspensions } from './suspensions.ts';

const DAY = 86_400_000;
const AT = 400 * DAY;

const claim = (different: Partial<TruthClaim> = {}): TruthClaim => ({
  ...{
    key: '1/0',
    story: 1,
    way: 'plain',
    merchant: 3,
    ref: '1',
    isGenuine: true,
    externalShipmentId: 'ext',
  },
  ...{ takenAt: 0, number: 'N', orderedAt: 0, buyer: 'B', orderGrams: 500, isPart: false },
  ...different,
});
const refused = (different: Partial<TruthRefusal> = {}): TruthRefusal => ({
  ...{ key: '2/0', way: 'plain', merchant: 3, isGenuine: true, what: 'declaration', at: AT, isSlip: false },
  ...different,
});
const penalty = (points: number, imposedAt: number, revokedAt?: number): ReadPenalty => ({
  ...{ points, imposedAt, revokedAt },
});

function kindsOf(
  penalties: readonly ReadPenalty[],
  claims: readonly TruthClaim[],
  refusals: readonly TruthRefusal[] = [],
) {
  const truth = emptyTruth();
  for (const one of claims) truth.claims.set(one.key, one);
  truth.refusals.push(...refusals);
  const verifications = new Map([['ext', { organisationId: 'org' }]]);
  const readings = { verifications, penalties: new Map([['org', penalties]]) } as unknown as Readings;
  return judgeSuspensions(truth, readings).map((one) => one.kind);
}

const serious = [9, 8, 7, 6].map((before) => penalty(12, AT - before * DAY));

test.each([
  ['enough points', serious, []],
  ['points in one', [penalty(48, AT - DAY)], []],
  ['two points too few', [...serious.slice(1), penalty(10, AT - DAY)], ['declaration_refused']],
  ['no points at all', [], ['declaration_refused']],
  ['points that came later', [penalty(48, AT + 1)], ['declaration_refused']],
  ['points of half a year ago', [penalty(48, AT - 181 * DAY)], ['declaration_refused']],
  ['points that were taken back', [penalty(48, AT - 9 * DAY, AT - 8 * DAY)], ['declaration_refused']],
  ['points that were taken back later', [penalty(48, AT - 9 * DAY, AT + 1)], []],
  ['points of that very instant', [penalty(48, AT)], []],
])('a refusal with %s', (_, penalties, kinds) => {
  expect(kindsOf(penalties, [claim()], [refused()])).toEqual(kinds);
});

test('what is taken from a suspended merchant is a difference, but not at the very instant of the decision', () => {
  expect(kindsOf(serious, [claim({ takenAt: AT })])).toEqual(['declaration_taken']);
  expect(kindsOf(serious, [claim({ takenAt: AT - 6 * DAY })])).toEqual([]);
  expect(kindsOf(serious.slice(1), [claim({ takenAt: AT })])).toEqual([]);
});

test('another number by a correction is refused as a declaration is, and a slip that is put right is not', () => {
  const correction = { at: AT, isSlip: false };
  expect(kindsOf(serious, [claim({ correction })])).toEqual(['declaration_taken']);
  expect(kindsOf(serious, [claim({ correction: { ...correction, isSlip: true } })])).toEqual([]);
  expect(kindsOf(serious, [claim()], [refused({ what: 'correction' })])).toEqual([]);
  expect(kindsOf(serious, [claim()], [refused({ what: 'correction', isSlip: true })])).toEqual([
    'declaration_refused',
  ]);
});

test('of a merchant who declared nothing before nothing may be refused', () => {
  expect(kindsOf(serious, [claim()], [refused({ merchant: 9 })])).toEqual(['declaration_refused']);
});
