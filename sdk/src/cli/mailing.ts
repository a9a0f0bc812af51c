import { readFile } from 'node:fs/promises';
import type { PostroadClient } from '../client.ts';
import type { components } from '../openapi.gen.ts';
import { MisuseError } from './exit.ts';
import { clean, moneyText, type Output, printPages, printRows, promisedDay } from './output.ts';

type Schemas = components['schemas'];
type Mailing = Schemas['Mailing'];
type GoodsClass = Schemas['MailingIntakeInput']['goods_class'];

export type QuoteOptions = {
  readonly from: string;
  readonly to: string;
  readonly weight: number;
  readonly goodsClass: string;
  readonly why: boolean;
};
export type IntakeOptions = {
  readonly point: string;
  readonly weight: number;
  readonly goodsClass: string;
  readonly document?: string;
  readonly mark?: string;
  readonly paidBy: string;
  readonly agreed?: number;
  readonly yes: boolean;
};

/** `CN,322000` or `DE`. */
function placeOf(text: string): { country: string; postcode?: string } {
  const [country = '', postcode] = text.split(',', 2).map((part) => part.trim());
  if (!/^[A-Z]{2}$/.test(country))
    throw new MisuseError(`a place is a country and a postcode, such as CN,322000; not ${text}`);
  return postcode === undefined ? { country } : { country, postcode };
}

export async function quoteMailing(
  client: PostroadClient,
  output: Output,
  asked: QuoteOptions,
): Promise<void> {
  const body = {
    from: placeOf(asked.from),
    to: placeOf(asked.to),
    weight_grams: asked.weight,
    goods_class: asked.goodsClass as GoodsClass,
  };
  const quote = await client.post('/v1/mailing-quotes', { body });
  if (output.json) {
    output.write(`${JSON.stringify(quote)}\n`);
    return;
  }
  printRows(
    output,
    asked.why
      ? quote.refused.map(({ line_code, reasons }) => ({
          line: line_code,
          why: reasons.map(({ message }) => message).join(' '),
        }))
      : quote.offers.map(({ line_code, total, promise, handover_choices }) => ({
          line: line_code,
          total: moneyText(total),
          by: promisedDay(promise.latest, quote.destination_zone),
          handover: handover_choices.join(' '),
        })),
  );
}

export async function orderMailing(client: PostroadClient, output: Output, file: string): Promise<void> {
  const text = file === '-' ? await textOf(process.stdin) : await readFile(file, 'utf8');
  let body: Schemas['MailingOrderInput'];
  try {
    body = JSON.parse(text) as Schemas['MailingOrderInput'];
  } catch {
    throw new MisuseError(`${file} is not JSON`);
  }
  printMailing(output, await client.post('/v1/mailings', { body }));
}

async function textOf(input: AsyncIterable<string | Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of input)
    text += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
  return text;
}

const STATES: readonly Mailing['state'][] = [
  'placed',
  'accepted',
  'in_transit',
  'delivered',
  'returned',
  'lost',
  'closed',
];

/** Prints mailings, newest first, at most `limit`; with `--json` as the API answers them. */
export async function listMailings(
  client: PostroadClient,
  output: Output,
  asked: { readonly state: string | undefined; readonly limit: number },
): Promise<void> {
  const state = STATES.find((one) => one === asked.state);
  if (asked.state !== undefined && state === undefined)
    throw new MisuseError(`--state is one of ${STATES.join(', ')}`);
  await printPages(
    output,
    asked.limit,
    (part) =>
      client.get('/v1/mailings', {
        params: { query: { ...part, ...(state === undefined ? {} : { state }) } },
      }),
    (one) => ({
      mailing: one.id,
      state: one.state,
      line: one.line_code,
      total: moneyText(one.receipt?.freight ?? one.quoted.total),
      number: one.parcel?.number ?? '-',
      due: one.due_at ?? '-',
      placed: one.placed_at,
    }),
  );
}

export async function showMailing(client: PostroadClient, output: Output, id: string): Promise<void> {
  const params = { path: { mailing_id: id } };
  printMailing(output, await client.get('/v1/mailings/{mailing_id}', { params }));
}

export async function cancelMailing(client: PostroadClient, output: Output, id: string): Promise<void> {
  const params = { path: { mailing_id: id } };
  printMailing(output, await client.post('/v1/mailings/{mailing_id}/cancellation', { params }));
}

/** One mailing: where it stands and until when, what is shown or was paid at the counter, and how it went. */
function printMailing(output: Output, one: Mailing): void {
  if (output.json) {
    output.write(`${JSON.stringify(one)}\n`);
    return;
  }
  const line = (text: string) => output.write(`${clean(text)}\n`);
  const due = one.due_at === undefined ? '' : `, due ${one.due_at}`;
  line(`${one.id}: ${one.close_reason ?? one.state}${due}`);
  line(
    `  ${one.goods.quantity} x ${one.goods.description} by ${one.line_code}: ${moneyText(one.quoted.total)}`,
  );
  if (one.handover?.point !== undefined)
    line(`  bring it to ${one.handover.point.name} at ${one.handover.starts_at ?? 'any hour'}`);
  if (one.code !== undefined) line(`  code ${one.code.code}, until ${one.code.expires_at}`);
  if (one.parcel !== undefined) line(`  parcel ${one.parcel.number} (${one.parcel.carrier_code})`);
  if (one.receipt !== undefined)
    line(
      `  paid ${moneyText(one.receipt.freight)}, of it at the counter ${moneyText(one.receipt.collected)}`,
    );
  for (const step of one.steps ?? [])
    line(`${step.occurred_at} ${step.fact} by ${step.party}${step.reason ? `: ${step.reason}` : ''}`);
}

/** Reads a code at a counter, prices what lies on the scale and, with `yes`, takes it in. */
export async function takeMailingIn(
  client: PostroadClient,
  output: Output,
  code: string,
  given: IntakeOptions,
): Promise<void> {
  if (given.paidBy !== 'cash' && given.paidBy !== 'card') throw new MisuseError('--paid-by is cash or card');
  const seen = await client.post('/v1/mailing-codes/lookup', { body: { point_id: given.point, code } });
  const path = { mailing_id: seen.mailing_id };
  const found = {
    goods_class: given.goodsClass as GoodsClass,
    measured: { weight_grams: given.weight },
  };
  const price = await client.post('/v1/mailings/{mailing_id}/counter-price', {
    params: { path },
    body: found,
  });
  const checks = Object.fromEntries(seen.duties.checklist.map((name) => [name, true]));
  if (!given.yes) {
    const todo = {
      ...{ mailing: seen.mailing_id, goods: seen.goods.description, price: moneyText(price.total) },
      ...{ agreed: moneyText(seen.ceiling), collect: moneyText(price.to_collect) },
      document: seen.duties.needs_identity ? seen.duties.document_kinds.join(' ') : 'none',
      checks: seen.duties.checklist.join(' '),
    };
    printRows(output, [todo]);
    return;
  }
  const { currency } = price.total;
  const body = {
    ...found,
    checks,
    price_list_shown: true,
    ...(given.document === undefined ? {} : { document_kind: given.document }),
    ...(given.mark === undefined ? {} : { inspection_mark: given.mark }),
    ...(given.agreed === undefined ? {} : { agreed_total: { amount_minor: given.agreed, currency } }),
    ...(price.to_collect.amount_minor === 0
      ? {}
      : { payment: { method: given.paidBy, amount: price.to_collect } as const }),
  };
  const taken = await client.post('/v1/mailings/{mailing_id}/intake', { params: { path }, body });
  if (output.json) output.write(`${JSON.stringify(taken)}\n`);
  else
    printRows(output, [
      {
        ...{ mailing: taken.id, state: taken.state, number: taken.number },
        paid: taken.receipt === undefined ? '-' : moneyText(taken.receipt.freight),
        due: taken.handover_due_at,
      },
    ]);
}
