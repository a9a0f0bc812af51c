import type { PullClient } from '../../network/polling/connector-contract.ts';
import {
  bearer,
  CLIENT_CREDENTIAL_FIELDS,
  clientCredentials,
  getJson,
  segment,
  UNSTATED,
  UNSTATED_RATE,
} from '../pulling/index.ts';

export const glsClient: PullClient = {
  connector: 'gls',
  source: 'GLS Group, Track and Trace v1: GET /tracking/simple/trackids/{id,...} (10 numbers); OAuth 2.0',
  baseUrl: 'https://api.gls-group.net',
  fields: CLIENT_CREDENTIAL_FIELDS,
  token: clientCredentials('/oauth2/v2/token', 'basic'),
  batchSize: 10,
  rate: UNSTATED_RATE,
  rateSource: UNSTATED,
  carriers: ['gls'],
  request: (numbers, { token }) =>
    getJson(
      `/track-and-trace-v1/tracking/simple/trackids/${numbers.map(({ number }) => segment(number)).join(',')}`,
      bearer(token),
    ),
};
