import { type Market, must, openMarket, topUpWallet } from '../test/setup/market.ts';
import type { Client } from '../test/setup/network.ts';
import type { Stage } from './stage.ts';

/** One lane of the benches: who sends what where, and by which line. */
export type Lane = {
  readonly carrierCode: string;
  readonly country: string;
  readonly currency: string;
  /** Below the amount that needs a second confirmer. */
  readonly topUpMinor: number;
  readonly lineCode: string;
  readonly sender: Person;
  readonly recipients: readonly Person[];
  readonly unitValueMinor: number;
  readonly goods: Record<string, unknown>;
};
type Person = {
  readonly name: string;
  readonly phone: string;
  readonly address: {
    readonly country: string;
    readonly division?: string;
    readonly city: string;
    readonly postcode: string;
    readonly lines: readonly string[];
  };
};

const FAMILIES = ['Mustermann', 'Schröder', 'Weiß', 'Krüger', 'Vogel', 'Jäger', 'Busch', 'Kühn'];
const STREETS = ['Marienplatz', 'Sendlinger Straße', 'Am Färbergraben', 'Rosental', 'Oberanger'];

export const LATIN: Lane = {
  carrierCode: 'postroad_express_eu',
  country: 'DE',
  currency: 'EUR',
  topUpMinor: 900_000,
  lineCode: 'eu_3_5_days',
  sender: {
    name: 'Erika Mustermann',
    phone: '+4930901820',
    address: { country: 'DE', city: 'Berlin', postcode: '10115', lines: ['Invalidenstraße 44'] },
  },
  recipients: Array.from({ length: 400 }, (_, index) => ({
    name: `Max ${FAMILIES[index % FAMILIES.length]}`,
    phone: `+4989${12_345_000 + index}`,
    address: {
      country: 'DE',
      city: 'München',
      postcode: '80331',
      lines: [`${STREETS[index % STREETS.length]} ${index + 1}`, 'c/o Rathaus'],
    },
  })),
  unitValueMinor: 2500,
  goods: { description_en: 'Cotton shirt', quantity: 1, unit_weight_grams: 700 },
};

const XING = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗';
const MING =
  '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰凤洁梅琳云莲真环雪荣爱妹香月莺媛瑞凡佳嘉琼勤珍贞莉';
const ROADS = ['文三路', '体育场路', '莫干山路', '凤起路', '解放东路', '学院路', '古墩路', '天目山路'];

export const CHINESE: Lane = {
  carrierCode: 'postroad_express_cn',
  country: 'CN',
  currency: 'CNY',
  topUpMinor: 7_000_000,
  lineCode: 'cn_domestic_express',
  sender: {
    name: '李明',
    phone: '+8613812345678',
    address: {
      country: 'CN',
      division: '上海市',
      city: '上海市',
      postcode: '200001',
      lines: ['黄浦区南京东路100号'],
    },
  },
  recipients: Array.from({ length: 400 }, (_, index) => ({
    name: `${XING[index % XING.length]}${MING[index % MING.length]}${MING[(index * 7) % MING.length]}`,
    phone: `+86139${12_340_000 + index}`,
    address: {
      country: 'CN',
      division: '浙江省',
      city: '杭州市',
      postcode: '310000',
      lines: [
        `西湖区${ROADS[index % ROADS.length]}${index + 1}号`,
        `${(index % 30) + 1}幢${(index % 6) + 1}单元`,
      ],
    },
  })),
  unitValueMinor: 9_900,
  goods: {
    description_en: 'Cotton shirt',
    description_cn: '纯棉衬衫',
    quantity: 1,
    unit_weight_grams: 700,
  },
};

export type Shop = { readonly lane: Lane; readonly market: Market };

export async function openShop(stage: Stage, lane: Lane, topUps: number): Promise<Shop> {
  const market = await openMarket(stage, { ...lane, operator: stage.operator });
  for (let index = 1; index < topUps; index += 1)
    await topUpWallet(stage.operator, market.merchant, lane.currency, lane.topUpMinor);
  return { lane, market };
}

export function offerRequest(lane: Lane, index: number) {
  const { lines: _lines, ...from } = lane.sender.address;
  const { lines: _other, ...to } = recipientOf(lane, index).address;
  const unitValue = { amount_minor: lane.unitValueMinor, currency: lane.currency };
  return {
    from,
    to,
    parcels: [{ weight_grams: 500 + (index % 400), size: { length_mm: 200, width_mm: 150, height_mm: 80 } }],
    goods: [{ goods_class: 'normal', quantity: 1, unit_value: unitValue }],
    order_amount: unitValue,
  };
}

function recipientOf(lane: Lane, index: number): Person {
  const found = lane.recipients[index % lane.recipients.length];
  if (found === undefined) throw new Error('a lane has recipients');
  return found;
}

type Offers = { offers: { offer_id: string; line_code: string }[]; refused: unknown[] };
type Bought = {
  id: string;
  parcels: { waybill_id: string; number: string }[];
  label_document?: string;
};

export async function askOffer(lane: Lane, client: Client, index: number): Promise<string> {
  const answer = must(await client.post<Offers>('/v1/offers', offerRequest(lane, index)));
  const offer = answer.offers.find((candidate) => candidate.line_code === lane.lineCode);
  if (offer === undefined) throw new Error(`${lane.lineCode} is not offered: ${JSON.stringify(answer)}`);
  return offer.offer_id;
}

export async function buy(
  lane: Lane,
  client: Client,
  index: number,
  orderRef: string,
  more: object = {},
): Promise<Bought> {
  const offerId = await askOffer(lane, client, index);
  return must(
    await client.post<Bought>(
      '/v1/shipments',
      {
        offer_id: offerId,
        order_ref: orderRef,
        sender: lane.sender,
        recipient: recipientOf(lane, index),
        goods: [
          { ...lane.goods, unit_value: { amount_minor: lane.unitValueMinor, currency: lane.currency } },
        ],
        handover: 'drop_off',
        ...more,
      },
      { 'idempotency-key': orderRef },
    ),
  );
}

const LABEL = { format: 'pdf', size: '100x150mm' };

/** Offer, then paid shipment, number, label and the label's bytes in one call: what a merchant does for one parcel. */
export async function buyWithLabel(
  lane: Lane,
  client: Client,
  index: number,
  orderRef: string,
): Promise<Uint8Array> {
  const bought = await buy(lane, client, index, orderRef, { label: LABEL });
  const pdf = Buffer.from(bought.label_document ?? '', 'base64');
  if (!pdf.subarray(0, 5).equals(Buffer.from('%PDF-'))) throw new Error('no label');
  return pdf;
}

/** The same in four calls: the label is printed and fetched by itself. */
export async function buyAndPrint(
  lane: Lane,
  client: Client,
  index: number,
  orderRef: string,
): Promise<Uint8Array> {
  const bought = await buy(lane, client, index, orderRef);
  const parcel = bought.parcels[0];
  if (parcel === undefined || parcel.number === '') throw new Error('a parcel without a number');
  const label = must(await client.post<{ id: string }>(`/v1/waybills/${parcel.waybill_id}/labels`, LABEL));
  const pdf = await client.get(`/v1/labels/${label.id}`);
  if (pdf.status !== 200 || !Buffer.from(pdf.bytes).subarray(0, 5).equals(Buffer.from('%PDF-')))
    throw new Error(`no label: ${pdf.status}`);
  return pdf.bytes;
}

/** Calls `body` for each index, so many under way at a time. */
export async function inFlight(count: number, width: number, body: (index: number) => Promise<unknown>) {
  let next = 0;
  const lane = async () => {
    while (next < count) {
      const index = next;
      next += 1;
      await body(index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, count) }, lane));
}
