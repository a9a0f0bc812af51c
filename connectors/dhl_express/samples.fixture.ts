import type { Sample } from '../reading/sample.fixture.ts';

export const SAMPLES: readonly Sample[] = [
  {
    format: 'MyDHL API tracking',
    about: 'an offset beside the time, a place that tells its clock, one that does not',
    payload: JSON.stringify({
      shipments: [
        {
          shipmentTrackingNumber: '7777777770',
          status: 'Success',
          estimatedDeliveryDate: '2026-06-04',
          events: [
            {
              date: '2026-06-03',
              time: '16:20:00',
              GMTOffset: '+02:00',
              typeCode: 'CC',
              description: 'Awaiting collection by recipient',
              serviceArea: [{ code: 'BER', description: 'Berlin-DEU' }],
            },
            {
              date: '2026-06-02',
              time: '03:11:00',
              typeCode: 'DF',
              description: 'Departed Facility',
              serviceArea: [{ code: 'KIN', description: 'Kingston-JAM' }],
            },
            { date: '2026-06-01', time: '09:00:00', typeCode: 'ZZ', description: 'Not in any list' },
          ],
          pieces: [{ number: 1 }],
        },
      ],
    }),
    reads: {
      '7777777770': [
        '2026-06-03T16:20:00 stated +02:00 CC at_point @ Berlin-DEU',
        '2026-06-02T03:11:00 resolved_from_place America/Jamaica DF in_transit_local/in_transit.departed_facility @ Kingston-JAM',
        '2026-06-01T09:00:00 unknown ZZ unmapped @ -',
      ],
    },
  },
  {
    format: 'MyDHL API tracking',
    about: 'a number that is not known',
    payload: JSON.stringify({
      instance: '/mydhlapi/tracking',
      detail: '404: No data found',
      title: 'Not found',
      status: 404,
    }),
    reads: {},
    errors: ['number_unknown 404 -'],
  },
  {
    format: 'XML Services tracking',
    about: 'pieces with events of their own beside the shipment, and a number that is not known',
    payload: `<?xml version="1.0" encoding="UTF-8"?><req:TrackingResponse xmlns:req="http://www.dhl.com">
      <AWBInfo><AWBNumber>7777777771</AWBNumber><Status><ActionStatus>success</ActionStatus></Status>
      <ShipmentInfo><EstDlvyDate>2026-06-09 23:59:00 GMT-04:00</EstDlvyDate>
      <ShipmentEvent><Date>2026-06-05</Date><Time>09:42:00</Time><ServiceEvent><EventCode>PU</EventCode>
      <Description>Shipment picked up</Description></ServiceEvent><ServiceArea><ServiceAreaCode>LGA</ServiceAreaCode>
      <Description>SPRINGFIELD GARDENS,NY-USA</Description></ServiceArea></ShipmentEvent></ShipmentInfo>
      <Pieces><PieceInfo><PieceDetails><LicensePlate>JD014600003456789012</LicensePlate></PieceDetails>
      <PieceEvent><Date>2026-06-05</Date><Time>11:00:00</Time><ServiceEvent><EventCode>OH</EventCode>
      <Description>On hold</Description></ServiceEvent></PieceEvent></PieceInfo></Pieces></AWBInfo>
      <AWBInfo><AWBNumber>7777777772</AWBNumber><Status><ActionStatus>No Shipments Found</ActionStatus>
      <Condition><ConditionCode>209</ConditionCode><ConditionData>No Shipments Found</ConditionData></Condition>
      </Status></AWBInfo></req:TrackingResponse>`,
    reads: {
      '7777777771': [
        '2026-06-05T09:42:00 resolved_from_place America/New_York PU picked_up @ SPRINGFIELD GARDENS,NY-USA',
      ],
      JD014600003456789012: ['2026-06-05T11:00:00 unknown OH exception/exception.held_at_facility @ -'],
    },
    errors: ['number_unknown 209 7777777772'],
  },
  {
    format: 'XML Services tracking',
    about: 'a log-in that fails',
    payload: `<req:ErrorResponse xmlns:req="http://www.dhl.com"><Response><Status><ActionStatus>Error</ActionStatus>
      <Condition><ConditionCode>111</ConditionCode><ConditionData>Site id or password is wrong</ConditionData>
      </Condition></Status></Response></req:ErrorResponse>`,
    reads: {},
    errors: ['not_authorised 111 -'],
  },
  {
    format: 'XML Services tracking',
    about: 'a bill without news; a country by its name; the end of a day',
    payload: `<r:TrackingResponse xmlns:r="http://www.dhl.com"><AWBInfo><AWBNumber>1234567895</AWBNumber>
      <Status><ActionStatus>success</ActionStatus></Status></AWBInfo>
      <AWBInfo><AWBNumber>1234567896</AWBNumber><Status><ActionStatus>Success</ActionStatus></Status><ShipmentInfo>
      <ShipmentEvent><Date>2026-05-05</Date><Time>24:00:00</Time><ServiceEvent><EventCode>PL</EventCode></ServiceEvent>
      <ServiceArea><ServiceAreaCode>LEJ</ServiceAreaCode><Description>LEIPZIG - GERMANY</Description></ServiceArea>
      </ShipmentEvent></ShipmentInfo></AWBInfo>
      <AWBInfo><AWBNumber>1234567897</AWBNumber><Status><ActionStatus>No Shipments Found</ActionStatus></Status></AWBInfo>
      </r:TrackingResponse>`,
    reads: {
      '1234567895': [],
      '1234567896': [
        '2026-05-06T00:00:00 resolved_from_place Europe/Berlin PL in_transit_local/in_transit.arrived_facility @ LEIPZIG - GERMANY',
      ],
    },
    errors: ['number_unknown - 1234567897'],
  },
  {
    format: 'MyDHL API tracking',
    about: 'an offset at the end of the time; a list of areas that is empty',
    payload: JSON.stringify({
      shipments: [
        {
          shipmentTrackingNumber: '1234567898',
          events: [{ date: '2026-03-04', time: '10:05:00.123+01:00', typeCode: 'OK', serviceArea: [] }],
        },
      ],
    }),
    reads: { '1234567898': ['2026-03-04T10:05:00.123 stated +01:00 OK delivered @ -'] },
  },
];
