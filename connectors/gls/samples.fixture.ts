import type { Sample } from '../reading/sample.fixture.ts';

export const SAMPLES: readonly Sample[] = [
  {
    format: 'Track and trace v1',
    about: 'codes without a list stay unmapped; one number is not known',
    payload: JSON.stringify({
      parcels: [
        {
          requested: 'ZJ0000001',
          unitno: '00000000001',
          status: 'DELIVEREDPS',
          events: [
            {
              code: 'DELIVD.NEWKIND',
              city: 'Odense',
              postalCode: '5000',
              country: 'DK',
              description: 'In the parcel shop',
              eventDateTime: '2026-05-16T09:11:05+0200',
            },
          ],
        },
        { requested: 'ZJ0000002', errorCode: 'NO_DATA_FOUND', errorMessage: 'No data.' },
      ],
    }),
    reads: { '00000000001': ['2026-05-16T09:11:05 stated +02:00 DELIVD.NEWKIND unmapped @ Odense, 5000'] },
    errors: ['number_unknown NO_DATA_FOUND ZJ0000002'],
  },
  {
    format: 'Public parcel status (tuStatus)',
    about: 'a history in words',
    payload: JSON.stringify({
      tuStatus: [
        {
          tuNo: '00000000003',
          progressBar: { statusInfo: 'INDELIVERY', statusText: 'In delivery' },
          history: [
            {
              date: '2026-05-16',
              time: '05:45:00',
              address: { city: 'Linz', countryCode: 'AT' },
              evtDscr: 'Out for delivery.',
            },
          ],
        },
      ],
    }),
    reads: { '00000000003': ['2026-05-16T05:45:00 resolved_from_place Europe/Vienna - unmapped @ Linz'] },
  },
  {
    format: 'Public parcel status (tuStatus)',
    about: 'a number that is not found',
    payload: JSON.stringify({ lastError: 'E998', exceptionText: 'No hits.' }),
    reads: {},
    errors: ['number_unknown E998 -'],
  },
  {
    format: 'Track and trace v1',
    about: 'a parcel shop in an event; a state without events; one number is not known',
    payload: JSON.stringify({
      parcels: [
        { requested: '42249018920', errorCode: 'E_404_01', errorMessage: 'Resource Not Found' },
        {
          requested: '747N6X',
          unitno: '93835330590',
          status: 'DELIVEREDPS',
          events: [
            { code: 'DELIVD.PARCELSHOP', city: '', country: '', eventDateTime: '2026-02-10T15:13:46+0100' },
            { code: 'INTIAL.NORMAL', city: '', country: 'DE', eventDateTime: '2026-02-10T15:11:12' },
          ],
        },
        { unitno: '93835330591', status: 'INDELIVERY', statusDateTime: '2026-02-11T08:00:00+0100' },
      ],
    }),
    reads: {
      '93835330590': [
        '2026-02-10T15:13:46 stated +01:00 DELIVD.PARCELSHOP at_point/available_for_pickup.outlet @ -',
        '2026-02-10T15:11:12 resolved_from_place Europe/Berlin INTIAL.NORMAL picked_up @ DE',
      ],
      '93835330591': ['2026-02-11T08:00:00 stated +01:00 INDELIVERY out_for_delivery @ -'],
    },
    errors: ['number_unknown E_404_01 42249018920'],
  },
  {
    format: 'Track and trace v1',
    about: 'a quota that is used up, as the gateway says it',
    payload: JSON.stringify({
      fault: { faultstring: 'Quota exceeded.', detail: { errorcode: 'policies.ratelimit.QuotaViolation' } },
    }),
    reads: {},
    errors: ['rate_limited policies.ratelimit.QuotaViolation -'],
  },
  {
    format: 'Track and trace v1',
    about: 'events of the list of codes, and one of none',
    payload: JSON.stringify({
      parcels: [
        {
          requested: '21569979623',
          unitno: '21569979623',
          status: 'DELIVERED',
          events: [
            { code: 'DELIVD.NORMAL', country: 'IE', eventDateTime: '2026-07-29T09:40:00+0100' },
            { code: 'OUTDEL.NORMAL', country: 'IE', eventDateTime: '2026-07-29T07:40:00+0100' },
            { code: 'INBOUD.NORMAL', country: 'IE', eventDateTime: '2026-07-28T09:40:00' },
            { code: 'OUTBOD.NORMAL', city: 'X', country: 'ZZ', eventDateTime: '2026-07-27T09:40:00' },
            { code: 'DELIVD.NEW', eventDateTime: '2026-07-26T09:40:00+0100' },
          ],
        },
      ],
    }),
    reads: {
      '21569979623': [
        '2026-07-29T09:40:00 stated +01:00 DELIVD.NORMAL delivered @ IE',
        '2026-07-29T07:40:00 stated +01:00 OUTDEL.NORMAL out_for_delivery @ IE',
        '2026-07-28T09:40:00 resolved_from_place Europe/Dublin INBOUD.NORMAL in_transit_local/in_transit.arrived_facility @ IE',
        '2026-07-27T09:40:00 unknown OUTBOD.NORMAL in_transit_local/in_transit.departed_facility @ X',
        '2026-07-26T09:40:00 stated +01:00 DELIVD.NEW unmapped @ -',
      ],
    },
  },
];
