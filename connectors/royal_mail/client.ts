import type { PullClient } from '../../network/polling/connector-contract.ts';
import { field, getJson, segment, UNSTATED, UNSTATED_RATE } from '../pulling/index.ts';

export const royalMailClient: PullClient = {
  connector: 'royal_mail',
  source: 'Royal Mail Tracking API v2, GET /mailpieces/v2/{mailPieceId}/events',
  baseUrl: 'https://api.royalmail.net',
  fields: [
    { name: 'client_id', about: 'X-IBM-Client-Id' },
    { name: 'client_secret', about: 'X-IBM-Client-Secret' },
  ],
  batchSize: 1,
  rate: UNSTATED_RATE,
  rateSource: UNSTATED,
  carriers: ['royal_mail'],
  request: ([asked], { fields }) =>
    getJson(`/mailpieces/v2/${segment(asked?.number ?? '')}/events`, {
      'X-IBM-Client-Id': field(fields, 'client_id'),
      'X-IBM-Client-Secret': field(fields, 'client_secret'),
      'X-Accept-RMG-Terms': 'yes',
    }),
};
