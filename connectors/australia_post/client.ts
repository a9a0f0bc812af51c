import type { PullClient } from '../../network/polling/connector-contract.ts';
import { basic, field, getJson, perMinute, segment } from '../pulling/index.ts';

export const australiaPostClient: PullClient = {
  connector: 'australia_post',
  source: 'Australia Post Shipping and Tracking API, Track items: GET /shipping/v1/track (10 numbers)',
  baseUrl: 'https://digitalapi.auspost.com.au',
  fields: [
    { name: 'account_number', about: 'charge account (Account-Number)' },
    { name: 'api_key', about: 'API key' },
    { name: 'password', about: 'password of the API key' },
  ],
  batchSize: 10,
  rate: perMinute(10),
  rateSource: 'Australia Post, Track items: 10 requests a minute',
  carriers: ['australia_post'],
  request: (numbers, { fields }) =>
    getJson(`/shipping/v1/track?tracking_ids=${numbers.map(({ number }) => segment(number)).join(',')}`, {
      ...basic(field(fields, 'api_key'), field(fields, 'password')),
      'Account-Number': field(fields, 'account_number'),
    }),
};
