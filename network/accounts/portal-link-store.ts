import { hashToken, newToken } from '../../platform/crypto/index.ts';
import { type Queryable, type SqlQuery, sql } from '../../platform/db/index.ts';
import type { JobHandler } from '../../platform/jobs/index.ts';
import type { Work, World } from '../../platform/world/index.ts';
import { addDays, addMs, type Instant, type OrganisationId } from '../kernel/index.ts';

/** Where a room keeps the links of people without an account, and what their tokens look like. */
export type PortalTable = {
  readonly table: SqlQuery;
  /** The column that names what a link opens. */
  readonly subjectId: SqlQuery;
  /** How its tokens begin in each world. */
  readonly prefix: Readonly<Record<World['name'], string>>;
  readonly lastsMs: number;
  /** The daily job that throws away what ran out. */
  readonly purge: string;
};
export type PortalLink<SubjectId> = {
  readonly organisationId: OrganisationId;
  readonly subjectId: SubjectId;
};
export type OpenedPortal = { readonly token: string; readonly expiresAt: Instant };
export type PortalLinks<SubjectId extends string> = ReturnType<typeof portalLinksOf<SubjectId>>;

/** A body that is longer holds pictures and a token, and is not parsed to find out which world it is about. */
const PARSED_BYTES = 64 * 1024;
const DAY_MS = 86_400_000;

/** Tokens that open one thing each to whoever holds them, for a while; only their digests are kept. */
export function portalLinksOf<SubjectId extends string>(portal: PortalTable) {
  const { table, subjectId, prefix, lastsMs, purge } = portal;
  const schedulePurge = (work: Work): void => {
    const next = new Date(Math.floor(Date.parse(work.now) / DAY_MS + 1) * DAY_MS).toISOString() as Instant;
    work.schedule({ kind: purge, key: next, runAt: next, payload: {} });
  };
  /** Tokens that open nothing any more. In the network's scope. */
  const purgeBefore = (db: Queryable, before: Instant): Promise<number> =>
    db.run(sql`delete from ${table} where expires_at < ${before}`);
  return {
    /** The world that a request is about: that of its token, or the one that it names. */
    worldOf: (body: Uint8Array) => worldOf(body, prefix.test),
    /** A token for a thing, in the scope of its owner. Shown once. */
    open: async (work: Work, link: PortalLink<SubjectId>): Promise<OpenedPortal> => {
      const token = `${prefix[work.world]}${newToken()}`;
      const expiresAt = addMs(work.now, lastsMs);
      await work.db.run(sql`
        insert into ${table} (organisation_id, token_hash, ${subjectId}, created_at, expires_at)
        values (${link.organisationId}, ${hashToken(token)}, ${link.subjectId}, ${work.now}, ${expiresAt})`);
      return { token, expiresAt };
    },
    /** What a token opens. In the network's scope. */
    find: (db: Queryable, token: string, now: Instant): Promise<PortalLink<SubjectId> | undefined> =>
      db.maybeRow(sql`
        select organisation_id as "organisationId", ${subjectId} as "subjectId" from ${table}
        where token_hash = ${hashToken(token)} and expires_at > ${now}`),
    purgeBefore,
    schedulePurge,
    purgeJob: {
      kind: purge,
      run: async (work) => {
        await purgeBefore(work.db, addDays(work.now, -1));
        schedulePurge(work);
      },
    } satisfies JobHandler,
  };
}

function worldOf(body: Uint8Array, testPrefix: string): World['name'] {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (bytes.length > PARSED_BYTES) return bytes.includes(testPrefix) ? 'test' : 'live';
  try {
    const { world, token } = JSON.parse(bytes.toString('utf8')) as { world?: unknown; token?: unknown };
    const isTest = typeof token === 'string' ? token.startsWith(testPrefix) : world === 'test';
    return isTest ? 'test' : 'live';
  } catch {
    return 'live';
  }
}
