import { verifyPointStatement } from '../../../sdk/src/index.ts';
import type { TruthReturn } from '../../points/truth.ts';
import type { PointEvidence } from './evidence.ts';
import { differAt, type PointDifference } from './verdict.ts';

/** Each statement follows from its lines and the published rules, and the lines from what happened. */
export function judgeStatements(evidence: PointEvidence): PointDifference[] {
  const { readings, world } = evidence;
  return [
    ...readings.statements.flatMap((bundle) =>
      verifyPointStatement(bundle).flatMap(({ line = 'statement', about, expected, found }) =>
        differAt('statement_sum', `${bundle.statement.id} ${line} ${about}`, expected, found),
      ),
    ),
    ...readings.statements.flatMap(({ statement }) =>
      statement.payout.amount_minor > 0
        ? differAt('statement_open', statement.id, 'paid', statement.state)
        : differAt('statement_open', statement.id, 'carried_over', statement.state),
    ),
    ...world.plan.networks.flatMap(({ index, name }) => [
      ...differAt('statement_open', `lines of ${name}`, 0, readings.open.get(index)),
      ...countsOf(evidence, index, name),
    ]),
  ];
}

const DAY = 86_400_000;

/** So many parcels stored, handed out and sent home, and returns taken in and handed on: so many lines. */
function countsOf(
  { world, truth, readings }: PointEvidence,
  network: number,
  name: string,
): PointDifference[] {
  const lines = readings.statements.filter((one) => one.network === network).flatMap((one) => one.lines);
  const counted = (rule: string, kind: string) =>
    lines.filter((line) => line.rule === rule && line.kind === kind).length;
  const isOwn = (point: number | undefined) => world.points[point ?? -1]?.plan.network === network;
  const own = [...truth.waiting.values()].filter(({ point }) => isOwn(point));
  const facts = (fact: string) => own.reduce((sum, one) => sum + (one.facts[fact] ?? 0), 0);
  const taken = [...truth.returns.values()].filter((one) => isOwn(one.point) && one.takenAt !== undefined);
  const handed = taken.filter(({ handedOverAt }) => handedOverAt !== undefined);
  // Whose code could not be read was in the counter's hands before it was taken in.
  const since = (one: TruthReturn) => one.unread?.at ?? one.takenAt ?? 0;
  const late = handed.filter((one) => (one.handedOverAt ?? 0) - since(one) >= DAY);
  const collected = lines.filter(({ rule }) => rule === 'storage_collected');
  const check = (what: string, expected: number, found: number) =>
    differAt('statement_count', `${name}: ${what}`, expected, found);
  return [
    ...check('stored', facts('stored'), counted('parcel_stored', 'accrual')),
    ...check('storing undone', facts('storing_undone'), counted('parcel_stored', 'counter')),
    ...check('handed out', facts('handed_out'), counted('parcel_handed_out', 'accrual')),
    ...check('hand-out undone', facts('hand_out_undone'), counted('parcel_handed_out', 'counter')),
    ...check('sent home', facts('sent_back'), counted('parcel_sent_home', 'accrual')),
    ...check('returns taken in', taken.length, counted('return_accepted', 'accrual')),
    ...check('returns handed over', handed.length, counted('return_handed_over', 'accrual')),
    ...check('handed over late', late.length, counted('late_handover', 'deduction')),
    ...check(
      'storage collected',
      own.reduce((sum, { feeMinor }) => sum - feeMinor, 0),
      collected.reduce((sum, { amount }) => sum + amount.amount_minor, 0),
    ),
  ];
}
