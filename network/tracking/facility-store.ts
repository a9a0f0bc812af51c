import { type Column, type Queryable, sql, unnestRows } from '../../platform/db/index.ts';
import type { CountryCode, Instant } from '../kernel/index.ts';
import type { FacilityLists } from './facility.policy.ts';

/** A place where a source scans, under the code that its scans name. */
export type Facility = {
  readonly code: string;
  readonly country: CountryCode;
  readonly city: string | undefined;
};

const ROW: readonly Column<Facility>[] = [
  ['code', 'text', ({ code }) => code],
  ['country', 'text', ({ country }) => country],
  ['city', 'text', ({ city }) => city],
];

/** The whole list of a source from now on; empty: it lists none. What stays keeps since when it is listed. */
export async function replaceFacilities(
  db: Queryable,
  source: string,
  facilities: readonly Facility[],
  now: Instant,
): Promise<void> {
  await db.run(sql`
    delete from tracking.facility f where f.source = ${source}
      and not exists (select from ${unnestRows('u', facilities, ROW)} where u.code = f.code)`);
  await db.run(sql`
    insert into tracking.facility (source, code, country, city, listed_at)
    select ${source}, u.code, u.country, u.city, ${now} from ${unnestRows('u', facilities, ROW)} order by u.code
    on conflict (source, code) do update set country = excluded.country, city = excluded.city`);
}

export type ListedFacility = {
  readonly code: string;
  readonly country: CountryCode;
  readonly city: string | null;
  readonly listedAt: Instant;
};

/** In order of their codes, behind `after`. */
export async function listFacilities(
  db: Queryable,
  source: string,
  after: string,
  limit: number,
): Promise<ListedFacility[]> {
  return db.rows<ListedFacility>(sql`
    select code, country, city, listed_at as "listedAt" from tracking.facility
    where source = ${source} and code > ${after} order by code limit ${limit}`);
}

/** Of all sources that list some. */
export async function readFacilityLists(db: Queryable): Promise<FacilityLists> {
  const rows = await db.rows<{ source: string; codes: string[] }>(
    sql`select source, array_agg(code) as codes from tracking.facility group by source`,
  );
  return new Map(rows.map(({ source, codes }) => [source, new Set(codes)]));
}
