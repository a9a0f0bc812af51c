import type { Sample } from '../reading/sample.fixture.ts';

export const SAMPLES: readonly Sample[] = [
  {
    format: 'Track API v1',
    about: 'one parcel waits at a counter, the other is not known',
    payload: JSON.stringify({
      transactionId: 'b6a1f2c4',
      output: {
        completeTrackResults: [
          {
            trackingNumber: '449044304137821',
            trackResults: [
              {
                trackingNumberInfo: { trackingNumber: '449044304137821', carrierCode: 'FDXG' },
                latestStatusDetail: { code: 'HL', description: 'Ready for pickup' },
                dateAndTimes: [{ type: 'ESTIMATED_DELIVERY', dateTime: '2026-05-12T20:00:00-05:00' }],
                scanEvents: [
                  {
                    date: '2026-05-11T10:12:33.1234567-05:00',
                    eventType: 'HL',
                    eventDescription: 'Ready for pickup',
                    scanLocation: {
                      city: 'Austin',
                      stateOrProvinceCode: 'TX',
                      postalCode: '78701',
                      countryCode: 'US',
                    },
                  },
                  {
                    date: '2026-05-10T15:40:00-05:00',
                    eventType: 'DE',
                    eventDescription: 'Delivery exception',
                    exceptionCode: '08',
                    exceptionDescription: 'Customer not available or business closed',
                    scanLocation: { city: 'Austin', stateOrProvinceCode: 'TX', countryCode: 'US' },
                  },
                  { date: '2026-05-09T02:00:00-05:00', eventType: 'ZQ', eventDescription: 'Unheard of' },
                ],
              },
            ],
          },
          {
            trackingNumber: '449044304137822',
            trackResults: [
              { error: { code: 'TRACKING.TRACKINGNUMBER.NOTFOUND', message: 'It cannot be found.' } },
            ],
          },
        ],
      },
    }),
    reads: {
      '449044304137821': [
        '2026-05-11T10:12:33.123 stated -05:00 HL at_point @ Austin, TX 78701',
        '2026-05-10T15:40:00 stated -05:00 DE delivery_attempted @ Austin, TX',
        '2026-05-09T02:00:00 stated -05:00 ZQ unmapped @ -',
      ],
    },
    errors: ['number_unknown TRACKING.TRACKINGNUMBER.NOTFOUND 449044304137822'],
  },
  {
    format: 'Track API v1',
    about: 'no authorisation',
    payload: JSON.stringify({ errors: [{ code: 'NOT.AUTHORIZED.ERROR', message: 'Access token expired.' }] }),
    reads: {},
    errors: ['not_authorised NOT.AUTHORIZED.ERROR -'],
  },
  {
    format: 'Track web service (SOAP)',
    about: 'details one level deeper, in an envelope',
    payload: `<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Body>
      <TrackReply xmlns="http://fedex.com/ws/track/v9"><HighestSeverity>SUCCESS</HighestSeverity>
      <CompletedTrackDetails><TrackDetails><Notification><Severity>SUCCESS</Severity></Notification>
      <TrackingNumber>449044304137830</TrackingNumber><StatusDetail><Code>DP</Code></StatusDetail>
      <Events><Timestamp>2026-05-08T23:01:00-05:00</Timestamp><EventType>DP</EventType>
      <EventDescription>Departed FedEx location</EventDescription><Address><City>MEMPHIS</City>
      <StateOrProvinceCode>TN</StateOrProvinceCode><CountryCode>US</CountryCode></Address></Events>
      </TrackDetails><TrackDetails><Notification><Severity>ERROR</Severity><Code>9040</Code>
      <Message>No information for this number.</Message></Notification>
      <TrackingNumber>449044304137831</TrackingNumber></TrackDetails></CompletedTrackDetails>
      </TrackReply></SOAP-ENV:Body></SOAP-ENV:Envelope>`,
    reads: {
      '449044304137830': [
        '2026-05-08T23:01:00 stated -05:00 DP in_transit_local/in_transit.departed_facility @ MEMPHIS, TN',
      ],
    },
    errors: ['number_unknown 9040 449044304137831'],
  },
  {
    format: 'Track web service (SOAP)',
    about: 'a fault',
    payload: `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault>
      <faultcode>s:Server</faultcode><faultstring>Fault</faultstring></s:Fault></s:Body></s:Envelope>`,
    reads: {},
    errors: ['carrier_refused s:Server -'],
  },
  {
    format: 'Track API v1',
    about: 'an empty error beside a good answer',
    payload: JSON.stringify({
      output: {
        completeTrackResults: {
          trackingNumber: '123456789012',
          trackResults: {
            trackingNumberInfo: { trackingNumber: '123456789012' },
            error: { code: '', message: null, parameterList: [] },
            scanEvents: { date: '2026-01-02T08:00:00-05:00', eventType: 'PU', scanLocation: {} },
          },
        },
      },
    }),
    reads: { '123456789012': ['2026-01-02T08:00:00 stated -05:00 PU picked_up @ -'] },
  },
  {
    format: 'Track API v1',
    about: 'nothing found, as an alert',
    payload: JSON.stringify({
      output: { completeTrackResults: [], alerts: 'TRACKING.DATA.NOTFOUND - Tracking data unavailable' },
    }),
    reads: {},
    errors: ['number_unknown TRACKING.DATA.NOTFOUND -'],
  },
  {
    format: 'Track API v1',
    about: 'nothing found, as a list of alerts without results',
    payload: JSON.stringify({
      output: {
        alerts: [
          { code: 'VIRTUAL.RESPONSE', message: 'This is a Virtual Response.' },
          { code: 'TRACKING.TCN.NOTFOUND', message: 'Not found' },
        ],
      },
    }),
    reads: {},
    errors: ['number_unknown TRACKING.TCN.NOTFOUND -'],
  },
  {
    format: 'Track API v1',
    about:
      'single objects where lists are usual; an event whose type is empty; a country by its name; a window',
    payload: JSON.stringify({
      output: {
        completeTrackResults: {
          trackingNumber: '123456789013',
          trackResults: {
            trackingNumberInfo: { trackingNumber: 123456789013 },
            estimatedDeliveryTimeWindow: {
              window: { begins: '2026-03-04T08:00:00-05:00', ends: '2026-03-04T12:00:00-05:00' },
            },
            scanEvents: [
              {
                date: '2026-03-03T08:00:00+01:00',
                eventType: '',
                derivedStatusCode: 'IT',
                derivedStatus: 'In transit',
                scanLocation: {},
              },
              { date: '2026-03-02T08:00:00', eventType: 'HP', scanLocation: { countryName: 'Germany' } },
            ],
          },
        },
      },
    }),
    reads: {
      '123456789013': [
        '2026-03-03T08:00:00 stated +01:00 IT in_transit_local @ -',
        '2026-03-02T08:00:00 resolved_from_place Europe/Berlin HP at_point @ DE',
      ],
    },
  },
  {
    format: 'Track web service (SOAP)',
    about: 'a refusal that stands beside no details',
    payload: `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><TrackReply xmlns="http://fedex.com/ws/track/v19">
      <HighestSeverity>SUCCESS</HighestSeverity><Notifications><Severity>SUCCESS</Severity><Code>0</Code></Notifications>
      <CompletedTrackDetails><HighestSeverity>ERROR</HighestSeverity><Notifications><Severity>ERROR</Severity>
      <Code>6035</Code><Message>Invalid tracking numbers.</Message></Notifications></CompletedTrackDetails></TrackReply>
      </s:Body></s:Envelope>`,
    reads: {},
    errors: ['number_invalid 6035 -'],
  },
];
