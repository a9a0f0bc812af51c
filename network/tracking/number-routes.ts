import { type Route, replyWith } from '../../platform/http/index.ts';
import { readRoute } from '../accounts/index.ts';
import { accepted } from '../kernel/index.ts';
import { identifyNumber } from '../numbers/index.ts';
import { candidateAnswer, NumberAnswer, numberParams } from './number-contract.ts';
import { mayTrack, mayTrackAny, parcelsOfNumber } from './views.ts';

/** Open to all: forms and check digits are no secret. Parcels stand in the answer for those who may track them only. */
export function numberRoutes(): readonly Route[] {
  return [
    readRoute({
      operation: 'identifyNumber',
      method: 'GET',
      path: '/v1/numbers/:number',
      tag: 'tracking',
      summary: 'Whose number is this, and which of your parcels does it lead to?',
      description:
        'Takes what a person types or a scanner sends: blanks, lower case, symbology prefixes (]C1), FNC1, 420 and ZIP code, barcodes that carry the number in their end. Candidates are ranked, and their check digit holds.',
      effect: 'read',
      params: numberParams,
      answers: { 200: { description: 'Candidates and parcels', body: NumberAnswer } },
      handle: async ({ caller, db, params }) => {
        // Who may track nothing asks the database for nothing.
        const parcels = mayTrackAny(caller)
          ? (await parcelsOfNumber(db, params.number)).filter((parcel) => mayTrack(parcel, caller))
          : [];
        return accepted(
          replyWith(200, {
            input: params.number,
            candidates: identifyNumber(params.number).map(candidateAnswer),
            parcels: parcels.map(({ id, number, carrierCode, shipmentId, timeline, createdAt }) => ({
              id,
              number,
              carrierCode,
              shipmentId,
              status: timeline.status,
              createdAt,
            })),
          }),
        );
      },
    }),
  ];
}
