import type { Work } from '../../platform/world/index.ts';
import { accepted, type Instant, type Money, type Outcome, refused } from '../kernel/index.ts';
import { activeVersion, NETWORK } from '../rulebooks/index.ts';
import { announceFact, announceRefund, type Told } from './announce.ts';
import { dropCodes } from './code-store.ts';
import { decide, evolve, type ReturnCommand, type ReturnFact } from './decide.ts';
import type { ReturnErrorCode } from './errors.ts';
import type { PartyWord, RefundBasis, ReturnCase } from './model.ts';
import { freePieces, insertRefund } from './order-store.ts';
import type { ReturnPorts } from './ports.ts';
import { DEFAULT_RETURN_POLICY, dueAfter, type ReturnPolicy } from './rulebook.ts';
import { refundOf } from './settlement.policy.ts';
import { insertSteps, lockReturn, type Step, saveReturn } from './store.ts';

/** The clock of a case rings; what follows stands in `decide`. */
export const CLOCK = 'returns.clock';

/** Who acts, as the steps of a case name him: a caller, the clock, or what tracking saw. */
export type By = { readonly party: PartyWord; readonly callerId: string };
export const CLOCKWORK: By = { party: 'rules', callerId: 'rules' };

export type PolicyInForce = { readonly versionId: string; readonly document: ReturnPolicy };

/** The rules of the order's marketplace, else the network's, else those shipped; of a moment, so that a case keeps its own. */
export async function policyAt(
  db: Work['db'],
  ports: Pick<ReturnPorts, 'rulebook'>,
  clientPlatformId: ReturnCase['clientPlatformId'],
  at: Instant,
): Promise<PolicyInForce> {
  const active = await activeVersion(db, ports.rulebook, clientPlatformId ?? NETWORK, at);
  return active ?? { versionId: 'shipped', document: DEFAULT_RETURN_POLICY };
}

/** The rules that were in force when the buyer applied. */
export function policyOf(db: Work['db'], ports: Pick<ReturnPorts, 'rulebook'>, one: ReturnCase) {
  return policyAt(db, ports, one.clientPlatformId, one.appliedAt);
}

export type ReturnOutcome = Outcome<ReturnCase, ReturnErrorCode | 'not_found'>;

/** Loads for update, decides and settles, in the scope of the owner. `changed`: what comes with the command. */
export async function act(
  work: Work,
  ports: ReturnPorts,
  ref: { readonly organisationId: string; readonly id: string },
  by: By,
  command: ReturnCommand,
  changed: (one: ReturnCase) => ReturnCase = (one) => one,
): Promise<ReturnOutcome> {
  const before = await lockReturn(work.db, ref.organisationId, ref.id);
  if (before === undefined) return refused('not_found', '');
  return actOn(work, ports, before, by, command, changed);
}

/** As `act`, on a case that is locked already. */
export async function actOn(
  work: Work,
  ports: ReturnPorts,
  before: ReturnCase,
  by: By,
  command: ReturnCommand,
  changed: (one: ReturnCase) => ReturnCase = (one) => one,
): Promise<ReturnOutcome> {
  const policy = await policyOf(work.db, ports, before);
  const decision = decide(before.state, command, {
    kind: before.kind,
    now: work.now,
    due: (clock, from = work.now) => dueAfter(policy.document, before.place.country, clock, from),
  });
  if (!decision.ok) return decision;
  if (decision.value.length === 0) return accepted(before);
  return accepted(await settle(work, ports, changed(before), decision.value, by));
}

/** Folds facts into a case, lets what depends on them follow, saves and tells. */
export async function settle(
  work: Work,
  ports: Pick<ReturnPorts, 'allocation' | 'doors'>,
  one: ReturnCase,
  facts: readonly ReturnFact[],
  by: By,
): Promise<ReturnCase> {
  let after = one;
  const steps: Step[] = [];
  for (const fact of facts) {
    after = { ...after, state: evolve(after.state, fact), changedAt: work.now };
    after = await follow(work, ports, after, fact);
    steps.push(stepOf(after, fact, by, work.now));
    after = tellAll(work, after, announceFact(after, fact));
    if (fact.kind === 'refunded' || fact.kind === 'refund_instead') {
      const basis = fact.kind === 'refunded' ? fact.basis : 'instead_of_exchange';
      after = await instructRefund(work, after, refundOf(after), basis);
    }
  }
  await saveReturn(work.db, after);
  await insertSteps(work.db, after, steps);
  watchClock(work, one, after);
  return after;
}

/** Money goes back once: whoever asks again changes nothing. */
export async function instructRefund(
  work: Work,
  one: ReturnCase,
  wanted: Money,
  basis: RefundBasis,
): Promise<ReturnCase> {
  const { id: returnId, orderId, organisationId } = one;
  const id = work.newId('rfd');
  const refund = await insertRefund(work.db, organisationId, {
    ...{ id, returnId, orderId, wanted, basis, instructedAt: work.now },
  });
  return refund === undefined ? one : tellAll(work, one, [announceRefund(one, refund)]);
}

async function follow(
  work: Work,
  ports: Pick<ReturnPorts, 'allocation' | 'doors'>,
  one: ReturnCase,
  fact: ReturnFact,
): Promise<ReturnCase> {
  switch (fact.kind) {
    case 'closed': {
      await freePieces(work.db, one.organisationId, one.orderId, one.items);
      await dropCodes(work.db, one.id);
      return { ...(await leaveRoute(work, ports, one, fact.reason)), sealedCode: undefined };
    }
    case 'accepted':
    case 'escalated':
      await dropCodes(work.db, one.id);
      return { ...one, sealedCode: undefined };
    case 'route_lost':
      await dropCodes(work.db, one.id);
      return { ...one, sealedCode: undefined, route: undefined, point: undefined };
    default:
      return one;
  }
}

/** Gives back what was held for the buyer at a point. */
export async function leaveRoute(
  work: Work,
  ports: Pick<ReturnPorts, 'allocation' | 'doors'>,
  one: ReturnCase,
  reason: string,
): Promise<ReturnCase> {
  const { route } = one;
  if (route === undefined || one.intake !== undefined) return one;
  if (route.method === 'point' && route.reservationId !== undefined)
    await ports.allocation.release(work, route.reservationId, reason);
  if (route.method === 'door') await ports.doors.end(work, one.organisationId, route, 'release');
  return { ...one, route: undefined, point: undefined };
}

function stepOf(one: ReturnCase, fact: ReturnFact, by: By, at: Instant): Step {
  return {
    fact: fact.kind,
    state: one.state.name,
    party: by.party,
    byCaller: by.callerId,
    reason: 'reason' in fact ? fact.reason : undefined,
    occurredAt: at,
  };
}

/** Each event takes a version, so that the sequence of a case grows with each. */
export function tellAll(work: Work, one: ReturnCase, told: readonly Told[]): ReturnCase {
  let { version } = one;
  const audience = [one.organisationId, one.clientPlatformId, one.point?.organisationId];
  for (const { event, payload } of told) {
    version += 1;
    work.emit({
      type: event.name,
      group: { organisationId: one.organisationId },
      subjectId: one.id,
      subjectSequence: version,
      audience: [...new Set(audience.filter((id) => id !== undefined))],
      payload: { ...payload, occurredAt: work.now },
    });
  }
  return { ...one, version };
}

/** A new clock, a new job; one that rings for a state that is over finds another `dueAt` and does nothing. */
export function watchClock(work: Work, before: ReturnCase | undefined, after: ReturnCase): void {
  const dueAt = 'dueAt' in after.state ? after.state.dueAt : undefined;
  const known = before !== undefined && 'dueAt' in before.state ? before.state.dueAt : undefined;
  if (dueAt === undefined || dueAt === known) return;
  const { id, organisationId } = after;
  work.schedule({
    kind: CLOCK,
    key: `${id}/${dueAt}`,
    runAt: dueAt,
    payload: { organisationId, returnId: id },
  });
}
