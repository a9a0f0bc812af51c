import type { PullClient, PushReceiver } from '../../network/polling/connector-contract.ts';
import {
  bearer,
  CLIENT_CREDENTIAL_FIELDS,
  clientCredentials,
  compared,
  getJson,
  JSON_OK,
  segment,
  UNSTATED,
  UNSTATED_RATE,
} from '../pulling/index.ts';

export const upsClient: PullClient = {
  connector: 'ups',
  source: 'UPS Tracking API v1, /track/v1/details/{inquiryNumber}; OAuth client credentials',
  baseUrl: 'https://onlinetools.ups.com',
  fields: CLIENT_CREDENTIAL_FIELDS,
  token: clientCredentials('/security/v1/oauth/token', 'basic'),
  batchSize: 1,
  rate: UNSTATED_RATE,
  rateSource: UNSTATED,
  carriers: ['ups'],
  request: ([asked], { token, nonce }) =>
    getJson(`/api/track/v1/details/${segment(asked?.number ?? '')}?locale=en_US&returnSignature=false`, {
      ...bearer(token),
      transId: nonce,
      transactionSrc: 'postroad',
    }),
};

export const upsReceiver: PushReceiver = {
  connector: 'ups',
  source: 'UPS Track Alert API v1, webhook TrackingEvent: header `credential` as given when subscribing',
  fields: [{ name: 'credential', about: 'the `credential` of the subscription’s destination' }],
  verify: ({ headers }, { credential = '' }) => compared(headers.credential, credential),
  acknowledge: () => JSON_OK,
};
