/**
 * How Chinese divisions are named: the proper part and the generic ending, which people leave out or get wrong
 * (`浙江`, `余杭市` for 余杭区, `恩施州` for 恩施土家族苗族自治州). Source of the endings: GB/T 2260 and the 56 recognised peoples.
 */
const PEOPLES =
  '蒙古族|回族|藏族|维吾尔族|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族|傣族|黎族|傈僳族|佤族|畲族|高山族|' +
  '拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜族|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯族|阿昌族|普米族|塔吉克族|怒族|' +
  '乌孜别克族|俄罗斯族|鄂温克族|德昂族|保安族|裕固族|京族|塔塔尔族|独龙族|鄂伦春族|赫哲族|门巴族|珞巴族|基诺族|各族|蒙古|哈萨克|柯尔克孜';

const AUTONOMOUS = `(?:${PEOPLES})*自治`;
const ENDINGS: Readonly<Record<1 | 2 | 3 | 4, RegExp>> = {
  1: /(?:特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|省|市)$/u,
  2: new RegExp(`(?:${AUTONOMOUS}州|地区|州|盟|市)$`, 'u'),
  3: new RegExp(`(?:${AUTONOMOUS}[县旗]|新区|矿区|林区|特区|区|县|市|旗)$`, 'u'),
  4: /(?:街道办事处|街道|地区|镇|乡|苏木)$/u,
};

/** Endings that may follow the proper part in people's writing, longest first. */
export const WRITTEN_ENDINGS: Readonly<Record<1 | 2 | 3 | 4, readonly string[]>> = {
  1: ['维吾尔自治区', '特别行政区', '壮族自治区', '回族自治区', '自治区', '省', '市'],
  2: ['自治州', '地区', '市', '州', '盟'],
  3: ['自治县', '自治旗', '新区', '区', '县', '市', '旗'],
  4: ['街道办事处', '街道办', '街道', '街办', '镇', '乡'],
};

/** The proper part (`浙江`, `恩施`, `浦东`), or the whole name when less than two signs would be left. */
export function properName(name: string, level: 1 | 2 | 3 | 4): string {
  const proper = name.replace(ENDINGS[level], '');
  return [...proper].length >= 2 ? proper : name;
}

/** Rows of the statistical code that are brackets, not places: `市辖区`, `县`, `省直辖县级行政区划`. */
export function isBracketRow(name: string): boolean {
  return name === '市辖区' || name === '县' || name.endsWith('直辖县级行政区划');
}

/** Municipalities: province and city at once (GB/T 2260). */
export const MUNICIPALITIES: ReadonlySet<string> = new Set(['110000', '120000', '310000', '500000']);

/**
 * Province code -> Latin name and GeoNames admin1 code. HK, MO and TW have their own ISO 3166 codes in GeoNames.
 * Source: GB/T 2260, GB/T 28039 spelling as usual in English; GeoNames admin1CodesASCII.
 */
export const PROVINCES: Readonly<Record<string, readonly [latin: string, geonames: string]>> = {
  110000: ['Beijing', '22'],
  120000: ['Tianjin', '28'],
  130000: ['Hebei', '10'],
  140000: ['Shanxi', '24'],
  150000: ['Inner Mongolia', '20'],
  210000: ['Liaoning', '19'],
  220000: ['Jilin', '05'],
  230000: ['Heilongjiang', '08'],
  310000: ['Shanghai', '23'],
  320000: ['Jiangsu', '04'],
  330000: ['Zhejiang', '02'],
  340000: ['Anhui', '01'],
  350000: ['Fujian', '07'],
  360000: ['Jiangxi', '03'],
  370000: ['Shandong', '25'],
  410000: ['Henan', '09'],
  420000: ['Hubei', '12'],
  430000: ['Hunan', '11'],
  440000: ['Guangdong', '30'],
  450000: ['Guangxi', '16'],
  460000: ['Hainan', '31'],
  500000: ['Chongqing', '33'],
  510000: ['Sichuan', '32'],
  520000: ['Guizhou', '18'],
  530000: ['Yunnan', '29'],
  540000: ['Tibet', '14'],
  610000: ['Shaanxi', '26'],
  620000: ['Gansu', '15'],
  630000: ['Qinghai', '06'],
  640000: ['Ningxia', '21'],
  650000: ['Xinjiang', '13'],
  710000: ['Taiwan', ''],
  810000: ['Hong Kong', ''],
  820000: ['Macao', ''],
};
