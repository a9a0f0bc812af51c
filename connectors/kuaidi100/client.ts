import type { PullClient, PushReceiver } from '../../network/polling/connector-contract.ts';
import {
  compared,
  field,
  formField,
  formOf,
  md5Hex,
  postForm,
  UNSTATED,
  UNSTATED_RATE,
} from '../pulling/index.ts';

/** Codes of the registry to those of Kuaidi100. Source: Kuaidi100, list of carrier codes (快递公司编码). */
const COMPANIES: Readonly<Record<string, string>> = {
  sf_express: 'shunfeng',
  zto: 'zhongtong',
  yto: 'yuantong',
  sto: 'shentong',
  yunda: 'yunda',
  jd: 'jd',
  ems: 'ems',
  china_post: 'youzhengguonei',
};

export const kuaidi100Client: PullClient = {
  connector: 'kuaidi100',
  source:
    'Kuaidi100, real-time query (实时快递查询): POST /poll/query.do, sign = MD5(param + key + customer)',
  baseUrl: 'https://poll.kuaidi100.com',
  fields: [
    { name: 'customer', about: 'customer (授权码)' },
    { name: 'key', about: 'key (授权 key)' },
  ],
  batchSize: 1,
  rate: UNSTATED_RATE,
  rateSource: UNSTATED,
  carriers: Object.keys(COMPANIES),
  request: ([asked], { fields }) => {
    const { number = '', carrierCode = '' } = asked ?? {};
    const customer = field(fields, 'customer');
    // 4: with the status of each step, not of the parcel alone.
    const param = JSON.stringify({ com: COMPANIES[carrierCode] ?? '', num: number, resultv2: '4' });
    const sign = md5Hex(param + field(fields, 'key') + customer).toUpperCase();
    return postForm('/poll/query.do', { customer, sign, param }, { accept: 'application/json' });
  },
};

export const kuaidi100Receiver: PushReceiver = {
  connector: 'kuaidi100',
  source: 'Kuaidi100, subscription and push (订阅推送): fields param and sign = MD5(param + salt)',
  fields: [{ name: 'salt', about: 'the salt given when subscribing' }],
  verify: (push, { salt = '' }) => {
    const form = formOf(push);
    const expected = md5Hex((form.get('param') ?? '') + salt).toUpperCase();
    return compared(form.get('sign')?.toUpperCase(), expected);
  },
  unwrap: (push) => formField(push, 'param'),
  acknowledge: () => ({
    contentType: 'application/json',
    body: '{"result":true,"returnCode":"200","message":"成功"}',
  }),
};
