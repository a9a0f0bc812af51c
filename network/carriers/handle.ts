import { monotonicMs } from '../../platform/clock/index.ts';
import type { Queryable } from '../../platform/db/index.ts';
import type { Work } from '../../platform/world/index.ts';
import { listCarrierOrganisations, type Principal } from '../accounts/index.ts';
import { accepted, type Instant, type Outcome, refused } from '../kernel/index.ts';
import { decide, evolve, trafficPercent } from './decide.ts';
import { CarrierStandingChanged } from './events.ts';
import type {
  Carrier,
  CarrierCode,
  CarrierCommand,
  CarrierPaper,
  CarrierRejection,
  CarrierState,
} from './model.ts';
import { findCarrier } from './registry.ts';
import { endSources, NETWORK_SCOPE, saveSource } from './source-store.ts';
import { mayTakeOrders, orderSharePercent, shippedState } from './standing.policy.ts';
import { findMembership, insertPaper, listMemberships, lockMembership, saveMembership } from './store.ts';

/** How long another process may go on by an old standing (our default, as for rulebooks). */
const BELIEVED_MS = 2_000;
let unsettledUntil = 0;

/** False for a moment after this process decided about a carrier: caches of standings look anew meanwhile. */
export function areStandingsSettled(): boolean {
  return unsettledUntil <= monotonicMs();
}

/** Decides about a carrier's membership. Refused as the state machine says; nothing is saved then. */
export async function decideCarrier(
  work: Work,
  caller: Principal,
  carrier: Carrier,
  command: CarrierCommand,
): Promise<Outcome<CarrierState, CarrierRejection>> {
  const known = await lockMembership(work.db, carrier.code);
  const before = known?.state ?? shippedState(carrier);
  const decision = decide(before, command);
  if (!decision.ok) return decision;
  const state = decision.value.reduce(evolve, before);
  const version = (known?.version ?? 0) + decision.value.length;
  await saveMembership(
    work.db,
    { carrierCode: carrier.code, version, state, changedAt: work.now },
    decision.value,
    caller.id,
  );
  unsettledUntil = monotonicMs() + 2 * BELIEVED_MS;
  const organisations = await listCarrierOrganisations(work.db);
  const own = organisations.filter((entry) => entry.carrierCode === carrier.code);
  work.emit({
    type: CarrierStandingChanged.name,
    group: { organisationId: caller.organisationId },
    subjectId: `carrier:${carrier.code}`,
    subjectSequence: version,
    audience: [...new Set([caller.organisationId, ...own.map((entry) => entry.organisationId)])],
    payload: {
      carrierCode: carrier.code,
      decision: command.type,
      status: state.status,
      previousStatus: before.status,
      trafficPercent: trafficPercent(state, work.now),
      occurredAt: work.now,
    },
  });
  return accepted(state);
}

/** How many of 100 orders each carrier may be given, by code: 0 when its lines are not offered at all. */
export async function listOrderShares(db: Queryable): Promise<(code: CarrierCode, at: Instant) => number> {
  const memberships = await listMemberships(db);
  return (code, at) => {
    const carrier = findCarrier(code);
    if (carrier === undefined) return 0;
    return orderSharePercent(carrier, memberships.get(code)?.state ?? shippedState(carrier), at);
  };
}

/** Whether a carrier takes orders at this moment, without a cache: for the purchase. */
export async function takesOrders(db: Queryable, code: CarrierCode, at: Instant): Promise<boolean> {
  const carrier = findCarrier(code);
  if (carrier === undefined) return false;
  const membership = await findMembership(db, code);
  return mayTakeOrders(carrier, membership?.state ?? shippedState(carrier), at);
}

export async function recordPaper(
  work: Work,
  caller: Principal,
  paper: Omit<CarrierPaper, 'id' | 'recordedAt'>,
): Promise<Outcome<CarrierPaper, 'paper_dates_turned_round'>> {
  if (paper.validTo !== undefined && paper.validTo <= paper.validFrom) {
    return refused('paper_dates_turned_round', '', [
      { pointer: '/valid_to', code: 'paper_dates_turned_round', message: 'valid_to lies after valid_from' },
    ]);
  }
  const recorded: CarrierPaper = { ...paper, id: work.newId('cpr'), recordedAt: work.now };
  await insertPaper(work.db, recorded, caller.id);
  return accepted(recorded);
}

export type DecideSource = {
  readonly sourceId: string;
  readonly recognised: boolean;
  readonly from: Instant | undefined;
  readonly to: Instant | undefined;
  readonly proof: string;
};

/** As whom a caller decides about sources: the operator for the default of all, a marketplace for itself. */
export function sourceScopeOf(caller: Principal): string {
  return caller.organisationKind === 'operator' ? NETWORK_SCOPE : caller.organisationId;
}

/** Recognition is dated and its past stays: scans that were judged once were judged by what held then. */
export async function decideSource(
  work: Work,
  caller: Principal,
  command: DecideSource,
): Promise<Outcome<undefined, 'source_dates_invalid'>> {
  const from = command.from ?? work.now;
  if (from < work.now) return refused('source_dates_invalid', `It is ${work.now}.`, [past('from')]);
  if (command.to !== undefined && command.to <= from)
    return refused('source_dates_invalid', '', [past('to')]);
  const scope = sourceScopeOf(caller);
  await work.actFor(scope === NETWORK_SCOPE ? 'network' : { organisationId: scope });
  const { sourceId: id, recognised, to, proof } = command;
  await saveSource(
    work.db,
    scope,
    { id, recognised, from, proof, ...(to === undefined ? {} : { to }) },
    caller.id,
    work.now,
  );
  return accepted(undefined);
}

function past(field: 'from' | 'to') {
  return {
    pointer: `/${field}`,
    code: 'source_dates_invalid',
    message: field === 'from' ? 'from is not before now' : 'to lies after from',
  };
}

/** From now on the default speaks again. Answers whether there was anything to end. */
export async function withdrawSource(work: Work, caller: Principal, sourceId: string): Promise<boolean> {
  const scope = sourceScopeOf(caller);
  await work.actFor(scope === NETWORK_SCOPE ? 'network' : { organisationId: scope });
  return (await endSources(work.db, scope, sourceId, work.now)) > 0;
}
