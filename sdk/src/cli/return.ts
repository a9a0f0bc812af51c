import type { PostroadClient } from '../client.ts';
import type { components, operations } from '../openapi.gen.ts';
import { MisuseError } from './exit.ts';
import { clean, moneyText, type Output, printPages } from './output.ts';

type Return = components['schemas']['Return'];
type State = Return['state'];
const STATES: readonly State[] = [
  'applied',
  'agreed',
  'routed',
  'code_issued',
  'accepted_at_point',
  'collected',
  'in_transit',
  'received',
  'screened',
  'refunded',
  'refused',
  'platform_intervention',
  'replacement_pending',
  'amend',
  'replacement_sent',
  'success',
  'refund_instead',
  'closed',
];

type Waited = NonNullable<NonNullable<operations['listReturns']['parameters']['query']>['waits_for']>;
const WAITED_FOR: readonly Waited[] = ['buyer', 'seller', 'point', 'platform'];

export type ReturnsAsked = {
  readonly state?: string | undefined;
  readonly order?: string | undefined;
  readonly waitsFor?: string | undefined;
  /** By when something is due, soonest first; else newest first. */
  readonly due?: boolean | undefined;
  readonly limit: number;
};

/** Prints returns, at most `limit`; with `--json` as the API answers them. */
export async function listReturns(
  client: PostroadClient,
  output: Output,
  asked: ReturnsAsked,
): Promise<void> {
  const state = oneOf(STATES, asked.state, '--state');
  const waitsFor = oneOf(WAITED_FOR, asked.waitsFor, '--waits-for');
  await printPages(
    output,
    asked.limit,
    (part) =>
      client.get('/v1/returns', {
        params: {
          query: {
            ...part,
            ...(state === undefined ? {} : { state }),
            ...(asked.order === undefined ? {} : { order_id: asked.order }),
            ...(waitsFor === undefined ? {} : { waits_for: waitsFor }),
            ...(asked.due === true ? { order: 'due' } : {}),
          },
        },
      }),
    rowOf,
  );
}

function oneOf<Word extends string>(
  words: readonly Word[],
  given: string | undefined,
  option: string,
): Word | undefined {
  const found = words.find((word) => word === given);
  if (given !== undefined && found === undefined)
    throw new MisuseError(`${option} is one of ${words.join(', ')}`);
  return found;
}

function rowOf(one: Return) {
  return {
    return: one.id,
    kind: one.kind,
    state: one.state,
    order: one.order_reference,
    amount: moneyText(one.amount),
    due: one.due_at ?? '-',
    applied: one.applied_at,
  };
}

export async function showReturn(client: PostroadClient, output: Output, id: string): Promise<void> {
  const params = { path: { return_id: id } };
  printReturn(output, await client.get('/v1/returns/{return_id}', { params }));
}

export async function agreeReturn(client: PostroadClient, output: Output, id: string): Promise<void> {
  const params = { path: { return_id: id } };
  printReturn(output, await client.post('/v1/returns/{return_id}/agreement', { params }));
}

export async function refuseReturn(
  client: PostroadClient,
  output: Output,
  id: string,
  reason: string,
): Promise<void> {
  const params = { path: { return_id: id } };
  const body = { reason, picture_ids: [] };
  printReturn(output, await client.post('/v1/returns/{return_id}/refusal', { params, body }));
}

/** One return: what is wanted, where it stands and until when, and how it went. */
function printReturn(output: Output, one: Return): void {
  if (output.json) {
    output.write(`${JSON.stringify(one)}\n`);
    return;
  }
  const line = (text: string) => output.write(`${clean(text)}\n`);
  const due = one.due_at === undefined ? '' : `, due ${one.due_at}`;
  line(`${one.kind} of order ${one.order_reference}: ${one.state}${due}`);
  for (const item of one.items)
    line(`  ${item.quantity} x ${item.description} (${item.reason}): ${moneyText(item.amount)}`);
  if (one.parcel !== undefined) line(`  parcel ${one.parcel.number} (${one.parcel.carrier_code})`);
  if (one.refund !== undefined) line(`  refund ${moneyText(one.refund.amount)} (${one.refund.basis})`);
  for (const step of one.steps ?? [])
    line(`${step.occurred_at} ${step.fact} by ${step.party}${step.reason ? `: ${step.reason}` : ''}`);
}
