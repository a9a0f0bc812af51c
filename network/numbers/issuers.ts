import { AMERICAN_ISSUERS } from './formats-america.data.ts';
import { CHINESE_ISSUERS } from './formats-china.data.ts';
import { EXPRESS_ISSUERS } from './formats-express.data.ts';
import { POST_ISSUERS } from './formats-posts.data.ts';
import type { NumberFormat, NumberIssuer } from './model.ts';

/** Our own carriers: prefix, eleven digits, check digit of ISO/IEC 7064 MOD 11,10 over the digits. */
const NATIVE_ISSUERS: readonly NumberIssuer[] = [
  native('postroad_express_cn', 'Postroad Express China', '邮路快递（中国）', 'PRC'),
  native('postroad_express_eu', 'Postroad Express Europe', '邮路快递（欧洲）', 'PRE'),
  native('postroad_express_br', 'Postroad Express Brazil', '邮路快递（巴西）', 'PRB'),
  native('postroad_line', 'Postroad Line', '邮路专线', 'PRL'),
];

function native(code: string, en: string, zh: string, prefix: string): NumberIssuer {
  return {
    code,
    names: { en, zh },
    reach: 'national',
    formats: [
      {
        name: 'postroad_15',
        shapes: [`${prefix} (n12)`],
        check: 'mod11',
        example: `${prefix}202600000015`,
        source: 'our own numbers',
      },
    ],
  };
}

/** Everybody whose numbers are known. */
export const ISSUERS: readonly NumberIssuer[] = [
  ...NATIVE_ISSUERS,
  ...EXPRESS_ISSUERS,
  ...POST_ISSUERS,
  ...CHINESE_ISSUERS,
  ...AMERICAN_ISSUERS,
];

const BY_CODE: ReadonlyMap<string, NumberIssuer> = new Map(ISSUERS.map((issuer) => [issuer.code, issuer]));

/** Throws RangeError for a code that is not in the table. */
export function getIssuer(code: string): NumberIssuer {
  const issuer = BY_CODE.get(code);
  if (issuer === undefined) throw new RangeError(`no issuer ${code}`);
  return issuer;
}

/** Some formats of an issuer, in the order asked for. Throws RangeError for a name that it does not have. */
export function formatsOf(code: string, ...names: readonly string[]): readonly NumberFormat[] {
  const { formats } = getIssuer(code);
  return names.map((name) => {
    const format = formats.find((one) => one.name === name);
    if (format === undefined) throw new RangeError(`${code} has no format ${name}`);
    return format;
  });
}
