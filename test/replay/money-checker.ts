import { allOf, type Caller, inParallel } from './caller.ts';
import type { Journal } from './journal.ts';
import type { Judge, ShipmentSeen } from './verdict.ts';

type Wallet = {
  readonly id: string;
  readonly organisation_id: string;
  readonly currency: string;
  readonly balance: { readonly amount_minor: number };
  readonly held: { readonly amount_minor: number };
  readonly available: { readonly amount_minor: number };
};
type Transfer = {
  readonly id: string;
  readonly kind: string;
  readonly amount: { readonly amount_minor: number };
  readonly balance: { readonly amount_minor: number };
  readonly subject?: { readonly kind: string; readonly id: string };
  readonly cause: { readonly kind: string; readonly id: string };
};
type Statement = {
  readonly wallet_id: string;
  readonly opening: { readonly amount_minor: number };
  readonly closing: { readonly amount_minor: number };
  readonly turnover: readonly { readonly amount: { readonly amount_minor: number } }[];
};

const READERS = 8;

/** Every wallet: opening + transfers = closing, by its history, by its monthly statements and by the client's memory. */
export async function checkMoney(
  judge: Judge,
  operator: Caller,
  journal: Journal,
  shipments: readonly ShipmentSeen[],
): Promise<void> {
  const wallets = await allOf<Wallet>(operator, '/v1/wallets');
  const histories = new Map<string, Transfer[]>();
  await inParallel(wallets, READERS, async (wallet) => {
    histories.set(wallet.id, await allOf<Transfer>(operator, `/v1/wallets/${wallet.id}/transfers`));
  });
  for (const wallet of wallets) checkHistory(judge, wallet, histories.get(wallet.id) ?? []);
  checkCharges(judge, shipments, [...histories.values()].flat());
  const byId = new Map(wallets.map((wallet) => [wallet.id, wallet]));
  const rule = 'nothing acknowledged is missing or doubled';
  for (const merchant of journal.merchants.values()) {
    const topUps = (histories.get(merchant.walletId) ?? []).filter((one) => one.kind === 'top_up');
    judge.check(
      rule,
      topUps.length === 1 && topUps[0]?.amount.amount_minor === merchant.topUpMinor,
      () => `top-up of ${merchant.id}: ${topUps.length} transfers`,
    );
    const own = wallets.filter((wallet) => wallet.organisation_id === merchant.id);
    judge.check(
      rule,
      own.length === 1 && own[0]?.id === merchant.walletId,
      () => `wallets of ${merchant.id}: ${own.length}`,
    );
    const charged = shipments
      .filter((one) => one.organisation_id === merchant.id)
      .reduce((sum, one) => sum + (one.charged?.total.amount_minor ?? 0), 0);
    judge.check(
      'top-up less freight is the balance',
      byId.get(merchant.walletId)?.balance.amount_minor === merchant.topUpMinor - charged,
      () => merchant.id,
    );
  }
  await checkStatements(judge, operator, journal, byId);
}

function checkHistory(judge: Judge, wallet: Wallet, history: readonly Transfer[]): void {
  let balance = 0;
  for (const transfer of history) {
    balance += transfer.amount.amount_minor;
    judge.check(
      'every transfer shows the balance after it',
      transfer.balance.amount_minor === balance,
      () => `${wallet.id} ${transfer.id}`,
    );
  }
  judge.check(
    'opening and transfers make the closing balance',
    wallet.balance.amount_minor === balance,
    () => `${wallet.id}: ${wallet.balance.amount_minor}, its transfers make ${balance}`,
  );
  judge.check(
    'no wallet is below its limit',
    wallet.available.amount_minor >= 0 && wallet.held.amount_minor >= 0,
    () => wallet.id,
  );
}

/** What a shipment says was charged has left the wallets, once. */
function checkCharges(
  judge: Judge,
  shipments: readonly ShipmentSeen[],
  transfers: readonly Transfer[],
): void {
  const paid = new Map<string, number>();
  for (const { subject, amount } of transfers)
    if (subject?.kind === 'shipment') paid.set(subject.id, (paid.get(subject.id) ?? 0) - amount.amount_minor);
  for (const shipment of shipments)
    judge.check(
      'a shipment is charged once, to the cent',
      (paid.get(shipment.id) ?? 0) === (shipment.charged?.total.amount_minor ?? 0),
      () =>
        `${shipment.order_ref}: paid ${paid.get(shipment.id) ?? 0}, charged ${shipment.charged?.total.amount_minor ?? 0}`,
    );
  const ids = transfers.map((transfer) => transfer.id);
  judge.check(
    'no transfer twice',
    new Set(ids).size === ids.length,
    () => `${ids.length - new Set(ids).size}`,
  );
}

async function checkStatements(
  judge: Judge,
  operator: Caller,
  journal: Journal,
  wallets: ReadonlyMap<string, Wallet>,
) {
  const ours = new Set([...journal.merchants.values()].map((merchant) => merchant.walletId));
  const closings = new Map<string, number>();
  for (const month of monthsBetween(journal.startedAtMs, journal.endedAtMs)) {
    for (const one of await allOf<Statement>(operator, `/v1/statements?month=${month}`)) {
      if (!ours.has(one.wallet_id)) continue;
      const moved = one.turnover.reduce((sum, line) => sum + line.amount.amount_minor, 0);
      judge.check(
        'statements chain: opening + turnover = closing',
        one.opening.amount_minor === (closings.get(one.wallet_id) ?? 0) &&
          one.opening.amount_minor + moved === one.closing.amount_minor,
        () => `${one.wallet_id} ${month}`,
      );
      closings.set(one.wallet_id, one.closing.amount_minor);
    }
  }
  for (const id of ours)
    judge.check(
      'the last statement closes at the balance',
      closings.get(id) === wallets.get(id)?.balance.amount_minor,
      () => id,
    );
}

function monthsBetween(fromMs: number, toMs: number): string[] {
  const months: string[] = [];
  const from = new Date(fromMs);
  for (let month = Date.UTC(from.getUTCFullYear(), from.getUTCMonth()); month <= toMs; ) {
    const at = new Date(month);
    months.push(at.toISOString().slice(0, 7));
    month = Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1);
  }
  return months;
}
