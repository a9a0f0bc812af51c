import type { PullClient, PushReceiver } from '../../network/polling/connector-contract.ts';
import {
  base64,
  compared,
  field,
  formField,
  formOf,
  md5Hex,
  postForm,
  UNSTATED,
  UNSTATED_RATE,
} from '../pulling/index.ts';

/** Codes of the registry to those of KDNiao. Source: KDNiao, list of carrier codes (快递公司编码). */
const SHIPPERS: Readonly<Record<string, string>> = {
  sf_express: 'SF',
  zto: 'ZTO',
  yto: 'YTO',
  sto: 'STO',
  yunda: 'YD',
  jd: 'JD',
  ems: 'EMS',
  china_post: 'YZPY',
};

/** Base64 of the hexadecimal MD5 of data and key. */
const signatureOf = (data: string, key: string) => base64(md5Hex(data + key));

const FIELDS = [
  { name: 'business_id', about: 'EBusinessID (商户 ID)' },
  { name: 'app_key', about: 'API key (AppKey)' },
] as const;

export const kdniaoClient: PullClient = {
  connector: 'kdniao',
  source: 'KDNiao, query (即时查询), RequestType 8001; DataSign',
  baseUrl: 'https://api.kdniao.com',
  fields: FIELDS,
  batchSize: 1,
  rate: UNSTATED_RATE,
  rateSource: UNSTATED,
  carriers: Object.keys(SHIPPERS),
  request: ([asked], { fields }) => {
    const { number = '', carrierCode = '' } = asked ?? {};
    const data = JSON.stringify({
      OrderCode: '',
      ShipperCode: SHIPPERS[carrierCode] ?? '',
      LogisticCode: number,
    });
    return postForm(
      '/Ebusiness/EbusinessOrderHandle.aspx',
      {
        RequestData: data,
        EBusinessID: field(fields, 'business_id'),
        RequestType: '8001',
        DataSign: signatureOf(data, field(fields, 'app_key')),
        DataType: '2',
      },
      { accept: 'application/json' },
    );
  },
};

export const kdniaoReceiver: PushReceiver = {
  connector: 'kdniao',
  source: 'KDNiao, push (物流跟踪推送), RequestType 101: fields RequestData and DataSign',
  fields: FIELDS,
  verify: (push, { app_key: key = '' }) => {
    const form = formOf(push);
    return compared(form.get('DataSign') ?? undefined, signatureOf(form.get('RequestData') ?? '', key));
  },
  unwrap: (push) => formField(push, 'RequestData'),
  acknowledge: ({ fields, nowMs }) => ({
    contentType: 'application/json',
    body: JSON.stringify({
      EBusinessID: fields.business_id ?? '',
      // Wall clock of China, which has had one zone and no summer time since 1991.
      UpdateTime: new Date(nowMs + 28_800_000).toISOString().slice(0, 19).replace('T', ' '),
      Success: true,
      Reason: '',
    }),
  }),
};
