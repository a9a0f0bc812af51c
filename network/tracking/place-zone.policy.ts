import { inOnePiece } from '../kernel/index.ts';
import { CITY_CLOCKS } from './place-zone-cities.data.ts';

/** Where something was scanned, as far as a clock depends on it. `region`: the carrier's code of state or province. */
export type ClockPlace = {
  readonly country?: string | undefined;
  readonly region?: string | undefined;
  readonly postcode?: string | undefined;
  readonly city?: string | undefined;
};

/**
 * Countries whose every place showed the same clock from 2010 to today (IANA tz database: all zones of the country's
 * rows in zone.tab have equal offsets). China counts: Beijing time is the legal time of Xinjiang too.
 */
const ONE_CLOCK: Readonly<Record<string, string>> = {
  Africa: `
    AO:Luanda BF:Ouagadougou BI:Bujumbura BJ:Porto-Novo BW:Gaborone CF:Bangui CG:Brazzaville CI:Abidjan
    CM:Douala DJ:Djibouti DZ:Algiers EG:Cairo ER:Asmara ET:Addis_Ababa GA:Libreville GH:Accra GM:Banjul
    GN:Conakry GQ:Malabo GW:Bissau KE:Nairobi LR:Monrovia LS:Maseru LY:Tripoli MA:Casablanca ML:Bamako
    MR:Nouakchott MW:Blantyre MZ:Maputo NA:Windhoek NE:Niamey NG:Lagos RW:Kigali SD:Khartoum SL:Freetown
    SN:Dakar SO:Mogadishu SS:Juba ST:Sao_Tome SZ:Mbabane TD:Ndjamena TG:Lome TN:Tunis TZ:Dar_es_Salaam
    UG:Kampala ZA:Johannesburg ZM:Lusaka ZW:Harare
  `,
  America: `
    AG:Antigua AI:Anguilla AR:Argentina/Buenos_Aires AW:Aruba BB:Barbados BL:St_Barthelemy BO:La_Paz
    BQ:Kralendijk BS:Nassau BZ:Belize CO:Bogota CR:Costa_Rica CU:Havana CW:Curacao DM:Dominica
    DO:Santo_Domingo GD:Grenada GF:Cayenne GP:Guadeloupe GT:Guatemala GY:Guyana HN:Tegucigalpa
    HT:Port-au-Prince JM:Jamaica KN:St_Kitts KY:Cayman LC:St_Lucia MF:Marigot MQ:Martinique MS:Montserrat
    NI:Managua PA:Panama PE:Lima PM:Miquelon PR:Puerto_Rico PY:Asuncion SR:Paramaribo SV:El_Salvador
    SX:Lower_Princes TC:Grand_Turk TT:Port_of_Spain UY:Montevideo VC:St_Vincent VE:Caracas VG:Tortola
    VI:St_Thomas
  `,
  Arctic: `
    SJ:Longyearbyen
  `,
  Asia: `
    AE:Dubai AF:Kabul AM:Yerevan AZ:Baku BD:Dhaka BH:Bahrain BN:Brunei BT:Thimphu CN:Shanghai GE:Tbilisi
    HK:Hong_Kong IL:Jerusalem IN:Kolkata IQ:Baghdad IR:Tehran JO:Amman JP:Tokyo KG:Bishkek KH:Phnom_Penh
    KP:Pyongyang KR:Seoul KW:Kuwait LA:Vientiane LB:Beirut LK:Colombo MM:Yangon MO:Macau MY:Kuala_Lumpur
    NP:Kathmandu OM:Muscat PH:Manila PK:Karachi QA:Qatar SA:Riyadh SG:Singapore SY:Damascus TH:Bangkok
    TJ:Dushanbe TL:Dili TM:Ashgabat TW:Taipei UZ:Samarkand VN:Ho_Chi_Minh YE:Aden
  `,
  Atlantic: `
    BM:Bermuda CV:Cape_Verde FK:Stanley FO:Faroe IS:Reykjavik SH:St_Helena
  `,
  Europe: `
    AD:Andorra AL:Tirane AT:Vienna AX:Mariehamn BA:Sarajevo BE:Brussels BG:Sofia BY:Minsk CH:Zurich
    CZ:Prague DE:Berlin DK:Copenhagen EE:Tallinn FI:Helsinki FR:Paris GB:London GG:Guernsey GI:Gibraltar
    GR:Athens HR:Zagreb HU:Budapest IE:Dublin IM:Isle_of_Man IT:Rome JE:Jersey LI:Vaduz LT:Vilnius
    LU:Luxembourg LV:Riga MC:Monaco MD:Chisinau ME:Podgorica MK:Skopje MT:Malta NL:Amsterdam NO:Oslo
    PL:Warsaw RO:Bucharest RS:Belgrade SE:Stockholm SI:Ljubljana SK:Bratislava SM:San_Marino TR:Istanbul
    VA:Vatican
  `,
  Indian: `
    CC:Cocos CX:Christmas KM:Comoro MG:Antananarivo MU:Mauritius MV:Maldives RE:Reunion SC:Mahe
    YT:Mayotte
  `,
  Pacific: `
    AS:Pago_Pago CK:Rarotonga FJ:Fiji GU:Guam MH:Majuro MP:Saipan NC:Noumea NF:Norfolk NR:Nauru NU:Niue
    PN:Pitcairn PW:Palau SB:Guadalcanal TK:Fakaofo TO:Tongatapu TV:Funafuti VU:Efate WF:Wallis WS:Apia
  `,
};

/**
 * States and provinces that keep one clock. Those that are split by county (Florida, Texas, Tennessee, Kentucky,
 * Indiana, Michigan, the Dakotas, Nebraska, Kansas, Oregon, Idaho, Alaska; British Columbia, Ontario, Quebec,
 * Nunavut) are left out here: no clock is better than a wrong one. Source: IANA tz database, comments of `northamerica`
 * and `australasia`. Saskatchewan is left out for Lloydminster.
 */
const REGIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  US: {
    'America/New_York': 'CT DC DE GA MA MD ME NC NH NJ NY OH PA RI SC VA VT WV',
    'America/Chicago': 'AL AR IA IL LA MN MO MS OK WI',
    'America/Denver': 'CO MT NM UT WY',
    'America/Los_Angeles': 'CA NV WA',
    'Pacific/Honolulu': 'HI',
    'America/Puerto_Rico': 'PR',
    'America/St_Thomas': 'VI',
    'Pacific/Guam': 'GU',
  },
  CA: {
    'America/Halifax': 'NS PE',
    'America/Moncton': 'NB',
    'America/Winnipeg': 'MB',
    'America/Edmonton': 'AB',
    'America/Whitehorse': 'YT',
  },
  AU: {
    'Australia/Melbourne': 'VIC',
    'Australia/Sydney': 'ACT',
    'Australia/Brisbane': 'QLD',
    'Australia/Adelaide': 'SA',
    'Australia/Darwin': 'NT',
    'Australia/Hobart': 'TAS',
  },
};

/**
 * Where the postcode tells the clocks of one country or state apart; the first prefix that fits decides. Sources:
 * Correos (35, 38 Canary Islands), CTT (90-94 Madeira, 95-99 Azores), La Poste (97, 98 overseas), USPS ZIP Code
 * prefixes, Canada Post (first letter of a postal code), Australia Post (2880 Broken Hill, 2898 Lord Howe); the counties on
 * either side of a border of zones: 49 CFR 71. A prefix that lies in two zones stays out.
 */
const POSTCODE_RULES: readonly {
  readonly country: string;
  readonly region?: string;
  readonly prefixes: readonly (readonly [prefixes: string, zone: string | undefined])[];
}[] = [
  {
    country: 'ES',
    prefixes: [
      ['35 38', 'Atlantic/Canary'],
      ['', 'Europe/Madrid'],
    ],
  },
  {
    country: 'PT',
    prefixes: [
      ['90 91 92 93 94', 'Atlantic/Madeira'],
      ['9', 'Atlantic/Azores'],
      ['', 'Europe/Lisbon'],
    ],
  },
  {
    country: 'FR',
    prefixes: [
      ['97 98', undefined],
      ['', 'Europe/Paris'],
    ],
  },
  {
    country: 'NZ',
    prefixes: [
      ['8016', 'Pacific/Chatham'],
      ['', 'Pacific/Auckland'],
    ],
  },
  {
    country: 'US',
    region: 'FL',
    prefixes: [
      ['324', undefined],
      ['325', 'America/Chicago'],
      ['', 'America/New_York'],
    ],
  },
  {
    country: 'US',
    region: 'TX',
    prefixes: [
      ['798', undefined],
      ['799 885', 'America/Denver'],
      ['', 'America/Chicago'],
    ],
  },
  {
    country: 'US',
    region: 'TN',
    prefixes: [
      ['370 371 372 380 381 382 383 384 385', 'America/Chicago'],
      ['374 376 378 379', 'America/New_York'],
    ],
  },
  {
    country: 'US',
    region: 'KY',
    prefixes: [
      ['400 402', 'America/Kentucky/Louisville'],
      ['403 404 405 406 407 408 409 410 411 412 413 414 415 416 417 418', 'America/New_York'],
      ['420 421 422 423 424', 'America/Chicago'],
    ],
  },
  {
    country: 'US',
    region: 'IN',
    prefixes: [
      ['460 461 462 467 468 470 471 472 473 474 478', 'America/Indiana/Indianapolis'],
      ['463 464 476 477', 'America/Chicago'],
    ],
  },
  {
    country: 'US',
    region: 'MI',
    prefixes: [['48 490 491 492 493 494 495 496 497', 'America/Detroit']],
  },
  { country: 'US', region: 'ND', prefixes: [['580 581 582 583 584', 'America/Chicago']] },
  {
    country: 'US',
    region: 'SD',
    prefixes: [
      ['570 571 572 573 574', 'America/Chicago'],
      ['577', 'America/Denver'],
    ],
  },
  {
    country: 'US',
    region: 'NE',
    prefixes: [
      ['680 681 683 684 685 686 687 688 689', 'America/Chicago'],
      ['693', 'America/Denver'],
    ],
  },
  {
    country: 'US',
    region: 'KS',
    prefixes: [['660 661 662 664 665 666 667 668 669 670 671 672 673 674 675 676 679', 'America/Chicago']],
  },
  {
    country: 'US',
    region: 'OR',
    prefixes: [['970 971 972 973 974 975 976 977 978', 'America/Los_Angeles']],
  },
  {
    country: 'US',
    region: 'ID',
    prefixes: [
      ['832 833 834 836 837', 'America/Boise'],
      ['838', 'America/Los_Angeles'],
    ],
  },
  { country: 'US', region: 'AK', prefixes: [['9950 9951 997', 'America/Anchorage']] },
  { country: 'CA', region: 'ON', prefixes: [['K L M N P1 P3 P4 P5 P6 P7', 'America/Toronto']] },
  { country: 'CA', region: 'QC', prefixes: [['H J G1 G2 G3 G5 G6 G7 G8 G9', 'America/Toronto']] },
  { country: 'CA', region: 'BC', prefixes: [['V2 V3 V4 V5 V6 V7 V8 V9', 'America/Vancouver']] },
  {
    country: 'AU',
    region: 'NSW',
    prefixes: [
      ['2880', 'Australia/Adelaide'],
      ['2898', undefined],
      ['', 'Australia/Sydney'],
    ],
  },
];

const POSTCODES: ReadonlyMap<string, Prefixes> = new Map(
  POSTCODE_RULES.map(({ country, region, prefixes }) => [
    region === undefined ? country : `${country}-${region}`,
    prefixes,
  ]),
);

const ZONES: ReadonlyMap<string, string> = new Map([
  ...Object.entries(ONE_CLOCK).flatMap(([area, text]) =>
    text
      .trim()
      .split(/\s+/)
      .map((pair) => {
        const [country = '', city = ''] = pair.split(':');
        return [country, inOnePiece(`${area}/${city}`)] as const;
      }),
  ),
  ...Object.entries(REGIONS).flatMap(([country, zones]) =>
    Object.entries(zones).flatMap(([zone, regions]) =>
      regions.split(' ').map((region) => [`${country}-${region}`, zone] as const),
    ),
  ),
]);

const CITIES: ReadonlyMap<string, string> = new Map(
  Object.entries(CITY_CLOCKS).flatMap(([area, zones]) =>
    Object.entries(zones).flatMap(([zone, names]) =>
      names.split('|').map((name) => [`${area} ${name}`, zone] as const),
    ),
  ),
);

/**
 * IANA zone of a place's clock; undefined when the place does not tell it without doubt: by its postcode, else its town,
 * else the state or country as a whole. `country` is ISO 3166-1 alpha-2, `region` the post's own abbreviation of the
 * state (`GA`, `NSW`).
 */
export function placeZone({ country, region, postcode, city }: ClockPlace): string | undefined {
  if (country === undefined) return undefined;
  const area = region === undefined ? country : `${country}-${region.toUpperCase()}`;
  const rule = POSTCODES.get(area) ?? POSTCODES.get(country);
  const zone = (rule && postcodeZone(rule, postcode)) ?? cityZone(country, area, city);
  // Where postcodes matter, the area alone tells nothing.
  return zone ?? (rule === undefined ? (ZONES.get(area) ?? ZONES.get(country)) : undefined);
}

type Prefixes = (typeof POSTCODE_RULES)[number]['prefixes'];

function postcodeZone(rule: Prefixes, postcode: string | undefined): string | undefined {
  const digits = postcode?.replaceAll(/[^0-9A-Z]/gi, '').toUpperCase() ?? '';
  if (digits === '') return undefined;
  return rule.find(([prefixes]) => prefixes.split(' ').some((one) => digits.startsWith(one)))?.[1];
}

function cityZone(country: string, area: string, city: string | undefined): string | undefined {
  if (city === undefined) return undefined;
  const name = city.slice(0, 80).normalize('NFD').replaceAll(/\p{M}/gu, '').trim().toUpperCase();
  return CITIES.get(`${area} ${name}`) ?? CITIES.get(`${country} ${name}`);
}

/** Every zone that `placeZone` may answer. */
export function clockZones(): readonly string[] {
  const byPostcode = [...POSTCODES.values()].flat().flatMap(([, zone]) => zone ?? []);
  return [...new Set([...ZONES.values(), ...CITIES.values(), ...byPostcode])];
}
