import { type BlindIndex, createBlindIndex, type KeyRing } from '../../platform/crypto/index.ts';
import type { Queryable } from '../../platform/db/index.ts';
import type { Work } from '../../platform/world/index.ts';
import type { Instant } from '../kernel/index.ts';
import { insertDataKey, listDataKeys, listKeySamples, lockOldDataKeys, saveRewrapped } from './store.ts';

/** The month (UTC) whose key seals what is stored now, `2026-11`. */
export function monthOf(at: Instant): string {
  return at.slice(0, 7);
}

export const INDEX_PURPOSE = 'index';

/** What a wrapped key is bound to: it opens nothing of another organisation or month. */
function contextOf(organisationId: string, purpose: string): readonly string[] {
  return ['vault', organisationId, purpose];
}

export type OwnerKeys = {
  /** Month of `key`. */
  readonly purpose: string;
  readonly key: Uint8Array;
  /** For blind indexes and the audit chain; the same for all months. */
  readonly indexKey: Uint8Array;
};

/** The keys of an organisation for this month, made when they are the first. */
export async function keysFor(work: Work, ring: KeyRing, organisationId: string): Promise<OwnerKeys> {
  const purpose = monthOf(work.now);
  const known = await findKeys(work.db, ring, organisationId, purpose);
  if (known !== undefined) return known;
  for (const missing of [purpose, INDEX_PURPOSE]) {
    const { wrapped } = ring.generateDataKey(contextOf(organisationId, missing));
    const key = { organisationId, purpose: missing, wrapped, kekVersion: ring.currentVersion };
    await insertDataKey(work.db, key, work.now);
  }
  const made = await findKeys(work.db, ring, organisationId, purpose);
  if (made === undefined) throw new Error(`the data keys of ${organisationId} cannot be read`);
  return made;
}

/** The keys of an organisation for a month; undefined while one of them is missing. */
export async function findKeys(
  db: Queryable,
  ring: KeyRing,
  organisationId: string,
  purpose: string,
): Promise<OwnerKeys | undefined> {
  const found = await listDataKeys(db, organisationId, [purpose, INDEX_PURPOSE]);
  const open = (name: string) => {
    const key = found.find((candidate) => candidate.purpose === name);
    return key === undefined ? undefined : unwrapKey(ring, organisationId, name, key.wrapped);
  };
  const [key, indexKey] = [open(purpose), open(INDEX_PURPOSE)];
  return key === undefined || indexKey === undefined ? undefined : { purpose, key, indexKey };
}

/** A key that must be there; undefined when the organisation never stored anything. */
export async function findKey(
  db: Queryable,
  ring: KeyRing,
  organisationId: string,
  purpose: string,
): Promise<Uint8Array | undefined> {
  const [found] = await listDataKeys(db, organisationId, [purpose]);
  return found === undefined ? undefined : unwrapKey(ring, organisationId, purpose, found.wrapped);
}

export function unwrapKey(
  ring: KeyRing,
  organisationId: string,
  purpose: string,
  wrapped: Uint8Array,
): Uint8Array {
  return ring.unwrap(wrapped, contextOf(organisationId, purpose));
}

const CACHED_INDEXES = 1_000;
const indexes = new Map<string, BlindIndex>();

/** The blind index under an organisation's key; kept, because deriving costs more than hashing. */
export function blindIndexOf(indexKey: Uint8Array): BlindIndex {
  const name = Buffer.from(indexKey).toString('base64');
  const known = indexes.get(name);
  if (known !== undefined) return known;
  if (indexes.size >= CACHED_INDEXES) indexes.clear();
  const index = createBlindIndex({ key: indexKey });
  indexes.set(name, index);
  return index;
}

/**
 * After a new KEK version: wraps up to `limit` data keys of all organisations anew. What they seal stays as it is.
 * Answers how many; call it again until it answers 0, then the old KEK may go. Needs the network scope.
 */
export async function rewrapDataKeys(work: Work, ring: KeyRing, limit = 500): Promise<number> {
  const old = await lockOldDataKeys(work.db, ring.currentVersion, limit);
  const keys = old.map((key) => ({
    organisationId: key.organisation_id,
    purpose: key.purpose,
    wrappedHex: hexOf(ring.rewrap(key.wrapped, contextOf(key.organisation_id, key.purpose))),
  }));
  if (keys.length > 0) await saveRewrapped(work.db, keys, ring.currentVersion);
  return keys.length;
}

/** Throws SealError when the ring does not open what this database holds: the wrong key, or a lost one. */
export async function assertKeyRingFits(db: Queryable, ring: KeyRing): Promise<void> {
  for (const key of await listKeySamples(db)) {
    ring.unwrap(key.wrapped, contextOf(key.organisation_id, key.purpose));
  }
}

export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}
