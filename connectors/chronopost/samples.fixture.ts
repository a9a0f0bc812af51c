import type { Sample } from '../reading/sample.fixture.ts';

const FORMAT = 'TrackingServiceWS (SOAP)';
const answer = (
  inside: string,
) => `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>
  <ns1:trackSkybillV2Response xmlns:ns1="http://cxf.tracking.soap.chronopost.fr/"><return>${inside}</return>
  </ns1:trackSkybillV2Response></soap:Body></soap:Envelope>`;

export const SAMPLES: readonly Sample[] = [
  {
    format: FORMAT,
    about: 'two events, one with a code of no list',
    payload: answer(`<errorCode>0</errorCode><listEventInfoComp>
      <events><code>XQ</code><eventDate>2026-03-17T06:00:00+01:00</eventDate><eventLabel>Nouveau</eventLabel>
      <officeLabel>CHILLY HUB</officeLabel></events>
      <events><code>D</code><eventDate>2026-03-17T11:41:00+01:00</eventDate><eventLabel>Livraison effectu&#233;e</eventLabel>
      <officeLabel>PARIS SUD</officeLabel><zipCode>75013</zipCode></events>
      <skybillNumber>XY000000001FR</skybillNumber></listEventInfoComp>`),
    reads: {
      XY000000001FR: [
        '2026-03-17T06:00:00 stated +01:00 XQ unmapped @ CHILLY HUB',
        '2026-03-17T11:41:00 stated +01:00 D delivered @ PARIS SUD, 75013',
      ],
    },
  },
  {
    format: FORMAT,
    about: 'a number that is not found',
    payload: answer('<errorCode>3</errorCode><errorMessage>Colis introuvable</errorMessage>'),
    reads: {},
    errors: ['number_unknown 3 -'],
  },
];
