import { type Queryable, sql } from '../../platform/db/index.ts';
import { type Instant, instant, type PointId } from '../kernel/index.ts';
import type { Point } from './model.ts';
import { POINT_COLUMNS, pointOf, type Row } from './store.ts';

/** Some points as one JSON text, for a thread that reads very many: `pointsOfText` is its other half. */
export type PointTexts = {
  /** Undefined: there are none. */
  readonly text: string | undefined;
  readonly count: number;
  readonly last: PointId | undefined;
  /** As that of `listPointsChangedSince`. */
  readonly horizon: string;
};

/** A page behind an id, in the order of ids. PostgreSQL writes it in half the time that reading rows takes here. */
export async function listPointTexts(db: Queryable, after: PointId | '', limit: number): Promise<PointTexts> {
  const row = await db.row<{ horizon: string; count: number; last: PointId | null; text: string | null }>(sql`
    select pg_snapshot_xmin(pg_current_snapshot())::text as horizon, count(*)::int as count, max(point_id) as last,
      json_agg(json_build_array(${POINT_COLUMNS}))::text as text
    from (select ${POINT_COLUMNS} from points.point where point_id > ${after} order by point_id limit ${limit}) p`);
  return { ...row, last: row.last ?? undefined, text: row.text ?? undefined };
}

const NAMES = POINT_COLUMNS.text.split(',').map((name) => name.trim() as keyof Row);
const TIMES: ReadonlySet<string> = new Set<keyof Row>([
  ...(['trial_until', 'paused_from', 'paused_until', 'exits_at', 'applied_at', 'changed_at'] as const),
]);
const TIME_PLACES = NAMES.flatMap((name, at) => (TIMES.has(name) ? at : []));

export function pointsOfText(text: string): Point[] {
  const row: Record<string, unknown> = {};
  return (JSON.parse(text) as unknown[][]).map((values) => {
    for (const at of TIME_PLACES) values[at] = instantOf(values[at] as string | null);
    for (let at = 0; at < NAMES.length; at += 1) row[NAMES[at] as string] = values[at];
    return pointOf(row as Row);
  });
}

/** JSON of PostgreSQL has +00:00 for Z, and as many digits of a second as are not 0. */
function instantOf(text: string | null): Instant | null {
  if (text === null) return null;
  if (text.length === 25 && text.endsWith('+00:00')) return `${text.slice(0, 19)}.000Z` as Instant;
  return instant(text);
}

export async function countPoints(db: Queryable): Promise<number> {
  return (await db.row<{ count: number }>(sql`select count(*)::int as count from points.point`)).count;
}
