import type { Sample } from '../reading/sample.fixture.ts';

const FORMAT = 'ExpressConnect Tracking';

export const SAMPLES: readonly Sample[] = [
  {
    format: FORMAT,
    about: 'one consignment with white space around its texts, one that was not found',
    payload: `<?xml version="1.0" encoding="utf-8"?><TrackResponse><Consignment access="public">
      <ConsignmentNumber>987654320</ConsignmentNumber><SummaryCode>EXC</SummaryCode>
      <StatusData><StatusCode>OD</StatusCode><StatusDescription>
        <![CDATA[Out For Delivery.]]>
      </StatusDescription><LocalEventDate format="YYYYMMDD">20260204</LocalEventDate>
      <LocalEventTime format="HHMM">0747</LocalEventTime><Depot>BA4</Depot><DepotName>
        <![CDATA[Bradford]]>
      </DepotName></StatusData>
      <StatusData><StatusCode>Q1</StatusCode><LocalEventDate format="YYYYMMDD">20260203</LocalEventDate>
      <LocalEventTime format="HHMM">2559</LocalEventTime></StatusData>
      </Consignment><Consignment access="public"><ConsignmentNumber>987654321</ConsignmentNumber>
      <SummaryCode>CNF</SummaryCode></Consignment></TrackResponse>`,
    reads: { '987654320': ['2026-02-04T07:47:00 unknown OD out_for_delivery @ BA4, Bradford'] },
    errors: ['scan_time_unreadable Q1 987654320', 'number_unknown CNF 987654321'],
  },
  {
    format: FORMAT,
    about: 'a refusal',
    payload: `<TrackResponse><Error><Code>13</Code><Message>Unable to process</Message></Error></TrackResponse>`,
    reads: {},
    errors: ['carrier_refused 13 -'],
  },
  {
    format: FORMAT,
    about: 'a clock that lost its zero; another number; two refusals in one element',
    payload: `<TrackResponse><Consignment access="full"><AlternativeConsignmentNumber>587003315</AlternativeConsignmentNumber>
      <SummaryCode>DEL</SummaryCode><StatusData><StatusCode>OK</StatusCode><LocalEventDate>20260204</LocalEventDate>
      <LocalEventTime>747</LocalEventTime></StatusData></Consignment>
      <Error><Code>8</Code><Message>A</Message><Code>13</Code><Message>B</Message></Error></TrackResponse>`,
    reads: { '587003315': ['2026-02-04T07:47:00 unknown OK delivered @ -'] },
    errors: ['carrier_refused 8 -', 'carrier_refused 13 -'],
  },
];
