import type { BlobStore } from '../../platform/blobs/index.ts';
import type { Queryable } from '../../platform/db/index.ts';
import type { Principal } from '../accounts/index.ts';
import type { OrganisationId } from '../kernel/index.ts';
import type { Vault } from '../vault/index.ts';
import type { CourierId } from './model.ts';

/** A courier as far as deliveries need him. */
export type CourierOnDuty = {
  readonly id: CourierId;
  readonly organisationId: OrganisationId;
  readonly isOn: boolean;
};

/** Couriers are taken on and bound to their keys and persons by `pickups`. The scope is the courier's organisation or the network. */
export type CourierOf = {
  findCourier(db: Queryable, id: string): Promise<CourierOnDuty | undefined>;
  findCourierOfCaller(
    db: Queryable,
    organisationId: string,
    caller: Pick<Principal, 'id' | 'personId'>,
  ): Promise<CourierOnDuty | undefined>;
};

/** What deliveries need of the program besides lower rooms' functions. */
export type DeliveryPorts = {
  readonly vault: Vault;
  readonly blobs: BlobStore;
  readonly couriers: CourierOf;
  /** The organisation whose book carriers and merchants clear cash with. */
  operatorOf(db: Queryable): Promise<OrganisationId>;
};
