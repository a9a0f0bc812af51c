import { createHash, createPublicKey, verify } from 'node:crypto';

/** Public half of an ECDSA key over P-256 as a JSON Web Key (RFC 7518, 6.2.1). */
export type PublicJwk = { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string };

/** SHA-256 thumbprint of a key as base64url (RFC 7638): the same for each way of writing it down. */
export function thumbprintOf({ kty, crv, x, y }: PublicJwk): string {
  return createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
}

/** Whether the key's holder signed a text by ES256 (RFC 7518, 3.4). False for what is no point of the curve. */
export function isSignedBy(jwk: PublicJwk, text: string, signature: Uint8Array): boolean {
  try {
    const key = createPublicKey({ key: { ...jwk }, format: 'jwk' });
    return verify('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, signature);
  } catch {
    return false;
  }
}
