import type { PullClient } from '../../network/polling/connector-contract.ts';
import { getJson, jsonObject, perDay, segment } from '../pulling/index.ts';

export const dhlUnifiedClient: PullClient = {
  connector: 'dhl_unified',
  source: 'DHL Shipment Tracking - Unified, GET /track/shipments',
  baseUrl: 'https://api-eu.dhl.com',
  fields: [{ name: 'api_key', about: 'consumer key (DHL-API-Key)' }],
  batchSize: 1,
  rate: perDay(250),
  rateSource: 'DHL Developer Portal, initial service level: 250 calls a day, one a second',
  carriers: ['dhl_unified', 'dhl_express'],
  // In one language for ever: its words tell scans apart.
  request: ([asked], { fields }) =>
    getJson(`/track/shipments?trackingNumber=${segment(asked?.number ?? '')}&language=en&limit=5`, {
      'DHL-API-Key': fields.api_key ?? '',
    }),
  // A number that several divisions know is answered in pages.
  nextPath: (answer) => {
    const { nextUrl } = jsonObject(answer);
    const path =
      typeof nextUrl === 'string' ? nextUrl.replace(/^https:\/\/api-eu[.]dhl[.]com(?=\/)/, '') : '';
    return path.startsWith('/track/shipments?') ? path : undefined;
  },
};
