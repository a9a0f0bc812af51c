import type { KeyRing } from '../../platform/crypto/index.ts';
import type { Credential } from './model.ts';
import type { PullCredential } from './pull.ts';
import { openFields } from './secrets.ts';

/** A credential as it is asked with. Its id is another one after a rotation, so that tokens of old fields are left alone. */
export function askingWith(keys: KeyRing, credential: Credential): PullCredential {
  const { id, rotatedAt, baseUrl } = credential;
  const tokensOf = rotatedAt === undefined ? id : `${id} ${rotatedAt}`;
  return { id: tokensOf, fields: openFields(keys, credential), baseUrl };
}
