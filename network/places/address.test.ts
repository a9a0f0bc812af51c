import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressKey, validateAddress } from './address.ts';
import { CHINA_PROFILE, profileOf } from './address-profile.policy.ts';
import { findDivision, listDivisions } from './divisions.ts';
import type { Address } from './model.ts';

const PAULISTA = {
  country: 'BR',
  division: 'SP',
  city: 'São Paulo',
  postcode: '01310-100',
  lines: ['Avenida Paulista 1578'],
};
const WENYI = {
  country: 'CN',
  division: '浙江省',
  city: '杭州市',
  district: '余杭区',
  lines: ['文一西路969号'],
};
const BOSTON = { country: 'US', division: 'MA', city: 'Boston', postcode: '02110', lines: ['1 Federal St'] };

function errorsOf(raw: unknown): readonly string[] {
  const outcome = validateAddress(raw);
  return outcome.ok ? [] : outcome.rejection.errors.map((error) => `${error.pointer} ${error.code}`);
}

describe('a good address', () => {
  test.each<[string, object, object]>([
    ['Brazil', PAULISTA, { division: 'São Paulo', divisionCodes: ['SP'], postcode: '01310-100' }],
    [
      'Brazil without state: the CEP tells it',
      { ...PAULISTA, division: undefined },
      { divisionCodes: ['SP'] },
    ],
    ['Brazil by five digits', { ...PAULISTA, postcode: '01310' }, { postcode: '01310' }],
    ['United States', BOSTON, { division: 'Massachusetts', divisionCodes: ['MA'] }],
    ['lower case and alpha-3', { ...BOSTON, country: 'usa', division: 'massachusetts' }, { country: 'US' }],
    [
      'Germany',
      { country: 'DE', city: 'Köln', postcode: 'D-50667', lines: ['Domkloster 4'] },
      { postcode: '50667' },
    ],
    ['Hong Kong', { country: 'HK', postcode: '000000', lines: ['1 Queen’s Road'] }, { city: 'Hong Kong' }],
    [
      'Italy with a province we do not hold',
      { country: 'IT', division: 'MI', city: 'Milano', postcode: '20121', lines: ['x'] },
      { division: 'MI' },
    ],
    ['China', WENYI, { divisionCodes: ['330000', '330100', '330110'] }],
    [
      'China, endings left out',
      { ...WENYI, division: '浙江', city: '杭州', district: '余杭' },
      { district: '余杭区' },
    ],
    ['China, city tells the province', { ...WENYI, division: '' }, { division: '浙江省' }],
    ['China in Latin letters', { ...WENYI, division: 'Zhejiang', city: 'Hangzhou' }, { city: '杭州市' }],
    [
      'China, town',
      { ...WENYI, town: '五常' },
      { town: '五常街道', divisionCodes: ['330000', '330100', '330110', '330110005'] },
    ],
    ['China, a town we do not hold', { ...WENYI, town: '新镇' }, { town: '新镇' }],
    [
      'China, one string',
      { country: 'CN', lines: ['浙江省杭州市余杭区文一西路969号'] },
      { district: '余杭区', lines: ['文一西路969号'] },
    ],
    [
      'China by code',
      { country: 'CN', divisionCodes: ['330110'], lines: ['１号'] },
      { city: '杭州市', lines: ['1号'] },
    ],
    [
      'municipality',
      { ...WENYI, division: '北京市', city: '北京市', district: '朝阳区' },
      { divisionCodes: ['110000', '110105'] },
    ],
    [
      'municipality, bracket row',
      { ...WENYI, division: '北京', city: '市辖区', district: '朝阳区' },
      { city: '北京市' },
    ],
    [
      'county under its province',
      { ...WENYI, division: '湖北省', city: '仙桃市', district: '' },
      { divisionCodes: ['420000', '429004'] },
    ],
    [
      'city without districts',
      { ...WENYI, division: '广东省', city: '东莞市', district: '' },
      { divisionCodes: ['440000', '441900'] },
    ],
  ])('%s', (_, raw, expected) => {
    expect(validateAddress(raw)).toMatchObject({ ok: true, value: expected });
  });
});

describe('a bad address', () => {
  test.each<[string, unknown, readonly string[]]>([
    ['null', null, [' not_an_object']],
    ['a text', 'Paris', [' not_an_object']],
    ['a list', [], [' not_an_object']],
    ['nothing', {}, ['/country country_missing']],
    ['unknown country', { country: 'ZZ' }, ['/country country_unknown']],
    ['country of a wrong type', { country: 86 }, ['/country wrong_type']],
    [
      'only a country',
      { country: 'FR' },
      ['/postcode postcode_missing', '/city city_missing', '/lines lines_missing'],
    ],
    ['malformed postcode', { ...BOSTON, postcode: '0211' }, ['/postcode postcode_malformed']],
    ['postcode of another state', { ...BOSTON, postcode: '90210' }, ['/postcode postcode_outside_division']],
    ['CEP of another state', { ...PAULISTA, division: 'RJ' }, ['/postcode postcode_outside_division']],
    ['unknown state', { ...BOSTON, division: 'Narnia', postcode: '02110' }, ['/division division_unknown']],
    [
      'code and name differ',
      { ...BOSTON, divisionCodes: ['NY'], postcode: '10001' },
      ['/division division_mismatch'],
    ],
    [
      'unknown code',
      { ...BOSTON, division: '', divisionCodes: ['QQ'] },
      ['/division_codes/0 division_unknown'],
    ],
    ['empty second line', { ...BOSTON, lines: ['a', ' '] }, ['/lines/1 line_empty']],
    ['long line', { ...BOSTON, lines: ['a'.repeat(121)] }, ['/lines/0 line_too_long']],
    ['too many lines', { ...BOSTON, lines: ['a', 'b', 'c', 'd', 'e'] }, ['/lines too_many_lines']],
    ['a line of a wrong type', { ...BOSTON, lines: [{}] }, ['/lines/0 wrong_type']],
    ['lines of a wrong type', { ...BOSTON, lines: 'a' }, ['/lines wrong_type']],
    [
      'off the globe',
      { ...BOSTON, position: { latitude: 91, longitude: 0 } },
      ['/position position_malformed'],
    ],
    ['unknown province', { ...WENYI, division: '火星省' }, ['/division division_unknown']],
    ['city of another province', { ...WENYI, city: '南京市' }, ['/city city_unknown']],
    ['district of another city', { ...WENYI, district: '浦东新区' }, ['/district district_unknown']],
    [
      'Chinese code that does not exist',
      { country: 'CN', divisionCodes: ['339999'], lines: ['1号'] },
      ['/division_codes/0 division_unknown'],
    ],
    ['long Chinese detail', { ...WENYI, lines: ['号'.repeat(256)] }, ['/lines/0 line_too_long']],
    ['long Chinese town', { ...WENYI, town: '镇'.repeat(30) }, ['/town text_too_long']],
    ['megabytes', { ...BOSTON, city: 'x'.repeat(1_000_000) }, ['/city text_too_long']],
  ])('%s', (_, raw, expected) => {
    const found = errorsOf(raw);
    for (const error of expected) expect(found).toContain(error);
    expect(found.length).toBeGreaterThan(0);
  });

  test.each<[object, string]>([
    [{ ...BOSTON, division: 'Masachusetts' }, 'Massachusetts'],
    [{ ...PAULISTA, division: 'Sao Paolo' }, 'São Paulo'],
    [{ ...WENYI, division: '折江省' }, '浙江省'],
    [{ ...WENYI, district: '余航区' }, '余杭区'],
    [{ ...WENYI, city: '航州市' }, '杭州市'],
    [{ country: 'Germany' }, 'DE'],
    [{ country: 'Gemany' }, 'DE'],
  ])('%j gets a suggestion', (raw, meant) => {
    const outcome = validateAddress(raw);
    expect(outcome.ok ? [] : outcome.rejection.errors.map((error) => error.suggestion)).toContain(meant);
  });

  test('a line may bring a stricter profile', () => {
    const strict = { ...CHINA_PROFILE, isPostcodeRequired: true, isDistrictRequired: true };
    const outcome = validateAddress({ ...WENYI, district: '' }, strict);
    expect(outcome.ok ? [] : outcome.rejection.errors.map((error) => error.code)).toEqual([
      'postcode_missing',
      'district_missing',
    ]);
    expect(profileOf('US').isPostcodeRequired).toBe(true);
  });
});

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    'SP',
    '浙江',
    '杭州市',
    '余杭区',
    'São Paulo',
    '01310-100',
    'CN',
    'BR',
    'US',
    '__proto__',
    '市辖区',
    '１０００１',
    '10001',
  ),
);
const rawAddress = fc.record(
  {
    country: fc.oneof(fc.constantFrom('CN', 'BR', 'US', 'DE', 'HK', 'GB', 'cn', 'chn'), text),
    division: text,
    divisionCodes: fc.array(fc.constantFrom('SP', '330000', '330110', 'MA', 'x'), { maxLength: 2 }),
    city: text,
    district: text,
    town: text,
    postcode: text,
    lines: fc.array(text, { maxLength: 3 }),
    position: fc.record({ latitude: fc.double(), longitude: fc.double() }),
  },
  { requiredKeys: ['country'] },
);

describe('for any input', () => {
  test('validating never throws and every refusal names its fields', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.anything(), rawAddress), (raw) => {
        const outcome = validateAddress(raw);
        if (outcome.ok) return;
        expect(outcome.rejection.errors.length).toBeGreaterThan(0);
        for (const error of outcome.rejection.errors) expect(error.pointer).toMatch(/^(\/[a-z_]+(\/\d+)?)?$/);
      }),
      { numRuns: 2000 },
    );
  });

  test('what was accepted is accepted again, unchanged', () => {
    const good = fc
      .tuple(fc.constantFrom(PAULISTA, WENYI, BOSTON), rawAddress)
      .map(([base, noise]) => ({ ...noise, ...base, lines: ['1', ...(noise.lines ?? [])].slice(0, 2) }));
    let count = 0;
    fc.assert(
      fc.property(fc.oneof(good, rawAddress), (raw) => {
        const once = validateAddress(raw);
        if (!once.ok) return;
        count += 1;
        expect(validateAddress(once.value)).toEqual(once);
        expect(validateAddress(JSON.parse(JSON.stringify(once.value)))).toEqual(once);
      }),
      { numRuns: 2000 },
    );
    expect(count).toBeGreaterThan(50);
  });

  test('every district of China is accepted by its names and comes back with its codes', () => {
    for (const province of listDivisions('CN')) {
      for (const city of listDivisions('CN', province.code).filter((one) => one.level === 2)) {
        for (const district of listDivisions('CN', city.code).filter((one) => one.level === 3)) {
          const raw = {
            country: 'CN',
            division: province.name,
            city: city.name,
            district: district.name,
            lines: ['1号'],
          };
          const outcome = validateAddress(raw);
          if (!outcome.ok) throw new Error(`${district.code} ${JSON.stringify(outcome.rejection.errors)}`);
          const lineage = (outcome.value.divisionCodes ?? []).map((code) => findDivision('CN', code)?.name);
          expect(lineage).toEqual([province.name, city.name, district.name]);
        }
      }
    }
  });
});

describe('address key', () => {
  const key = (raw: object): string => {
    const outcome = validateAddress(raw);
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.rejection.errors));
    return addressKey(outcome.value);
  };

  test.each<[string, object, object]>([
    ['case and diacritics', PAULISTA, { ...PAULISTA, city: 'SAO PAULO', lines: ['avenida  paulista, 1578'] }],
    ['postcode writing', PAULISTA, { ...PAULISTA, postcode: '01310100' }],
    ['state by code or name', PAULISTA, { ...PAULISTA, division: 'são paulo' }],
    ['Chinese endings and width', WENYI, { ...WENYI, division: '浙江', lines: ['文一西路９６９号'] }],
    ['one string or parts', WENYI, { country: 'CN', lines: ['浙江省杭州市余杭区文一西路969号'] }],
  ])('the same place in another writing: %s', (_, first, second) => {
    expect(key(first)).toBe(key(second));
  });

  test('another house, city or country is another key', () => {
    const keys = [
      PAULISTA,
      { ...PAULISTA, lines: ['Avenida Paulista 1579'] },
      { ...PAULISTA, city: 'Santos' },
      WENYI,
    ].map(key);
    expect(new Set(keys).size).toBe(4);
    const base: Address = { country: 'BR' as Address['country'], city: 'a', lines: ['b', 'c'] };
    expect(addressKey(base)).not.toBe(addressKey({ ...base, lines: ['bc'] }));
  });
});
