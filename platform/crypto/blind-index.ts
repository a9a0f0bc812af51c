import { createHmac, hkdfSync } from 'node:crypto';

/**
 * How text is made comparable. `text`: Unicode NFKC, lower case, single spaces. `digits`: a telephone-like number,
 * digits with an optional leading plus.
 */
export type BlindIndexForm = 'text' | 'digits';

export type BlindIndex = {
  /**
   * 16 bytes to look `text` up by, the same for equal texts of one tenant and field, and telling nothing without the
   * key. Undefined when there is nothing to look up: blank, or a number that is masked.
   */
  readonly of: (tenant: string, field: string, text: string, form?: BlindIndexForm) => Uint8Array | undefined;
};

const KEY_BYTES = 32;
/** 128 bits: no two of a tenant's texts meet by chance. */
const INDEX_BYTES = 16;
const CACHED_TENANTS = 1024;
const SALT = 'postroad-blind-index-1';

/**
 * Exact look-up over encrypted text: HMAC-SHA256, cut to 16 bytes, under a key of each tenant's own (HKDF, RFC 5869),
 * so that equal values of two tenants do not meet. `key`: 32 bytes, not the key that encrypts; changing it means
 * computing every index anew. Throws RangeError for another length.
 */
export function createBlindIndex(options: { readonly key: Uint8Array }): BlindIndex {
  if (options.key.length !== KEY_BYTES) throw new RangeError('the key of a blind index has 32 bytes');
  const master = Uint8Array.from(options.key);
  const keys = new Map<string, Uint8Array>();

  function keyOf(tenant: string): Uint8Array {
    const known = keys.get(tenant);
    if (known !== undefined) return known;
    const key = new Uint8Array(hkdfSync('sha256', master, SALT, tenant, KEY_BYTES));
    const [oldest] = keys.keys();
    if (keys.size >= CACHED_TENANTS && oldest !== undefined) keys.delete(oldest);
    keys.set(tenant, key);
    return key;
  }

  return {
    of(tenant, field, text, form = 'text') {
      const comparable = form === 'digits' ? normaliseDigits(text) : normaliseText(text);
      if (comparable === undefined) return undefined;
      const mac = createHmac('sha256', keyOf(tenant))
        .update(JSON.stringify([field, form, comparable]))
        .digest();
      return Uint8Array.from(mac.subarray(0, INDEX_BYTES));
    },
  };
}

/** A key for one more purpose out of a master key (HKDF, RFC 5869): 32 bytes, unrelated to those of other purposes. */
export function deriveKey(master: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', master, 'postroad-derive-1', purpose, KEY_BYTES));
}

export function normaliseText(text: string): string | undefined {
  const plain = text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
  return plain === '' ? undefined : plain;
}

/**
 * Undefined for text that is no number. The mask is looked for first: without its hyphens `138----5678` would pass for
 * a whole number of fewer digits.
 */
export function normaliseDigits(text: string): string | undefined {
  const plain = text.normalize('NFKC').trim();
  if (!/^\+?[\d\s().\-/]+$/u.test(plain) || /[-.]{2}/.test(plain)) return undefined;
  const digits = plain.replace(/\D/g, '');
  if (digits === '') return undefined;
  return plain.startsWith('+') ? `+${digits}` : digits;
}
