import { randomBytes } from '../../platform/crypto/index.ts';
import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Instant, OrganisationId, PointId } from '../kernel/index.ts';
import {
  CODE_TRIES,
  type CodeScheme,
  codeText,
  isFairDraw,
  type Place,
  scopeKey,
  sequenceToTry,
} from './code.policy.ts';

export type CodeOrder = {
  readonly organisationId: OrganisationId;
  readonly pointId: PointId;
  readonly shelfParcelId: string;
  readonly scheme: CodeScheme;
  readonly place: Place | undefined;
  readonly now: Instant;
};

/**
 * Gives a parcel a code that no active one has and that has rested; undefined when none was found. Two clerks who take
 * the same sequence meet at its row: the second waits for the first's commit, finds it taken and jumps.
 */
export async function issueCode(db: Queryable, order: CodeOrder): Promise<string | undefined> {
  const scope = scopeKey(order.scheme, order.place);
  let last = order.scheme.form === 'place' ? await lastIssued(db, order, scope) : undefined;
  for (let attempt = 0; attempt < CODE_TRIES; attempt += 1) {
    const sequence = sequenceToTry(order.scheme, attempt, last, draw(order.scheme));
    const taken = await db.maybeRow<{ sequence: number }>(sql`
      insert into shelves.code (organisation_id, point_id, scope, sequence, shelf_parcel_id, issued_at)
      values (${order.organisationId}, ${order.pointId}, ${scope}, ${sequence}, ${order.shelfParcelId}, ${order.now})
      on conflict (organisation_id, point_id, scope, sequence) do update
        set shelf_parcel_id = excluded.shelf_parcel_id, issued_at = excluded.issued_at, free_from = null
        where code.free_from is not null and code.free_from <= ${order.now}
      returning sequence`);
    if (taken !== undefined) return codeText(order.scheme, order.place, sequence);
    last = sequence;
  }
  return undefined;
}

function draw(scheme: CodeScheme): number {
  for (;;) {
    const drawn = Buffer.from(randomBytes(4)).readUInt32BE();
    if (isFairDraw(scheme, drawn)) return drawn;
  }
}

async function lastIssued(db: Queryable, order: CodeOrder, scope: string): Promise<number | undefined> {
  const row = await db.maybeRow<{ sequence: number }>(sql`
    select sequence::int from shelves.code
    where organisation_id = ${order.organisationId} and point_id = ${order.pointId} and scope = ${scope}
    order by issued_at desc, sequence desc limit 1`);
  return row?.sequence;
}

/** Lets what a parcel had rest until `freeFrom`. */
export async function releaseCode(
  db: Queryable,
  organisationId: string,
  shelfParcelId: string,
  freeFrom: Instant,
): Promise<void> {
  await db.run(sql`
    update shelves.code set free_from = ${freeFrom}
    where organisation_id = ${organisationId} and shelf_parcel_id = ${shelfParcelId} and free_from is null`);
}

export async function findScheme(
  db: Queryable,
  organisationId: string,
  pointId: string,
): Promise<CodeScheme | undefined> {
  const row = await db.maybeRow<{ scheme: CodeScheme }>(sql`
    select scheme from shelves.code_scheme where organisation_id = ${organisationId} and point_id = ${pointId}`);
  return row?.scheme;
}

/** Codes that were given keep their form. */
export async function saveScheme(
  db: Queryable,
  organisationId: string,
  pointId: string,
  scheme: CodeScheme,
  now: Instant,
): Promise<void> {
  await db.run(sql`
    insert into shelves.code_scheme (organisation_id, point_id, scheme, changed_at)
    values (${organisationId}, ${pointId}, ${JSON.stringify(scheme)}::jsonb, ${now})
    on conflict (organisation_id, point_id) do update set scheme = excluded.scheme, changed_at = excluded.changed_at`);
}
