import { isIP } from 'node:net';
import { accepted, type Outcome, refused } from '../../network/kernel/index.ts';
import { addressFault } from './address.policy.ts';

/** Where a request of ours goes on behalf of somebody outside. `literal`: the host is an address, not a name. */
export type Target = {
  readonly url: URL;
  readonly host: string;
  readonly port: number;
  readonly isSecure: boolean;
  readonly literal: boolean;
};

export type TargetFault =
  | 'not_a_url'
  | 'scheme_not_allowed'
  | 'credentials_in_url'
  | 'fragment_in_url'
  | 'port_not_allowed'
  | 'host_not_public';

/** The usual ports of web servers: others belong to services that a request could be smuggled into. */
const PORTS: readonly number[] = [443, 8443, 80, 8080];
const MAX_URL_CHARS = 2048;
/** Names that never are public (RFC 6761, RFC 6762, ICANN's .internal, RFC 8375). */
const PRIVATE_NAMES = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|arpa|test|invalid|onion|alt)$/;

/**
 * Reads an address that somebody outside gave. Judges the URL after parsing, so that `http://2130706433`,
 * `0x7f.1` and `0177.0.0.1` are what they are: 127.0.0.1. `allowLoopback`: for development and tests only, then
 * http and any port too, and to loopback alone.
 */
export function readTarget(
  text: string,
  options: { readonly allowLoopback: boolean },
): Outcome<Target, TargetFault> {
  if (text.length > MAX_URL_CHARS || !URL.canParse(text)) return refused('not_a_url', 'This is not a URL.');
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return refused('scheme_not_allowed', 'Only https is allowed.');
  if (url.username !== '' || url.password !== '')
    return refused('credentials_in_url', 'A URL must not hold a user name or password.');
  if (url.hash !== '' || text.includes('#')) return refused('fragment_in_url', 'A URL here has no fragment.');
  const isSecure = url.protocol === 'https:';
  const host = hostOf(url);
  const port = url.port === '' ? (isSecure ? 443 : 80) : Number(url.port);
  const literal = isIP(host) !== 0;
  const target: Target = { url, host, port, isSecure, literal };
  if (options.allowLoopback && isLoopback(host)) return accepted(target);
  const notPublic = literal
    ? addressFault(host) !== undefined
    : !host.includes('.') || PRIVATE_NAMES.test(host);
  if (notPublic) return refused('host_not_public', 'The host is not on the public Internet.');
  if (!isSecure) return refused('scheme_not_allowed', 'Only https is allowed.');
  if (!PORTS.includes(port))
    return refused('port_not_allowed', `The port must be one of ${PORTS.join(', ')}.`);
  return accepted(target);
}

/** The host without brackets and without the dot that a name may end with. */
function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '').replace(/\.+$/, '');
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || (isIP(host) !== 0 && addressFault(host) === 'loopback');
}
