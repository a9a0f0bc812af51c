import { createBlindIndex, type KeyRing } from '../../platform/crypto/index.ts';
import type { Queryable } from '../../platform/db/index.ts';
import { accepted, type CountryCode, type FieldError, type Outcome, refused } from '../kernel/index.ts';
import { addressKey, normalisePhone, validateAddress } from '../places/index.ts';
import { findBlockKey, insertBlockKey } from './partner-store.ts';

const CONTEXT = ['points', 'block key'];
/** One for all networks of a world: who asks for a point knows the person, not which network will be asked. */
const TENANT = 'points';

/** A person or a place in clear, as it came; nothing of it is kept. */
export type Person = {
  readonly country: CountryCode;
  readonly phone?: string | undefined;
  readonly address?: object | undefined;
};
/** Keyed digests by which block lists are read. */
export type BlockKeys = {
  readonly phoneIndex?: string | undefined;
  readonly addressKey?: string | undefined;
};
export type BlockIndex = {
  /** Digests of what can be read; without a phone and an address the database is not asked. */
  of(db: Queryable, person: Person): Promise<Outcome<BlockKeys, 'invalid_request'>>;
};

/** Phones are compared as E.164, addresses without case, width and punctuation. */
export function createBlockIndex(keyRing: KeyRing): BlockIndex {
  const keyOf = async (db: Queryable): Promise<Uint8Array> => {
    const known = await findBlockKey(db);
    if (known !== undefined) return keyRing.unwrap(known, CONTEXT);
    await insertBlockKey(db, keyRing.generateDataKey(CONTEXT).wrapped);
    const kept = await findBlockKey(db);
    if (kept === undefined) throw new Error('the key of blocks was not kept');
    return keyRing.unwrap(kept, CONTEXT);
  };
  return {
    of: async (db, { country, phone, address }) => {
      if (phone === undefined && address === undefined) return accepted({});
      const number = phone === undefined ? undefined : normalisePhone(phone, country);
      if (number?.ok === false) return unreadable([{ pointer: '/phone', ...textOf(number.rejection) }]);
      const place = address === undefined ? undefined : validateAddress({ ...address, country });
      if (place?.ok === false)
        return unreadable(
          (place.rejection.errors ?? []).map((one) => ({ ...one, pointer: `/address${one.pointer}` })),
        );
      const index = createBlindIndex({ key: await keyOf(db) });
      const digest = (field: string, text: string | undefined) => {
        const bytes = text === undefined ? undefined : index.of(TENANT, field, text);
        return bytes === undefined ? undefined : Buffer.from(bytes).toString('hex');
      };
      return accepted({
        phoneIndex: digest('phone', number?.value.e164),
        addressKey: digest('address', place === undefined ? undefined : addressKey(place.value)),
      });
    },
  };
}

const textOf = ({ code, detail }: { readonly code: string; readonly detail: string }) => ({
  code,
  message: detail,
});

function unreadable(errors: readonly FieldError[]) {
  return refused('invalid_request', 'Mend the fields named in errors.', errors);
}
