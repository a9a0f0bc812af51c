import type { PullClient } from '../../network/polling/connector-contract.ts';
import { field, getJson, segment, UNSTATED, UNSTATED_RATE } from '../pulling/index.ts';

export const yanwenClient: PullClient = {
  connector: 'yanwen',
  source: 'Yanwen (燕文) tracking interface: GET /api/tracking?nums=... (30 numbers), header Authorization',
  baseUrl: 'https://api.track.yw56.com.cn',
  fields: [{ name: 'customer_code', about: 'customer number (商户号)' }],
  batchSize: 30,
  rate: UNSTATED_RATE,
  rateSource: UNSTATED,
  carriers: ['yanwen'],
  request: (numbers, { fields }) =>
    getJson(`/api/tracking?nums=${numbers.map(({ number }) => segment(number)).join(',')}`, {
      authorization: field(fields, 'customer_code'),
    }),
};
