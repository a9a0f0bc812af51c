import type { Sample } from '../reading/sample.fixture.ts';

const FORMAT = 'Tracking API';

export const SAMPLES: readonly Sample[] = [
  {
    format: FORMAT,
    about: 'the offset of each checkpoint, and one without',
    payload: JSON.stringify({
      code: 0,
      message: 'success',
      result: [
        {
          tracking_number: 'UA000000001YP',
          waybill_number: 'YW1',
          tracking_status: 'LM40',
          checkpoints: [
            {
              time_stamp: '2026-03-20T11:00:00',
              time_zone: '+1',
              tracking_status: 'LM40',
              message: 'Delivered',
              location: 'Lyon',
            },
            {
              time_stamp: '2026-03-10T18:52:19',
              time_zone: '',
              tracking_status: 'SC20',
              message: 'Sorted',
              location: '',
            },
          ],
        },
      ],
    }),
    reads: {
      UA000000001YP: [
        '2026-03-20T11:00:00 stated +01:00 LM40 delivered @ Lyon',
        '2026-03-10T18:52:19 unknown SC20 unmapped @ -',
      ],
    },
  },
  {
    format: FORMAT,
    about: 'a refusal',
    payload: JSON.stringify({ code: 1001, message: 'authentication failed', result: [] }),
    reads: {},
    errors: ['carrier_refused 1001 -'],
  },
  {
    format: FORMAT,
    about: 'a number that is not found, and one that has another name only',
    payload: JSON.stringify({
      code: '0',
      result: [
        { tracking_number: 'UA000000002YP', tracking_status: 'NOTFOUND', checkpoints: [] },
        { waybill_number: 'YW3', tracking_status: 'OR10', checkpoints: null },
      ],
    }),
    reads: { YW3: [] },
    errors: ['number_unknown NOTFOUND UA000000002YP'],
  },
  {
    format: FORMAT,
    about: 'a departure by air and a return, each with an offset of two figures',
    payload: JSON.stringify({
      code: 0,
      result: [
        {
          tracking_number: 'UA000000003YP',
          exchange_number: '00340434511539020000',
          tracking_status: 'LM54',
          checkpoints: [
            { time_stamp: '2026-04-10T09:32:00', time_zone: '+08', tracking_status: 'LH20', location: '' },
            { time_stamp: '2026-04-26T20:16:02', time_zone: '+02', tracking_status: 'LM54', location: '' },
          ],
        },
      ],
    }),
    reads: {
      UA000000003YP: [
        '2026-04-10T09:32:00 stated +08:00 LH20 departed_origin @ -',
        '2026-04-26T20:16:02 stated +02:00 LM54 returning @ -',
      ],
    },
  },
];
