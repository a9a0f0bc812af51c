import type { z } from 'zod';
import { type Route, replyWith } from '../../platform/http/index.ts';
import { readRoute, writeRoute } from '../accounts/index.ts';
import { accepted, refused } from '../kernel/index.ts';
import { findCountry } from '../places/index.ts';
import { destinationZone } from '../tracking/index.ts';
import {
  offerBatchAnswerSchema,
  offerBatchSchema,
  offerRequestSchema,
  offersSchema,
  quoteQuerySchema,
  quotesSchema,
} from './contract.ts';
import { makeOffers, quote } from './handle.ts';
import type { OfferRequest } from './model.ts';
import type { OfferFacts } from './ports.ts';

const TAG = 'offers';

export function offerRoutes(factsOf: OfferFacts): readonly Route[] {
  return [
    writeRoute({
      operation: 'createOffers',
      method: 'POST',
      path: '/v1/offers',
      tag: TAG,
      summary: 'What can carry this parcel, at what price, by when, and why not',
      description:
        'Lines that can, best first, each an offer that can be bought for 30 minutes; and every line that cannot, with all reasons.',
      effect: 'write',
      body: offerRequestSchema,
      answers: { 200: { description: 'Offers and refusals', body: offersSchema } },
      refusals: ['address_invalid'],
      handle: async ({ work, world, caller, body }) => {
        const outcome = await makeOffers(work, world, caller, [body as OfferRequest], factsOf);
        if (!outcome.ok) return outcome;
        return accepted(replyWith(200, outcome.value[0]));
      },
    }),
    writeRoute({
      operation: 'createOfferBatch',
      method: 'POST',
      path: '/v1/offers/batch',
      tag: TAG,
      summary: 'Offers for up to 100 orders at once',
      effect: 'write',
      body: offerBatchSchema,
      answers: { 200: { description: 'Offers by object_id', body: offerBatchAnswerSchema } },
      refusals: ['address_invalid'],
      handle: async ({ work, world, caller, body }) => {
        const outcome = await makeOffers(
          work,
          world,
          caller,
          body.requests.map((item) => item.request as OfferRequest),
          factsOf,
        );
        if (!outcome.ok) return outcome;
        return accepted(
          replyWith(200, {
            results: outcome.value.map((answer, index) => ({
              objectId: body.requests[index]?.objectId,
              ...answer,
            })),
          }),
        );
      },
    }),
    readRoute({
      operation: 'readQuotes',
      method: 'GET',
      path: '/v1/quotes',
      tag: TAG,
      summary: 'Quick quote by country and weight; stores nothing',
      effect: 'read',
      query: quoteQuerySchema,
      answers: { 200: { description: 'Quotes and refusals', body: quotesSchema } },
      refusals: ['country_unknown'],
      handle: async ({ db, actFor, caller, query, now, world }) => {
        for (const code of [query.from, query.to]) {
          if (findCountry(code) === undefined)
            return refused('country_unknown', `${code} is no country of ISO 3166-1.`);
        }
        const facts = {
          ...(await factsOf({ db, now, actFor }, world, caller)),
          papersRequired: false,
          asker: undefined,
        };
        const request = quickRequest(query);
        const result = quote(request, facts);
        return accepted(
          replyWith(200, {
            destinationZone: destinationZone(request.to),
            quotes: result.offers.map((entry) => entry.offer),
            refused: result.refused,
          }),
        );
      },
    }),
  ];
}

function quickRequest(query: z.output<typeof quoteQuerySchema>): OfferRequest {
  return {
    from: { country: query.from, postcode: query.fromPostcode },
    to: { country: query.to, postcode: query.toPostcode },
    parcels: [{ weightGrams: query.weightGrams }],
    goods: [{ goodsClass: query.goodsClass, quantity: 1 }],
  };
}
