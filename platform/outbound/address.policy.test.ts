import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressFault } from './address.policy.ts';
import { readTarget } from './target.policy.ts';

describe('addresses', () => {
  test.each([
    '0.0.0.0',
    '0.1.2.3',
    '10.0.0.1',
    '10.255.255.255',
    '100.64.0.1',
    '100.100.100.200',
    '100.127.255.255',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.192',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '239.255.255.255',
    '255.255.255.255',
    '168.63.129.16',
    '203.0.113.9',
    '::',
    'fe80::1',
    'fc00::1',
    'fd00:ec2::254',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::ffff:7f00:1',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b::a9fe:a9fe',
    '64:ff9b:1::1',
    '2002:7f00:1::',
    '2001::1',
    '2001:db8::1',
    '100::1',
    '5f00::1',
  ])('%s is not public', (address) => {
    expect(addressFault(address)).toBe('not_public');
  });

  test.each(['127.0.0.1', '127.255.255.254', '::1'])('%s is loopback', (address) => {
    expect(addressFault(address)).toBe('loopback');
  });

  test.each([
    '',
    'localhost',
    '127.1',
    '0x7f.0.0.1',
    '2130706433',
    '[::1]',
    'fe80::1%eth0',
    '2a00::1%1',
    '1.2.3.4 ',
  ])('%j is no address', (text) => {
    expect(addressFault(text)).toBe('not_an_address');
  });

  test.each([
    '8.8.8.8',
    '1.1.1.1',
    '172.32.0.1',
    '100.128.0.1',
    '192.169.0.1',
    '2606:4700::1',
    '2a00:1450::1',
  ])('%s is public', (address) => {
    expect(addressFault(address)).toBeUndefined();
  });

  test('no IPv4 address of the private blocks passes in any spelling of a URL', () => {
    const inBlock = fc
      .tuple(fc.constantFrom(10, 127, 0, 224, 255), fc.nat(255), fc.nat(255), fc.nat(255))
      .map(([a, b, c, d]) => ((a << 24) >>> 0) + (b << 16) + (c << 8) + d);
    const spelling = fc.constantFrom(
      (n: number) => String(n),
      (n: number) => `0x${n.toString(16)}`,
      (n: number) => `0${n.toString(8)}`,
      (n: number) => [24, 16, 8, 0].map((bits) => (n >>> bits) & 255).join('.'),
      (n: number) => [24, 16, 8, 0].map((bits) => `0${((n >>> bits) & 255).toString(8)}`).join('.'),
      (n: number) => `${n >>> 24}.${n & 0xffffff}`,
      (n: number) => `[::ffff:${(n >>> 16).toString(16)}:${(n & 0xffff).toString(16)}]`,
      (n: number) => `[64:ff9b::${(n >>> 16).toString(16)}:${(n & 0xffff).toString(16)}]`,
    );
    fc.assert(
      fc.property(inBlock, spelling, (address, spell) => {
        expect(readTarget(`https://${spell(address)}/`, { allowLoopback: false }).ok).toBe(false);
      }),
    );
  });
});

describe('targets', () => {
  test.each([
    ['http://shop.example.com/', 'scheme_not_allowed'],
    ['ftp://shop.example.com/', 'scheme_not_allowed'],
    ['file:///etc/passwd', 'scheme_not_allowed'],
    ['javascript:alert(1)', 'scheme_not_allowed'],
    ['gopher://127.0.0.1:6379/_FLUSHALL', 'scheme_not_allowed'],
    ['', 'not_a_url'],
    ['//shop.example.com', 'not_a_url'],
    ['https://', 'not_a_url'],
    ['https://1.2.3.4.5/', 'not_a_url'],
    [`https://shop.example.com/${'a'.repeat(2100)}`, 'not_a_url'],
    ['https://user:pass@shop.example.com/', 'credentials_in_url'],
    ['https://shop.example.com@127.0.0.1/', 'credentials_in_url'],
    ['https://shop.example.com/#x', 'fragment_in_url'],
    ['https://shop.example.com/#', 'fragment_in_url'],
    ['https://shop.example.com:22/', 'port_not_allowed'],
    ['https://shop.example.com:6379/', 'port_not_allowed'],
    ['https://127.0.0.1/', 'host_not_public'],
    ['https://127.0.0.1./', 'host_not_public'],
    ['https://127.1/', 'host_not_public'],
    ['https://2130706433/', 'host_not_public'],
    ['https://0x7f000001/', 'host_not_public'],
    ['https://0177.0.0.1/', 'host_not_public'],
    ['https://\uff11\uff12\uff17.0.0.1/', 'host_not_public'],
    ['https://[::1]/', 'host_not_public'],
    ['https://[::ffff:169.254.169.254]/', 'host_not_public'],
    ['https://169.254.169.254/latest/meta-data', 'host_not_public'],
    ['https://localhost/', 'host_not_public'],
    ['https://LOCALHOST./', 'host_not_public'],
    ['https://foo.localhost/', 'host_not_public'],
    ['https://metadata.google.internal/', 'host_not_public'],
    ['https://printer.local/', 'host_not_public'],
    ['https://intranet/', 'host_not_public'],
  ])('%s is refused as %s', (url, code) => {
    expect(readTarget(url, { allowLoopback: false })).toMatchObject({ ok: false, rejection: { code } });
  });

  test.each(['https://shop.example.com/hook?a=b', 'https://shop.example.com:8443/', 'https://8.8.8.8/'])(
    '%s is taken',
    (url) => {
      expect(readTarget(url, { allowLoopback: false }).ok).toBe(true);
    },
  );

  test('where loopback is allowed, nothing else private is', () => {
    expect(readTarget('http://127.0.0.1:4000/', { allowLoopback: true }).ok).toBe(true);
    expect(readTarget('http://localhost:4000/', { allowLoopback: true }).ok).toBe(true);
    for (const url of ['http://10.0.0.1/', 'https://169.254.169.254/', 'http://shop.example.com/']) {
      expect(readTarget(url, { allowLoopback: true }).ok, url).toBe(false);
    }
  });
});
