import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { BlockList, isIP } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import forge from 'node-forge';
import { randomBytes } from '../crypto/index.ts';

/** A key with its chain, PEM; `authorityPath` is the file that devices install to trust it. */
export type Certificate = {
  readonly key: string;
  readonly cert: string;
  readonly authorityPath: string;
  /** SHA-256 of the authority's certificate, to compare by eye before trusting it. */
  readonly authorityFingerprint: string;
};

export type MachineNames = { readonly names: readonly string[]; readonly addresses: readonly string[] };

const DAY_MS = 86_400_000;
const AUTHORITY_DAYS = 3_650;
/** The longest that browsers take. Source: CA/Browser Forum ballot SC31, Apple's rule of September 2020. */
const CERTIFICATE_DAYS = 397;
const RENEW_BEFORE_DAYS = 30;
const KEY_BITS = 2_048;
/** Clocks of phones go wrong: valid since yesterday. */
const BACKDATE_DAYS = 1;

/** Ranges that no public site has, with the bytes of their first address. Source: RFC 1918, 3927, 4193, 4291. */
const PRIVATE_RANGES = [
  { address: '127.0.0.0', prefix: 8, first: '7f000000' },
  { address: '10.0.0.0', prefix: 8, first: '0a000000' },
  { address: '172.16.0.0', prefix: 12, first: 'ac100000' },
  { address: '192.168.0.0', prefix: 16, first: 'c0a80000' },
  { address: '169.254.0.0', prefix: 16, first: 'a9fe0000' },
  { address: '::1', prefix: 128, first: '1'.padStart(32, '0') },
  { address: 'fc00::', prefix: 7, first: 'fc'.padEnd(32, '0') },
  { address: 'fe80::', prefix: 10, first: 'fe80'.padEnd(32, '0') },
] as const;

const familyOf = (address: string) => (isIP(address) === 4 ? 'ipv4' : 'ipv6');
const privateRanges = new BlockList();
for (const { address, prefix } of PRIVATE_RANGES) privateRanges.addSubnet(address, prefix, familyOf(address));

/** What this machine is called on its own network: localhost, its host name (also `.local`), its private addresses. */
export function machineNames(): MachineNames {
  const own = hostname().toLowerCase();
  const isName = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/.test(own);
  const short = own.split('.')[0] ?? own;
  const addresses = Object.values(networkInterfaces())
    .flat()
    .map((entry) => entry?.address.split('%')[0] ?? '')
    .filter((address) => isIP(address) !== 0 && privateRanges.check(address, familyOf(address)));
  return {
    names: [...new Set(['localhost', ...(isName && own !== '' ? [own, `${short}.local`] : [])])],
    addresses: [...new Set(['127.0.0.1', '::1', ...addresses])],
  };
}

/**
 * The certificate of this folder for these names, made or made anew when it must be. `now` in milliseconds. Throws when
 * the folder cannot be written or holds files that are no keys.
 */
export async function ensureCertificate(
  folder: string,
  machine: MachineNames,
  now: number,
): Promise<Certificate> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const authority = await ensureAuthority(folder, machine, now);
  const paths = { key: join(folder, 'server-key.pem'), cert: join(folder, 'server.pem') };
  const known = await readBoth(paths.key, paths.cert);
  const fits =
    known !== undefined && serves(known.cert, machine, now) && isSignedBy(known.cert, authority.cert);
  const pair = fits ? known : await issue(authority, machine, now, paths);
  return {
    key: pair.key,
    cert: `${pair.cert.trimEnd()}\n${authority.cert}`,
    authorityPath: join(folder, 'authority.crt'),
    authorityFingerprint: new X509Certificate(authority.cert).fingerprint256,
  };
}

type Pair = { readonly key: string; readonly cert: string };

async function ensureAuthority(folder: string, machine: MachineNames, now: number): Promise<Pair> {
  const paths = { key: join(folder, 'authority-key.pem'), cert: join(folder, 'authority.crt') };
  const known = await readBoth(paths.key, paths.cert);
  if (known !== undefined && endsLater(known.cert, now + CERTIFICATE_DAYS * DAY_MS)) return known;
  const key = newKey();
  const certificate = blank(key, now, AUTHORITY_DAYS);
  const subject = nameOf(`Postroad on ${machine.names[1] ?? 'this machine'}`);
  certificate.setSubject(subject);
  certificate.setIssuer(subject);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    { name: 'subjectKeyIdentifier' },
    { id: '2.5.29.30', critical: true, value: nameConstraints(machine.names) },
  ]);
  return save(key, certificate, forge.pki.privateKeyFromPem(key), paths);
}

async function issue(
  authority: Pair,
  machine: MachineNames,
  now: number,
  paths: { key: string; cert: string },
): Promise<Pair> {
  const key = newKey();
  const certificate = blank(key, now, CERTIFICATE_DAYS);
  const issuer = forge.pki.certificateFromPem(authority.cert);
  certificate.setSubject(nameOf('Postroad'));
  certificate.setIssuer(issuer.subject.attributes);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectKeyIdentifier' },
    {
      name: 'subjectAltName',
      altNames: [
        ...machine.names.map((value) => ({ type: 2, value })),
        ...machine.addresses.map((ip) => ({ type: 7, ip })),
      ],
    },
  ]);
  return save(key, certificate, forge.pki.privateKeyFromPem(authority.key), paths);
}

function newKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: KEY_BITS });
  return privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
}

function blank(key: string, now: number, days: number): forge.pki.Certificate {
  const certificate = forge.pki.createCertificate();
  const own = forge.pki.privateKeyFromPem(key);
  certificate.publicKey = forge.pki.setRsaPublicKey(own.n, own.e);
  // Positive and not zero: the first bits are 01. Source: RFC 5280, 4.1.2.2.
  const serial = Buffer.from(randomBytes(16));
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  certificate.serialNumber = serial.toString('hex');
  certificate.validity.notBefore = new Date(now - BACKDATE_DAYS * DAY_MS);
  certificate.validity.notAfter = new Date(now + (days - BACKDATE_DAYS) * DAY_MS);
  return certificate;
}

async function save(
  key: string,
  certificate: forge.pki.Certificate,
  signer: forge.pki.rsa.PrivateKey,
  paths: { readonly key: string; readonly cert: string },
): Promise<Pair> {
  certificate.sign(signer, forge.md.sha256.create());
  const cert = forge.pki.certificateToPem(certificate).replaceAll('\r\n', '\n');
  // The key last: without it the certificate counts for nothing, so that a crash between leaves no mismatched pair.
  await writeFile(`${paths.key}.draft`, key, { mode: 0o600 });
  await chmod(`${paths.key}.draft`, 0o600);
  await writeFile(`${paths.cert}.draft`, cert, { mode: 0o644 });
  await rename(`${paths.cert}.draft`, paths.cert);
  await rename(`${paths.key}.draft`, paths.key);
  return { key, cert };
}

const nameOf = (commonName: string): forge.pki.CertificateField[] => [
  { name: 'commonName', value: commonName.slice(0, 64) },
  { name: 'organizationName', value: 'Postroad' },
];

/** Undefined when one is missing, broken, or they do not belong together. */
async function readBoth(keyPath: string, certPath: string): Promise<Pair | undefined> {
  try {
    const [key, cert] = await Promise.all([readFile(keyPath, 'utf8'), readFile(certPath, 'utf8')]);
    return new X509Certificate(cert).checkPrivateKey(createPrivateKey(key)) ? { key, cert } : undefined;
  } catch {
    return undefined;
  }
}

function serves(cert: string, machine: MachineNames, now: number): boolean {
  const certificate = new X509Certificate(cert);
  return (
    endsLater(cert, now + RENEW_BEFORE_DAYS * DAY_MS) &&
    machine.names.every((name) => certificate.checkHost(name) !== undefined) &&
    machine.addresses.every((address) => certificate.checkIP(address) !== undefined)
  );
}

const endsLater = (cert: string, than: number) => Date.parse(new X509Certificate(cert).validTo) > than;

function isSignedBy(cert: string, authority: string): boolean {
  return new X509Certificate(cert).verify(new X509Certificate(authority).publicKey);
}

/** RFC 5280, 4.2.1.10: permitted are these names and the private ranges, nothing else. */
function nameConstraints(names: readonly string[]): forge.asn1.Asn1 {
  const { asn1 } = forge;
  const context = (tag: number, constructed: boolean, value: string | forge.asn1.Asn1[]) =>
    asn1.create(asn1.Class.CONTEXT_SPECIFIC, tag, constructed, value as string);
  const subtree = (base: forge.asn1.Asn1) =>
    asn1.create(asn1.Class.UNIVERSAL, asn1.Type.SEQUENCE, true, [base]);
  return asn1.create(asn1.Class.UNIVERSAL, asn1.Type.SEQUENCE, true, [
    context(0, true, [
      ...names.map((name) => subtree(context(2, false, name))),
      ...PRIVATE_RANGES.map(({ prefix, first }) =>
        subtree(context(7, false, forge.util.hexToBytes(first + maskOf(prefix, first.length * 4)))),
      ),
    ]),
  ]);
}

/** A network mask in hexadecimal. */
function maskOf(prefix: number, bits: number): string {
  return ((2n ** BigInt(prefix) - 1n) << BigInt(bits - prefix)).toString(16).padStart(bits / 4, '0');
}
