import type { PullClient } from '../../network/polling/connector-contract.ts';
import { field, formText, md5Hex, postJson, UNSTATED, UNSTATED_RATE } from '../pulling/index.ts';

export const fourPxClient: PullClient = {
  connector: '4px',
  source: '4PX open platform, tr.order.tracking.get; signature of common parameters',
  baseUrl: 'https://open.4px.com',
  fields: [
    { name: 'app_key', about: 'AppKey' },
    { name: 'app_secret', about: 'AppSecret' },
  ],
  batchSize: 1,
  rate: UNSTATED_RATE,
  rateSource: UNSTATED,
  carriers: ['4px'],
  request: ([asked], { fields, nowMs }) => {
    const body = { deliveryOrderNo: asked?.number ?? '' };
    const shared = {
      app_key: field(fields, 'app_key'),
      format: 'json',
      method: 'tr.order.tracking.get',
      timestamp: String(nowMs),
      v: '1.0.0',
    };
    // Names and values in the order of the names, then the body, then the secret.
    const text = Object.entries(shared).flat().join('') + JSON.stringify(body);
    const sign = md5Hex(text + field(fields, 'app_secret'));
    return postJson(`/router/api/service?${formText({ ...shared, sign, language: 'en' })}`, body);
  },
};
