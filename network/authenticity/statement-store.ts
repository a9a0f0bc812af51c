import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Id, Instant } from '../kernel/index.ts';
import type { CaseRef } from './store.ts';

export type StatementId = Id<'vst'>;
/** What the merchant said in a case. The text is sealed in his own data key. */
export type Statement = {
  readonly id: StatementId;
  readonly kind: 'proof' | 'appeal';
  readonly sealedText: Uint8Array;
  readonly pictureIds: readonly string[];
  readonly byCaller: string;
  readonly givenAt: Instant;
};

type Row = {
  statement_id: StatementId;
  kind: 'proof' | 'appeal';
  sealed_text: Uint8Array;
  picture_ids: string[];
  by_caller: string;
  given_at: Instant;
};

export async function insertStatement(db: Queryable, one: CaseRef, said: Statement): Promise<void> {
  await db.run(sql`
    insert into authenticity.statement (organisation_id, statement_id, verification_id, kind, sealed_text, picture_ids, by_caller, given_at)
    values (${one.organisationId}, ${said.id}, ${one.id}, ${said.kind}, ${said.sealedText}, ${said.pictureIds}, ${said.byCaller}, ${said.givenAt})`);
}

export async function listStatements(db: Queryable, one: CaseRef): Promise<Statement[]> {
  const rows = await db.rows<Row>(sql`
    select statement_id, kind, sealed_text, picture_ids, by_caller, given_at from authenticity.statement
    where organisation_id = ${one.organisationId} and verification_id = ${one.id} order by statement_id`);
  return rows.map((row) => ({
    id: row.statement_id,
    kind: row.kind,
    sealedText: row.sealed_text,
    pictureIds: row.picture_ids,
    byCaller: row.by_caller,
    givenAt: row.given_at,
  }));
}
