import { z } from 'zod';
import { isZone } from '../../network/kernel/index.ts';
import {
  CARRIER_ERROR_NAMES,
  MILESTONES,
  type Milestone,
  type ParcelSubstatus,
  substatusAfter,
} from '../../network/tracking/connector-contract.ts';

/** Names joined by `/`: from a scan, or with `/` in front from the parcel that holds it. In CSV the name of a column. */
const path = z.string().min(1).max(200);
const names = Object.keys(MILESTONES) as [Milestone, ...Milestone[]];

/** `delivered`, or with a detail that fits `delivered/delivered.signed`. */
const meaning = z
  .string()
  .max(100)
  .refine(isMeaning, {
    error: `a milestone of ours, perhaps with "/" and a detail of it: ${names.join(', ')}`,
  });

/**
 * The description of a carrier's format as data. `fields.time` is date and time in one, else `date` and `clock` stand
 * apart; `offset` is that of the wall clock. `zone`: IANA name to assume where the carrier states none.
 */
export const Mapping = z
  .strictObject({
    carrier: z.string().regex(/^[a-z0-9_]{1,40}$/),
    format: z.enum(['json', 'csv']),
    source: z.string().min(1).max(200).describe('The document that the meanings were taken from'),
    parcels: path.optional().describe('JSON: where the list of parcels stands; absent: the document itself'),
    scans: path.optional().describe('JSON: where a parcel holds its scans; absent: each entry is one scan'),
    fields: z
      .strictObject({
        number: path,
        code: path.optional(),
        class: path.optional(),
        text: path.optional(),
        time: path.optional(),
        date: path.optional(),
        clock: path.optional(),
        offset: path.optional(),
        city: path.optional(),
        region: path.optional(),
        postcode: path.optional(),
        country: path.optional(),
        facility: path.optional(),
        estimate: path.optional(),
        weight: path.optional(),
        unit: path.optional().describe('Where the unit of the weight stands; absent: grams'),
      })
      .refine(({ time, date }) => (time === undefined) !== (date === undefined), {
        error: 'give either time or date',
      }),
    dates: z
      .enum(['day_first', 'month_first'])
      .optional()
      .describe('Where dates end with the year; absent: 02/03/2026 is not read, because it is two days'),
    zone: z.string().refine(isZone, { error: 'a zone of the IANA database' }).optional(),
    codes: z.record(z.string().min(1).max(64), meaning),
    errors: z
      .strictObject({
        at: path.describe('From the top of the document'),
        code: path.optional(),
        message: path,
        names: z.record(z.string(), z.enum(CARRIER_ERROR_NAMES)).default({}),
      })
      .optional(),
  })
  .refine(
    ({ format, parcels, scans, errors }) => format === 'json' || (parcels ?? scans ?? errors) === undefined,
    {
      error: 'rows of CSV are scans: no parcels, scans or errors',
    },
  );
export type Mapping = z.output<typeof Mapping>;

export type MappingResult =
  | { readonly ok: true; readonly mapping: Mapping }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Reads a mapping; every problem is told with its place. */
export function readMapping(document: unknown): MappingResult {
  const parsed = Mapping.safeParse(document);
  if (parsed.success) return { ok: true, mapping: parsed.data };
  return {
    ok: false,
    problems: parsed.error.issues.map((issue) => `/${issue.path.join('/')}: ${issue.message}`),
  };
}

export function meaningParts(text: string): readonly [Milestone, ParcelSubstatus?] {
  const [milestone, detail] = text.split('/');
  return detail === undefined
    ? [milestone as Milestone]
    : [milestone as Milestone, detail as ParcelSubstatus];
}

function isMeaning(text: string): boolean {
  const [milestone, detail] = meaningParts(text);
  if (!Object.hasOwn(MILESTONES, milestone) || text.split('/').length > 2) return false;
  return detail === undefined || substatusAfter(milestone, detail) === detail;
}
