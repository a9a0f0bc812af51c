import type { Sample } from '../reading/sample.fixture.ts';

const result = {
  message: 'ok',
  nu: 'YT0000000000001',
  com: 'yuantong',
  status: '200',
  state: '3',
  data: [
    {
      time: '2026-06-14 17:31:57',
      ftime: '2026-06-14 17:31:57',
      context: '已签收',
      statusCode: '301',
      areaName: '济南市',
    },
    { time: '2026-06-14 13:53:38', context: '驿站代收', statusCode: '304' },
    { time: '2026-06-13 12:00:00', context: '新状态', statusCode: '9999' },
  ],
};
const LINES = [
  '2026-06-14T17:31:57 assumed Asia/Shanghai 301 delivered/delivered.signed @ 济南市',
  '2026-06-14T13:53:38 assumed Asia/Shanghai 304 at_point @ -',
  '2026-06-13T12:00:00 assumed Asia/Shanghai 9999 unmapped @ -',
];

export const SAMPLES: readonly Sample[] = [
  {
    format: 'Query',
    about: 'a station that signs is no delivery',
    payload: JSON.stringify(result),
    reads: { YT0000000000001: LINES },
  },
  {
    format: 'Query',
    about: 'a number without results',
    payload: JSON.stringify({ result: false, returnCode: '500', message: '查询无结果，请隔段时间再查' }),
    reads: {},
    errors: ['number_unknown 500 -'],
  },
  {
    format: 'Push',
    about: 'what was asked for before',
    payload: JSON.stringify({ status: 'polling', billstatus: 'got', lastResult: result }),
    reads: { YT0000000000001: LINES },
  },
  {
    format: 'Query',
    about: 'a number without results, told by the status',
    payload: JSON.stringify({ message: 'no result', status: '500', nu: '', com: '', data: [] }),
    reads: {},
    errors: ['number_unknown 500 -'],
  },
  {
    format: 'Push',
    about: 'the clock of the carrier abroad is not that of China',
    payload: JSON.stringify({
      status: 'polling',
      lastResult: {
        nu: 'V030344423',
        state: '0',
        data: [{ ftime: '2026-08-28 16:33:19', statusCode: '1002' }],
      },
      destResult: {
        nu: 'EE030344423',
        state: '3',
        data: [{ ftime: '2026-09-03 10:00:00', statusCode: '301' }],
      },
    }),
    reads: {
      V030344423: ['2026-08-28T16:33:19 assumed Asia/Shanghai 1002 in_transit_local @ -'],
      EE030344423: ['2026-09-03T10:00:00 unknown 301 delivered/delivered.signed @ -'],
    },
  },
  {
    format: 'Push',
    about: 'as it comes: a field of a form',
    payload: `sign=0A1B&param=${encodeURIComponent(
      JSON.stringify({
        status: 'polling',
        lastResult: {
          nu: 'YT2',
          state: '5',
          data: [{ ftime: '2026-08-28 16:33:19', statusCode: '5', context: '派件' }],
        },
      }),
    )}`,
    contentType: 'application/x-www-form-urlencoded',
    reads: { YT2: ['2026-08-28T16:33:19 assumed Asia/Shanghai 5 out_for_delivery @ -'] },
  },
  {
    format: 'Push',
    about: 'a form of somebody else',
    payload: 'hello=world',
    reads: {},
    errors: ['payload_unreadable - -'],
  },
];
