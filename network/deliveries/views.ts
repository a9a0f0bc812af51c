import type { Queryable } from '../../platform/db/index.ts';
import { addMs, type Instant } from '../kernel/index.ts';
import { addressLinesOf, listShipmentsByIds, maskProfileOf } from '../shipments/index.ts';
import type { ShownParty, Vault } from '../vault/index.ts';
import { ATTEMPTS_ALLOWED, BETWEEN_ATTEMPTS_MS } from './decide.ts';
import { type Delivery, FINAL_STATES, type Wish } from './model.ts';

export function deliveryView(delivery: Delivery) {
  const {
    organisationId,
    merchantId: _m,
    clientPlatformId: _c,
    undeliverable: _u,
    lastAttemptAt,
    ...open
  } = delivery;
  const isOver = FINAL_STATES.has(delivery.state) || delivery.attempts >= ATTEMPTS_ALLOWED;
  return {
    ...open,
    carrierId: organisationId,
    nextAttemptFrom:
      lastAttemptAt === undefined || isOver ? undefined : addMs(lastAttemptAt, BETWEEN_ATTEMPTS_MS),
  };
}

/** A courier's list: the stops in order, their recipients masked, what to collect and what is allowed. Network scope. */
export async function presentStops(
  reading: { readonly db: Queryable; readonly vault: Vault; readonly now: Instant },
  deliveries: readonly Delivery[],
  wishes: ReadonlyMap<string, Wish>,
  paid: ReadonlySet<string>,
) {
  const shipments = new Map(
    (await listShipmentsByIds(reading.db, [...new Set(deliveries.map((one) => one.shipmentId))])).map(
      (one) => [one.id as string, one],
    ),
  );
  const parties = new Map<string, ShownParty>();
  for (const [profile, group] of Map.groupBy(shipments.values(), (one) => maskProfileOf(one.to.country))) {
    const keys = group.map((one) => ({ organisationId: one.organisationId, ref: one.recipientRef }));
    for (const [ref, party] of await reading.vault.maskedParties(reading.db, keys, {
      profile,
      at: reading.now,
    }))
      parties.set(ref, party);
  }
  return deliveries.flatMap((delivery) => {
    const shipment = shipments.get(delivery.shipmentId);
    if (shipment === undefined) return [];
    const party = parties.get(shipment.recipientRef);
    const wish = wishes.get(delivery.shipmentId);
    return [
      {
        delivery: deliveryView(delivery),
        recipientId: shipment.recipientRef,
        recipientName: party?.name,
        recipientPhone: party?.phone,
        addressLines: party === undefined ? [] : addressLinesOf(party),
        cashDue: paid.has(delivery.shipmentId) ? undefined : delivery.cashOnDelivery,
        pinRequired: wish?.isPinRequired ?? false,
        safePlaces: wish?.safePlace ?? [],
      },
    ];
  });
}
