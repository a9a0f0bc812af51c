import { CHECK_RULES } from '../numbers/index.ts';

/**
 * Identifiers as canonical, constrained GS1 Digital Link URIs (rules 17 and 18 of the CBV 2.0 event hash): the domain
 * id.gs1.org, no query, only the finest level of identification. Sources: GS1 EPC Tag Data Standard 2.0 section 6
 * (EPC URIs), GS1 Digital Link URI Syntax 1.2 section 4.
 */
const ROOT = 'https://id.gs1.org';

/** EPC URI, EPC class URI or EPC pattern URI with a GS1 key; undefined for anything else. */
export function digitalLinkOfEpc(uri: string): string | undefined {
  const match = /^urn:epc:(id|class|idpat):([a-z]{3,5}):(\d{6,12})\.(.{0,120})$/.exec(uri);
  if (match === null) return undefined;
  const [, kind = '', scheme = '', prefix = '', rest = ''] = match;
  const shape = Object.hasOwn(SHAPES, `${kind}:${scheme}`) ? SHAPES[`${kind}:${scheme}`] : undefined;
  const path = shape?.(prefix, rest);
  return path === undefined ? undefined : ROOT + path;
}

type Shape = (prefix: string, rest: string) => string | undefined;

/** Company prefix and reference together have `digits`; answers them and what follows the dot after them. */
function keyIn(
  prefix: string,
  rest: string,
  digits: number,
): { reference: string; tail: string } | undefined {
  const length = digits - prefix.length;
  const reference = rest.slice(0, length);
  if (length < 0 || reference.length !== length || !/^\d*$/.test(reference)) return undefined;
  const after = rest.slice(length);
  if (after === '') return { reference, tail: '' };
  return after.startsWith('.') ? { reference, tail: after.slice(1) } : undefined;
}

const checked = (body: string) => CHECK_RULES.mod10.append(body);

/** Indicator or extension digit first, then the prefix, the rest and the check digit: GTIN-14 and SSCC. */
function indicated(prefix: string, rest: string, digits: number) {
  const key = keyIn(prefix, rest, digits);
  if (key === undefined || key.reference === '') return undefined;
  const number = checked(key.reference.slice(0, 1) + prefix + key.reference.slice(1));
  return number === undefined ? undefined : { number, tail: key.tail };
}

function plain(prefix: string, rest: string, digits: number, lead = '') {
  const key = keyIn(prefix, rest, digits);
  const number = key && checked(lead + prefix + key.reference);
  return key === undefined || number === undefined ? undefined : { number, tail: key.tail };
}

const SERIAL = /^(?:%[0-9A-Fa-f]{2}|[!'()*+,.0-9:;=A-Za-z_-]){1,30}$/;
const isSerial = (text: string) => SERIAL.test(text);

/** Characters that a path segment of a Digital Link escapes and an EPC URI does not (URI Syntax 1.2, table 7-1). */
function escaped(text: string): string {
  return text.replaceAll(/[!()*+,:]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

const gtinWith =
  (qualifier: string): Shape =>
  (prefix, rest) => {
    const found = indicated(prefix, rest, 13);
    if (found === undefined || !isSerial(found.tail)) return undefined;
    return `/01/${found.number}/${qualifier}/${escaped(found.tail)}`;
  };

const numberAlone =
  (key: string, digits: number): Shape =>
  (prefix, rest) => {
    const found = plain(prefix, rest, digits);
    return found === undefined || found.tail !== '' ? undefined : `/${key}/${found.number}`;
  };

const numberWithSerial =
  (key: string, lead = ''): Shape =>
  (prefix, rest) => {
    const found = plain(prefix, rest, 12, lead);
    if (found === undefined || !isSerial(found.tail)) return undefined;
    return `/${key}/${found.number}${escaped(found.tail)}`;
  };

const patternOf =
  (key: string, digits: number, lead = ''): Shape =>
  (prefix, rest) => {
    const found = plain(prefix, rest, digits, lead);
    return found?.tail === '*' ? `/${key}/${found.number}` : undefined;
  };

const gtinPattern: Shape = (prefix, rest) => {
  const found = indicated(prefix, rest, 13);
  return found?.tail === '*' ? `/01/${found.number}` : undefined;
};

const free =
  (key: string): Shape =>
  (prefix, rest) =>
    isSerial(rest) ? `/${key}/${prefix}${escaped(rest)}` : undefined;

const SHAPES: Readonly<Record<string, Shape>> = {
  'id:sgtin': gtinWith('21'),
  'id:upui': gtinWith('235'),
  'class:lgtin': gtinWith('10'),
  'id:sscc': (prefix, rest) => {
    const found = indicated(prefix, rest, 17);
    return found === undefined || found.tail !== '' ? undefined : `/00/${found.number}`;
  },
  'id:sgln': (prefix, rest) => {
    const found = plain(prefix, rest, 12);
    if (found === undefined || !isSerial(found.tail)) return undefined;
    // Extension 0 says: the location itself.
    return found.tail === '0' ? `/414/${found.number}` : `/414/${found.number}/254/${escaped(found.tail)}`;
  },
  'id:pgln': numberAlone('417', 12),
  'id:grai': numberWithSerial('8003', '0'),
  'id:gdti': numberWithSerial('253'),
  'id:sgcn': numberWithSerial('255'),
  'id:giai': free('8004'),
  'id:ginc': free('401'),
  'id:gsin': numberAlone('402', 16),
  'id:gsrn': numberAlone('8018', 17),
  'id:gsrnp': numberAlone('8017', 17),
  'id:cpi': (prefix, rest) => {
    const match = /^((?:%[0-9A-Fa-f]{2}|[0-9A-Z-]){1,24})\.(\d{1,12})$/.exec(rest);
    return match === null ? undefined : `/8010/${prefix}${match[1]}/8011/${match[2]}`;
  },
  'id:itip': (prefix, rest) => {
    const found = indicated(prefix, rest, 13);
    const match = /^(\d{2})\.(\d{2})\.(.+)$/.exec(found?.tail ?? '');
    if (found === undefined || match === null || !isSerial(match[3] ?? '')) return undefined;
    return `/8006/${found.number}${match[1]}${match[2]}/21/${escaped(match[3] ?? '')}`;
  },
  'idpat:sgtin': gtinPattern,
  'idpat:upui': gtinPattern,
  'idpat:grai': patternOf('8003', 12, '0'),
  'idpat:gdti': patternOf('253', 12),
  'idpat:sgcn': patternOf('255', 12),
  'idpat:cpi': (prefix, rest) => {
    const match = /^((?:%[0-9A-Fa-f]{2}|[0-9A-Z-]){1,24})\.\*$/.exec(rest);
    return match === null ? undefined : `/8010/${prefix}${match[1]}`;
  },
  'idpat:itip': (prefix, rest) => {
    const found = indicated(prefix, rest, 13);
    const match = /^(\d{2})\.(\d{2})\.\*$/.exec(found?.tail ?? '');
    return found === undefined || match === null ? undefined : `/8006/${found.number}${match[1]}${match[2]}`;
  },
};

/** Keys by the names of Digital Link 1.1 (retired, still about). */
const KEY_NAMES: Readonly<Record<string, string>> = {
  gtin: '01',
  itip: '8006',
  cpid: '8010',
  gln: '414',
  party: '417',
  gsrnp: '8017',
  gsrn: '8018',
  gcn: '255',
  sscc: '00',
  gdti: '253',
  ginc: '401',
  gsin: '402',
  grai: '8003',
  giai: '8004',
};
const QUALIFIER_NAMES: Readonly<Record<string, string>> = { cpv: '22', lot: '10', ser: '21', glnx: '254' };

const TEXT = '[!-$&-.0-9:;<=>?A-Z_a-z%]';
/** What a key looks like, and its qualifiers from the finest to the coarsest; one of them at most is kept. */
const KEYS: Readonly<Record<string, { value: RegExp; finest: readonly string[] }>> = {
  '00': { value: /^\d{18}$/, finest: [] },
  '01': { value: /^\d{14}$/, finest: ['21', '235', '10'] },
  '8006': { value: /^\d{18}$/, finest: ['21', '10'] },
  '414': { value: /^\d{13}$/, finest: ['254'] },
  '417': { value: /^\d{13}$/, finest: [] },
  '253': { value: new RegExp(`^\\d{13}${TEXT}{0,51}$`), finest: [] },
  '255': { value: /^\d{13,25}$/, finest: [] },
  '401': { value: new RegExp(`^${TEXT}{1,90}$`), finest: [] },
  '402': { value: /^\d{17}$/, finest: [] },
  '8003': { value: new RegExp(`^\\d{14}${TEXT}{0,48}$`), finest: [] },
  '8004': { value: new RegExp(`^${TEXT}{1,90}$`), finest: [] },
  '8010': { value: new RegExp(`^${TEXT}{1,90}$`), finest: ['8011'] },
  '8017': { value: /^\d{18}$/, finest: [] },
  '8018': { value: /^\d{18}$/, finest: [] },
};

/** A web address that holds a GS1 key, constrained; undefined for any other address. */
export function constrainedDigitalLink(uri: string): string | undefined {
  const match = /^https?:\/\/[^/?#]+(\/[^?#]*)/.exec(uri.slice(0, 2_000));
  if (match === null) return undefined;
  const steps = (match[1] ?? '').split('/').slice(1);
  if (steps.at(-1) === '') steps.pop();
  for (let index = 0; index + 1 < steps.length; index += 1) {
    const name = steps[index] ?? '';
    const key = Object.hasOwn(KEY_NAMES, name) ? (KEY_NAMES[name] ?? name) : name;
    const rule = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
    if (rule === undefined) continue;
    const value = paddedGtin(key, steps[index + 1] ?? '');
    if (!rule.value.test(value)) continue;
    const qualifiers = qualifiersIn(steps.slice(index + 2));
    if (qualifiers === undefined) continue;
    const kept = rule.finest.find((one) => qualifiers.has(one));
    return kept === undefined
      ? `${ROOT}/${key}/${value}`
      : `${ROOT}/${key}/${value}/${kept}/${qualifiers.get(kept)}`;
  }
  return undefined;
}

function paddedGtin(key: string, value: string): string {
  return key === '01' && /^(?:\d{8}|\d{12}|\d{13})$/.test(value) ? value.padStart(14, '0') : value;
}

function qualifiersIn(steps: readonly string[]): ReadonlyMap<string, string> | undefined {
  if (steps.length % 2 !== 0) return undefined;
  const found = new Map<string, string>();
  for (let index = 0; index < steps.length; index += 2) {
    const name = steps[index] ?? '';
    const code = Object.hasOwn(QUALIFIER_NAMES, name) ? (QUALIFIER_NAMES[name] ?? name) : name;
    if (!/^\d{2,4}$/.test(code)) return undefined;
    found.set(code, steps[index + 1] ?? '');
  }
  return found;
}

/** Any notation of a GS1 identifier as its canonical Digital Link; other text as it is. */
export function canonicalIdentifier(text: string): string {
  if (text.startsWith('urn:epc:')) return digitalLinkOfEpc(text) ?? text;
  return constrainedDigitalLink(text) ?? text;
}
