import type { Sample } from '../reading/sample.fixture.ts';

const FORMAT = 'Shipment Tracking - Unified';

export const SAMPLES: readonly Sample[] = [
  {
    format: FORMAT,
    about: 'times with and without an offset; an identifier written as a number keeps its digits',
    payload: `{"shipments": [{"id": 340434161094021501, "service": "parcel-de",
      "estimatedTimeOfDelivery": "2026-07-03T00:00:00",
      "details": {"pieceIds": ["340434161094021501", "JJD0001"]},
      "events": [
        {"timestamp": "2026-07-02T09:15:00", "statusCode": "transit", "status": "PO", "description": "In der Region",
         "location": {"address": {"countryCode": "DE", "postalCode": "53113", "addressLocality": "Bonn"}}},
        {"timestamp": "2026-07-01T22:00:00+02:00", "statusCode": "pre-transit", "status": "VA",
         "description": "Angekündigt"},
        {"timestamp": "2026-07-01T08:00:00", "statusCode": "unknown", "status": "XX"}]}]}`,
    reads: {
      '340434161094021501': [
        '2026-07-02T09:15:00 resolved_from_place Europe/Berlin PO:transit in_transit_local @ Bonn, 53113',
        '2026-07-01T22:00:00 stated +02:00 VA:pre-transit order_created @ -',
        '2026-07-01T08:00:00 unknown XX:unknown unmapped @ -',
      ],
    },
  },
  {
    format: FORMAT,
    about: 'the latest event alone',
    payload: JSON.stringify({
      shipments: [
        {
          id: 'LX123456785DE',
          status: {
            timestamp: '2026-07-04T10:00:00',
            statusCode: 'delivered',
            status: 'delivered',
            description: 'Delivered',
            location: { address: { countryCode: 'US' } },
          },
        },
      ],
    }),
    reads: { LX123456785DE: ['2026-07-04T10:00:00 unknown delivered:delivered delivered @ US'] },
  },
  {
    format: FORMAT,
    about: 'too many questions',
    payload: JSON.stringify({ title: 'Too many requests', detail: 'Quota is used up.', status: 429 }),
    reads: {},
    errors: ['rate_limited 429 -'],
  },
];
