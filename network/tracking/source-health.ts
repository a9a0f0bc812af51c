import { z } from 'zod';
import type { Queryable } from '../../platform/db/index.ts';
import { type Route, replyWith } from '../../platform/http/index.ts';
import { readRoute } from '../accounts/index.ts';
import { findCarrier } from '../carriers/index.ts';
import { accepted, addMs, type Instant, instantSchema, msBetween } from '../kernel/index.ts';
import { LAG_COUNTS, lagWithin, unusualSilenceMs } from './source-health.policy.ts';
import { listSourceHours, type SourceHour } from './source-hour-store.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** By the hours of a week one knows when a source is quiet; those of the last day are shown. */
const WEEK_MS = 7 * DAY_MS;
/** Sources of one answer: those that spoke last. Our default. */
const MAX_SOURCES = 500;

const SourceHealth = z
  .object({
    source: z.string().meta({ description: 'As in the entries of a timeline' }),
    names: z.object({ en: z.string(), zh: z.string() }).optional().meta({ description: 'Of a carrier' }),
    lastReceivedAt: instantSchema,
    isSilent: z.boolean().meta({ description: 'Quiet for longer than it ever was this week, by half' }),
    unusualSilenceSeconds: z
      .int()
      .optional()
      .meta({ description: 'After so long it is silent; absent while it is hardly known' }),
    lastDay: z
      .object({
        scans: z.int(),
        unmapped: z.int(),
        duplicates: z.int(),
        refused: z.int(),
        lagSecondsP50: z.int().optional(),
        lagSecondsP95: z.int().optional(),
      })
      .meta({
        description:
          'Of the last 24 hours. Lags are ends of steps: half, and 95 of 100, came at least so soon',
      }),
    hours: z
      .array(z.object({ hour: instantSchema, scans: z.int() }))
      .meta({ description: 'New scans of the last 24 hours; hours without any are left out' }),
  })
  .meta({ id: 'SourceHealth' });

const SourcesHealth = z.object({ at: instantSchema, data: z.array(SourceHealth) }).meta({
  id: 'SourcesHealth',
  description: 'Counted in each process and added every 5 s: a crash loses what was not added yet',
});

export function sourceHealthRoute(): Route {
  return readRoute({
    operation: 'readSourceIntake',
    method: 'GET',
    path: '/v1/tracking-sources/intake',
    tag: 'tracking',
    summary: 'How well each source speaks: how late, how much, how understandable, and whether it is silent',
    effect: 'read',
    answers: {
      200: { description: 'The sources of the last seven days, silent ones first', body: SourcesHealth },
    },
    handle: async ({ db, now }) => accepted(replyWith(200, await readSourceHealth(db, now))),
  });
}

async function readSourceHealth(db: Queryable, now: Instant) {
  const hours = await listSourceHours(db, addMs(now, -WEEK_MS), MAX_SOURCES);
  const data = [...Map.groupBy(hours, ({ source }) => source).values()].map((own) => healthOf(own, now));
  return {
    at: now,
    data: data.sort(
      (a, b) =>
        Number(b.isSilent) - Number(a.isSilent) ||
        b.lastDay.scans - a.lastDay.scans ||
        (a.source < b.source ? -1 : 1),
    ),
  };
}

/** `own`: the hours of one source, oldest first; at least one. */
function healthOf(own: readonly SourceHour[], now: Instant) {
  const newest = own.at(-1);
  if (newest === undefined) throw new Error('a source without an hour');
  const day = own.filter(({ hour }) => msBetween(hour, now) < DAY_MS);
  const sum = (part: 'scans' | 'unmapped' | 'duplicates' | 'refused') =>
    day.reduce((total, hour) => total + hour[part], 0);
  const lags = Array.from({ length: LAG_COUNTS }, (_, step) =>
    day.reduce((total, hour) => total + (hour.lags[step] ?? 0), 0),
  );
  const silenceMs = unusualSilenceMs(own.map(({ hour }) => hour));
  const names = findCarrier(newest.source)?.names;
  return {
    source: newest.source,
    ...(names === undefined ? {} : { names }),
    lastReceivedAt: newest.lastReceivedAt,
    isSilent: silenceMs !== undefined && msBetween(newest.lastReceivedAt, now) > silenceMs,
    ...(silenceMs === undefined ? {} : { unusualSilenceSeconds: Math.round(silenceMs / 1000) }),
    lastDay: {
      scans: sum('scans'),
      unmapped: sum('unmapped'),
      duplicates: sum('duplicates'),
      refused: sum('refused'),
      ...lagSeconds('lagSecondsP50', lagWithin(lags, 0.5)),
      ...lagSeconds('lagSecondsP95', lagWithin(lags, 0.95)),
    },
    hours: day.filter(({ scans }) => scans > 0).map(({ hour, scans }) => ({ hour, scans })),
  };
}

function lagSeconds<Key extends string>(key: Key, lagMs: number | undefined): { [K in Key]?: number } {
  return lagMs === undefined ? {} : ({ [key]: lagMs / 1000 } as { [K in Key]?: number });
}
