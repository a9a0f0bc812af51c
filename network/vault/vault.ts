import { type KeyRing, SealError } from '../../platform/crypto/index.ts';
import type { Queryable } from '../../platform/db/index.ts';
import type { Work, World } from '../../platform/world/index.ts';
import {
  accepted,
  addMs,
  type Instant,
  type OrganisationId,
  type Outcome,
  type PartyRef,
  refused,
} from '../kernel/index.ts';
import { activeVersion, NETWORK, type RulebookScope } from '../rulebooks/index.ts';
import { type ChainReport, recordAudit, verifyAuditChain } from './audit.ts';
import { PartyErased, PiiRevealed } from './events.ts';
import {
  assertKeyRingFits,
  blindIndexOf,
  findKey,
  hexOf,
  INDEX_PURPOSE,
  keysFor,
  rewrapDataKeys,
  unwrapKey,
} from './keys.ts';
import { MASK_KIND } from './mask-rules.ts';
import { type ClearParty, DEFAULT_MASKS, maskParty, withShippedProfiles } from './masks.policy.ts';
import type {
  Actor,
  AuditEntry,
  Party,
  PartyField,
  PartyKey,
  Purpose,
  ShownParty,
  VaultErrorCode,
} from './model.ts';
import { DEFAULT_REVEALS, judgeReveal, REVEAL_KIND } from './reveals.policy.ts';
import { contentIndexOf, lookUpIndex, monthOfBlob, openBytes, openParty, sealBytes } from './sealed-party.ts';
import {
  countReveals,
  erase,
  hasContent,
  hasIndex,
  type IndexedField,
  listByIndexes,
  listDataKeys,
  listIndexKeys,
  listSamePerson,
  listSealed,
} from './store.ts';
import { type KnownParties, lookForParties, type PartiesToStore, storeParties } from './store-parties.ts';

/** How parties are to be shown. `clientPlatformId`: the marketplace whose masks hold, else the network's. */
export type Showing = {
  readonly profile: string;
  readonly at: Instant;
  readonly clientPlatformId?: OrganisationId | undefined;
  /** With it the dates of the masks are cached (see `activeVersion`). */
  readonly world?: World | undefined;
};

export type RevealCommand = PartyKey & {
  readonly purpose: Purpose;
  readonly fields: readonly PartyField[];
};
export type Revealed = { readonly party: Partial<Party>; readonly audit: AuditEntry };

/** Seals blobs of one organisation without another look into the database. */
export type BlobSealer = { seal(name: string, bytes: Uint8Array): Uint8Array };

/**
 * The only door to personal data. All of it works in the transaction that it is given, whose scope must be the owner
 * or the network. SealError: what is stored was altered, or the key ring does not fit.
 */
export type Vault = {
  /** Stores a party; the same party again in the same month answers the same reference. */
  storeParty(work: Work, command: { organisationId: OrganisationId; party: Party }): Promise<PartyRef>;
  /** Many of one organisation in one insert; references in the order of `parties`. */
  storeParties(work: Work, command: PartiesToStore): Promise<PartyRef[]>;
  /** What `storeParties` would look for, in a snapshot before its transaction. */
  lookForParties(
    db: Queryable,
    command: Pick<PartiesToStore, 'organisationId' | 'parties'>,
    at: Instant,
  ): Promise<KnownParties | undefined>;
  /** As a profile allows them to be shown, by reference. Unknown or foreign references are left out. */
  maskedParties(
    db: Queryable,
    keys: readonly PartyKey[],
    showing: Showing,
  ): Promise<Map<PartyRef, ShownParty>>;
  /** Shows parties that came with a command, before they are stored. */
  maskerFor(db: Queryable, showing: Showing): Promise<(ref: PartyRef, party: Party) => ShownParty>;
  /** Clear text for one caller, logged. Refused: not_found, party_erased, reveal_not_allowed, reveal_quota_exhausted. */
  revealParty(
    work: Work,
    actor: Actor,
    command: RevealCommand,
  ): Promise<Outcome<Revealed, VaultErrorCode | 'not_found'>>;
  /** Deletes the ciphertext; reference and audit stay. Answers false when it was erased before or is not there. */
  eraseParty(work: Work, actor: Actor, command: PartyKey & { readonly purpose: Purpose }): Promise<boolean>;
  /** Whether the field of this party is exactly this text, by the blind index. `phone_tail`: the last four digits. */
  partyHas(db: Queryable, key: PartyKey, field: IndexedField, text: string): Promise<boolean>;
  /** A keyed digest that tells a party from others of its organisation, the same in every month. */
  markOf(work: Work, command: { organisationId: OrganisationId; party: Party }): Promise<string>;
  /** Whether what is stored is exactly this party, in whichever month it was. */
  isParty(db: Queryable, key: PartyKey, party: Party): Promise<boolean>;
  /**
   * Those of some parties of the same organisation who are this one, by blind index: the same in all that is stored, or
   * of one phone. An erased one is nobody.
   */
  samePerson(db: Queryable, key: PartyKey, among: readonly PartyRef[]): Promise<ReadonlySet<string>>;
  /**
   * Clear text for a rule of the program, which nobody reads: what `rule` answers must not show it. Undefined when the
   * party is not there or was erased.
   */
  judgeParty<Value>(
    db: Queryable,
    key: PartyKey,
    rule: (party: Party) => Value | Promise<Value>,
  ): Promise<Value | undefined>;
  /**
   * Looks a person up among the parties of all organisations in the scope, newest first, at most `limit`, and logs each
   * person found in the chain of his owner. Of a name: whole or its tail; of a phone: whole or its last four digits.
   */
  searchParties(work: Work, actor: Actor, query: PartyQuestion): Promise<PartyKey[]>;
  sealerFor(work: Work, organisationId: OrganisationId): Promise<BlobSealer>;
  sealBlob(
    work: Work,
    blob: { organisationId: OrganisationId; name: string; bytes: Uint8Array },
  ): Promise<Uint8Array>;
  /** Opens it under the name that it was sealed with. Throws SealError. */
  openBlob(
    db: Queryable,
    blob: { organisationId: OrganisationId; name: string; sealed: Uint8Array },
  ): Promise<Uint8Array>;
  /** The same of many of one organisation, in their order, with one look for their keys. */
  openBlobs(
    db: Queryable,
    organisationId: OrganisationId,
    blobs: readonly { readonly name: string; readonly sealed: Uint8Array }[],
  ): Promise<Uint8Array[]>;
  verifyAuditChain(db: Queryable, organisationId: OrganisationId): Promise<ChainReport>;
  rewrapDataKeys(work: Work, limit?: number): Promise<number>;
  assertKeyRingFits(db: Queryable): Promise<void>;
};

export type PartyQuestion = {
  readonly by: 'name' | 'phone';
  readonly text: string;
  readonly limit: number;
  /** Only parties of these organisations are looked for; without it all of the scope. */
  readonly owners?: ReadonlySet<string> | undefined;
};

export function createVault(options: { readonly keyRing: KeyRing }): Vault {
  const { keyRing } = options;
  const sealerFor: Vault['sealerFor'] = async (work, organisationId) => {
    const keys = await keysFor(work, keyRing, organisationId);
    return { seal: (name, bytes) => sealBytes(keys, organisationId, name, bytes) };
  };
  return {
    storeParties: (work, command) => storeParties(work, keyRing, command),
    storeParty: async (work, { organisationId, party }) => {
      const [ref] = await storeParties(work, keyRing, { organisationId, parties: [party] });
      if (ref === undefined) throw new Error('one party was stored without a reference');
      return ref;
    },
    lookForParties: (db, command, at) => lookForParties(db, keyRing, command, at),
    maskedParties: (db, keys, showing) => maskedParties(db, keyRing, keys, showing),
    maskerFor,
    revealParty: (work, actor, command) => revealParty(work, keyRing, actor, command),
    eraseParty: (work, actor, command) => eraseParty(work, keyRing, actor, command),
    partyHas: async (db, key, field, text) => {
      const indexKey = await findKey(db, keyRing, key.organisationId, INDEX_PURPOSE);
      const index =
        indexKey === undefined
          ? undefined
          : lookUpIndex(blindIndexOf(indexKey), key.organisationId, field, text);
      return index !== undefined && hasIndex(db, key, field, index);
    },
    markOf: async (work, { organisationId, party }) =>
      contentIndexOf((await keysFor(work, keyRing, organisationId)).indexKey, party),
    isParty: async (db, key, party) => {
      const indexKey = await findKey(db, keyRing, key.organisationId, INDEX_PURPOSE);
      return indexKey !== undefined && hasContent(db, key, contentIndexOf(indexKey, party));
    },
    samePerson: async (db, key, among) =>
      new Set(among.length === 0 ? [] : await listSamePerson(db, key, [...new Set(among)])),
    judgeParty: async (db, key, rule) => {
      const [row] = await listSealed(db, [key]);
      if (row === undefined || row.sealed === null) return undefined;
      const dataKey = unwrapKey(keyRing, key.organisationId, row.key_purpose, row.wrapped);
      return await rule(openParty(key, row.key_purpose, dataKey, row.sealed));
    },
    searchParties: (work, actor, query) => searchParties(work, keyRing, actor, query),
    sealerFor,
    sealBlob: async (work, { organisationId, name, bytes }) =>
      (await sealerFor(work, organisationId)).seal(name, bytes),
    openBlob: async (db, { organisationId, name, sealed }) => {
      const [bytes] = await openBlobs(db, keyRing, organisationId, [{ name, sealed }]);
      if (bytes === undefined) throw new Error('one blob was opened without its bytes');
      return bytes;
    },
    openBlobs: (db, organisationId, blobs) => openBlobs(db, keyRing, organisationId, blobs),
    verifyAuditChain: (db, organisationId) => verifyAuditChain(db, keyRing, organisationId),
    rewrapDataKeys: (work, limit) => rewrapDataKeys(work, keyRing, limit),
    assertKeyRingFits: (db) => assertKeyRingFits(db, keyRing),
  };
}

async function openBlobs(
  db: Queryable,
  keyRing: KeyRing,
  organisationId: OrganisationId,
  blobs: readonly { readonly name: string; readonly sealed: Uint8Array }[],
): Promise<Uint8Array[]> {
  if (blobs.length === 0) return [];
  const months = blobs.map(({ sealed }) => monthOfBlob(sealed));
  const found = await listDataKeys(db, organisationId, [...new Set(months)]);
  const keys = new Map(
    found.map(({ purpose, wrapped }) => [purpose, unwrapKey(keyRing, organisationId, purpose, wrapped)]),
  );
  return blobs.map(({ name, sealed }, at) => {
    const key = keys.get(months[at] ?? '');
    if (key === undefined) throw new SealError('not_authentic');
    return openBytes(key, organisationId, name, sealed);
  });
}

async function maskedParties(
  db: Queryable,
  keyRing: KeyRing,
  keys: readonly PartyKey[],
  showing: Showing,
): Promise<Map<PartyRef, ShownParty>> {
  const shown = new Map<PartyRef, ShownParty>();
  if (keys.length === 0) return shown;
  const shownAs = await maskerFor(db, showing);
  const dataKeys = new Map<string, Uint8Array>();
  for (const row of await listSealed(db, keys)) {
    if (row.sealed === null) {
      shown.set(row.party_id, { ref: row.party_id, isErased: true, name: ERASED });
      continue;
    }
    const name = `${row.organisation_id} ${row.key_purpose}`;
    const dataKey =
      dataKeys.get(name) ?? unwrapKey(keyRing, row.organisation_id, row.key_purpose, row.wrapped);
    dataKeys.set(name, dataKey);
    const key = { organisationId: row.organisation_id, ref: row.party_id };
    const party = openParty(key, row.key_purpose, dataKey, row.sealed);
    shown.set(row.party_id, shownAs(row.party_id, party));
  }
  return shown;
}

async function maskerFor(db: Queryable, showing: Showing) {
  const scope: RulebookScope = showing.clientPlatformId ?? NETWORK;
  const rules = await activeVersion(db, MASK_KIND, scope, showing.at, showing.world);
  const document = withShippedProfiles(rules?.document ?? DEFAULT_MASKS);
  return (ref: PartyRef, party: Party): ShownParty => ({
    ...maskParty(document, showing.profile, party as ClearParty),
    ref,
    isErased: false,
  });
}

/** What stands for the name of a party whose data is gone. */
const ERASED = '***';
const HOUR_MS = 3_600_000;

async function revealParty(
  work: Work,
  keyRing: KeyRing,
  actor: Actor,
  command: RevealCommand,
): Promise<Outcome<Revealed, VaultErrorCode | 'not_found'>> {
  const { organisationId, ref, purpose } = command;
  const fields = [...new Set(command.fields)];
  const [row] = await listSealed(work.db, [{ organisationId, ref }]);
  if (row === undefined) return refused('not_found', '');
  const rules = await activeVersion(work.db, REVEAL_KIND, NETWORK, work.now);
  const seen = await countReveals(work.db, actor.id, addMs(work.now, -HOUR_MS));
  const judged = judgeReveal(rules?.document ?? DEFAULT_REVEALS, actor.role, { purpose, fields }, seen);
  if (!judged.ok) return judged;
  if (row.sealed === null) return refused('party_erased', '');
  const dataKey = unwrapKey(keyRing, organisationId, row.key_purpose, row.wrapped);
  const party = openParty({ organisationId, ref }, row.key_purpose, dataKey, row.sealed);
  const audit = await recordAudit(work, keyRing, {
    organisationId,
    action: 'reveal',
    partyRef: ref,
    actorId: actor.id,
    actorRole: actor.role,
    actorOrganisationId: actor.organisationId,
    purpose,
    fields,
  });
  const { actorId, actorRole, actorOrganisationId } = audit;
  publish(work, PiiRevealed.name, audit, {
    auditId: audit.id,
    partyId: ref,
    actorId,
    actorRole,
    actorOrganisationId,
    purpose,
    fields,
  });
  const picked = Object.fromEntries(
    fields.flatMap((name) => {
      const property = name === 'tax_ids' ? 'taxIds' : name;
      return party[property] === undefined ? [] : [[property, party[property]]];
    }),
  );
  return accepted({ party: picked as Partial<Party>, audit });
}

async function searchParties(
  work: Work,
  keyRing: KeyRing,
  actor: Actor,
  query: PartyQuestion,
): Promise<PartyKey[]> {
  const fields: readonly IndexedField[] =
    query.by === 'name' ? ['name', 'name_tail'] : [/^\d{4}$/.test(query.text) ? 'phone_tail' : 'phone'];
  const { owners } = query;
  const keys = (await listIndexKeys(work.db)).filter(
    ({ organisationId }) => owners === undefined || owners.has(organisationId),
  );
  const found = new Map<PartyRef, PartyKey>();
  for (const field of fields) {
    const indexes = keys.flatMap(({ organisationId, wrapped }) => {
      const indexKey = unwrapKey(keyRing, organisationId, INDEX_PURPOSE, wrapped);
      const index = lookUpIndex(blindIndexOf(indexKey), organisationId, field, query.text);
      return index === undefined ? [] : [{ organisationId, hex: hexOf(index) }];
    });
    if (indexes.length === 0) continue;
    for (const key of await listByIndexes(work.db, field, indexes, query.limit)) found.set(key.ref, key);
  }
  const newest = [...found.values()].sort((a, b) => (a.ref < b.ref ? 1 : -1)).slice(0, query.limit);
  // In the order of owners, so that two searches do not wait for each other's chains in a circle.
  for (const { organisationId, ref } of newest.toSorted((a, b) =>
    a.organisationId < b.organisationId ? -1 : 1,
  )) {
    await recordAudit(work, keyRing, {
      organisationId,
      action: 'search',
      partyRef: ref,
      actorId: actor.id,
      actorRole: actor.role,
      actorOrganisationId: actor.organisationId,
      purpose: 'customer_contact',
      fields: [query.by],
    });
  }
  return newest;
}

async function eraseParty(
  work: Work,
  keyRing: KeyRing,
  actor: Actor,
  command: PartyKey & { readonly purpose: Purpose },
): Promise<boolean> {
  const { organisationId, ref, purpose } = command;
  if (!(await erase(work.db, organisationId, ref, work.now))) return false;
  const audit = await recordAudit(work, keyRing, {
    organisationId,
    action: 'erase',
    partyRef: ref,
    actorId: actor.id,
    actorRole: actor.role,
    actorOrganisationId: actor.organisationId,
    purpose,
    fields: [],
  });
  publish(work, PartyErased.name, audit, { auditId: audit.id, partyId: ref, purpose });
  return true;
}

function publish(work: Work, type: string, audit: AuditEntry, payload: object): void {
  work.emit({
    type,
    group: { organisationId: audit.organisationId },
    subjectId: audit.partyRef,
    subjectSequence: audit.sequence,
    audience: [audit.organisationId],
    payload,
  });
}
