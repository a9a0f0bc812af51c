import type { Sample } from '../reading/sample.fixture.ts';

const NUMBER = '1Z999AA10123456784';

export const SAMPLES: readonly Sample[] = [
  {
    format: 'Tracking API v1',
    about: 'a parcel at an access point is not delivered; an offset beside the local time is used',
    payload: JSON.stringify({
      trackResponse: {
        shipment: [
          {
            inquiryNumber: NUMBER,
            package: [
              {
                trackingNumber: NUMBER,
                deliveryDate: [{ type: 'SDD', date: '20260306' }],
                activity: [
                  {
                    location: { address: { city: 'LYON', postalCode: '69003', country: 'FR' } },
                    status: { type: 'D', description: 'Delivered to UPS Access Point', code: 'ZP' },
                    date: '20260305',
                    time: '173012',
                    gmtOffset: '+01:00',
                  },
                  {
                    location: { address: { city: 'KOELN', country: 'DE' } },
                    status: { type: 'I', description: 'Departed from Facility', code: 'DP' },
                    date: '20260304',
                    time: '221500',
                  },
                  {
                    location: { address: { country: 'US' } },
                    status: { type: 'QX', description: 'Something new', code: '77' },
                    date: '20260303',
                    time: '080000',
                  },
                  { status: { type: 'M', description: 'Label made' } },
                ],
              },
            ],
          },
        ],
      },
    }),
    reads: {
      [NUMBER]: [
        '2026-03-05T17:30:12 stated +01:00 D:ZP at_point/available_for_pickup.outlet @ LYON, 69003',
        '2026-03-04T22:15:00 resolved_from_place Europe/Berlin I:DP in_transit_local/in_transit.departed_facility @ KOELN',
        '2026-03-03T08:00:00 unknown QX:77 unmapped @ US',
      ],
    },
    errors: [`scan_without_time - ${NUMBER}`],
  },
  {
    format: 'Tracking API v1',
    about: 'a number that UPS does not know',
    payload: JSON.stringify({
      trackResponse: {
        shipment: [
          {
            inquiryNumber: NUMBER,
            warnings: [{ code: 'TW0001', message: 'Tracking Information Not Found' }],
          },
        ],
      },
    }),
    reads: {},
    errors: [`number_unknown TW0001 ${NUMBER}`],
  },
  {
    format: 'Tracking API v1',
    about: 'a key that has run out',
    payload: JSON.stringify({
      response: { errors: [{ code: '250002', message: 'Invalid Authentication' }] },
    }),
    reads: {},
    errors: ['not_authorised 250002 -'],
  },
  {
    format: 'Track Alert push',
    about: 'one event pushed',
    payload: JSON.stringify({
      trackingNumber: NUMBER,
      localActivityDate: '20260306',
      localActivityTime: '101500',
      activityLocation: { city: 'ATLANTA', stateProvince: 'GA', postalCode: '30303', country: 'US' },
      activityStatus: { type: 'X', code: '48', description: 'The receiver was not available.' },
      scheduledDeliveryDate: '20260306',
    }),
    reads: {
      [NUMBER]: [
        '2026-03-06T10:15:00 resolved_from_place America/New_York X:48 exception @ ATLANTA, GA 30303',
      ],
    },
  },
  {
    format: 'XML Tracking',
    about: 'picked up, and the clock of a split state',
    payload: `<?xml version="1.0"?><TrackResponse><Response><ResponseStatusCode>1</ResponseStatusCode></Response>
      <Shipment><ShipmentIdentificationNumber>${NUMBER}</ShipmentIdentificationNumber>
      <Package><TrackingNumber>${NUMBER}</TrackingNumber><Activity><ActivityLocation><Address>
      <City>PENSACOLA</City><StateProvinceCode>FL</StateProvinceCode><PostalCode>32501</PostalCode>
      <CountryCode>US</CountryCode></Address></ActivityLocation><Status><StatusType><Code>P</Code>
      <Description>PICKUP SCAN</Description></StatusType><StatusCode><Code>PU</Code></StatusCode></Status>
      <Date>20260302</Date><Time>180500</Time></Activity></Package></Shipment></TrackResponse>`,
    reads: {
      [NUMBER]: [
        '2026-03-02T18:05:00 resolved_from_place America/Chicago P:PU picked_up @ PENSACOLA, FL 32501',
      ],
    },
  },
  {
    format: 'XML Tracking',
    about: 'an invalid number',
    payload: `<TrackResponse><Response><ResponseStatusCode>0</ResponseStatusCode><Error>
      <ErrorSeverity>Hard</ErrorSeverity><ErrorCode>151018</ErrorCode>
      <ErrorDescription>Invalid tracking number</ErrorDescription></Error></Response></TrackResponse>`,
    reads: {},
    errors: ['number_invalid 151018 -'],
  },
  {
    format: 'Tracking API v1',
    about:
      'Greenwich time beside the clock tells the offset; one that contradicts it is not believed; a lost zero',
    payload: JSON.stringify({
      trackResponse: {
        shipment: {
          inquiryNumber: NUMBER,
          package: {
            trackingNumber: NUMBER,
            currentStatus: { code: '005', type: 'I', description: 'On the way' },
            activity: [
              {
                location: { address: { country: 'US' } },
                status: { type: 'I', code: 'OR' },
                date: '20260305',
                time: '74700',
                gmtDate: '20260305',
                gmtTime: '124700',
              },
              {
                location: { address: { countryCode: 'GBR' } },
                status: { type: 'I', code: 'AR' },
                date: '20260304',
                time: '240000',
                gmtDate: '20260304',
                gmtTime: '113000',
                gmtOffset: '+00:00',
              },
            ],
          },
        },
      },
    }),
    reads: {
      [NUMBER]: [
        '2026-03-05T07:47:00 stated -05:00 I:OR in_transit_local/in_transit.arrived_facility @ US',
        '2026-03-05T00:00:00 resolved_from_place Europe/London I:AR in_transit_local/in_transit.arrived_facility @ GBR',
      ],
    },
  },
  {
    format: 'Tracking API v1',
    about: 'a shipment of which nothing is told',
    payload: JSON.stringify({ trackResponse: { shipment: [{ inquiryNumber: NUMBER }] } }),
    reads: { [NUMBER]: [] },
  },
  {
    format: 'Tracking API v1',
    about: 'a day put off stands before the first one; the state has a code of another list',
    payload: JSON.stringify({
      trackResponse: {
        shipment: [
          {
            package: [
              {
                trackingNumber: NUMBER,
                currentStatus: { code: '040', description: 'Delivered to UPS Access Point' },
                deliveryDate: [
                  { type: 'RDD', date: '20260307' },
                  { type: 'SDD', date: '20260306' },
                ],
              },
            ],
          },
        ],
      },
    }),
    reads: { [NUMBER]: [] },
  },
  {
    format: 'Track web service (SOAP)',
    about: 'a package',
    payload: `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>
      <trk:TrackResponse xmlns:trk="http://www.ups.com/XMLSchema/XOLTWS/Track/v2.0"><trk:Shipment>
      <trk:InquiryNumber><trk:Code>01</trk:Code><trk:Value>${NUMBER}</trk:Value></trk:InquiryNumber>
      <trk:Package><trk:TrackingNumber>${NUMBER}</trk:TrackingNumber><trk:Activity><trk:ActivityLocation>
      <trk:Address><trk:City>ANYTOWN</trk:City><trk:StateProvinceCode>GA</trk:StateProvinceCode>
      <trk:CountryCode>US</trk:CountryCode></trk:Address></trk:ActivityLocation><trk:Status><trk:Type>D</trk:Type>
      <trk:Description>DELIVERED</trk:Description><trk:Code>KB</trk:Code></trk:Status><trk:Date>20260610</trk:Date>
      <trk:Time>120000</trk:Time></trk:Activity></trk:Package></trk:Shipment></trk:TrackResponse></soapenv:Body>
      </soapenv:Envelope>`,
    reads: {
      [NUMBER]: ['2026-06-10T12:00:00 resolved_from_place America/New_York D:KB delivered @ ANYTOWN, GA'],
    },
  },
  {
    format: 'Track web service (SOAP)',
    about: 'a refusal deep in a fault',
    payload: `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode>Client</faultcode>
      <faultstring>An exception has been raised as a result of client data.</faultstring><detail><e:Errors xmlns:e="urn:e">
      <e:ErrorDetail><e:Severity>Hard</e:Severity><e:PrimaryErrorCode><e:Code>151044</e:Code>
      <e:Description>No tracking information available</e:Description></e:PrimaryErrorCode></e:ErrorDetail></e:Errors>
      </detail></s:Fault></s:Body></s:Envelope>`,
    reads: {},
    errors: ['number_unknown 151044 -'],
  },
  {
    format: 'Track web service (JSON)',
    about: 'single values where lists are possible',
    payload: JSON.stringify({
      TrackResponse: {
        Response: { ResponseStatus: { Code: '1' } },
        Shipment: {
          InquiryNumber: { Code: '01', Value: NUMBER },
          Package: {
            Activity: {
              ActivityLocation: { Address: { City: 'Berlin', CountryCode: 'DE' } },
              Status: { Type: 'X', Description: 'A delay', Code: 'QQ' },
              Date: '20260610',
              Time: '120000',
            },
          },
        },
      },
    }),
    reads: { [NUMBER]: ['2026-06-10T12:00:00 resolved_from_place Europe/Berlin X:QQ exception @ Berlin'] },
  },
  {
    format: 'XML Tracking',
    about: 'freight without packages',
    payload: `<TrackResponse><Response><ResponseStatusCode>1</ResponseStatusCode></Response><Shipment>
      <ShipmentIdentificationNumber>${NUMBER}</ShipmentIdentificationNumber><Activity><ActivityLocation>
      <City>ATLANTA</City><StateProvinceCode>GA</StateProvinceCode><CountryCode>US</CountryCode></ActivityLocation>
      <Description>Arrived</Description><Date>20260302</Date><Time>0805</Time></Activity></Shipment></TrackResponse>`,
    reads: {
      [NUMBER]: ['2026-03-02T08:05:00 resolved_from_place America/New_York - unmapped @ ATLANTA, GA'],
    },
  },
];
