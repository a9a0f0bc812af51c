import { z } from 'zod';
import { CsvError, type CsvRow, openCsv } from '../../platform/csv/index.ts';
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

/** Characters of one line: more than all its cells may have. Whoever forgets to close a quote is told there. */
const MAX_LINE_LENGTH = 32_768;

type Unreadable = Outcome<never, 'point_feed_unreadable'>;

/** A file of outlets that comes in pieces of bytes, cut anywhere; what is in the cells is judged line by line later. */
export type FeedReader = {
  push(bytes: Uint8Array): Outcome<FeedRow[], 'point_feed_unreadable'>;
  end(): Outcome<FeedRow[], 'point_feed_unreadable'>;
};

export function openFeed(): FeedReader {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const csv = openCsv(MAX_FEED_LINES + 1, MAX_LINE_LENGTH);
  let header: readonly string[] | undefined;
  let lastLine = 0;
  const read = (some: () => CsvRow[]): ReturnType<FeedReader['end']> => {
    let rows: CsvRow[];
    try {
      rows = some();
    } catch (error) {
      return unreadable(error, lastLine);
    }
    lastLine = rows.at(-1)?.line ?? lastLine;
    if (header === undefined) {
      header = rows.shift()?.cells.map((cell) => cell.trim());
      if (header !== undefined && !isHeader(header)) return NO_HEADER;
    }
    return accepted(rows.map((row) => rowOf(row, header ?? [])));
  };
  return {
    push: (bytes) => read(() => csv.push(decoder.decode(bytes, { stream: true }))),
    end: () => {
      const rest = read(() => [...csv.push(decoder.decode()), ...csv.end()]);
      return rest.ok && header === undefined ? NO_HEADER : rest;
    },
  };
}

function unreadable(error: unknown, lastLine: number): Unreadable {
  const what =
    error instanceof CsvError
      ? `Line ${error.line}: ${error.message.replaceAll('_', ' ')}.`
      : `The file is not UTF-8 behind line ${lastLine}.`;
  return refused('point_feed_unreadable', what);
}

const NO_HEADER: Unreadable = refused(
  'point_feed_unreadable',
  `Line 1: the columns are ${COLUMNS.join(', ')}; outlet_code is needed.`,
);

function isHeader(header: readonly string[]): boolean {
  return header.includes('outlet_code') && header.every((name) => COLUMNS.some((column) => column === name));
}

function rowOf({ line, cells }: CsvRow, header: readonly string[]): FeedRow {
  const named: Record<string, string> = {};
  for (let index = 0; index < header.length; index += 1) {
    const cell = (cells[index] ?? '').trim();
    if (cell !== '') named[header[index] as string] = cell;
  }
  return { line, outletCode: named.outlet_code ?? '', cells: named };
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
