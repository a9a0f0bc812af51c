import type { Sample } from '../reading/sample.fixture.ts';

export const SAMPLES: readonly Sample[] = [
  {
    format: 'Tracking details',
    about: 'a stated abbreviation, leading zeros, and a code of no list',
    payload: `<?xml version="1.0" encoding="UTF-8"?><tracking-detail xmlns="http://www.canadapost.ca/ws/track">
      <pin>7023210039414604</pin><changed-expected-date>2026-04-08</changed-expected-date>
      <expected-delivery-date>2026-04-07</expected-delivery-date><significant-events>
      <occurrence><event-identifier>0174</event-identifier><event-date>2026-04-08</event-date>
      <event-time>08:15:00</event-time><event-time-zone>EDT</event-time-zone>
      <event-description>Item out for delivery</event-description><signatory-name/>
      <event-site>MONTREAL</event-site><event-province>QC</event-province></occurrence>
      <occurrence><event-identifier>9999</event-identifier><event-date>2026-04-07</event-date>
      <event-time>20:00:00</event-time><event-description>New</event-description>
      <event-site>HALIFAX</event-site><event-province>NS</event-province></occurrence>
      </significant-events></tracking-detail>`,
    reads: {
      '7023210039414604': [
        '2026-04-08T08:15:00 stated -04:00 0174 out_for_delivery @ MONTREAL, QC',
        '2026-04-07T20:00:00 resolved_from_place America/Halifax 9999 unmapped @ HALIFAX, NS',
      ],
    },
  },
  {
    format: 'Tracking details',
    about: 'a number without history',
    payload: `<messages xmlns="http://www.canadapost.ca/ws/messages"><message><code>004</code>
      <description>No Pin History</description></message></messages>`,
    reads: {},
    errors: ['number_unknown 004 -'],
  },
  {
    format: 'Tracking details',
    about: 'a town abroad is not in Canada; the end of a day',
    payload: `<tracking-detail><pin>7023210039414605</pin><significant-events>
      <occurrence><event-identifier>1408</event-identifier><event-date>2026-04-08</event-date>
      <event-time>24:00:00</event-time><event-time-zone>edt</event-time-zone><event-site>MONTREAL</event-site>
      <event-province>QC</event-province></occurrence>
      <occurrence><event-identifier>21</event-identifier><event-date>2026-04-01</event-date>
      <event-time>08:15:00</event-time><event-site>JAPAN</event-site><event-province/></occurrence>
      </significant-events></tracking-detail>`,
    reads: {
      '7023210039414605': [
        '2026-04-09T00:00:00 stated -04:00 1408 delivered/delivered.signed @ MONTREAL, QC',
        '2026-04-01T08:15:00 resolved_from_place Asia/Tokyo 21 unmapped @ JAPAN',
      ],
    },
  },
  {
    format: 'Tracking details',
    about:
      'a locker, a parcel held, a day of snow, the way back in the words of the way out, and sites abroad',
    payload: `<tracking-detail><pin>7023210039414606</pin><significant-events>
      <occurrence><event-identifier>1405</event-identifier><event-date>2026-01-08</event-date>
      <event-time>10:15:00</event-time><event-time-zone>PST</event-time-zone><event-site>VANCOUVER</event-site>
      <event-province>BC</event-province></occurrence>
      <occurrence><event-identifier>0118</event-identifier><event-date>2026-01-07</event-date>
      <event-time>10:15:00</event-time><event-time-zone>PST</event-time-zone></occurrence>
      <occurrence><event-identifier>159</event-identifier><event-date>2026-01-06</event-date>
      <event-time>10:15:00</event-time><event-time-zone>PST</event-time-zone></occurrence>
      <occurrence><event-identifier>1496</event-identifier><event-date>2026-01-05</event-date>
      <event-time>10:15:00</event-time><event-time-zone>EST</event-time-zone>
      <event-description>L'article a &#233;t&#233; renvoy&#233; avec succ&#232;s &#224; l'exp&#233;diteur.</event-description>
      </occurrence>
      <occurrence><event-identifier>4600</event-identifier><event-date>2026-01-04</event-date>
      <event-time>10:15:00</event-time><event-time-zone/><event-site>02650,Israel</event-site><event-province/></occurrence>
      <occurrence><event-identifier>4310</event-identifier><event-date>2026-01-03</event-date>
      <event-time>10:15:00</event-time><event-time-zone>ISRAEL</event-time-zone><event-site>ILTLVA</event-site>
      </occurrence></significant-events></tracking-detail>`,
    reads: {
      '7023210039414606': [
        '2026-01-08T10:15:00 stated -08:00 1405 at_point/available_for_pickup.locker @ VANCOUVER, BC',
        '2026-01-07T10:15:00 stated -08:00 0118 exception/exception.held_at_facility @ -',
        '2026-01-06T10:15:00 stated -08:00 159 exception/exception.delayed_weather @ -',
        '2026-01-05T10:15:00 stated -05:00 1496 returned @ -',
        '2026-01-04T10:15:00 resolved_from_place Asia/Jerusalem 4600 arrived_delivery_depot @ 02650,Israel',
        '2026-01-03T10:15:00 resolved_from_place Asia/Jerusalem 4310 in_transit_local @ ILTLVA',
      ],
    },
  },
  {
    format: 'Tracking details',
    about: 'the same in a SOAP envelope',
    payload: `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><tns:get-tracking-detail-response
      xmlns:tns="http://www.canadapost.ca/ws/soap/track"><tracking-detail><pin>7023210039414607</pin><significant-events>
      <occurrence><event-identifier>1701</event-identifier><event-date>2026-04-08</event-date><event-time>08:15:00</event-time>
      <event-time-zone>EDT</event-time-zone></occurrence></significant-events></tracking-detail>
      </tns:get-tracking-detail-response></soap:Body></soap:Envelope>`,
    reads: {
      '7023210039414607': ['2026-04-08T08:15:00 stated -04:00 1701 at_point/available_for_pickup.outlet @ -'],
    },
  },
  {
    format: 'Tracking details',
    about: 'a refusal in a SOAP envelope',
    payload: `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><tns:get-tracking-detail-response
      xmlns:tns="http://www.canadapost.ca/ws/soap/track"><messages><message><code>004</code><description>No Pin History
      </description></message></messages></tns:get-tracking-detail-response></soap:Body></soap:Envelope>`,
    reads: {},
    errors: ['number_unknown 004 -'],
  },
  {
    format: 'Tracking summary',
    about: 'the latest event of a number',
    payload: `<tracking-summary xmlns="http://www.canadapost.ca/ws/track-v2"><pin-summary><pin>1371134583769925</pin>
      <expected-delivery-date>2026-02-18</expected-delivery-date>
      <event-date-time>20260222:104308</event-date-time><event-description>Signature recorded</event-description>
      <event-type>SIGNATURE</event-type><event-location>SAINTE-ANNE</event-location></pin-summary></tracking-summary>`,
    reads: { '1371134583769925': ['2026-02-22T10:43:08 unknown SIGNATURE unmapped @ SAINTE-ANNE'] },
  },
  {
    format: 'Tracking details',
    about: 'too many questions',
    payload: `<messages><message><code>Server</code><description>Rejected by SLM Monitor</description></message></messages>`,
    reads: {},
    errors: ['rate_limited Server -'],
  },
];
