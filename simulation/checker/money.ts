import type { Merchant } from '../plan.ts';
import type { Truth, TruthOrder } from '../truth.ts';
import type { Readings, ReadShipment, ReadWallet } from './answers.ts';
import { type Dues, duesOf } from './dues.ts';
import { type Difference, differ } from './verdict.ts';

type Billed = { readonly order: TruthOrder; readonly shipment: ReadShipment; readonly dues: Dues };

/** Charges against measured weights and published tables; wallets against top-ups, charges and holds; statements against both. */
export function judgeMoney(
  truth: Truth,
  shipped: readonly TruthOrder[],
  readings: Readings,
  merchants: readonly Merchant[],
): Difference[] {
  const moved = movementsOf(readings);
  const differences: Difference[] = [];
  const byWallet = new Map<string, { due: number; held: number }>();
  const add = (wallet: string, due: number, held: number) => {
    const sums = byWallet.get(wallet) ?? { due: 0, held: 0 };
    byWallet.set(wallet, { due: sums.due + due, held: sums.held + held });
  };
  for (const order of shipped) {
    const shipment = readings.shipments.get(order.shipmentId ?? '');
    const line = readings.lines.get(shipment?.lineCode ?? '');
    if (shipment === undefined || line === undefined) continue;
    const billed = { order, shipment, dues: duesOf(order, line) };
    const merchant = `merchant ${order.merchant}`;
    const marketplace = `marketplace ${merchants[order.merchant]?.marketplace}`;
    differences.push(...judgeOrder(billed, readings, moved, merchant, marketplace));
    const { dues } = billed;
    add(merchant, dues.merchant.paidMinor + dues.stopPaidMinor - cashOf(order), dues.merchant.heldMinor);
    add(marketplace, dues.marketplace.paidMinor, dues.marketplace.heldMinor);
  }
  for (const wallet of readings.wallets)
    differences.push(...judgeWallet(truth, wallet, byWallet.get(wallet.owner) ?? { due: 0, held: 0 }));
  return differences;
}

/** What went out of each wallet for each subject, and what cash came in. */
type Movements = {
  paid(owner: string, subject: string | undefined): number;
  credited(subject: string): number;
};

function movementsOf(readings: Readings): Movements {
  const paid = new Map<string, number>();
  const credited = new Map<string, number>();
  for (const { owner, transfers } of readings.wallets)
    for (const { kind, subjectId, amountMinor } of transfers) {
      if (subjectId === undefined) continue;
      const isCash = kind === 'cod_credited';
      const [sums, key] = isCash ? [credited, subjectId] : [paid, `${owner} ${subjectId}`];
      sums.set(key, (sums.get(key) ?? 0) + (isCash ? amountMinor : -amountMinor));
    }
  return {
    paid: (owner, subject) => paid.get(`${owner} ${subject}`) ?? 0,
    credited: (subject) => credited.get(subject) ?? 0,
  };
}

/** What was taken at the door and paid in is the merchant's, whole. */
const cashOf = ({ cash, isCashPaidIn }: TruthOrder): number =>
  isCashPaidIn === true ? (cash?.amount_minor ?? 0) : 0;

/** Each charge, and whose wallets its lines were taken from. */
function judgeOrder(
  { order, shipment, dues }: Billed,
  readings: Readings,
  moved: Movements,
  merchant: string,
  marketplace: string,
): Difference[] {
  const { ref, stop } = order;
  const fee = readings.interceptions.get(stop?.id ?? '')?.feeMinor ?? 0;
  return [
    ...differ('freight_state', ref, order.freight, shipment.freight),
    ...differ('charge_amount', ref, dues.chargedMinor, shipment.chargedMinor),
    ...differ('charge_posted', ref, dues.merchant.paidMinor, moved.paid(merchant, shipment.id)),
    ...differ('programme_paid', ref, dues.marketplace.paidMinor, moved.paid(marketplace, shipment.id)),
    ...differ('interception_fee', ref, dues.stopFeeMinor, fee),
    ...differ('interception_paid', ref, dues.stopPaidMinor, moved.paid(merchant, stop?.id)),
    ...differ('cash_credited', ref, cashOf(order), moved.credited(shipment.id)),
  ];
}

function judgeWallet(
  truth: Truth,
  wallet: ReadWallet,
  { due, held }: { readonly due: number; readonly held: number },
): Difference[] {
  const subject = `wallet of ${wallet.owner}`;
  const put = truth.topUps
    .filter((topUp) => topUp.owner === wallet.owner && topUp.currency === wallet.currency)
    .reduce((sum, topUp) => sum + topUp.amountMinor, 0);
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
