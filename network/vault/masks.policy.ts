import { z } from 'zod';

/** A person or firm in clear text; the address has the shape that `places` checks. Never leaves the vault unmasked. */
export type ClearParty = {
  readonly name: string;
  readonly company?: string;
  readonly phone?: string;
  readonly email?: string;
  readonly address?: ClearAddress;
};

export type ClearAddress = {
  readonly country: string;
  readonly division?: string;
  readonly city: string;
  readonly district?: string;
  readonly town?: string;
  readonly postcode?: string;
  readonly lines: readonly string[];
};

/** What may be printed or shown. An e-mail address has no place in it, whatever the profile. */
export type MaskedParty = {
  readonly name: string;
  readonly company?: string;
  readonly phone?: string;
  readonly address?: ClearAddress;
};

const phoneMask = z
  .strictObject({
    showFirst: z.int().min(0).max(4),
    showLast: z.int().min(0).max(4),
    hideAtLeast: z.int().min(4).max(20).describe('A number with fewer digits is hidden whole'),
  })
  .describe('How many digits stay readable at either end; the last ones give way last');

export const MaskProfile = z
  .strictObject({
    name: z.enum(['clear', 'first_character', 'hidden']),
    company: z.enum(['clear', 'hidden']),
    phone: phoneMask,
    lines: z.enum(['clear', 'without_unit', 'hidden']),
    source: z.string().min(1).max(500).describe('Where the rule comes from'),
  })
  .meta({ id: 'MaskProfile', description: 'What of a party may be printed or shown' });
export type MaskProfile = z.infer<typeof MaskProfile>;

const unitWord = z
  .string()
  .min(1)
  .max(20)
  .regex(/^[\p{L}\p{M}#ºª.]+$/u);

/** The rulebook of masks: profiles by name, and the words by which a unit or room is known in an address line. */
export const MaskDocument = z
  .strictObject({
    profiles: z.record(z.string().regex(/^[a-z][a-z0-9_]{0,39}$/), MaskProfile),
    unitWordsBefore: z.array(unitWord).max(100).describe('Stand before the number: apt, room'),
    unitWordsAfter: z.array(unitWord).max(100).describe('Stand after the number: 室, 单元'),
  })
  .meta({ id: 'MaskDocument', description: 'Mask profiles of labels, pages and notices' });
export type MaskDocument = z.infer<typeof MaskDocument>;

/**
 * Shipped with the product; each change of it becomes a dated version of the rulebook at the next start. A client
 * platform may activate a stricter version.
 */
export const DEFAULT_MASKS: MaskDocument = {
  profiles: {
    cn_gbt41833: {
      name: 'first_character',
      company: 'hidden',
      phone: { showFirst: 3, showLast: 2, hideAtLeast: 6 },
      lines: 'without_unit',
      source:
        'GB/T 41833-2022 as summarised in domain 1.5 (139******78); the text of the standard was not at hand',
    },
    eu: {
      name: 'clear',
      company: 'clear',
      phone: { showFirst: 0, showLast: 3, hideAtLeast: 6 },
      lines: 'clear',
      source: 'our default: data minimisation of GDPR art. 5(1)(c); delivery needs name and address',
    },
    us: {
      name: 'clear',
      company: 'clear',
      phone: { showFirst: 0, showLast: 4, hideAtLeast: 6 },
      lines: 'clear',
      source: 'our default: delivery needs name and address',
    },
    last_four_only: {
      name: 'hidden',
      company: 'hidden',
      phone: { showFirst: 0, showLast: 4, hideAtLeast: 4 },
      lines: 'hidden',
      source: 'our default: points search by the last four digits (domain 1.5)',
    },
    without_task: {
      name: 'first_character',
      company: 'hidden',
      phone: { showFirst: 0, showLast: 2, hideAtLeast: 6 },
      lines: 'without_unit',
      source:
        'our default: GDPR art. 25(2), by default no more than the task needs; pages for staff, marketplaces, offices',
    },
  },
  unitWordsBefore: [
    'apartment',
    'apt',
    'unit',
    'room',
    'rm',
    'suite',
    'ste',
    'flat',
    'floor',
    'fl',
    'piso',
    'puerta',
    '#',
  ],
  unitWordsAfter: [
    '号楼',
    '單元',
    '单元',
    '室',
    '房',
    '层',
    '層',
    '楼',
    '樓',
    '幢',
    '栋',
    '棟',
    '座',
    '호',
    '号室',
    '階',
  ],
};

/** A document that was activated before a profile came has that one as it is shipped. */
export function withShippedProfiles(document: MaskDocument): MaskDocument {
  const known = Object.keys(DEFAULT_MASKS.profiles).every((name) => Object.hasOwn(document.profiles, name));
  return known ? document : { ...document, profiles: { ...DEFAULT_MASKS.profiles, ...document.profiles } };
}

/** What stands for hidden text. Its length is fixed: it must not tell how long the hidden text was. */
const HIDDEN = '***';
const BETWEEN_DIGITS = '[\\s().\\-/]{0,3}';
/** Seven digits in a row, whatever stands between them, are taken for a phone number; our default. */
const PHONE_DIGITS = 7;
const PHONE_IN_TEXT = new RegExp(`\\p{Nd}(?:${BETWEEN_DIGITS}\\p{Nd}){${PHONE_DIGITS - 1},}`, 'gu');

/**
 * The party as `profile` allows it to be shown. Pure. Throws RangeError for a profile that the document does not
 * hold: there is no default, because a wrong name must never print clear text.
 */
export function maskParty(document: MaskDocument, profile: string, party: ClearParty): MaskedParty {
  const mask = Object.hasOwn(document.profiles, profile) ? document.profiles[profile] : undefined;
  if (mask === undefined) throw new RangeError(`no mask profile ${profile}`);
  const { name, company, phone, address } = party;
  const clear = (text: string) => scrubPhone(text, phone);
  return {
    name: mask.name === 'clear' ? clear(name) : maskName(mask.name, name),
    ...(company === undefined ? {} : { company: mask.company === 'clear' ? clear(company) : HIDDEN }),
    ...(phone === undefined ? {} : { phone: maskPhone(mask.phone, phone) }),
    ...(address === undefined
      ? {}
      : { address: { ...shownPlace(address), lines: maskLines(document, mask, party, address.lines) } }),
  };
}

/** Field by field, so that whatever else hangs on an address stays inside. */
function shownPlace({ country, division, city, district, town, postcode }: ClearAddress) {
  return {
    country,
    city,
    ...(division === undefined ? {} : { division }),
    ...(district === undefined ? {} : { district }),
    ...(town === undefined ? {} : { town }),
    ...(postcode === undefined ? {} : { postcode }),
  };
}

/** At most the first letter or digit is kept, and only when something of the name stays hidden. */
export function maskName(show: 'first_character' | 'hidden', name: string): string {
  const letters = [...name.normalize('NFC').matchAll(/[\p{L}\p{N}]/gu)].map(([letter]) => letter);
  const [first] = letters;
  return show === 'hidden' || first === undefined || letters.length < 2 ? HIDDEN : first + HIDDEN;
}

/**
 * Digits of any script count, all else is dropped. At least `hideAtLeast` digits become stars, in a short number all:
 * then the first ones give way before the last ones.
 */
export function maskPhone(mask: MaskProfile['phone'], phone: string): string {
  const digits = digitsOf(phone);
  const visible = Math.max(0, digits.length - mask.hideAtLeast);
  const last = Math.min(mask.showLast, visible);
  const first = Math.min(mask.showFirst, visible - last);
  const hidden = digits.length - first - last;
  if (first + last === 0) return HIDDEN;
  return digits.slice(0, first).join('') + '*'.repeat(hidden) + digits.slice(digits.length - last).join('');
}

/** The first line loses its unit; the further ones, where units usually stand, are hidden. */
function maskLines(
  document: MaskDocument,
  mask: MaskProfile,
  party: ClearParty,
  lines: readonly string[],
): readonly string[] {
  if (mask.lines === 'hidden') return lines.length === 0 ? [] : [HIDDEN];
  if (mask.lines === 'clear') return lines.map((line) => scrubPhone(line, party.phone));
  const [first, ...more] = lines;
  if (first === undefined) return [];
  // The own number first: the cut below would leave the beginning of a number with hyphens.
  const nameless = scrubName(scrubPhone(first, party.phone), party.name);
  const shown = scrubNumbers(withoutUnit(document, nameless));
  return more.length === 0 ? [shown] : [shown, HIDDEN];
}

/**
 * Cuts a line where the first building, unit, floor or room begins, at a number with hyphens after its first part, or
 * at a number that ends the line. Rather too much than too little: the routing code brings the parcel to the door.
 */
function withoutUnit(document: MaskDocument, line: string): string {
  const text = line.normalize('NFKC').trim();
  const starts = unitPatterns(document).flatMap((pattern) => {
    const match = pattern.exec(text);
    return match === null ? [] : [match.index + (match.groups?.kept?.length ?? 0)];
  });
  return starts.length === 0 ? text : text.slice(0, Math.min(...starts)).trimEnd() + HIDDEN;
}

/** A part of a unit's number: a digit, a Chinese numeral, or a letter that stands alone. */
const NUMERAL =
  '(?:[\\p{Nd}〇零一二三四五六七八九十百两甲乙丙丁-]|(?<!\\p{Script=Latin})\\p{Script=Latin}(?!\\p{Script=Latin}))';

const patternsOf = new WeakMap<MaskDocument, readonly RegExp[]>();

/** Made once for each document: of its words they are long, and every address line asks for them. */
function unitPatterns(document: MaskDocument): readonly RegExp[] {
  const known = patternsOf.get(document);
  if (known !== undefined) return known;
  const patterns = makeUnitPatterns(document);
  patternsOf.set(document, patterns);
  return patterns;
}

function makeUnitPatterns(document: MaskDocument): readonly RegExp[] {
  const before = alternatives(document.unitWordsBefore);
  const after = alternatives(document.unitWordsAfter);
  return [
    ...(before === ''
      ? []
      : [new RegExp(`(?<![\\p{L}\\p{Nd}])(?:${before})(?!(?<=\\p{L})\\p{L})[.:\\s#]*[\\p{L}\\p{Nd}]`, 'iu')]),
    ...(after === '' ? [] : [new RegExp(`${NUMERAL}(?:\\s?${NUMERAL}){0,15}\\s?(?:${after})`, 'iu')]),
    // 文三路478-3-1501: the first part is the house, the rest building and room.
    /(?<kept>\p{Nd}{1,6})\s?[-‐-―－/]\s?[\p{Nd}\p{L}]/u,
    /\p{Nd}[\p{Nd}\s]{0,30}$/u,
  ];
}

/** Longest first, so that 号楼 is found before 楼. */
function alternatives(words: readonly string[]): string {
  const sorted = [...words].sort((first, second) => second.length - first.length);
  return sorted.map((word) => RegExp.escape(word.normalize('NFKC'))).join('|');
}

/** Buyers write "call me on ..." into every field. */
function scrubNumbers(text: string): string {
  return text.normalize('NFKC').replace(PHONE_IN_TEXT, HIDDEN);
}

/** Only the party's own number is taken out of clear text: "12-14, 28013" is an address. */
function scrubPhone(text: string, phone: string | undefined): string {
  const digits = digitsOf(phone ?? '');
  if (digits.length < PHONE_DIGITS) return text;
  const last = digits.slice(-PHONE_DIGITS);
  // What the pattern finds holds these digits in a row, and nearly no text does: making it costs a hundred looks.
  if (!digitsOf(text).join('').includes(last.join(''))) return text;
  const own = last.join(BETWEEN_DIGITS);
  const plain = text.normalize('NFKC');
  const scrubbed = plain.replace(new RegExp(`(?:\\p{Nd}${BETWEEN_DIGITS}){0,12}${own}`, 'gu'), HIDDEN);
  return scrubbed === plain ? text : scrubbed;
}

function digitsOf(phone: string): readonly string[] {
  return [...phone.normalize('NFKC').matchAll(/\p{Nd}/gu)].map(([digit]) => digit);
}

/** "c/o Zhang San" in an address line would undo the mask of the name. One letter alone is no name. */
function scrubName(line: string, name: string): string {
  const clear = name.normalize('NFKC').trim();
  if ([...clear].length < 2) return line;
  const words = clear.split(/\s+/u).map((word) => RegExp.escape(word));
  return line.normalize('NFKC').replace(new RegExp(words.join('\\s*'), 'giu'), HIDDEN);
}
