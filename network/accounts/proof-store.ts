import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Instant } from '../kernel/index.ts';

/** A proof that is shown now. False when it was before: of two at the same moment one waits and is told so. */
export async function useProof(
  db: Queryable,
  used: { readonly organisationId: string; readonly proof: Uint8Array; readonly endsAt: Instant },
): Promise<boolean> {
  const written = await db.run(sql`
    insert into accounts.used_proof (organisation_id, proof, ends_at)
    values (${used.organisationId}, ${used.proof}, ${used.endsAt}) on conflict do nothing`);
  return written === 1;
}

/** Those that nobody could show again. What another process takes away just now is left to it. */
export async function forgetProofs(db: Queryable, before: Instant): Promise<void> {
  await db.run(sql`
    delete from accounts.used_proof u using (
      select organisation_id, proof from accounts.used_proof where ends_at < ${before} for update skip locked) ended
    where u.organisation_id = ended.organisation_id and u.proof = ended.proof`);
}
