/** Where something was scanned, as far as a clock depends on it. `region`: the carrier's code of state or province. */
export type ClockPlace = {
  readonly country?: string | undefined;
  readonly region?: string | undefined;
  readonly postcode?: string | undefined;
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
 * Nunavut) are left out: no clock is better than a wrong one. Source: IANA tz database, comments of `northamerica`
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
 * prefixes (324 and 798 lie in two zones and stay out), Australia Post (2880 Broken Hill, 2898 Lord Howe).
 */
const POSTCODES: readonly {
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
    country: 'AU',
    region: 'NSW',
    prefixes: [
      ['2880', 'Australia/Adelaide'],
      ['2898', undefined],
      ['', 'Australia/Sydney'],
    ],
  },
];

const ZONES: ReadonlyMap<string, string> = new Map([
  ...Object.entries(ONE_CLOCK).flatMap(([area, text]) =>
    text
      .trim()
      .split(/\s+/)
      .map((pair) => {
        const [country = '', city = ''] = pair.split(':');
        return [country, `${area}/${city}`] as const;
      }),
  ),
  ...Object.entries(REGIONS).flatMap(([country, zones]) =>
    Object.entries(zones).flatMap(([zone, regions]) =>
      regions.split(' ').map((region) => [`${country}-${region}`, zone] as const),
    ),
  ),
]);

/**
 * IANA zone of a place's clock; undefined when the place does not tell it without doubt. `country` is ISO 3166-1
 * alpha-2, `region` the post's own abbreviation of the state (`GA`, `NSW`).
 */
export function placeZone({ country, region, postcode }: ClockPlace): string | undefined {
  if (country === undefined) return undefined;
  const byPostcode = POSTCODES.find((rule) => rule.country === country && rule.region === region);
  if (byPostcode !== undefined) {
    const digits = postcode?.replaceAll(/[^0-9A-Z]/gi, '') ?? '';
    if (digits === '') return undefined;
    return byPostcode.prefixes.find(([prefixes]) =>
      prefixes.split(' ').some((one) => digits.startsWith(one)),
    )?.[1];
  }
  const rule = POSTCODES.find((one) => one.country === country && one.region === undefined);
  if (rule !== undefined && region !== undefined) return placeZone({ country, postcode });
  return (region === undefined ? undefined : ZONES.get(`${country}-${region}`)) ?? ZONES.get(country);
}

/** Every zone that `placeZone` may answer. */
export function clockZones(): readonly string[] {
  const byPostcode = POSTCODES.flatMap(({ prefixes }) => prefixes.map(([, zone]) => zone));
  return [...new Set([...ZONES.values(), ...byPostcode.filter((zone) => zone !== undefined)])];
}
