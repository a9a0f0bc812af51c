import type { Sample } from '../reading/sample.fixture.ts';

export const SAMPLES: readonly Sample[] = [
  {
    format: 'Tracking page',
    about: 'an instant with its offset beside a text that repeats another moment',
    payload: JSON.stringify({
      result: 1,
      data: [
        {
          queryCode: '4PX0000000000001CN',
          serverCode: '4PX0000000000001CN',
          tracks: [
            {
              tkCode: 'FPX_M_ATA',
              tkDate: '2026-04-28T15:52:17+02:00',
              tkDateStr: '2026-04-29 13:12:42',
              tkTimezone: '+0200',
              tkLocation: 'Liege',
            },
            { tkCode: 'FPX_NEW', tkDate: '2026-04-27T23:03:58', tkTimezone: '+0800' },
          ],
        },
      ],
    }),
    reads: {
      '4PX0000000000001CN': [
        '2026-04-28T15:52:17 stated +02:00 FPX_M_ATA arrived_destination @ Liege',
        '2026-04-27T23:03:58 stated +08:00 FPX_NEW unmapped @ -',
      ],
    },
  },
  {
    format: 'Open platform (tr.order.tracking.get)',
    about: 'one order',
    payload: JSON.stringify({
      result: '1',
      msg: 'ok',
      data: {
        deliveryOrderNo: '4PX0000000000002CN',
        trackingList: [
          {
            businessLinkCode: 'FPX_S_OK',
            occurDatetime: '2026-05-02 14:00:00',
            timeZone: 'UTC+1',
            occurLocation: 'Leeds',
            trackingContent: 'Delivered',
          },
        ],
      },
    }),
    reads: { '4PX0000000000002CN': ['2026-05-02T14:00:00 stated +01:00 FPX_S_OK delivered @ Leeds'] },
  },
  {
    format: 'Open platform (tr.order.tracking.get)',
    about: 'a refusal',
    payload: JSON.stringify({
      result: '0',
      errors: [{ errorCode: '001', errorMsg: 'order does not exist' }],
    }),
    reads: {},
    errors: ['carrier_refused 001 -'],
  },
  {
    format: 'Open platform (tr.order.tracking.get)',
    about: 'the destination of the parcel is not the place of a scan',
    payload: JSON.stringify({
      result: '1',
      data: {
        deliveryOrderNo: '4PX0000000000003CN',
        trackingList: [
          {
            businessLinkCode: 'FPX_C_SPLS',
            occurDatetime: '2026-05-01 14:00:00',
            occurLocation: 'Shenzhen',
            destinationCountry: 'GB',
          },
        ],
      },
    }),
    reads: { '4PX0000000000003CN': ['2026-05-01T14:00:00 unknown FPX_C_SPLS picked_up @ Shenzhen'] },
  },
];
