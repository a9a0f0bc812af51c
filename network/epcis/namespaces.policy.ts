import { accepted, type Outcome, refused } from '../kernel/index.ts';
import type { Namespaces } from './event-hash.policy.ts';

export const NO_NAMESPACES: Namespaces = new Map();

/** Prefixes that every EPCIS document knows without saying so (its JSON-LD context binds them). */
const WELL_KNOWN: Namespaces = new Map([
  ['gs1', 'https://gs1.org/voc/'],
  ['epcis', 'https://ref.gs1.org/epcis/'],
  ['cbv', 'https://ref.gs1.org/cbv/'],
  ['rdfs', 'http://www.w3.org/2000/01/rdf-schema#'],
]);

/** The namespace of a prefix; a document may give a prefix of the standard another one. */
export function namespaceOf(prefix: string, namespaces: Namespaces): string | undefined {
  return namespaces.get(prefix) ?? WELL_KNOWN.get(prefix);
}

/**
 * The full name of a field, as JSON-LD makes it: the namespace and the name behind it. What has no prefix is in no
 * namespace (`#name`); what has one that nobody bound is a full name already.
 */
export function fullName(name: string, namespaces: Namespaces): string {
  const colon = name.indexOf(':');
  if (colon < 0) return `#${name}`;
  const local = name.slice(colon + 1);
  const namespace = local.startsWith('//') ? undefined : namespaceOf(name.slice(0, colon), namespaces);
  return namespace === undefined ? name : namespace + local;
}

/** Prefixes of one header; our default. */
const MAX_PREFIXES = 50;
/** The namespace is a URI (RFC 3986), which is ASCII: it goes back out in a header. */
const BINDING = /^([A-Za-z][\w.-]*)=<?([A-Za-z][A-Za-z0-9+.-]*:[!#-;=?-~]*)>?$/;

/** Reads `GS1-Extensions: example=https://ns.example.com/epcis/, other=urn:other:`. */
export function namespacesOfHeader(
  header: string | readonly string[] | undefined,
): Outcome<Namespaces, 'epcis_header_invalid'> {
  const text = typeof header === 'string' ? header : (header ?? []).join(',');
  if (text.trim() === '') return accepted(NO_NAMESPACES);
  // A comma may be part of a URI: only one before the next prefix ends it.
  const parts = text.trim().split(/[,;]\s*(?=[A-Za-z][\w.-]*=)/, MAX_PREFIXES + 1);
  if (parts.length > MAX_PREFIXES)
    return refused('epcis_header_invalid', `GS1-Extensions: binds at most ${MAX_PREFIXES} prefixes`);
  const bound = new Map<string, string>();
  for (const part of parts) {
    const [, prefix, namespace] = BINDING.exec(part.trim()) ?? [];
    if (prefix === undefined || namespace === undefined)
      return refused(
        'epcis_header_invalid',
        'GS1-Extensions: must be prefix=namespace, each namespace a URI, with commas between',
      );
    if (bound.has(prefix) && bound.get(prefix) !== namespace)
      return refused('epcis_header_invalid', `GS1-Extensions: binds ${prefix.slice(0, 60)} twice`);
    bound.set(prefix, namespace);
  }
  return accepted(bound);
}

/** The same, the other way round. */
export function headerOfNamespaces(namespaces: Namespaces): string {
  return [...namespaces].map(([prefix, namespace]) => `${prefix}=${namespace}`).join(', ');
}
