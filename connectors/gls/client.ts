import type { PullClient } from '../../network/polling/connector-contract.ts';
import {
  bearer,
  CLIENT_CREDENTIAL_FIELDS,
  clientCredentials,
  getJson,
  perDay,
  segment,
} from '../pulling/index.ts';

export const glsClient: PullClient = {
  connector: 'gls',
  source: 'GLS Group, Track and Trace v1: GET /tracking/simple/trackids/{id,...} (10 numbers); OAuth 2.0',
  baseUrl: 'https://api.gls-group.net',
  fields: CLIENT_CREDENTIAL_FIELDS,
  token: clientCredentials('/oauth2/v2/token', 'basic'),
  batchSize: 10,
  rate: perDay(500),
  rateSource: 'GLS Group, Track and Trace v1, 1.0.7: 500 requests a day unless agreed otherwise',
  carriers: ['gls'],
  request: (numbers, { token }) =>
    getJson(
      `/track-and-trace-v1/tracking/simple/trackids/${numbers.map(({ number }) => segment(number)).join(',')}`,
      bearer(token),
    ),
};
