import { joinSql, type Queryable, sql } from '../../platform/db/index.ts';
import type { Id, Instant } from '../kernel/index.ts';

export type AuditRecord = {
  readonly id: Id<'adt'>;
  readonly organisationId: string;
  readonly at: Instant;
  readonly operation: string;
  readonly subject: string | undefined;
  readonly actorId: string;
  readonly actorRole: string;
  readonly actorOrganisationId: string;
  readonly requestId: string | undefined;
};

export async function insertRecord(db: Queryable, record: AuditRecord): Promise<void> {
  await db.run(sql`
    insert into audit.entry (organisation_id, entry_id, at, operation, subject, actor_id, actor_role, actor_organisation_id, request_id)
    values (${record.organisationId}, ${record.id}, ${record.at}, ${record.operation}, ${record.subject}, ${record.actorId},
      ${record.actorRole}, ${record.actorOrganisationId}, ${record.requestId})`);
}

export type AuditFilter = {
  /** Entries that concern it, or that its people made; undefined: all. */
  readonly viewer: string | undefined;
  readonly organisationId: string | undefined;
  readonly actorId: string | undefined;
  readonly operation: string | undefined;
  readonly subject: string | undefined;
  readonly since: Instant | undefined;
  readonly until: Instant | undefined;
};

/** Newest first, before an id. */
export async function listRecords(
  db: Queryable,
  filter: AuditFilter,
  before: string | undefined,
  limit: number,
): Promise<AuditRecord[]> {
  const { viewer } = filter;
  const conditions = [sql`true`];
  if (viewer !== undefined)
    conditions.push(sql`(organisation_id = ${viewer} or actor_organisation_id = ${viewer})`);
  if (filter.organisationId !== undefined) conditions.push(sql`organisation_id = ${filter.organisationId}`);
  if (filter.actorId !== undefined) conditions.push(sql`actor_id = ${filter.actorId}`);
  if (filter.operation !== undefined) conditions.push(sql`operation = ${filter.operation}`);
  if (filter.subject !== undefined) conditions.push(sql`subject = ${filter.subject}`);
  if (filter.since !== undefined) conditions.push(sql`at >= ${filter.since}`);
  if (filter.until !== undefined) conditions.push(sql`at < ${filter.until}`);
  if (before !== undefined) conditions.push(sql`entry_id < ${before}`);
  const rows = await db.rows<AuditRecord & { subject: string | null; requestId: string | null }>(sql`
    select entry_id as id, organisation_id as "organisationId", at, operation, subject, actor_id as "actorId",
      actor_role as "actorRole", actor_organisation_id as "actorOrganisationId", request_id as "requestId"
    from audit.entry where ${joinSql(conditions, sql` and `)} order by entry_id desc limit ${limit}`);
  return rows.map((row) => ({
    ...row,
    subject: row.subject ?? undefined,
    requestId: row.requestId ?? undefined,
  }));
}
