import type { PostroadClient } from '../client.ts';
import type { components } from '../openapi.gen.ts';
import { MisuseError, RefusedError } from './exit.ts';
import { clean, type Output, printRows } from './output.ts';

type Shipment = components['schemas']['ExternalShipment'];
type Verdict = NonNullable<Shipment['verification_state']>;

export type Declaration = {
  readonly order: string;
  readonly carrier: string;
  readonly number: string;
  readonly part: boolean;
  readonly site?: string | undefined;
  readonly service?: string | undefined;
  readonly shipped?: string | undefined;
  readonly from?: string | undefined;
  readonly weight?: number | undefined;
  readonly despiteCorrection: boolean;
};

/**
 * Declares one shipment; prints its id. The same declaration again prints the same id; with other details, or when its number
 * was corrected since, it is refused.
 */
export async function declareExternal(
  client: PostroadClient,
  output: Output,
  given: Declaration,
): Promise<void> {
  const shipment = {
    ...(given.order.startsWith('ord_') ? { order_id: given.order } : { order_reference: given.order }),
    carrier_code: given.carrier,
    number: given.number,
    send_type: given.part ? ('part' as const) : ('all' as const),
    ...(given.site === undefined ? {} : { tracking_site: given.site }),
    ...(given.service === undefined ? {} : { service_name: given.service }),
    ...(given.shipped === undefined ? {} : { shipped_at: given.shipped }),
    ...(given.from === undefined ? {} : { ship_from_country: given.from }),
    ...(given.weight === undefined ? {} : { weight_grams: given.weight }),
    ...(given.despiteCorrection ? { despite_correction: true } : {}),
  };
  const answer = await client.post('/v1/external-shipments', {
    body: { shipments: [{ object_id: 'one', shipment }] },
  });
  const [result] = answer.results;
  if (result?.external_shipment_id === undefined) {
    const fault = result?.error;
    throw new RefusedError(`refused: ${fault?.detail ?? 'no answer'} (${fault?.code ?? 'unknown'})`);
  }
  output.write(output.json ? `${JSON.stringify(result)}\n` : `${result.external_shipment_id}\n`);
}

const VERDICTS: readonly Verdict[] = [
  'pending',
  'genuine',
  'suspected',
  'under_review',
  'cleared',
  'penalised',
  'appealed',
  'upheld',
  'revoked',
  'withdrawn',
];

/** Prints declarations, newest first, at most `limit`; with `--json` as the API answers them. */
export async function listExternal(
  client: PostroadClient,
  output: Output,
  asked: {
    readonly verdict: string | undefined;
    readonly number: string | undefined;
    readonly limit: number;
  },
): Promise<void> {
  const verdict = VERDICTS.find((one) => one === asked.verdict);
  if (asked.verdict !== undefined && verdict === undefined)
    throw new MisuseError(`--verdict is one of ${VERDICTS.join(', ')}`);
  const query = {
    limit: Math.min(100, asked.limit),
    ...(verdict === undefined ? {} : { verification_state: verdict }),
    ...(asked.number === undefined ? {} : { number: asked.number }),
  };
  const found: Shipment[] = [];
  for await (const one of client.listAll('/v1/external-shipments', { params: { query } })) {
    found.push(one);
    if (found.length >= asked.limit) break;
  }
  if (output.json) for (const one of found) output.write(`${JSON.stringify(one)}\n`);
  else printRows(output, found.map(rowOf));
}

function rowOf(one: Shipment) {
  return {
    declaration: one.id,
    state: one.state,
    order: one.order_reference,
    carrier: one.carrier_code,
    number: one.number,
    tracking: one.tracking_status ?? '-',
    verdict: one.verification_state ?? '-',
    declared: one.declared_at,
  };
}

/** Corrects carrier, number or weight of a declaration; what was declared before stays in its history. */
export async function correctExternal(
  client: PostroadClient,
  output: Output,
  id: string,
  given: {
    readonly carrier?: string;
    readonly number?: string;
    /** In grams; false takes it away. */
    readonly weight?: number | false;
    readonly reason: string;
  },
): Promise<void> {
  if (given.carrier === undefined && given.number === undefined && given.weight === undefined)
    throw new MisuseError('what is wrong? Give --carrier, --number, --weight or --no-weight');
  const corrected = await client.patch('/v1/external-shipments/{external_shipment_id}', {
    params: { path: { external_shipment_id: id } },
    body: {
      ...(given.carrier === undefined ? {} : { carrier_code: given.carrier }),
      ...(given.number === undefined ? {} : { number: given.number }),
      ...(given.weight === undefined ? {} : { weight_grams: given.weight === false ? null : given.weight }),
      reason: given.reason,
    },
  });
  tell(output, corrected);
}

/** Takes a declaration back. */
export async function withdrawExternal(
  client: PostroadClient,
  output: Output,
  id: string,
  reason: string,
): Promise<void> {
  const withdrawn = await client.post('/v1/external-shipments/{external_shipment_id}/withdrawal', {
    params: { path: { external_shipment_id: id } },
    body: { reason },
  });
  tell(output, withdrawn);
}

function tell(output: Output, one: Shipment): void {
  output.write(
    output.json
      ? `${JSON.stringify(one)}\n`
      : `${clean(`${one.id} ${one.state} ${one.carrier_code} ${one.number}`)}\n`,
  );
}
