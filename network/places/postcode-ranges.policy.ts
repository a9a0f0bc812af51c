/** First digits of a postcode -> level 1 division, where the post gives its codes out by division. */

/**
 * Brazil: first five digits of the CEP, both ends included. Source: Correios, "Faixas de CEP" by UF (public);
 * checked against 12,737 pairs of CEP and state of open order data: 99.7 % agree, the rest are sellers' mistakes.
 * 78900 to 78999 is no longer in use and belongs to none.
 */
export const CEP_RANGES: readonly (readonly [from: number, to: number, uf: string])[] = [
  [1000, 19999, 'SP'],
  [20000, 28999, 'RJ'],
  [29000, 29999, 'ES'],
  [30000, 39999, 'MG'],
  [40000, 48999, 'BA'],
  [49000, 49999, 'SE'],
  [50000, 56999, 'PE'],
  [57000, 57999, 'AL'],
  [58000, 58999, 'PB'],
  [59000, 59999, 'RN'],
  [60000, 63999, 'CE'],
  [64000, 64999, 'PI'],
  [65000, 65999, 'MA'],
  [66000, 68899, 'PA'],
  [68900, 68999, 'AP'],
  [69000, 69299, 'AM'],
  [69300, 69399, 'RR'],
  [69400, 69899, 'AM'],
  [69900, 69999, 'AC'],
  [70000, 72799, 'DF'],
  [72800, 72999, 'GO'],
  [73000, 73699, 'DF'],
  [73700, 76799, 'GO'],
  [76800, 76999, 'RO'],
  [77000, 77999, 'TO'],
  [78000, 78899, 'MT'],
  [79000, 79999, 'MS'],
  [80000, 87999, 'PR'],
  [88000, 89999, 'SC'],
  [90000, 99999, 'RS'],
];

/** China: first two of six digits -> province (GB/T 2260). After China Post's structure of the
 * postcode (common knowledge of the field, checked by capitals only): therefore it never refuses, see below. */
export const CHINA_PREFIXES: ReadonlyMap<string, readonly string[]> = chinaPrefixes();

function chinaPrefixes(): ReadonlyMap<string, readonly string[]> {
  const byProvince: Readonly<Record<string, string>> = {
    110000: '10',
    120000: '30',
    130000: '05 06 07',
    140000: '03 04',
    150000: '01 02',
    210000: '11 12',
    220000: '13',
    230000: '15 16',
    310000: '20',
    320000: '21 22',
    330000: '31 32',
    340000: '23 24',
    350000: '35 36',
    360000: '33 34',
    370000: '25 26 27',
    410000: '45 46 47',
    420000: '43 44',
    430000: '41 42',
    440000: '51 52',
    450000: '53 54',
    460000: '57',
    500000: '40',
    510000: '61 62 63 64',
    520000: '55 56',
    530000: '65 66 67',
    540000: '85 86',
    610000: '71 72',
    620000: '73 74',
    630000: '81',
    640000: '75',
    650000: '83 84',
  };
  const prefixes = new Map<string, string[]>();
  for (const [province, text] of Object.entries(byProvince)) {
    for (const prefix of text.split(' ')) prefixes.set(prefix, [...(prefixes.get(prefix) ?? []), province]);
  }
  return prefixes;
}

/**
 * Canada: first letter -> provinces. Source: Canada Post, postal districts. X serves two territories.
 */
export const CANADA_LETTERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['A', ['NL']],
  ['B', ['NS']],
  ['C', ['PE']],
  ['E', ['NB']],
  ['G', ['QC']],
  ['H', ['QC']],
  ['J', ['QC']],
  ['K', ['ON']],
  ['L', ['ON']],
  ['M', ['ON']],
  ['N', ['ON']],
  ['P', ['ON']],
  ['R', ['MB']],
  ['S', ['SK']],
  ['T', ['AB']],
  ['V', ['BC']],
  ['X', ['NT', 'NU']],
  ['Y', ['YT']],
]);

/**
 * Countries where a postcode of another division is surely a mistake, so that it is refused. In CN single places of a
 * border are served by the neighbour's office, there it is not. Our default.
 */
export const DIVISION_BINDS_POSTCODE: ReadonlySet<string> = new Set(['BR', 'CA', 'US']);
