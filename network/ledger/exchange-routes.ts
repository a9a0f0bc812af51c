import { type Route, replyWith } from '../../platform/http/index.ts';
import { afterId, pageOf, pageSchema, readRoute, writeRoute } from '../accounts/index.ts';
import { accepted } from '../kernel/index.ts';
import {
  conversionSchema,
  convertSchema,
  enterRateSchema,
  exchangeRateSchema,
  rateListQuery,
} from './contract.ts';
import { enterRate, recordConversion } from './conversions.ts';
import { listRates } from './exchange-store.ts';

const TAG = 'exchange-rates';

export function exchangeRoutes(): readonly Route[] {
  return [
    writeRoute({
      operation: 'enterExchangeRate',
      method: 'POST',
      path: '/v1/exchange-rates',
      tag: TAG,
      summary: 'Enter a dated exchange rate',
      effect: 'write',
      body: enterRateSchema,
      answers: { 201: { description: 'Entered', body: exchangeRateSchema } },
      refusals: ['rate_invalid'],
      handle: async ({ work, caller, body }) => {
        const outcome = await enterRate(work, { ...body, enteredBy: caller.personId ?? caller.id });
        return outcome.ok ? accepted(replyWith(201, outcome.value)) : outcome;
      },
    }),
    writeRoute({
      operation: 'convertMoney',
      method: 'POST',
      path: '/v1/conversions',
      tag: TAG,
      summary: 'Move money between two of your wallets at the rate in force',
      effect: 'write',
      body: convertSchema,
      answers: { 201: { description: 'Converted', body: conversionSchema } },
      refusals: ['rate_missing', 'wallet_missing', 'insufficient_funds', 'amount_too_small', 'rate_invalid'],
      handle: async ({ work, caller, body }) => {
        const outcome = await recordConversion(work, {
          organisationId: caller.organisationId,
          reference: { kind: 'conversion', id: work.newId('cvr') },
          amount: body.amount,
          to: body.to,
        });
        if (!outcome.ok) return outcome;
        const { id, from, fromMinor, to, toMinor, rateId, convertedAt } = outcome.value;
        return accepted(
          replyWith(201, {
            id,
            from: { amountMinor: fromMinor, currency: from },
            to: { amountMinor: toMinor, currency: to },
            rateId,
            convertedAt,
          }),
        );
      },
    }),
    readRoute({
      operation: 'listExchangeRates',
      method: 'GET',
      path: '/v1/exchange-rates',
      tag: TAG,
      summary: 'Exchange rates in the order of their entry, or the newest first',
      effect: 'read',
      query: rateListQuery,
      answers: { 200: { description: 'A page', body: pageSchema(exchangeRateSchema) } },
      handle: async ({ db, query }) => {
        const after = afterId(query.cursor);
        if (!after.ok) return after;
        const found = await listRates(db, query, after.value, query.limit + 1);
        return accepted(replyWith(200, pageOf(found, query.limit)));
      },
    }),
  ];
}
