import type { Sample } from '../reading/sample.fixture.ts';

export const SAMPLES: readonly Sample[] = [
  {
    format: 'Track',
    about: 'the number of Landmark counts; a scan without a place',
    payload: `<?xml version="1.0"?><TrackResponse><Result><Success>true</Success><Packages><Package>
      <TrackingNumber>H00TCC0000000001</TrackingNumber><LandmarkTrackingNumber>LTN000000001N1</LandmarkTrackingNumber>
      <PackageReference>REF-1</PackageReference><Events>
      <Event><Status>Item available for pickup</Status><DateTime>2026-02-03 10:40:52</DateTime>
      <Location>Lyon</Location><EventCode>410</EventCode></Event>
      <Event><Status>Held</Status><DateTime>2026-02-02 09:00:00</DateTime><EventCode>999</EventCode></Event>
      </Events></Package></Packages></Result></TrackResponse>`,
    reads: {
      LTN000000001N1: [
        '2026-02-03T10:40:52 unknown 410 at_point @ Lyon',
        '2026-02-02T09:00:00 unknown 999 unmapped @ -',
      ],
    },
  },
  {
    format: 'Track',
    about: 'a number that is not found',
    payload: `<TrackResponse><Errors><Error><ErrorCode>7</ErrorCode><ErrorMessage>Shipment not found</ErrorMessage>
      </Error></Errors></TrackResponse>`,
    reads: {},
    errors: ['number_unknown 7 -'],
  },
  {
    format: 'Track',
    about: 'a clock of twelve hours',
    payload: `<TrackResponse><Result><Success>true</Success><Packages><Package><TrackingNumber>T2</TrackingNumber>
      <Events><Event><Status>Delivered</Status><DateTime>2026-01-28 03:40:52 PM</DateTime><EventCode>500</EventCode>
      </Event></Events></Package></Packages></Result></TrackResponse>`,
    reads: { T2: ['2026-01-28T15:40:52 unknown 500 delivered @ -'] },
  },
  {
    format: 'Track',
    about: 'figures that are one day only, and some that are two',
    payload: `<TrackResponse><Result><Success>true</Success><Packages><Package><TrackingNumber>T3</TrackingNumber>
      <Events><Event><Status>Delivered</Status><DateTime>01/28/2026 3:40:52 PM</DateTime><EventCode>500</EventCode></Event>
      <Event><Status>Crossing Border</Status><DateTime>27/01/2026 03:40</DateTime><EventCode>150</EventCode></Event>
      <Event><Status>Customs Cleared</Status><DateTime>02/01/2026 03:40</DateTime><EventCode>125</EventCode></Event>
      </Events></Package></Packages></Result></TrackResponse>`,
    reads: {
      T3: ['2026-01-28T15:40:52 unknown 500 delivered @ -', '2026-01-27T03:40:00 unknown 150 linehaul @ -'],
    },
    errors: ['scan_time_unreadable 125 T3'],
  },
  {
    format: 'Track',
    about: 'a log-in that fails',
    payload: `<TrackResponse><Errors><Error><ErrorCode>A</ErrorCode><ErrorMessage>Invalid username or password</ErrorMessage>
      </Error></Errors></TrackResponse>`,
    reads: {},
    errors: ['not_authorised A -'],
  },
  {
    format: 'Track',
    about: 'a refusal that says no twice',
    payload: `<TrackResponse><Errors><Error><ErrorCode>B</ErrorCode><ErrorMessage>No record found</ErrorMessage></Error>
      </Errors><Result><Success>false</Success></Result></TrackResponse>`,
    reads: {},
    errors: ['number_unknown B -'],
  },
];
