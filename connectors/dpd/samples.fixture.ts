import type { Sample } from '../reading/sample.fixture.ts';

export const SAMPLES: readonly Sample[] = [
  {
    format: 'Tracking API',
    about: 'a shop keeps it; clocks by offset, by place and by nothing',
    payload: JSON.stringify({
      trackingNumber: '05209876543211',
      status: 'ParcelShop',
      events: [
        {
          timestamp: '2026-03-03T15:00:00+01:00',
          status: 'ParcelShop',
          description: 'Kept for pick-up',
          location: { city: 'Gent', country: 'BE', postalCode: '9000' },
          signedBy: 'nobody that we read',
        },
        {
          timestamp: '2026-03-03T08:00:00',
          status: 'Courier',
          location: { city: 'Gent', country: 'BE' },
        },
        { timestamp: '2026-03-02T20:00:00', status: 'Loaded', location: { city: 'Hub' } },
      ],
    }),
    reads: {
      '05209876543211': [
        '2026-03-03T15:00:00 stated +01:00 ParcelShop at_point/available_for_pickup.outlet @ Gent, 9000',
        '2026-03-03T08:00:00 resolved_from_place Europe/Brussels Courier out_for_delivery @ Gent',
        '2026-03-02T20:00:00 unknown Loaded unmapped @ Hub',
      ],
    },
  },
  {
    format: 'Tracking API',
    about: 'a number that is not found',
    payload: JSON.stringify({ errors: [{ errorCode: 'PARCEL_NOT_FOUND', errorMessage: 'not found' }] }),
    reads: {},
    errors: ['number_unknown PARCEL_NOT_FOUND -'],
  },
  {
    format: 'Parcel life cycle',
    about: 'steps that were reached, and one to come',
    payload: JSON.stringify({
      parcellifecycleResponse: {
        parcelLifeCycleData: {
          shipmentInfo: { parcelLabelNumber: '01234567890123' },
          statusInfo: [
            {
              status: 'ON_THE_ROAD',
              label: 'Unterwegs',
              description: { content: ['In transit.'] },
              statusHasBeenReached: true,
              location: 'Hamburg (DE)',
              date: '01.07.2026, 05:45',
            },
            { status: 'DELIVERED', label: 'Delivered', statusHasBeenReached: false },
          ],
        },
      },
    }),
    reads: {
      '01234567890123': [
        '2026-07-01T05:45:00 resolved_from_place Europe/Berlin ON_THE_ROAD in_transit_local @ Hamburg (DE)',
      ],
    },
  },
  {
    format: 'Parcel life cycle',
    about: 'a number without a life',
    payload: JSON.stringify({ parcellifecycleResponse: { parcelLifeCycleData: null } }),
    reads: {},
    errors: ['number_unknown - -'],
  },
];
