import { eachOf } from '../caller.ts';
import type { Payer } from '../opening.ts';
import type { World } from '../world.ts';
import type { ReadWallet } from './answers.ts';

const AT_ONCE = 6;

/** Of merchants and of the marketplaces that pay for them, each read by its owner. */
export async function readWallets(world: World): Promise<ReadWallet[]> {
  const { merchants, marketplaces } = world.parties;
  const owners = [
    ...merchants.map((payer, index) => [`merchant ${index}`, payer] as const),
    ...marketplaces.map((payer, index) => [`marketplace ${index}`, payer] as const),
  ];
  const wallets: ReadWallet[] = [];
  await eachOf([...owners.entries()], AT_ONCE, async ([place, [owner, payer]]) => {
    wallets[place] = await readWallet(owner, payer);
  });
  return wallets;
}

async function readWallet(owner: string, payer: Payer): Promise<ReadWallet> {
  const path = { wallet_id: payer.walletId };
  const wallet = await payer.owner.get('/v1/wallets/{wallet_id}', { params: { path } });
  const transfers: ReadWallet['transfers'] = [];
  const months = new Set<string>();
  for await (const one of payer.owner.listAll('/v1/wallets/{wallet_id}/transfers', {
    params: { path } as never,
  })) {
    transfers.push({
      kind: one.kind,
      amountMinor: one.amount.amount_minor,
      balanceMinor: one.balance.amount_minor,
      subjectId: one.subject?.id,
    });
    months.add(one.posted_at.slice(0, 7));
  }
  const statements: ReadWallet['statements'] = [];
  for (const month of [...months].sort()) {
    const statement = await payer.owner.get('/v1/wallets/{wallet_id}/statements/{month}', {
      params: { path: { ...path, month } },
    });
    statements.push({
      month,
      openingMinor: statement.opening.amount_minor,
      closingMinor: statement.closing.amount_minor,
      turnoverMinor: statement.turnover.reduce((sum, one) => sum + one.amount.amount_minor, 0),
    });
  }
  return {
    owner,
    currency: payer.currency,
    balanceMinor: wallet.balance.amount_minor,
    heldMinor: wallet.held.amount_minor,
    transfers,
    statements,
  };
}
