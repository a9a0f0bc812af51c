import type { PostroadClient } from '../client.ts';
import type { components } from '../openapi.gen.ts';
import { MisuseError } from './exit.ts';
import { clean, moneyText, type Output, printPages } from './output.ts';

type Parcel = components['schemas']['ShelfParcel'];
const STATES: readonly Parcel['state'][] = [
  'announced',
  'stored',
  'handed_out',
  'exception',
  'returning',
  'returned',
  'cancelled',
];

/** Prints the parcels of points, newest first; with `--json` as the API answers them. */
export async function listShelf(
  client: PostroadClient,
  output: Output,
  asked: {
    readonly point: string | undefined;
    readonly state: string | undefined;
    readonly overdue: boolean;
    readonly limit: number;
  },
): Promise<void> {
  const state = STATES.find((one) => one === asked.state);
  if (asked.state !== undefined && state === undefined)
    throw new MisuseError(`--state is one of ${STATES.join(', ')}`);
  await printPages(
    output,
    asked.limit,
    (part) =>
      client.get('/v1/shelf-parcels', {
        params: {
          query: {
            ...part,
            ...(state === undefined ? {} : { state }),
            ...(asked.point === undefined ? {} : { point_id: asked.point }),
            ...(asked.overdue ? { overdue: 'true' as const } : {}),
          },
        },
      }),
    rowOf,
  );
}

function rowOf(one: Parcel) {
  return {
    parcel: one.id,
    state: one.state,
    number: one.number,
    place: one.place ?? '-',
    recipient: one.recipient_name ?? '-',
    free_until: one.free_until ?? '-',
    home_at: one.return_at ?? '-',
  };
}

/** Puts a parcel on the shelf of a point and prints where it lies. */
export async function storeOnShelf(
  client: PostroadClient,
  output: Output,
  stored: { readonly point: string; readonly number: string; readonly place: string },
): Promise<void> {
  const parcel = await client.post('/v1/points/{point_id}/shelf-parcels', {
    params: { path: { point_id: stored.point } },
    body: { number: stored.number, place: stored.place },
  });
  print(
    output,
    parcel,
    `${parcel.number} lies at ${parcel.place ?? '?'}, home at ${parcel.return_at ?? '?'}`,
  );
}

/** Hands a parcel out by its pick-up code; a wrong one is refused, and counted. */
export async function handOutFromShelf(
  client: PostroadClient,
  output: Output,
  given: { readonly id: string; readonly code: string; readonly fee: string | undefined },
): Promise<void> {
  const { fee } = given;
  if (fee !== undefined && fee !== 'collected' && fee !== 'waived')
    throw new MisuseError('--fee is collected or waived');
  const parcel = await client.post('/v1/shelf-parcels/{shelf_parcel_id}/hand-out', {
    params: { path: { shelf_parcel_id: given.id } },
    body: { way: 'code', code: given.code, ...(fee === undefined ? {} : { fee }) },
  });
  print(output, parcel, `${parcel.number} was handed out`);
}

/** Goods that were handed out while nothing was said of their money; of one point, or of the network. */
export async function listOpenCash(
  client: PostroadClient,
  output: Output,
  { point, limit }: { readonly point: string | undefined; readonly limit: number },
): Promise<void> {
  const own = point === undefined ? (await client.get('/v1/me')).organisation.id : '';
  await printPages(
    output,
    limit,
    (query) =>
      point === undefined
        ? client.get('/v1/point-networks/{organisation_id}/open-cash', {
            params: { path: { organisation_id: own }, query },
          })
        : client.get('/v1/points/{point_id}/open-cash', { params: { path: { point_id: point }, query } }),
    (one) => ({
      parcel: one.id,
      number: one.number,
      amount: amountOf(one),
      record_until: one.cash_open_until ?? '-',
      point: one.point_id,
    }),
  );
}

function amountOf({ cash_on_delivery: due }: Parcel): string {
  return due === undefined ? '-' : moneyText(due);
}

/** Records that the goods of a parcel were paid for, all that they ask for. */
export async function recordCash(
  client: PostroadClient,
  output: Output,
  id: string,
  method: string,
): Promise<void> {
  if (method !== 'cash' && method !== 'card') throw new MisuseError('--paid-by is cash or card');
  const params = { path: { shelf_parcel_id: id } };
  const { cash_on_delivery: amount } = await client.get('/v1/shelf-parcels/{shelf_parcel_id}', { params });
  if (amount === undefined) throw new MisuseError(`nothing is to be paid for ${id}`);
  const body = { cash: { method, amount } } as const;
  const parcel = await client.post('/v1/shelf-parcels/{shelf_parcel_id}/cash', { params, body });
  print(output, parcel, `${amountOf(parcel)} for ${parcel.number} is recorded`);
}

function print(output: Output, parcel: Parcel, sentence: string): void {
  output.write(output.json ? `${JSON.stringify(parcel)}\n` : `${clean(sentence)}\n`);
}
