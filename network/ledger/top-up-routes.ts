import { z } from 'zod';
import { type Route, replyWith } from '../../platform/http/index.ts';
import { afterId, pageOf, pageQuerySchema, pageSchema, readRoute, writeRoute } from '../accounts/index.ts';
import { accepted, idSchema, refused } from '../kernel/index.ts';
import { confirmTopUpSchema, requestTopUpSchema, topUpSchema } from './contract.ts';
import { bankTransfer } from './payment-provider.ts';
import { listTopUps } from './top-up-store.ts';
import { confirmTopUp, requestTopUp } from './top-ups.ts';
import { presentTopUp } from './views.ts';
import { findWalletOwner } from './wallet-store.ts';

const TAG = 'top-ups';

export function topUpRoutes(): readonly Route[] {
  return [
    writeRoute({
      operation: 'requestTopUp',
      method: 'POST',
      path: '/v1/top-ups',
      tag: TAG,
      summary: 'Ask for a top-up of your wallet: answers the payment reference',
      effect: 'write',
      body: requestTopUpSchema,
      answers: { 201: { description: 'Asked for', body: topUpSchema } },
      refusals: ['currency_mismatch'],
      handle: async ({ work, caller, body }) => {
        // Row-level security hides foreign wallets already; a wide scope must not fund them either.
        if ((await findWalletOwner(work.db, body.walletId)) !== caller.organisationId)
          return refused('not_found', '');
        const outcome = await requestTopUp(work, bankTransfer, body);
        if (!outcome.ok) return outcome;
        const { topUp, instructions } = outcome.value;
        return accepted(replyWith(201, presentTopUp(topUp, instructions)));
      },
    }),
    readRoute({
      operation: 'listTopUps',
      method: 'GET',
      path: '/v1/top-ups',
      tag: TAG,
      summary: 'Top-ups, newest first: your own, all for the network staff; of one state, or of all',
      effect: 'read',
      query: z.strictObject({ ...pageQuerySchema.shape, state: topUpSchema.shape.state.optional() }),
      answers: { 200: { description: 'A page', body: pageSchema(topUpSchema) } },
      handle: async ({ db, caller, query, relation }) => {
        const after = afterId(query.cursor);
        if (!after.ok) return after;
        const owner = relation === 'any' ? undefined : caller.organisationId;
        const found = await listTopUps(db, { owner, state: query.state }, after.value, query.limit + 1);
        return accepted(
          replyWith(
            200,
            pageOf(
              found.map((topUp) => presentTopUp(topUp)),
              query.limit,
            ),
          ),
        );
      },
    }),
    writeRoute({
      operation: 'confirmTopUp',
      method: 'POST',
      path: '/v1/top-ups/:top_up_id/confirmation',
      tag: TAG,
      summary: 'Confirm the arrival of a payment; large amounts need a second confirmer',
      effect: 'write',
      params: z.strictObject({ topUpId: idSchema('tup') }),
      resource: { kind: 'top_up', param: 'topUpId' },
      body: confirmTopUpSchema,
      answers: { 200: { description: 'Confirmed, or waiting for the second confirmer', body: topUpSchema } },
      refusals: [
        'top_up_currency_mismatch',
        'top_up_settled',
        'bank_reference_used',
        'second_confirmation_needed',
      ],
      handle: async ({ work, caller, params, body }) => {
        const confirmedBy = caller.personId ?? caller.id;
        const outcome = await confirmTopUp(work, { ...params, ...body, confirmedBy });
        return outcome.ok ? accepted(replyWith(200, presentTopUp(outcome.value))) : outcome;
      },
    }),
  ];
}
