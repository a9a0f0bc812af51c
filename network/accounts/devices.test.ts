import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMs, type Instant, msOf } from '../kernel/index.ts';
import { judgeProof, PROOF_WINDOW_MS, type ProofUse, readProof } from './device-proof.policy.ts';

const NOW = '2026-11-22T08:00:00.000Z' as Instant;
const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const OURS = pair();
const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const CLAIMS = {
  jti: 'a1b2c3d4e5f6a7b8',
  htm: 'POST',
  htu: 'https://post.example/v1/points/pnt_1/sync',
  iat: msOf(NOW) / 1000,
  ath: 'of-the-token',
};

function proofOf(claims: object = {}, head: object = {}, key = OURS): string {
  const { kty, crv, x, y } = key.publicKey.export({ format: 'jwk' });
  const said = { typ: 'dpop+jwt', alg: 'ES256', jwk: { kty, crv, x, y }, ...head };
  const signed = `${encoded(said)}.${encoded({ ...CLAIMS, ...claims })}`;
  const signature = sign('sha256', Buffer.from(signed), {
    key: key.privateKey,
    dsaEncoding: 'ieee-p1363',
  });
  return `${signed}.${signature.toString('base64url')}`;
}
const USE: ProofUse = {
  method: 'POST',
  path: '/v1/points/pnt_1/sync',
  host: 'post.example',
  now: NOW,
  tokenHash: 'of-the-token',
};
function verdict(claims: object = {}, use: Partial<ProofUse> = {}): string {
  const read = readProof(proofOf(claims));
  const judged = read.ok ? judgeProof(read.value, { ...USE, ...use }) : read;
  return judged.ok ? 'taken' : judged.rejection.detail;
}

describe('a proof of a device', () => {
  it('is taken for the request that it was made for', () => {
    expect(verdict()).toBe('taken');
    expect(verdict({ htu: `${CLAIMS.htu}?page=2#x` })).toBe('taken');
    // TLS may end before us, and a port that goes without saying is the same.
    expect(verdict({ htu: 'http://post.example:80/v1/points/pnt_1/sync' })).toBe('taken');
    expect(verdict({ ath: undefined }, { tokenHash: undefined })).toBe('taken');
  });

  it.each([
    ['another method', { htm: 'GET' }, 'htm'],
    ['another path', { htu: 'https://post.example/v1/points/pnt_2/sync' }, 'htu'],
    ['another host', { htu: 'https://evil.example/v1/points/pnt_1/sync' }, 'htu'],
    ['another port', { htu: 'https://post.example:8443/v1/points/pnt_1/sync' }, 'htu'],
    ['no address', { htu: 'nowhere' }, 'htu'],
    ['another log-in', { ath: 'of-another' }, 'ath'],
    ['no log-in', { ath: undefined }, 'ath'],
    ['a short name', { jti: 'x' }, 'jti'],
    ['a moment before time', { iat: -1 }, 'jti'],
    ['text for a moment', { iat: '1' }, 'jti'],
  ])('is refused for %s', (_what, claims, detail) => {
    expect(verdict(claims)).toContain(detail);
  });

  it('forgives two minutes of a wrong clock, both ways', () => {
    for (const sign of [-1, 1]) {
      expect(verdict({}, { now: addMs(NOW, sign * PROOF_WINDOW_MS) })).toBe('taken');
      expect(verdict({}, { now: addMs(NOW, sign * (PROOF_WINDOW_MS + 1)) })).toContain('our clock');
    }
  });

  it('is refused with a signature of another key, another algorithm or a private half', () => {
    const refusal = (text: string) => {
      const read = readProof(text);
      return read.ok ? 'read' : read.rejection.detail;
    };
    const jwk = OURS.publicKey.export({ format: 'jwk' });
    expect(refusal(proofOf())).toBe('read');
    expect(refusal(proofOf({}, { jwk }, pair()))).toContain('signature');
    expect(refusal(proofOf({}, { alg: 'none' }))).toContain('ES256');
    expect(refusal(proofOf({}, { typ: 'jwt' }))).toContain('dpop+jwt');
    expect(refusal(proofOf({}, { jwk: OURS.privateKey.export({ format: 'jwk' }) }))).toContain('P-256');
    // No point of the curve.
    expect(refusal(proofOf({}, { jwk: { ...jwk, x: jwk.y, y: jwk.x } }))).toContain('signature');
    const [head = '', , signature = ''] = proofOf().split('.');
    expect(refusal(`${head}.${encoded({ ...CLAIMS, htm: 'GET' })}.${signature}`)).toContain('signature');
    expect(refusal(['one', 'two'] as never)).toContain('One proof');
  });

  it('never throws, whatever the header says', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), fc.json(), fc.json(), (text, head, body) => {
        expect(readProof(text).ok).toBe(false);
        const parts = [head, body].map((part) => Buffer.from(part).toString('base64url'));
        expect(readProof([...parts, 'AAAA'].join('.')).ok).toBe(false);
      }),
    );
  });
});
