import type { Queryable } from '../../platform/db/index.ts';
import type { Work } from '../../platform/world/index.ts';
import { listMerchantIds, type Principal } from '../accounts/index.ts';
import { type Instant, isId, type PartyRef } from '../kernel/index.ts';
import { findOrder, type Order, searchOrders } from '../orders/index.ts';
import {
  addressLinesOf,
  findShipmentOfParcel,
  listShipmentIdsOfRecipients,
  listShipmentIdsOfReference,
  listShipmentsByIds,
  type Shipment,
} from '../shipments/index.ts';
import { parcelsOfNumber } from '../tracking/index.ts';
import type { PartyKey, ShownParty, Vault } from '../vault/index.ts';
import { findWaybill } from '../waybills/index.ts';
import type { MATCHES } from './contract.ts';
import { hitProfileOf, questionOf, type Viewer } from './question.policy.ts';

export type SearchHit = {
  readonly kind: 'order' | 'shipment' | 'parcel';
  readonly id: string;
  readonly matched: (typeof MATCHES)[number];
  readonly title: string;
  readonly state: string;
  readonly organisationId?: string | undefined;
  readonly shipmentId?: string | undefined;
  readonly to?: Shipment['to'] | undefined;
  readonly recipient?: object | undefined;
  readonly at: Instant;
};

/**
 * Everything that a text may name and the viewer may see, in the scope of `work`: ids, numbers of parcels, references of orders, and people
 * by the blind index of the vault, which logs each one that it finds.
 */
export async function search(
  work: Work,
  caller: Principal,
  ports: { readonly vault: Vault },
  query: { readonly text: string; readonly limit: number; readonly viewer: Viewer },
): Promise<SearchHit[]> {
  const asked = questionOf(query.text);
  const hits: SearchHit[] = [];
  const seen = new Set<string>();
  const add = (found: readonly SearchHit[]) => {
    for (const hit of found.filter((one) => !seen.has(one.id)).slice(0, query.limit)) {
      seen.add(hit.id);
      hits.push(hit);
    }
  };
  const shown = recipientViews(work, ports.vault, query.viewer);
  const platform = query.viewer === 'marketplace' ? caller.organisationId : undefined;
  const isSeen = (one: { readonly clientPlatformId?: string | undefined }) =>
    platform === undefined || one.clientPlatformId === platform;
  const owners =
    platform === undefined ? undefined : new Set<string>(await listMerchantIds(work.db, platform));
  const shipmentsOf = async (ids: readonly string[], matched: SearchHit['matched']) =>
    Promise.all(
      (await listShipmentsByIds(work.db, ids)).filter(isSeen).map((one) => shipmentHit(one, matched, shown)),
    );
  const ordersOf = (orders: readonly Order[], matched: SearchHit['matched']) =>
    Promise.all(orders.filter(isSeen).map((one) => orderHit(one, matched, shown)));

  if (asked.id !== undefined) {
    const order = isId('ord', asked.id) ? await findOrder(work.db, asked.id) : undefined;
    add(await ordersOf(order === undefined ? [] : [order], 'id'));
    add(await shipmentsOf(await shipmentIdsOf(work.db, asked.id), 'id'));
    return hits;
  }
  if (asked.number !== undefined) {
    const parcels = (await parcelsOfNumber(work.db, asked.number)).filter(
      (parcel) =>
        query.viewer === 'network' ||
        (query.viewer === 'marketplace' ? isSeen(parcel) : parcel.organisationId === caller.organisationId),
    );
    add(
      parcels.map((parcel) => ({
        kind: 'parcel',
        id: parcel.id,
        matched: 'number',
        title: parcel.number,
        state: parcel.timeline.status,
        organisationId: parcel.organisationId,
        shipmentId: parcel.shipmentId,
        to: parcel.destination,
        at: parcel.createdAt,
      })),
    );
  }
  if (asked.reference !== undefined) {
    add(
      await ordersOf(
        await searchOrders(work.db, { reference: asked.reference }, query.limit, platform),
        'order_reference',
      ),
    );
    const ids = await listShipmentIdsOfReference(work.db, asked.reference, query.limit, platform);
    add(await shipmentsOf(ids, 'order_reference'));
  }
  for (const person of asked.people) {
    const matched = person.by === 'name' ? 'recipient_name' : 'recipient_phone';
    const found = await ports.vault.searchParties(work, caller, { ...person, limit: query.limit, owners });
    const refs = found.map((key) => key.ref);
    if (refs.length === 0) continue;
    add(await ordersOf(await searchOrders(work.db, { recipients: refs }, query.limit, platform), matched));
    add(await shipmentsOf(await listShipmentIdsOfRecipients(work.db, refs, query.limit, platform), matched));
  }
  return hits;
}

async function shipmentIdsOf(db: Queryable, id: string): Promise<string[]> {
  if (isId('shp', id)) return [id];
  if (isId('pcl', id)) {
    const found = await findShipmentOfParcel(db, id);
    return found === undefined ? [] : [found.shipmentId];
  }
  const waybill = isId('wbl', id) ? await findWaybill(db, id) : undefined;
  return waybill?.shipmentRef === undefined ? [] : [waybill.shipmentRef];
}

type Show = (key: PartyKey, country: string) => Promise<object | undefined>;

function recipientViews(work: Work, vault: Vault, viewer: Viewer): Show {
  return async (key, country) => {
    const parties: Map<PartyRef, ShownParty> = await vault.maskedParties(work.db, [key], {
      profile: hitProfileOf(viewer, country),
      at: work.now,
    });
    const party = parties.get(key.ref);
    return party === undefined
      ? undefined
      : {
          id: party.ref,
          name: party.name,
          phone: party.phone,
          addressLines: addressLinesOf(party),
          country: party.address?.country ?? '',
        };
  };
}

async function shipmentHit(
  shipment: Shipment,
  matched: SearchHit['matched'],
  show: Show,
): Promise<SearchHit> {
  const { organisationId, recipientRef: ref, to } = shipment;
  return {
    kind: 'shipment',
    id: shipment.id,
    matched,
    title: shipment.parcels[0]?.number ?? shipment.orderRef,
    state: shipment.state,
    organisationId,
    shipmentId: shipment.id,
    to,
    recipient: await show({ organisationId, ref }, to.country),
    at: shipment.purchasedAt,
  };
}

async function orderHit(order: Order, matched: SearchHit['matched'], show: Show): Promise<SearchHit> {
  const { organisationId, recipientRef: ref, to } = order;
  return {
    kind: 'order',
    id: order.id,
    matched,
    title: order.reference,
    state: order.state,
    organisationId,
    to,
    recipient: await show({ organisationId, ref }, to.country),
    at: order.recordedAt,
  };
}
