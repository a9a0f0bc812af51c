import type { PullClient } from '../../network/polling/connector-contract.ts';
import {
  bearer,
  CLIENT_CREDENTIAL_FIELDS,
  clientCredentials,
  getJson,
  perHour,
  segment,
} from '../pulling/index.ts';

export const uspsClient: PullClient = {
  connector: 'usps',
  source: 'USPS APIs, Tracking v3, GET /tracking/{trackingNumber}?expand=DETAIL; OAuth v3',
  baseUrl: 'https://apis.usps.com',
  fields: CLIENT_CREDENTIAL_FIELDS,
  token: clientCredentials('/oauth2/v3/token', 'json', 'tracking'),
  batchSize: 1,
  rate: perHour(60),
  rateSource: 'USPS APIs, default quota of an application: 60 calls an hour for each API',
  carriers: ['usps'],
  request: ([asked], { token }) =>
    getJson(`/tracking/v3/tracking/${segment(asked?.number ?? '')}?expand=DETAIL`, bearer(token)),
};
