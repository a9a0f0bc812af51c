import { accepted, type Outcome, refused } from '../kernel/index.ts';
import { type Bag, COMPLETE, type Handover, type HandoverState } from './model.ts';

export type BagStep = 'edit' | 'commit' | 'cancel';
export type BatchStep = 'edit' | 'commit' | 'cancel' | 'collect' | 'fail_collection' | 'arrive' | 'sign';
type Conflict = 'handover_state_conflict' | 'handover_empty';

/** What a bag is after a step that its owner takes; the rest it follows with its handover. */
export function decideBag(
  bag: Pick<Bag, 'state' | 'commits' | 'hasEdits' | 'parcelCount'>,
  step: BagStep,
): Outcome<Pick<Bag, 'state' | 'commits' | 'hasEdits'>, Conflict> {
  const { state, commits, hasEdits, parcelCount } = bag;
  const isOpen = (state === 'draft' || state === 'committed') && commits < COMPLETE;
  if (step === 'edit') {
    return isOpen
      ? accepted({ state, commits, hasEdits: state === 'committed' })
      : conflict(state, 'edit needs a draft, or a bag that was committed once');
  }
  if (step === 'cancel') {
    return state === 'draft' || state === 'committed'
      ? accepted({ state: 'canceled', commits, hasEdits: false })
      : conflict(state, 'cancel needs draft or committed');
  }
  if (!isOpen || (state === 'committed' && !hasEdits)) {
    return conflict(state, 'commit needs a draft, or a committed bag that was edited');
  }
  if (parcelCount === 0) return refused('handover_empty', '');
  return accepted({ state: 'committed', commits: commits + 1, hasEdits: false });
}

/** Step -> states it may start from. The decision table of handovers; its test walks it whole. */
const ALLOWED: Readonly<Record<BatchStep, readonly HandoverState[]>> = {
  edit: ['draft'],
  commit: ['draft'],
  cancel: ['draft', 'committed', 'awaiting_pickup', 'pickup_failed'],
  collect: ['awaiting_pickup', 'pickup_failed'],
  fail_collection: ['awaiting_pickup'],
  // A warehouse scans what stands before it, whatever a driver forgot to report.
  arrive: ['committed', 'awaiting_pickup', 'pickup', 'pickup_failed', 'arrived'],
  sign: ['arrived'],
};

export function decideBatch(
  batch: Pick<Handover, 'state' | 'kind' | 'parcelCount'>,
  step: BatchStep,
  isNormal = true,
): Outcome<HandoverState, Conflict> {
  if (!ALLOWED[step].includes(batch.state)) {
    return conflict(batch.state, `${step.replaceAll('_', ' ')} needs ${ALLOWED[step].join(' or ')}`);
  }
  switch (step) {
    case 'edit':
      return accepted(batch.state);
    case 'commit':
      if (batch.parcelCount === 0) return refused('handover_empty', '');
      return accepted(batch.kind === 'platform_pickup' ? 'awaiting_pickup' : 'committed');
    case 'cancel':
      return accepted('canceled');
    case 'collect':
      return accepted('pickup');
    case 'fail_collection':
      return accepted('pickup_failed');
    case 'arrive':
      return accepted('arrived');
    case 'sign':
      return accepted(isNormal ? 'signed_normal' : 'signed_abnormal');
  }
}

function conflict(state: HandoverState, needs: string): Outcome<never, 'handover_state_conflict'> {
  return refused('handover_state_conflict', `It is ${state}; ${needs}.`);
}
