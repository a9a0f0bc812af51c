import { instant, money } from '../kernel/index.ts';
import type { CustomsBlock, LabelContent } from './content.ts';

/** Realistic contents for tests: long but possible names, addresses and marks, already masked. */
export const CREATED_AT = instant('2026-11-22T08:05:00.000Z');

export const latinDomestic: LabelContent = {
  variant: 'domestic',
  captions: 'en',
  waybillNumber: 'PRBR0012345678901',
  piece: { index: 2, count: 3 },
  parentNumber: 'PRBR0012345678900',
  carrierName: 'Postroad Express',
  lineName: 'Domestic Standard',
  sortMark: 'CAMPINAS 13-02',
  route: { raw: '380D-56-04', hub: '380D', outlet: '56', courier: '04' },
  consolidation: { name: 'São Paulo Sul', code: 'SPS-CN' },
  shipFromOutlet: 'SP-0417',
  recipient: {
    name: 'M***** de Albuquerque',
    phone: '+55 ** *****-4821',
    addressLines: [
      'Rua Professor Atílio Innocenti, 165, ***',
      'Vila Nova Conceição',
      'Campinas SP 13015-904',
    ],
  },
  sender: {
    name: 'Loja Três Corações Ltda.',
    phone: '+55 ** ****-0190',
    addressLines: ['Av. Brigadeiro Faria Lima 3477, ***', 'São Paulo SP 04538-133'],
  },
  orderReference: 'ORD-2026-11-0004711',
  remark: 'Deliver to the porter between 9:00 and 17:00; ring twice. Fragile glass inside.',
  weightGrams: 850,
  dimensions: { lengthMm: 300, widthMm: 200, heightMm: 120 },
  services: [{ kind: 'cod', amount: money(12000, 'BRL') }, { kind: 'fragile' }],
  inspected: true,
  printedAtText: '2026-11-22 05:05 -03:00',
  printCount: 1,
  paymentMark: 'PREPAID',
  lineMark: 'ROAD',
  qrPayload: 'https://postroad.example/t/PRBR0012345678901',
};

export const chineseDomestic: LabelContent = {
  variant: 'domestic',
  captions: 'zh',
  waybillNumber: '773012345678901',
  piece: { index: 1, count: 1 },
  carrierName: '驿路速运',
  lineName: '国内标准快递',
  sortMark: '金华362',
  route: { raw: '721-A010-J9 47', hub: '721', outlet: 'A010', courier: 'J9 47' },
  consolidation: { name: '金华包', code: 'KR-CN' },
  shipFromOutlet: '杭州余杭仓前网点',
  recipient: {
    name: '王**',
    phone: '139******78',
    addressLines: ['浙江省', '金华市', '义乌市', '福田街道国际商贸城四区***'],
  },
  sender: { name: '李**', phone: '138****0190', addressLines: ['浙江省杭州市余杭区文一西路969号***'] },
  orderReference: '2026112200047113',
  remark: '请放驿站,不要放快递柜。易碎品,轻拿轻放。',
  weightGrams: 1250,
  dimensions: { lengthMm: 300, widthMm: 200, heightMm: 120 },
  services: [
    { kind: 'cod', amount: money(12800, 'CNY') },
    { kind: 'insured', value: money(200000, 'CNY') },
    { kind: 'fresh' },
  ],
  inspected: true,
  printedAtText: '2026-11-22 16:05 +08:00',
  printCount: 2,
  paymentMark: '寄付月结',
  lineMark: '陆运',
  qrPayload: 'https://postroad.example/t/773012345678901',
};

export const cn22: CustomsBlock = {
  form: 'CN22',
  contentType: 'merchandise',
  items: [
    {
      description: 'Cotton T-shirts, knitted, men',
      quantity: 2,
      weightGrams: 360,
      value: money(2398, 'USD'),
      hs6: '610910',
      origin: 'CN',
    },
    {
      description: 'Wireless earphones with charging case (lithium ion battery in equipment)',
      quantity: 1,
      weightGrams: 85,
      value: money(1999, 'USD'),
      hs6: '851830',
      origin: 'CN',
    },
  ],
  totalWeightGrams: 445,
  totalValue: money(4397, 'USD'),
  incoterm: 'DDP',
  signedBy: 'Li M**',
  signedOn: '2026-11-22',
};

export const cn23: CustomsBlock = {
  ...cn22,
  form: 'CN23',
  items: Array.from({ length: 9 }, (_, index) => ({
    description: `Household article of stainless steel no. ${index + 1}`,
    quantity: index + 1,
    weightGrams: 120 + index,
    value: money(1250 + index, 'EUR'),
    hs6: '732393',
    origin: 'CN',
  })),
  totalWeightGrams: 1116,
  totalValue: money(11286, 'EUR'),
  postage: money(1840, 'EUR'),
  senderReference: 'VAT CN91330110MA27',
  importerReference: 'EORI DE123456789012345',
  licence: 'L-2026-0017',
  certificate: 'C-991',
  invoice: 'INV-2026-11-0004711',
  comments: 'Kitchen goods, no food contact coating',
};

const international: LabelContent = {
  ...latinDomestic,
  variant: 'international',
  waybillNumber: 'LV123456785CN',
  piece: { index: 1, count: 1 },
  carrierName: 'China Post',
  lineName: 'ePacket Standard',
  sortMark: 'FRA-2',
  route: { raw: 'DE-60-FRA2-118' },
  recipient: {
    name: 'K**** Müller-Lüdenscheidt',
    phone: '+49 *** ****4821',
    addressLines: ['Friedrich-Ebert-Anlage 35-***', '60327 Frankfurt am Main', 'Hessen'],
    country: { code: 'DE', name: 'Germany' },
  },
  sender: {
    name: 'Hangzhou Li M** Trading Co.',
    phone: '138****0190',
    addressLines: ['No. 969 West Wenyi Road, ***', 'Yuhang District, Hangzhou 311121', 'Zhejiang'],
    country: { code: 'CN', name: 'China' },
  },
  services: [],
  batteryMark: 'UN3481 PI967',
  printedAtText: '2026-11-22 16:05 +08:00',
  paymentMark: 'DDP',
  lineMark: 'AIR',
  qrPayload: 'https://postroad.example/t/LV123456785CN',
};
const { parentNumber: _parent, ...single } = international;

export const internationalCn22: LabelContent = { ...single, customs: cn22 };
export const internationalCn23: LabelContent = { ...single, customs: cn23, waybillNumber: 'CX123456785CN' };

/** A Chinese sender's label abroad: both scripts on one page. */
export const mixedCn22: LabelContent = {
  ...internationalCn22,
  recipient: { ...internationalCn22.recipient, name: 'Łukasz Ж** 王**' },
  sender: {
    ...internationalCn22.sender,
    name: '杭州李**贸易有限公司',
    addressLines: ['浙江省杭州市余杭区文一西路969号***'],
  },
};

export const SAMPLES: Readonly<Record<string, LabelContent>> = {
  latinDomestic,
  chineseDomestic,
  internationalCn22,
  internationalCn23,
  mixedCn22,
};
