/**
 * Territories without postcodes. Common knowledge of the field (the UPU publishes the list), not checked against the
 * source: correct it when a post says otherwise. A country that is neither here nor has a pattern is `unknown`.
 */
export const WITHOUT_POSTCODE: ReadonlySet<string> = new Set(
  (
    'AE AG AO AW BF BI BJ BO BS BW BZ CD CF CG CI CK CM DJ DM ER FJ GA GD GM GQ GY HK KI KM KP ML MO MR MW NR NU ' +
    'QA RW SB SC SL SR ST SY TD TF TG TK TL TO TV UG VU YE ZW'
  ).split(' '),
);

/**
 * Countries whose carriers refuse a parcel without a postcode (our default, from the habit of postal operators; CN is
 * left out because Chinese electronic waybills have no postcode field).
 */
export const POSTCODE_REQUIRED: ReadonlySet<string> = new Set(
  (
    'AT AU BE BG BR BY CA CH CY CZ DE DK EE ES FI FR GB GR HR HU ID IL IN IT JP KR KZ LI LT LU LV MC MT MX MY NL NO ' +
    'NZ PH PL PT RO RS RU SE SG SI SK SM TH TR TW UA US VA VN ZA'
  ).split(' '),
);

/**
 * Zone of the most populous part of countries with several (IANA names; our choice, the list of zones itself comes
 * from CLDR through Intl.Locale).
 */
export const MAIN_ZONE: Readonly<Record<string, string>> = {
  AR: 'America/Argentina/Buenos_Aires',
  AU: 'Australia/Sydney',
  BR: 'America/Sao_Paulo',
  CA: 'America/Toronto',
  CD: 'Africa/Kinshasa',
  CL: 'America/Santiago',
  CN: 'Asia/Shanghai',
  CY: 'Asia/Nicosia',
  DE: 'Europe/Berlin',
  EC: 'America/Guayaquil',
  ES: 'Europe/Madrid',
  FM: 'Pacific/Pohnpei',
  GL: 'America/Nuuk',
  ID: 'Asia/Jakarta',
  KI: 'Pacific/Tarawa',
  KZ: 'Asia/Almaty',
  MH: 'Pacific/Majuro',
  MN: 'Asia/Ulaanbaatar',
  MX: 'America/Mexico_City',
  MY: 'Asia/Kuala_Lumpur',
  NZ: 'Pacific/Auckland',
  PF: 'Pacific/Tahiti',
  PG: 'Pacific/Port_Moresby',
  PS: 'Asia/Hebron',
  PT: 'Europe/Lisbon',
  RU: 'Europe/Moscow',
  UA: 'Europe/Kyiv',
  UM: 'Pacific/Wake',
  US: 'America/New_York',
  UZ: 'Asia/Tashkent',
};

/** Countries that are one city: an address there needs no city line, the country's name is one. Our list. */
export const CITY_STATES: ReadonlySet<string> = new Set(['GI', 'HK', 'MC', 'MO', 'SG', 'VA']);

/**
 * Countries whose level 1 divisions we hold complete under the codes that carriers use, so that an unknown one is an
 * error and not a gap of the data. In the others the text is kept without a code. Our list.
 */
export const COMPLETE_DIVISIONS: ReadonlySet<string> = new Set(['AU', 'BR', 'CA', 'CN', 'MX', 'US']);
