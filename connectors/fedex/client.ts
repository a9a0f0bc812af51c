import type { PullClient, PushReceiver } from '../../network/polling/connector-contract.ts';
import {
  bearer,
  CLIENT_CREDENTIAL_FIELDS,
  clientCredentials,
  compared,
  hmacSha256Base64,
  JSON_OK,
  postJson,
} from '../pulling/index.ts';

export const fedexClient: PullClient = {
  connector: 'fedex',
  source: 'FedEx Track API v1, /track/v1/trackingnumbers (30 numbers); API Authorization',
  baseUrl: 'https://apis.fedex.com',
  fields: CLIENT_CREDENTIAL_FIELDS,
  token: clientCredentials('/oauth/token', 'form'),
  batchSize: 30,
  rate: { requests: 1_400, perMs: 10_000, burst: 100 },
  rateSource: 'FedEx Developer Portal, rate limits: 1,400 transactions in 10 seconds a project',
  carriers: ['fedex'],
  request: (numbers, { token, nonce }) =>
    postJson(
      '/track/v1/trackingnumbers',
      {
        includeDetailedScans: true,
        trackingInfo: numbers.map(({ number }) => ({ trackingNumberInfo: { trackingNumber: number } })),
      },
      { ...bearer(token), 'x-customer-transaction-id': nonce },
    ),
};

export const fedexReceiver: PushReceiver = {
  connector: 'fedex',
  source: 'FedEx Advanced Integrated Visibility, validation process: header fdx-signature',
  fields: [{ name: 'security_token', about: 'the security token given when the webhook was made' }],
  verify: ({ headers, body }, { security_token: token = '' }) =>
    compared(headers['fdx-signature'], hmacSha256Base64(token, body)),
  acknowledge: () => JSON_OK,
};
