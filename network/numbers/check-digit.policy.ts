/**
 * Check digits by name. `append` makes the full number of a body (undefined when the body is not of the rule's
 * alphabet or shape); `verify` reads a full number. `singleErrors` says what the rule promises for one wrong
 * character: `all` are detected, `most`, or `none`; a property test holds every rule to its word.
 */
export type CheckRule = {
  readonly name: CheckRuleName;
  readonly singleErrors: 'all' | 'most' | 'none';
  readonly append: (body: string) => string | undefined;
  readonly verify: (number: string) => boolean;
};

export const CHECK_RULE_NAMES = [
  's10',
  's10_serial',
  'mod10',
  'mod10_91',
  'mod7',
  'mod11',
  'mod37',
  'luhn',
  'ups',
  'ontrac',
  'fedex',
  'none',
] as const;
export type CheckRuleName = (typeof CHECK_RULE_NAMES)[number];

/** Rules that a number segment of our own may use: they need no fixed length or prefix of one carrier. */
export const NATIVE_CHECK_RULES = ['s10', 'mod10', 'mod7', 'mod11', 'mod37', 'luhn', 'none'] as const;

const DIGITS = /^\d{1,40}$/;
const ALPHANUMERIC = /^[0-9A-Z]{1,40}$/;

/** UPU S10: two letters, eight digits, [check], two letters. */
const S10_BODY = /^([A-Z]{2})(\d{8})([A-Z]{2})$/;
const S10_WEIGHTS = [8, 6, 4, 2, 3, 5, 9, 7] as const;
const S10_SERIAL = /^\d{8}$/;
const ONTRAC_BODY = /^[CD]\d{13}$/;
const FEDEX_WEIGHTS = [1, 3, 7] as const;

/**
 * The check digit of UPU S10 for eight digits: 11 - (weighted sum mod 11), where 10 becomes 0 and 11 becomes 5
 * (source: UPU standard S10, weights 8 6 4 2 3 5 9 7). The two sums that both give 5 are why it misses a few errors.
 */
export function s10CheckDigit(serial: string): number {
  let sum = 0;
  for (let index = 0; index < 8; index += 1) sum += digit(serial, index) * (S10_WEIGHTS[index] ?? 0);
  const check = 11 - (sum % 11);
  return check === 10 ? 0 : check === 11 ? 5 : check;
}

/** GS1: weights 3, 1, 3, ... from the right (source: GS1 General Specifications 7.9). */
function mod10(body: string): string {
  let sum = 0;
  for (let index = 0; index < body.length; index += 1) {
    sum += digit(body, body.length - 1 - index) * (index % 2 === 0 ? 3 : 1);
  }
  return String((10 - (sum % 10)) % 10);
}

/** The number modulo 7, as air waybills do (source: IATA resolution 600a). Misses a 7 written for a 0, 8 for 1, 9 for 2. */
function mod7(body: string): string {
  let rest = 0;
  for (let index = 0; index < body.length; index += 1) rest = (rest * 10 + digit(body, index)) % 7;
  return String(rest);
}

/** ISO/IEC 7064 hybrid system MOD 11,10: decimal check digit, detects every single error. */
function mod11(body: string): string {
  let product = 10;
  for (let index = 0; index < body.length; index += 1) product = hybridStep(product, digit(body, index), 10);
  return String((11 - product) % 10);
}

/** ISO/IEC 7064 hybrid system MOD 37,36: letters and digits, detects every single error. */
function mod37(body: string): string {
  let product = 36;
  for (let index = 0; index < body.length; index += 1) {
    product = hybridStep(product, base36(body.charCodeAt(index)), 36);
  }
  return ((37 - product) % 36).toString(36).toUpperCase();
}

/** One step of an ISO/IEC 7064 hybrid system; the running product is what the next character is added to. */
function hybridStep(product: number, value: number, modulus: number): number {
  const sum = (product + value) % modulus;
  return ((sum === 0 ? modulus : sum) * 2) % (modulus + 1);
}

/** ISO/IEC 7812-1 annex B. */
function luhn(body: string): string {
  let sum = 0;
  for (let index = 0; index < body.length; index += 1) {
    const value = digit(body, body.length - 1 - index) * (index % 2 === 0 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return String((10 - (sum % 10)) % 10);
}

/** UPS: weights 1, 2, 1, ... from the left; letters count as (code - 63) mod 10. What is checked begins behind `1Z`. */
function ups(body: string): string {
  let sum = 0;
  for (let index = 0; index < body.length; index += 1) {
    const code = body.charCodeAt(index);
    sum += (code > 57 ? (code - 63) % 10 : code - 48) * (index % 2 === 0 ? 1 : 2);
  }
  return String((10 - (sum % 10)) % 10);
}

/**
 * OnTrac: as UPS, where C stands for 4 and D for 5; a serial that begins with that digit already has it (source:
 * tracking_number_data 2.0.0).
 */
function ontrac(body: string): string {
  const letter = body.startsWith('C') ? '4' : '5';
  const serial = body.slice(1);
  return ups(serial.startsWith(letter) ? serial : letter + serial);
}

/** FedEx: weights 1, 3, 7 repeated from the right, modulo 11, then 10 becomes 0. */
function fedex(body: string): string {
  let sum = 0;
  for (let index = 0; index < body.length; index += 1) {
    sum += digit(body, body.length - 1 - index) * (FEDEX_WEIGHTS[index % 3] ?? 0);
  }
  return String((sum % 11) % 10);
}

export const CHECK_RULES: Readonly<Record<CheckRuleName, CheckRule>> = {
  s10: {
    name: 's10',
    singleErrors: 'most',
    append: (body) => {
      const [, service, serial, country] = S10_BODY.exec(body) ?? [];
      if (service === undefined || serial === undefined || country === undefined) return undefined;
      return `${service}${serial}${s10CheckDigit(serial)}${country}`;
    },
    verify: (number) =>
      number.length === 13 && CHECK_RULES.s10.append(number.slice(0, 10) + number.slice(11)) === number,
  },
  // The nine digits of S10 alone, which TNT's consignment numbers have too.
  s10_serial: trailing('s10_serial', 'most', S10_SERIAL, (body) => String(s10CheckDigit(body))),
  mod10: trailing('mod10', 'all', DIGITS, mod10),
  // USPS numbers of 20 digits whose application identifier 91 counts and is not printed.
  mod10_91: trailing('mod10_91', 'all', DIGITS, (body) => mod10(`91${body}`)),
  mod7: trailing('mod7', 'most', DIGITS, mod7),
  mod11: trailing('mod11', 'all', DIGITS, mod11),
  mod37: trailing('mod37', 'all', ALPHANUMERIC, mod37),
  luhn: trailing('luhn', 'all', DIGITS, luhn),
  ups: trailing('ups', 'most', ALPHANUMERIC, ups),
  ontrac: trailing('ontrac', 'most', ONTRAC_BODY, ontrac),
  fedex: trailing('fedex', 'most', DIGITS, fedex),
  none: {
    name: 'none',
    singleErrors: 'none',
    append: (body) => (ALPHANUMERIC.test(body) ? body : undefined),
    verify: (number) => ALPHANUMERIC.test(number),
  },
};

function trailing(
  name: CheckRuleName,
  singleErrors: CheckRule['singleErrors'],
  shape: RegExp,
  checkOf: (body: string) => string,
): CheckRule {
  const append = (body: string) => (shape.test(body) ? body + checkOf(body) : undefined);
  return { name, singleErrors, append, verify: (number) => append(number.slice(0, -1)) === number };
}

function digit(text: string, index: number): number {
  return text.charCodeAt(index) - 48;
}

function base36(code: number): number {
  return code > 57 ? code - 55 : code - 48;
}
