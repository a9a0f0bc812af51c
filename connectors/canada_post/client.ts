import type { PullClient } from '../../network/polling/connector-contract.ts';
import { basic, field, segment, UNSTATED, UNSTATED_RATE } from '../pulling/index.ts';

export const canadaPostClient: PullClient = {
  connector: 'canada_post',
  source: 'Canada Post developer programme, Get Tracking Details: GET /vis/track/pin/{pin}/detail',
  baseUrl: 'https://soa-gw.canadapost.ca',
  fields: [
    { name: 'username', about: 'first half of the API key' },
    { name: 'password', about: 'second half of the API key' },
  ],
  batchSize: 1,
  rate: UNSTATED_RATE,
  rateSource: UNSTATED,
  carriers: ['canada_post'],
  request: ([asked], { fields }) => ({
    method: 'GET',
    path: `/vis/track/pin/${segment(asked?.number ?? '')}/detail`,
    headers: {
      accept: 'application/vnd.cpc.track-v2+xml',
      'accept-language': 'en-CA',
      ...basic(field(fields, 'username'), field(fields, 'password')),
    },
  }),
};
