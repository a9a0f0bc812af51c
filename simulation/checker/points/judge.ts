import type { PointTruth } from '../../points/truth.ts';
import { judgeActions } from './actions.ts';
import { judgeCompartments } from './compartments.ts';
import type { PointEvidence } from './evidence.ts';
import { judgeMailings } from './mailings.ts';
import { judgeCodes, judgeHours, judgePlaces } from './places.ts';
import type { PointReadings } from './read.ts';
import { judgeStatements } from './statements.ts';
import { differAt, type PointDifference, type PointVerdict } from './verdict.ts';

/** Compares what the network says with what happened. Asks nothing. */
export function judgePoints(evidence: PointEvidence): PointVerdict {
  const { truth, readings } = evidence;
  return {
    ...{ parcels: truth.waiting.size, returns: truth.returns.size, places: readings.places.length },
    mailings: [...truth.mailings.values()].filter(({ freightMinor }) => freightMinor !== undefined).length,
    codes: [...truth.waiting.values()].reduce((sum, { codes }) => sum + codes.length, 0),
    actions: truth.actions.length,
    lines: readings.statements.reduce((sum, { lines }) => sum + lines.length, 0),
    differences: [
      ...judgeWaiting(evidence),
      ...judgeConsent(truth, readings),
      ...judgePlaces(evidence),
      ...judgeHours(evidence),
      ...judgeCompartments(readings),
      ...judgeCodes(truth),
      ...judgeReturns(truth, readings),
      ...judgeUnread(truth, readings),
      ...judgeRefunds(truth, readings),
      ...judgeMailings(evidence),
      ...judgeActions(truth, readings),
      ...judgeStatements(evidence),
      ...differAt('ledger_sum', 'all books', 0, readings.imbalances),
    ],
  };
}

/** In which nothing more happens. */
const ENDS: ReadonlySet<string> = new Set(['handed_out', 'returned', 'cancelled']);

/** Every parcel's end is there, and is what it was. */
function judgeWaiting({ world, truth, readings }: PointEvidence): PointDifference[] {
  const differences: PointDifference[] = [];
  const ids = new Set<string>();
  for (const one of truth.waiting.values()) {
    ids.add(one.id ?? '');
    const read = readings.waiting.get(one.id ?? '');
    if (read === undefined) {
      differences.push(...differAt('waiting_missing', one.number, one.state, 'nothing'));
      continue;
    }
    const point = world.points[one.point];
    const due = feeOf(point?.plan.kind ?? '', point?.plan.city.country ?? '', one.storedAt, one.goneAt);
    const isOut = one.state === 'handed_out';
    differences.push(
      ...differAt('waiting_state', one.number, one.state, read.state),
      ...(ENDS.has(read.state) ? [] : differAt('waiting_open', one.number, 'an end', read.state)),
      ...(isOut ? differAt('handed_out_by', one.number, one.handedOutBy, read.handedOutBy) : []),
      ...(isOut ? differAt('storage_fee', one.number, one.isWaived ? 0 : due, read.feeMinor) : []),
    );
  }
  for (const read of readings.waiting.values())
    if (!ids.has(read.id))
      differences.push(...differAt('waiting_unknown', read.number, 'nothing', read.state));
  return differences;
}

/** Storage as the network publishes it for these countries, in minor units of their currency. */
const STORAGE: Readonly<Record<string, { freeHours: number; perHours: number; minor: number; cap: number }>> =
  {
    shop: { freeHours: 120, perHours: 24, minor: 50, cap: 500 },
    station: { freeHours: 120, perHours: 24, minor: 50, cap: 500 },
    locker: { freeHours: 24, perHours: 12, minor: 50, cap: 300 },
  };
const PAID_IN: ReadonlySet<string> = new Set(['CN', 'DE']);

function feeOf(kind: string, country: string, storedAt = 0, goneAt = 0): number {
  const tariff = STORAGE[kind];
  if (tariff === undefined || !PAID_IN.has(country)) return 0;
  const over = (goneAt - storedAt) / 3_600_000 - tariff.freeHours;
  return over <= 0 ? 0 : Math.min(tariff.cap, Math.ceil(over / tariff.perHours) * tariff.minor);
}

/** Nothing lies, or has lain, at a point without a consent, and nobody gets in without one. */
function judgeConsent({ withoutConsent }: PointTruth, { waiting }: PointReadings): PointDifference[] {
  const { tried, refused } = withoutConsent;
  return [
    ...[...waiting.values()].flatMap((one) => differAt('consent_missing', one.number, true, one.hasConsent)),
    ...differAt('consent_let_in', 'attempts without a consent', tried, refused),
  ];
}

function judgeReturns(truth: PointTruth, readings: PointReadings): PointDifference[] {
  return [...truth.returns.values()].flatMap((one) => {
    const read = readings.returns.get(one.id ?? '');
    return read === undefined
      ? differAt('return_missing', one.reference, one.state, 'nothing')
      : differAt('return_state', one.reference, one.state, read.state);
  });
}

/** Goods that were taken before their code could be read came into their return, with the moment at which they came. */
function judgeUnread(truth: PointTruth, { unread }: PointReadings): PointDifference[] {
  return [...truth.returns.values()].flatMap((one) => {
    if (one.unread === undefined) return [];
    const read = unread.get(one.unread.id ?? '');
    const found = read && `${read.state} ${read.returnId} ${read.at}`;
    return differAt('unread_lost', one.reference, `taken_in ${one.id} ${one.unread.at}`, found);
  });
}

/** The instruction to pay goes out once, over what the seller said; for others it never does. */
function judgeRefunds(truth: PointTruth, { refunds }: PointReadings): PointDifference[] {
  const byReturn = Map.groupBy(refunds, ({ returnId }) => returnId);
  const differences: PointDifference[] = [];
  for (const { id = '', reference, refundMinor } of truth.returns.values()) {
    const [first, ...more] = byReturn.get(id) ?? [];
    byReturn.delete(id);
    if (more.length > 0) differences.push(...differAt('refund_repeated', reference, 1, more.length + 1));
    if (refundMinor !== undefined && first === undefined)
      differences.push(...differAt('refund_missing', reference, refundMinor, 'nothing'));
    if (first !== undefined)
      differences.push(
        ...differAt(
          refundMinor === undefined ? 'refund_unknown' : 'refund_amount',
          reference,
          refundMinor ?? 'nothing',
          first.amountMinor,
        ),
      );
  }
  for (const [returnId, [first]] of byReturn)
    differences.push(...differAt('refund_unknown', returnId, 'nothing', first?.amountMinor));
  return differences;
}
