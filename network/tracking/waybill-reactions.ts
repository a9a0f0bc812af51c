import type { z } from 'zod';
import { type PublishedEvent, type Reaction, reactionOfAll } from '../../platform/outbox/index.ts';
import type { Work } from '../../platform/world/index.ts';
import { findCarrierOrganisation, findOrganisation } from '../accounts/index.ts';
import type { CountryCode, Instant, OrganisationId, ParcelId } from '../kernel/index.ts';
import { WaybillCancelled, WaybillIssued } from '../waybills/events.ts';
import { mintedParcel, type TrackedParcel } from './parcel.ts';
import { type OwnScan, recordOwnScans } from './record.ts';
import { registerParcels } from './register.ts';

type WaybillFacts = z.output<typeof WaybillIssued.schema>;
/** Of a waybill without an order of this network, so that no order registers its parcel. */
type OwnFacts = WaybillFacts & { readonly parcelRef: string };

/**
 * Follows electronic waybills that were issued without an order: their owner ships by a contract of its own with the
 * carrier, and owner and buyer see one timeline all the same.
 */
export const waybillReaction: Reaction = reactionOfAll(
  'tracking.waybills',
  [WaybillIssued.name, WaybillCancelled.name],
  followWaybills,
);

async function followWaybills(work: Work, events: readonly PublishedEvent<WaybillFacts>[]): Promise<void> {
  const own = events.flatMap(({ type, payload }) =>
    payload.shipmentRef === undefined && payload.parcelRef !== undefined
      ? [{ type, facts: payload as OwnFacts }]
      : [],
  );
  if (own.length === 0) return;
  const partsOf = findingParts(work);
  const parcels: { parcel: TrackedParcel; at: Instant }[] = [];
  // Each event carries enough to register, so none depends on an earlier one having been seen.
  for (const { facts } of own) {
    parcels.push({
      parcel: {
        ...mintedParcel(facts.parcelRef as ParcelId, facts.number, facts.carrierCode, work.now),
        ...(await partsOf(facts)),
        destination: facts.to && {
          country: facts.to.country as CountryCode,
          ...(facts.to.city === undefined ? {} : { city: facts.to.city }),
        },
      },
      at: facts.at as Instant,
    });
  }
  await registerParcels(work, parcels);
  await recordOwnScans(work, own.map(scanOf));
}

function scanOf({ type, facts }: { readonly type: string; readonly facts: OwnFacts }): OwnScan {
  return {
    parcelId: facts.parcelRef as ParcelId,
    number: facts.number,
    code: type === WaybillIssued.name ? 'order_created' : 'cancelled',
    occurredAt: facts.at as Instant,
    synthetic: false,
  };
}

type Parts = Pick<TrackedParcel, 'organisationId' | 'clientPlatformId' | 'carrierId'>;

/** Who has a part in a waybill's parcel; each owner and carrier is asked for once. */
function findingParts(work: Work): (facts: WaybillFacts) => Promise<Parts> {
  const platforms = new Map<string, OrganisationId | undefined>();
  const carriers = new Map<string, OrganisationId | undefined>();
  return async ({ organisationId, carrierCode }) => {
    if (!platforms.has(organisationId))
      platforms.set(organisationId, (await findOrganisation(work.db, organisationId))?.clientPlatformId);
    if (!carriers.has(carrierCode))
      carriers.set(carrierCode, await findCarrierOrganisation(work.db, carrierCode));
    return {
      organisationId: organisationId as OrganisationId,
      clientPlatformId: platforms.get(organisationId),
      carrierId: carriers.get(carrierCode),
    };
  };
}
