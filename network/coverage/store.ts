import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Position } from '../kernel/index.ts';
import type { PointService } from '../points/index.ts';
import { NETWORK } from '../rulebooks/index.ts';

export type UnservedDemand = {
  readonly country: string;
  readonly service: PointService;
  /** Date of the world in UTC. */
  readonly day: string;
  readonly subjectId: string;
  readonly position: Position;
  readonly parcels: number;
};

/** In the network's scope. The same subject on the same day is the same demand, asked again. */
export async function insertUnserved(db: Queryable, one: UnservedDemand): Promise<void> {
  await db.run(sql`
    insert into coverage.unserved (organisation_id, country, service, day, subject_id, latitude_e2, longitude_e2, parcels)
    values (${NETWORK}, ${one.country}, ${one.service}, ${one.day}::date, ${one.subjectId},
      ${Math.round(one.position.latitude * 100)}, ${Math.round(one.position.longitude * 100)}, ${one.parcels})
    on conflict (organisation_id, country, service, day, subject_id) do nothing`);
}

/** A hundredth of a degree each way around `position`. */
export type UnservedCell = {
  readonly position: Position;
  readonly demands: number;
  readonly parcels: number;
};

/** Where demand since a day found no point, the most first. */
export async function listUnservedCells(
  db: Queryable,
  asked: { readonly country: string; readonly service: PointService; readonly sinceDay: string },
  limit: number,
): Promise<UnservedCell[]> {
  const rows = await db.rows<{
    latitude_e2: number;
    longitude_e2: number;
    demands: number;
    parcels: number;
  }>(sql`
    select latitude_e2, longitude_e2, count(*)::integer as demands, sum(parcels)::integer as parcels
    from coverage.unserved
    where organisation_id = ${NETWORK} and country = ${asked.country} and service = ${asked.service}
      and day >= ${asked.sinceDay}::date
    group by latitude_e2, longitude_e2 order by demands desc, latitude_e2, longitude_e2 limit ${limit}`);
  return rows.map(({ latitude_e2, longitude_e2, demands, parcels }) => ({
    position: { latitude: latitude_e2 / 100, longitude: longitude_e2 / 100 },
    demands,
    parcels,
  }));
}

export async function purgeUnserved(db: Queryable, beforeDay: string): Promise<void> {
  await db.run(
    sql`delete from coverage.unserved where organisation_id = ${NETWORK} and day < ${beforeDay}::date`,
  );
}
