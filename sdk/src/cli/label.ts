import { writeFile } from 'node:fs/promises';
import type { PostroadClient } from '../client.ts';
import { buyDemoParcel } from './demo-parcel.ts';
import { MisuseError, RefusedError } from './exit.ts';
import type { Output } from './output.ts';
import { wordsOf } from './standard-input.ts';

const SIZES = ['76x130mm', '100x150mm', '100x180mm', '4x6in'] as const;
const FORMATS = ['pdf', 'zpl'] as const;

export type LabelOptions = {
  readonly size: string;
  readonly format: string;
  readonly dpi?: number;
  readonly out?: string;
  readonly demo: boolean;
};

/** As many labels as the API draws into one document. */
const BATCH = 500;

/** Draws the labels into one document and writes it. */
export async function printLabels(
  client: PostroadClient,
  output: Output,
  args: readonly string[],
  options: LabelOptions,
): Promise<void> {
  const size = oneOf('--size', options.size, SIZES);
  const format = oneOf('--format', options.format, FORMATS);
  const dpi = options.dpi === undefined ? undefined : oneOf('--dpi', options.dpi, [203, 300] as const);
  const isNamed = args.length > 0;
  if (options.demo === isNamed)
    throw new MisuseError('name a waybill, a shipment or a number to print; or --demo alone');
  const waybillIds = options.demo
    ? await buyDemoParcel(client, output)
    : (await Promise.all((await wordsOf(args)).map((target) => findWaybills(client, target)))).flat();
  if (waybillIds.length === 0) throw new MisuseError('nothing to print');
  if (waybillIds.length > BATCH)
    throw new MisuseError(`one document holds at most ${BATCH} labels, these are ${waybillIds.length}`);
  const label = await client.post('/v1/labels', {
    body: { waybill_ids: waybillIds, size, format, ...(dpi === undefined ? {} : { dpi }) },
  });
  const bytes = await client.get('/v1/labels/{label_id}', {
    params: { path: { label_id: label.id } },
    parseAs: 'arrayBuffer',
  });
  const file = options.out ?? `label.${format}`;
  if (file === '-') {
    await new Promise<void>((resolve) => process.stdout.write(new Uint8Array(bytes), () => resolve()));
    return;
  }
  await writeFile(file, new Uint8Array(bytes));
  const numbers = label.items.map((item) => item.number);
  output.write(
    output.json
      ? `${JSON.stringify({ label_id: label.id, file, bytes: bytes.byteLength, numbers })}\n`
      : `wrote ${file}: ${numbers.length === 1 ? numbers[0] : `${numbers.length} labels`} (${bytes.byteLength} bytes)\n`,
  );
}

async function findWaybills(client: PostroadClient, target: string): Promise<string[]> {
  if (target.startsWith('wbl_')) return [target];
  if (target.startsWith('shp_')) {
    const shipment = await client.get('/v1/shipments/{shipment_id}', {
      params: { path: { shipment_id: target } },
    });
    return shipment.parcels.map((parcel) => parcel.waybill_id);
  }
  const page = await client.get('/v1/waybills', { params: { query: { number: target, limit: 1 } } });
  const found = page.data[0]?.id;
  if (found === undefined) throw new RefusedError(`refused: there is no waybill ${target} of yours`);
  return [found];
}

function oneOf<T extends string | number>(name: string, given: string | number, allowed: readonly T[]): T {
  const found = allowed.find((value) => value === given);
  if (found === undefined) throw new MisuseError(`${name} is one of ${allowed.join(', ')}, not ${given}`);
  return found;
}
