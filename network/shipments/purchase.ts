import type { Work, World } from '../../platform/world/index.ts';
import { findCarrierOrganisation, findFirstMileWarehouse, type Principal } from '../accounts/index.ts';
import {
  accepted,
  addDays,
  type Instant,
  type OrganisationId,
  type Outcome,
  type PartyRef,
  refused,
  type ShipmentId,
} from '../kernel/index.ts';
import { placeHold } from '../ledger/index.ts';
import { findOffer, type StoredOffer, takeOffer } from '../offers/index.ts';
import {
  coarsePlaceOf,
  compactPostcode,
  type PartyInput,
  readParty,
  withoutPosition,
} from '../places/index.ts';
import { ShipmentPurchased } from './events.ts';
import type { CoarsePlace, DeclaredItem, HandoverKind, Shipment, ShipmentParcel } from './model.ts';
import { payersOf, type WhoPays } from './payers.ts';
import type { ParcelsToNumber, ShipmentPorts } from './ports.ts';
import { emitShipmentEvent, subjectOf } from './step.ts';
import { checkStillSold } from './still-sold.ts';
import { insertShipment } from './store.ts';

export type PurchaseTerms = {
  /** As it was read before the transaction; undefined: there is none. Whether it is still to be had shows in it. */
  readonly offer: StoredOffer | undefined;
  readonly orderRef: string;
  readonly goods: readonly DeclaredItem[];
  readonly handover: HandoverKind;
  readonly undeliverable: 'return' | 'destroy';
} & WhoPays;
export type PurchaseCommand = PurchaseTerms & {
  readonly sender: PartyInput;
  readonly recipient: PartyInput;
};

/** Both ends of the journey: where they lie, coarse, and the parties, which may be stored only when all else fits. */
export type PurchaseEnds = {
  readonly from: CoarsePlace;
  readonly to: CoarsePlace;
  storeParties(): Promise<{ readonly senderRef: PartyRef; readonly recipientRef: PartyRef }>;
};

/** How long freight stays held for a parcel that never shows up: the number expires after 30 days, then a margin. */
const HOLD_DAYS = 45;

/** Buys an offer for parties that come with the command: they go to the vault. */
export async function purchase(
  work: Work,
  world: World,
  caller: Principal,
  command: PurchaseCommand,
  ports: ShipmentPorts,
): Promise<Outcome<Shipment>> {
  const sender = readParty(command.sender, '/sender');
  if (!sender.ok) return sender;
  const recipient = readParty(command.recipient, '/recipient');
  if (!recipient.ok) return recipient;
  const ends: PurchaseEnds = {
    from: coarsePlaceOf(sender.value.address),
    to: coarsePlaceOf(recipient.value.address),
    storeParties: async () => {
      const [senderRef, recipientRef] = await ports.vault.storeParties(work, {
        organisationId: caller.organisationId,
        parties: [withoutPosition(sender.value), withoutPosition(recipient.value)],
      });
      if (senderRef === undefined || recipientRef === undefined)
        throw new Error('the vault stored two parties and answered fewer');
      return { senderRef, recipientRef };
    },
  };
  return purchaseFor(work, world, caller, command, ends, ports);
}

/**
 * Buys an offer in one transaction: checks it, stores the parties in the vault, holds the freight, issues the
 * numbers, writes the shipment and tells. Nothing of it can happen without the rest.
 */
export async function purchaseFor(
  work: Work,
  world: World,
  caller: Principal,
  terms: PurchaseTerms,
  ends: PurchaseEnds,
  ports: ShipmentPorts,
): Promise<Outcome<Shipment>> {
  const fit = checkOffer(terms.offer, terms, ends, work.now);
  if (!fit.ok) return fit;
  const bought = fit.value;
  const id = work.newId('shp');
  const ready = await makeReady(work, world, caller, bought, id, ends, ports);
  if (!ready.ok) return ready;
  const { parts, route, senderRef, recipientRef } = ready.value;
  const hold = await holdFreight(work, caller, terms, id, bought);
  if (!hold.ok) return hold;
  const { from, to } = ends;
  const parcels = await ports.issueParcels(work, world, {
    organisationId: caller.organisationId,
    shipmentId: id,
    carrierCode: bought.offer.carrierCode,
    lineCode: bought.offer.lineCode,
    orderRef: terms.orderRef,
    senderRef,
    recipientRef,
    from,
    to,
    parcels: bought.request.parcels,
    route,
  });
  if (!parcels.ok) return parcels;
  const shipment = newShipment({
    work,
    caller,
    terms,
    bought,
    id,
    senderRef,
    recipientRef,
    from,
    to,
    parcels: parcels.value,
    parts,
    ...hold.value,
  });
  insertShipment(work.db, shipment, bought.buyingTotal, caller.id);
  emitShipmentEvent(work, shipment, ShipmentPurchased.name, {
    ...subjectOf(shipment, work.now),
    from,
    to,
    handover: shipment.handover,
    promise: shipment.promise,
    quotedTotal: shipment.quoted.total,
  });
  return accepted(shipment);
}

type Ready = {
  readonly parts: Parts;
  readonly route: ParcelsToNumber['route'];
  readonly senderRef: PartyRef;
  readonly recipientRef: PartyRef;
};

/**
 * All that a purchase needs before money is held, asked for together: a round trip costs more than these statements.
 * What the network's scope is for stands first and takes one statement each, as the scope is the transaction's.
 */
async function makeReady(
  work: Work,
  world: World,
  caller: Principal,
  bought: StoredOffer,
  id: ShipmentId,
  ends: PurchaseEnds,
  ports: ShipmentPorts,
): Promise<Outcome<Ready>> {
  const { carrierCode } = bought.offer;
  await work.actFor('network');
  const ofNetwork = [
    checkStillSold(work, world, ports.lines, bought.offer),
    findParts(work, bought, ends.from),
  ] as const;
  await work.actFor({ organisationId: caller.organisationId });
  const [sold, parts, isTaken, route, refs] = await Promise.all([
    ...ofNetwork,
    takeOffer(work.db, caller.organisationId, bought.id, id),
    ports.routeTo(work, carrierCode, ends.to),
    ends.storeParties(),
  ]);
  if (!isTaken) {
    const other = await findOffer(work.db, caller.organisationId, bought.id);
    return other === undefined ? refused('offer_not_found', '') : offerUsed(other);
  }
  if (!sold.ok) return sold;
  if (!parts.ok) return parts;
  return accepted({ parts: parts.value, route, ...refs });
}

function offerUsed({ usedBy }: StoredOffer) {
  return refused('offer_used', `Bought as ${usedBy}.`);
}

function checkOffer(
  offer: StoredOffer | undefined,
  terms: PurchaseTerms,
  ends: PurchaseEnds,
  now: Instant,
): Outcome<StoredOffer> {
  if (offer === undefined) return refused('offer_not_found', '');
  if (offer.usedBy !== undefined) return offerUsed(offer);
  if (offer.expiresAt <= now) return refused('offer_expired', `It could be bought until ${offer.expiresAt}.`);
  for (const [end, asked, given] of [
    ['sender', offer.request.from, ends.from],
    ['recipient', offer.request.to, ends.to],
  ] as const) {
    const samePostcode =
      asked.postcode === undefined ||
      compactPostcode(asked.postcode) === compactPostcode(given.postcode ?? '');
    if (asked.country !== given.country || !samePostcode) {
      return refused(
        'address_differs_from_offer',
        `The offer was made for ${asked.country} ${asked.postcode ?? ''}.`,
        [
          {
            pointer: `/${end}/address`,
            code: 'address_differs_from_offer',
            message: 'country and postcode must be those of the offer',
          },
        ],
      );
    }
  }
  if (!offer.offer.handoverChoices.includes(terms.handover)) {
    return refused('handover_not_offered', `This line takes ${offer.offer.handoverChoices.join(', ')}.`);
  }
  const offered = new Set<string>(offer.request.goods.map((item) => item.goodsClass));
  const other = terms.goods.find((item) => !offered.has(item.goodsClass));
  if (other !== undefined)
    return refused(
      'goods_differ_from_offer',
      `The offer was made without goods of class ${other.goodsClass}.`,
    );
  return accepted(offer);
}

type Parts = { readonly carrierId: OrganisationId; readonly warehouseId: OrganisationId };

/** The organisations that carry it out. Needs the network's scope: they are not the merchant's. */
async function findParts(work: Work, offer: StoredOffer, from: CoarsePlace): Promise<Outcome<Parts>> {
  const [carrierId, warehouseId] = await Promise.all([
    findCarrierOrganisation(work.db, offer.offer.carrierCode),
    findFirstMileWarehouse(work.db, from.country),
  ]);
  if (carrierId === undefined) return refused('carrier_not_ready', '');
  // Where no warehouse stands, the carrier's own depot takes parcels in.
  return accepted({ carrierId, warehouseId: warehouseId ?? carrierId });
}

type Held = Pick<Shipment, 'holdSetId'> & Pick<Shipment['quoted'], 'programme'>;

async function holdFreight(
  work: Work,
  caller: Principal,
  terms: PurchaseTerms,
  id: ShipmentId,
  bought: StoredOffer,
): Promise<Outcome<Held>> {
  const payers = await payersOf(work, caller, terms, id, bought);
  if (!payers.ok) return payers;
  const hold = await placeHold(work, {
    organisationId: caller.organisationId,
    reference: { kind: 'shipment', id },
    payers: payers.value,
    amount: bought.offer.total,
    expiresAt: addDays(work.now, HOLD_DAYS),
  });
  if (!hold.ok) return hold;
  const marketplace = payers.value.find((payer) => payer.role === 'marketplace');
  const programme =
    terms.programmeId === undefined || marketplace === undefined || !('fixedMinor' in marketplace)
      ? undefined
      : {
          programmeId: terms.programmeId,
          pays: { ...bought.offer.total, amountMinor: marketplace.fixedMinor },
        };
  return accepted({ holdSetId: hold.value.id, programme });
}

function newShipment(facts: {
  work: Work;
  caller: Principal;
  terms: PurchaseTerms;
  bought: StoredOffer;
  id: ShipmentId;
  senderRef: Shipment['senderRef'];
  recipientRef: Shipment['recipientRef'];
  from: CoarsePlace;
  to: CoarsePlace;
  parcels: readonly ShipmentParcel[];
  parts: Parts;
  holdSetId: Shipment['holdSetId'];
  programme?: Shipment['quoted']['programme'];
}): Shipment {
  const { work, caller, terms, bought } = facts;
  const { promise } = bought.offer;
  return {
    id: facts.id,
    organisationId: caller.organisationId,
    clientPlatformId: caller.clientPlatformId,
    version: 1,
    state: 'wait_receive',
    orderRef: terms.orderRef,
    offerId: bought.id,
    lineCode: bought.offer.lineCode,
    carrierCode: bought.offer.carrierCode,
    ...facts.parts,
    handover: terms.handover,
    undeliverable: terms.undeliverable,
    senderRef: facts.senderRef,
    recipientRef: facts.recipientRef,
    from: facts.from,
    to: facts.to,
    goods: terms.goods,
    parcels: facts.parcels,
    incoterm: bought.request.incoterm,
    orderAmount: bought.request.orderAmount,
    cashOnDelivery: bought.request.cashOnDelivery,
    insuredAmount: bought.request.insuredAmount,
    quoted: {
      lines: bought.offer.charges.map(({ type, label, amount }) => ({ type, label, amount })),
      total: bought.offer.total,
      lineVersion: bought.offer.lineVersion,
      ...(facts.programme === undefined ? {} : { programme: facts.programme }),
    },
    charged: undefined,
    freight: 'reserved',
    holdSetId: facts.holdSetId,
    promise: { kind: promise.kind, earliest: promise.earliest, latest: promise.latest },
    acknowledgement: 'pending',
    reason: undefined,
    synthetic: false,
    purchasedAt: work.now,
    changedAt: work.now,
  };
}
