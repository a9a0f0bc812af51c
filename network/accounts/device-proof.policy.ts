import {
  hashToken,
  isSameSecret,
  isSignedBy,
  type PublicJwk,
  thumbprintOf,
} from '../../platform/crypto/index.ts';
import {
  accepted,
  addMs,
  type Instant,
  instantFromMs,
  msBetween,
  type Outcome,
  refused,
} from '../kernel/index.ts';

/** How far a device's clock may be from ours. Our default: minutes, as RFC 9449 (11.1) has it; who is further off mends it by Date. */
export const PROOF_WINDOW_MS = 120_000;
/** A proof of ours has some 450 characters. */
const LONGEST_PROOF = 2_048;
const PART = /^[A-Za-z0-9_-]+$/;
const COORDINATE = /^[A-Za-z0-9_-]{43}$/;

/** What a device signed (RFC 9449, 4.2), with a signature that fits the key inside. */
export type Proof = {
  readonly jwk: PublicJwk;
  readonly thumbprint: string;
  readonly method: string;
  readonly address: string;
  readonly issuedAt: Instant;
  /** Its own name: nobody else's proof has it. */
  readonly id: string;
  readonly tokenHash: string | undefined;
};
type Read = Outcome<Proof, 'device_proof_refused'>;
const no = (detail: string) => refused('device_proof_refused', detail);

/** Reads the `DPoP` header and checks the signature; what it is good for, `judgeProof` says. */
export function readProof(header: string | readonly string[] | undefined): Read {
  if (header === undefined) return no('The header DPoP is missing.');
  if (typeof header !== 'string' || header.length > LONGEST_PROOF) return no('One proof in the header DPoP.');
  const parts = header.split('.');
  const [head = '', body = '', signature = ''] = parts;
  if (parts.length !== 3 || !parts.every((part) => PART.test(part))) return no('It is no JWS.');
  const said = objectOf(head);
  if (said.typ !== 'dpop+jwt' || said.alg !== 'ES256') return no('typ is dpop+jwt, alg ES256.');
  const jwk = jwkOf(said.jwk);
  if (jwk === undefined) return no('jwk is the public half of a P-256 key.');
  const { htm, htu, iat, jti, ath } = objectOf(body);
  const isComplete =
    typeof htm === 'string' &&
    typeof htu === 'string' &&
    typeof jti === 'string' &&
    /^[!-~]{16,64}$/.test(jti) &&
    typeof iat === 'number' &&
    // What an Instant can be: the years up to 9999.
    iat >= 0 &&
    iat < 253_402_300_800 &&
    (ath === undefined || typeof ath === 'string');
  if (!isComplete) return no('htm, htu, iat and jti of 16 to 64 characters are needed.');
  if (!isSignedBy(jwk, `${head}.${body}`, Buffer.from(signature, 'base64url')))
    return no('The signature does not fit.');
  return accepted({
    ...{ jwk, thumbprint: thumbprintOf(jwk), method: htm, address: htu, id: jti, tokenHash: ath },
    issuedAt: instantFromMs(Math.floor(iat) * 1000),
  });
}

/** What a part says; without members when it is no object. */
function objectOf(part: string): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function jwkOf(given: unknown): PublicJwk | undefined {
  const { kty, crv, x, y, d } = (given ?? {}) as Record<string, unknown>;
  // A private half that travels is no secret any more.
  if (kty !== 'EC' || crv !== 'P-256' || d !== undefined) return undefined;
  if (typeof x !== 'string' || typeof y !== 'string' || !COORDINATE.test(x) || !COORDINATE.test(y))
    return undefined;
  return { kty, crv, x, y };
}

export type ProofUse = {
  readonly method: string;
  /** Of the request, without query. */
  readonly path: string;
  readonly host: string | undefined;
  readonly now: Instant;
  /** Of the session's token; undefined at the log-in, which has none yet. */
  readonly tokenHash: string | undefined;
};

/**
 * Whether a proof is one for this request. Host and path are compared, the scheme is not: TLS may end before us. That
 * nobody uses it a second time, `useProof` sees.
 */
export function judgeProof(proof: Proof, use: ProofUse): Outcome<undefined, 'device_proof_refused'> {
  if (proof.method !== use.method) return no(`htm says ${proof.method}.`);
  if (!isSameAddress(proof.address, use)) return no('htu is the address of another request.');
  if (Math.abs(msBetween(proof.issuedAt, use.now)) > PROOF_WINDOW_MS)
    return no(`iat is too far from our clock: it is ${use.now}.`);
  if (use.tokenHash !== undefined && !isSameText(proof.tokenHash, use.tokenHash))
    return no('ath is of another log-in.');
  return accepted(undefined);
}

function isSameAddress(address: string, { host, path }: ProofUse): boolean {
  if (host === undefined || !URL.canParse(address)) return false;
  const said = new URL(address);
  const ours = `${said.protocol}//${host}${path}`;
  if (!/^https?:$/.test(said.protocol) || !URL.canParse(ours)) return false;
  const asked = new URL(ours);
  return said.host === asked.host && said.pathname === asked.pathname;
}

function isSameText(given: string | undefined, expected: string): boolean {
  return given !== undefined && isSameSecret(Buffer.from(given), Buffer.from(expected));
}

/** Until when a proof could be shown once more. */
export const proofEnds = (proof: Pick<Proof, 'issuedAt'>): Instant => addMs(proof.issuedAt, PROOF_WINDOW_MS);

/** What a used proof is remembered by: of two devices with the same name for one, each has its own. */
export const proofName = ({ thumbprint, id }: Pick<Proof, 'thumbprint' | 'id'>): Uint8Array =>
  hashToken(`${thumbprint}\0${id}`);
