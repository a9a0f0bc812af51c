import { chinaPrefix } from './china-divisions.ts';
import { compactPostcode } from './postcode-format.ts';

/**
 * One piece of the world. `division`: a code inside the country; in CN everything inside it too, elsewhere that code.
 * `postcode_prefix` and `postcode_range`: signs from the left, `from` and `to` of equal length, both included.
 * `remote`: the table's own remote areas, of one country or of all. `anywhere` is the rest of the world.
 */
export type ZoneMatcher =
  | { readonly kind: 'anywhere' }
  | { readonly kind: 'country'; readonly country: string }
  | { readonly kind: 'division'; readonly country: string; readonly code: string }
  | { readonly kind: 'remote'; readonly country?: string }
  | { readonly kind: 'postcode_prefix'; readonly country: string; readonly prefix: string }
  | { readonly kind: 'postcode_range'; readonly country: string; readonly from: string; readonly to: string };

/** Matchers that a remote area may be made of: all but `remote` itself. */
export type AreaMatcher = Exclude<ZoneMatcher, { kind: 'remote' }>;

export type Zone = { readonly code: string; readonly matchers: readonly ZoneMatcher[] };

/** The zones of one line or price table, as data. `remoteAreas` is the overlay that surcharges hang on. */
export type ZoneTable = { readonly zones: readonly Zone[]; readonly remoteAreas?: readonly AreaMatcher[] };

/** What a zone is judged by; every `Address` is one. */
export type ZoneSubject = {
  readonly country: string;
  readonly divisionCodes?: readonly string[] | undefined;
  readonly postcode?: string | undefined;
};

/** `matcher`: the one that decided. `remote`: the matcher of the remote areas that holds the address, if any. */
export type ZoneHit = {
  readonly zone: string;
  readonly matcher: ZoneMatcher;
  readonly remote: AreaMatcher | undefined;
};

declare const compiledBrand: unique symbol;
export type CompiledZones = {
  readonly zones: Rules<Entry>;
  readonly remote: Rules<Entry> | undefined;
  readonly [compiledBrand]?: never;
};

/** `signs` and `width`: how specific the matcher is, counted once, for the question is asked for every offer. */
type Entry = {
  readonly zone: string;
  readonly matcher: ZoneMatcher;
  readonly order: number;
  readonly signs: number;
  readonly width: number;
};
type Segment<Held> = { readonly from: string; readonly to: string; readonly held: Held };
type CountryRules<Held> = {
  country?: Held;
  remote?: Held;
  readonly divisions: Map<string, Held>;
  readonly prefixes: Map<string, Held>;
  /** Lengths of the prefixes, longest first. */
  prefixLengths: readonly number[];
  /** By length of the bounds: disjoint runs in order, each with the range that wins there. */
  ranges: readonly { readonly length: number; readonly segments: readonly Segment<Held>[] }[];
};
type Rules<Held> = {
  anywhere?: Held;
  remote?: Held;
  readonly countries: Map<string, CountryRules<Held>>;
};

/** Longer bounds would not fit a number exactly (36^10 < 2^53); no postcode has more signs. */
const LONGEST_BOUND = 10;
/** The most specific first. */
const KINDS = ['postcode', 'remote', 'division', 'country', 'anywhere'] as const;

/**
 * Compiles a table once for many questions. Throws RangeError for a range whose bounds differ in length or are turned
 * round and for an empty prefix or code: zone tables are checked when they are written.
 */
export function compileZones(table: ZoneTable): CompiledZones {
  const entries = table.zones.flatMap((zone) =>
    zone.matchers.map((matcher) => ({ zone: zone.code, matcher })),
  );
  const areas = (table.remoteAreas ?? []).map((matcher) => ({ zone: '', matcher }));
  return {
    zones: compile(entries.map(ranked)),
    remote: areas.length === 0 ? undefined : compile(areas.map(ranked)),
  };
}

function ranked(entry: { readonly zone: string; readonly matcher: ZoneMatcher }, order: number): Entry {
  return { ...entry, order, signs: fixedSigns(entry.matcher), width: widthOf(entry.matcher) };
}

/**
 * The zone of an address: postcode before remote area before division before country before anywhere; among postcodes
 * the one that fixes more signs, then a prefix before a range, then the narrower range; among divisions the deeper;
 * then the earlier in the table. Undefined when nothing matches.
 */
export function zoneOf(table: CompiledZones, subject: ZoneSubject): ZoneHit | undefined {
  const compact = subject.postcode === undefined ? '' : compactPostcode(subject.postcode);
  const remote = table.remote === undefined ? undefined : lookUp(table.remote, subject, compact, false);
  const found = lookUp(table.zones, subject, compact, remote !== undefined);
  if (found === undefined) return undefined;
  return { zone: found.zone, matcher: found.matcher, remote: areaOf(remote) };
}

function areaOf(entry: Entry | undefined): AreaMatcher | undefined {
  const matcher = entry?.matcher;
  return matcher === undefined || matcher.kind === 'remote' ? undefined : matcher;
}

function lookUp(
  rules: Rules<Entry>,
  subject: ZoneSubject,
  compact: string,
  isRemote: boolean,
): Entry | undefined {
  const own = rules.countries.get(subject.country);
  if (own !== undefined) {
    const byPostcode = compact === '' ? undefined : postcodeEntry(own, compact);
    if (byPostcode !== undefined) return byPostcode;
  }
  if (isRemote) {
    const remote = earlier(own?.remote, rules.remote);
    if (remote !== undefined) return remote;
  }
  return (own === undefined ? undefined : (divisionEntry(own, subject) ?? own.country)) ?? rules.anywhere;
}

function earlier(first: Entry | undefined, second: Entry | undefined): Entry | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  return first.order < second.order ? first : second;
}

function postcodeEntry(own: CountryRules<Entry>, compact: string): Entry | undefined {
  let best: Entry | undefined;
  for (const length of own.prefixLengths) {
    if (length > compact.length) continue;
    best = own.prefixes.get(compact.slice(0, length));
    if (best !== undefined) break;
  }
  for (const { length, segments } of own.ranges) {
    if (length > compact.length) continue;
    const found = segmentAt(segments, compact.slice(0, length));
    if (found !== undefined && (best === undefined || compareEntries(found, best) < 0)) best = found;
  }
  return best;
}

function segmentAt(segments: readonly Segment<Entry>[], key: string): Entry | undefined {
  let low = 0;
  let high = segments.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const segment = segments[middle];
    if (segment === undefined) return undefined;
    if (key < segment.from) high = middle - 1;
    else if (key > segment.to) low = middle + 1;
    else return segment.held;
  }
  return undefined;
}

function divisionEntry(own: CountryRules<Entry>, subject: ZoneSubject): Entry | undefined {
  if (own.divisions.size === 0 || subject.divisionCodes === undefined) return undefined;
  let best: Entry | undefined;
  for (const code of subject.divisionCodes) {
    for (const prefix of divisionPrefixes(subject.country, code)) {
      const found = own.divisions.get(prefix);
      if (found !== undefined && (best === undefined || compareEntries(found, best) < 0)) best = found;
    }
  }
  return best;
}

function divisionPrefixes(country: string, code: string): readonly string[] {
  if (country !== 'CN') return [code];
  const own = chinaPrefix(code);
  return [2, 4, 6, 9].filter((length) => length <= own.length).map((length) => own.slice(0, length));
}

/** Which of two matchers that both hold an address decides: negative when the first. A total order. */
export function compareMatchers(first: ZoneMatcher, second: ZoneMatcher): number {
  const byKind = KINDS.indexOf(kindOf(first)) - KINDS.indexOf(kindOf(second));
  if (byKind !== 0) return byKind;
  const bySigns = fixedSigns(second) - fixedSigns(first);
  if (bySigns !== 0) return bySigns;
  return widthOf(first) - widthOf(second);
}

/** The same order for two entries of one kind and country. */
function compareEntries(first: Entry, second: Entry): number {
  return second.signs - first.signs || first.width - second.width || first.order - second.order;
}

function kindOf(matcher: ZoneMatcher): (typeof KINDS)[number] {
  return matcher.kind === 'postcode_prefix' || matcher.kind === 'postcode_range' ? 'postcode' : matcher.kind;
}

function fixedSigns(matcher: ZoneMatcher): number {
  if (matcher.kind === 'postcode_prefix') return compactPostcode(matcher.prefix).length;
  if (matcher.kind === 'division') return divisionKey(matcher).length;
  if (matcher.kind !== 'postcode_range') return 0;
  const from = compactPostcode(matcher.from);
  const to = compactPostcode(matcher.to);
  let signs = 0;
  while (signs < from.length && from[signs] === to[signs]) signs += 1;
  return signs;
}

/** 0 for a prefix, so that it goes before a range that fixes as many signs. */
function widthOf(matcher: ZoneMatcher): number {
  if (matcher.kind !== 'postcode_range') return 0;
  const from = compactPostcode(matcher.from);
  const to = compactPostcode(matcher.to);
  const span = Number.parseInt(to, 36) - Number.parseInt(from, 36) + 1;
  // Ranges of different length are compared as shares of what their length can tell apart.
  return span / 36 ** from.length;
}

function divisionKey(matcher: { readonly country: string; readonly code: string }): string {
  return matcher.country === 'CN' ? chinaPrefix(matcher.code) : matcher.code;
}

function compile(entries: readonly Entry[]): Rules<Entry> {
  const rules: Rules<Entry> = { countries: new Map() };
  const ranges = new Map<string, (Segment<Entry> & { readonly held: Entry })[]>();
  for (const entry of entries) {
    const { matcher } = entry;
    if (matcher.kind === 'anywhere') rules.anywhere ??= entry;
    else if (matcher.kind === 'remote' && matcher.country === undefined) rules.remote ??= entry;
    else if (matcher.country !== undefined) addToCountry(rules, ranges, matcher.country, entry);
  }
  for (const [country, own] of rules.countries) {
    const lengths = new Set([...own.prefixes.keys()].map((prefix) => prefix.length));
    own.prefixLengths = [...lengths].sort((a, b) => b - a);
    const byLength = new Map<number, Segment<Entry>[]>();
    for (const range of ranges.get(country) ?? []) {
      byLength.set(range.from.length, [...(byLength.get(range.from.length) ?? []), range]);
    }
    own.ranges = [...byLength].map(([length, list]) => ({ length, segments: disjoint(list) }));
  }
  return rules;
}

function addToCountry(
  rules: Rules<Entry>,
  ranges: Map<string, Segment<Entry>[]>,
  country: string,
  entry: Entry,
): void {
  const { matcher } = entry;
  const own: CountryRules<Entry> = rules.countries.get(country) ?? {
    divisions: new Map(),
    prefixes: new Map(),
    prefixLengths: [],
    ranges: [],
  };
  rules.countries.set(country, own);
  if (matcher.kind === 'country') own.country ??= entry;
  else if (matcher.kind === 'remote') own.remote ??= entry;
  else if (matcher.kind === 'division') keepFirst(own.divisions, divisionKey(matcher), entry);
  else if (matcher.kind === 'postcode_prefix')
    keepFirst(own.prefixes, compactPostcode(matcher.prefix), entry);
  else if (matcher.kind === 'postcode_range') {
    const from = compactPostcode(matcher.from);
    const to = compactPostcode(matcher.to);
    if (from === '' || from.length !== to.length || from > to || from.length > LONGEST_BOUND) {
      throw new RangeError(`not a postcode range: ${matcher.from} to ${matcher.to}`);
    }
    ranges.set(country, [...(ranges.get(country) ?? []), { from, to, held: entry }]);
  }
}

function keepFirst(map: Map<string, Entry>, key: string, entry: Entry): void {
  if (key === '') throw new RangeError('a prefix or division code of a zone is not empty');
  if (!map.has(key)) map.set(key, entry);
}

/** Overlapping ranges of one length cut into runs that do not overlap, each holding the range that wins in it. */
function disjoint(ranges: readonly Segment<Entry>[]): readonly Segment<Entry>[] {
  const starts = new Set<string>();
  for (const range of ranges) {
    starts.add(range.from);
    const next = successor(range.to);
    if (next !== undefined) starts.add(next);
  }
  const cuts = [...starts].sort();
  const segments: Segment<Entry>[] = [];
  for (const [at, from] of cuts.entries()) {
    const over = ranges.filter((range) => range.from <= from && from <= range.to).map((range) => range.held);
    const held = over.sort(compareEntries)[0];
    const next = cuts[at + 1];
    const to = next === undefined ? 'Z'.repeat(from.length) : predecessor(next);
    if (held !== undefined) segments.push({ from, to, held });
  }
  return segments;
}

const SIGNS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The next key of the same length, undefined behind `ZZZ`. Digits sort before letters, as in the text order. */
function successor(key: string): string | undefined {
  const value = Number.parseInt(key, 36) + 1;
  return value >= 36 ** key.length
    ? undefined
    : value.toString(36).toUpperCase().padStart(key.length, SIGNS[0]);
}

function predecessor(key: string): string {
  return (Number.parseInt(key, 36) - 1).toString(36).toUpperCase().padStart(key.length, SIGNS[0]);
}
