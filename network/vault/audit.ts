import { createHmac } from 'node:crypto';
import { deriveKey, type KeyRing } from '../../platform/crypto/index.ts';
import type { Queryable } from '../../platform/db/index.ts';
import type { Work } from '../../platform/world/index.ts';
import { findKey, hexOf, INDEX_PURPOSE, keysFor } from './keys.ts';
import type { AuditEntry } from './model.ts';
import { appendAudit, findAuditHead, listChain, lockAuditHead } from './store.ts';

/**
 * Digest of an entry over the digest before it: HMAC-SHA256 under a key that is not in the database, so that who can
 * write the table cannot write a chain that verifies.
 */
export function auditDigest(indexKey: Uint8Array, previous: Uint8Array, entry: AuditEntry): Uint8Array {
  const { id, organisationId, sequence, at, action, partyRef, actorId, actorRole, actorOrganisationId } =
    entry;
  const said = [id, organisationId, sequence, at, action, partyRef, actorId, actorRole, actorOrganisationId];
  return createHmac('sha256', deriveKey(indexKey, 'audit'))
    .update(JSON.stringify([hexOf(previous), ...said, entry.purpose, entry.fields]))
    .digest();
}

export type NewAuditEntry = Omit<AuditEntry, 'id' | 'sequence' | 'at'>;

/** Writes what happened at the end of the owner's chain. Entries of one owner wait for each other. */
export async function recordAudit(work: Work, ring: KeyRing, said: NewAuditEntry): Promise<AuditEntry> {
  const { indexKey } = await keysFor(work, ring, said.organisationId);
  const head = await lockAuditHead(work.db, said.organisationId);
  const entry = { ...said, id: work.newId('aud'), sequence: head.sequence + 1, at: work.now };
  await appendAudit(work.db, entry, auditDigest(indexKey, head.digest, entry));
  return entry;
}

/** `brokenAt`: the first sequence that is missing, altered or cut off. */
export type ChainReport = { readonly entries: number; readonly brokenAt: number | undefined };

const BATCH = 1_000;

/** Reads an owner's whole chain and computes it anew. */
export async function verifyAuditChain(
  db: Queryable,
  ring: KeyRing,
  organisationId: string,
): Promise<ChainReport> {
  const head = await findAuditHead(db, organisationId);
  const indexKey = await findKey(db, ring, organisationId, INDEX_PURPOSE);
  let previous: Uint8Array = new Uint8Array();
  let sequence = 0;
  for (;;) {
    const batch = await listChain(db, organisationId, sequence, BATCH);
    for (const { entry, digest } of batch) {
      const expected = indexKey === undefined ? undefined : auditDigest(indexKey, previous, entry);
      if (entry.sequence !== sequence + 1 || expected === undefined || !isSame(expected, digest)) {
        return { entries: sequence, brokenAt: sequence + 1 };
      }
      sequence = entry.sequence;
      previous = digest;
    }
    if (batch.length < BATCH) break;
  }
  const ends =
    head === undefined ? sequence === 0 : head.sequence === sequence && isSame(head.digest, previous);
  return { entries: sequence, brokenAt: ends ? undefined : sequence + 1 };
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}
