import type { z } from 'zod';
import { type PublishedEvent, type Reaction, reactionOfAll } from '../../platform/outbox/index.ts';
import type { Work } from '../../platform/world/index.ts';
import { findCarrierOrganisation, findOrganisation } from '../accounts/index.ts';
import type { CountryCode, Instant, OrganisationId, ParcelId } from '../kernel/index.ts';
import { WaybillCancelled, WaybillIssued, WaybillUpdated } from '../waybills/events.ts';
import { fillContainer } from './containment-reactions.ts';
import { mintedParcel, type TrackedParcel } from './parcel.ts';
import { lockParcels, saveDestinations } from './parcel-store.ts';
import { type OwnScan, recordOwnScans } from './record.ts';
import { registerParcels } from './register.ts';

type WaybillFacts = z.output<typeof WaybillIssued.schema>;
/** Of a waybill without an order of this network, so that no order registers its parcel. */
type OwnFacts = WaybillFacts & { readonly parcelRef: string };

/**
 * Follows electronic waybills that were issued without an order: their owner ships by a contract of its own with the
 * carrier, and owner and buyer see one timeline all the same. Where the parcel goes may change until the first scan.
 */
export const waybillReaction: Reaction = reactionOfAll(
  'tracking.waybills',
  [WaybillIssued.name, WaybillUpdated.name, WaybillCancelled.name],
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
  const parcels = new Map<string, { parcel: TrackedParcel; at: Instant }>();
  const moved = new Map<string, WaybillFacts['to']>();
  // Each event carries enough to register, so none depends on an earlier one having been seen. One that is issued and
  // changed or given back within one step is registered once.
  for (const { type, facts } of own) {
    if (type === WaybillUpdated.name && facts.to !== undefined) moved.set(facts.parcelRef, facts.to);
    if (parcels.has(facts.parcelRef)) continue;
    parcels.set(facts.parcelRef, {
      parcel: {
        ...mintedParcel(facts.parcelRef as ParcelId, facts.number, facts.carrierCode, work.now),
        ...(await partsOf(facts)),
        destination: placeOf(facts.to),
      },
      at: facts.at as Instant,
    });
  }
  await registerParcels(work, [...parcels.values()]);
  if (moved.size > 0) {
    // All parcels of the step in the order of all writers, before the scans take some of them again.
    await lockParcels(work.db, [...parcels.keys()]);
    await saveDestinations(
      work.db,
      [...moved].flatMap(([parcelId, to]) => {
        const destination = placeOf(to);
        return destination === undefined ? [] : [{ parcelId, destination }];
      }),
      work.now,
    );
  }
  await recordOwnScans(work, own.flatMap(scansOf));
  for (const { type, facts } of own) {
    if (type !== WaybillIssued.name || facts.parentNumber === undefined) continue;
    await fillContainer(work, {
      number: facts.parentNumber,
      carrierCode: facts.carrierCode,
      kind: 'consignment',
      action: 'pack',
      contents: [facts.parcelRef as ParcelId],
      at: facts.at as Instant,
    });
  }
}

function placeOf(to: WaybillFacts['to']): TrackedParcel['destination'] {
  if (to === undefined) return undefined;
  const country = to.country as CountryCode;
  return to.city === undefined ? { country } : { country, city: to.city };
}

/** A change of what is given is no step of the parcel. */
function scansOf({ type, facts }: { readonly type: string; readonly facts: OwnFacts }): OwnScan[] {
  if (type === WaybillUpdated.name) return [];
  return [
    {
      parcelId: facts.parcelRef as ParcelId,
      number: facts.number,
      code: type === WaybillIssued.name ? 'order_created' : 'cancelled',
      occurredAt: facts.at as Instant,
      synthetic: false,
    },
  ];
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
