import type { Truth, TruthOrder } from '../truth.ts';
import type { Readings, ReadShipment, ReadTimeline, ReadWallet } from './readings.ts';
import { DIFFERENCE_KINDS, type DifferenceKind } from './verdict.ts';

/*
 * Falsifies one thing, so that one can see that the checker sees it: the answers of the network as they were read, or
 * the truth. Each kind of difference has its plant.
 */

export type Evidence = { readonly truth: Truth; readonly readings: Readings };

const PLANTS: Readonly<Record<DifferenceKind, (evidence: Evidence) => void>> = {
  order_missing: ({ readings }) => readings.shipments.delete(anyShipment(readings).id),
  order_unknown: ({ truth, readings }) => truth.orders.delete(orderOf(truth, anyShipment(readings)).order),
  order_state: ({ readings }) => {
    anyShipment(readings).state = 'init';
  },
  milestone_missing: ({ readings }) => anyTimeline(readings).milestones.pop(),
  milestone_unknown: ({ readings }) =>
    anyTimeline(readings).milestones.push({ name: 'transit_arrived', at: 0 }),
  milestone_time: ({ readings }) => {
    const [first] = anyTimeline(readings).milestones;
    if (first !== undefined) first.at += 1;
  },
  parcel_status: ({ readings }) => {
    const delivered = timelineThat(readings, (one) => one.status === 'delivered');
    delivered.status = 'in_transit';
  },
  unverified_count: ({ readings }) => {
    anyTimeline(readings).unverified += 1;
  },
  buyer_view: ({ readings }) => {
    some([...readings.buyers.values()], 'buyer').milestones.push('lost');
  },
  number_repeated: ({ readings }) => {
    const [first, second] = [...readings.shipments.values()];
    if (first !== undefined && second !== undefined) second.numbers[0] = first.numbers[0] ?? '';
  },
  number_check_digit: ({ readings }) => {
    const { numbers } = anyShipment(readings);
    const number = numbers[0] ?? '';
    numbers[0] = number.slice(0, -1) + String((Number(number.slice(-1)) + 1) % 10);
  },
  number_format: ({ readings }) => {
    anyShipment(readings).numbers[0] = 'PRL1';
  },
  freight_state: ({ readings }) => {
    anyShipment(readings).freight = 'arrears';
  },
  charge_amount: ({ readings }) => {
    const charged = charge(readings);
    charged.chargedMinor = (charged.chargedMinor ?? 0) + 1;
  },
  charge_posted: ({ readings }) => {
    const { id } = charge(readings);
    for (const wallet of readings.wallets)
      for (const transfer of wallet.transfers)
        if (transfer.shipmentId === id) transfer.shipmentId = undefined;
  },
  cash_credited: ({ readings }) => {
    const credits = readings.wallets.flatMap((wallet) =>
      wallet.transfers.filter((transfer) => transfer.kind === 'cod_credited'),
    );
    some(credits, 'cash on delivery').amountMinor += 1;
  },
  wallet_balance: ({ readings }) => {
    anyWallet(readings).balanceMinor -= 1;
  },
  wallet_held: ({ readings }) => {
    anyWallet(readings).heldMinor += 1;
  },
  wallet_running_balance: ({ readings }) => {
    const [first] = anyWallet(readings).transfers;
    if (first !== undefined) first.balanceMinor += 1;
  },
  statement_sum: ({ readings }) => {
    const [first] = anyWallet(readings).statements;
    if (first !== undefined) first.turnoverMinor += 1;
  },
  line_against_rules: ({ truth, readings }) => {
    const economy = some(
      [...readings.lines.values()].filter((line) => line.service_class === 'ECONOMY'),
      'economy line',
    );
    for (const order of truth.orders.values()) {
      const shipment = readings.shipments.get(order.shipmentId ?? '');
      if (shipment === undefined || order.to.country !== 'US' || order.paid.amount_minor <= 500) continue;
      shipment.lineCode = economy.code;
    }
  },
  forgery_let_in: ({ truth }) => {
    truth.turnedAway.tried += 1;
  },
  webhook_missed: ({ readings }) => {
    some(readings.feeds, 'receiver').missing.push('evt_lost');
  },
  webhook_signature: ({ readings }) => {
    some(readings.feeds, 'receiver').badSignatures += 1;
  },
};

export function isPlant(text: string): text is DifferenceKind {
  return (DIFFERENCE_KINDS as readonly string[]).includes(text);
}

export function plant(kind: DifferenceKind, evidence: Evidence): void {
  PLANTS[kind](evidence);
}

/** A copy that may be falsified. */
export const copyOf = (evidence: Evidence): Evidence => structuredClone(evidence);

function some<Item>(items: readonly Item[], what: string): Item {
  const item = items[Math.floor(items.length / 2)];
  if (item === undefined)
    throw new Error(`the world has no ${what} to plant a difference in: take more parcels`);
  return item;
}

const anyShipment = (readings: Readings): ReadShipment => some([...readings.shipments.values()], 'order');
const anyWallet = (readings: Readings): ReadWallet =>
  some(
    readings.wallets.filter((wallet) => wallet.transfers.length > 0),
    'wallet',
  );
const timelineThat = (readings: Readings, fits: (timeline: ReadTimeline) => boolean): ReadTimeline =>
  some([...readings.timelines.values()].filter(fits), 'timeline');
const anyTimeline = (readings: Readings): ReadTimeline => timelineThat(readings, () => true);
const charge = (readings: Readings): ReadShipment =>
  some(
    [...readings.shipments.values()].filter((shipment) => shipment.chargedMinor !== undefined),
    'charge',
  );
function orderOf(truth: Truth, shipment: ReadShipment): TruthOrder {
  const found = [...truth.orders.values()].find((order) => order.shipmentId === shipment.id);
  if (found === undefined) throw new Error(`the truth does not know ${shipment.id}`);
  return found;
}
