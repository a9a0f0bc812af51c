import type { TruthMailing, TruthReturn, TruthWaiting } from '../../points/truth.ts';
import type { PointEvidence } from './evidence.ts';
import type { ReadStatement, ReadWaiting } from './read.ts';
import { POINT_DIFFERENCE_KINDS, type PointDifferenceKind } from './verdict.ts';

/*
 * Falsifies one answer, or one truth, so that one can see that the checker sees it. Each kind of difference has its
 * plant.
 */
const PLANTS: Readonly<Record<PointDifferenceKind, (evidence: PointEvidence) => void>> = {
  place_over_capacity: ({ readings }) => {
    some(readings.places, 'place').parcels += 50;
  },
  hour_over_capacity: ({ readings }) => {
    const hour = some(
      readings.hours.filter(({ used }) => used > 0),
      'hour',
    );
    hour.capacity = hour.used - 1;
  },
  hour_count: ({ readings }) => {
    some(readings.hours, 'hour').beyond += 1;
  },
  compartment_shared: ({ readings }) => {
    const [one, other] = [...readings.waiting.values()].filter(({ lockerId }) => lockerId !== undefined);
    if (one === undefined || other === undefined) throw new Error('too few parcels lay behind doors');
    other.lockerId = one.lockerId;
    readings.steps.set(other.id, structuredClone(readings.steps.get(one.id) ?? []));
  },
  code_repeated: ({ truth }) => {
    const [one, other] = stored(truth.waiting);
    one.codes.push({ code: 'X', point: 0, from: 1, until: 5 });
    other.codes.push({ code: 'X', point: 0, from: 4, until: 9 });
  },
  code_too_soon: ({ truth }) => {
    const [one, other] = stored(truth.waiting);
    one.codes.push({ code: 'X', point: 0, from: 1, until: 5 });
    other.codes.push({ code: 'X', point: 0, from: 6, until: 9 });
  },
  consent_missing: ({ readings }) => {
    anyOf(readings.waiting).hasConsent = false;
  },
  consent_let_in: ({ truth }) => {
    truth.withoutConsent.tried += 1;
  },
  waiting_missing: ({ readings }) => readings.waiting.delete(anyOf(readings.waiting).id),
  waiting_unknown: ({ readings }) =>
    readings.waiting.set('spc_1', { ...anyOf(readings.waiting), id: 'spc_1' }),
  waiting_state: ({ readings }) => {
    handedOut(readings.waiting).state = 'returned';
  },
  waiting_open: ({ readings }) => {
    handedOut(readings.waiting).state = 'stored';
  },
  handed_out_by: ({ readings }) => {
    handedOut(readings.waiting).handedOutBy = 'nobody';
  },
  storage_fee: ({ readings }) => {
    handedOut(readings.waiting).feeMinor += 1;
  },
  return_missing: ({ readings, truth }) => readings.returns.delete(refunded(truth.returns).id ?? ''),
  return_state: ({ readings }) => {
    anyOf(readings.returns).state = 'applied';
  },
  refund_missing: ({ readings }) => readings.refunds.pop(),
  refund_repeated: ({ readings }) => readings.refunds.push(some(readings.refunds, 'refund')),
  refund_amount: ({ readings }) => {
    some(readings.refunds, 'refund').amountMinor += 1;
  },
  refund_unknown: ({ readings }) => readings.refunds.push({ returnId: 'ret_1', amountMinor: 1 }),
  action_lost: ({ readings }) => {
    for (const steps of readings.steps.values()) steps.length = 0;
  },
  action_twice: ({ readings }) => {
    for (const steps of readings.steps.values()) steps.push(...steps);
  },
  action_outcome: ({ truth }) => {
    some(truth.actions, 'action').answers[1] = 'done';
  },
  action_time: ({ truth, readings }) => {
    const { parcel } = some(truth.actions, 'action');
    for (const step of readings.steps.get(truth.waiting.get(parcel)?.id ?? '') ?? []) step.saidAt = 1;
  },
  unread_lost: ({ readings }) => {
    anyOf(readings.unread).state = 'open';
  },
  conflict_unseen: ({ readings, truth }) => {
    const { deviceId, clientId } = some(truth.actions, 'action');
    readings.conflicts.push({ deviceId, clientId, conflict: 'clock_wrong', isLookedAt: false });
  },
  lease_broken: ({ truth }) => {
    truth.leasedElsewhere.tried += 1;
  },
  mailing_missing: ({ readings, truth }) => readings.mailings.delete(mailed(truth.mailings).id ?? ''),
  mailing_unknown: ({ readings }) =>
    readings.mailings.set('mlg_1', { ...anyOf(readings.mailings), id: 'mlg_1' }),
  mailing_state: ({ readings }) => {
    anyOf(readings.mailings).state = 'lost';
  },
  mailing_freight: ({ truth }) => {
    mailed(truth.mailings).freightMinor = 1;
  },
  mailing_above_agreed: ({ truth }) => {
    mailed(truth.mailings).agreedMinor = 1;
  },
  mailing_freight_repeated: ({ readings }) => {
    const { lines, line } = freightIn(readings.statements);
    lines.push(line);
  },
  mailing_cash: ({ readings }) => {
    freightIn(readings.statements).line.amount.amount_minor += 1;
  },
  statement_sum: ({ readings }) => {
    paid(readings.statements).statement.earned.amount_minor += 1;
  },
  statement_count: ({ truth }) => {
    const [one] = stored(truth.waiting);
    one.facts.stored = (one.facts.stored ?? 0) + 1;
  },
  statement_open: ({ readings }) => {
    paid(readings.statements).statement.state = 'payout_instructed';
  },
  ledger_sum: ({ readings }) => {
    readings.imbalances = 1;
  },
};

/** Corrupts a copy: the evidence itself stays as it is. */
export function planted(evidence: PointEvidence, kind: PointDifferenceKind): PointEvidence {
  const { truth, readings } = structuredClone({ truth: evidence.truth, readings: evidence.readings });
  const copy = { world: evidence.world, truth, readings };
  PLANTS[kind](copy);
  return copy;
}

export const isPointPlant = (text: string): text is PointDifferenceKind =>
  POINT_DIFFERENCE_KINDS.some((kind) => kind === text);

function some<Item>(list: readonly Item[], what: string): Item {
  const [first] = list;
  if (first === undefined) throw new Error(`there is no ${what} to falsify`);
  return first;
}
const anyOf = <Value>(map: ReadonlyMap<string, Value>): Value => some([...map.values()], 'answer');
const handedOut = (waiting: ReadonlyMap<string, ReadWaiting>): ReadWaiting =>
  some(
    [...waiting.values()].filter(({ state }) => state === 'handed_out'),
    'parcel that was handed out',
  );
const refunded = (returns: ReadonlyMap<number, TruthReturn>): TruthReturn =>
  some(
    [...returns.values()].filter(({ refundMinor }) => refundMinor !== undefined),
    'refund',
  );
const paid = (statements: readonly ReadStatement[]): ReadStatement =>
  some(
    statements.filter(({ statement }) => statement.payout.amount_minor > 0),
    'statement',
  );
const mailed = (mailings: ReadonlyMap<number, TruthMailing>): TruthMailing =>
  some(
    [...mailings.values()].filter(({ freightMinor }) => freightMinor !== undefined),
    'mailing that was taken in',
  );
function freightIn(statements: readonly ReadStatement[]) {
  const all = statements.flatMap(({ lines }) =>
    lines
      .filter(
        ({ rule, kind, subject }) =>
          `${rule} ${kind} ${subject.kind}` === 'freight_collected accrual mailing',
      )
      .map((line) => ({ line, lines: lines as (typeof line)[] })),
  );
  return some(all, 'freight that was collected');
}
function stored(waiting: ReadonlyMap<number, TruthWaiting>): [TruthWaiting, TruthWaiting] {
  const [one, other] = [...waiting.values()].filter(({ storedAt }) => storedAt !== undefined);
  if (one === undefined || other === undefined) throw new Error('too little was stored to falsify it');
  return [one, other];
}
