import type { Truth, TruthClaim, TruthOrder } from '../truth.ts';
import type { Readings, ReadShipment, ReadTimeline, ReadVerification, ReadWallet } from './answers.ts';
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
  unmapped_count: ({ readings }) => {
    timelineThat(readings, (one) => one.unmapped > 0).unmapped -= 1;
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
    some(paidBy(readings, 'merchant'), 'charge').subjectId = undefined;
  },
  programme_paid: ({ readings }) => {
    some(paidBy(readings, 'marketplace'), 'programme').subjectId = undefined;
  },
  programme_use: ({ readings }) => {
    const uses = [...readings.programmes.values()].flatMap((one) => [...one.uses.values()]);
    some(uses, 'use of a programme').usedMinor += 1;
  },
  programme_spent: ({ readings }) => {
    some([...readings.programmes.values()], 'programme').spentMinor -= 1;
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
  interception_state: ({ readings }) => {
    const done = [...readings.interceptions.values()].filter((one) => one.state === 'done');
    some(done, 'interception').state = 'failed';
  },
  interception_fee: ({ readings }) => {
    some([...readings.interceptions.values()], 'interception').feeMinor += 1;
  },
  interception_paid: ({ readings }) => {
    const refunds = readings.wallets.flatMap((wallet) =>
      wallet.transfers.filter((one) => one.subjectId?.startsWith('icp_') && one.amountMinor > 0),
    );
    some(refunds, 'fee that was given back').subjectId = undefined;
  },
  recipient_place: ({ truth, readings }) => {
    const moved = [...truth.orders.values()].filter((order) => order.movedTo !== undefined);
    const { shipmentId = '', to } = some(moved, 'parcel with another door');
    const shipment = readings.shipments.get(shipmentId);
    if (shipment !== undefined) shipment.to = `${to.country} elsewhere`;
  },
  handover_state: ({ readings }) => {
    const normal = [...readings.handovers.values()].filter((one) => one.state === 'signed_normal');
    some(normal, 'bag').state = 'signed_abnormal';
  },
  bag_list: ({ readings }) => {
    const bags = [...readings.handovers.values()].flatMap((one) => one.bags);
    some(bags, 'bag').numbers.pop();
  },
  bag_as_listed: ({ readings }) => dropLine(readings, 0),
  bag_missing: ({ readings }) => dropLine(readings, 2),
  bag_surplus: ({ readings }) => dropLine(readings, 3),
  bag_damaged: ({ readings }) => dropLine(readings, 5),
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
  unreadable_let_in: ({ truth }) => {
    truth.unreadable.refused -= 1;
  },
  verification_missing: ({ truth, readings }) =>
    readings.verifications.delete(some([...truth.claims.values()], 'declaration').externalShipmentId),
  verification_unknown: ({ truth }) => truth.claims.delete(some([...truth.claims.keys()], 'declaration')),
  scheme_missed: (evidence) => {
    claimThat(evidence, (claim, found) => !claim.isGenuine && found.state === 'penalised').state = 'genuine';
  },
  honest_accused: (evidence) => {
    claimThat(evidence, (claim, found) => claim.isGenuine && found.state === 'genuine').state = 'penalised';
  },
  verdict_kept: (evidence) => {
    const cleared = claimThat(evidence, (claim) => claim.decision?.outcome === 'cleared');
    cleared.state = 'under_review';
  },
  outside_status: ({ truth, readings }) => {
    const hidden = [...truth.claims.values()].filter((claim) => claim.ends === 'hidden');
    const { externalShipmentId } = some(hidden, "claim of another's number");
    readings.outside.set(externalShipmentId, { hold: 'shared', trackingStatus: 'delivered' });
  },
  penalty_points: ({ readings }) => {
    const owners = [...readings.penaltyPoints].filter(([, points]) => points > 0);
    const [owner, points] = some(owners, 'merchant with points');
    readings.penaltyPoints.set(owner, points - 2);
  },
  declaration_refused: ({ truth }) => {
    const { key, way, merchant, isGenuine } = some(honestOf(truth), 'honest declaration');
    truth.refusals.push({ key, way, merchant, isGenuine, what: 'declaration', at: 0, isSlip: false });
  },
  declaration_taken: ({ truth, readings }) => {
    const { externalShipmentId } = some(honestOf(truth), 'honest declaration');
    const owner = readings.verifications.get(externalShipmentId)?.organisationId ?? '';
    const first = Math.min(...[...truth.claims.values()].map((claim) => claim.takenAt));
    readings.penalties.set(owner, [{ points: 48, imposedAt: first - 1, revokedAt: undefined }]);
  },
  weight_compared: (evidence) => {
    claimThat(evidence, (_, found) => !found.rules.includes('weight')).rules.push('weight');
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

/** Freight that was taken out of the wallets of one kind of owner. */
const paidBy = (readings: Readings, owner: 'merchant' | 'marketplace') =>
  readings.wallets
    .filter((wallet) => wallet.owner.startsWith(owner))
    .flatMap((wallet) => wallet.transfers)
    .filter((one) => one.subjectId?.startsWith('shp_') && one.amountMinor < 0);

/** Takes a line off a difference list, as if nobody had noticed. */
function dropLine(readings: Readings, code: number): void {
  const fits = (one: { readonly code: number }) => one.code === code;
  const lists = [...readings.handovers.values()].map((one) => one.differences);
  const list = some(
    lists.filter((lines) => lines.some(fits)),
    `line of code ${code} on a difference list`,
  );
  list.splice(list.findIndex(fits), 1);
}

/** What the network says of a declaration that fits. */
function claimThat(
  { truth, readings }: Evidence,
  fits: (claim: TruthClaim, found: ReadVerification) => boolean,
): ReadVerification {
  const found = [...truth.claims.values()].flatMap((claim) => {
    const verification = readings.verifications.get(claim.externalShipmentId);
    return verification !== undefined && fits(claim, verification) ? [verification] : [];
  });
  return some(found, 'declaration that fits');
}

const honestOf = (truth: Truth) => [...truth.claims.values()].filter((claim) => claim.isGenuine);
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
