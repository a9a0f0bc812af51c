import { z } from 'zod';
import { decodeCursor, encodeCursor, type Route, replyWith } from '../../platform/http/index.ts';
import {
  afterId,
  ownerRelations,
  pageOf,
  pageQuerySchema,
  pageSchema,
  type RelationFinder,
  readRoute,
  writeRoute,
} from '../accounts/index.ts';
import { accepted, idSchema, refused } from '../kernel/index.ts';
import {
  creditLimitSchema,
  openWalletSchema,
  walletSchema,
  walletTransferQuerySchema,
  walletTransferSchema,
} from './contract.ts';
import { exchangeRoutes } from './exchange-routes.ts';
import { statementRoutes } from './statement-routes.ts';
import { topUpRoutes } from './top-up-routes.ts';
import { findTopUpOwner } from './top-up-store.ts';
import { listWalletTransfers } from './transfer-store.ts';
import { presentTransfer, presentWallet } from './views.ts';
import { findWallet, findWalletOwner, listWallets } from './wallet-store.ts';
import { openWallet, setCreditLimit } from './wallets.ts';

const TAG = 'wallets';
const walletParams = z.strictObject({ walletId: idSchema('wal') });
const wallet = { kind: 'wallet', param: 'walletId' } as const;

/** A wallet is its owner's alone: a marketplace sees what it pays in its own wallet, not the money of its merchants. */
export const ledgerRelations: Readonly<Record<string, RelationFinder>> = {
  wallet: async (db, id, caller) => {
    const owner = await findWalletOwner(db, id);
    return owner === undefined
      ? undefined
      : { owner, relations: ownerRelations({ organisationId: owner }, caller) };
  },
  top_up: async (db, id, caller) => {
    const owner = await findTopUpOwner(db, id);
    return owner === undefined
      ? undefined
      : { owner, relations: ownerRelations({ organisationId: owner }, caller) };
  },
};

export function ledgerRoutes(): readonly Route[] {
  return [...walletRoutes(), ...walletWrites(), ...statementRoutes(), ...topUpRoutes(), ...exchangeRoutes()];
}

function walletRoutes(): readonly Route[] {
  return [
    readRoute({
      operation: 'listWallets',
      method: 'GET',
      path: '/v1/wallets',
      tag: TAG,
      summary: 'Wallets: your own, all for the network staff',
      effect: 'read',
      query: pageQuerySchema,
      answers: { 200: { description: 'A page', body: pageSchema(walletSchema) } },
      handle: async ({ db, query }) => {
        const after = afterId(query.cursor);
        if (!after.ok) return after;
        const wallets = await listWallets(db, after.value, query.limit + 1);
        return accepted(replyWith(200, pageOf(wallets.map(presentWallet), query.limit)));
      },
    }),
    readRoute({
      operation: 'readWallet',
      method: 'GET',
      path: '/v1/wallets/:wallet_id',
      tag: TAG,
      summary: 'One wallet: balance, held, credit limit and what is available',
      effect: 'read',
      params: walletParams,
      resource: wallet,
      answers: { 200: { description: 'The wallet', body: walletSchema } },
      handle: async ({ db, params }) => {
        const found = await findWallet(db, params.walletId);
        return found === undefined
          ? refused('not_found', '')
          : accepted(replyWith(200, presentWallet(found)));
      },
    }),
    readRoute({
      operation: 'listWalletTransfers',
      method: 'GET',
      path: '/v1/wallets/:wallet_id/transfers',
      tag: TAG,
      summary: 'History of a wallet, oldest first, each with its cause',
      effect: 'read',
      params: walletParams,
      resource: wallet,
      query: walletTransferQuerySchema,
      answers: { 200: { description: 'A page', body: pageSchema(walletTransferSchema) } },
      handle: async ({ db, params, query, owner }) => {
        const [after] =
          query.cursor === undefined ? [0] : (decodeCursor(query.cursor, ['number']) ?? [undefined]);
        if (typeof after !== 'number' || !Number.isSafeInteger(after))
          return refused('invalid_request', 'cursor: take it from next_cursor of the page before.');
        const found = await listWalletTransfers(
          db,
          { organisationId: owner, id: params.walletId },
          { afterSequence: after, limit: query.limit + 1, from: query.from, to: query.to },
        );
        const data = found.slice(0, query.limit);
        const last = data.at(-1);
        const page = { data: data.map(presentTransfer) };
        return accepted(
          replyWith(
            200,
            found.length > query.limit && last !== undefined
              ? { ...page, nextCursor: encodeCursor([last.sequence]) }
              : page,
          ),
        );
      },
    }),
  ];
}

function walletWrites(): readonly Route[] {
  return [
    writeRoute({
      operation: 'openWallet',
      method: 'POST',
      path: '/v1/wallets',
      tag: TAG,
      summary: 'Open the wallet of an organisation in a currency, prepaid or with a credit limit',
      effect: 'write',
      body: openWalletSchema,
      answers: { 201: { description: 'Opened', body: walletSchema } },
      refusals: ['wallet_exists', 'organisation_unknown'],
      handle: async ({ work, caller, body }) => {
        await work.actFor('network');
        const outcome = await openWallet(work, { ...body, clearsWith: caller.organisationId });
        return outcome.ok ? accepted(replyWith(201, presentWallet(outcome.value))) : outcome;
      },
    }),
    writeRoute({
      operation: 'setCreditLimit',
      method: 'PUT',
      path: '/v1/wallets/:wallet_id/credit-limit',
      tag: TAG,
      summary: 'How far a wallet may go below zero',
      effect: 'write',
      params: walletParams,
      resource: wallet,
      body: creditLimitSchema,
      answers: { 200: { description: 'The wallet', body: walletSchema } },
      refusals: ['credit_in_use'],
      handle: async ({ work, params, body }) => {
        const outcome = await setCreditLimit(work, { ...params, ...body });
        return outcome.ok ? accepted(replyWith(200, presentWallet(outcome.value))) : outcome;
      },
    }),
  ];
}
