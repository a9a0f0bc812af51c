import {
  isSupportedCountry,
  type CountryCode as PhoneCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/min';
import { accepted, type Outcome, refused } from '../kernel/index.ts';
import { cleanText, narrowWidth } from './text.ts';

export type Phone = {
  /** E.164 with the plus sign. */
  readonly e164: string;
  /** Extension of a privacy number: `12345678910-1234` [domain.md 1.5, TOP-T ConsignModify]. */
  readonly extension?: string;
  /** ISO 3166-1 alpha-2 where the number tells it. */
  readonly country?: string;
};

export type PhoneRefusal = 'phone_masked' | 'phone_malformed';

/** Signs that hide digits, as labels and marketplaces write them. */
const MASK_SIGN = /[*\u2217\u204e\u22c6\u2022\u25cf\u25cb\u2022\u2026\u00d7\u2588\u25a0\u25a1#?_]/u;
/** A run of separators or of x stands for hidden digits; one alone parts digits or begins an extension. */
const MASK_RUN = /[-\u2010-\u2015\u2212.~]{2,}|x{2,}|(?:\d\s*(?:- ){2,})/iu;
/** Longest text worth reading: 15 digits of E.164, an extension and separators. */
const LONGEST = 40;
const PRIVACY = /^(\+?\d{11,15})[-,转]\s?(\d{3,6})$/u;

/** Is part of the number hidden? Asked before anything is stripped: `138----5678` without hyphens looks whole. */
export function isMaskedPhone(text: string): boolean {
  const narrow = narrowWidth(text.normalize('NFKC'));
  return MASK_SIGN.test(narrow) || MASK_RUN.test(narrow) || MASK_SIGN.test(text);
}

/**
 * A phone number as E.164, read in the habit of `country` when it has no country code. Refused: `phone_masked` when
 * digits are hidden, `phone_malformed` when the length is impossible there. Source of the rules: libphonenumber.
 */
export function normalisePhone(text: string, country: string): Outcome<Phone, PhoneRefusal> {
  if (text.length > LONGEST) return malformed();
  if (isMaskedPhone(text)) {
    return refused(
      'phone_masked',
      'The phone number hides digits; send the whole number or a privacy number.',
    );
  }
  const narrow = cleanText(narrowWidth(text.normalize('NFKC')));
  const privacy = PRIVACY.exec(narrow);
  const main = privacy?.[1] ?? narrow;
  const parsed = parsePhoneNumberFromString(main, {
    ...(isSupported(country) ? { defaultCountry: country } : {}),
    extract: false,
  });
  if (parsed === undefined || !parsed.isPossible()) return malformed();
  const extension = privacy?.[2] ?? parsed.ext;
  return accepted({
    e164: parsed.number,
    ...(extension === undefined ? {} : { extension }),
    ...(parsed.country === undefined ? {} : { country: parsed.country }),
  });
}

function isSupported(country: string): country is PhoneCountry {
  return isSupportedCountry(country);
}

function malformed(): Outcome<never, PhoneRefusal> {
  return refused(
    'phone_malformed',
    'The phone number is not possible in its country; send it with its country code.',
  );
}
