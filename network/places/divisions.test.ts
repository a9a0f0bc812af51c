import { describe, expect, test } from 'vitest';
import { isInsideChina } from './china-divisions.ts';
import { ISO_DIVISIONS, OTHER_NAMES } from './division-codes.policy.ts';
import { findDivision, findDivisionsByName, lineageOf, listDivisions } from './divisions.ts';
import { CANADA_LETTERS, CEP_RANGES, CHINA_PREFIXES } from './postcode-ranges.policy.ts';

describe('divisions of China', () => {
  test("every division's parent exists, is larger and lists it, from province to town", () => {
    const queue = [...listDivisions('CN')];
    const counts = [0, 0, 0, 0, 0];
    expect(queue.length).toBe(34);
    for (let at = 0; at < queue.length; at += 1) {
      const division = queue[at]!;
      counts[division.level] = (counts[division.level] ?? 0) + 1;
      for (const child of listDivisions('CN', division.code)) {
        if (child.parentCode !== division.code || child.level <= division.level) throw new Error(child.code);
        if (!isInsideChina(child.code, division.code)) throw new Error(child.code);
        queue.push(child);
      }
    }
    // Everything of the package but its bracket rows hangs in the tree once.
    expect(counts.slice(1)).toEqual([34, 333, counts[3], 41_278]);
    expect(counts[3]).toBeGreaterThan(2_800);
    expect(new Set(queue.map((division) => division.code)).size).toBe(queue.length);
  });

  test.each([
    ['330110', ['330000', '330100', '330110']],
    ['110105', ['110000', '110105']],
    ['429004', ['420000', '429004']],
    ['330110005', ['330000', '330100', '330110', '330110005']],
    ['999999', []],
    ['33', []],
  ])('lineage of %s', (code, lineage) => {
    expect(lineageOf('CN', code).map((one) => one.code)).toEqual(lineage);
  });

  test.each([
    ['浙江', undefined, ['330000']],
    ['浙江省', undefined, ['330000']],
    ['Zhejiang', undefined, ['330000']],
    ['hangzhou', undefined, ['330100']],
    ['Hangzhou City', undefined, ['330100']],
    ['内蒙古', undefined, ['150000']],
    ['新疆', undefined, ['650000']],
    ['余杭市', undefined, ['330110']],
    ['恩施州', '420000', ['422800', '422801']],
    ['朝阳区', '110000', ['110105']],
    ['五常街道', '330110', ['330110005']],
    ['五常', '330110', ['330110005']],
    ['五常街道', '110000', []],
    ['市辖区', undefined, []],
    ['', undefined, []],
    ['(', undefined, []],
  ])('%s inside %s', (name, parent, codes) => {
    expect(findDivisionsByName('CN', name, parent).map((one) => one.code)).toEqual(codes);
  });
});

describe('divisions of the world', () => {
  test.each([
    ['BR', 'SP', 'São Paulo'],
    ['br', 'SP', undefined],
    ['BR', 'sp', 'São Paulo'],
    ['US', 'CA', 'California'],
    ['US', 'PR', 'Puerto Rico'],
    ['CA', 'QC', 'Quebec'],
    ['AU', 'NSW', 'New South Wales'],
    ['BR', '27', undefined],
    ['BR', 'constructor', undefined],
  ])('%s %s is %s', (country, code, name) => {
    expect(findDivision(country, code)?.name).toBe(name);
  });

  test('every row of the ISO tables stands in GeoNames and the tables leave none out', () => {
    const sizes = { BR: 27, CA: 13, AU: 8, MX: 32, ES: 19 };
    for (const [country, size] of Object.entries(sizes)) {
      const listed = listDivisions(country);
      expect(listed.length, country).toBe(size);
      expect(new Set(listed.map((one) => one.code)), country).toEqual(
        new Set(Object.values(ISO_DIVISIONS[country]!)),
      );
      for (const division of listed) expect(division.scheme).toBe('iso3166_2');
    }
    expect(listDivisions('US').length).toBe(51 + 8);
  });

  test('every other name leads to the division that it is written for', () => {
    for (const [country, names] of Object.entries(OTHER_NAMES)) {
      for (const [code, list] of Object.entries(names)) {
        for (const name of list) expect(findDivisionsByName(country, name)[0]?.code, name).toBe(code);
      }
    }
  });

  test('Brazilian states are what GeoNames calls them', () => {
    const pairs = [
      ['SP', 'São Paulo'],
      ['RJ', 'Rio de Janeiro'],
      ['MS', 'Mato Grosso do Sul'],
      ['MT', 'Mato Grosso'],
      ['PR', 'Paraná'],
      ['PA', 'Pará'],
      ['PB', 'Paraíba'],
      ['TO', 'Tocantins'],
      ['AP', 'Amapá'],
    ];
    for (const [code, name] of pairs) expect(findDivisionsByName('BR', name!)[0]?.code).toBe(code);
  });

  test('postcode tables speak of divisions that exist', () => {
    for (const [, , uf] of CEP_RANGES) expect(findDivision('BR', uf), uf).toBeDefined();
    for (const codes of CANADA_LETTERS.values())
      for (const code of codes) expect(findDivision('CA', code)).toBeDefined();
    for (const codes of CHINA_PREFIXES.values())
      for (const code of codes) expect(findDivision('CN', code)).toBeDefined();
    expect(new Set(CEP_RANGES.map(([, , uf]) => uf)).size).toBe(27);
    expect(new Set([...CHINA_PREFIXES.values()].flat()).size).toBe(31);
  });

  test('an unknown country has no divisions', () => {
    for (const country of ['', 'ZZ', '__proto__', 'toString']) expect(listDivisions(country)).toEqual([]);
    expect(listDivisions('BR', 'SP')).toEqual([]);
  });
});
