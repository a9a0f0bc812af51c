import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import forge from 'node-forge';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureCertificate, machineNames } from './certificate.ts';

const NOW = Date.parse('2026-11-28T12:00:00Z');
const DAY = 86_400_000;
const HOUSE = {
  names: ['localhost', 'depot', 'depot.local'],
  addresses: ['127.0.0.1', '::1', '192.168.7.9'],
};

describe('the certificate made on the spot', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'postroad-tls-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const made = (machine = HOUSE, now = NOW) => ensureCertificate(folder, machine, now);
  const leafOf = (cert: string) => new X509Certificate(cert);

  it('speaks for every name and address of the machine, and for no other', async () => {
    const leaf = leafOf((await made()).cert);
    for (const name of HOUSE.names) expect(leaf.checkHost(name), name).toBe(name);
    for (const address of HOUSE.addresses) expect(leaf.checkIP(address), address).toBe(address);
    expect(leaf.checkHost('example.com')).toBeUndefined();
    expect(Date.parse(leaf.validTo) - Date.parse(leaf.validFrom)).toBe(397 * DAY);
  });

  it('keeps its keys to itself', async () => {
    await made();
    for (const name of ['authority-key.pem', 'server-key.pem'])
      expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  });

  it('is the same at every start, until its end is near', async () => {
    const first = await made();
    expect(await made(HOUSE, NOW + 300 * DAY)).toEqual(first);
    const renewed = await made(HOUSE, NOW + 370 * DAY);
    expect(renewed.cert).not.toBe(first.cert);
    expect(renewed.authorityFingerprint).toBe(first.authorityFingerprint);
  });

  it('is made anew under the same authority when the machine has another address', async () => {
    const first = await made();
    const moved = await made({ ...HOUSE, addresses: [...HOUSE.addresses, '10.1.2.3'] });
    expect(leafOf(moved.cert).checkIP('10.1.2.3')).toBe('10.1.2.3');
    expect(moved.authorityFingerprint).toBe(first.authorityFingerprint);
  });

  it('begins again when a file is broken or from elsewhere', async () => {
    const first = await made();
    writeFileSync(join(folder, 'server-key.pem'), 'no key');
    const mended = await made();
    expect(mended.cert).not.toBe(first.cert);
    writeFileSync(join(folder, 'authority-key.pem'), mended.key);
    expect((await made()).authorityFingerprint).not.toBe(first.authorityFingerprint);
  });

  it('is trusted by a client that trusts the authority alone, and by no other', async () => {
    const machine = machineNames();
    const { key, cert, authorityPath } = await ensureCertificate(folder, machine, Date.now());
    const server = createServer({ key, cert }, (_request, response) => response.end('hello'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const ask = (ca: Buffer | undefined) =>
      new Promise<string>((resolve) => {
        request({ host: '127.0.0.1', port, ...(ca === undefined ? {} : { ca }), agent: false }, (answer) =>
          answer.on('data', (chunk: Buffer) => resolve(chunk.toString())),
        )
          .on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
          .end();
      });
    try {
      expect(await ask(readFileSync(authorityPath))).toBe('hello');
      expect(await ask(undefined)).toBe('SELF_SIGNED_CERT_IN_CHAIN');
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it('has an authority that cannot vouch for the rest of the world', async () => {
    const { authorityPath, key, cert } = await made();
    // A certificate that the stolen key signs for another site.
    const forged = forge.pki.certificateFromPem(cert);
    forged.setExtensions([{ name: 'subjectAltName', altNames: [{ type: 2, value: 'bank.example' }] }]);
    forged.sign(
      forge.pki.privateKeyFromPem(readFileSync(join(folder, 'authority-key.pem'), 'utf8')),
      forge.md.sha256.create(),
    );
    const chain = forge.pki.certificateToPem(forged) + readFileSync(authorityPath, 'utf8');
    const server = createServer({ key, cert: chain }, (_request, response) => response.end('stolen'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const outcome = await new Promise<string>((resolve) => {
      request(
        {
          host: '127.0.0.1',
          port,
          servername: 'bank.example',
          ca: readFileSync(authorityPath),
          agent: false,
        },
        () => resolve('trusted'),
      )

        .on('error', (error) => resolve(error.message))
        .end();
    });
    await new Promise((resolve) => server.close(resolve));
    expect(outcome).toContain('permitted subtree violation');
  });
});
