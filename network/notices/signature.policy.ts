import { createHmac } from 'node:crypto';

/** 256 bits; Standard Webhooks asks for 24 to 64 bytes. */
export const SECRET_BYTES = 32;
const PREFIX = 'whsec_';

/** The form in which owners keep a secret: `whsec_` and base64. Source: Standard Webhooks, "Signature scheme". */
export function secretText(secret: Uint8Array): string {
  return PREFIX + Buffer.from(secret).toString('base64');
}

/**
 * Beside them the headers of a GS1 EPCIS 2.0 document: `GS1-Signature` is the HMAC-SHA-256 of its bytes by the newest
 * secret, the subscriber's `signatureToken`. Source: EPCIS 2.0.1 OpenAPI, which leaves the kind of signature open.
 */
export function gs1Headers(body: Uint8Array, secrets: readonly Uint8Array[]): Record<string, string> {
  const [newest] = secrets;
  const versions = { 'gs1-epcis-version': '2.0', 'gs1-cbv-version': '2.0' };
  if (newest === undefined) return versions;
  return {
    ...versions,
    'gs1-signature': `sha256=${createHmac('sha256', newest).update(body).digest('hex')}`,
  };
}

/**
 * The headers of one attempt, over the very bytes that are sent. `id` stays the same for all attempts and replays of
 * an event, so that receivers can drop what they know; `sentAtMs` is the wall clock's, against which receivers check
 * for old messages. One signature per valid secret, the newest first.
 */
export function signedHeaders(
  id: string,
  sentAtMs: number,
  body: Uint8Array,
  secrets: readonly Uint8Array[],
): Record<string, string> {
  const timestamp = String(Math.floor(sentAtMs / 1000));
  const signatures = secrets.map((secret) => {
    const mac = createHmac('sha256', secret).update(`${id}.${timestamp}.`).update(body).digest('base64');
    return `v1,${mac}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
    'content-type': 'application/json',
    'user-agent': 'Postroad-Webhooks/1',
  };
}
