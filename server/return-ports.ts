import { findCarrierOrganisation, type Principal, type Worlds } from '../network/accounts/index.ts';
import {
  type CandidatesOf,
  type Demand,
  extendReservation,
  listOptions,
  type PointCandidates,
  recordIntake,
  recordUnserved,
  releaseReservation,
  reserve,
} from '../network/allocation/index.ts';
import { addMs } from '../network/kernel/index.ts';
import { findDefaultSender, searchOrders } from '../network/orders/index.ts';
import { endDoorWindow, holdDoorWindow, listDoorWindows } from '../network/pickups/index.ts';
import { type BlockIndex, findPoint, takesDemand, worksAt } from '../network/points/index.ts';
import { type AllocationPort, RETURN_POLICY_KIND, type ReturnPorts } from '../network/returns/index.ts';
import type { Vault } from '../network/vault/index.ts';
import type { WaybillPorts } from '../network/waybills/index.ts';
import type { KeyRing } from '../platform/crypto/index.ts';
import type { World } from '../platform/world/index.ts';
import { createNumberPort } from './number-port.ts';

export type ReturnNeeds = {
  readonly vault: Vault;
  readonly keyRing: KeyRing;
  readonly waybills: WaybillPorts;
  readonly worlds: Worlds;
};

/** Joins returns to the rooms that know the counters, hold places at them, and number the parcels. */
export function createReturnPorts(
  { vault, keyRing, waybills, worlds }: ReturnNeeds,
  locatorOf: CandidatesOf,
  blocks: BlockIndex,
): ReturnPorts {
  return {
    vault,
    keyRing,
    blocks,
    rulebook: RETURN_POLICY_KIND,
    points: {
      find: findPoint,
      worksAt: (db, caller: Principal, pointId) => worksAt(db, caller, pointId),
      takesReturns: async (db, id, at) => {
        const point = await findPoint(db, id);
        return point?.services.includes('return') === true && takesDemand(point, at);
      },
    },
    allocation: allocationOf((name) => locatorOf(worlds[name])),
    doors: {
      list: listDoorWindows,
      hold: holdDoorWindow,
      end: endDoorWindow,
      carrierOf: findCarrierOrganisation,
    },
    numbers: createNumberPort({ vault, waybills, worlds }),
    defaultSender: async (db, organisationId) => {
      const sender = await findDefaultSender(db, organisationId);
      return sender && { ref: sender.partyRef, place: sender.place };
    },
    ordersOfReference: (db, reference) => searchOrders(db, { reference }, 20),
  };
}

/** The hour and two more. Our default. */
const HELD_BEYOND_MS = 3 * 3_600_000;

function allocationOf(locatorOf: (world: World['name']) => PointCandidates): AllocationPort {
  return {
    listOptions: async (reading, demand, limit) =>
      (await listOptions(reading, locatorOf(reading.world), demand satisfies Demand, limit)).options,
    reserve: async (work, demand, choice) => {
      const held = await reserve(work, locatorOf(work.world), demand, choice);
      if (!held.ok || choice.startsAt !== undefined) return held;
      // Only now it is known for which hour the place is held: an hour that passed keeps none.
      const { id, startsAt } = held.value;
      const kept = await extendReservation(work, id, addMs(startsAt, HELD_BEYOND_MS));
      if (!kept.ok) throw new Error(`a place that was held a moment ago is gone: ${kept.rejection.code}`);
      return kept;
    },
    recordUnserved: (work, demand) => recordUnserved(work, demand, []),
    // One that is over by now holds nothing that could be given back.
    release: async (work, reservationId, reason) => {
      await releaseReservation(work, reservationId, reason);
    },
    recordIntake: async (work, { pointId, at, returnId, reservationId }) => {
      const subject = { kind: 'return', id: returnId } as const;
      const intake = { pointId, service: 'return', at, parcels: 1, subject, reservationId } as const;
      await recordIntake(work, intake);
    },
  };
}
