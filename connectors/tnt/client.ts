import type { PullClient } from '../../network/polling/connector-contract.ts';
import { basic, field, postForm, UNSTATED, UNSTATED_RATE, xmlText } from '../pulling/index.ts';

export const tntClient: PullClient = {
  connector: 'tnt',
  source: 'TNT ExpressConnect Tracking 3.1, user guide: POST track.do, field xml_in (50 consignments)',
  baseUrl: 'https://express.tnt.com',
  fields: [
    { name: 'username', about: 'ExpressConnect user' },
    { name: 'password', about: 'ExpressConnect password' },
  ],
  batchSize: 50,
  rate: UNSTATED_RATE,
  rateSource: UNSTATED,
  carriers: ['tnt'],
  request: (numbers, { fields }) => {
    const sought = numbers
      .map(({ number }) => `<ConsignmentNumber>${xmlText(number)}</ConsignmentNumber>`)
      .join('');
    const xml = `<?xml version="1.0" encoding="UTF-8"?><TrackRequest locale="en_US" version="3.1"><SearchCriteria>${sought}</SearchCriteria><LevelOfDetail><Complete originAddress="false" destinationAddress="false" package="true" shipment="true"/></LevelOfDetail></TrackRequest>`;
    return postForm(
      '/expressconnect/track.do',
      { xml_in: xml },
      { accept: 'text/xml', ...basic(field(fields, 'username'), field(fields, 'password')) },
    );
  },
};
