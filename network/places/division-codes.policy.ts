/**
 * GeoNames admin1 code -> ISO 3166-2 code without the country, for the countries whose states carriers name by it.
 * Sources: GeoNames admin1CodesASCII, ISO 3166-2. US, GB and others are equal in both already.
 */
export const ISO_DIVISIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  BR: pairs(
    '01=AC 02=AL 03=AP 04=AM 05=BA 06=CE 07=DF 08=ES 11=MS 13=MA 14=MT 15=MG 16=PA 17=PB 18=PR 20=PI 21=RJ 22=RN ' +
      '23=RS 24=RO 25=RR 26=SC 27=SP 28=SE 29=GO 30=PE 31=TO',
  ),
  CA: pairs('01=AB 02=BC 03=MB 04=NB 05=NL 07=NS 08=ON 09=PE 10=QC 11=SK 12=YT 13=NT 14=NU'),
  AU: pairs('01=ACT 02=NSW 03=NT 04=QLD 05=SA 06=TAS 07=VIC 08=WA'),
  MX: pairs(
    '01=AGU 02=BCN 03=BCS 04=CAM 05=CHP 06=CHH 07=COA 08=COL 09=CMX 10=DUR 11=GUA 12=GRO 13=HID 14=JAL 15=MEX 16=MIC ' +
      '17=MOR 18=NAY 19=NLE 20=OAX 21=PUE 22=QUE 23=ROO 24=SLP 25=SIN 26=SON 27=TAB 28=TAM 29=TLA 30=VER 31=YUC 32=ZAC',
  ),
  ES: pairs(
    '07=IB 27=RI 29=MD 31=MC 32=NC 34=AS 39=CB 51=AN 52=AR 53=CN 54=CM 55=CL 56=CT 57=EX 58=GA 59=PV 60=VC CE=CE ML=ML',
  ),
};

/** Countries whose GeoNames admin1 codes are the ISO 3166-2 ones. */
export const GEONAMES_IS_ISO: ReadonlySet<string> = new Set(['GB', 'US']);

/**
 * Divisions in use in addresses of a country that GeoNames lists as countries of their own, and the military "states"
 * (source: USPS Publication 28, appendix B).
 */
export const EXTRA_DIVISIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  US: {
    AA: 'Armed Forces Americas',
    AE: 'Armed Forces Europe',
    AP: 'Armed Forces Pacific',
    AS: 'American Samoa',
    GU: 'Guam',
    MP: 'Northern Mariana Islands',
    PR: 'Puerto Rico',
    VI: 'U.S. Virgin Islands',
  },
};

/** Names that people write and GeoNames does not list, by country and code. Our list. */
export const OTHER_NAMES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  BR: { DF: ['Distrito Federal', 'Brasília'] },
  CA: { QC: ['Québec'], NL: ['Newfoundland'], YT: ['Yukon Territory'], PE: ['PEI'] },
  ES: {
    AN: ['Andalucía'],
    AR: ['Aragón'],
    CL: ['Castilla y León'],
    CM: ['Castilla-La Mancha'],
    CN: ['Canarias'],
    CT: ['Cataluña', 'Catalunya'],
    IB: ['Illes Balears', 'Islas Baleares'],
    NC: ['Navarra'],
    PV: ['País Vasco', 'Euskadi'],
    VC: ['Comunidad Valenciana', 'Comunitat Valenciana'],
  },
  MX: { CMX: ['Ciudad de México', 'CDMX', 'Distrito Federal'], MEX: ['Estado de México'] },
  US: { DC: ['Washington DC', 'Washington, D.C.'] },
};

function pairs(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    text.split(' ').map((pair) => {
      const [geonames = '', iso = ''] = pair.split('=');
      return [geonames, iso] as const;
    }),
  );
}
