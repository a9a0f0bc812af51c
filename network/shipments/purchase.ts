import type { Work, World } from '../../platform/world/index.ts';
import type { Principal } from '../accounts/index.ts';
import {
  accepted,
  addDays,
  type Instant,
  type Outcome,
  type PartyRef,
  refused,
  type ShipmentId,
} from '../kernel/index.ts';
import { placeHold } from '../ledger/index.ts';
import { findOffer, type StoredOffer, takeOffer } from '../offers/index.ts';
import { compactPostcode } from '../places/index.ts';
import { ShipmentPurchased } from './events.ts';
import type { LabelAhead } from './label-ahead.ts';
import type { CoarsePlace, Shipment } from './model.ts';
import { newShipment, type PurchaseOrder, parcelsToNumber } from './new-shipment.ts';
import { lookOut, type Outlook, type Parts, type PurchaseForesight } from './outlook.ts';
import { payersOf } from './payers.ts';
import type { ParcelsToNumber, ShipmentPorts } from './ports.ts';
import { emitShipmentEvent, subjectOf } from './step.ts';
import { insertShipment } from './store.ts';

export type PurchaseTerms = PurchaseOrder & {
  /** As it was read before the transaction; undefined: there is none. Whether it is still to be had shows in it. */
  readonly offer: StoredOffer | undefined;
  /** As it was read with the offer; without it, it is read here. */
  readonly outlook?: Outlook | undefined;
  /** The label that goes with it. */
  readonly label?: LabelAhead | undefined;
};

/** Both ends of the journey: where they lie, coarse, and the parties, which may be stored only when all else fits. */
export type PurchaseEnds = {
  readonly from: CoarsePlace;
  readonly to: CoarsePlace;
  /** Storing writes at once, without a look first: all purchases then lock parties before wallets. */
  readonly isForeseen: boolean;
  storeParties(): Promise<{ readonly senderRef: PartyRef; readonly recipientRef: PartyRef }>;
};

/** How long freight stays held for a parcel that never shows up: the number expires after 30 days, then a margin. */
const HOLD_DAYS = 45;

/** Buys an offer for parties that come with the command: they go to the vault. */
export function purchase(
  work: Work,
  world: World,
  caller: Principal,
  order: PurchaseOrder,
  foresight: PurchaseForesight & Pick<PurchaseTerms, 'label'>,
  ports: ShipmentPorts,
): Promise<Outcome<Shipment>> {
  const { offer, outlook, known, parties, label } = foresight;
  const { sender, recipient, from, to } = parties;
  const ends: PurchaseEnds = {
    from,
    to,
    isForeseen: known !== undefined,
    storeParties: async () => {
      const [senderRef, recipientRef] = await ports.vault.storeParties(work, {
        organisationId: caller.organisationId,
        parties: [sender, recipient],
        known,
      });
      if (senderRef === undefined || recipientRef === undefined)
        throw new Error('the vault stored two parties and answered fewer');
      return { senderRef, recipientRef };
    },
  };
  return purchaseFor(work, world, caller, { ...order, offer, outlook, label }, ends, ports);
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
  const id = terms.label?.shipmentId ?? work.newId('shp');
  const outlook = terms.outlook ?? (await lookOut(work, world, caller, bought, ends, ports));
  const readying = makeReady(work, caller, { bought, id, ends, outlook });
  // Together in one packet, so that the wallet is locked for one round trip less. A programme is read in its
  // marketplace's scope, and the scope is the transaction's.
  if (!ends.isForeseen || terms.programmeId !== undefined) await readying;
  const [ready, hold] = await Promise.all([readying, holdFreight(work, caller, terms, id, bought)]);
  if (!ready.ok) return ready;
  const { parts, route, senderRef, recipientRef } = ready.value;
  if (!hold.ok) return hold;
  const { from, to } = ends;
  const parcels = await ports.issueParcels(
    work,
    world,
    parcelsToNumber(caller, terms, bought, id, { senderRef, recipientRef, from, to, route }),
    terms.label?.print,
  );
  if (!parcels.ok) return parcels;
  const shipment = newShipment({
    now: work.now,
    caller,
    order: terms,
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

/** All that a purchase needs besides the money, asked for together: a round trip costs more than these statements. */
async function makeReady(
  work: Work,
  caller: Principal,
  asked: {
    readonly bought: StoredOffer;
    readonly id: ShipmentId;
    readonly ends: PurchaseEnds;
    readonly outlook: Outlook;
  },
): Promise<Outcome<Ready>> {
  const { bought, id, ends, outlook } = asked;
  const { sold, parts, route } = outlook;
  const [isTaken, refs] = await Promise.all([
    takeOffer(work.db, caller.organisationId, bought.id, id),
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

export function checkOffer(
  offer: StoredOffer | undefined,
  terms: Pick<PurchaseTerms, 'handover' | 'goods'>,
  ends: Pick<PurchaseEnds, 'from' | 'to'>,
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
