import type { Truth, TruthHandover } from '../truth.ts';
import type { ReadHandover, Readings } from './answers.ts';
import { type Difference, type DifferenceKind, differ } from './verdict.ts';

/** Codes of the difference list (domain reference 2.2): 0 ok, 2 missing, 3 surplus, 5 other. */
const KIND_OF_CODE: Readonly<Record<number, DifferenceKind>> = {
  0: 'bag_as_listed',
  2: 'bag_missing',
  3: 'bag_surplus',
  5: 'bag_damaged',
};

/** Lists, states and difference lists of big bags against what was put into them. */
export function judgeBags(truth: Truth, readings: Readings): Difference[] {
  const ids = new Set([...truth.handovers.keys(), ...readings.handovers.keys()]);
  return [...ids].flatMap((id) => {
    const [expected, found] = [truth.handovers.get(id), readings.handovers.get(id)];
    return expected === undefined || found === undefined
      ? differ('handover_state', id, expected && 'known', found && 'known')
      : judgeBag(id, expected, found);
  });
}

function judgeBag(id: string, expected: TruthHandover, found: ReadHandover): Difference[] {
  const { listed, missing, surplus, damaged } = expected;
  const isNormal = missing.length + surplus.length + damaged.length === 0;
  const astray = new Set([...missing, ...damaged]);
  const byCode = new Map<number, readonly string[]>([
    [0, listed.filter((number) => !astray.has(number))],
    [2, missing],
    [3, surplus],
    [5, damaged],
  ]);
  return [
    ...differ('handover_state', id, isNormal ? 'signed_normal' : 'signed_abnormal', found.state),
    ...differ(
      'bag_list',
      id,
      `${expected.bag}: ${text(listed)}`,
      found.bags.map((bag) => `${bag.id}: ${text(bag.numbers)}`).join(),
    ),
    ...[...byCode].flatMap(([code, numbers]) =>
      differ(
        KIND_OF_CODE[code] ?? 'bag_as_listed',
        id,
        text(numbers),
        text(found.differences.filter((one) => one.code === code).map((one) => one.number)),
      ),
    ),
  ];
}

const text = (numbers: readonly string[]) => numbers.toSorted().join(' ');
