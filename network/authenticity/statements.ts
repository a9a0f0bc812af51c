import type { Queryable } from '../../platform/db/index.ts';
import type { Work } from '../../platform/world/index.ts';
import type { OrganisationId } from '../kernel/index.ts';
import type { Vault } from '../vault/index.ts';
import { insertStatement, listStatements, type Statement, type StatementId } from './statement-store.ts';
import type { CaseRef } from './store.ts';

export type OpenStatement = Omit<Statement, 'sealedText'> & { readonly text: string };

/** Keeps what the merchant says, sealed in his data key: people write names and addresses. */
export async function keepStatement(
  work: Work,
  vault: Vault,
  one: CaseRef,
  said: Pick<OpenStatement, 'kind' | 'text' | 'pictureIds' | 'byCaller'>,
): Promise<void> {
  const id: StatementId = work.newId('vst');
  const sealedText = await vault.sealBlob(work, {
    organisationId: one.organisationId,
    name: id,
    bytes: new TextEncoder().encode(said.text),
  });
  const { kind, pictureIds, byCaller } = said;
  await insertStatement(work.db, one, { id, kind, sealedText, pictureIds, byCaller, givenAt: work.now });
}

/** In the order in which they were said. */
export async function openStatements(
  db: Queryable,
  vault: Vault,
  one: CaseRef & { readonly organisationId: OrganisationId },
): Promise<OpenStatement[]> {
  const statements = await listStatements(db, one);
  return Promise.all(
    statements.map(async ({ sealedText, ...said }) => ({
      ...said,
      text: new TextDecoder().decode(
        await vault.openBlob(db, { organisationId: one.organisationId, name: said.id, sealed: sealedText }),
      ),
    })),
  );
}
