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
              code: 'DELIVD.PARCELSHOP',
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
    reads: { '00000000001': ['2026-05-16T09:11:05 stated +02:00 DELIVD.PARCELSHOP unmapped @ Odense, 5000'] },
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
];
