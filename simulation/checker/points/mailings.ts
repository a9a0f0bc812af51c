import type { TruthMailing } from '../../points/truth.ts';
import type { PointEvidence } from './evidence.ts';
import { differAt, type PointDifference } from './verdict.ts';

/**
 * Parcels that people sent: each is where it is, none cost more than its sender agreed to, each freight was booked once, and
 * every network owes exactly what lies in the drawers of its counters.
 */
export function judgeMailings(evidence: PointEvidence): PointDifference[] {
  return [...judgeEach(evidence), ...judgeMoney(evidence)];
}

function judgeEach({ truth, readings }: PointEvidence): PointDifference[] {
  const ids = new Set<string>();
  const differences = [...truth.mailings.values()].flatMap((one) => {
    const { id, state, freightMinor, agreedMinor } = one;
    if (id === undefined) return [];
    ids.add(id);
    const read = readings.mailings.get(id);
    if (read === undefined) return differAt('mailing_missing', nameOf(one), state, 'nothing');
    const isAbove = (read.freightMinor ?? 0) > agreedMinor;
    return [
      ...differAt('mailing_state', nameOf(one), state, read.state),
      ...differAt('mailing_freight', nameOf(one), freightMinor, read.freightMinor),
      ...(isAbove ? differAt('mailing_above_agreed', nameOf(one), agreedMinor, read.freightMinor) : []),
    ];
  });
  const unknown = [...readings.mailings.keys()].filter((id) => !ids.has(id));
  return [
    ...differences,
    ...unknown.flatMap((id) => differAt('mailing_unknown', id, 'nothing', 'a mailing')),
  ];
}

const nameOf = ({ index, sending }: TruthMailing) => `mailing ${index} ${sending}`;

function judgeMoney({ world, truth, readings }: PointEvidence): PointDifference[] {
  const taken = [...truth.mailings.values()].filter(({ freightMinor }) => freightMinor !== undefined);
  return world.plan.networks.flatMap(({ index: network, name }) => {
    const own = taken.filter(({ point }) => world.points[point ?? -1]?.plan.network === network);
    const lines = readings.statements
      .filter((one) => one.network === network)
      .flatMap((one) => one.lines)
      .filter(({ subject }) => subject.kind === 'mailing');
    const cash = lines.filter(({ rule }) => rule === 'freight_collected');
    const ofEach = Map.groupBy(
      cash.filter(({ kind }) => kind === 'accrual'),
      ({ subject }) => subject.id,
    );
    const inDrawer = own.filter(({ isGivenBack }) => isGivenBack !== true);
    const count = (kind: string) =>
      lines.filter((line) => line.rule === 'mailing_accepted' && line.kind === kind).length;
    const givenBack = own.length - inDrawer.length;
    return [
      ...[...ofEach].flatMap(([id, of]) => differAt('mailing_freight_repeated', id, 1, of.length)),
      ...differAt(
        'mailing_cash',
        name,
        inDrawer.reduce((sum, { collectedMinor = 0 }) => sum - collectedMinor, 0),
        cash.reduce((sum, { amount }) => sum + amount.amount_minor, 0),
      ),
      ...differAt('statement_count', `${name}: mailings taken in`, own.length, count('accrual')),
      ...differAt('statement_count', `${name}: mailings given back`, givenBack, count('counter')),
    ];
  });
}
