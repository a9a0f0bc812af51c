import { z } from 'zod';
import type { Queryable } from '../../platform/db/index.ts';
import { type Route, replyWith } from '../../platform/http/index.ts';
import { afterId, pageOf, pageSchema, readRoute } from '../accounts/index.ts';
import { accepted, addMs, type Instant, idSchema, refused } from '../kernel/index.ts';
import { monthSchema, statementQuerySchema, statementSchema } from './contract.ts';
import type { Wallet } from './model.ts';
import { listWalletTransfers, readTurnover } from './transfer-store.ts';
import { monthBounds, presentStatement, statementCsv } from './views.ts';
import { findWallet, listWallets } from './wallet-store.ts';

const TAG = 'statements';
/** Longer than any transaction may last: after that no transfer of the month can still commit. Our default. */
const SETTLING_MS = 600_000;
/** Transfers in one CSV file; longer histories are read from the transfer list. */
const CSV_ROWS = 100_000;

const NOTHING = { opening: 0, closing: 0, turnover: [] };

async function statementsOf(db: Queryable, wallets: readonly Wallet[], month: string, now: Instant) {
  const { from, to } = monthBounds(month);
  const figures = await readTurnover(
    db,
    wallets.map((wallet) => wallet.id),
    from,
    to,
  );
  return wallets.map((wallet) => ({
    wallet,
    figures: figures.get(wallet.id) ?? NOTHING,
    isFinal: now >= addMs(to, SETTLING_MS),
  }));
}

export function statementRoutes(): readonly Route[] {
  const params = z.strictObject({ walletId: idSchema('wal'), month: monthSchema });
  const resource = { kind: 'wallet', param: 'walletId' } as const;
  return [
    readRoute({
      operation: 'listStatements',
      method: 'GET',
      path: '/v1/statements',
      tag: TAG,
      summary: 'Monthly statements of your wallets; months are cut in UTC',
      effect: 'read',
      query: statementQuerySchema,
      answers: { 200: { description: 'A page', body: pageSchema(statementSchema) } },
      handle: async ({ db, query, now }) => {
        const after = afterId(query.cursor);
        if (!after.ok) return after;
        const page = pageOf(await listWallets(db, after.value, query.limit + 1), query.limit);
        const statements = await statementsOf(db, page.data, query.month, now);
        const data = statements.map((one) =>
          presentStatement(one.wallet, query.month, one.figures, one.isFinal),
        );
        return accepted(replyWith(200, { ...page, data }));
      },
    }),
    readRoute({
      operation: 'readStatement',
      method: 'GET',
      path: '/v1/wallets/:wallet_id/statements/:month',
      tag: TAG,
      summary: 'The statement of one wallet for one month',
      effect: 'read',
      params,
      resource,
      answers: { 200: { description: 'The statement', body: statementSchema } },
      handle: async ({ db, params: { walletId, month }, now }) => {
        const wallet = await findWallet(db, walletId);
        const [one] = wallet === undefined ? [] : await statementsOf(db, [wallet], month, now);
        if (one === undefined) return refused('not_found', '');
        return accepted(replyWith(200, presentStatement(one.wallet, month, one.figures, one.isFinal)));
      },
    }),
    readRoute({
      operation: 'exportStatement',
      method: 'GET',
      path: '/v1/wallets/:wallet_id/statements/:month/transfers.csv',
      tag: TAG,
      summary: 'The transfers of a statement as CSV',
      effect: 'read',
      params,
      resource,
      answers: { 200: { description: 'RFC 4180', contentType: 'text/csv' } },
      refusals: ['statement_too_long'],
      handle: async ({ db, params: { walletId, month }, now }) => {
        const wallet = await findWallet(db, walletId);
        const [one] = wallet === undefined ? [] : await statementsOf(db, [wallet], month, now);
        if (one === undefined) return refused('not_found', '');
        const transfers = await listWalletTransfers(db, one.wallet, {
          afterSequence: 0,
          limit: CSV_ROWS + 1,
          ...monthBounds(month),
        });
        if (transfers.length > CSV_ROWS) return refused('statement_too_long', '');
        return accepted({
          kind: 'bytes',
          status: 200,
          contentType: 'text/csv; charset=utf-8',
          bytes: statementCsv(one.wallet, one.figures, transfers),
          headers: { 'content-disposition': `attachment; filename="statement-${month}.csv"` },
        });
      },
    }),
  ];
}
