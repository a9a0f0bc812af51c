import type { PostroadClient } from '../client.ts';
import { RefusedError } from './exit.ts';
import { type Output, startProgress } from './output.ts';

/** As many as the API takes in one request. */
const BATCH = 1_000;

/** Issues waybills without a parcel; prints their numbers, with `--json` also their ids. */
export async function issueNumbers(
  client: PostroadClient,
  output: Output,
  order: { readonly carrier: string; readonly count: number },
): Promise<void> {
  const progress = startProgress(output, order.count, 'numbers');
  let refusal: string | undefined;
  for (let done = 0; done < order.count && refusal === undefined; done += BATCH) {
    const size = Math.min(BATCH, order.count - done);
    const run = crypto.randomUUID();
    const requests = Array.from({ length: size }, (_, index) => ({
      object_id: `${run}-${index + 1}`,
      carrier_code: order.carrier,
    }));
    const { results } = await client.post('/v1/waybills', { body: { requests } });
    for (const result of results) {
      if (result.waybill === undefined) refusal ??= `${result.error?.code}: ${result.error?.detail}`;
      else if (output.json)
        output.write(
          `${JSON.stringify({ number: result.waybill.number, waybill_id: result.waybill.id, carrier: order.carrier })}\n`,
        );
      else output.write(`${result.waybill.number}\n`);
    }
    progress.advance(size);
  }
  progress.end();
  if (refusal !== undefined) throw new RefusedError(`refused: ${refusal}`);
}
