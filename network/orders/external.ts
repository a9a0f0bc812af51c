import type { Queryable } from '../../platform/db/index.ts';
import type { Work } from '../../platform/world/index.ts';
import type { Id, OrganisationId } from '../kernel/index.ts';
import { enterState } from './handle.ts';
import type { Order, OrderId } from './model.ts';
import { isBrought, orderStateOf } from './state.policy.ts';
import {
  listExternalLinks,
  listOrderShipments,
  lockOrder,
  lockOrderByReference,
  saveExternalLinks,
} from './store.ts';

/** An order by its id or by the merchant's reference. */
export type OrderName = { readonly orderId?: string | undefined; readonly reference?: string | undefined };

/** An order of a merchant, locked, and whether a shipment of the network brings it. */
export async function lockOrderFor(
  db: Queryable,
  organisationId: OrganisationId,
  { orderId, reference }: OrderName,
): Promise<{ readonly order: Order; readonly isBroughtByNetwork: boolean } | undefined> {
  const order =
    orderId === undefined
      ? await lockOrderByReference(db, organisationId, reference ?? '')
      : await lockOrder(db, organisationId, orderId);
  if (order === undefined) return undefined;
  const links = await listOrderShipments(db, [order.id]);
  return { order, isBroughtByNetwork: isBrought(links.map(({ state }) => state)) };
}

/**
 * Lets an order follow shipments that were made outside the network's lines, beside those of the network. `links`: all
 * of the order. The caller has locked it.
 */
export async function followExternal(
  work: Work,
  order: Order,
  links: readonly { readonly externalShipmentId: Id<'ext'>; readonly state: string }[],
): Promise<Order> {
  await saveExternalLinks(work.db, order, links);
  const own = (await listOrderShipments(work.db, [order.id])).map(({ state }) => state);
  return enterState(work, order, orderStateOf(order.state, [...own, ...links.map(({ state }) => state)]));
}

/** States of all that brings an order: what was bought here and what was declared. */
export async function linkStates(db: Queryable, orderId: OrderId): Promise<string[]> {
  const [own, external] = await Promise.all([
    listOrderShipments(db, [orderId]),
    listExternalLinks(db, [orderId]),
  ]);
  return [...own, ...external].map(({ state }) => state);
}
