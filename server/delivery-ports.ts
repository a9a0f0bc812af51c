import { findOperatorOrganisation } from '../network/accounts/index.ts';
import type { DeliveryPorts } from '../network/deliveries/index.ts';
import { findCourier, findCourierOfCaller } from '../network/pickups/index.ts';
import type { Vault } from '../network/vault/index.ts';
import type { BlobStore } from '../platform/blobs/index.ts';

/** Joins deliveries to the couriers of pickups and to the operator's book. */
export function createDeliveryPorts(vault: Vault, blobs: BlobStore): DeliveryPorts {
  return {
    vault,
    blobs,
    couriers: { findCourier, findCourierOfCaller },
    operatorOf: async (db) => {
      const operator = await findOperatorOrganisation(db);
      if (operator === undefined) throw new Error('the network has no operator yet');
      return operator;
    },
  };
}
