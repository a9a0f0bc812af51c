import type { Queryable } from '../../platform/db/index.ts';
import type { Instant, PartyRef } from '../kernel/index.ts';
import { addressLinesOf, maskProfileOf, pageProfileOf } from '../shipments/index.ts';
import type { ShownParty, Vault } from '../vault/index.ts';
import type { Order, SenderAddress } from './model.ts';
import { noteName } from './record.ts';
import { listExternalLinks, listOrderShipments } from './store.ts';

export type Reading = { readonly db: Queryable; readonly vault: Vault; readonly now: Instant };

/**
 * Orders as they are shown: parties masked for who asks (clear text is a logged reveal), the note to its owner only.
 * `detail`: with sender and note.
 */
export async function presentOrders(
  reading: Reading,
  orders: readonly Order[],
  relation: string,
  options: { readonly detail: boolean },
): Promise<Record<string, unknown>[]> {
  const ids = orders.map((order) => order.id);
  const [links, external] = await Promise.all([
    listOrderShipments(reading.db, ids),
    listExternalLinks(reading.db, ids),
  ]);
  const parties = await maskedByProfile(reading, orders, relation, options.detail);
  return Promise.all(
    orders.map(async (order) => {
      const { senderRef, recipientRef, taxIdKinds: _t, sealedNote, clientPlatformId: _c, ...open } = order;
      const view: Record<string, unknown> = {
        ...open,
        recipient: partyView(parties.get(recipientRef)),
        shipments: links
          .filter((link) => link.orderId === order.id)
          .map(({ shipmentId, state }) => ({ shipmentId, state })),
        externalShipments: external
          .filter((link) => link.orderId === order.id)
          .map(({ externalShipmentId, state }) => ({ externalShipmentId, state })),
      };
      if (!options.detail) return view;
      if (senderRef !== undefined) view.sender = partyView(parties.get(senderRef));
      if (relation === 'own' && sealedNote !== undefined)
        view.note = new TextDecoder().decode(
          await reading.vault.openBlob(reading.db, {
            organisationId: order.organisationId,
            name: noteName(order.id),
            sealed: sealedNote,
          }),
        );
      return view;
    }),
  );
}

/** The mask profile goes by the country of destination and by who asks, so parties are read once per profile. */
async function maskedByProfile(
  reading: Reading,
  orders: readonly Order[],
  relation: string,
  withSender: boolean,
): Promise<Map<PartyRef, ShownParty>> {
  const byProfile = new Map<string, Order[]>();
  for (const order of orders) {
    const profile = pageProfileOf(relation, order.to.country);
    byProfile.set(profile, [...(byProfile.get(profile) ?? []), order]);
  }
  const shown = new Map<PartyRef, ShownParty>();
  for (const [profile, group] of byProfile) {
    const keys = group.flatMap((order) =>
      [order.recipientRef, withSender ? order.senderRef : undefined]
        .filter((ref) => ref !== undefined)
        .map((ref) => ({ organisationId: order.organisationId, ref })),
    );
    const parties = await reading.vault.maskedParties(reading.db, keys, { profile, at: reading.now });
    for (const [ref, party] of parties) shown.set(ref, party);
  }
  return shown;
}

export async function presentSenders(
  reading: Reading,
  senders: readonly SenderAddress[],
): Promise<Record<string, unknown>[]> {
  const views: Record<string, unknown>[] = [];
  for (const { organisationId, partyRef, ...open } of senders) {
    const parties = await reading.vault.maskedParties(reading.db, [{ organisationId, ref: partyRef }], {
      profile: maskProfileOf(open.place.country),
      at: reading.now,
    });
    views.push({ ...open, party: partyView(parties.get(partyRef)) });
  }
  return views;
}

function partyView(party: ShownParty | undefined) {
  if (party === undefined) return undefined;
  return {
    id: party.ref,
    name: party.name,
    phone: party.phone,
    addressLines: addressLinesOf(party),
    country: party.address?.country ?? '',
  };
}
