import type { PullClient } from '../../network/polling/connector-contract.ts';
import { basic, field, getJson, segment, UNSTATED, UNSTATED_RATE } from '../pulling/index.ts';

export const dhlExpressClient: PullClient = {
  connector: 'dhl_express',
  source: 'MyDHL API, GET /shipments/{shipmentTrackingNumber}/tracking; Basic authentication',
  baseUrl: 'https://express.api.dhl.com',
  fields: [
    { name: 'username', about: 'API user name' },
    { name: 'password', about: 'API password' },
  ],
  batchSize: 1,
  rate: UNSTATED_RATE,
  rateSource: UNSTATED,
  carriers: ['dhl_express'],
  request: ([asked], { fields, nonce }) =>
    getJson(
      `/mydhlapi/shipments/${segment(asked?.number ?? '')}/tracking?trackingView=all-checkpoints&levelOfDetail=all`,
      { ...basic(field(fields, 'username'), field(fields, 'password')), 'Message-Reference': nonce },
    ),
};
