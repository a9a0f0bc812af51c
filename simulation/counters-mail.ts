import type { Caller } from './caller.ts';

/** What people of the demo send from Hangzhou: the first is still to be taken in, the second lies there for the courier. */
const SENT = [
  { handle: 'demo-mailing-to-be-brought', sender: '陈静', phone: '+8613900139011', goods: '茶叶' },
  { handle: 'demo-mailing-at-the-counter', sender: '周敏', phone: '+8613900139012', goods: '旧书' },
] as const;
const WEIGHT_GRAMS = 1_200;
const HOME = { country: 'CN', division: '浙江省', city: '杭州市', postcode: '311121' };
const AWAY = { country: 'CN', division: '浙江省', city: '金华市', postcode: '322000' };

/**
 * Mailings at a counter, each ordered once: begun again it finds them. Answers the code that the first sender shows;
 * undefined when somebody has taken his parcel in.
 */
export async function beginMailings(
  buyer: Caller,
  office: Caller,
  pointId: string,
): Promise<string | undefined> {
  const quote = { from: HOME, to: AWAY, weight_grams: WEIGHT_GRAMS };
  const { offers } = await buyer.post('/v1/mailing-portal/quotes', { body: { world: 'test', quote } });
  const [offer] = offers;
  if (offer === undefined) throw new Error('no line takes what people send');
  const codes: (string | undefined)[] = [];
  for (const { handle, sender, phone, goods } of SENT) {
    const { mailing } = await buyer.post('/v1/mailing-portal/mailings', {
      body: {
        world: 'test',
        order: {
          object_id: handle,
          sender: { name: sender, phone, address: { ...HOME, lines: ['文一西路 901 号'] } },
          recipient: {
            ...{ name: '林晓', phone: '+8613900139013' },
            address: { ...AWAY, lines: ['稠城街道 3 号'] },
          },
          goods: { description: goods },
          ...{ parcel: { weight_grams: WEIGHT_GRAMS }, line_code: offer.line_code },
          ...{ agreed_total: offer.total as never, handover: { method: 'point', point_id: pointId } },
        },
      },
    });
    codes.push(mailing.code?.code);
  }
  const [first, second] = codes;
  if (second !== undefined) await takeIn(office, pointId, second);
  return first;
}

async function takeIn(office: Caller, pointId: string, code: string): Promise<void> {
  const { mailing_id, duties } = await office.post('/v1/mailing-codes/lookup', {
    body: { point_id: pointId, code },
  });
  const params = { path: { mailing_id } };
  const found = { goods_class: 'normal' as const, measured: { weight_grams: WEIGHT_GRAMS } };
  const price = await office.post('/v1/mailings/{mailing_id}/counter-price', { params, body: found });
  await office.post('/v1/mailings/{mailing_id}/intake', {
    params,
    body: {
      ...{ ...found, document_kind: 'identity_card', inspection_mark: 'YJ-0001', price_list_shown: true },
      checks: Object.fromEntries(duties.checklist.map((check) => [check, true])),
      payment: { method: 'cash', amount: price.to_collect as never },
    },
  });
}
