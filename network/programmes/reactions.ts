import type { PublishedEvent, Reaction } from '../../platform/outbox/index.ts';
import { HoldExpired } from '../ledger/events.ts';
import { OutboundCompleted, ShipmentCancelled, ShipmentClosed } from '../shipments/events.ts';
import { closeUse } from './store.ts';

type ShipmentNews = { readonly shipmentId: string; readonly chargedTotal?: { readonly amountMinor: number } };
type HoldNews = { readonly reference: { readonly kind: string; readonly id: string } };

/** The budget follows the freight: what was not charged in the end goes back to it. */
export function programmeReactions(): readonly Reaction[] {
  return [
    {
      name: 'programmes-budget',
      on: [OutboundCompleted.name, ShipmentCancelled.name, ShipmentClosed.name],
      run: async (work, event: PublishedEvent<ShipmentNews>) => {
        const { shipmentId, chargedTotal } = event.payload;
        if (event.type !== OutboundCompleted.name)
          return closeUse(work.db, shipmentId, 'released', 0, work.now);
        if (chargedTotal !== undefined)
          await closeUse(work.db, shipmentId, 'settled', chargedTotal.amountMinor, work.now);
      },
    },
    {
      name: 'programmes-lapsed-holds',
      on: [HoldExpired.name],
      run: async (work, event: PublishedEvent<HoldNews>) => {
        const { reference } = event.payload;
        if (reference.kind === 'shipment') await closeUse(work.db, reference.id, 'released', 0, work.now);
      },
    },
  ];
}
