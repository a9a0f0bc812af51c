import { createHash } from 'node:crypto';
import { isAllowedByTable } from '../market-rules.ts';
import type { Merchant } from '../plan.ts';
import type { Truth, TruthOrder, TruthParcel } from '../truth.ts';
import type { Readings, ReadShipment } from './answers.ts';
import { judgeBags } from './bags.ts';
import { judgeInterceptions } from './interceptions.ts';
import { judgeMoney } from './money.ts';
import { judgeNumbers } from './numbers.ts';
import { judgeProgrammes } from './programmes.ts';
import type { Difference, DifferenceKind, Verdict } from './verdict.ts';
import { judgeVerifications, linesOf } from './verifications.ts';

/** Compares the network's answers with the truth. Pure: both are plain data, and nothing is asked any more. */
export function judge(
  truth: Truth,
  readings: Readings,
  merchants: readonly Merchant[],
  start: number,
): Verdict {
  const differences: Difference[] = [];
  const orders = [...truth.orders.values()].sort((a, b) => a.order - b.order);
  const shipped = orders.filter((order) => order.shipmentId !== undefined);
  const known = new Set<string>();
  for (const order of shipped) {
    const shipment = readings.shipments.get(order.shipmentId ?? '');
    known.add(order.shipmentId ?? '');
    if (shipment === undefined) {
      differences.push(difference('order_missing', order.ref, order.shipmentId, undefined));
      continue;
    }
    differences.push(
      ...judgeOrder(order, shipment),
      ...judgeRules(order, shipment, readings, merchants),
      ...order.parcels.flatMap((parcel) => judgeLife(parcel, readings)),
    );
  }
  for (const id of readings.shipments.keys())
    if (!known.has(id)) differences.push(difference('order_unknown', id, undefined, id));
  const { tried, refused } = truth.turnedAway;
  if (tried !== refused) differences.push(difference('forgery_let_in', 'forgeries', tried, refused));
  const { unreadable } = truth;
  if (unreadable.tried !== unreadable.refused)
    differences.push(
      difference('unreadable_let_in', 'unreadable numbers', unreadable.tried, unreadable.refused),
    );
  for (const feed of readings.feeds) {
    if (feed.missing.length > 0)
      differences.push(
        difference('webhook_missed', feed.owner, 'every event of its feed', feed.missing.join(' ')),
      );
    if (feed.badSignatures > 0)
      differences.push(difference('webhook_signature', feed.owner, 0, feed.badSignatures));
  }
  differences.push(
    ...judgeNumbers(numbersOf(shipped, readings)),
    ...judgeMoney(truth, shipped, readings, merchants),
    ...judgeProgrammes(shipped, readings, merchants),
    ...judgeInterceptions(shipped, readings),
    ...judgeBags(truth, readings),
    ...judgeVerifications(truth, readings),
  );
  return {
    orders: shipped.length,
    parcels: shipped.reduce((sum, order) => sum + order.parcels.length, 0),
    milestones: [...readings.timelines.values()].reduce((sum, one) => sum + one.milestones.length, 0),
    transfers: readings.wallets.reduce((sum, one) => sum + one.transfers.length, 0),
    differences,
    digest: digestOf(truth, shipped, readings, start),
  };
}

export function difference(
  kind: DifferenceKind,
  subject: string,
  expected: unknown,
  found: unknown,
): Difference {
  return { kind, subject, expected: String(expected), found: String(found) };
}

function judgeOrder(order: TruthOrder, shipment: ReadShipment): Difference[] {
  return shipment.state === order.state
    ? []
    : [difference('order_state', order.ref, order.state, shipment.state)];
}

/** Which lines a marketplace lets its merchants use, by its table. */
function judgeRules(
  order: TruthOrder,
  shipment: ReadShipment,
  readings: Readings,
  merchants: readonly Merchant[],
): Difference[] {
  const isBound = merchants[order.merchant]?.marketplace === 0;
  const line = readings.lines.get(shipment.lineCode);
  if (!isBound || order.paid.currency !== 'USD' || line === undefined) return [];
  const { service_class: serviceClass, tags } = line;
  return isAllowedByTable({ serviceClass, tags }, order.to.country, order.paid.amount_minor)
    ? []
    : [difference('line_against_rules', order.ref, 'a line of the table', shipment.lineCode)];
}

/** The end of a life by its last milestone, in the words of the public status. */
const STATUS_OF_END: Readonly<Record<string, string>> = {
  delivered: 'delivered',
  returned: 'returned',
  cancelled: 'cancelled',
  lost: 'exception',
  disposed: 'exception',
};

function judgeLife(parcel: TruthParcel, readings: Readings): Difference[] {
  const differences: Difference[] = [];
  const timeline = readings.timelines.get(parcel.id);
  const found = new Map<string, number>();
  for (const { name, at } of timeline?.milestones ?? [])
    found.set(name, Math.min(found.get(name) ?? Number.POSITIVE_INFINITY, at));
  for (const [name, at] of Object.entries(parcel.milestones)) {
    const seen = found.get(name);
    if (seen === undefined) differences.push(difference('milestone_missing', parcel.number, name, undefined));
    else if (seen !== at)
      differences.push(difference('milestone_time', `${parcel.number} ${name}`, iso(at), iso(seen)));
  }
  for (const name of found.keys())
    if (parcel.milestones[name] === undefined)
      differences.push(difference('milestone_unknown', parcel.number, undefined, name));
  const end = Object.keys(STATUS_OF_END).find((name) => parcel.milestones[name] !== undefined);
  const status = timeline?.status ?? 'not_found';
  const isEnded = Object.values(STATUS_OF_END).includes(status) && status !== 'exception';
  if (end === undefined ? isEnded : status !== STATUS_OF_END[end])
    differences.push(difference('parcel_status', parcel.number, end ?? 'not ended', status));
  if (timeline !== undefined && timeline.unverified !== parcel.unverified)
    differences.push(difference('unverified_count', parcel.number, parcel.unverified, timeline.unverified));
  if (timeline !== undefined && timeline.unmapped !== parcel.unmapped)
    differences.push(difference('unmapped_count', parcel.number, parcel.unmapped, timeline.unmapped));
  const buyer = readings.buyers.get(parcel.id);
  if (buyer !== undefined) differences.push(...judgeBuyer(parcel, status, buyer));
  return differences;
}

/** A buyer sees the same life as everybody. */
function judgeBuyer(
  parcel: TruthParcel,
  status: string,
  buyer: { readonly status: string; readonly milestones: readonly string[] },
): Difference[] {
  const missing = Object.keys(parcel.milestones).filter((name) => !buyer.milestones.includes(name));
  const surplus = buyer.milestones.filter((name) => parcel.milestones[name] === undefined);
  if (buyer.status === status && missing.length === 0 && surplus.length === 0) return [];
  return [
    difference(
      'buyer_view',
      parcel.number,
      `${status}, ${missing.join(' ')}`,
      `${buyer.status}, ${surplus.join(' ')}`,
    ),
  ];
}

const numbersOf = (shipped: readonly TruthOrder[], readings: Readings) =>
  shipped.flatMap((order) =>
    (readings.shipments.get(order.shipmentId ?? '')?.numbers ?? []).map((number, index) => ({
      number,
      parcel: order.parcels[index]?.id ?? `${order.ref}/${index}`,
    })),
  );

/** Milestones and money by order, verdicts by declaration, as the network tells them; times from the world's beginning, ids and numbers left out. */
function digestOf(truth: Truth, shipped: readonly TruthOrder[], readings: Readings, start: number): string {
  const hash = createHash('sha256');
  for (const order of shipped) {
    const shipment = readings.shipments.get(order.shipmentId ?? '');
    hash.update(
      `order ${order.order} ${shipment?.state} ${shipment?.lineCode} ${shipment?.freight} ${shipment?.quotedMinor} ${shipment?.chargedMinor}\n`,
    );
    for (const parcel of order.parcels) {
      const timeline = readings.timelines.get(parcel.id);
      const life = (timeline?.milestones ?? []).map(({ name, at }) => `${name}@${at - start}`).sort();
      hash.update(`parcel ${timeline?.status} ${timeline?.unverified} ${life.join(' ')}\n`);
    }
  }
  for (const wallet of readings.wallets)
    hash.update(`wallet of ${wallet.owner} ${wallet.currency} ${wallet.balanceMinor} ${wallet.heldMinor}\n`);
  for (const line of linesOf(truth, readings)) hash.update(`${line}\n`);
  return hash.digest('hex');
}

const iso = (at: number) => new Date(at).toISOString();
