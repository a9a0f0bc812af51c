import type { Sample } from '../reading/sample.fixture.ts';

const FORMAT = 'Tracking API v2';

export const SAMPLES: readonly Sample[] = [
  {
    format: FORMAT,
    about: 'three pieces: a history, a summary alone, and one that is not known',
    payload: JSON.stringify({
      mailPieces: [
        {
          mailPieceId: '090367574000000FE1E1C',
          summary: { oneDBarcode: 'FQ087430673GB', statusCategory: 'DELIVERED' },
          estimatedDelivery: { date: '2026-02-20' },
          events: [
            {
              eventCode: 'EVKSP',
              eventName: 'Delivered by',
              eventDateTime: '2026-02-20T10:04:00+00:00',
              locationName: 'Stafford DO',
            },
            { eventCode: 'EVXYZ', eventName: 'New', eventDateTime: '2026-02-19T10:04:00' },
          ],
        },
        {
          mailPieceId: 'FQ087430674GB',
          summary: {
            lastEventCode: 'EVGPD',
            lastEventName: 'Due to be delivered today',
            lastEventDateTime: '2026-06-20T07:04:00+01:00',
            lastEventLocationName: 'Leeds DO',
          },
        },
        {
          mailPieceId: 'FQ087430675GB',
          error: { errorCode: 'E1308', errorDescription: 'There is no tracking information.' },
        },
      ],
    }),
    reads: {
      '090367574000000FE1E1C': [
        '2026-02-20T10:04:00 stated +00:00 EVKSP delivered/delivered.signed @ Stafford DO',
        '2026-02-19T10:04:00 unknown EVXYZ unmapped @ -',
      ],
      FQ087430674GB: ['2026-06-20T07:04:00 stated +01:00 EVGPD out_for_delivery @ Leeds DO'],
    },
    errors: ['number_unknown E1308 FQ087430675GB'],
  },
  {
    format: FORMAT,
    about: 'a gateway that refuses the key',
    payload: JSON.stringify({
      httpCode: '401',
      httpMessage: 'Unauthorized',
      moreInformation: 'Invalid client id',
    }),
    reads: {},
    errors: ['not_authorised 401 -'],
  },
  {
    format: FORMAT,
    about: 'an empty error beside a summary',
    payload: JSON.stringify({
      mailPieces: {
        mailPieceId: 'FQ087430676GB',
        status: '200',
        error: {},
        summary: { lastEventCode: 'EVGPD', lastEventDateTime: '2026-06-20T07:04:00.000+01:00' },
      },
    }),
    reads: { FQ087430676GB: ['2026-06-20T07:04:00.000 stated +01:00 EVGPD out_for_delivery @ -'] },
  },
  {
    format: FORMAT,
    about: 'a code of the gateway is named by the status beside it',
    payload: JSON.stringify({
      httpCode: '429',
      httpMessage: 'Too Many Requests',
      errors: [{ errorCode: 'E9999', errorDescription: 'Too many' }],
    }),
    reads: {},
    errors: ['rate_limited E9999 -'],
  },
  {
    format: FORMAT,
    about: 'one piece as an object; it waits for its recipient; a window of clocks with their offset',
    payload: JSON.stringify({
      mailPieces: {
        mailPieceId: 'FQ087430676GB',
        estimatedDelivery: {
          date: '2026-07-20',
          startOfEstimatedWindow: '08:00:00+01:00',
          endOfEstimatedWindow: '11:00:00+01:00',
        },
        events: { eventCode: 'EVNDA', eventDateTime: '2026-07-20T10:04:00+01:00', locationName: 'Leeds CSP' },
      },
    }),
    reads: {
      FQ087430676GB: [
        '2026-07-20T10:04:00 stated +01:00 EVNDA at_point/available_for_pickup.outlet @ Leeds CSP',
      ],
    },
  },
  {
    format: FORMAT,
    about: 'a number that nobody can find',
    payload: JSON.stringify({
      httpCode: '404',
      httpMessage: 'Not Found',
      errors: [{ errorCode: 'E1142', errorDescription: 'Barcode reference is not recognised' }],
    }),
    reads: {},
    errors: ['number_unknown E1142 -'],
  },
];
