import type { KeyRing } from '../../platform/crypto/index.ts';
import type { Queryable } from '../../platform/db/index.ts';
import type { Work } from '../../platform/world/index.ts';
import type { Instant, OrganisationId, PartyRef } from '../kernel/index.ts';
import { findKeys, keysFor, monthOf, type OwnerKeys } from './keys.ts';
import type { Party } from './model.ts';
import { contentIndexOf, sealParty } from './sealed-party.ts';
import { findByContent, insertParties } from './store.ts';

export type PartiesToStore = {
  readonly organisationId: OrganisationId;
  readonly parties: readonly Party[];
  /** Of `lookForParties`, of the very same parties. */
  readonly known?: KnownParties | undefined;
};

/** Which of some parties of an organisation are stored already, as of a snapshot. */
export type KnownParties = {
  readonly keys: OwnerKeys;
  /** Content index of each party, in their order. */
  readonly contents: readonly string[];
  readonly refs: ReadonlyMap<string, PartyRef>;
};

/** Undefined: the organisation has no key of this month yet, so it stored none. */
export async function lookForParties(
  db: Queryable,
  keyRing: KeyRing,
  { organisationId, parties }: Pick<PartiesToStore, 'organisationId' | 'parties'>,
  at: Instant,
): Promise<KnownParties | undefined> {
  const keys = await findKeys(db, keyRing, organisationId, monthOf(at));
  return keys === undefined ? undefined : look(db, keys, organisationId, parties);
}

async function look(
  db: Queryable,
  keys: OwnerKeys,
  organisationId: OrganisationId,
  parties: readonly Party[],
): Promise<KnownParties> {
  const contents = parties.map((party) => contentIndexOf(keys.indexKey, party));
  const owner = { organisationId, purpose: keys.purpose };
  return { keys, contents, refs: await findByContent(db, owner, [...new Set(contents)]) };
}

/** References in the order of the parties. A sender is nearly always known: sealing and writing him in vain costs more than the look. */
export async function storeParties(
  work: Work,
  keyRing: KeyRing,
  command: PartiesToStore,
): Promise<PartyRef[]> {
  const { organisationId, parties, known } = command;
  if (parties.length === 0) return [];
  const {
    keys,
    contents,
    refs: found,
  } = known?.keys.purpose === monthOf(work.now)
    ? known
    : await look(work.db, await keysFor(work, keyRing, organisationId), organisationId, parties);
  const refs = new Map(found);
  const owner = { organisationId, purpose: keys.purpose };
  const fresh = new Map(
    parties.flatMap((party, index): [string, Party][] => {
      const content = contents[index] ?? '';
      return refs.has(content) ? [] : [[content, party]];
    }),
  );
  const rows = [...fresh].map(([content, party]) =>
    sealParty(keys, { organisationId, ref: work.newId('pty') }, content, party),
  );
  if (rows.length > 0) {
    const stored = await insertParties(work.db, owner, rows, work.now);
    for (const row of rows) if (stored.has(row.ref)) refs.set(row.content, row.ref);
    const taken = rows.filter((row) => !stored.has(row.ref)).map((row) => row.content);
    if (taken.length > 0)
      for (const [content, ref] of await findByContent(work.db, owner, taken)) refs.set(content, ref);
  }
  return contents.map((content) => {
    const ref = refs.get(content);
    // Erased by somebody else between the two statements; the caller's transaction fails and may be repeated.
    if (ref === undefined) throw new Error('a party vanished while it was stored');
    return ref;
  });
}
