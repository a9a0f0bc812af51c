import type { Sample } from '../reading/sample.fixture.ts';

const parcel = {
  LogisticCode: 'STO000000000001',
  ShipperCode: 'STO',
  Success: true,
  State: '2',
  StateEx: '211',
  Traces: [
    { AcceptTime: '2026/06/20 16:20:38', AcceptStation: '已放入快递柜', Location: '苏州市', Action: '211' },
    { AcceptTime: '2026-06-20 08:04:25', AcceptStation: '派件中', Action: '202' },
    { AcceptTime: '2026-06-19 22:00:00', AcceptStation: '新状态', Action: '777' },
    { AcceptTime: '2026-06-19 21:00:00', AcceptStation: '只有文字' },
  ],
};
const LINES = [
  '2026-06-20T16:20:38 assumed Asia/Shanghai 211 at_point @ 苏州市',
  '2026-06-20T08:04:25 assumed Asia/Shanghai 202 out_for_delivery @ -',
  '2026-06-19T22:00:00 assumed Asia/Shanghai 777 unmapped @ -',
  '2026-06-19T21:00:00 assumed Asia/Shanghai - unmapped @ -',
];

export const SAMPLES: readonly Sample[] = [
  {
    format: 'Query',
    about: 'a locker is no delivery; a trace without a code has no meaning',
    payload: JSON.stringify(parcel),
    reads: { STO000000000001: LINES },
  },
  {
    format: 'Query',
    about: 'a refusal in words',
    payload: JSON.stringify({ LogisticCode: 'STO1', Success: false, Reason: '没有可用套餐', Traces: [] }),
    reads: {},
    errors: ['carrier_refused - STO1'],
  },
  {
    format: 'Push',
    about: 'several parcels at once',
    payload: JSON.stringify({
      PushTime: '2026-06-20 17:00:00',
      Count: '2',
      Data: [parcel, { LogisticCode: 'STO2', Success: true, Traces: [] }],
    }),
    reads: { STO000000000001: LINES, STO2: [] },
  },
  {
    format: 'Push',
    about: 'as it comes: a field of a form',
    payload: `RequestData=${encodeURIComponent(
      JSON.stringify({ Count: '1', Data: [{ LogisticCode: 'STO3', Success: true, Traces: [] }] }),
    )}&RequestType=101&DataSign=x`,
    contentType: 'application/x-www-form-urlencoded',
    reads: { STO3: [] },
  },
];
