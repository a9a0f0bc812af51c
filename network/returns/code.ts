import { type KeyRing, randomBytes } from '../../platform/crypto/index.ts';
import type { Queryable } from '../../platform/db/index.ts';
import type { Work } from '../../platform/world/index.ts';
import type { Instant } from '../kernel/index.ts';
import type { Vault } from '../vault/index.ts';
import { codeIndexOf, newReturnCode, qrOf, spelled } from './code.policy.ts';
import { dropCodes, findCodeKey, insertCode, insertCodeKey } from './code-store.ts';
import type { ReturnCase } from './model.ts';

const KEY_CONTEXT = ['returns', 'code key'];
/** Of 1.7 x 10^10 codes, that five in a row are all taken happens to nobody. */
const MAX_DRAWS = 5;

/** The key of this world's codes; undefined while none was ever issued. */
export async function codeKeyOf(db: Queryable, keyRing: KeyRing): Promise<Uint8Array | undefined> {
  const wrapped = await findCodeKey(db);
  return wrapped === undefined ? undefined : keyRing.unwrap(wrapped, KEY_CONTEXT);
}

async function ensureCodeKey(db: Queryable, keyRing: KeyRing): Promise<Uint8Array> {
  const known = await codeKeyOf(db, keyRing);
  if (known !== undefined) return known;
  await insertCodeKey(db, keyRing.generateDataKey(KEY_CONTEXT).wrapped);
  const key = await codeKeyOf(db, keyRing);
  if (key === undefined) throw new Error('the key of return codes was not kept');
  return key;
}

/** Draws a code that nobody else may show, and seals it for its buyer. What the case had before opens nothing any more. */
export async function issueCode(
  work: Work,
  ports: { readonly keyRing: KeyRing; readonly vault: Pick<Vault, 'sealBlob'> },
  one: Pick<ReturnCase, 'id' | 'organisationId'>,
  expiresAt: Instant,
): Promise<Uint8Array> {
  const { id: returnId, organisationId } = one;
  await dropCodes(work.db, returnId);
  const key = await ensureCodeKey(work.db, ports.keyRing);
  for (let draw = 0; draw < MAX_DRAWS; draw += 1) {
    const code = newReturnCode(randomBytes);
    const index = codeIndexOf(key, code);
    if (await insertCode(work.db, { index, organisationId, returnId, expiresAt }, work.now))
      return ports.vault.sealBlob(work, {
        organisationId,
        name: sealName(returnId),
        bytes: new TextEncoder().encode(code),
      });
  }
  throw new Error('no free return code was drawn');
}

/** What the buyer shows at the counter; undefined when there is nothing to show any more. */
export async function shownCode(
  db: Queryable,
  ports: { readonly keyRing: KeyRing; readonly vault: Pick<Vault, 'openBlob'> },
  one: ReturnCase,
  now: Instant,
): Promise<{ readonly code: string; readonly qr: string; readonly expiresAt: Instant } | undefined> {
  const { sealedCode: sealed, codeExpiresAt: expiresAt, organisationId, id, state } = one;
  if (sealed === undefined || expiresAt === undefined || expiresAt <= now || state.name !== 'code_issued')
    return undefined;
  const key = await codeKeyOf(db, ports.keyRing);
  if (key === undefined) return undefined;
  const bytes = await ports.vault.openBlob(db, { organisationId, name: sealName(id), sealed });
  const code = new TextDecoder().decode(bytes);
  return { code: spelled(code), qr: qrOf(key, code), expiresAt };
}

function sealName(returnId: string): string {
  return `return code ${returnId}`;
}
