import { type Route, replyWith } from '../../platform/http/index.ts';
import { readRoute, relationsOf } from '../accounts/index.ts';
import { accepted } from '../kernel/index.ts';
import { identifyNumber } from '../numbers/index.ts';
import { candidateAnswer, NumberAnswer, numberParams } from './number-contract.ts';
import { mayTrack, parcelsOfNumber } from './views.ts';

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
      handle: async ({ caller, db, actFor, params }) => {
        // Who may track nothing asks the database for nothing; who may track all is not kept to his organisation.
        const relations = relationsOf(caller.role, 'trackNumber');
        if (relations.includes('any')) await actFor('network');
        const parcels =
          relations.length > 0
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
