/**
 * Units of measure by their codes of UN/ECE Recommendation 20, with which EPCIS 2.0 names them. Units of one row are
 * converted into each other: `base = value * factor + offset`. Factors: The International System of Units (BIPM), NIST SP
 * 811. A unit that is in no row is compared with itself alone.
 */
type Unit = { readonly factor: number; readonly offset: number };

const KINDS: readonly Readonly<Record<string, Unit>>[] = [
  // Temperature, in kelvin.
  { KEL: by(1), CEL: by(1, 273.15), FAH: by(5 / 9, (459.67 * 5) / 9) },
  // Mass, in kilograms.
  { KGM: by(1), GRM: by(1e-3), MGM: by(1e-6), TNE: by(1e3), LBR: by(0.45359237), ONZ: by(0.028349523125) },
  // Length, in metres.
  {
    ...{ MTR: by(1), KMT: by(1e3), CMT: by(1e-2), MMT: by(1e-3) },
    ...{ INH: by(0.0254), FOT: by(0.3048), YRD: by(0.9144), SMI: by(1609.344), NMI: by(1852) },
  },
  // Speed, in metres a second.
  { MTS: by(1), KMH: by(1 / 3.6), HM: by(0.44704), KNT: by(1852 / 3600) },
  // Acceleration, in metres a second squared.
  { MSK: by(1), K40: by(9.80665) },
  // Pressure, in pascals.
  {
    ...{ PAL: by(1), A97: by(100), KPA: by(1e3), MPA: by(1e6), BAR: by(1e5), MBR: by(100) },
    ...{ ATM: by(101325), PS: by(6894.757293168) },
  },
  // Volume, in cubic metres.
  { MTQ: by(1), LTR: by(1e-3), DMQ: by(1e-3), MLT: by(1e-6), CMQ: by(1e-6) },
  // Mass concentration, in kilograms a cubic metre.
  { KMQ: by(1), A93: by(1e-3), GP: by(1e-6) },
  // Time, in seconds.
  { SEC: by(1), C26: by(1e-3), MIN: by(60), HUR: by(3600), DAY: by(86400) },
  // Voltage, current, frequency: in volts, amperes, hertz.
  { VLT: by(1), '2Z': by(1e-3), KVT: by(1e3) },
  { AMP: by(1), '4K': by(1e-3) },
  { HTZ: by(1), KHZ: by(1e3), MHZ: by(1e6) },
];

function by(factor: number, offset = 0): Unit {
  return { factor, offset };
}

/** The same measure in every unit that it can be told in, the given one first and untouched. */
export function inAllUnits(
  value: number,
  unit: string,
): readonly { readonly unit: string; readonly value: number }[] {
  const given = { unit, value };
  const kind = KINDS.find((units) => Object.hasOwn(units, unit));
  const own = kind?.[unit];
  if (kind === undefined || own === undefined) return [given];
  const base = value * own.factor + own.offset;
  const others = Object.entries(kind).filter(([name]) => name !== unit);
  return [
    given,
    ...others.map(([name, { factor, offset }]) => ({ unit: name, value: (base - offset) / factor })),
  ];
}
