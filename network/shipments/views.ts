import type { Queryable } from '../../platform/db/index.ts';
import { type Instant, type Money, subtractMoney } from '../kernel/index.ts';
import { destinationZone } from '../tracking/index.ts';
import type { ShownParty, Vault } from '../vault/index.ts';
import { pageProfileOf } from './mask-profile.policy.ts';
import type { Shipment } from './model.ts';
import { addressLinesOf } from './party-lines.ts';
import { findBuyingTotal, listSteps } from './store.ts';

/**
 * Reads in four steps: the shipments are the skeleton; parties are hydrated, masked for who asks; the rules say who may see what;
 * then the answer is shaped. Carriers and warehouses do not see what the merchant pays. Lists carry no parties.
 */
export async function presentShipments(
  reading: { readonly db: Queryable; readonly vault: Vault; readonly now: Instant },
  shipments: readonly Shipment[],
  relation: string,
  options: { readonly detail: boolean },
): Promise<Record<string, unknown>[]> {
  const seesMoney = relation === 'own' || relation === 'client' || relation === 'any';
  const views: Record<string, unknown>[] = [];
  for (const shipment of shipments) {
    const {
      charged,
      quoted,
      freight,
      senderRef,
      recipientRef,
      offerId: _o,
      holdSetId: _h,
      orderAmount: _a,
      ...open
    } = shipment;
    const view: Record<string, unknown> = { ...open, destinationZone: destinationZone(shipment.to) };
    if (seesMoney) Object.assign(view, { quoted, charged, freight });
    if (options.detail && relation === 'any')
      view.margin = marginView(shipment, await findBuyingTotal(reading.db, shipment.id));
    if (options.detail) {
      const keys = [senderRef, recipientRef].map((ref) => ({ organisationId: shipment.organisationId, ref }));
      const parties = await reading.vault.maskedParties(reading.db, keys, {
        profile: pageProfileOf(relation, shipment.to.country),
        at: reading.now,
      });
      view.sender = maskedView(parties.get(senderRef));
      view.recipient = maskedView(parties.get(recipientRef));
      view.history = await listSteps(reading.db, shipment.id);
    }
    views.push(view);
  }
  return views;
}

/** What the network keeps of the quoted freight; absent where buying is unknown or in another currency. */
function marginView({ quoted }: Shipment, buying: Money | undefined) {
  const tax = quoted.lines.reduce(
    (sum, line) => sum + (line.type === 'tax' ? line.amount.amountMinor : 0),
    0,
  );
  const selling = { ...quoted.total, amountMinor: quoted.total.amountMinor - tax };
  if (buying?.currency !== selling.currency) return { selling, buying };
  return { selling, buying, margin: subtractMoney(selling, buying) };
}

function maskedView(party: ShownParty | undefined) {
  if (party === undefined) return undefined;
  return {
    id: party.ref,
    name: party.name,
    phone: party.phone,
    addressLines: addressLinesOf(party),
    country: party.address?.country ?? '',
  };
}
