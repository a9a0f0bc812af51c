import type { Sample } from '../reading/sample.fixture.ts';

const QUERY = 'Route query (EXP_RECE_SEARCH_ROUTES)';
const routes = {
  success: true,
  errorCode: 'S0000',
  msgData: {
    routeResps: [
      {
        mailNo: 'SF1000000000001',
        routes: [
          { acceptTime: '2026-05-09 10:11:26', acceptAddress: '深圳', opCode: '50', remark: '已收件' },
          { acceptTime: '2026-05-10 11:00:00', acceptAddress: '杭州', opCode: '125', remark: '放入快递柜' },
          { acceptTime: '2026-05-10 18:00:00', acceptAddress: '杭州', opCode: '99', remark: '退回' },
        ],
      },
    ],
  },
};
const LINES = [
  '2026-05-09T10:11:26 assumed Asia/Shanghai 50 picked_up @ 深圳',
  '2026-05-10T11:00:00 assumed Asia/Shanghai 125 at_point @ 杭州',
  '2026-05-10T18:00:00 assumed Asia/Shanghai 99 unmapped @ 杭州',
];

export const SAMPLES: readonly Sample[] = [
  {
    format: QUERY,
    about: 'the answer of the service; a locker is no delivery',
    payload: JSON.stringify(routes),
    reads: { SF1000000000001: LINES },
  },
  {
    format: QUERY,
    about: 'the same in the envelope of the gateway',
    payload: JSON.stringify({ apiResultCode: 'A1000', apiResultData: JSON.stringify(routes) }),
    reads: { SF1000000000001: LINES },
  },
  {
    format: QUERY,
    about: 'an envelope whose inside breaks off',
    payload: JSON.stringify({ apiResultCode: 'A1000', apiResultData: '{"success": true, "msgData": {' }),
    reads: {},
    errors: ['payload_unreadable - -'],
  },
  {
    format: QUERY,
    about: 'a wrong signature',
    payload: JSON.stringify({ apiResultCode: 'A1006', apiErrorMsg: '数字签名无效' }),
    reads: {},
    errors: ['not_authorised A1006 -'],
  },
  {
    format: 'Route push',
    about: 'routes of two parcels',
    payload: JSON.stringify({
      Body: {
        WaybillRoute: [
          {
            mailno: 'SF1000000000002',
            acceptTime: '2026-05-11 08:00:00',
            acceptAddress: '北京',
            opCode: '44',
          },
          {
            mailno: 'SF1000000000003',
            acceptTime: '2026-05-11 08:05:00',
            acceptAddress: '上海',
            opCode: '80',
          },
          {
            mailno: 'SF1000000000002',
            acceptTime: '2026-05-11 09:00:00',
            acceptAddress: '北京',
            opCode: '70',
          },
        ],
      },
    }),
    reads: {
      SF1000000000002: [
        '2026-05-11T08:00:00 assumed Asia/Shanghai 44 out_for_delivery @ 北京',
        '2026-05-11T09:00:00 assumed Asia/Shanghai 70 delivery_attempted @ 北京',
      ],
      SF1000000000003: ['2026-05-11T08:05:00 assumed Asia/Shanghai 80 delivered/delivered.signed @ 上海'],
    },
  },
  {
    format: QUERY,
    about: 'an envelope whose inside is no text, and a parcel without routes',
    payload: JSON.stringify({
      apiResultCode: 'A1000',
      apiResultData: {
        success: true,
        errorCode: 'S0000',
        msgData: { routeResps: { mailNo: 'SF1000000000004', routes: null } },
      },
    }),
    reads: { SF1000000000004: [] },
  },
];
