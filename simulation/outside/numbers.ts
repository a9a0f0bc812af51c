/*
 * Numbers as carriers outside print them. A serial of the world is used for one number only, so two parcels share a
 * number exactly where a story says so.
 */

/** Carriers whose numbers end in a check digit that everybody may compute. */
export type NumberedCarrier = keyof typeof MAKERS;

const MAKERS = {
  china_post: (serial: number) => s10('RB', serial, 'CN'),
  /** Express mail service of the same post. */
  ems: (serial: number) => s10('EA', serial, 'CN'),
  correios: (serial: number) => s10('PB', serial, 'BR'),
  usps: (serial: number) => s10('LZ', serial, 'US'),
  ups: (serial: number) => ups(serial),
  dhl_express: (serial: number) => dhlExpress(serial),
  sf_express: (serial: number) => `SF1${digits(serial, 12)}`,
  '4px': (serial: number) => `4PX${digits(3_000_000_000_000 + serial, 13)}CN`,
  zto: (serial: number) => `75${digits(9_000_000_000 + serial, 10)}`,
} as const;

export const numberOf = (carrier: NumberedCarrier, serial: number): string => MAKERS[carrier](serial);

/** China Post's small packet: the U of S10 stands for letter post without registration, the cheapest there is. */
export const economyNumberOf = (serial: number): string => s10('UB', serial, 'CN');

/** One digit away from a number with a check digit: the digit no longer fits. */
export function mistyped(number: string): string {
  const at = number.search(/\d(?=\D*$)/);
  const digit = (Number(number[at]) + 1) % 10;
  return number.slice(0, at) + String(digit) + number.slice(at + 1);
}

/** UPU S10: weights 8 6 4 2 3 5 9 7, check = 11 - sum mod 11, 10 is printed as 0 and 11 as 5. */
function s10(service: string, serial: number, country: string): string {
  const body = digits(serial, 8);
  const weights = [8, 6, 4, 2, 3, 5, 9, 7];
  const sum = weights.reduce((total, weight, at) => total + weight * Number(body[at]), 0);
  const check = 11 - (sum % 11);
  return `${service}${body}${check === 10 ? 0 : check === 11 ? 5 : check}${country}`;
}

/** UPS: letters count (code - 63) mod 10, every second character twice; the check digit fills up to tens. */
function ups(serial: number): string {
  const body = `7W3A8503${digits(serial % 10_000_000, 7)}`;
  const sum = [...body].reduce((total, character, at) => {
    const value = /\d/.test(character) ? Number(character) : (character.charCodeAt(0) - 63) % 10;
    return total + value * (at % 2 === 0 ? 1 : 2);
  }, 0);
  return `1Z${body}${(10 - (sum % 10)) % 10}`;
}

/** DHL Express: ten digits, the last is the rest of the others modulo 7. */
function dhlExpress(serial: number): string {
  const body = digits(serial + 100_000_000, 9);
  return `${body}${Number(body) % 7}`;
}

const digits = (value: number, length: number): string => String(value % 10 ** length).padStart(length, '0');
