import { BlockList, isIP } from 'node:net';

/** Why the program does not connect to an address that somebody outside chose. */
export type AddressFault = 'not_an_address' | 'loopback' | 'not_public';

/** Source: IANA IPv4 Special-Purpose Address Registry (RFC 6890 and later), every block that is not global. */
const NOT_PUBLIC_4 = blocks('ipv4', [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10], // carrier-grade NAT, also a metadata service of one cloud (100.100.100.200)
  ['169.254.0.0', 16], // link-local, also the metadata service of most clouds
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved and broadcast
  ['168.63.129.16', 32], // a public number that one cloud answers inside each machine
]);
const LOOPBACK_4 = blocks('ipv4', [['127.0.0.0', 8]]);

/**
 * Global unicast is 2000::/3 (RFC 4291); everything else is refused: loopback, unspecified, link-local, unique local,
 * multicast, IPv4-mapped (::ffff:0:0/96), IPv4-compatible and NAT64 (64:ff9b::/96, 64:ff9b:1::/48).
 */
const GLOBAL_6 = blocks('ipv6', [['2000::', 3]]);
/** Inside of it, what is a way to IPv4 or not for use. Source: IANA IPv6 Special-Purpose Address Registry. */
const NOT_PUBLIC_6 = blocks('ipv6', [
  ['2001::', 23], // protocol assignments, Teredo among them
  ['2001:db8::', 32],
  ['2002::', 16], // 6to4 carries any IPv4 address
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
]);
const LOOPBACK_6 = blocks('ipv6', [['::1', 128]]);

/** Undefined for an address of the public Internet. Takes only canonical addresses, without brackets or zone. */
export function addressFault(address: string): AddressFault | undefined {
  const family = isIP(address);
  if (family === 4) {
    if (LOOPBACK_4.check(address, 'ipv4')) return 'loopback';
    return NOT_PUBLIC_4.check(address, 'ipv4') ? 'not_public' : undefined;
  }
  // A zone (`fe80::1%eth0`) names an interface of this machine.
  if (family !== 6 || address.includes('%')) return 'not_an_address';
  if (LOOPBACK_6.check(address, 'ipv6')) return 'loopback';
  return GLOBAL_6.check(address, 'ipv6') && !NOT_PUBLIC_6.check(address, 'ipv6') ? undefined : 'not_public';
}

function blocks(family: 'ipv4' | 'ipv6', subnets: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [net, prefix] of subnets) list.addSubnet(net, prefix, family);
  return list;
}
