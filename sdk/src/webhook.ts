/** The request did not come from the holder of the secret, or is too old. */
export class WebhookVerificationError extends Error {
  override readonly name = 'WebhookVerificationError';
}

export type WebhookRequest = {
  /** The endpoint's secret, `whsec_...`. */
  readonly secret: string;
  /** `webhook-id`, `webhook-timestamp` and `webhook-signature` in any case. */
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The raw body as it came: parsing and printing it again would change the bytes that were signed. */
  readonly body: string | Uint8Array;
  /** Seconds that the sender's clock may differ; default 300 (Standard Webhooks). */
  readonly toleranceSeconds?: number;
  /** Milliseconds since 1970; default: now. */
  readonly nowMs?: number;
};

/**
 * Checks a webhook by Standard Webhooks (symmetric, `v1`) and answers its JSON. Uses WebCrypto: Node 20+, browsers and
 * edge runtimes. Source: standardwebhooks.com, specification 1.0.
 *
 * @throws WebhookVerificationError when a header is missing, the time is off, no signature fits, or it is no JSON
 */
export async function verifyWebhook(request: WebhookRequest): Promise<unknown> {
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
    headerOf(request.headers, name),
  );
  if (!id || !timestamp || !signatures) throw new WebhookVerificationError('a webhook header is missing');
  assertFresh(timestamp, request.nowMs ?? Date.now(), request.toleranceSeconds ?? 300);
  const body = typeof request.body === 'string' ? new TextEncoder().encode(request.body) : request.body;
  const head = new TextEncoder().encode(`${id}.${timestamp}.`);
  const signed = new Uint8Array(head.length + body.length);
  signed.set(head);
  signed.set(body, head.length);
  const key = await importKey(request.secret);
  for (const part of signatures.split(' ')) {
    const [version, text] = part.split(',');
    const signature = version === 'v1' && text !== undefined ? bytesOf(text) : undefined;
    // `verify` compares in constant time.
    if (signature !== undefined && (await crypto.subtle.verify('HMAC', key, signature, signed)))
      return parse(body);
  }
  throw new WebhookVerificationError('no signature fits');
}

function assertFresh(timestamp: string, nowMs: number, toleranceSeconds: number): void {
  if (!/^\d{1,12}$/.test(timestamp)) throw new WebhookVerificationError('the timestamp is malformed');
  const ageSeconds = nowMs / 1000 - Number(timestamp);
  if (ageSeconds > toleranceSeconds) throw new WebhookVerificationError('the timestamp is too old');
  if (ageSeconds < -toleranceSeconds) throw new WebhookVerificationError('the timestamp is in the future');
}

async function importKey(secret: string): Promise<CryptoKey> {
  const bytes = bytesOf(secret.replace(/^whsec_/, ''));
  if (bytes === undefined || bytes.length === 0)
    throw new WebhookVerificationError('the secret is not whsec_ and base64');
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  } catch {
    return undefined;
  }
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new WebhookVerificationError('the body is not JSON');
  }
}

function headerOf(headers: WebhookRequest['headers'], name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined;
  const entry = Object.entries(headers).find(([key]) => key.toLowerCase() === name);
  const value = entry?.[1];
  return typeof value === 'string' ? value : value?.[0];
}
