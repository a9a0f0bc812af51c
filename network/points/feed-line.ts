import { z } from 'zod';
import { CsvError, type CsvRow, readCsv } from '../../platform/csv/index.ts';
import { snakeCase } from '../../platform/http/index.ts';
import { accepted, type CountryCode, countrySchema, type Outcome, refused } from '../kernel/index.ts';
import { outletCodeSchema, outletFields } from './contract.ts';
import type { Point } from './model.ts';
import { parseWeeklyHours } from './weekly-hours.policy.ts';

/** Lines of one feed: every outlet of a large post, twice. Source: issue of the feature. */
export const MAX_FEED_LINES = 100_000;

const COLUMNS = [
  'outlet_code',
  'status',
  'name',
  'kind',
  'services',
  'goods_classes',
  'country',
  'division_codes',
  'city',
  'postcode',
  'address',
  'latitude',
  'longitude',
  'zone',
  'hours',
  'collect_per_hour',
  'return_per_hour',
  'mail_per_hour',
  'shelf',
  'max_weight_grams',
  'max_side_mm',
] as const;

export type FeedCells = { readonly [Column in (typeof COLUMNS)[number]]?: string | undefined };
export type FeedRow = { readonly line: number; readonly outletCode: string; readonly cells: FeedCells };

/** Reads a file of outlets into its cells; what is in them is judged line by line later. */
export function readFeed(bytes: Uint8Array): Outcome<FeedRow[], 'point_feed_unreadable'> {
  let rows: CsvRow[];
  try {
    rows = readCsv(new TextDecoder('utf-8', { fatal: true }).decode(bytes), MAX_FEED_LINES + 1);
  } catch (error) {
    const what =
      error instanceof CsvError ? `Line ${error.line}: ${error.message.replaceAll('_', ' ')}.` : '';
    return refused('point_feed_unreadable', what === '' ? 'The file is not UTF-8.' : what);
  }
  const header = (rows[0]?.cells ?? []).map((cell) => cell.trim());
  const unknown = header.find((name) => !COLUMNS.some((column) => column === name));
  if (unknown !== undefined || !header.includes('outlet_code'))
    return refused('point_feed_unreadable', `The columns are ${COLUMNS.join(', ')}; outlet_code is needed.`);
  return accepted(
    rows.slice(1).map(({ line, cells }) => {
      const filled = header.flatMap((column, index) => {
        const cell = (cells[index] ?? '').trim();
        return cell === '' ? [] : [[column, cell] as const];
      });
      const named: FeedCells = Object.fromEntries(filled);
      return { line, outletCode: named.outlet_code ?? '', cells: named };
    }),
  );
}

const outletSchema = z.strictObject({
  outletCode: outletCodeSchema,
  name: outletFields.name,
  kind: outletFields.kind,
  services: outletFields.services,
  goodsClasses: outletFields.goodsClasses,
  country: countrySchema,
  divisionCodes: outletFields.divisionCodes,
  city: outletFields.city,
  postcode: outletFields.postcode.optional(),
  addressLines: outletFields.addressLines,
  position: outletFields.position,
  zone: outletFields.zone,
  hours: outletFields.hours,
  capacity: outletFields.capacity,
});

/** What a line says of an outlet that is open. */
export type FeedOutlet = Pick<Point, keyof z.output<typeof outletSchema>>;
export type FeedFault = { readonly column: string; readonly code: string; readonly message: string };

/** An outlet as a line describes it, or what is wrong with its cells. */
export function outletOf(cells: FeedCells): Outcome<FeedOutlet | 'closed'> {
  if (cells.status === 'closed') return accepted('closed' as const);
  const list = (text: string | undefined) => (text ?? '').split('|').flatMap((one) => one.trim() || []);
  const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));
  const parsed = outletSchema.safeParse({
    outletCode: cells.outlet_code,
    name: cells.name,
    kind: cells.kind,
    services: list(cells.services),
    goodsClasses: list(cells.goods_classes),
    country: cells.country,
    divisionCodes: list(cells.division_codes),
    city: cells.city,
    postcode: cells.postcode,
    addressLines: list(cells.address),
    position: { latitude: number(cells.latitude), longitude: number(cells.longitude) },
    zone: cells.zone,
    hours: parseWeeklyHours(cells.hours ?? ''),
    capacity: {
      perHour: {
        collect: number(cells.collect_per_hour),
        return: number(cells.return_per_hour),
        mail: number(cells.mail_per_hour),
      },
      shelf: number(cells.shelf),
      maxWeightGrams: number(cells.max_weight_grams),
      maxSideMm: number(cells.max_side_mm),
    },
  });
  const faults =
    cells.status === undefined || cells.status === 'open' ? [] : [fault('status', 'open or closed')];
  if (!parsed.success)
    faults.push(
      ...parsed.error.issues.map(({ path, message }) => fault(columnOf(path.map(String)), message)),
    );
  if (faults.length > 0 || !parsed.success) {
    const errors = faults.map(({ column, code, message }) => ({ pointer: `/${column}`, code, message }));
    return refused('invalid_request', '', errors);
  }
  return accepted({ ...parsed.data, country: parsed.data.country as CountryCode });
}

function fault(column: string, message: string): FeedFault {
  return { column, code: 'invalid_value', message };
}

function columnOf(path: readonly string[]): string {
  const [first = '', second = '', third] = path;
  if (first === 'addressLines') return 'address';
  if (first === 'position') return second;
  if (first === 'capacity') return third === undefined ? snakeCase(second) : `${third}_per_hour`;
  return snakeCase(first);
}
