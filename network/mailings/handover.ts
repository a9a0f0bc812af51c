import type { Work } from '../../platform/world/index.ts';
import { findCarrierOrganisation } from '../accounts/index.ts';
import {
  type Demand,
  extendReservation,
  listOptions,
  type Option,
  releaseReservation,
  reserve,
} from '../allocation/index.ts';
import {
  accepted,
  addDays,
  addMs,
  earliest,
  type Instant,
  msBetween,
  type Outcome,
  type PartyRef,
  type PointId,
  type Position,
  refused,
} from '../kernel/index.ts';
import { endDoorWindow, holdDoorWindow, listDoorWindows, type OpenWindow } from '../pickups/index.ts';
import { divisionOf, locate } from '../places/index.ts';
import type { Mailing } from './model.ts';
import type { MailingPorts, Reading } from './ports.ts';

/** How the parcel is to come into the network, as its sender chooses. */
export type HandoverChoice =
  | {
      readonly method: 'point';
      readonly pointId?: PointId | undefined;
      readonly startsAt?: Instant | undefined;
      readonly position?: Position | undefined;
    }
  | { readonly method: 'door'; readonly areaId: string; readonly startsAt: Instant }
  | { readonly method: 'any_point' };

export const DOOR_PASSED = 'mailings.door_passed';
const OPTIONS_SHOWN = 10;
/** A place that nobody comes to is given back a while after its hour. Our default. */
const GRACE_MS = 2 * 3_600_000;

/** What is to be brought, before it is ordered or after. */
export type ToBring = Pick<Mailing, 'organisationId' | 'from' | 'goods' | 'declared'> & {
  readonly id: string;
  /** Who brings it; nobody is known before the order. */
  readonly senderRef?: PartyRef | undefined;
  readonly carrierCode: string | undefined;
  readonly dueAt: Instant;
};

function toBringOf(one: Mailing): ToBring {
  if (one.state.name !== 'placed') throw new Error(`a mailing that is ${one.state.name} is not brought`);
  const { id, organisationId, senderRef, from, goods, declared } = one;
  return {
    id,
    senderRef,
    organisationId,
    from,
    goods,
    declared,
    carrierCode: one.quoted.carrierCode,
    dueAt: one.state.dueAt,
  };
}

type Asking = Pick<Work, 'db' | 'now'>;

/** Undefined: nobody can say where the sender is. In the owner's scope: networks that do not serve the sender are left out. */
async function demandOf(
  { db, now }: Asking,
  { blocks }: Pick<MailingPorts, 'blocks'>,
  one: ToBring,
  position: Position | undefined,
): Promise<Demand | undefined> {
  const { country, postcode, city, division } = one.from;
  const where = locate({ country, postcode, city, division, position });
  if (where === undefined) return undefined;
  const level1 = divisionOf({ country, postcode, division });
  const { size, weightGrams } = one.declared;
  const { organisationId, senderRef: ref } = one;
  return {
    ...(ref === undefined ? {} : await blocks.ofRef(db, { organisationId, ref }, country)),
    service: 'mail',
    subject: { kind: 'mailing', id: one.id },
    madeFor: one.organisationId,
    country,
    position: where.position,
    divisionCodes: level1 === undefined ? [] : [level1.code],
    postcode,
    goodsClass: one.goods.goodsClass,
    weightGrams,
    longestSideMm: size === undefined ? undefined : Math.max(size.lengthMm, size.widthMm, size.heightMm),
    parcels: 1,
    notBefore: now,
    notAfter: earliest(one.dueAt, addDays(now, 7)),
  };
}

/** Of an order that waits for its sender. */
export function demandFor(
  asking: Asking,
  ports: Pick<MailingPorts, 'blocks'>,
  one: Mailing,
): Promise<Demand | undefined> {
  return demandOf(asking, ports, toBringOf(one), undefined);
}

/** Points that take the parcel, best for the sender first, and windows of couriers, soonest first. */
export async function handoverOptions(
  reading: Reading,
  ports: Pick<MailingPorts, 'pointsOf' | 'blocks'>,
  one: ToBring,
  position: Position | undefined,
): Promise<{ readonly points: readonly Option[]; readonly doors: readonly OpenWindow[] }> {
  const demand = await demandOf(reading, ports, one, position);
  const points =
    demand === undefined
      ? []
      : (await listOptions(reading, ports.pointsOf(reading.world), demand, OPTIONS_SHOWN)).options;
  await reading.actFor('network');
  const carrierIds = await carriersOf(reading, one);
  const windows = await listDoorWindows(reading.db, one.from, carrierIds, reading.now);
  await reading.actFor({ organisationId: one.organisationId });
  const doors = windows.filter(({ endsAt }) => endsAt <= one.dueAt).slice(0, OPTIONS_SHOWN);
  return { points, doors };
}

/** Who carries the parcel comes to the door as well. In the network's scope. */
async function carriersOf({ db }: Pick<Reading, 'db'>, { carrierCode }: ToBring) {
  const id = carrierCode === undefined ? undefined : await findCarrierOrganisation(db, carrierCode);
  return id === undefined ? [] : [id];
}

/** Holds what the sender chose. Begins and ends in the owner's scope. */
export async function holdHandover(
  work: Work,
  ports: Pick<MailingPorts, 'pointsOf' | 'blocks'>,
  one: Mailing,
  choice: HandoverChoice,
  reason?: string,
): Promise<Outcome<Mailing>> {
  switch (choice.method) {
    case 'any_point':
      return accepted({ ...one, handover: undefined, point: undefined });
    case 'point':
      return holdPoint(work, ports, one, choice, reason);
    case 'door':
      return holdDoor(work, one, choice);
  }
}

async function holdPoint(
  work: Work,
  ports: Pick<MailingPorts, 'pointsOf' | 'blocks'>,
  one: Mailing,
  { pointId, startsAt, position }: Extract<HandoverChoice, { readonly method: 'point' }>,
  reason: string | undefined,
): Promise<Outcome<Mailing>> {
  const demand = await demandOf(work, ports, toBringOf(one), position);
  if (demand === undefined) return refused('mailing_handover_unavailable', 'Say where you are.');
  const ttlMs = Math.max(GRACE_MS, msBetween(work.now, startsAt ?? demand.notAfter) + GRACE_MS);
  const held = await reserve(work, ports.pointsOf(work.world), demand, { pointId, startsAt, ttlMs });
  if (!held.ok) return held;
  const { id: reservationId, organisationId: pointOrganisationId, pointId: at } = held.value;
  // Only now it is known for which hour the place is held: an hour that passed keeps none.
  const until = addMs(held.value.startsAt, 3_600_000 + GRACE_MS);
  const kept = startsAt === undefined ? await extendReservation(work, reservationId, until) : held;
  if (!kept.ok) throw new Error(`a place that was held a moment ago is gone: ${kept.rejection.code}`);
  return accepted({
    ...one,
    handover: {
      ...{ method: 'point', pointId: at, pointOrganisationId, reservationId, reason },
      startsAt: held.value.startsAt,
    },
    point: { id: at, organisationId: pointOrganisationId },
  });
}

/** A courier comes to the door; when he does not, any counter still takes the parcel. */
async function holdDoor(
  work: Work,
  one: Mailing,
  choice: Extract<HandoverChoice, { readonly method: 'door' }>,
): Promise<Outcome<Mailing>> {
  await work.actFor('network');
  const carrierIds = await carriersOf(work, toBringOf(one));
  const { organisationId, senderRef: partyRef, from: place } = one;
  const visit = await holdDoorWindow(work, { organisationId, partyRef, place, carrierIds }, choice);
  if (!visit.ok) return visit;
  const { endsAt, startsAt } = visit.value;
  work.schedule({
    kind: DOOR_PASSED,
    key: `${one.id}/${work.now}`,
    runAt: addMs(endsAt, GRACE_MS),
    payload: { organisationId, mailingId: one.id, startsAt },
  });
  return accepted({ ...one, handover: { method: 'door', ...visit.value }, point: undefined });
}

/** Gives back what was held for the sender; nothing where the parcel was taken in. */
export async function leaveHandover(work: Work, one: Mailing, reason: string): Promise<Mailing> {
  const { handover } = one;
  if (handover === undefined || one.intake !== undefined) return one;
  if (handover.method === 'point') await releaseReservation(work, handover.reservationId, reason);
  else await endDoorWindow(work, one.organisationId, handover, 'release');
  await work.actFor({ organisationId: one.organisationId });
  return { ...one, handover: undefined, point: undefined };
}
