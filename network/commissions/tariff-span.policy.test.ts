import { describe, expect, test } from 'vitest';
import { instant } from '../kernel/index.ts';
import { DEFAULT_POINT_COMMISSION, type PointCommissionDocument } from './rulebook.ts';
import { fromNowOn, mergedSpans, namedTariffs, type TariffSpan } from './tariff-span.policy.ts';

const on = (day: number) => instant(`2027-03-${String(day).padStart(2, '0')}T00:00:00Z`);
const dearer: PointCommissionDocument = { ...DEFAULT_POINT_COMMISSION, appealDays: 30 };
const span = (versionId: string, day?: number, document = DEFAULT_POINT_COMMISSION): TariffSpan => ({
  from: day === undefined ? undefined : on(day),
  versionId,
  document,
});
const named = (spans: readonly TariffSpan[]) => spans.map(({ versionId }) => versionId);

describe('how long a network is paid as it is', () => {
  test('a version that changes nothing for it keeps the moment of the one before', () => {
    const { closeAfterHours, ...rest } = DEFAULT_POINT_COMMISSION;
    const same = { closeAfterHours, ...rest };
    const spans = [span('a'), span('b', 2, same), span('c', 5, dearer), span('d', 9, dearer), span('e', 12)];
    expect(named(mergedSpans(spans))).toEqual(['a', 'c', 'e']);
  });

  test.each([
    [1, ['a', 'c', 'e']],
    [5, ['c', 'e']],
    [11, ['c', 'e']],
    [30, ['e']],
  ])('on day %i', (day, expected) => {
    const spans = [span('a'), span('c', 5, dearer), span('e', 12)];
    expect(named(fromNowOn(spans, on(day)))).toEqual(expected);
  });

  test('each country that is named, and all others last', () => {
    expect(namedTariffs(DEFAULT_POINT_COMMISSION).map(({ country }) => country)).toEqual(['CN', undefined]);
  });
});
