import type { PullClient } from '../../network/polling/connector-contract.ts';
import { field, postXml, UNSTATED, UNSTATED_RATE, xmlText } from '../pulling/index.ts';

export const landmarkClient: PullClient = {
  connector: 'landmark',
  source: 'Landmark Global API v2, Track',
  baseUrl: 'https://api.landmarkglobal.com',
  fields: [
    { name: 'username', about: 'API user' },
    { name: 'password', about: 'API password' },
  ],
  batchSize: 1,
  rate: UNSTATED_RATE,
  rateSource: UNSTATED,
  carriers: ['landmark'],
  request: ([asked], { fields }) =>
    postXml(
      '/v2/Track.php',
      `<?xml version="1.0" encoding="UTF-8"?><TrackRequest><Login><Username>${xmlText(field(fields, 'username'))}</Username><Password>${xmlText(field(fields, 'password'))}</Password></Login><Test>false</Test><TrackingNumber>${xmlText(asked?.number ?? '')}</TrackingNumber><RetrievalType>Historical</RetrievalType></TrackRequest>`,
    ),
};
