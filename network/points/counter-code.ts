import { type KeyRing, randomBytes } from '../../platform/crypto/index.ts';
import type { Queryable } from '../../platform/db/index.ts';
import type { Work } from '../../platform/world/index.ts';
import type { Principal } from '../accounts/index.ts';
import { addMs, type Instant, type OrganisationId } from '../kernel/index.ts';
import type { Vault } from '../vault/index.ts';
import {
  type CodeUse,
  codeIndexOf,
  newCounterCode,
  qrOf,
  readQr,
  readTypedCode,
  spelled,
  TRIES_WINDOW_MS,
  WRONG_TRIES_ALLOWED,
} from './counter-code.policy.ts';
import type { Clerk, CodeOwner, CodeStore } from './counter-code-store.ts';

/** Of 1.7 x 10^10 codes, that five in a row are all taken happens to nobody. */
const MAX_DRAWS = 5;

export type ShownCode = { readonly code: string; readonly qr: string; readonly expiresAt: Instant };
/** A thing that a code may open. */
type Coded<SubjectId> = {
  readonly id: SubjectId;
  readonly organisationId: OrganisationId;
  readonly sealedCode: Uint8Array | undefined;
  readonly codeExpiresAt: Instant | undefined;
};
export type CounterCodes<SubjectId extends string> = {
  /** Draws a code that nobody else may show, and seals it. What the thing had before opens nothing any more. */
  issue(
    work: Work,
    ports: { readonly keyRing: KeyRing; readonly vault: Pick<Vault, 'sealBlob'> },
    one: Pick<Coded<SubjectId>, 'id' | 'organisationId'>,
    expiresAt: Instant,
  ): Promise<Uint8Array>;
  /** What is shown at the counter; undefined when there is nothing to show any more. */
  shown(
    db: Queryable,
    ports: { readonly keyRing: KeyRing; readonly vault: Pick<Vault, 'openBlob'> },
    one: Coded<SubjectId>,
    now: Instant,
  ): Promise<ShownCode | undefined>;
  /** What a text opens that a clerk typed or a camera read. */
  find(
    work: Pick<Work, 'db' | 'now'>,
    keyRing: KeyRing,
    text: string,
  ): Promise<CodeOwner<SubjectId> | undefined>;
};

export function counterCodes<SubjectId extends string>(
  use: CodeUse,
  store: CodeStore<SubjectId>,
): CounterCodes<SubjectId> {
  const context = [`${use}s`, 'code key'];
  const sealName = (id: string) => `${use} code ${id}`;
  /** The key of this world's codes; undefined while none was ever issued. */
  const keyOf = async (db: Queryable, keyRing: KeyRing) => {
    const wrapped = await store.findKey(db);
    return wrapped === undefined ? undefined : keyRing.unwrap(wrapped, context);
  };
  const ensureKey = async (db: Queryable, keyRing: KeyRing) => {
    const known = await keyOf(db, keyRing);
    if (known !== undefined) return known;
    await store.insertKey(db, keyRing.generateDataKey(context).wrapped);
    const key = await keyOf(db, keyRing);
    if (key === undefined) throw new Error(`the key of ${use} codes was not kept`);
    return key;
  };
  return {
    issue: async (work, { keyRing, vault }, { id, organisationId }, expiresAt) => {
      await store.dropCodes(work.db, id);
      const key = await ensureKey(work.db, keyRing);
      for (let draw = 0; draw < MAX_DRAWS; draw += 1) {
        const code = newCounterCode(randomBytes);
        const entry = { index: codeIndexOf(key, use, code), organisationId, subjectId: id, expiresAt };
        if (!(await store.insertCode(work.db, entry, work.now))) continue;
        const bytes = new TextEncoder().encode(code);
        return vault.sealBlob(work, { organisationId, name: sealName(id), bytes });
      }
      throw new Error(`no free ${use} code was drawn`);
    },
    shown: async (db, { keyRing, vault }, { id, organisationId, sealedCode, codeExpiresAt }, now) => {
      if (sealedCode === undefined || codeExpiresAt === undefined || codeExpiresAt <= now) return undefined;
      const key = await keyOf(db, keyRing);
      if (key === undefined) return undefined;
      const bytes = await vault.openBlob(db, { organisationId, name: sealName(id), sealed: sealedCode });
      const code = new TextDecoder().decode(bytes);
      return { code: spelled(code), qr: qrOf(key, use, code), expiresAt: codeExpiresAt };
    },
    find: async ({ db, now }, keyRing, text) => {
      const key = await keyOf(db, keyRing);
      if (key === undefined) return undefined;
      const code = readQr(key, use, text) ?? readTypedCode(text);
      return code === undefined ? undefined : store.findCode(db, codeIndexOf(key, use, code), now);
    },
  };
}

/** The person, so that two log-ins are one clerk; a counter system is its key, at each of its points. */
export function clerkOf(caller: Principal, pointId: string): Clerk {
  return { organisationId: caller.organisationId, clerkId: caller.personId ?? caller.id, pointId };
}

export type Guessed<Found> =
  | { readonly found: Found }
  | { readonly triesLeft: number }
  | { readonly lockedUntil: Instant };

/**
 * One try of a clerk, in the scope of his organisation, to which it comes back. `look` answers what his code opens, in
 * whatever scope it needs. A wrong code counts: the transaction must commit although its answer will be a refusal.
 */
export async function guess<Found>(
  work: Work,
  store: Pick<CodeStore<string>, 'lockTries' | 'saveTries'>,
  clerk: Clerk,
  look: () => Promise<Found | undefined>,
): Promise<Guessed<Found>> {
  const kept = await store.lockTries(work.db, clerk, work.now);
  const endsAt = addMs(kept.startedAt, TRIES_WINDOW_MS);
  const tries = endsAt <= work.now ? { startedAt: work.now, wrong: 0 } : kept;
  if (tries.wrong >= WRONG_TRIES_ALLOWED) return { lockedUntil: endsAt };
  const found = await look();
  await work.actFor({ organisationId: clerk.organisationId });
  if (found !== undefined) return { found };
  const wrong = tries.wrong + 1;
  await store.saveTries(work.db, clerk, { ...tries, wrong });
  return { triesLeft: WRONG_TRIES_ALLOWED - wrong };
}
