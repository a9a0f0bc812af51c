import type { Work } from '../../platform/world/index.ts';
import {
  accepted,
  addDays,
  addMs,
  earliest,
  type Instant,
  msBetween,
  type OrganisationId,
  type Outcome,
  type PointId,
  type Position,
  refused,
} from '../kernel/index.ts';
import type { OpenWindow } from '../pickups/index.ts';
import { divisionOf, locate } from '../places/index.ts';
import { returnCodes } from './code.ts';
import { dropCodes } from './code-store.ts';
import { returnCarrierOf } from './counter.ts';
import { actOn, type By, CLOCKWORK, leaveRoute, policyOf, type ReturnOutcome } from './handle.ts';
import type { ReturnCase, ReturnRoute } from './model.ts';
import type { PointOption, ReturnDemand, ReturnPorts } from './ports.ts';
import { lockReturn } from './store.ts';

/** Where the buyer is, as far as he says; without it, the place that the order went to. */
export type Whereabouts = { readonly position?: Position | undefined };
export type RouteInput = Whereabouts &
  (
    | {
        readonly method: 'point';
        readonly pointId?: PointId | undefined;
        readonly startsAt?: Instant | undefined;
      }
    | { readonly method: 'door'; readonly areaId: string; readonly startsAt: Instant }
    | { readonly method: 'self_post' }
  );

export const DOOR_PASSED = 'returns.door_passed';
const OPTIONS_SHOWN = 10;
/** A place that nobody comes to is given back a while after its hour. Our default. */
const GRACE_MS = 2 * 3_600_000;

/** Undefined: nobody can say where the buyer is. In the owner's scope: networks that do not serve the buyer are left out. */
async function demandOf(
  { db, now }: Pick<Work, 'db' | 'now'>,
  { blocks }: Pick<ReturnPorts, 'blocks'>,
  one: ReturnCase,
  { position }: Whereabouts,
): Promise<ReturnDemand | undefined> {
  const { country, postcode, city, division } = one.place;
  const where = locate({ country, postcode, city, division, position });
  if (where === undefined || !('dueAt' in one.state)) return undefined;
  const level1 = divisionOf({ country, postcode, division });
  const { organisationId, buyerRef: ref } = one;
  return {
    ...(await blocks.ofRef(db, { organisationId, ref }, country)),
    service: 'return',
    subject: { kind: 'return', id: one.id },
    clientPlatformId: one.clientPlatformId,
    madeFor: one.organisationId,
    country,
    position: where.position,
    divisionCodes: level1 === undefined ? [] : [level1.code],
    postcode,
    goodsClass: one.items.find(({ goodsClass }) => goodsClass !== 'normal')?.goodsClass ?? 'normal',
    parcels: 1,
    notBefore: now,
    notAfter: earliest(one.state.dueAt, addDays(now, 7)),
  };
}

/** Points that take the goods, best for the buyer first. */
export async function pointOptions(
  work: Pick<Work, 'db' | 'now' | 'world' | 'actFor'>,
  ports: Pick<ReturnPorts, 'allocation' | 'blocks'>,
  one: ReturnCase,
  where: Whereabouts,
): Promise<readonly PointOption[]> {
  const demand = await demandOf(work, ports, one, where);
  return demand === undefined ? [] : ports.allocation.listOptions(work, demand, OPTIONS_SHOWN);
}

/** Windows in which a courier may come to the buyer's door, soonest first. Begins and ends in the owner's scope. */
export async function doorOptions(
  work: Pick<Work, 'db' | 'now' | 'actFor'>,
  ports: Pick<ReturnPorts, 'doors' | 'rulebook'>,
  one: ReturnCase,
): Promise<readonly OpenWindow[]> {
  const carrierIds = await doorCarriers(work, ports, one);
  await work.actFor('network');
  const windows = await ports.doors.list(work.db, one.place, carrierIds, work.now);
  await work.actFor({ organisationId: one.organisationId });
  const until = 'dueAt' in one.state ? one.state.dueAt : work.now;
  return windows.filter(({ endsAt }) => endsAt <= until).slice(0, OPTIONS_SHOWN);
}

/**
 * The buyer chooses how the goods go back. At a point a place is held for him, and a code opens its counter. What he had
 * chosen before is given back.
 */
export async function chooseRoute(
  work: Work,
  ports: ReturnPorts,
  ref: { readonly organisationId: string; readonly id: string },
  by: By,
  input: RouteInput,
): Promise<ReturnOutcome | Outcome<never>> {
  const before = await lockReturn(work.db, ref.organisationId, ref.id);
  if (before === undefined) return refused('not_found', '');
  if (before.returnToRef === undefined && input.method === 'self_post')
    return refused('return_address_missing', '');
  const { name } = before.state;
  // Before anything is held: what the state does not allow is refused by the decision itself.
  if (name !== 'agreed' && name !== 'routed' && name !== 'code_issued')
    return actOn(work, ports, before, by, { kind: 'choose_route', method: input.method });
  const free = await leaveRoute(work, ports, before, 'chosen_anew');
  const routed = await takeRoute(work, ports, free, input);
  if (!routed.ok) return routed;
  const coded = await withCode(work, ports, routed.value);
  return actOn(work, ports, coded, by, { kind: 'choose_route', method: input.method });
}

function takeRoute(
  work: Work,
  ports: ReturnPorts,
  one: ReturnCase,
  input: RouteInput,
): Promise<Outcome<ReturnCase>> {
  switch (input.method) {
    case 'point':
      return holdPoint(work, ports, one, input);
    case 'door':
      return holdDoor(work, ports, one, input);
    case 'self_post':
      return Promise.resolve(accepted({ ...one, route: { method: 'self_post' } }));
  }
}

/** Who takes the parcel back comes to the door as well. Begins and ends in the owner's scope. */
async function doorCarriers(
  work: Pick<Work, 'db' | 'actFor'>,
  ports: Pick<ReturnPorts, 'doors' | 'rulebook'>,
  one: ReturnCase,
): Promise<readonly OrganisationId[]> {
  const code = await returnCarrierOf(work.db, ports, one);
  if (code === undefined) return [];
  await work.actFor('network');
  const carrierId = await ports.doors.carrierOf(work.db, code);
  await work.actFor({ organisationId: one.organisationId });
  return carrierId === undefined ? [] : [carrierId];
}

/** A courier comes to the door; when he does not, the buyer chooses again. */
async function holdDoor(
  work: Work,
  ports: ReturnPorts,
  one: ReturnCase,
  choice: Extract<RouteInput, { readonly method: 'door' }>,
): Promise<Outcome<ReturnCase>> {
  const { organisationId, buyerRef: partyRef, place } = one;
  const carrierIds = await doorCarriers(work, ports, one);
  const door = { organisationId, partyRef, place, carrierIds };
  const visit = await ports.doors.hold(work, door, choice);
  if (!visit.ok) return visit;
  const { endsAt, startsAt } = visit.value;
  work.schedule({
    kind: DOOR_PASSED,
    key: `${one.id}/${work.now}`,
    runAt: addMs(endsAt, GRACE_MS),
    payload: { organisationId, returnId: one.id, startsAt },
  });
  return accepted({ ...one, route: { method: 'door', ...visit.value }, point: undefined });
}

/** A window that passed without a courier: the buyer has to choose again. In the scope of the owner. */
export async function missDoor(
  work: Work,
  ports: ReturnPorts,
  ref: { readonly organisationId: string; readonly id: string },
  startsAt: string,
): Promise<void> {
  const before = await lockReturn(work.db, ref.organisationId, ref.id);
  if (before?.state.name !== 'code_issued' || before.route?.method !== 'door') return;
  // Another window was chosen meanwhile; it has a job of its own.
  if (before.route.startsAt !== startsAt) return;
  const reason = 'window_missed';
  const free = await leaveRoute(work, ports, before, reason);
  const outcome = await actOn(work, ports, free, CLOCKWORK, { kind: 'lose_route', reason });
  if (!outcome.ok) throw new Error(`a missed window was not noted: ${outcome.rejection.code}`);
}

async function holdPoint(
  work: Work,
  ports: ReturnPorts,
  one: ReturnCase,
  input: Extract<RouteInput, { readonly method: 'point' }>,
  reason?: string,
): Promise<Outcome<ReturnCase>> {
  const demand = await demandOf(work, ports, one, input);
  if (demand === undefined) return refused('return_route_unavailable', 'Say where you are.');
  const { pointId, startsAt } = input;
  const held = await ports.allocation.reserve(work, demand, {
    ...(pointId === undefined ? {} : { pointId }),
    ...(startsAt === undefined ? {} : { startsAt }),
    ttlMs: Math.max(GRACE_MS, msBetween(work.now, startsAt ?? demand.notAfter) + GRACE_MS),
  });
  if (!held.ok) return held;
  const { id: reservationId, organisationId: pointOrganisationId, pointId: at } = held.value;
  const route: ReturnRoute = {
    ...{ method: 'point', pointId: at, pointOrganisationId, reservationId, reason },
    startsAt: held.value.startsAt,
  };
  return accepted({ ...one, route, point: { id: at, organisationId: pointOrganisationId } });
}

/** A code for the counter, for at most the time that the goods may be brought in. */
async function withCode(work: Work, ports: ReturnPorts, one: ReturnCase): Promise<ReturnCase> {
  if (one.route?.method === 'self_post') {
    await dropCodes(work.db, one.id);
    return { ...one, sealedCode: undefined, codeExpiresAt: undefined };
  }
  if (!('dueAt' in one.state)) throw new Error(`a return that is ${one.state.name} shows no code`);
  const policy = await policyOf(work.db, ports, one);
  const codeExpiresAt = earliest(one.state.dueAt, addDays(work.now, policy.document.codeDays));
  return { ...one, codeExpiresAt, sealedCode: await returnCodes.issue(work, ports, one, codeExpiresAt) };
}

/**
 * The place that was held is gone: the point closed, or somebody took it away. The buyer is sent on to the best point that
 * is left, with the code that he has; where none is left he has to choose again. In the scope of the owner.
 */
export async function sendOn(
  work: Work,
  ports: ReturnPorts,
  ref: { readonly organisationId: string; readonly id: string },
  lost: { readonly reservationId?: string; readonly pointId?: string; readonly reason: string },
): Promise<void> {
  const before = await lockReturn(work.db, ref.organisationId, ref.id);
  const route = before?.route;
  if (before === undefined || before.state.name !== 'code_issued' || route?.method !== 'point') return;
  const isAbout = [
    [lost.reservationId, route.reservationId],
    [lost.pointId, route.pointId],
  ].some(([gone, his]) => gone !== undefined && gone === his);
  if (!isAbout) return;
  const free = await leaveRoute(work, ports, before, lost.reason);
  const found = await holdPoint(work, ports, free, { method: 'point' }, lost.reason);
  const command = found.ok
    ? ({ kind: 'choose_route', method: 'point' } as const)
    : ({ kind: 'lose_route', reason: lost.reason } as const);
  const demand = found.ok ? undefined : await demandOf(work, ports, free, {});
  if (demand !== undefined) await ports.allocation.recordUnserved(work, demand);
  const outcome = await actOn(work, ports, found.ok ? found.value : free, CLOCKWORK, command);
  if (!outcome.ok) throw new Error(`a buyer was not sent on: ${outcome.rejection.code}`);
}
