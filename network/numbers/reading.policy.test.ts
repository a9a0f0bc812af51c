import { describe, expect, test } from 'vitest';
import { bareNumber, normaliseNumber } from './reading.policy.ts';

test('a number is compared without blanks and hyphens and in upper case', () => {
  expect(normaliseNumber(' rr 123456785 cn ')).toBe('RR123456785CN');
  expect(normaliseNumber('1Z-999-AA1-01-2345-6784')).toBe('1Z999AA10123456784');
});

test.each(['', '   ', '12', 'RR12345678５CN', 'a'.repeat(1_000_000), '<script>', '1234\u0000567', '=1+1'])(
  'text that is no number is refused: %#',
  (text) => {
    expect(normaliseNumber(text)).toBeUndefined();
  },
);

describe('what scanners and people add is taken away', () => {
  const cases: [why: string, text: string, bare: string][] = [
    ['nothing', '1Z999AA10123456784', '1Z999AA10123456784'],
    ['case and blanks', ' 1z 999 aa1 01 2345 6784 ', '1Z999AA10123456784'],
    ['tab and line end', '\t1Z999AA10123456784\r\n', '1Z999AA10123456784'],
    ['symbology of Code 128', ']C01Z999AA10123456784', '1Z999AA10123456784'],
    [
      'symbology of GS1-128 and FNC1',
      ']C142090210\u001d9400111899223185112230',
      '420902109400111899223185112230',
    ],
    ['FNC1 as a word', '42090210<GS>9400111899223185112230', '420902109400111899223185112230'],
    ['FNC1 in braces', '{FNC1}42090210{GS}9400111899223185112230', '420902109400111899223185112230'],
    ['application identifiers', '(420)90210(94)00111899223185112230', '420902109400111899223185112230'],
    ['GS1 DataMatrix', ']d29611020987654312345672', '9611020987654312345672'],
    ['stars of Code 39', '*RR123456785CN*', 'RR123456785CN'],
    ['per cent of DPD', '%008182709980000020033350276C', '008182709980000020033350276C'],
    ['full-width characters', 'ＲＲ１２３４５６７８５ＣＮ', 'RR123456785CN'],
    ['dashes', '1LS7119013618127\u20131', '1LS71190136181271'],
    ['a zero-width mark', '\ufeffSF1012345678901\u200b', 'SF1012345678901'],
    ['a start of text before the symbology', '\u0002]C11Z999AA10123456784\u0003', '1Z999AA10123456784'],
    ['FNC1 before the symbology', '\u001d]d21Z999AA10123456784', '1Z999AA10123456784'],
    ['FNC1 as a picture', '\u241d42090210\u241d9400111899223185112230', '420902109400111899223185112230'],
    ['FNC1 as an escape', '\\x1d42090210^]9400111899223185112230', '420902109400111899223185112230'],
    ['FNC1 in small letters', '<gs>42090210<0x1d>9400111899223185112230', '420902109400111899223185112230'],
    ['a mark of direction of a copied page', '\u202a1Z999AA10123456784\u202c', '1Z999AA10123456784'],
    ['an isolated direction', '\u20661Z999AA10123456784\u2069', '1Z999AA10123456784'],
    ['a small hyphen', '1Z999AA1\ufe630123456784', '1Z999AA10123456784'],
    ['a Japanese long vowel for a hyphen', '1Z999AA1\u30fc0123456784', '1Z999AA10123456784'],
    ['a bullet for a hyphen', '1Z999AA1\u20430123456784', '1Z999AA10123456784'],
    ['an ideographic blank', 'SF\u30001012345678901', 'SF1012345678901'],
  ];
  test.each(cases)('%s', (_why, text, bare) => {
    expect(bareNumber(text)).toBe(bare);
  });
});

test.each(['1Z999AA1_0123456784', 'a/b', '12;34', 'é', '😀', '1Z999?', 'x'.repeat(129)])(
  'anything else is no number: %s',
  (text) => {
    expect(bareNumber(text)).toBeUndefined();
  },
);
