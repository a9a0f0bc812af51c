import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { draw, type Random } from './random.ts';

/** One row of the data: texts as they stand there, '' where the data has nothing. Times are local, without zone. */
export type Order = {
  readonly id: string;
  readonly status: string;
  readonly purchasedLocal: string;
  readonly approvedLocal: string;
  readonly handoverLocal: string;
  readonly deliveredLocal: string;
  readonly sellerId: string;
  readonly sellerZip: string;
  readonly sellerState: string;
  readonly customerZip: string;
  readonly customerState: string;
  readonly weightGrams: number;
  readonly volumeCm3: number;
  readonly priceMinor: number;
  readonly category: string;
};

export const ZONE = 'America/Sao_Paulo';
const OFFSETS = new Intl.DateTimeFormat('en-US', { timeZone: ZONE, timeZoneName: 'longOffset' });

function offsetMs(atMs: number): number {
  const name = OFFSETS.formatToParts(atMs).find((part) => part.type === 'timeZoneName')?.value ?? '';
  const match = /GMT([+-])(\d\d):(\d\d)/.exec(name);
  if (match === null) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * 60_000;
}

/** `YYYY-MM-DD HH:MM:SS` of Brazil's clocks as milliseconds. The data holds no time of a skipped or doubled hour. */
export function atMsOf(local: string): number {
  const asUtc = Date.parse(`${local.replace(' ', 'T')}Z`);
  if (Number.isNaN(asUtc)) throw new Error(`not a time: ${local}`);
  const first = asUtc - offsetMs(asUtc);
  return asUtc - offsetMs(first);
}

export const instantOf = (atMs: number): string => new Date(atMs).toISOString();

/** When the order is bought: the approval of its payment, else the purchase. */
export const boughtAtMs = (order: Order): number => atMsOf(order.approvedLocal || order.purchasedLocal);

/** Rows without a seller have no item, no weight, no price. */
export const hasGoods = (order: Order): boolean => order.sellerId !== '';

/** The data knows only the volume: the parcel is taken as the cube that holds it. */
export const sideMm = (order: Order): number => Math.max(1, Math.ceil(Math.cbrt(order.volumeCm3 * 1000)));

/** All rows of the two files, in the order of the files. Undefined when the folder has none. */
export function readOrders(folder: string): Order[] | undefined {
  try {
    return ['train.csv.gz', 'exceptions.csv.gz'].flatMap((name) =>
      ordersOf(gunzipSync(readFileSync(join(folder, name))).toString('utf8')),
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

export function ordersOf(csv: string): Order[] {
  const [head = '', ...lines] = csv.trim().split(/\r?\n/);
  const columns = head.split(',');
  return lines.map((line, index) => {
    const cells = line.split(',');
    if (cells.length !== columns.length || line.includes('"'))
      throw new Error(`line ${index + 2} has ${cells.length} cells, not ${columns.length}`);
    const cell = (name: string) => cells[columns.indexOf(name)] ?? '';
    return {
      id: cell('order_id'),
      status: columns.includes('order_status') ? cell('order_status') : 'delivered',
      purchasedLocal: cell('purchase_ts'),
      approvedLocal: cell('approved_ts'),
      handoverLocal: cell('carrier_handover_ts'),
      deliveredLocal: cell('delivered_ts'),
      sellerId: cell('seller_id'),
      sellerZip: cell('seller_zip5'),
      sellerState: cell('seller_state'),
      customerZip: cell('customer_zip5'),
      customerState: cell('customer_state'),
      weightGrams: Math.round(Number(cell('weight_g'))),
      volumeCm3: Number(cell('volume_cm3')),
      priceMinor: Math.round(Number(cell('price')) * 100),
      category: cell('category'),
    };
  });
}

const PLACES = [
  ['01310', 'SP'],
  ['20040', 'RJ'],
  ['30110', 'MG'],
  ['40010', 'BA'],
  ['80010', 'PR'],
  ['69900', 'AC'],
] as const;
/** Status, then whether it was handed over and delivered; its share is the number of times it stands here. */
const STORIES = [
  ...Array.from({ length: 9 }, () => ['delivered', true, true] as const),
  ['shipped', true, false],
  ['shipped', true, false],
  ['canceled', false, false],
  ['canceled', true, false],
  ['invoiced', false, false],
  ['processing', false, false],
] as const;

/** Made-up rows of the same shape, contradictions included: what the kill test replays where the data is not. */
export function madeUpOrders(count: number, random: Random): Order[] {
  const pick = <T>(list: readonly T[]): T => draw(random, list);
  const local = (atMs: number) => new Date(atMs).toISOString().slice(0, 19).replace('T', ' ');
  const hours = (low: number, high: number) => Math.round((low + random() * (high - low)) * 3600) * 1000;
  return Array.from({ length: count }, (_, index): Order => {
    const [status, isHandedOver, isDelivered] = pick(STORIES);
    const noGoods = index % 19 === 7;
    const [sellerZip, sellerState] = pick(PLACES);
    const [customerZip, customerState] = pick(PLACES);
    const bought = Date.UTC(2017, 2, 1, 8) + hours(0, 30 * 24);
    const approved = bought + hours(0, 20);
    const handover = index % 29 === 3 ? approved - hours(1, 10) : approved + hours(1, 120);
    const delivered = index % 31 === 5 ? handover - hours(0.1, 0.9) : handover + hours(24, 400);
    return {
      id: `made-up-${index.toString().padStart(6, '0')}`,
      status,
      purchasedLocal: local(Math.min(bought, approved - 60_000)),
      approvedLocal: noGoods && index % 2 === 0 ? '' : local(approved),
      handoverLocal: isHandedOver && !noGoods ? local(handover) : '',
      deliveredLocal: isDelivered && !noGoods ? local(Math.max(delivered, approved + 1000)) : '',
      sellerId: noGoods ? '' : `seller-${index % 9}`,
      sellerZip: noGoods ? '' : sellerZip,
      sellerState: noGoods ? '' : sellerState,
      customerZip,
      // A state that its own CEP contradicts, as some rows of the data have it.
      customerState: index % 41 === 2 ? 'AM' : customerState,
      weightGrams: noGoods ? 0 : index % 37 === 9 ? 31_000 : 100 + Math.floor(random() * 9_000),
      volumeCm3: noGoods ? 0 : index % 43 === 11 ? 500_000 : 500 + Math.floor(random() * 30_000),
      priceMinor: noGoods ? 0 : 500 + Math.floor(random() * 90_000),
      category: noGoods ? '' : pick(['esporte_lazer', 'telefonia', '']),
    };
  });
}
