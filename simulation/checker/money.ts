import type { Truth, TruthOrder } from '../truth.ts';
import { priceOf } from './price.ts';
import type { Readings, ReadShipment, ReadWallet } from './readings.ts';
import type { Difference, DifferenceKind } from './verdict.ts';

const differ = (kind: DifferenceKind, subject: string, expected: unknown, found: unknown): Difference[] =>
  expected === found ? [] : [{ kind, subject, expected: String(expected), found: String(found) }];

/** Charges against measured weights and published tables; wallets against top-ups, charges and holds; statements against both. */
export function judgeMoney(truth: Truth, shipped: readonly TruthOrder[], readings: Readings): Difference[] {
  const paid = new Map<string, number>();
  const credited = new Map<string, number>();
  for (const wallet of readings.wallets)
    for (const { kind, shipmentId, amountMinor } of wallet.transfers) {
      if (shipmentId === undefined) continue;
      const [sums, amount] = kind === 'cod_credited' ? [credited, amountMinor] : [paid, -amountMinor];
      sums.set(shipmentId, (sums.get(shipmentId) ?? 0) + amount);
    }
  const differences: Difference[] = [];
  const byMerchant = Map.groupBy(shipped, (order) => order.merchant);
  for (const order of shipped) {
    const shipment = readings.shipments.get(order.shipmentId ?? '');
    if (shipment === undefined) continue;
    differences.push(
      ...judgeFreight(order, shipment, readings, paid),
      ...differ('cash_credited', order.ref, cashOf(order), credited.get(shipment.id) ?? 0),
    );
  }
  for (const wallet of readings.wallets)
    differences.push(...judgeWallet(truth, byMerchant.get(wallet.merchant) ?? [], wallet, readings));
  return differences;
}

/** What was taken at the door and paid in is the merchant's, whole. */
const cashOf = ({ cash, isCashPaidIn }: TruthOrder): number =>
  isCashPaidIn === true ? (cash?.amount_minor ?? 0) : 0;

function judgeFreight(
  order: TruthOrder,
  shipment: ReadShipment,
  readings: Readings,
  paid: ReadonlyMap<string, number>,
): Difference[] {
  const line = readings.lines.get(shipment.lineCode);
  const due = order.freight === 'charged' && line !== undefined ? priceOf(line, order) : undefined;
  return [
    ...differ('freight_state', order.ref, order.freight, shipment.freight),
    ...differ('charge_amount', order.ref, due, shipment.chargedMinor),
    ...differ('charge_posted', order.ref, due ?? 0, paid.get(shipment.id) ?? 0),
  ];
}

function judgeWallet(
  truth: Truth,
  orders: readonly TruthOrder[],
  wallet: ReadWallet,
  readings: Readings,
): Difference[] {
  const subject = `wallet of merchant ${wallet.merchant}`;
  const put = truth.topUps
    .filter((topUp) => topUp.merchant === wallet.merchant && topUp.currency === wallet.currency)
    .reduce((sum, topUp) => sum + topUp.amountMinor, 0);
  let due = 0;
  let held = 0;
  for (const order of orders) {
    if (order.cash?.currency === wallet.currency) due -= cashOf(order);
    const shipment = readings.shipments.get(order.shipmentId ?? '');
    const line = readings.lines.get(shipment?.lineCode ?? '');
    if (order.freight === 'charged' && line !== undefined) due += priceOf(line, order) ?? 0;
    // What is held is what was offered: by declared weights, over the same table.
    if (order.freight === 'reserved' && line !== undefined) held += priceOf(line, asDeclared(order)) ?? 0;
  }
  let running = 0;
  const broken = wallet.transfers.find((transfer) => {
    running += transfer.amountMinor;
    return running !== transfer.balanceMinor;
  });
  return [
    ...differ('wallet_balance', subject, put - due, wallet.balanceMinor),
    ...differ('wallet_held', subject, held, wallet.heldMinor),
    ...differ('wallet_running_balance', subject, undefined, broken?.balanceMinor),
    ...judgeStatements(subject, wallet),
  ];
}

/** Each month begins where the one before ended, and ends where it began plus what moved; the last is the balance. */
function judgeStatements(subject: string, wallet: ReadWallet): Difference[] {
  let opening = 0;
  const differences: Difference[] = [];
  for (const statement of wallet.statements) {
    const name = `${subject} ${statement.month}`;
    differences.push(
      ...differ('statement_sum', name, opening, statement.openingMinor),
      ...differ(
        'statement_sum',
        name,
        statement.openingMinor + statement.turnoverMinor,
        statement.closingMinor,
      ),
    );
    opening = statement.closingMinor;
  }
  return [...differences, ...differ('statement_sum', subject, wallet.balanceMinor, opening)];
}

const asDeclared = (order: TruthOrder): TruthOrder => ({
  ...order,
  parcels: order.parcels.map(({ measuredGrams: _grams, measuredSize: _size, ...parcel }) => parcel),
});
