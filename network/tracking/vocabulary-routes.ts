import { z } from 'zod';
import { type Route, replyWith } from '../../platform/http/index.ts';
import { readRoute } from '../accounts/index.ts';
import { accepted, idSchema, instantSchema, refused } from '../kernel/index.ts';
import { MilestoneName, ParcelStatusName } from './contract.ts';
import { timelineOfParcel } from './views.ts';
import { foreignWords, foreignWordsOfScan } from './vocabularies.policy.ts';

const ForeignWordsAnswer = z
  .object({
    aftership: z.object({ tag: z.string(), subtag: z.string() }).optional(),
    seventeenTrack: z.object({ status: z.string(), subStatus: z.string() }).optional(),
    easypost: z.object({ status: z.string(), statusDetail: z.string() }).optional(),
    shippo: z.object({ status: z.string(), substatus: z.string() }).optional(),
  })
  .meta({
    id: 'ForeignStatusWords',
    description:
      'The status as AfterShip, 17TRACK, EasyPost and Shippo call it; absent where one has no word for it',
  });

const ParcelStatusWords = z
  .object({
    parcelId: idSchema('pcl'),
    number: z.string(),
    status: ParcelStatusName,
    substatus: z.string().optional(),
    words: ForeignWordsAnswer,
    events: z.array(
      z.object({
        scanId: z.string().regex(/^[0-9a-f]{32}$/),
        occurredAt: instantSchema,
        milestone: z.union([MilestoneName, z.literal('unmapped')]),
        substatus: z.string().optional(),
        words: ForeignWordsAnswer,
      }),
    ),
  })
  .meta({ id: 'ParcelStatusWords' });

/** A parcel's statuses for systems that speak the words of a tracking service. */
export function vocabularyRoute(): Route {
  return readRoute({
    operation: 'readParcelStatusWords',
    method: 'GET',
    path: '/v1/parcels/:parcel_id/status-words',
    tag: 'tracking',
    summary: 'The statuses of a parcel in the words of AfterShip, 17TRACK, EasyPost and Shippo',
    description:
      'The state, and each scan in force by itself, oldest first. A service that has no word for a state is left out: the nearest word would be another statement.',
    effect: 'read',
    params: z.strictObject({ parcelId: idSchema('pcl') }),
    resource: { kind: 'tracked_parcel', param: 'parcelId' },
    answers: { 200: { description: 'The words', body: ParcelStatusWords } },
    handle: async ({ db, params }) => {
      const parcel = await timelineOfParcel(db, params.parcelId);
      if (parcel === undefined) return refused('not_found', '');
      const { status, substatus, entries } = parcel.timeline;
      const inForce = entries.filter(({ effect }) => effect !== 'corrected');
      return accepted(
        replyWith(200, {
          parcelId: parcel.id,
          number: parcel.number,
          status,
          substatus,
          words: foreignWords(status, substatus),
          events: inForce.map(({ scanId, occurredAt, milestone, substatus: detail }) => ({
            scanId,
            occurredAt,
            milestone,
            ...(detail === undefined ? {} : { substatus: detail }),
            words: foreignWordsOfScan(milestone, detail),
          })),
        }),
      );
    },
  });
}
