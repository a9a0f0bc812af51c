import { accepted, type Outcome, refused } from '../kernel/index.ts';

/** Versions in which events are taken and answered. */
export const SPOKEN = { EPCIS: '2.0', CBV: '2.0' } as const;
/** What `GS1-EPC-Format` may ask for; events are answered in the notation in which they came, whichever it is. */
const EPC_FORMATS = ['No_Preference', 'Always_GS1_Digital_Link', 'Always_EPC_URN', 'Never_Translates'];
export const EPC_FORMAT = 'Never_Translates';

export type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;
type Refusal = 'epcis_header_invalid' | 'epcis_version_not_acceptable';
type Standard = keyof typeof SPOKEN;
type Version = readonly [major: number, minor: number];
type Stated = { readonly name: string; readonly version: Version };

/** A third number is of a correction, which changes nothing of what is spoken. */
const VERSION = /^(\d{1,3})(?:\.(\d{1,3})(?:\.\d{1,3})?)?$/;

/**
 * Whether a request can be answered in a version and notation that its headers take (EPCIS 2.0, 12.3): `-Min` and `-Max` are
 * the ends of what is taken, both in; `-Version` is the one that its sender speaks. Each is optional.
 */
export function negotiate(headers: RequestHeaders): Outcome<undefined, Refusal> {
  for (const standard of Object.keys(SPOKEN) as Standard[]) {
    const outcome = negotiateVersion(headers, standard);
    if (!outcome.ok) return outcome;
  }
  const format = wordOf(headers, 'GS1-EPC-Format', EPC_FORMATS, EPC_FORMAT);
  return format.ok ? accepted(undefined) : format;
}

function negotiateVersion(headers: RequestHeaders, standard: Standard): Outcome<undefined, Refusal> {
  const stated: Stated[] = [];
  for (const part of ['Min', 'Max', 'Version']) {
    const name = `GS1-${standard}-${part}`;
    const value = headers[name.toLowerCase()];
    if (value === undefined) continue;
    const version = versionOf(value);
    if (version === undefined)
      return refused('epcis_header_invalid', `${name}: must be one version such as 2.0`);
    stated.push({ name, version });
  }
  const spoken = versionOf(SPOKEN[standard]) ?? [0, 0];
  const [min, max] = ['Min', 'Max'].map((part) => stated.find(({ name }) => name.endsWith(part)));
  if (min !== undefined && max !== undefined && compare(min.version, max.version) > 0)
    return refused('epcis_header_invalid', `${min.name}: is above ${max.name}`);
  const missed = stated.find(({ name, version }) => {
    const order = compare(version, spoken);
    if (name.endsWith('Min')) return order > 0;
    return name.endsWith('Max') ? order < 0 : order !== 0;
  });
  if (missed === undefined) return accepted(undefined);
  return refused(
    'epcis_version_not_acceptable',
    `${missed.name}: ${missed.version.join('.')} leaves out ${standard} ${SPOKEN[standard]}, the only version spoken here`,
  );
}

function versionOf(value: string | readonly string[]): Version | undefined {
  const [, major, minor = '0'] = (typeof value === 'string' && VERSION.exec(value)) || [];
  return major === undefined ? undefined : [Number(major), Number(minor)];
}

const compare = ([major, minor]: Version, [otherMajor, otherMinor]: Version): number =>
  major - otherMajor || minor - otherMinor;

/** The one of some words that a header says, in any case; without the header what `otherwise` says. */
export function wordOf<Word extends string>(
  headers: RequestHeaders,
  name: string,
  words: readonly Word[],
  otherwise: Word,
): Outcome<Word, 'epcis_header_invalid'> {
  const given = headers[name.toLowerCase()] ?? otherwise;
  const word = words.find((one) => typeof given === 'string' && one.toLowerCase() === given.toLowerCase());
  return word === undefined
    ? refused('epcis_header_invalid', `${name}: must be one of ${words.join(', ')}`)
    : accepted(word);
}
