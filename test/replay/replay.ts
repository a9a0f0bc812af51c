import { type Address, type Caller, createCaller, RefusedCall, type Traffic } from './caller.ts';
import { type Entry, type Journal, newEntry } from './journal.ts';
import { atMsOf, boughtAtMs, hasGoods, instantOf, type Order, sideMm, ZONE } from './orders.ts';
import { createScanSender, type ScanSender } from './scan-sender.ts';
import { CARRIER, LINE, type Stage } from './stage.ts';

/** How far the world's clock may be ahead of the oldest event that is not done: well under a day, so that no timer of
 * the product (offers 30 min apart, which are bought at once; numbers 30 days; holds 45 days) sees a wrong order. */
const LAG_MS = 18 * 3_600_000;
/** The data does not say when an order was cancelled; made up and stated: a day after it was bought. */
const CANCELLED_AFTER_MS = 24 * 3_600_000;
/** Rows without goods have no weight, but an offer asks for one. */
const NO_WEIGHT_GRAMS = 1;

type Event = {
  readonly atMs: number;
  readonly kind: 'buy' | 'hand_over' | 'deliver' | 'cancel';
  readonly entry: Entry;
};

export type ReplayOptions = {
  readonly address: Address;
  readonly stage: Stage;
  readonly orders: readonly Order[];
  readonly traffic: Traffic;
  /** Told before each event: the kill plan and the progress line hang on it. */
  readonly onEvent?: (done: number, total: number, atMs: number) => void;
};

/** Plays the rows in the order of their own times. Answers what was acknowledged. */
export async function replay(options: ReplayOptions): Promise<Journal> {
  const { stage, orders } = options;
  const entries = orders.map((order) => newEntry(order, stage.merchants.get(order.sellerId)?.id ?? ''));
  const events = entries.flatMap(eventsOf).sort((a, b) => a.atMs - b.atMs);
  const lane = createLane(options);
  for (const [index, event] of events.entries()) {
    options.onEvent?.(index, events.length, event.atMs);
    if (event.kind === 'buy') {
      await lane.advanceTo(event.atMs);
      await lane.buy(event.entry);
    } else lane.await(event);
  }
  const lastMs = Math.max(...events.map((event) => event.atMs));
  await lane.advanceTo(lastMs);
  await lane.drain(Number.POSITIVE_INFINITY);
  return {
    entries,
    merchants: stage.merchants,
    marketplace: stage.marketplace,
    operatorKey: stage.operatorKey,
    carrierKey: stage.carrierKey,
    carrierCode: CARRIER,
    startedAtMs: stage.startMs,
    endedAtMs: lastMs,
  };
}

/** An event of the world cannot be told before its order exists; its own time stays what the data says. */
function eventsOf(entry: Entry): Event[] {
  const { order } = entry;
  const boughtMs = boughtAtMs(order);
  const events: Event[] = [{ atMs: boughtMs, kind: 'buy', entry }];
  if (order.handoverLocal !== '') {
    const handoverMs = Math.max(boughtMs, atMsOf(order.handoverLocal));
    events.push({ atMs: handoverMs, kind: 'hand_over', entry });
    if (order.deliveredLocal !== '')
      events.push({ atMs: Math.max(handoverMs, atMsOf(order.deliveredLocal)), kind: 'deliver', entry });
  } else if (order.status === 'canceled')
    events.push({ atMs: boughtMs + CANCELLED_AFTER_MS, kind: 'cancel', entry });
  return events;
}

/** When the warehouse made up for this replay took the parcel in and let it out: no contradiction of our own making. */
export function warehouseAtMs(order: Order): number {
  const handover = atMsOf(order.handoverLocal);
  const known = order.deliveredLocal === '' ? handover : Math.min(handover, atMsOf(order.deliveredLocal));
  return Math.max(boughtAtMs(order), known);
}

function createLane({ address, stage, traffic }: ReplayOptions) {
  const callers = new Map<string, Caller>();
  for (const merchant of stage.merchants.values())
    callers.set(merchant.id, createCaller(address, merchant.key, traffic));
  const merchantOf = (entry: Entry) => {
    const found = callers.get(entry.merchantId);
    if (found === undefined) throw new Error(`no merchant for ${entry.order.id}`);
    return found;
  };
  const scans = createScanSender(stage.carrier);
  const waiting: Event[] = [];
  let running: { readonly atMs: number; readonly done: Promise<void> }[] = [];
  /** What has to be over before the next thing of an order may begin. */
  const before = new Map<Entry, Promise<void>>();
  let clockMs = stage.startMs;

  const run = (atMs: number, entry: Entry, work: () => Promise<void>) => {
    const done = (before.get(entry) ?? Promise.resolve()).then(work).catch((error: Error) => {
      entry.failure ||= error.message;
    });
    before.set(entry, done);
    running.push({ atMs, done });
  };
  const drain = async (untilMs: number) => {
    await Promise.all(running.filter((one) => one.atMs < untilMs).map((one) => one.done));
    running = running.filter((one) => one.atMs >= untilMs);
  };
  const setClock = async (atMs: number) => {
    await drain(atMs - LAG_MS);
    if (atMs > clockMs)
      await stage.operator.post('/v1/test/clock', { now: instantOf(atMs), running: false }, `clock-${atMs}`);
    clockMs = Math.max(clockMs, atMs);
    waiting.sort((a, b) => a.atMs - b.atMs);
    while (waiting[0] !== undefined && waiting[0].atMs <= clockMs) {
      const event = waiting.shift() as Event;
      if (event.entry.outcome !== 'bought') continue;
      run(event.atMs, event.entry, () => take(event, { stage, scans, merchant: merchantOf(event.entry) }));
    }
  };
  return {
    drain,
    await: (event: Event) => void waiting.push(event),
    advanceTo: async (atMs: number) => {
      for (;;) {
        const oldest = waiting.reduce(
          (least, event) => Math.min(least, event.atMs),
          Number.POSITIVE_INFINITY,
        );
        if (oldest + LAG_MS >= atMs) break;
        await setClock(oldest);
      }
      await setClock(atMs);
    },
    buy: async (entry: Entry) => {
      const merchant = merchantOf(entry);
      try {
        await buy(entry, merchant);
      } catch (error) {
        entry.failure = (error as Error).message;
        return;
      }
      if (entry.outcome === 'bought') run(clockMs, entry, () => afterPurchase(entry, { stage, merchant }));
    },
  };
}

type OfferAnswer = {
  readonly offers: readonly {
    readonly offer_id: string;
    readonly line_code: string;
    readonly total: { readonly amount_minor: number };
  }[];
  readonly refused: readonly {
    readonly line_code: string;
    readonly reasons: readonly { readonly code: string }[];
  }[];
};
type ShipmentAnswer = {
  readonly id: string;
  readonly parcels: readonly { readonly id: string; readonly waybill_id: string; readonly number: string }[];
  readonly quoted: { readonly total: { readonly amount_minor: number } };
};

export const sizeOf = (order: Order) => {
  const side = sideMm(order);
  return { length_mm: side, width_mm: side, height_mm: side };
};
/** The data has the first five digits of the CEP; 000 stands for the rest. */
const postcodeOf = (zip: string) => `${zip}-000`;

async function buy(entry: Entry, merchant: Caller): Promise<void> {
  const { order } = entry;
  const goods = hasGoods(order);
  const value = { amount_minor: order.priceMinor, currency: 'BRL' };
  const place = (zip: string) => ({ country: 'BR', ...(zip === '' ? {} : { postcode: postcodeOf(zip) }) });
  const found = await merchant.post<OfferAnswer>(
    '/v1/offers',
    {
      order_ref: order.id,
      from: place(order.sellerZip),
      to: place(order.customerZip),
      parcels: [
        goods ? { weight_grams: order.weightGrams, size: sizeOf(order) } : { weight_grams: NO_WEIGHT_GRAMS },
      ],
      goods: goods ? [{ goods_class: 'normal', quantity: 1, unit_value: value }] : [],
      ...(goods ? { order_amount: value } : {}),
    },
    `offer-${order.id}`,
  );
  const offer = found.offers.find((one) => one.line_code === LINE);
  if (offer === undefined) {
    entry.outcome = 'refused';
    const refusal = found.refused.find((one) => one.line_code === LINE);
    entry.refusalCodes = (refusal?.reasons ?? []).map((reason) => reason.code).sort();
    return;
  }
  const shipment = await purchase(entry, merchant, offer.offer_id);
  const parcel = shipment.parcels[0];
  if (parcel === undefined || shipment.parcels.length !== 1)
    throw new Error('one parcel was bought, others came');
  Object.assign(entry, {
    shipmentId: shipment.id,
    parcelId: parcel.id,
    waybillId: parcel.waybill_id,
    number: parcel.number,
    quotedMinor: shipment.quoted.total.amount_minor,
    outcome: 'bought',
  } satisfies Partial<Entry>);
}

/** Where the state contradicts its own CEP the purchase leaves the state out, and the row is flagged. */
async function purchase(entry: Entry, merchant: Caller, offerId: string): Promise<ShipmentAnswer> {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const key = `buy-${entry.order.id}-${entry.withoutDivision.join('-') || 'whole'}`;
    const answer = await merchant.ask<ShipmentAnswer & { errors?: { pointer: string; code: string }[] }>(
      '/v1/shipments',
      purchaseBody(entry, offerId),
      key,
    );
    if (answer.status === 201) return answer.body;
    const outside = (answer.body.errors ?? []).filter((error) => error.code === 'postcode_outside_division');
    if (answer.status !== 422 || outside.length === 0)
      throw new RefusedCall('purchase', answer.status, answer.body);
    entry.withoutDivision.push(...outside.map((error) => error.pointer.split('/')[1] ?? ''));
  }
  throw new Error('the purchase was refused without division too');
}

function purchaseBody(entry: Entry, offerId: string) {
  const { order } = entry;
  const party = (end: 'sender' | 'recipient', name: string, zip: string, state: string) => ({
    name,
    // The data has no city and no street: what stands here is made up, so that a label can be printed.
    address: {
      country: 'BR',
      ...(entry.withoutDivision.includes(end) ? {} : { division: state }),
      city: `CEP ${zip}`,
      postcode: postcodeOf(zip),
      lines: ['Endereco nao informado'],
    },
  });
  return {
    offer_id: offerId,
    order_ref: order.id,
    sender: party('sender', `Seller ${order.sellerId.slice(0, 8)}`, order.sellerZip, order.sellerState),
    recipient: party('recipient', `Customer ${order.id.slice(0, 8)}`, order.customerZip, order.customerState),
    goods: [
      {
        description_en: order.category || 'goods of no category',
        quantity: 1,
        unit_value: { amount_minor: order.priceMinor, currency: 'BRL' },
        unit_weight_grams: order.weightGrams,
      },
    ],
    handover: 'drop_off',
  };
}

/** The carrier takes the order and the merchant prints its label. */
async function afterPurchase(
  entry: Entry,
  { stage, merchant }: { stage: Stage; merchant: Caller },
): Promise<void> {
  const { id } = entry.order;
  await stage.carrier.post(
    `/v1/shipments/${entry.shipmentId}/acknowledgement`,
    { accepted: true },
    `take-${id}`,
  );
  entry.steps.push('acknowledged');
  const label = await merchant.post<{ id: string }>(
    `/v1/waybills/${entry.waybillId}/labels`,
    { format: 'pdf', size: '100x150mm' },
    `label-${id}`,
  );
  entry.labelId = label.id;
}

async function take(
  { kind, entry }: Event,
  by: { stage: Stage; scans: ScanSender; merchant: Caller },
): Promise<void> {
  const { order, shipmentId } = entry;
  if (kind === 'cancel') {
    const reason = { reason: 'Cancelled by the buyer (time made up)' };
    await by.merchant.post(`/v1/shipments/${shipmentId}/cancellation`, reason, `cancel-${order.id}`);
    entry.steps.push('cancelled');
    return;
  }
  if (kind === 'deliver') return scan(entry, 'delivered', order.deliveredLocal, by.scans);
  const madeUp = { occurred_at: instantOf(warehouseAtMs(order)), synthetic: true };
  const step = async (path: string, body: object) => {
    await by.stage.warehouse.post(
      `/v1/shipments/${shipmentId}/${path}`,
      { ...body, ...madeUp },
      `${path}-${order.id}`,
    );
    entry.steps.push(path);
  };
  await step('inbound', {
    parcels: [{ parcel_id: entry.parcelId, weight_grams: order.weightGrams, size: sizeOf(order) }],
  });
  await step('outbound', {});
  await step('dispatch', {});
  await scan(entry, 'picked_up', order.handoverLocal, by.scans);
}

async function scan(entry: Entry, code: string, local: string, scans: ScanSender): Promise<void> {
  const sent = await scans.send({
    number: entry.number,
    code,
    local_time: local,
    zone: ZONE,
    zone_assumed: true,
    place: { country: 'BR' },
  });
  entry.scans.set(code, sent);
}
