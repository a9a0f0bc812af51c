import type { z } from 'zod';
import type { World } from '../../platform/world/index.ts';
import { accepted, type CountryCode, type Instant, instant, type OrganisationId } from '../kernel/index.ts';
import type { ShipmentPurchased } from '../shipments/events.ts';
import { trackingReactions } from './reactions.ts';

/** Fixture of the database tests of this module: an order with one parcel, told by its events. */
export type Order = {
  readonly shipmentId: string;
  readonly parcelId: string;
  readonly number: string;
  readonly at: Instant;
  readonly carrierCode?: string;
  readonly organisationId: string;
  readonly clientPlatformId?: string;
  readonly carrierId?: string;
  readonly warehouseId?: string;
};

export function id(prefix: string, n: number): string {
  return `${prefix}_${String(n).padStart(26, '0')}`;
}

export function purchaseOf(order: Order): z.output<typeof ShipmentPurchased.schema> {
  return {
    shipmentId: order.shipmentId,
    organisationId: order.organisationId as OrganisationId,
    ...(order.clientPlatformId === undefined ? {} : { clientPlatformId: order.clientPlatformId }),
    carrierId: order.carrierId ?? id('org', 900),
    carrierCode: order.carrierCode ?? 'postroad_express_eu',
    warehouseId: order.warehouseId ?? id('org', 901),
    lineCode: 'eu_standard',
    orderRef: 'A-1',
    parcels: [{ parcelId: order.parcelId, waybillId: id('wbl', 1), number: order.number, index: 0 }],
    occurredAt: order.at,
    synthetic: false,
    from: { country: 'NL' as CountryCode },
    to: { country: 'ES' as CountryCode, city: 'Sevilla', postcode: '41001' },
    handover: 'drop_off',
    promise: {
      kind: 'PROMISE',
      earliest: instant('2026-03-03T00:00:00Z'),
      latest: instant('2026-03-05T00:00:00Z'),
    },
    quotedTotal: { amountMinor: 500, currency: 'EUR' },
  } as unknown as z.output<typeof ShipmentPurchased.schema>;
}

/** Runs the reaction of this module on an event, as the relay would. */
export async function tell(world: World, type: string, payload: object): Promise<void> {
  const [reaction] = trackingReactions;
  if (reaction === undefined) throw new Error('tracking has no reaction');
  await world.command('network', async (work) => {
    await reaction.run(work, { type, payload } as never);
    return accepted(undefined);
  });
}

/** A life of one parcel as it goes over the wire, oldest first. */
export function wireLife(number: string) {
  const at = (text: string) => `2026-03-${text.replace(' ', 'T')}:00+01:00`;
  return [
    { number, milestone: 'picked_up', occurred_at: at('01 10:00'), place: { country: 'NL', city: 'Venlo' } },
    { number, code: 'in_transit_local.arrived_facility', occurred_at: at('01 20:00') },
    {
      number,
      milestone: 'arrived_delivery_depot',
      occurred_at: at('02 07:00'),
      place: { country: 'ES', city: 'Sevilla' },
    },
    { number, milestone: 'out_for_delivery', occurred_at: at('02 08:30') },
    {
      number,
      code: 'delivered.signed',
      occurred_at: at('02 11:00'),
      place: { country: 'ES', city: 'Sevilla' },
    },
  ];
}
