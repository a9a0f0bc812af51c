import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { identifyNumber } from './identify.policy.ts';

/*
 * Against the reference set (tracking_number_data 2.0.0), read from beside the project: every example, and numbers
 * drawn near the examples, judged by its own expressions and sums, which are written a second time here.
 */
const FOLDER =
  process.env.POSTROAD_DATA_TRACKING ??
  ['..', '../..']
    .map((up) => join(import.meta.dirname, '../..', up, 'shared/data/tracking'))
    .find(existsSync) ??
  '';
const FILE = join(FOLDER, 'number-formats.json');

type Checksum = {
  readonly name: string;
  readonly modulo?: number;
  readonly modulo1?: number;
  readonly modulo2?: number;
  readonly evens_multiplier?: number;
  readonly odds_multiplier?: number;
  readonly weightings?: readonly number[];
};
type Reference = {
  readonly courier: string;
  readonly id?: string;
  readonly name: string;
  readonly expression: RegExp;
  readonly checksum?: Checksum;
  readonly prefix?: { readonly unless: RegExp; readonly content: string };
  readonly countries?: ReadonlySet<string>;
  readonly valid: string;
  readonly invalid: string;
};

const references = existsSync(FILE) ? readReferences(JSON.parse(readFileSync(FILE, 'utf8'))) : [];
if (references.length === 0)
  process.stderr.write(
    'SKIPPED, NOT PROVED: number formats against the reference set; name its folder with POSTROAD_DATA_TRACKING.\n',
  );

const OURS: Readonly<Record<string, string>> = {
  'LaserShip 1LS7 (18)': 'lasership_1ls7_18',
  'Old Dominion': 'old_dominion',
  'Old Dominion Guaranteed Shipment': 'old_dominion_guaranteed',
  'UPS Waybill': 'ups_waybill',
};

const found = (text: string, reference: Reference) =>
  identifyNumber(text).find((one) => one.issuer.code === reference.courier);

test('the reference set has all its formats, or is not there', () => {
  expect([0, 39]).toContain(references.length);
});

test('every valid example is recognised, as its courier’s, in its format, before all others', () => {
  for (const reference of references) {
    const [first] = identifyNumber(reference.valid);
    expect([reference.name, first?.issuer.code, first?.format.name]).toEqual([
      reference.name,
      reference.courier,
      reference.id ?? OURS[reference.name],
    ]);
    expect(first?.checkDigit).toBe(reference.checksum === undefined ? 'none' : 'ok');
  }
});

test('no invalid example is its courier’s', () => {
  for (const reference of references)
    expect([reference.name, found(reference.invalid, reference)]).toEqual([reference.name, undefined]);
});

test('seven valid examples fit two issuers, and are ranked', () => {
  const shared = references.filter(
    ({ valid }) => new Set(identifyNumber(valid).map((one) => one.issuer.code)).size > 1,
  );
  expect([0, 7]).toContain(shared.length);
});

test('numbers near the examples are judged as the reference judges them', () => {
  // DHL's piece numbers are longer in Europe than the reference knows.
  const wider = new Set(['DHL Express (Piece ID)']);
  for (const reference of references) {
    const bare = reference.valid.replace(/\s/g, '');
    const changes = fc.array(fc.tuple(fc.nat(bare.length - 1), fc.constantFrom(...'0123456789ABCDNYZ')), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(changes, (edits) => {
        const chars = [...bare];
        for (const [at, char] of edits) chars[at] = char;
        // With any last character, so that a tenth of them hold.
        for (const last of '0123456789') {
          const number = chars.join('').slice(0, -1) + last;
          if (!references.some((one) => one.courier === reference.courier && isValid(one, number))) {
            if (wider.has(reference.name)) continue;
            const ours = found(number, reference);
            expect(
              ours === undefined || isOursAlone(ours.format.name) ? [] : [number, ours.format.name],
            ).toEqual([]);
          } else expect([number, found(number, reference)?.issuer.code]).toEqual([number, reference.courier]);
        }
      }),
      { numRuns: 150, seed: 11 },
    );
  }
});

/** Formats of the reference's couriers that it does not have, or countries of S10 that it leaves out. */
function isOursAlone(format: string): boolean {
  return format.startsWith('s10') || format === 'dhl_express_piece_id' || format === 'dhl_parcel_sscc';
}

function isValid(reference: Reference, number: string): boolean {
  const groups = reference.expression.exec(number)?.groups;
  if (groups === undefined) return false;
  if (reference.countries !== undefined && !reference.countries.has(groups.CountryCode ?? '')) return false;
  if (reference.checksum === undefined) return true;
  let serial = groups.SerialNumber ?? '';
  if (reference.prefix?.unless.test(serial) === true) serial = reference.prefix.content + serial;
  return checkOf(reference.checksum, serial) === groups.CheckDigit;
}

function checkOf(rule: Checksum, serial: string): string {
  const values = [...serial].map((char) => (/\d/.test(char) ? Number(char) : (char.charCodeAt(0) - 63) % 10));
  const sum = (weight: (index: number) => number) =>
    values.reduce((total, value, index) => total + value * weight(index), 0);
  const rest = (total: number, modulo: number) => (modulo - (total % modulo)) % modulo;
  switch (rule.name) {
    case 'mod10':
      return String(
        rest(
          sum((index) => (index % 2 === 0 ? rule.evens_multiplier : rule.odds_multiplier) ?? 0),
          10,
        ),
      );
    case 'mod7':
      return String(BigInt(serial) % 7n);
    case 'sum_product_with_weightings_and_modulo':
      return String(
        (sum((index) => rule.weightings?.[index] ?? 0) % (rule.modulo1 ?? 1)) % (rule.modulo2 ?? 1),
      );
    case 's10': {
      const left = 11 - (sum((index) => rule.weightings?.[index] ?? 0) % 11);
      return String(left === 10 ? 0 : left === 11 ? 5 : left);
    }
    case 'luhn': {
      const doubled = values.toReversed().map((value, index) => (index % 2 === 0 ? value * 2 : value));
      return String(
        rest(
          doubled.reduce((total, value) => total + (value > 9 ? value - 9 : value), 0),
          10,
        ),
      );
    }
    case 'mod_37_36': {
      let product = 36;
      for (const char of serial) {
        const step = (product + Number.parseInt(char, 36)) % 36;
        product = ((step === 0 ? 36 : step) * 2) % 37;
      }
      return ((37 - product) % 36).toString(36).toUpperCase();
    }
    default:
      throw new Error(`the reference has a new rule ${rule.name}`);
  }
}

type Raw = {
  readonly couriers: readonly {
    readonly courier_code: string;
    readonly tracking_numbers: readonly {
      readonly name: string;
      readonly id?: string;
      readonly regex: string | readonly string[];
      readonly validation: {
        readonly checksum?: Checksum;
        readonly serial_number_format?: {
          readonly prepend_if: { readonly matches_regex: string; readonly content: string };
        };
        readonly additional?: object;
      };
      readonly additional?: readonly {
        readonly name: string;
        readonly lookup: readonly { readonly matches?: string }[];
      }[];
      readonly example_valid: string;
      readonly example_invalid: string;
    }[];
  }[];
};

function readReferences(raw: Raw): Reference[] {
  return raw.couriers.flatMap(({ courier_code, tracking_numbers }) =>
    tracking_numbers.map((one): Reference => {
      const { checksum, serial_number_format: format, additional } = one.validation;
      const lookup = one.additional?.find(({ name }) => name === 'Courier')?.lookup ?? [];
      return {
        courier: courier_code,
        ...(one.id === undefined ? {} : { id: one.id }),
        name: one.name,
        // Blanks are allowed between its characters; numbers here have none.
        expression: new RegExp(`^(?:${[one.regex].flat().join('').replaceAll('\\s*', '')})$`),
        ...(checksum === undefined ? {} : { checksum }),
        ...(format === undefined
          ? {}
          : {
              prefix: {
                unless: new RegExp(format.prepend_if.matches_regex),
                content: format.prepend_if.content,
              },
            }),
        ...(additional === undefined
          ? {}
          : { countries: new Set(lookup.map(({ matches }) => matches ?? '')) }),
        valid: one.example_valid,
        invalid: one.example_invalid,
      };
    }),
  );
}
