import type { Queryable, Scope } from '../../platform/db/index.ts';
import type { World } from '../../platform/world/index.ts';
import { findCarrierOrganisation, findFirstMileWarehouse, type Principal } from '../accounts/index.ts';
import { accepted, type Instant, type OrganisationId, type Outcome, refused } from '../kernel/index.ts';
import type { LineHistory } from '../lines/index.ts';
import { findOffer, type StoredOffer } from '../offers/index.ts';
import { coarsePlaceOf, type PartyInput, readParty, withoutPosition } from '../places/index.ts';
import type { KnownParties, Party, Vault } from '../vault/index.ts';
import type { Resolution } from '../waybills/index.ts';
import { maskProfileOf } from './mask-profile.policy.ts';
import type { CoarsePlace } from './model.ts';
import type { ShipmentPorts } from './ports.ts';
import { checkStillSold } from './still-sold.ts';

/** A snapshot, or a transaction. */
export type Reading = {
  readonly db: Queryable;
  readonly now: Instant;
  actFor(scope: Scope): Promise<void>;
};

/** The organisations that carry it out. */
export type Parts = { readonly carrierId: OrganisationId; readonly warehouseId: OrganisationId };

/** What the network says to a purchase: whether the offer's line is still sold, by whom, and how it is sorted. */
export type Outlook = {
  /** With the lines by which that was judged. */
  readonly sold: Outcome<LineHistory>;
  readonly parts: Outcome<Parts>;
  readonly route: Resolution;
};

/** Parties that come with a purchase, read and checked, and where they live. */
export type PurchaseParties = {
  readonly sender: Party;
  readonly recipient: Party;
  readonly from: CoarsePlace;
  readonly to: CoarsePlace;
};

export function readPurchaseParties(body: {
  readonly sender: PartyInput;
  readonly recipient: PartyInput;
}): Outcome<PurchaseParties> {
  const sender = readParty(body.sender, '/sender');
  if (!sender.ok) return sender;
  const recipient = readParty(body.recipient, '/recipient');
  if (!recipient.ok) return recipient;
  return accepted({
    sender: withoutPosition(sender.value),
    recipient: withoutPosition(recipient.value),
    from: coarsePlaceOf(sender.value.address),
    to: coarsePlaceOf(recipient.value.address),
  });
}

/** All that a purchase can know before its transaction. */
export type PurchaseForesight = {
  /** Whether it is still to be had is found out when it is taken. */
  readonly offer: StoredOffer;
  readonly parties: PurchaseParties;
  readonly outlook: Outlook;
  readonly known: KnownParties | undefined;
  /** How parties are shown on labels there. */
  readonly shownAs: Shown;
};
type Shown = Awaited<ReturnType<Vault['maskerFor']>>;

/** Read in the snapshot of the access check: what is not asked in the transaction does not lengthen its locks. */
export async function foresee(
  reading: Reading & { readonly world: World; readonly caller: Principal },
  body: { readonly offerId: string; readonly sender: PartyInput; readonly recipient: PartyInput },
  ports: Pick<ShipmentPorts, 'vault' | 'lines' | 'routeTo'>,
): Promise<Outcome<PurchaseForesight>> {
  const { db, now, world, caller } = reading;
  const { organisationId } = caller;
  const parties = readPurchaseParties(body);
  if (!parties.ok) return parties;
  const { sender, recipient, from, to } = parties.value;
  const asked = findOffer(db, organisationId, body.offerId);
  const looked = ports.vault.lookForParties(db, { organisationId, parties: [sender, recipient] }, now);
  const shown = ports.vault.maskerFor(db, { profile: maskProfileOf(to.country), at: now, world });
  const [offer, known, outlook, shownAs] = await Promise.all([
    asked,
    looked,
    asked.then((found) =>
      found === undefined ? undefined : lookOut(reading, world, caller, found, { from, to }, ports),
    ),
    shown,
  ]);
  if (offer === undefined || outlook === undefined) return refused('offer_not_found', '');
  return accepted({ offer, parties: parties.value, outlook, known, shownAs });
}

/**
 * Asked for together: a round trip costs more than these statements. What the network's scope is for stands first and
 * takes one statement each, as the scope is the transaction's.
 */
export async function lookOut(
  reading: Reading,
  world: World,
  caller: Principal,
  bought: StoredOffer,
  { from, to }: Pick<PurchaseParties, 'from' | 'to'>,
  ports: Pick<ShipmentPorts, 'lines' | 'routeTo'>,
): Promise<Outlook> {
  const { offer } = bought;
  await reading.actFor('network');
  const ofNetwork = [
    checkStillSold(reading, world, ports.lines, offer),
    findParts(reading.db, offer.carrierCode, from),
  ] as const;
  await reading.actFor({ organisationId: caller.organisationId });
  const [sold, parts, route] = await Promise.all([
    ...ofNetwork,
    ports.routeTo(reading, offer.carrierCode, to),
  ]);
  return { sold, parts, route };
}

/** Needs the network's scope: they are not the merchant's. */
async function findParts(db: Queryable, carrierCode: string, from: CoarsePlace): Promise<Outcome<Parts>> {
  const [carrierId, warehouseId] = await Promise.all([
    findCarrierOrganisation(db, carrierCode),
    findFirstMileWarehouse(db, from.country),
  ]);
  if (carrierId === undefined) return refused('carrier_not_ready', '');
  // Where no warehouse stands, the carrier's own depot takes parcels in.
  return accepted({ carrierId, warehouseId: warehouseId ?? carrierId });
}
