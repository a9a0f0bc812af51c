import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chinaLineage } from './china-divisions.ts';
import { namesOf, parseChineseAddress } from './chinese-address.ts';
import { listDivisions } from './divisions.ts';

describe('a Chinese address in one string', () => {
  test.each([
    ['浙江省杭州市余杭区文一西路969号', '330110', '文一西路969号'],
    ['浙江杭州余杭区五常街道文一西路969号', '330110005', '文一西路969号'],
    ['杭州市余杭区文一西路９６９号', '330110', '文一西路969号'],
    ['余杭区文一西路', '330110', '文一西路'],
    ['余杭市闲林镇', '330110011', ''],
    ['中国浙江省 杭州市，余杭区, 文一西路', '330110', '文一西路'],
    ['310000 浙江省杭州市西湖区', '330106', ''],
    ['北京市朝阳区建国路1号', '110105', '建国路1号'],
    ['北京北京市朝阳区三里屯街道工体北路', '110105004', '工体北路'],
    ['上海市市辖区浦东新区张江镇', '310115125', ''],
    ['上海南京东路', '310000', '南京东路'],
    ['江苏南京市南京路1号', '320100', '南京路1号'],
    ['浙江省杭州市西湖文化广场1号', '330100', '西湖文化广场1号'],
    ['湖北省仙桃市干河街道', '429004002', ''],
    ['恩施州恩施市舞阳坝街道', '422801001', ''],
    ['广东省东莞市长安镇振安路', '441900', '长安镇振安路'],
    ['吉林省吉林市昌邑区', '220202', ''],
    ['内蒙古呼和浩特新城区', '150102', ''],
    ['重庆渝中区', '500103', ''],
  ])('%s ends in %s', (text, code, detail) => {
    expect(parseChineseAddress(text)).toMatchObject({ detail, candidates: [] });
    expect(parseChineseAddress(text)?.divisionCodes.at(-1)).toBe(code);
  });

  test('a district that several cities have is not guessed', () => {
    const parsed = parseChineseAddress('朝阳区建国路');
    expect(parsed?.divisionCodes).toEqual([]);
    expect(parsed?.candidates).toContain('北京市朝阳区');
    expect(parsed?.candidates).toContain('吉林省长春市朝阳区');
  });

  test.each(['', '  ', 'hello', '北京路100号', '１２３', '省', '浙'.repeat(501), '\ud800', '*'])(
    '%j is none',
    (text) => {
      expect(parseChineseAddress(text)).toBeUndefined();
    },
  );

  test('every district written out in full is found again, with its detail', () => {
    const districts = listDivisions('CN')
      .flatMap((province) => listDivisions('CN', province.code))
      .flatMap((city) => (city.level === 3 ? [city] : listDivisions('CN', city.code)))
      .filter((one) => one.level === 3);
    expect(districts.length).toBeGreaterThan(2800);
    for (const district of districts) {
      const names = namesOf(district);
      const text = chinaLineage(district.code)
        .map((one) => one.name)
        .join('');
      const parsed = parseChineseAddress(`${text}解放路88号`);
      const { divisionCodes: _, ...written } = names;
      expect(parsed, text).toMatchObject({ ...written, detail: '解放路88号' });
    }
  });

  test('never throws', () => {
    const piece = fc.constantFrom(
      '浙江',
      '省',
      '杭州',
      '市',
      '余杭',
      '区',
      '街道',
      '自治',
      '市辖区',
      ' ',
      '路',
      '1',
      '北京',
      '吉林',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(piece).map((all) => all.join('')),
        ),
        (text) => {
          const parsed = parseChineseAddress(text);
          if (parsed !== undefined)
            expect(parsed.detail.length).toBeLessThanOrEqual(text.normalize('NFC').length + 10);
        },
      ),
      { numRuns: 500 },
    );
  });
});
