import { createCipheriv, createDecipheriv } from 'node:crypto';
import { randomBytes } from './random.ts';

/** Why something sealed could not be opened. The text never holds what was sealed. */
export type SealFault =
  /** Not our format, or cut short. */
  | 'malformed'
  /** Wrapped by a key-encryption key that this ring does not hold. */
  | 'unknown_key_version'
  /** Altered, opened with another key, or moved to another record. */
  | 'not_authentic';

export class SealError extends Error {
  readonly fault: SealFault;

  constructor(fault: SealFault, cause?: unknown) {
    super(`sealed bytes refused: ${fault}`, { cause });
    this.name = 'SealError';
    this.fault = fault;
  }
}

/** `version` 1 to 255 stands in every wrapped key, so that old data stays readable after a rotation. */
export type KeyVersion = { readonly version: number; readonly key: Uint8Array };

export type DataKey = { readonly plain: Uint8Array; readonly wrapped: Uint8Array };

export type KeyRing = {
  /** The version that wraps new data keys: the highest. */
  readonly currentVersion: number;
  /** A fresh 32-byte data key. `context`: what it is for (say tenant and month); unwrapping needs the same. */
  readonly generateDataKey: (context: readonly string[]) => DataKey;
  /** The plain data key. Throws SealError. */
  readonly unwrap: (wrapped: Uint8Array, context: readonly string[]) => Uint8Array;
  /** The same data key under the current version; the data sealed with it stays as it is. Throws SealError. */
  readonly rewrap: (wrapped: Uint8Array, context: readonly string[]) => Uint8Array;
};

const FORMAT = 1;
const KEY_BYTES = 32;
/** 96 bits, the nonce length that GCM is made for (NIST SP 800-38D, 5.2.1.1). */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SEAL_HEAD = 1 + NONCE_BYTES;
const WRAP_HEAD = 2 + NONCE_BYTES;

/**
 * Data keys wrapped by a key-encryption key (KEK) of 32 bytes, or by several versions of it.
 * Wrapped: format, KEK version, nonce (12), encrypted key (32), tag (16). Throws RangeError for bad keys.
 */
export function createKeyRing(options: { readonly kek: Uint8Array | readonly KeyVersion[] }): KeyRing {
  const versions = readVersions(options.kek);
  const currentVersion = Math.max(...versions.keys());

  function wrap(plain: Uint8Array, context: readonly string[]): Uint8Array {
    const head = Uint8Array.of(FORMAT, currentVersion);
    return encrypt(keyOf(versions, currentVersion), head, plain, bound('key', head, context));
  }

  function unwrap(wrapped: Uint8Array, context: readonly string[]): Uint8Array {
    const [format, version = 0] = wrapped;
    if (format !== FORMAT || wrapped.length !== WRAP_HEAD + KEY_BYTES + TAG_BYTES)
      throw new SealError('malformed');
    const head = wrapped.subarray(0, 2);
    return decrypt(keyOf(versions, version), wrapped, 2, bound('key', head, context));
  }

  return {
    currentVersion,
    generateDataKey(context) {
      const plain = randomBytes(KEY_BYTES);
      return { plain, wrapped: wrap(plain, context) };
    },
    unwrap,
    rewrap: (wrapped, context) => wrap(unwrap(wrapped, context), context),
  };
}

/**
 * AES-256-GCM: format, random nonce (12), ciphertext, tag (16). `binding` (say tenant and record id) is authenticated
 * but not stored: bytes copied to another record do not open there. With random nonces one key may seal 2^32 times
 * (NIST SP 800-38D, 8.3); a data key per tenant and month stays far below.
 */
export function seal(plainKey: Uint8Array, plaintext: Uint8Array, binding: readonly string[]): Uint8Array {
  const head = Uint8Array.of(FORMAT);
  return encrypt(checkedKey(plainKey), head, plaintext, bound('data', head, binding));
}

/** The plaintext. Throws SealError when a bit, the key or the binding differs. */
export function open(plainKey: Uint8Array, sealed: Uint8Array, binding: readonly string[]): Uint8Array {
  if (sealed[0] !== FORMAT || sealed.length < SEAL_HEAD + TAG_BYTES) throw new SealError('malformed');
  return decrypt(checkedKey(plainKey), sealed, 1, bound('data', sealed.subarray(0, 1), binding));
}

function encrypt(key: Uint8Array, head: Uint8Array, plain: Uint8Array, aad: Uint8Array): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(aad);
  return Buffer.concat([head, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Uint8Array, bytes: Uint8Array, headBytes: number, aad: Uint8Array): Uint8Array {
  const nonceEnd = headBytes + NONCE_BYTES;
  const tagStart = bytes.length - TAG_BYTES;
  const nonce = bytes.subarray(headBytes, nonceEnd);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(aad);
  decipher.setAuthTag(bytes.subarray(tagStart));
  const plain = decipher.update(bytes.subarray(nonceEnd, tagStart));
  try {
    return Buffer.concat([plain, decipher.final()]);
  } catch (cause) {
    throw new SealError('not_authentic', cause);
  }
}

/** JSON keeps the parts apart whatever they contain, so ["a","bc"] never passes for ["ab","c"]. */
function bound(use: 'key' | 'data', head: Uint8Array, parts: readonly string[]): Uint8Array {
  return Buffer.from(JSON.stringify([use, ...head, ...parts]));
}

function readVersions(kek: Uint8Array | readonly KeyVersion[]): ReadonlyMap<number, Uint8Array> {
  const list: readonly KeyVersion[] = kek instanceof Uint8Array ? [{ version: 1, key: kek }] : kek;
  const versions = new Map<number, Uint8Array>();
  for (const { version, key } of list) {
    if (!Number.isInteger(version) || version < 1 || version > 255)
      throw new RangeError('a key version is 1 to 255');
    if (versions.has(version)) throw new RangeError(`key version ${version} stands twice`);
    versions.set(version, checkedKey(key));
  }
  if (versions.size === 0) throw new RangeError('a key ring holds at least one key');
  return versions;
}

function keyOf(versions: ReadonlyMap<number, Uint8Array>, version: number): Uint8Array {
  const key = versions.get(version);
  if (key === undefined) throw new SealError('unknown_key_version');
  return key;
}

function checkedKey(key: Uint8Array): Uint8Array {
  if (key.length !== KEY_BYTES) throw new RangeError('a key of AES-256 has 32 bytes');
  return key;
}
