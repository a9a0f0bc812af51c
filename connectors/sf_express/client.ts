import type { PullClient, PushReceiver } from '../../network/polling/connector-contract.ts';
import { field, md5Base64, perSecond, postForm, relayReceiver } from '../pulling/index.ts';

export const sfExpressClient: PullClient = {
  connector: 'sf_express',
  source: 'SF Express open platform, EXP_RECE_SEARCH_ROUTES (10 numbers); digital signature',
  baseUrl: 'https://bspgw.sf-express.com',
  fields: [
    { name: 'partner_id', about: 'customer code (partnerID, 顾客编码)' },
    { name: 'checkword', about: 'check word (校验码)' },
  ],
  batchSize: 10,
  rate: perSecond(2),
  rateSource: 'no limit is documented for a new customer; our default',
  carriers: ['sf_express'],
  request: (numbers, { fields, nowMs, nonce }) => {
    const msgData = JSON.stringify({
      language: '0',
      trackingType: '1',
      trackingNumber: numbers.map(({ number }) => number),
      methodType: '1',
    });
    const timestamp = String(nowMs);
    const msgDigest = md5Base64(javaEncoded(msgData + timestamp + field(fields, 'checkword')));
    return postForm(
      '/std/service',
      {
        partnerID: field(fields, 'partner_id'),
        requestID: nonce,
        serviceCode: 'EXP_RECE_SEARCH_ROUTES',
        timestamp,
        msgDigest,
        msgData,
      },
      { accept: 'application/json' },
    );
  },
};

/** As java.net.URLEncoder writes it, which SF signs: forms' encoding does the same. */
const javaEncoded = (text: string) => new URLSearchParams([['', text]]).toString().slice(1);

/** The public documents of the route push name no proof: it comes through a relay that signs. */
export const sfExpressReceiver: PushReceiver = {
  ...relayReceiver('sf_express'),
  acknowledge: () => ({
    contentType: 'application/json',
    body: '{"return_code":"0000","return_msg":"成功"}',
  }),
};
