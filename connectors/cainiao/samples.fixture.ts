import type { Sample } from '../reading/sample.fixture.ts';

const FORMAT = 'Global tracking';

export const SAMPLES: readonly Sample[] = [
  {
    format: FORMAT,
    about: 'an epoch that agrees with the zone, one that contradicts it; a point that has signed',
    payload: JSON.stringify({
      success: true,
      module: [
        {
          mailNo: 'LP00000000000001',
          status: 'WAIT4PICKUP',
          detailList: [
            {
              time: Date.UTC(2026, 2, 20, 9, 0, 0),
              timeStr: '2026-03-20 17:00:00',
              timeZone: '+8',
              actionCode: 'GTMS_STA_SIGNED',
              standerdDesc: 'Arrived at the pick-up point',
            },
            {
              time: Date.UTC(2026, 2, 18, 17, 0, 0),
              timeStr: '2026-03-18 17:00:00',
              timeZone: 'GMT+8',
              actionCode: 'LH_DEPART',
            },
            { timeStr: '2026-03-17 09:00:00', actionCode: 'BRAND_NEW' },
          ],
        },
        { mailNo: 'LP00000000000002', status: 'ORDER_NOT_EXISTS', statusDesc: 'Not found', detailList: [] },
        { mailNo: 'LP00000000000003', status: 'SELLER_PREPARING', detailList: [] },
      ],
    }),
    reads: {
      LP00000000000001: [
        '2026-03-20T17:00:00 stated +08:00 GTMS_STA_SIGNED at_point/available_for_pickup.outlet @ -',
        '2026-03-18T17:00:00 unknown LH_DEPART departed_origin @ -',
        '2026-03-17T09:00:00 unknown BRAND_NEW unmapped @ -',
      ],
      LP00000000000003: [],
    },
    errors: ['number_unknown ORDER_NOT_EXISTS LP00000000000002'],
  },
  {
    format: FORMAT,
    about: 'a refusal',
    payload: JSON.stringify({
      success: false,
      errorCode: 'FAIL_SYS_ILLEGAL_ACCESS',
      errorMessage: 'no access',
    }),
    reads: {},
    errors: ['not_authorised FAIL_SYS_ILLEGAL_ACCESS -'],
  },
  {
    format: 'Global tracking',
    about: 'a gateway that counts requests',
    payload: JSON.stringify({ ret: ['FAIL_SYS_TRAFFIC_LIMIT::Too many'], data: {} }),
    reads: {},
    errors: ['rate_limited FAIL_SYS_TRAFFIC_LIMIT -'],
  },
];
