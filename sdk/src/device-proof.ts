/** A key pair of this device: ECDSA over P-256. Keep it (IndexedDB takes it as it is); its private half cannot be read out. */
export async function createDeviceKey(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
}

export type DeviceProofOptions = {
  readonly method: string;
  /** Of the request; its query and fragment are left out. */
  readonly url: string;
  /** `device.token_hash` of the log-in's answer; absent at the log-in itself. */
  readonly tokenHash?: string | undefined;
  /** Milliseconds since the epoch by the server's clock; the device's own when absent. */
  readonly nowMs?: number | undefined;
};

/** The header `DPoP` of one request (RFC 9449): each needs one of its own, also when it is sent again. */
export async function deviceProof(key: CryptoKeyPair, options: DeviceProofOptions): Promise<string> {
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', key.publicKey);
  const url = new URL(options.url);
  const claims = {
    jti: base64Url(crypto.getRandomValues(new Uint8Array(16))),
    htm: options.method,
    htu: `${url.origin}${url.pathname}`,
    iat: Math.floor((options.nowMs ?? Date.now()) / 1000),
    ...(options.tokenHash === undefined ? {} : { ath: options.tokenHash }),
  };
  const signed = [{ typ: 'dpop+jwt', alg: 'ES256', jwk: { kty, crv, x, y } }, claims]
    .map((part) => base64Url(new TextEncoder().encode(JSON.stringify(part))))
    .join('.');
  const signature = await crypto.subtle.sign(
    { name: 'ECDSA', hash: 'SHA-256' },
    key.privateKey,
    new TextEncoder().encode(signed),
  );
  return `${signed}.${base64Url(new Uint8Array(signature))}`;
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}
