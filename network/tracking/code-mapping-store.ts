import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Instant } from '../kernel/index.ts';
import type { CodeFilter, CodeMapping, CodeMappingId, SourceCode } from './code-mapping.policy.ts';
import type { Milestone, ParcelSubstatus } from './model.ts';

type Row = {
  mapping_id: CodeMappingId;
  source: string;
  format: string;
  code: string;
  version: number;
  milestone: Milestone | null;
  substatus: ParcelSubstatus | null;
  note: string;
  occurred_from: Instant | null;
  author: string;
  created_at: Instant;
};

export type CodeMappingVersion = CodeMapping & { readonly note: string; readonly createdAt: Instant };

function versionOf(row: Row): CodeMappingVersion {
  const { source, format, code, version, note, author } = row;
  return {
    id: row.mapping_id,
    source,
    format,
    code,
    version,
    note,
    author,
    createdAt: row.created_at,
    ...(row.milestone === null ? {} : { milestone: row.milestone }),
    ...(row.substatus === null ? {} : { substatus: row.substatus }),
    ...(row.occurred_from === null ? {} : { occurredFrom: row.occurred_from }),
  };
}

const COLUMNS = sql`m.mapping_id, m.source, m.format, m.code, v.version, v.milestone, v.substatus, v.note, v.occurred_from,
  v.author, v.created_at`;

/** The newest version of every mapping. */
export async function listNewestMappings(db: Queryable): Promise<CodeMapping[]> {
  const rows = await db.rows<Row>(sql`
    select distinct on (m.mapping_id) ${COLUMNS} from tracking.code_mapping m
    join tracking.code_mapping_version v using (mapping_id) order by m.mapping_id, v.version desc`);
  return rows.map(versionOf);
}

export async function findMapping(db: Queryable, id: string): Promise<CodeMappingVersion | undefined> {
  const row = await db.maybeRow<Row>(sql`
    select ${COLUMNS} from tracking.code_mapping m join tracking.code_mapping_version v using (mapping_id)
    where m.mapping_id = ${id} order by v.version desc limit 1`);
  return row === undefined ? undefined : versionOf(row);
}

export async function findMappingOf(db: Queryable, of: SourceCode): Promise<CodeMappingVersion | undefined> {
  const row = await db.maybeRow<Row>(sql`
    select ${COLUMNS} from tracking.code_mapping m join tracking.code_mapping_version v using (mapping_id)
    where m.source = ${of.source} and m.format = ${of.format} and m.code = ${of.code}
    order by v.version desc limit 1`);
  return row === undefined ? undefined : versionOf(row);
}

/** Newest first. */
export async function listVersions(db: Queryable, id: string): Promise<CodeMappingVersion[]> {
  const rows = await db.rows<Row>(sql`
    select ${COLUMNS} from tracking.code_mapping m join tracking.code_mapping_version v using (mapping_id)
    where m.mapping_id = ${id} order by v.version desc`);
  return rows.map(versionOf);
}

/** Makes a mapping without a version; false when somebody else just did. */
export async function insertMapping(db: Queryable, id: string, of: SourceCode): Promise<boolean> {
  const rows = await db.rows(sql`
    insert into tracking.code_mapping (mapping_id, source, format, code)
    values (${id}, ${of.source}, ${of.format}, ${of.code}) on conflict do nothing returning 1`);
  return rows.length === 1;
}

/** False when somebody else just wrote this version. */
export async function insertMappingVersion(db: Queryable, version: CodeMappingVersion): Promise<boolean> {
  const { id, milestone, substatus, note, occurredFrom, author, createdAt } = version;
  const rows = await db.rows(sql`
    insert into tracking.code_mapping_version (mapping_id, version, milestone, substatus, note, occurred_from, author, created_at)
    values (${id}, ${version.version}, ${milestone ?? null}, ${substatus ?? null}, ${note}, ${occurredFrom ?? null},
      ${author}, ${createdAt}) on conflict do nothing returning 1`);
  return rows.length === 1;
}

export type MappingFilter = {
  readonly code: CodeFilter;
  /** Of those alone that this organisation sent a code of. */
  readonly reporterId: string | undefined;
  readonly after: string;
  readonly limit: number;
};

/** Mappings with all their versions, newest first, in order of their ids. */
export async function listMappings(db: Queryable, filter: MappingFilter): Promise<CodeMappingVersion[][]> {
  const { source, format, code } = filter.code;
  const rows = await db.rows<Row>(sql`
    select ${COLUMNS} from tracking.code_mapping_version v
    join (select * from tracking.code_mapping c where c.mapping_id > ${filter.after}
      and (${source ?? null}::text is null or c.source = ${source ?? null})
      and (${format ?? null}::text is null or c.format = ${format ?? null})
      and (${code ?? null}::text is null or c.code = ${code ?? null})
      and (${filter.reporterId ?? null}::text is null or exists (select from tracking.unmapped_scan u
        where u.source = c.source and u.format = c.format and u.code = c.code and u.reporter_id = ${filter.reporterId ?? null}))
      order by c.mapping_id limit ${filter.limit}) m using (mapping_id)
    order by m.mapping_id, v.version desc`);
  return [...Map.groupBy(rows.map(versionOf), ({ id }) => id).values()];
}
