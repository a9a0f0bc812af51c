import { expect, test } from 'vitest';
import { emptyTruth, type TruthClaim, type TruthRefusal } from '../truth.ts';
import type { Readings, ReadOutside, ReadVerification } from './answers.ts';
import { figuresOf, judgeVerifications } from './verifications.ts';

const claim = (key: string, different: Partial<TruthClaim> = {}): TruthClaim => ({
  ...{
    key,
    story: 0,
    way: 'plain',
    merchant: 0,
    ref: key,
    isGenuine: true,
    externalShipmentId: `ext ${key}`,
    takenAt: 0,
    number: `number ${key}`,
    orderedAt: 0,
    buyer: `buyer ${key}`,
    orderGrams: 500,
    isPart: false,
  },
  ...different,
});
const lie = (key: string, different: Partial<TruthClaim> = {}) =>
  claim(key, { way: 'other_city', isGenuine: false, ...different });
const verdict = (state: string, different: Partial<ReadVerification> = {}): ReadVerification => ({
  ...{
    state,
    organisationId: 'org',
    level: undefined,
    points: 0,
    wasSuspected: state !== 'genuine',
    rules: [],
  },
  ...different,
});
const general = (state: string) => verdict(state, { level: 'general' });

type Cases = readonly (readonly [TruthClaim, ReadVerification | undefined])[];
function found(
  cases: Cases,
  points?: number,
  outside = new Map<string, ReadOutside>(),
  refusals: readonly TruthRefusal[] = [],
) {
  const truth = emptyTruth();
  truth.refusals.push(...refusals);
  const verifications = new Map<string, ReadVerification>();
  for (const [one, read] of cases) {
    truth.claims.set(one.key, one);
    if (read !== undefined) verifications.set(one.externalShipmentId, read);
  }
  const penaltyPoints = new Map(points === undefined ? [] : [['org', points]]);
  const readings = { verifications, penaltyPoints, outside, penalties: new Map() } as unknown as Readings;
  return { differences: judgeVerifications(truth, readings), figures: figuresOf(truth, readings) };
}
const kindsOf = (...cases: Parameters<typeof found>) => found(...cases).differences.map((one) => one.kind);

test.each([
  ['a genuine one that is left alone', claim('1'), verdict('genuine'), []],
  ['a genuine one that is suspected and cleared', claim('1'), verdict('cleared'), []],
  ['a genuine one that is punished', claim('1'), general('penalised'), ['honest_accused']],
  ['a genuine one whose punishment was taken back', claim('1'), general('revoked'), ['honest_accused']],
  ['a lie that is punished', lie('1'), general('penalised'), []],
  ['a lie that is believed', lie('1'), verdict('genuine'), ['scheme_missed']],
  ['a lie that is suspected and nothing more', lie('1'), verdict('under_review'), ['scheme_missed']],
  ['a lie that talked its way out', lie('1'), general('revoked'), ['scheme_missed']],
  ['nothing said of a declaration', claim('1'), undefined, ['verification_missing']],
])('%s', (_, truth, read, kinds) => {
  expect(kindsOf([[truth, read]])).toEqual(kinds);
});

test('one honest merchant in a thousand may be punished wrongly, and not two', () => {
  const many = Array.from({ length: 998 }, (_, index) => [claim(`${index}`), verdict('genuine')] as const);
  const punished = (key: string) => [claim(key), general('penalised')] as const;
  expect(kindsOf([...many, [claim('a'), verdict('genuine')], punished('b')])).toEqual([]);
  expect(kindsOf([...many, punished('a'), punished('b')])).toEqual(['honest_accused', 'honest_accused']);
});

test('what people decided stands, with its level and the end of its appeal', () => {
  const confirmed = { outcome: 'confirmed', level: 'general' } as const;
  const word = (appeal?: TruthClaim['appeal']) =>
    lie('1', { decision: confirmed, ...(appeal === undefined ? {} : { appeal }) });
  expect(kindsOf([[word(), general('penalised')]])).toEqual([]);
  expect(kindsOf([[word('upheld'), general('upheld')]])).toEqual([]);
  expect(kindsOf([[word('upheld'), general('penalised')]])).toEqual(['verdict_kept']);
  expect(kindsOf([[word(), verdict('penalised', { level: 'serious' })]])).toEqual(['verdict_kept']);
  const cleared = claim('1', { decision: { outcome: 'cleared' } });
  expect(kindsOf([[cleared, verdict('cleared')]])).toEqual([]);
  expect(kindsOf([[cleared, verdict('under_review')]])).toEqual(['verdict_kept']);
});

test.each([
  ['delivered', 'own', 'delivered', true],
  ['delivered', 'own', 'in_transit', false],
  ['delivered', 'shared', undefined, false],
  ['not_delivered', 'own', undefined, true],
  ['not_delivered', 'own', 'delivered', false],
  ['hidden', 'shared', undefined, true],
  ['hidden', 'shared', 'delivered', false],
  ['hidden', 'own', undefined, false],
] as const)('a parcel that ends %s and is shown as %s %s', (ends, hold, trackingStatus, isRight) => {
  const one = claim('1', { ends });
  const outside = new Map([[one.externalShipmentId, { hold, trackingStatus }]]);
  expect(kindsOf([[one, verdict('genuine')]], undefined, outside)).toEqual(isRight ? [] : ['outside_status']);
});

test('points are those of what is in force', () => {
  const cases = [
    [lie('1'), general('penalised')],
    [lie('2'), verdict('upheld', { level: 'serious' })],
    [claim('3'), verdict('genuine')],
  ] as const;
  expect(kindsOf(cases, 14)).toEqual([]);
  expect(kindsOf(cases, 12)).toEqual(['penalty_points']);
});

test('figures count each way, the honest first', () => {
  const { figures } = found([
    [lie('1'), general('penalised')],
    [lie('2'), verdict('genuine')],
    [claim('3'), verdict('cleared')],
  ]);
  expect(figures).toEqual([
    { way: 'plain', isCheat: false, claims: 1, lapsed: 0, suspected: 1, confirmed: 0, revoked: 0 },
    { way: 'other_city', isCheat: true, claims: 2, lapsed: 0, suspected: 1, confirmed: 1, revoked: 0 },
  ]);
});

test('what a suspended merchant could not carry out counts as lapsed, and nobody has to find it', () => {
  const half = lie('1', { way: 'swap_after_scan', isUnfinished: true });
  const refused = { what: 'correction', at: 0, isSlip: false } as const;
  const { figures, differences } = found(
    [
      [half, verdict('genuine')],
      [claim('2'), verdict('genuine')],
    ],
    undefined,
    undefined,
    [{ ...half, ...refused }],
  );
  expect(figures.map(({ way, claims, lapsed }) => [way, claims, lapsed])).toEqual([
    ['plain', 1, 0],
    ['swap_after_scan', 0, 1],
  ]);
  expect(differences.map((one) => one.kind)).toEqual(['declaration_refused']);
});
