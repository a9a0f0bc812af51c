import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Instant } from '../kernel/index.ts';
import type { Life } from './decide.ts';
import type {
  Period,
  Rulebook,
  RulebookId,
  RulebookScope,
  RulebookVersion,
  RulebookVersionId,
  VersionState,
} from './model.ts';

type RulebookRow = {
  organisation_id: RulebookScope;
  rulebook_id: RulebookId;
  kind: string;
  opened_at: Instant;
};

function rulebookOf(row: RulebookRow): Rulebook {
  return {
    id: row.rulebook_id,
    organisationId: row.organisation_id,
    kind: row.kind,
    openedAt: row.opened_at,
  };
}

/** The book of an owner and kind, made when it is the first time; its row is locked, so that versions come one by one. */
export async function lockRulebook(db: Queryable, book: Rulebook): Promise<Rulebook> {
  await db.run(sql`
    insert into rulebooks.rulebook (organisation_id, rulebook_id, kind, opened_at)
    values (${book.organisationId}, ${book.id}, ${book.kind}, ${book.openedAt}) on conflict do nothing`);
  await db.rows(
    sql`select pg_advisory_xact_lock(hashtextextended(${`rulebook ${book.organisationId} ${book.kind}`}, 0))`,
  );
  return rulebookOf(
    await db.row<RulebookRow>(sql`
      select organisation_id, rulebook_id, kind, opened_at from rulebooks.rulebook
      where organisation_id = ${book.organisationId} and kind = ${book.kind}`),
  );
}

export async function findRulebookOwner(db: Queryable, id: string): Promise<RulebookScope | undefined> {
  const row = await db.maybeRow<{ organisation_id: RulebookScope }>(sql`
    select organisation_id from rulebooks.rulebook where rulebook_id = ${id}`);
  return row?.organisation_id;
}

/** Books after an id: of some owners, or of all. */
export async function listRulebooks(
  db: Queryable,
  owners: readonly string[] | 'all',
  after: string,
  limit: number,
): Promise<Rulebook[]> {
  const which = owners === 'all' ? sql`true` : sql`organisation_id = any(${owners})`;
  const rows = await db.rows<RulebookRow>(sql`
    select organisation_id, rulebook_id, kind, opened_at from rulebooks.rulebook
    where ${which} and rulebook_id > ${after} order by rulebook_id limit ${limit}`);
  return rows.map(rulebookOf);
}

type VersionRow = {
  organisation_id: RulebookScope;
  rulebook_version_id: RulebookVersionId;
  rulebook_id: RulebookId;
  kind: string;
  number: number;
  digest: string;
  author: string;
  note: string;
  drafted_at: Instant;
  state: VersionState;
  valid_from: Instant | null;
  valid_to: Instant | null;
  revision: number;
};

const COLUMNS = sql`organisation_id, rulebook_version_id, rulebook_id, kind, number, encode(digest, 'hex') as digest,
  author, note, drafted_at, state, valid_from, valid_to, revision`;

function versionOf(row: VersionRow): RulebookVersion {
  return {
    id: row.rulebook_version_id,
    rulebookId: row.rulebook_id,
    organisationId: row.organisation_id,
    kind: row.kind,
    number: row.number,
    digest: row.digest,
    author: row.author,
    note: row.note,
    draftedAt: row.drafted_at,
    state: row.state,
    validFrom: row.valid_from ?? undefined,
    validTo: row.valid_to ?? undefined,
    revision: row.revision,
  };
}

/** Numbers the version behind the last of its book. The book must be locked. */
export async function insertVersion(
  db: Queryable,
  version: Omit<RulebookVersion, 'number'>,
  document: unknown,
): Promise<RulebookVersion> {
  return versionOf(
    await db.row<VersionRow>(sql`
      insert into rulebooks.rulebook_version (organisation_id, rulebook_version_id, rulebook_id, kind, number, document,
        digest, author, note, drafted_at, state, valid_from, valid_to, revision)
      select ${version.organisationId}, ${version.id}, ${version.rulebookId}, ${version.kind},
        coalesce(max(number), 0) + 1, ${JSON.stringify(document)}::jsonb, decode(${version.digest}, 'hex'),
        ${version.author}, ${version.note}, ${version.draftedAt}, ${version.state}, ${version.validFrom},
        ${version.validTo}, ${version.revision}
      from rulebooks.rulebook_version
      where organisation_id = ${version.organisationId} and rulebook_id = ${version.rulebookId}
      returning ${COLUMNS}`),
  );
}

export async function findVersion(
  db: Queryable,
  id: string,
): Promise<{ version: RulebookVersion; document: unknown } | undefined> {
  const row = await db.maybeRow<VersionRow & { document: unknown }>(sql`
    select ${COLUMNS}, document from rulebooks.rulebook_version where rulebook_version_id = ${id}`);
  return row === undefined ? undefined : { version: versionOf(row), document: row.document };
}

/** Versions of a book after an id, without their documents. */
export async function listVersions(
  db: Queryable,
  organisationId: string,
  rulebookId: string,
  after: string,
  limit: number,
): Promise<RulebookVersion[]> {
  const rows = await db.rows<VersionRow>(sql`
    select ${COLUMNS} from rulebooks.rulebook_version
    where organisation_id = ${organisationId} and rulebook_id = ${rulebookId} and rulebook_version_id > ${after}
    order by rulebook_version_id limit ${limit}`);
  return rows.map(versionOf);
}

/** All versions of a book that are or were dated. The book must be locked by who changes them. */
export async function listDatedVersions(
  db: Queryable,
  organisationId: string,
  rulebookId: string,
): Promise<RulebookVersion[]> {
  const rows = await db.rows<VersionRow>(sql`
    select ${COLUMNS} from rulebooks.rulebook_version
    where organisation_id = ${organisationId} and rulebook_id = ${rulebookId} and valid_from is not null
    order by valid_from, number`);
  return rows.map(versionOf);
}

export async function findVersionByDigest(
  db: Queryable,
  organisationId: string,
  rulebookId: string,
  digest: string,
): Promise<RulebookVersion | undefined> {
  const row = await db.maybeRow<VersionRow>(sql`
    select ${COLUMNS} from rulebooks.rulebook_version
    where organisation_id = ${organisationId} and rulebook_id = ${rulebookId} and digest = decode(${digest}, 'hex')
    order by number desc limit 1`);
  return row === undefined ? undefined : versionOf(row);
}

/**
 * Changes the life of a version and answers it as it is now. Throws when it is not any more what the caller decided by:
 * who decides holds the lock of the book.
 */
export async function saveLife(
  db: Queryable,
  version: RulebookVersion,
  life: Life,
): Promise<RulebookVersion> {
  return versionOf(
    await db.row<VersionRow>(sql`
      update rulebooks.rulebook_version
      set state = ${life.state}, valid_from = ${life.validFrom}, valid_to = ${life.validTo}, revision = revision + 1
      where organisation_id = ${version.organisationId} and rulebook_version_id = ${version.id}
        and revision = ${version.revision}
      returning ${COLUMNS}`),
  );
}

export async function insertTrial(
  db: Queryable,
  trial: {
    readonly id: string;
    readonly version: RulebookVersion;
    readonly kind: 'tests' | 'dry_run';
    readonly by: string;
    readonly result: object;
  },
  now: Instant,
): Promise<void> {
  await db.run(sql`
    insert into rulebooks.trial (organisation_id, trial_id, rulebook_version_id, kind, tried_at, tried_by, result)
    values (${trial.version.organisationId}, ${trial.id}, ${trial.version.id}, ${trial.kind}, ${now}, ${trial.by},
      ${trial.result}::jsonb)`);
}

type PeriodRow = {
  organisation_id: RulebookScope;
  rulebook_version_id: RulebookVersionId;
  number: number;
  valid_from: Instant;
  valid_to: Instant | null;
};

/** When which version is in force: of the platform and of the network. Needs no wider scope than the caller has. */
export async function listPeriods(db: Queryable, kind: string, scope: RulebookScope): Promise<Period[]> {
  const rows = await db.rows<PeriodRow>(sql`
    select organisation_id, rulebook_version_id, number, valid_from, valid_to
    from rulebooks.periods_of(${kind}, ${scope})`);
  return rows.map((row) => ({
    organisationId: row.organisation_id,
    versionId: row.rulebook_version_id,
    number: row.number,
    validFrom: row.valid_from,
    validTo: row.valid_to ?? undefined,
  }));
}

export async function readDatedDocument(
  db: Queryable,
  period: Pick<Period, 'organisationId' | 'versionId'>,
): Promise<unknown> {
  const row = await db.row<{ document: unknown }>(sql`
    select rulebooks.document_of(${period.organisationId}, ${period.versionId}) as document`);
  return row.document;
}
