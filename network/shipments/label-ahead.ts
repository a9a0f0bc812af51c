import { newId, type World } from '../../platform/world/index.ts';
import type { Principal } from '../accounts/index.ts';
import { accepted, type Instant, type Outcome, type PartyRef, type ShipmentId } from '../kernel/index.ts';
import type { FirstPrint, PrintOptions, Waybill } from '../waybills/index.ts';
import { firstLabelContents } from './label-content.ts';
import type { ShipmentParcel } from './model.ts';
import { newShipment, type PurchaseOrder, parcelsToNumber } from './new-shipment.ts';
import type { PurchaseForesight } from './outlook.ts';
import type { ShipmentPorts } from './ports.ts';

/** A label of a purchase that is still to be made. */
export type LabelAhead = { readonly shipmentId: ShipmentId; readonly print: FirstPrint };

/**
 * Draws the label of a purchase before its transaction, of what was foreseen: both are kept together, or neither. Parties
 * get their references only when they are stored, so those on the draft stand for nothing.
 */
export async function drawAhead(
  call: { readonly world: World; readonly caller: Principal; readonly now: Instant },
  order: PurchaseOrder,
  { offer, outlook, parties, shownAs }: PurchaseForesight,
  options: PrintOptions,
  ports: Pick<ShipmentPorts, 'drawLabel'>,
): Promise<Outcome<LabelAhead>> {
  const { world, caller, now } = call;
  const { sold, parts, route } = outlook;
  if (!sold.ok) return sold;
  if (!parts.ok) return parts;
  const { sender, recipient, from, to } = parties;
  const id: ShipmentId = newId('shp');
  const refs = { senderRef: newId('pty') as PartyRef, recipientRef: newId('pty') as PartyRef };
  const shown = new Map([
    [refs.senderRef, shownAs(refs.senderRef, sender)],
    [refs.recipientRef, shownAs(refs.recipientRef, recipient)],
  ]);
  const draft = (waybills: readonly Waybill[]) =>
    newShipment({
      now,
      caller,
      order,
      bought: offer,
      id,
      ...refs,
      from,
      to,
      parcels: waybills.map((waybill, index) => parcelOf(waybill, offer.request.parcels[index]?.size)),
      parts: parts.value,
      holdSetId: undefined,
    });
  const print = await ports.drawLabel(
    world,
    parcelsToNumber(caller, order, offer, id, { ...refs, from, to, route }),
    now,
    (waybills) => firstLabelContents(waybills, draft(waybills), shown, sold.value, now),
    options,
  );
  return print.ok ? accepted({ shipmentId: id, print: print.value }) : print;
}

function parcelOf(waybill: Waybill, size: ShipmentParcel['size']): ShipmentParcel {
  return {
    id: waybill.parcelRef as ShipmentParcel['id'],
    index: waybill.pieceIndex,
    waybillId: waybill.id,
    number: waybill.number,
    weightGrams: waybill.weightGrams ?? 0,
    size,
    measured: undefined,
  };
}
