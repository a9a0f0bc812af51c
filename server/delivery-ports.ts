import type { DeliveryPorts } from '../network/deliveries/index.ts';
import type { OrganisationId } from '../network/kernel/index.ts';
import { findCourier, findCourierOfCaller } from '../network/pickups/index.ts';
import type { Vault } from '../network/vault/index.ts';
import type { BlobStore } from '../platform/blobs/index.ts';
import { sql } from '../platform/db/index.ts';

/** Joins deliveries to the couriers of pickups and to the operator's book. */
export function createDeliveryPorts(vault: Vault, blobs: BlobStore): DeliveryPorts {
  return {
    vault,
    blobs,
    couriers: { findCourier, findCourierOfCaller },
    operatorOf: async (db) => {
      const row = await db.row<{ organisation_id: OrganisationId }>(sql`
        select organisation_id from accounts.organisation where kind = 'operator' order by organisation_id limit 1`);
      return row.organisation_id;
    },
  };
}
