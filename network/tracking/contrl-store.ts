import { type Queryable, sql } from '../../platform/db/index.ts';

/** So many control references that no other answer has; a rolled back one is never used. */
export async function takeContrlReferences(db: Queryable, count: number): Promise<number[]> {
  const rows = await db.rows<{ reference: number }>(sql`
    select nextval('tracking.contrl_reference')::float8 as reference from generate_series(1, ${count}::int)`);
  return rows.map(({ reference }) => reference);
}
