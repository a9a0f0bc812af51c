import { type Queryable, type SqlQuery, sql } from '../../platform/db/index.ts';
import type { Instant, OrganisationId, PointId } from '../kernel/index.ts';

/** The tables of a room whose things are opened by codes; `subjectId`: the column that names such a thing. */
export type CodeTables = {
  readonly key: SqlQuery;
  readonly code: SqlQuery;
  readonly tries: SqlQuery;
  readonly visit: SqlQuery;
  readonly subjectId: SqlQuery;
};
/** A person at a point, or a counter system's key there. */
export type Clerk = {
  readonly organisationId: OrganisationId;
  readonly clerkId: string;
  readonly pointId: string;
};
export type Tries = { readonly startedAt: Instant; readonly wrong: number };
export type CodeOwner<SubjectId> = {
  readonly organisationId: OrganisationId;
  readonly subjectId: SubjectId;
};
/** A code that was read right opens its thing to a network's counter for a while; without a point: at a door. */
export type CounterVisit<SubjectId> = CodeOwner<SubjectId> & {
  readonly pointOrganisationId: OrganisationId;
  readonly pointId: PointId | undefined;
  readonly byCaller: string;
  readonly openedAt: Instant;
  readonly endsAt: Instant;
};
export type CodeStore<SubjectId extends string> = ReturnType<typeof codeStoreOf<SubjectId>>;

/** What rooms keep of codes, each in tables of its own. */
export function codeStoreOf<SubjectId extends string>(tables: CodeTables) {
  return { ...keysAndCodes<SubjectId>(tables), ...triesAndVisits<SubjectId>(tables) };
}

function keysAndCodes<SubjectId extends string>({ key, code: codes, subjectId }: CodeTables) {
  return {
    /** The wrapped key of codes; the first that was written counts. */
    findKey: async (db: Queryable): Promise<Uint8Array | undefined> => {
      const row = await db.maybeRow<{ wrapped: Uint8Array }>(
        sql`select wrapped from ${key} where key_id = 1`,
      );
      return row?.wrapped;
    },
    insertKey: async (db: Queryable, wrapped: Uint8Array): Promise<void> => {
      await db.run(sql`insert into ${key} (key_id, wrapped) values (1, ${wrapped}) on conflict do nothing`);
    },
    /** False when another thing may still show this code. One that has run out is taken over. */
    insertCode: async (
      db: Queryable,
      code: CodeOwner<SubjectId> & { readonly index: Uint8Array; readonly expiresAt: Instant },
      now: Instant,
    ): Promise<boolean> => {
      const written = await db.run(sql`
        insert into ${codes} as known (code_index, organisation_id, ${subjectId}, expires_at)
        values (${code.index}, ${code.organisationId}, ${code.subjectId}, ${code.expiresAt})
        on conflict (code_index) do update set organisation_id = excluded.organisation_id,
          ${subjectId} = excluded.${subjectId}, expires_at = excluded.expires_at where known.expires_at <= ${now}`);
      return written === 1;
    },
    /** Codes of a thing that open nothing any more: it was taken in, sent elsewhere or ended. */
    dropCodes: async (db: Queryable, id: string): Promise<void> => {
      await db.run(sql`delete from ${codes} where ${subjectId} = ${id}`);
    },
    findCode: (db: Queryable, index: Uint8Array, now: Instant): Promise<CodeOwner<SubjectId> | undefined> =>
      db.maybeRow(sql`
        select organisation_id as "organisationId", ${subjectId} as "subjectId" from ${codes}
        where code_index = ${index} and expires_at > ${now}`),
  };
}

function triesAndVisits<SubjectId extends string>({ tries, visit: visits, subjectId }: CodeTables) {
  return {
    /** Wrong codes of a clerk at a point, locked, so that guesses in parallel count one by one. */
    lockTries: async (db: Queryable, clerk: Clerk, now: Instant): Promise<Tries> => {
      await db.run(sql`
        insert into ${tries} (organisation_id, clerk_id, point_id, started_at, wrong)
        values (${clerk.organisationId}, ${clerk.clerkId}, ${clerk.pointId}, ${now}, 0) on conflict do nothing`);
      return db.row<Tries>(sql`
        select started_at as "startedAt", wrong from ${tries}
        where organisation_id = ${clerk.organisationId} and clerk_id = ${clerk.clerkId} and point_id = ${clerk.pointId}
        for update`);
    },
    saveTries: async (db: Queryable, clerk: Clerk, after: Tries): Promise<void> => {
      await db.run(sql`
        update ${tries} set started_at = ${after.startedAt}, wrong = ${after.wrong}
        where organisation_id = ${clerk.organisationId} and clerk_id = ${clerk.clerkId} and point_id = ${clerk.pointId}`);
    },
    openVisit: async (db: Queryable, visit: CounterVisit<SubjectId>): Promise<void> => {
      await db.run(sql`
        insert into ${visits} (organisation_id, ${subjectId}, point_organisation_id, point_id, by_caller, opened_at, ends_at)
        values (${visit.organisationId}, ${visit.subjectId}, ${visit.pointOrganisationId}, ${visit.pointId},
          ${visit.byCaller}, ${visit.openedAt}, ${visit.endsAt})
        on conflict (organisation_id, ${subjectId}, point_organisation_id) do update set point_id = excluded.point_id,
          by_caller = excluded.by_caller, opened_at = excluded.opened_at, ends_at = excluded.ends_at`);
    },
    findVisit: async (
      db: Queryable,
      id: string,
      pointOrganisationId: string,
    ): Promise<CounterVisit<SubjectId> | undefined> => {
      const row = await db.maybeRow<
        Omit<CounterVisit<SubjectId>, 'pointId'> & { pointId: PointId | null }
      >(sql`
        select organisation_id as "organisationId", ${subjectId} as "subjectId",
          point_organisation_id as "pointOrganisationId", point_id as "pointId", by_caller as "byCaller",
          opened_at as "openedAt", ends_at as "endsAt"
        from ${visits} where ${subjectId} = ${id} and point_organisation_id = ${pointOrganisationId}`);
      return row === undefined ? undefined : { ...row, pointId: row.pointId ?? undefined };
    },
  };
}
