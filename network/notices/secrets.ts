import { type KeyRing, open, randomBytes, seal } from '../../platform/crypto/index.ts';
import { SECRET_BYTES } from './signature.policy.ts';

/** A signing secret as it lies in the database: sealed by a data key of its own, which the key ring wraps. */
export type SealedSecret = { readonly sealed: Uint8Array; readonly wrappedKey: Uint8Array };

/** Bound to its endpoint: copied to another row it does not open. */
function bindingOf(organisationId: string, endpointId: string): readonly string[] {
  return ['webhook_secret', organisationId, endpointId];
}

export function mintSecret(
  keys: KeyRing,
  organisationId: string,
  endpointId: string,
): SealedSecret & { readonly secret: Uint8Array } {
  const secret = randomBytes(SECRET_BYTES);
  return { secret, ...sealSecret(keys, organisationId, endpointId, secret) };
}

export function sealSecret(
  keys: KeyRing,
  organisationId: string,
  endpointId: string,
  secret: Uint8Array,
): SealedSecret {
  const binding = bindingOf(organisationId, endpointId);
  const dataKey = keys.generateDataKey(binding);
  return { sealed: seal(dataKey.plain, secret, binding), wrappedKey: dataKey.wrapped };
}

/** Throws SealError when the row was altered or the key is another. */
export function openSecret(
  keys: KeyRing,
  organisationId: string,
  endpointId: string,
  stored: SealedSecret,
): Uint8Array {
  const binding = bindingOf(organisationId, endpointId);
  return open(keys.unwrap(stored.wrappedKey, binding), stored.sealed, binding);
}
