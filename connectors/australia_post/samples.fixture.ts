import type { Sample } from '../reading/sample.fixture.ts';

const FORMAT = 'Track items';

export const SAMPLES: readonly Sample[] = [
  {
    format: FORMAT,
    about: 'known words, other words, and a number that is none',
    payload: JSON.stringify({
      tracking_results: [
        {
          tracking_id: '7XX1000',
          status: 'Awaiting collection',
          trackable_items: [
            {
              article_id: '7XX1000634011427',
              status: 'Awaiting collection',
              events: [
                {
                  location: 'ALEXANDRIA NSW',
                  description: 'Awaiting collection',
                  date: '2026-05-30T14:43:09+10:00',
                },
                {
                  location: 'CAIRNS QLD',
                  description: 'Item processed at facility',
                  date: '2026-05-29T03:00:00',
                },
              ],
            },
          ],
        },
        { tracking_id: '7XX1001', errors: [{ code: 'ESB-10001', name: 'Invalid tracking ID' }] },
      ],
    }),
    reads: {
      '7XX1000634011427': [
        '2026-05-30T14:43:09 stated +10:00 - at_point/available_for_pickup.outlet @ ALEXANDRIA NSW',
        '2026-05-29T03:00:00 resolved_from_place Australia/Brisbane - unmapped @ CAIRNS QLD',
      ],
    },
    errors: ['number_invalid ESB-10001 7XX1001'],
  },
  {
    format: FORMAT,
    about: 'too many questions',
    payload: JSON.stringify({ errors: [{ code: 'API_002', message: 'Too many requests' }] }),
    reads: {},
    errors: ['rate_limited API_002 -'],
  },
  {
    format: 'Track items',
    about: 'a consignment holds its articles one level deeper',
    payload: JSON.stringify({
      tracking_results: [
        {
          tracking_id: 'C100',
          trackable_items: [
            {
              consignment_id: 'C100',
              status: 'In transit',
              items: [
                {
                  article_id: 'C100A1',
                  events: [
                    {
                      description: 'Ready for Pickup',
                      date: '2026-05-30T14:43:09+10:00',
                      location: 'MOE VIC',
                    },
                  ],
                },
              ],
            },
          ],
        },
      ],
    }),
    reads: { C100A1: ['2026-05-30T14:43:09 stated +10:00 - at_point/available_for_pickup.outlet @ MOE VIC'] },
  },
  {
    format: FORMAT,
    about: 'places abroad keep the offset that is stated; too many numbers, one that is none, and a fault',
    payload: JSON.stringify({
      tracking_results: [
        {
          tracking_id: '7XX1000',
          trackable_items: [
            {
              article_id: '7XX1000',
              events: [
                { location: 'OSAKA (JP)', description: 'Departed facility', date: '2026-05-26T05:00:00' },
                {
                  location: 'JOHN F. KENNEDY APT/NEW YORK (US)',
                  description: 'Departed facility',
                  date: '2026-05-26T05:00:00+10:00',
                },
              ],
            },
          ],
        },
        { tracking_id: '7XX1002', errors: [{ code: 'ESB-20010', name: 'System Error' }] },
      ],
      errors: [
        { code: '51101', name: 'TOO_MANY_AP_TRACKING_IDS', message: 'The request must contain 10 or less.' },
        { code: '51104', name: 'INVALID_TRACKING_ID' },
      ],
    }),
    reads: {
      '7XX1000': [
        '2026-05-26T05:00:00 resolved_from_place Asia/Tokyo - unmapped @ OSAKA (JP)',
        '2026-05-26T05:00:00 stated +10:00 - unmapped @ JOHN F. KENNEDY APT/NEW YORK (US)',
      ],
    },
    errors: ['carrier_refused 51101 -', 'number_invalid 51104 -', 'carrier_unavailable ESB-20010 7XX1002'],
  },
];
