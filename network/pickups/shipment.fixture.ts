import { newId, type World } from '../../platform/world/index.ts';
import {
  accepted,
  type CountryCode,
  type Instant,
  type OrganisationId,
  type PartyRef,
} from '../kernel/index.ts';
import type { Shipment } from '../shipments/index.ts';
import { insertShipment } from '../shipments/store.ts';

export type SampleShipment = {
  readonly organisationId: string;
  readonly carrierId: string;
  readonly warehouseId: string;
  readonly senderRef?: string;
  readonly parcels?: number;
  readonly handover?: Shipment['handover'];
  readonly postcode?: string;
};

/** A paid shipment as the purchase leaves it, without the money; for tests that need hundreds of them. */
export function sampleShipment(sample: SampleShipment, now: Instant): Shipment {
  const total = { amountMinor: 500, currency: 'EUR' } as Shipment['quoted']['total'];
  const from = { country: 'DE' as CountryCode, city: 'Berlin', postcode: sample.postcode ?? '10115' };
  return {
    id: newId('shp'),
    organisationId: sample.organisationId as OrganisationId,
    clientPlatformId: undefined,
    version: 1,
    state: 'wait_receive',
    orderRef: 'sample',
    offerId: newId('ofr'),
    lineCode: 'eu_3_5_days',
    carrierCode: 'postroad_express_eu',
    carrierId: sample.carrierId as OrganisationId,
    warehouseId: sample.warehouseId as OrganisationId,
    handover: sample.handover ?? 'door_pickup',
    undeliverable: 'return',
    senderRef: (sample.senderRef ?? newId('pty')) as PartyRef,
    recipientRef: newId('pty'),
    from,
    to: { country: 'DE' as CountryCode, city: 'München', postcode: '80331' },
    goods: [],
    parcels: Array.from({ length: sample.parcels ?? 1 }, (_, index) => {
      const id = newId('pcl');
      return {
        id,
        index: index + 1,
        waybillId: newId('wbl'),
        number: `PRE${id.slice(-12).toUpperCase()}`,
        weightGrams: 500,
        size: undefined,
        measured: undefined,
      };
    }),
    incoterm: undefined,
    orderAmount: undefined,
    cashOnDelivery: undefined,
    insuredAmount: undefined,
    quoted: { lines: [], total },
    charged: undefined,
    freight: 'reserved',
    holdSetId: undefined,
    promise: { kind: 'ESTIMATE', earliest: now, latest: now },
    acknowledgement: 'accepted',
    reason: undefined,
    synthetic: false,
    purchasedAt: now,
    changedAt: now,
  } as Shipment;
}

export async function insertSamples(world: World, samples: readonly SampleShipment[]): Promise<Shipment[]> {
  const outcome = await world.command('network', async (work) => {
    const shipments = samples.map((sample) => sampleShipment(sample, work.now));
    for (const shipment of shipments) insertShipment(work.db, shipment, undefined, 'fixture');
    return accepted(shipments);
  });
  if (!outcome.ok) throw new Error('the samples were refused');
  return outcome.value;
}
