import type { Sample } from '../reading/sample.fixture.ts';

export const SAMPLES: readonly Sample[] = [
  {
    format: 'Tracking API v3',
    about: 'a stated offset, one that the instant beside it contradicts, and a place abroad',
    payload: JSON.stringify({
      trackingNumber: '9400100000000000000000',
      statusCategory: 'In Transit',
      statusSummary: 'Your item is on its way.',
      trackingEvents: [
        {
          eventType: 'Out for Delivery',
          eventTimestamp: '2026-08-04T07:10:00Z',
          GMTTimestamp: '2026-08-04T11:10:00Z',
          GMTOffset: '-04:00',
          eventCity: 'BOSTON',
          eventState: 'MA',
          eventZIP: '02118',
          eventCode: 'OF',
        },
        {
          eventType: 'Arrived at Hub',
          eventTimestamp: '2026-08-03T20:00:00',
          GMTTimestamp: '2026-08-04T03:00:00Z',
          GMTOffset: '-04:00',
          eventCity: 'MEMPHIS',
          eventState: 'TN',
          eventCode: '07',
        },
        {
          eventType: 'Something abroad',
          eventTimestamp: '2026-08-01T09:00:00',
          eventCity: 'OSAKA',
          eventCountry: 'JAPAN',
          eventCode: 'Q9',
        },
      ],
    }),
    reads: {
      '9400100000000000000000': [
        '2026-08-04T07:10:00 stated -04:00 OF out_for_delivery @ BOSTON, MA 02118',
        '2026-08-03T20:00:00 resolved_from_place America/Chicago 07 in_transit_local/in_transit.arrived_facility @ MEMPHIS, TN',
        '2026-08-01T09:00:00 resolved_from_place Asia/Tokyo Q9 unmapped @ OSAKA, JAPAN',
      ],
    },
  },
  {
    format: 'Tracking API v3',
    about: 'no such number',
    payload: JSON.stringify({
      apiVersion: '/tracking/v3',
      error: { code: '404', message: 'The tracking number was not found.', errors: [] },
    }),
    reads: {},
    errors: ['number_unknown 404 -'],
  },
  {
    format: 'Web Tools TrackV2',
    about: 'a day without a time, a sentence without fields, and a second number that is not known',
    payload: `<?xml version="1.0"?><TrackResponse><TrackInfo ID="9400100000000000000017">
      <StatusCategory>Available for Pickup</StatusCategory><ExpectedDeliveryDate>August 5, 2026</ExpectedDeliveryDate>
      <TrackSummary><EventTime>8:09 pm</EventTime><EventDate>August 4, 2026</EventDate><Event>Available</Event>
      <EventCity>DENVER</EventCity><EventState>CO</EventState><EventZIPCode>80202</EventZIPCode><EventCountry/>
      <EventCode>14</EventCode></TrackSummary><TrackDetail><EventTime/><EventDate>August 1, 2026</EventDate>
      <Event>Electronic Shipping Info Received</Event><EventCode>MA</EventCode></TrackDetail>
      <TrackDetail>Long ago, DENVER, CO</TrackDetail></TrackInfo>
      <TrackInfo ID="9400100000000000000018"><Error><Number>-2147219283</Number>
      <Description>A status update is not yet available.</Description></Error></TrackInfo></TrackResponse>`,
    reads: {
      '9400100000000000000017': [
        '2026-08-04T20:09:00 resolved_from_place America/Denver 14 at_point/available_for_pickup.outlet @ DENVER, CO 80202',
        '2026-08-01T00:00:00 (day) unknown MA order_created @ -',
      ],
    },
    errors: [
      'scan_without_time - 9400100000000000000017',
      'number_unknown -2147219283 9400100000000000000018',
    ],
  },
  {
    format: 'Web Tools TrackV2',
    about:
      'answers of the plain request: sentences with a year, one without, and two numbers that are refused in words',
    payload: `<TrackResponse><TrackInfo ID="9400100000000000000019">
      <TrackSummary> Your item was delivered in or at the mailbox at 2:58 pm on January 30, 2026 in BOSTON, MA 02118.</TrackSummary>
      <TrackDetail>Out for Delivery, 01/30/2026, 7:10 am, BOSTON, MA 02118</TrackDetail>
      <TrackDetail>Departed USPS Regional Facility, January 30, 2026, 4:20 am, BOSTON MA DISTRIBUTION CENTER </TrackDetail>
      <TrackDetail>Something Else, Of Two Words, January 29, 2026, 8:05 pm, TOKYO, JAPAN</TrackDetail>
      <TrackDetail>Pre-Shipment Info Sent to USPS, January 28, 2026</TrackDetail>
      <TrackDetail>January 27 6:49 am NOTICE LEFT BOSTON MA 02118</TrackDetail></TrackInfo>
      <TrackInfo ID="9400100000000000000020"><TrackSummary> There is no record of that mail item. If it was mailed recently,
      It may not yet be tracked. Please try again later.</TrackSummary></TrackInfo>
      <TrackInfo ID="12"><TrackSummary>That's not a valid number. Please check to make sure you entered it correctly.
      </TrackSummary></TrackInfo></TrackResponse>`,
    reads: {
      '9400100000000000000019': [
        '2026-01-30T14:58:00 resolved_from_place America/New_York - delivered @ BOSTON, MA 02118',
        '2026-01-30T07:10:00 resolved_from_place America/New_York - out_for_delivery @ BOSTON, MA 02118',
        '2026-01-30T04:20:00 unknown - in_transit_local/in_transit.departed_facility @ BOSTON MA DISTRIBUTION CENTER',
        '2026-01-29T20:05:00 resolved_from_place Asia/Tokyo - unmapped @ TOKYO, JAPAN',
        '2026-01-28T00:00:00 (day) unknown - order_created @ -',
      ],
    },
    errors: [
      'scan_time_unreadable - 9400100000000000000019',
      'number_unknown - 9400100000000000000020',
      'number_invalid - 12',
    ],
  },
  {
    format: 'Web Tools TrackV2',
    about: 'fields without codes: names that are documented, and one that is not',
    payload: `<TrackResponse><TrackInfo ID="9400100000000000000021"><TrackSummary><EventTime>8:10 am</EventTime>
      <EventDate>June 1, 2026</EventDate><Event>DELIVERED</Event><EventCity>DENVER</EventCity><EventState>CO</EventState>
      <EventZIPCode>80202</EventZIPCode></TrackSummary><TrackDetail><EventTime>11:07 am</EventTime>
      <EventDate>May 30, 2026</EventDate><Event>NOTICE LEFT (NO AUTHORIZED RECIPIENT AVAILABLE)</Event></TrackDetail>
      <TrackDetail><EventTime>10:08 am</EventTime><EventDate>May 30, 2026</EventDate><Event>DELIVERED, TO AGENT</Event>
      </TrackDetail></TrackInfo></TrackResponse>`,
    reads: {
      '9400100000000000000021': [
        '2026-06-01T08:10:00 resolved_from_place America/Denver - delivered @ DENVER, CO 80202',
        '2026-05-30T11:07:00 unknown - delivery_attempted @ -',
        '2026-05-30T10:08:00 unknown - unmapped @ -',
      ],
    },
  },
  {
    format: 'Web Tools TrackV2',
    about: 'a user that is not known',
    payload: `<Error><Number>80040B1A</Number><Description>Authorization failure.</Description></Error>`,
    reads: {},
    errors: ['not_authorised 80040B1A -'],
  },
  {
    format: 'Tracking API v3',
    about: 'one of two numbers is refused; abroad a country by its name; Greenwich time tells the offset',
    payload: JSON.stringify([
      {
        trackingNumber: '9400100000000000000017',
        trackingEvents: [
          { eventTimestamp: '2026-04-04T13:21:00Z', eventCode: '10', eventCountry: 'JAPAN' },
          {
            eventTimestamp: '2026-04-03T00:05:00Z',
            GMTTimestamp: '2026-04-03T05:05:00Z',
            eventCode: '07',
            eventCity: 'DALLAS',
            eventState: 'TX',
            eventZIPCode: '75201',
          },
        ],
      },
      { trackingNumber: '9400100000000000000018', statusCode: '404', errors: [{ title: 'Not found' }] },
    ]),
    reads: {
      '9400100000000000000017': [
        '2026-04-04T13:21:00 resolved_from_place Asia/Tokyo 10 in_transit_local/in_transit.arrived_facility @ JAPAN',
        '2026-04-03T00:05:00 stated -05:00 07 in_transit_local/in_transit.arrived_facility @ DALLAS, TX 75201',
      ],
    },
    errors: ['number_unknown 404 9400100000000000000018'],
  },
  {
    format: 'Tracking API v3',
    about: 'a log-in that fails',
    payload: JSON.stringify({ error: 'invalid_client', error_description: 'The client is not known.' }),
    reads: {},
    errors: ['not_authorised invalid_client -'],
  },
];
