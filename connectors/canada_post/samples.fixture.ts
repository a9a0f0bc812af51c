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
];
