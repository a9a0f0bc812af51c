import type { Queryable } from '../../platform/db/index.ts';
import type { Principal, RelationFinder } from '../accounts/index.ts';
import { listOpenShipmentsOfParty, shipmentRelations } from '../shipments/index.ts';
import type { PartyAccess } from '../vault/index.ts';
import { findProof } from './door-store.ts';
import { type Delivery, OPEN_STATES } from './model.ts';
import type { CourierOf } from './ports.ts';
import { findRun } from './run-store.ts';
import { findDelivery, hasOpenDelivery } from './store.ts';

type Couriers = { readonly couriers: CourierOf };

/** What a caller is to deliveries, runs and proofs. A courier reaches what is on his own list only. */
export function deliveryRelations({ couriers }: Couriers): Readonly<Record<string, RelationFinder>> {
  const inCarrier = async (
    db: Queryable,
    of: Pick<Delivery, 'organisationId' | 'courierId'>,
    caller: Principal,
  ): Promise<string[]> => {
    if (caller.organisationId !== of.organisationId) return [];
    if (caller.role !== 'courier') return ['carrier'];
    const courier = await couriers.findCourierOfCaller(db, of.organisationId, caller);
    return courier !== undefined && courier.id === of.courierId ? ['courier'] : [];
  };
  const toDelivery = async (db: Queryable, delivery: Delivery, caller: Principal): Promise<string[]> => [
    ...(await inCarrier(db, delivery, caller)),
    ...(delivery.merchantId === caller.organisationId ? ['own'] : []),
    ...(delivery.clientPlatformId === caller.organisationId ? ['client'] : []),
  ];
  return {
    delivery: async (db, id, caller) => {
      const delivery = await findDelivery(db, id);
      return delivery === undefined
        ? undefined
        : { owner: delivery.organisationId, relations: await toDelivery(db, delivery, caller) };
    },
    delivery_run: async (db, id, caller) => {
      const run = await findRun(db, id);
      return run === undefined
        ? undefined
        : { owner: run.organisationId, relations: await inCarrier(db, run, caller) };
    },
    proof: async (db, id, caller) => {
      const proof = await findProof(db, id);
      // A picture that proves nothing yet is its maker's alone.
      const delivery = proof?.deliveryId === undefined ? undefined : await findDelivery(db, proof.deliveryId);
      if (proof === undefined) return undefined;
      if (proof.shipmentId !== undefined) {
        const part = await shipmentRelations.shipment?.(db, proof.shipmentId, caller);
        return { owner: proof.organisationId, relations: part?.relations ?? [] };
      }
      return {
        owner: proof.organisationId,
        relations: delivery === undefined ? [] : await toDelivery(db, delivery, caller),
      };
    },
  };
}

/**
 * Who reaches a party through a shipment that is under way: its carrier, its first warehouse, and the courier on whose
 * open list one of its parcels stands. Purposes, fields and quotas are the vault's.
 */
export function deliveryPartyAccess({ couriers }: Couriers): PartyAccess {
  return async (db, partyId, caller) => {
    if (!['carrier', 'courier', 'warehouse_staff'].includes(caller.role)) return [];
    const shipments = await listOpenShipmentsOfParty(db, partyId);
    if (caller.role === 'warehouse_staff')
      return shipments.some((one) => one.warehouseId === caller.organisationId) ? ['warehouse'] : [];
    const carried = shipments.filter((one) => one.carrierId === caller.organisationId);
    if (carried.length === 0) return [];
    if (caller.role === 'carrier') return ['carrier'];
    const courier = await couriers.findCourierOfCaller(db, caller.organisationId, caller);
    if (courier === undefined) return [];
    const isOut = await hasOpenDelivery(db, {
      organisationId: caller.organisationId,
      courierId: courier.id,
      shipmentIds: carried.map((one) => one.shipmentId),
      states: OPEN_STATES,
    });
    return isOut ? ['courier'] : [];
  };
}
