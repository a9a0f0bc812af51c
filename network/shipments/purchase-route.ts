import type { z } from 'zod';
import { type Route, replyWith } from '../../platform/http/index.ts';
import type { World } from '../../platform/world/index.ts';
import { type Principal, writeRoute } from '../accounts/index.ts';
import { accepted, type Instant, type Outcome } from '../kernel/index.ts';
import { purchasedShipmentSchema, purchaseSchema } from './contract.ts';
import { drawAhead, type LabelAhead } from './label-ahead.ts';
import { foresee, type PurchaseForesight } from './outlook.ts';
import type { ShipmentPorts } from './ports.ts';
import { checkOffer, purchase } from './purchase.ts';
import { presentShipments } from './views.ts';

export function purchaseRoute(ports: ShipmentPorts): Route {
  return writeRoute({
    operation: 'purchaseShipment',
    method: 'POST',
    path: '/v1/shipments',
    tag: 'shipments',
    summary: 'Buy an offer: hold the freight, get the number, book the journey, print the label',
    description:
      'With `label`, the label of all parcels is drawn and counted as printed with the purchase, and the answer holds ' +
      'the document: wholly or not at all.',
    effect: 'write',
    body: purchaseSchema,
    answers: {
      201: { description: 'Bought; each parcel has its number', body: purchasedShipmentSchema },
    },
    refusals: [
      'offer_not_found',
      'offer_expired',
      'offer_used',
      'address_differs_from_offer',
      'address_invalid',
      'phone_malformed',
      'phone_masked',
      'goods_differ_from_offer',
      'handover_not_offered',
      'carrier_not_ready',
      'label_not_printable',
      'programme_unknown',
      'programme_not_applicable',
      'programme_budget_exhausted',
      ...ports.purchaseRefusals,
    ],
    load: (call) => foresee(call, call.body, ports),
    prepare: (call) => preparePurchase(call, ports),
    handle: async ({ work, world, db, caller, body, relation, prepared }) => {
      const { label } = prepared;
      const outcome = await purchase(work, world, caller, body, prepared, ports);
      if (!outcome.ok) {
        label?.print.giveBack();
        return outcome;
      }
      const reading = { db, vault: ports.vault, now: work.now };
      const [view] = await presentShipments(reading, [outcome.value], relation, { detail: false });
      if (label === undefined) return accepted(replyWith(201, view));
      const printed = ports.recordLabel(work, label.print, caller.id);
      return accepted(replyWith(201, { ...view, label: printed }));
    },
    enclose: async ({ world, caller }, answered) => {
      const document = answered.isRepeated
        ? await documentOf(answered.kept, (id) => ports.readLabel(world, caller.organisationId, id))
        : answered.prepared.label?.print.label.document;
      return document === undefined ? {} : { label_document: Buffer.from(document).toString('base64') };
    },
  });
}

type Prepared = PurchaseForesight & { readonly label: LabelAhead | undefined };

/** Before the transaction: what can be refused by now is, numbers are made ready, and the label is drawn. */
async function preparePurchase(
  call: {
    readonly world: World;
    readonly caller: Principal;
    readonly now: Instant;
    readonly body: z.infer<typeof purchaseSchema>;
    readonly loaded: Outcome<PurchaseForesight>;
  },
  ports: ShipmentPorts,
): Promise<Outcome<Prepared>> {
  const { world, caller, now, body, loaded } = call;
  if (!loaded.ok) return loaded;
  const { offer, parties } = loaded.value;
  const fit = checkOffer(offer, body, parties, now);
  if (!fit.ok) return fit;
  const numbers = await ports.prepareNumbers(world, caller, offer);
  if (!numbers.ok) return numbers;
  if (body.label === undefined) return accepted({ ...loaded.value, label: undefined });
  const label = await drawAhead({ world, caller, now }, body, loaded.value, body.label, ports);
  return label.ok ? accepted({ ...loaded.value, label: label.value }) : label;
}

/** Of the label that a kept answer names. */
async function documentOf(
  kept: unknown,
  read: (labelId: string) => Promise<Uint8Array | undefined>,
): Promise<Uint8Array | undefined> {
  const { label } = kept as { label?: { id: string } };
  return label === undefined ? undefined : read(label.id);
}
